//! Owns weeks with unusually many tickets, by the days of the tenant.

use super::days::{days_of, find_begun};
use super::usage::{counted_days_before, read_first_seen};
use super::{Edge, Scope};
use crate::health::Moment;
use crate::pg::fault::Fault;
use crate::pg::stream::{Sight, stream_with};
use pgrx::Uuid;
use serde_json::json;
use std::collections::BTreeMap;

/// The last week and those before it that say what is usual.
const WEEKS: usize = 13;
/// Of those before, the account must have been there for so many.
const LEAST_WEEKS: usize = 4;
/// Fewer tickets are no spike.
const LEAST_TICKETS: f64 = 3.0;

/// Accounts that had at least 3 tickets in 7 counted days and twice as many as usual, from a day on.
pub fn find(scope: &Scope<'_>, add: &mut dyn FnMut(Edge)) -> Result<(), Fault> {
    let days = days_of(scope);
    // For each day when it began, and its weeks before: a week is after a bound and not after the one before it.
    let bounds = days.iter().map(|at| {
        let calendar = scope.history.calendar(*at);
        let week = |number: usize| match number {
            0 => *at,
            _ => counted_days_before(
                scope,
                &calendar,
                *at,
                i32::try_from(7 * number).unwrap_or(0),
            ),
        };
        std::array::from_fn::<_, { WEEKS + 1 }, _>(week)
    });
    let bounds = bounds.collect::<Vec<_>>();
    let first_seen = read_first_seen(scope)?;
    for (account, tickets) in read_tickets(scope)? {
        let seen = first_seen.get(&account).copied().unwrap_or(Moment::MAX);
        let found = |place: usize| spike(&tickets, &bounds[place], seen).map(|it| ((), it));
        find_begun(
            &days,
            scope.until + 1,
            found,
            |begin, end, (recent, usual)| {
                let values = json!({ "tickets": recent, "usual": usual });
                add(scope.begun(account, (days[begin], end), values));
            },
        );
    }
    Ok(())
}

/// How many tickets there were in the last week, and usually in one, where that is a spike.
fn spike(
    tickets: &[(Moment, f64)],
    bounds: &[Moment; WEEKS + 1],
    first_seen: Moment,
) -> Option<(f64, f64)> {
    let between = |since: Moment, until: Moment| {
        let place = |at: Moment| tickets.partition_point(|(opened, _)| *opened <= at);
        let within = tickets.get(place(since)..place(until)).unwrap_or_default();
        within.iter().map(|(_, quantity)| quantity).sum::<f64>()
    };
    let recent = between(bounds[1], bounds[0]);
    if recent < LEAST_TICKETS {
        return None;
    }
    let weeks = bounds[1..].windows(2).filter(|it| it[1] >= first_seen);
    let mut weeks = weeks.map(|it| between(it[1], it[0])).collect::<Vec<_>>();
    if weeks.len() < LEAST_WEEKS {
        return None;
    }
    let usual = median(&mut weeks).max(1.0);
    (recent >= 2.0 * usual).then_some((recent, usual))
}

fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    let half = numbers.len() / 2;
    match numbers.len() % 2 {
        0 => f64::midpoint(numbers[half - 1], numbers[half]),
        _ => numbers[half],
    }
}

/// The tickets of each account, each once, when it came up.
fn read_tickets(scope: &Scope<'_>) -> Result<BTreeMap<Uuid, Vec<(Moment, f64)>>, Fault> {
    let mut tickets = BTreeMap::<Uuid, Vec<(Moment, f64)>>::new();
    let text = include_str!("../sql/tickets.sql");
    stream_with(Sight::Transaction, text, &scope.arguments()?, &mut |row| {
        let ticket = row.value::<i64>(1).zip(row.value::<f64>(2));
        if let Some((account, ticket)) = row.uuid(0).zip(ticket) {
            tickets.entry(account).or_default().push(ticket);
        }
    })?;
    for of_account in tickets.values_mut() {
        of_account.sort_unstable_by_key(|(opened, _)| *opened);
    }
    Ok(tickets)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn twice_as_many_as_usual_and_three_at_least_are_a_spike() {
        let bounds = std::array::from_fn(|week| 1_000 - 10 * i64::try_from(week).unwrap());
        let spikes = |tickets: &[(Moment, f64)], first_seen| spike(tickets, &bounds, first_seen);
        let three = [(991, 1.0), (995, 1.0), (1_000, 1.0)];
        assert_eq!(spikes(&three, 0), Some((3.0, 1.0)));
        assert_eq!(spikes(&three[1..], 0), None);
        // One at the very bound is of the week before.
        assert_eq!(spikes(&[(990, 1.0), (995, 1.0), (1_000, 1.0)], 0), None);
        // Without four weeks before nothing is usual.
        assert_eq!(spikes(&three, 951), None);
        assert_eq!(spikes(&three, 950), Some((3.0, 1.0)));
        // Two a week are usual.
        let busy = (1..13)
            .map(|week| (1_000 - 10 * week, 2.0))
            .rev()
            .chain(three);
        assert_eq!(spikes(&busy.collect::<Vec<_>>(), 0), None);
    }
}
