//! Owns a jsonb argument as text: its numbers keep every digit, nothing is built that is only passed on, and a document
//! that Rust cannot read is not an error by itself.

use super::fault::{Fault, OrRaise};
use pgrx::callconv::{Arg, ArgAbi};
use pgrx::prelude::*;
use pgrx::{FromDatum, direct_function_call, pg_sys};
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::ffi::{CStr, CString};

/// The outermost keys of an object and the text of each value.
pub type Parts<'a> = BTreeMap<String, &'a RawValue>;

/// The text form of a jsonb value: each key of an object once, numbers never negative zero.
pub struct JsonText(String);

impl JsonText {
    /// Of a document in any spelling of JSON that PostgreSQL can hold.
    pub fn of_text(document: &str) -> Result<Self, Fault> {
        let text = CString::new(document)
            .map_err(|_| Fault::unsupported("a text cannot hold the character U+0000"))?;
        // SAFETY: jsonb_in takes a C string; its answer is a jsonb.
        let read = unsafe {
            let text = pg_sys::Datum::from(text.as_ptr());
            direct_function_call::<Self>(pg_sys::jsonb_in, &[Some(text)])
        };
        read.ok_or_else(|| Fault::internal("a document is NULL"))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The document; `None` where it is nested too deeply or holds a number too large to be read.
    pub fn read(&self) -> Option<serde_json::Value> {
        serde_json::from_str(&self.0).ok()
    }

    /// The document, or 22023 for the argument of this name.
    pub fn need(&self, argument: &str) -> Result<serde_json::Value, Fault> {
        self.read().ok_or_else(|| {
            Fault::invalid(
                argument,
                format!("{argument} is nested too deeply or holds a number too large"),
            )
        })
    }
}

impl_sql_translatable!(JsonText, arg_only = "jsonb");

impl FromDatum for JsonText {
    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        _oid: pg_sys::Oid,
    ) -> Option<Self> {
        if is_null {
            return None;
        }
        // SAFETY: the datum is a jsonb, which jsonb_out unpacks itself; its answer is copied, then freed.
        unsafe {
            let text = direct_function_call::<&CStr>(pg_sys::jsonb_out, &[Some(datum)])?;
            let copy = text
                .to_str()
                .map(str::to_owned)
                .map_err(|_| Fault::unsupported("the database must be encoded in UTF8"));
            pg_sys::pfree(text.as_ptr().cast_mut().cast());
            Some(Self(copy.or_raise()))
        }
    }
}

// SAFETY: unboxes by the conversion above, declared for jsonb alone.
unsafe impl<'fcx> ArgAbi<'fcx> for JsonText {
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
        // SAFETY: the caller vouches that the argument is a jsonb and not null.
        unsafe { arg.unbox_arg_using_from_datum() }.unwrap_or_else(|| Self("null".to_owned()))
    }
}
