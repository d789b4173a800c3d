//! Owns what a tenant was like over time: its settings, its time zone, the days on which time does not pass for usage.

use super::timeline::Timeline;
use crate::health::Calendar;
use crate::health::Moment;
use crate::health::PgZone;
use crate::health::read_quiet_periods;
use crate::health::{LocalDay, Zone};
use crate::pg::fault::Fault;
use crate::pg::object_reader::ObjectReader;
use crate::pg::sql::{self, Row};
use pgrx::datum::TimestampWithTimeZone;
use pgrx::{JsonB, Uuid};
use serde_json::Value;
use std::rc::Rc;

/// The settings of a tenant as they held for a time.
#[derive(Clone)]
pub struct TenantSettings {
    /// The JSON object.
    pub text: Rc<str>,
    /// The time zone they name.
    pub zone: Rc<PgZone>,
    /// Whether the ARR of parents includes that of their children.
    pub parent_arr_includes_children: bool,
}

/// The quiet periods of a model as they held for a time.
#[derive(Clone)]
pub struct QuietPeriods {
    /// The JSON array.
    pub text: Rc<str>,
    /// The same, read: each range from its first day to before its second.
    pub days: Rc<[(LocalDay, LocalDay)]>,
}

/// A tenant over time.
pub struct TenantHistory {
    settings: Timeline<TenantSettings>,
    quiet: Timeline<QuietPeriods>,
}

impl TenantHistory {
    /// Inside a system section.
    pub fn read(tenant: Uuid) -> Result<Self, Fault> {
        Ok(Self {
            settings: read_settings(tenant)?,
            quiet: read_quiet(tenant)?,
        })
    }

    /// Its settings at a moment.
    pub fn settings(&self, at: Moment) -> &TenantSettings {
        self.settings.at(at)
    }

    /// Its quiet periods at a moment.
    pub fn quiet(&self, at: Moment) -> &QuietPeriods {
        self.quiet.at(at)
    }

    /// Which days counted for usage, as was said at a moment.
    pub fn calendar(&self, at: Moment) -> Calendar {
        let zone = &self.settings(at).zone;
        Calendar::without(&**zone, self.quiet(at).days.iter().copied())
    }

    /// The local day that a moment was on.
    pub fn day_of(&self, at: Moment) -> LocalDay {
        self.settings(at).zone.day_of(at)
    }

    /// The first instants of the local days that began after one moment and not after another.
    pub fn day_starts(&self, since: Moment, until: Moment) -> Vec<Moment> {
        let next = |at: Moment| {
            let zone = &self.settings(at).zone;
            zone.day_start(zone.day_of(at) + 1)
        };
        let days = std::iter::successors(Some(next(since)), |at| Some(next(*at)));
        days.take_while(|at| *at <= until).collect()
    }
}

fn moment(row: &Row<'_>, column: &str) -> Result<Moment, Fault> {
    Ok(row.need::<TimestampWithTimeZone>(column)?.into_inner())
}

fn read_settings(tenant: Uuid) -> Result<Timeline<TenantSettings>, Fault> {
    let read = |row: &Row<'_>| {
        let settings = row.need::<JsonB>("settings")?.0;
        let key = "parent_arr_includes_children";
        Ok(TenantSettings {
            text: settings.to_string().into(),
            zone: Rc::new(PgZone::new(row.need("zone")?)),
            parent_arr_includes_children: settings.get(key) == Some(&Value::Bool(true)),
        })
    };
    let now = sql::first(
        "select settings, cs.time_zone(settings) as zone from cs.tenants where id = $1",
        &[tenant.into()],
        read,
    )?;
    let mut story = Timeline::unchanged(now.ok_or_else(|| Fault::no_such("tenant"))?);
    let replaced = sql::read(
        include_str!("sql/replaced_settings.sql"),
        &[tenant.into()],
        |row| Ok((moment(row, "at")?, read(row)?)),
    )?;
    for (at, before) in replaced {
        story.replaced(at, before);
    }
    Ok(story)
}

fn read_quiet(tenant: Uuid) -> Result<Timeline<QuietPeriods>, Fault> {
    let versions = sql::read(
        "select created_at, quiet_periods from cs.health_models where tenant_id = $1 order by version",
        &[tenant.into()],
        |row| {
            let periods = row.need::<JsonB>("quiet_periods")?.0;
            Ok((moment(row, "created_at")?, parse_quiet(periods)?))
        },
    )?;
    let none = || parse_quiet(Value::Array(Vec::new()));
    let mut story = Timeline::unchanged(
        versions
            .last()
            .map_or_else(none, |(_, it)| Ok(it.clone()))?,
    );
    for pair in versions.windows(2) {
        if let [(_, before), (at, _)] = pair {
            story.replaced(*at, before.clone());
        }
    }
    Ok(story)
}

fn parse_quiet(periods: Value) -> Result<QuietPeriods, Fault> {
    let text = periods.to_string().into();
    let mut document = serde_json::Map::new();
    document.insert("quiet_periods".to_owned(), periods);
    let reader = ObjectReader::of_document("model", &document, &["quiet_periods"])?;
    Ok(QuietPeriods {
        text,
        days: read_quiet_periods(&reader)?.into(),
    })
}
