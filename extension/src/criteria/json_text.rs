//! Owns a `jsonb` argument that cannot fail: pgrx's own raises where a document is nested or a number grown beyond what
//! Rust reads, and a check that never raises must not.

use pgrx::callconv::{Arg, ArgAbi};
use pgrx::nullable::Nullable;
use pgrx::pg_sys;
use pgrx::{FromDatum, direct_function_call};
use serde_json::Value as Json;
use std::ffi::CStr;

/// A `jsonb` in its text form.
#[derive(Debug)]
pub struct JsonText(String);

impl JsonText {
    /// The document; `None` where it is nested too deeply or holds a number too large to be read.
    pub fn read(&self) -> Option<Json> {
        serde_json::from_str(&self.0).ok()
    }
}

impl FromDatum for JsonText {
    unsafe fn from_polymorphic_datum(
        datum: pg_sys::Datum,
        is_null: bool,
        _type_oid: pg_sys::Oid,
    ) -> Option<Self> {
        if is_null {
            return None;
        }
        // SAFETY: the SQL type of the argument is jsonb; the text lives in the current memory context.
        let text = unsafe { direct_function_call::<&CStr>(pg_sys::jsonb_out, &[Some(datum)]) };
        text.map(|text| Self(text.to_string_lossy().into_owned()))
    }
}

pgrx::impl_sql_translatable!(JsonText, "jsonb");

// SAFETY: the datum of a jsonb argument is read as one, and NULL never reaches the reading.
unsafe impl<'fcx> ArgAbi<'fcx> for JsonText {
    unsafe fn unbox_arg_unchecked(arg: Arg<'_, 'fcx>) -> Self {
        // SAFETY: the caller's promise, passed on.
        let given = unsafe { arg.unbox_arg_using_from_datum() };
        given.unwrap_or_else(|| Self("null".to_owned()))
    }

    unsafe fn unbox_nullable_arg(arg: Arg<'_, 'fcx>) -> Nullable<Self> {
        // SAFETY: the caller's promise, passed on.
        unsafe { arg.unbox_arg_using_from_datum().into() }
    }
}
