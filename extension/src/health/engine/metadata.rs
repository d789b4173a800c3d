//! Owns reading the stored form of a row: a number and a few keys of its metadata, in place, without making text of it.

use crate::health::score::metric::{About, MetricKind};
use crate::health::score::quantity::Quantity;
use crate::usage::moment;
use pgrx::pg_sys;
use std::collections::HashMap;
use std::ffi::c_int;
use std::hash::{DefaultHasher, Hash, Hasher};

/// The number of each feature's name, given as names are met.
#[derive(Debug, Default)]
pub struct Names(HashMap<String, u32>);

impl Names {
    /// The number of a name.
    pub fn number(&mut self, name: &str) -> u32 {
        if let Some(number) = self.0.get(name) {
            return *number;
        }
        let number = u32::try_from(self.0.len()).unwrap_or(u32::MAX);
        self.0.insert(name.to_owned(), number);
        number
    }

    /// The names of these numbers, in order.
    pub fn of<'a>(&'a self, numbers: impl Fn(u32) -> bool + 'a) -> Vec<&'a str> {
        let mut names = self
            .0
            .iter()
            .filter(|(_, number)| numbers(**number))
            .map(|(name, _)| name.as_str())
            .collect::<Vec<_>>();
        names.sort_unstable();
        names
    }
}

/// Reads a `numeric` column.
///
/// # Safety
/// `datum` is a numeric.
pub unsafe fn quantity(datum: pg_sys::Datum) -> Option<Quantity> {
    // SAFETY: a numeric is a varlena; packed or not, its bytes follow the length word.
    unsafe {
        let packed = pg_sys::pg_detoast_datum_packed(datum.cast_mut_ptr());
        Quantity::from_numeric(pgrx::varlena::varlena_to_byte_slice(packed))
    }
}

/// Reads what the formulas ask of the metadata of a row of this kind. What it borrows lives as long as the row.
///
/// # Safety
/// `datum` is a jsonb that outlives the result.
pub unsafe fn about<'a>(datum: pg_sys::Datum, kind: MetricKind, names: &mut Names) -> About<'a> {
    // SAFETY: a jsonb is a varlena whose container follows the length word, aligned once detoasted.
    let container = unsafe {
        let jsonb = pg_sys::pg_detoast_datum(datum.cast_mut_ptr()).cast::<pg_sys::Jsonb>();
        &raw mut (*jsonb).root
    };
    let object = Object(container);
    if object.is_empty() {
        return About::default();
    }
    let seats = object.number("seats").filter(|seats| *seats > 0.0);
    let about = About {
        seats,
        ..About::default()
    };
    match kind {
        MetricKind::Logins => About {
            user: object.fingerprint("user_id"),
            active_users: object.number("active_users").filter(|it| *it >= 0.0),
            ..about
        },
        MetricKind::FeatureUsage => About {
            feature: object
                .text("feature")
                .filter(|name| !name.is_empty())
                .map(|name| names.number(name)),
            ..about
        },
        MetricKind::ApiCalls => about,
        MetricKind::SupportTickets => About {
            ticket: object.fingerprint("ticket_id"),
            severity: object.text("severity"),
            status: object.text("status"),
            opened_at: object.text("opened_at").and_then(moment::parse),
            csat: object
                .quantity("csat")
                .filter(|it| (Quantity::whole(1)..=Quantity::whole(5)).contains(it)),
            ..about
        },
    }
}

struct Object(*mut pg_sys::JsonbContainer);

impl Object {
    fn is_empty(&self) -> bool {
        // SAFETY: the container's header tells its kind and how many pairs it has.
        let header = unsafe { (*self.0).header };
        header & pg_sys::JB_FOBJECT == 0 || header & pg_sys::JB_CMASK == 0
    }

    fn get(&self, key: &str) -> Option<pg_sys::JsonbValue> {
        let mut found = pg_sys::JsonbValue::default();
        // SAFETY: an object, checked by is_empty; the value is filled where the key exists.
        let value = unsafe {
            pg_sys::getKeyJsonValueFromContainer(
                self.0,
                key.as_ptr().cast(),
                c_int::try_from(key.len()).unwrap_or(0),
                &mut found,
            )
        };
        (!value.is_null()).then_some(found)
    }

    fn text<'a>(&self, key: &str) -> Option<&'a str> {
        let value = self.get(key)?;
        // SAFETY: the tag says which member of the union there is; its bytes lie in the container.
        unsafe {
            if value.type_ != pg_sys::jbvType::jbvString {
                return None;
            }
            let string = value.val.string;
            let length = usize::try_from(string.len).ok()?;
            std::str::from_utf8(std::slice::from_raw_parts(string.val.cast(), length)).ok()
        }
    }

    fn quantity(&self, key: &str) -> Option<Quantity> {
        let value = self.get(key)?;
        if value.type_ != pg_sys::jbvType::jbvNumeric {
            return None;
        }
        // SAFETY: the tag says that it is a number.
        unsafe { quantity(pg_sys::Datum::from(value.val.numeric)) }
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.quantity(key).map(Quantity::as_f64)
    }

    /// Of a scalar by its text, so that 7 and "7" are the same.
    fn fingerprint(&self, key: &str) -> Option<u64> {
        let value = self.get(key)?;
        // SAFETY: the tag says which member of the union there is.
        unsafe {
            match value.type_ {
                pg_sys::jbvType::jbvString => self.text(key).map(fingerprint),
                pg_sys::jbvType::jbvBool => Some(fingerprint(if value.val.boolean {
                    "true"
                } else {
                    "false"
                })),
                pg_sys::jbvType::jbvNumeric => {
                    let text = pgrx::direct_function_call::<&std::ffi::CStr>(
                        pg_sys::numeric_out,
                        &[Some(pg_sys::Datum::from(value.val.numeric))],
                    )?;
                    Some(fingerprint(text.to_str().ok()?))
                }
                _ => None,
            }
        }
    }
}

fn fingerprint(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_number() {
        let mut names = Names::default();
        let first = names.number("export");
        assert_ne!(names.number("import"), first);
        assert_eq!(names.number("export"), first);
        assert_eq!(names.of(|number| number == first), ["export"]);
    }
}
