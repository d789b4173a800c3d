//! Owns reading the stored form of a usage row: a number and a few keys of its metadata, in place, without turning it
//! into text.

use super::feature_names::FeatureNames;
use crate::health::score::clock::Moment;
use crate::health::score::metric::{MetricKind, Stamp, UsageMetadata};
use crate::health::score::quantity::Quantity;
use crate::health::score::tickets::{BEST_CSAT, WORST_CSAT};
use crate::health::score::zone::Zone;
use crate::pg::raw_object::read_number;
use crate::pg::written_time;
use cs_text::fold_name;
use pgrx::pg_sys;
use std::ffi::c_int;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::marker::PhantomData;

/// Reads a `numeric`; `None` for NaN and infinities.
///
/// # Safety
/// `datum` is a numeric.
pub unsafe fn read_quantity(datum: pg_sys::Datum) -> Option<Quantity> {
    // SAFETY: a numeric is a varlena; packed or not, its bytes follow the length word.
    unsafe {
        let packed = pg_sys::pg_detoast_datum_packed(datum.cast_mut_ptr());
        Quantity::from_numeric(pgrx::varlena::varlena_to_byte_slice(packed))
    }
}

/// Reads what the formulas need of the metadata of a row of this kind.
///
/// # Safety
/// `datum` is a jsonb. It outlives `'row`, and so does what the current memory context holds: a compressed jsonb is
/// unpacked there.
pub unsafe fn read_metadata<'row>(
    datum: pg_sys::Datum,
    kind: MetricKind,
    stamp: Stamp,
    names: &mut FeatureNames,
    zone: &dyn Zone,
) -> UsageMetadata<'row> {
    // SAFETY: the caller's promise.
    let Some(object) = (unsafe { StoredObject::<'row>::new(datum) }) else {
        return UsageMetadata::default();
    };
    let seats = object.number("seats").filter(|seats| *seats > 0.0);
    let metadata = UsageMetadata {
        seats,
        ..UsageMetadata::default()
    };
    match kind {
        MetricKind::Logins => UsageMetadata {
            user: object.person("user_id"),
            active_users: object.number("active_users").filter(|it| *it >= 0.0),
            ..metadata
        },
        MetricKind::FeatureUsage => UsageMetadata {
            feature: object
                .text("feature")
                .and_then(|name| names.told_number(name, stamp)),
            ..metadata
        },
        MetricKind::ApiCalls => metadata,
        MetricKind::SupportTickets => UsageMetadata {
            ticket: object.fingerprint("ticket_id"),
            severity: object.text("severity"),
            status: object.text("status"),
            opened_at: object.moment("opened_at", zone),
            resolved_at: object.moment("resolved_at", zone),
            csat: object.quantity("csat").filter(is_rating),
            ..metadata
        },
    }
}

fn is_rating(csat: &Quantity) -> bool {
    (Quantity::whole(WORST_CSAT)..=Quantity::whole(BEST_CSAT)).contains(csat)
}

/// A stored JSON object that has keys. What it borrows lives as long as the row.
struct StoredObject<'row> {
    container: *mut pg_sys::JsonbContainer,
    row: PhantomData<&'row [u8]>,
}

impl<'row> StoredObject<'row> {
    /// `None` for anything but an object, and for an empty one.
    ///
    /// # Safety
    /// As for [`read_metadata`].
    unsafe fn new(datum: pg_sys::Datum) -> Option<Self> {
        // SAFETY: a jsonb is a varlena whose container follows the length word, aligned once detoasted; the container's
        // header says what it holds and how many pairs it has.
        let (container, header) = unsafe {
            let jsonb = pg_sys::pg_detoast_datum(datum.cast_mut_ptr()).cast::<pg_sys::Jsonb>();
            (&raw mut (*jsonb).root, (*jsonb).root.header)
        };
        let has_keys = header & pg_sys::JB_FOBJECT != 0 && header & pg_sys::JB_CMASK != 0;
        has_keys.then_some(Self {
            container,
            row: PhantomData,
        })
    }

    fn get(&self, key: &str) -> Option<pg_sys::JsonbValue> {
        let mut found = pg_sys::JsonbValue::default();
        // SAFETY: the container is an object; the value is filled where the key exists.
        let value = unsafe {
            pg_sys::getKeyJsonValueFromContainer(
                self.container,
                key.as_ptr().cast(),
                c_int::try_from(key.len()).unwrap_or(0),
                &mut found,
            )
        };
        (!value.is_null()).then_some(found)
    }

    fn text(&self, key: &str) -> Option<&'row str> {
        let value = self.get(key)?;
        if value.type_ != pg_sys::jbvType::jbvString {
            return None;
        }
        // SAFETY: the tag says that it is a string; its bytes are in the container, which outlives the row.
        let bytes = unsafe {
            let string = value.val.string;
            let length = usize::try_from(string.len).ok()?;
            std::slice::from_raw_parts(string.val.cast(), length)
        };
        std::str::from_utf8(bytes).ok()
    }

    fn quantity(&self, key: &str) -> Option<Quantity> {
        let value = self.get(key)?;
        match value.type_ {
            // SAFETY: the tag says that it is a number.
            pg_sys::jbvType::jbvNumeric => unsafe {
                read_quantity(pg_sys::Datum::from(value.val.numeric))
            },
            // A number may be told as text.
            pg_sys::jbvType::jbvString => {
                self.text(key).and_then(read_number).map(Quantity::from_f64)
            }
            _ => None,
        }
    }

    fn number(&self, key: &str) -> Option<f64> {
        self.quantity(key).map(Quantity::as_f64)
    }

    /// What has no zone is the tenant's time.
    fn moment(&self, key: &str, zone: &dyn Zone) -> Option<Moment> {
        Some(zone.moment_of(written_time::read(self.text(key)?)?))
    }

    /// Of a person's name as it is compared; a blank one is nobody.
    fn person(&self, key: &str) -> Option<u64> {
        match self.text(key) {
            Some(name) => fold_name(name).map(|name| fingerprint(&name)),
            None => self.fingerprint(key),
        }
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
