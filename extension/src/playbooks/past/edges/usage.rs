//! Owns use that declined, by the days of the tenant.

use super::days::{days_of, find_begun};
use super::{Edge, Scope};
use crate::health::Calendar;
use crate::health::Moment;
use crate::health::to_timestamp;
use crate::pg::fault::Fault;
use crate::pg::stream::{Argument, Sight, stream_with};
use pgrx::Uuid;
use serde_json::json;
use std::collections::HashMap;

/// How use has to decline.
pub struct Decline<'a> {
    pub metric: &'a str,
    pub percent: i32,
    pub days: i32,
}

/// A day: when it began, and so many counted days before, and twice as many.
struct Bounds {
    end: Moment,
    middle: Moment,
    beginning: Moment,
}

/// The last moment that was this many counted days before a moment, as was counted then.
pub fn counted_days_before(
    scope: &Scope<'_>,
    calendar: &Calendar,
    at: Moment,
    days: i32,
) -> Moment {
    let zone = &scope.history.settings(at).zone;
    let days = usize::try_from(days).unwrap_or(0);
    calendar.last_instant(calendar.days_before(&**zone, at, days))
}

/// Accounts whose use was so many percent under that of the days before, from a day on.
pub fn find(
    scope: &Scope<'_>,
    decline: &Decline<'_>,
    add: &mut dyn FnMut(Edge),
) -> Result<(), Fault> {
    let days = days_of(scope);
    let bounds = days.iter().map(|at| {
        let calendar = scope.history.calendar(*at);
        let before = |days| counted_days_before(scope, &calendar, *at, days);
        Bounds {
            end: *at,
            middle: before(decline.days),
            beginning: before(2 * decline.days),
        }
    });
    let bounds = bounds.collect::<Vec<_>>();
    let mut steps = bounds
        .iter()
        .flat_map(|it| [it.end, it.middle, it.beginning])
        .collect::<Vec<_>>();
    steps.sort_unstable();
    steps.dedup();
    let first_seen = read_first_seen(scope)?;
    let mut evaluate = |account: Uuid, sums: &[(usize, f64)]| {
        let used = Used::new(&steps, sums);
        let seen = first_seen.get(&account).copied().unwrap_or(Moment::MAX);
        let found = |place: usize| {
            let it = &bounds[place];
            let (before, recent) = (
                used.between(it.beginning, it.middle),
                used.between(it.middle, it.end),
            );
            let declined = recent * 100.0 <= before * f64::from(100 - decline.percent);
            (seen <= it.beginning && before > 0.0 && declined).then_some(((), (before, recent)))
        };
        find_begun(
            &days,
            scope.until + 1,
            found,
            |begin, end, (before, recent)| {
                let values = json!({
                    "metric": decline.metric, "percent": decline.percent, "days": decline.days, "before": before, "recent": recent,
                });
                add(scope.begun(account, (days[begin], end), values));
            },
        );
    };
    read_sums(scope, decline.metric, &steps, &mut evaluate)
}

/// What an account used from step to step.
struct Used<'a> {
    steps: &'a [Moment],
    /// Up to each step.
    sums: Vec<f64>,
}

impl<'a> Used<'a> {
    /// Of the sums after each step that has any, by its number from 1.
    fn new(steps: &'a [Moment], after: &[(usize, f64)]) -> Self {
        let mut sums = vec![0.0; steps.len() + 1];
        for (step, sum) in after {
            if let Some(place) = sums.get_mut(*step) {
                *place += sum;
            }
        }
        let mut total = 0.0;
        for sum in &mut sums {
            total += *sum;
            *sum = total;
        }
        Self { steps, sums }
    }

    /// After one step and not after another.
    fn between(&self, since: Moment, until: Moment) -> f64 {
        let up_to = |at: Moment| {
            let place = self.steps.partition_point(|it| *it < at);
            self.sums.get(place).copied().unwrap_or(0.0)
        };
        up_to(until) - up_to(since)
    }
}

fn read_sums(
    scope: &Scope<'_>,
    metric: &str,
    steps: &[Moment],
    each: &mut dyn FnMut(Uuid, &[(usize, f64)]),
) -> Result<(), Fault> {
    let bounds = steps
        .iter()
        .map(|it| to_timestamp(*it))
        .collect::<Result<Vec<_>, _>>()?;
    let mut arguments = scope.arguments_since(steps.first().copied().unwrap_or(scope.since))?;
    arguments.extend([Argument::new(metric), Argument::new(bounds)]);
    let mut of_account = (None::<Uuid>, Vec::new());
    let text = include_str!("../sql/usage_sums.sql");
    stream_with(Sight::Transaction, text, &arguments, &mut |row| {
        let account = row.uuid(0);
        if account != of_account.0 {
            if let Some(before) = of_account.0 {
                each(before, &of_account.1);
            }
            of_account = (account, Vec::new());
        }
        let step = row.value::<i32>(1).and_then(|it| usize::try_from(it).ok());
        of_account.1.extend(step.zip(row.value::<f64>(2)));
    })?;
    if let Some(last) = of_account.0 {
        each(last, &of_account.1);
    }
    Ok(())
}

/// When the first row of each account was, of any kind.
pub fn read_first_seen(scope: &Scope<'_>) -> Result<HashMap<Uuid, Moment>, Fault> {
    let mut seen = HashMap::new();
    let text = include_str!("../sql/first_seen.sql");
    stream_with(Sight::Transaction, text, &scope.arguments()?, &mut |row| {
        seen.extend(row.uuid(0).zip(row.value::<i64>(1)));
    })?;
    Ok(seen)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn sums_are_taken_between_any_two_steps() {
        let steps = [10, 20, 30, 40];
        // After 10: 1; after 20: 2; after 30: 4.
        let used = Used::new(&steps, &[(1, 1.0), (2, 2.0), (3, 4.0)]);
        assert_eq!(used.between(10, 20), 1.0);
        assert_eq!(used.between(20, 40), 6.0);
        assert_eq!(used.between(10, 40), 7.0);
        assert_eq!(used.between(40, 40), 0.0);
    }
}
