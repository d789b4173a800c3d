//! Owns contracts that came near their end, by the days of the tenant.

use super::days::{days_of, find_begun};
use super::{Edge, Scope};
use crate::health::Moment;
use crate::pg::day;
use crate::pg::fault::Fault;
use crate::pg::stream::{Sight, stream_with};
use crate::playbooks::past::timeline::Timeline;
use chrono::{Datelike, NaiveDate};
use pgrx::Uuid;
use serde_json::json;
use std::collections::HashMap;

/// 2000-01-01 in days of the common era.
const FIRST_DAY: i64 = 730_120;

/// An account and the end of its contract over time.
struct Contract {
    created_at: Moment,
    ends: Timeline<Option<NaiveDate>>,
}

/// Contracts that ended within so many days, from a day on.
pub fn find(scope: &Scope<'_>, within: i32, add: &mut dyn FnMut(Edge)) -> Result<(), Fault> {
    let days = days_of(scope);
    let numbers = days
        .iter()
        .map(|it| scope.history.day_of(*it))
        .collect::<Vec<_>>();
    for (account, contract) in read_contracts(scope)? {
        let found = |place: usize| {
            let at = days[place];
            let ends = (*contract.ends.at(at)).filter(|_| contract.created_at <= at)?;
            let left = i64::from(ends.num_days_from_ce()) - FIRST_DAY - numbers[place];
            (0..=i64::from(within))
                .contains(&left)
                .then_some((ends, (ends, left)))
        };
        find_begun(&days, scope.until + 1, found, |begin, end, (ends, left)| {
            let values = json!({ "days": within, "contract_end_date": ends.to_string(), "days_to_renewal": left });
            add(scope.begun(account, (days[begin], end), values));
        });
    }
    Ok(())
}

fn read_contracts(scope: &Scope<'_>) -> Result<HashMap<Uuid, Contract>, Fault> {
    let mut contracts = HashMap::<Uuid, Contract>::new();
    let text = include_str!("../sql/contract_ends.sql");
    stream_with(Sight::Transaction, text, &scope.arguments()?, &mut |row| {
        let Some(account) = row.uuid(0) else {
            return;
        };
        let ends = row.text(2).as_deref().and_then(day::parse);
        match (row.value::<i64>(1), row.value::<i64>(3)) {
            (None, Some(created_at)) => {
                let ends = Timeline::unchanged(ends);
                contracts.insert(account, Contract { created_at, ends });
            }
            (Some(at), _) => {
                if let Some(contract) = contracts.get_mut(&account) {
                    contract.ends.replaced(at, ends);
                }
            }
            (None, None) => (),
        }
    })?;
    Ok(contracts)
}
