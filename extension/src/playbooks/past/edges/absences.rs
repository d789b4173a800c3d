//! Owns kinds of usage that were recorded no more, by the days of the tenant.

use super::days::{days_of, find_begun};
use super::usage::counted_days_before;
use super::{Edge, Scope};
use crate::health::Moment;
use crate::health::to_timestamp;
use crate::pg::day;
use crate::pg::fault::Fault;
use crate::pg::stream::{Argument, Sight, stream_with};
use chrono::NaiveDate;
use pgrx::Uuid;
use serde_json::json;
use std::collections::BTreeMap;

/// When a kind was last recorded, as known on a day and from then on: by the number of the day.
type Last = (usize, Moment, Option<NaiveDate>);

/// Accounts whose last row of a kind was so many counted days ago, from a day on.
pub fn find(
    scope: &Scope<'_>,
    metric: &str,
    count: i32,
    add: &mut dyn FnMut(Edge),
) -> Result<(), Fault> {
    let days = days_of(scope);
    let bounds = days.iter().map(|at| {
        let calendar = scope.history.calendar(*at);
        counted_days_before(scope, &calendar, *at, count)
    });
    let bounds = bounds.collect::<Vec<_>>();
    for (account, lasts) in read_lasts(scope, metric, &days)? {
        let found = |place: usize| {
            let known = lasts.partition_point(|(day, ..)| *day <= place);
            let (_, last, day) = lasts.get(known.checked_sub(1)?)?;
            (*last <= bounds[place]).then_some((day, day))
        };
        find_begun(&days, scope.until + 1, found, |begin, end, day| {
            let last = day.map(|it| it.to_string());
            let values = json!({ "metric": metric, "days": count, "last_recorded": last });
            add(scope.begun(account, (days[begin], end), values));
        });
    }
    Ok(())
}

fn read_lasts(
    scope: &Scope<'_>,
    metric: &str,
    days: &[Moment],
) -> Result<BTreeMap<Uuid, Vec<Last>>, Fault> {
    let first = days.first().copied().unwrap_or(scope.since);
    let mut arguments = scope.arguments_since(first)?;
    let bounds = days
        .iter()
        .map(|it| to_timestamp(*it))
        .collect::<Result<Vec<_>, _>>()?;
    arguments.extend([Argument::new(metric), Argument::new(bounds)]);
    let mut lasts = BTreeMap::<Uuid, Vec<Last>>::new();
    let text = include_str!("../sql/last_rows.sql");
    stream_with(Sight::Transaction, text, &arguments, &mut |row| {
        let place = row.value::<i32>(1).and_then(|it| usize::try_from(it).ok());
        if let (Some(account), Some(place), Some(last)) = (row.uuid(0), place, row.value::<i64>(2))
        {
            let day = row.text(3).as_deref().and_then(day::parse);
            lasts.entry(account).or_default().push((place, last, day));
        }
    })?;
    Ok(lasts)
}
