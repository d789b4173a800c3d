//! Owns counted time for SQL: what criteria over usage ask, without the quiet periods of a model.

use super::tenant_zone::PgZone;
use crate::health::model::quiet_periods::read_quiet_periods;
use crate::health::moment::to_timestamp;
use crate::health::score::calendar::Calendar;
use crate::health::score::clock::DAY;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::object_reader::ObjectReader;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::prelude::*;
use std::cell::RefCell;
use std::rc::Rc;

/// The calendar of a zone and the quiet periods it was made of.
struct Known {
    quiet: String,
    zone: PgZone,
    calendar: Calendar,
}

thread_local! {
    static LAST: RefCell<Option<Rc<Known>>> = const { RefCell::new(None) };
}

#[pg_extern(stable, parallel_safe)]
fn counted_days(
    since: TimestampWithTimeZone,
    until: TimestampWithTimeZone,
    time_zone: &str,
    quiet: JsonText,
) -> i32 {
    let known = calendar_of(time_zone, &quiet).or_raise();
    let time = known
        .calendar
        .elapsed(since.into_inner(), until.into_inner());
    i32::try_from(time.div_euclid(DAY)).unwrap_or(i32::MAX)
}

#[pg_extern(stable, parallel_safe)]
fn counted_days_before(
    at: TimestampWithTimeZone,
    days: i32,
    time_zone: &str,
    quiet: JsonText,
) -> TimestampWithTimeZone {
    let known = calendar_of(time_zone, &quiet).or_raise();
    let days = usize::try_from(days).unwrap_or(0);
    let before = known
        .calendar
        .days_before(&known.zone, at.into_inner(), days);
    to_timestamp(known.calendar.last_instant(before)).or_raise()
}

/// The last one is kept: a query asks for that of one tenant again and again.
fn calendar_of(time_zone: &str, quiet: &JsonText) -> Result<Rc<Known>, Fault> {
    let last = LAST.with_borrow(Clone::clone);
    if let Some(known) = last
        && known.quiet == quiet.as_str()
        && known.zone.name() == time_zone
    {
        return Ok(known);
    }
    let mut document = serde_json::Map::new();
    document.insert("quiet_periods".to_owned(), quiet.need("quiet")?);
    let reader = ObjectReader::of_document("model", &document, &["quiet_periods"])?;
    let zone = PgZone::new(time_zone.to_owned());
    let known = Rc::new(Known {
        calendar: Calendar::without(&zone, read_quiet_periods(&reader)?),
        quiet: quiet.as_str().to_owned(),
        zone,
    });
    LAST.set(Some(Rc::clone(&known)));
    Ok(known)
}
