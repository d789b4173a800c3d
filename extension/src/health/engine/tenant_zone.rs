//! Owns the time zone of a tenant, by PostgreSQL's own rules for it.

use crate::health::moment::clock_now;
use crate::health::score::clock::Moment;
use crate::health::score::zone::{LocalTime, Zone};
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::{Uuid, pg_sys};
use std::ffi::CString;

/// A time zone by its name, as PostgreSQL's functions take it: a text with its length in front.
pub struct PgZone {
    name: String,
    stored: Vec<u32>,
}

impl PgZone {
    /// The zone of this name, which PostgreSQL knows.
    pub fn new(name: String) -> Self {
        let size = size_of::<u32>() + name.len();
        let mut stored = vec![0_u32; size.div_ceil(size_of::<u32>())];
        // SAFETY: the vector is aligned as a varlena is and holds the length word and the bytes after it.
        unsafe {
            let varlena = stored.as_mut_ptr().cast::<pg_sys::varlena>();
            pgrx::varlena::set_varsize_4b(varlena, i32::try_from(size).unwrap_or(i32::MAX));
            let bytes = stored.as_mut_ptr().add(1).cast::<u8>();
            bytes.copy_from_nonoverlapping(name.as_ptr(), name.len());
        }
        Self { name, stored }
    }

    /// Whether PostgreSQL knows a zone of this name.
    pub fn exists(name: &str) -> bool {
        // SAFETY: a look-up by a C string; what is found belongs to PostgreSQL.
        CString::new(name).is_ok_and(|name| unsafe { !pg_sys::pg_tzset(name.as_ptr()).is_null() })
    }

    /// The zone of a tenant.
    pub fn of_tenant(tenant: Uuid) -> Result<Self, Fault> {
        let name = sql::first(
            "select cs.time_zone(settings) as name from cs.tenants where id = $1",
            &[tenant.into()],
            |row| row.need::<String>("name"),
        )?;
        name.map(Self::new).ok_or_else(|| Fault::no_such("tenant"))
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    fn convert(
        &self,
        function: unsafe fn(pg_sys::FunctionCallInfo) -> pg_sys::Datum,
        time: i64,
    ) -> i64 {
        let zone = pg_sys::Datum::from(self.stored.as_ptr());
        let time_datum = pg_sys::Datum::from(time);
        // SAFETY: a function of PostgreSQL that takes a text and eight bytes and returns eight.
        let converted =
            unsafe { pgrx::direct_function_call::<i64>(function, &[Some(zone), Some(time_datum)]) };
        converted.unwrap_or(time)
    }
}

/// The first instant of today in the zone of a tenant, or of UTC where PostgreSQL does not know that zone.
pub fn today_began(tenant: Uuid) -> Result<Moment, Fault> {
    let mut zone = PgZone::of_tenant(tenant)?;
    if !PgZone::exists(zone.name()) {
        zone = PgZone::new("UTC".to_owned());
    }
    Ok(zone.day_start(zone.day_of(clock_now())))
}

impl Zone for PgZone {
    fn to_local(&self, at: Moment) -> LocalTime {
        self.convert(pg_sys::timestamptz_zone, at)
    }

    fn to_moment(&self, local: LocalTime) -> Moment {
        self.convert(pg_sys::timestamp_zone, local)
    }
}
