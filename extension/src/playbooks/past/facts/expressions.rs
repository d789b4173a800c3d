//! Owns where the value of each field is as of a moment: the same SQL expressions as for now, over accounts rebuilt as they were
//! and over joins that look back. Pure.

use super::doubt::Doubt;
use crate::criteria::account_values::typed_pair;
use crate::criteria::{Field, Join, as_of, expression_of};
use std::collections::BTreeSet;

/// The column of the accounts asked for that says when.
const AT: &str = "account.at";
/// The accounts asked for, rebuilt; its parameters are the first ones of the query.
const ASKED: &str = include_str!("../sql/asked_accounts.sql");
/// How many parameters that has.
const ASKED_PARAMETERS: usize = 16;

/// A query for the values of fields, of many accounts each at its moment.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldQuery {
    /// Its columns: the place, a JSON type and a text per field, whether there is each doubt.
    pub text: String,
    /// The keys of CRM attributes, which follow the parameters of the accounts asked for.
    pub keys: Vec<String>,
}

impl FieldQuery {
    /// For these fields.
    pub fn of(fields: &[Field]) -> Self {
        let mut joins = BTreeSet::new();
        let mut keys = Vec::new();
        let pairs = fields.iter().map(|field| {
            let value = match field {
                Field::BuiltIn(known) => {
                    let (expression, needed) = expression_of(known.field);
                    needed.iter().for_each(|it| add_join(&mut joins, *it));
                    format!("({})", as_of(expression, AT))
                }
                Field::Attribute(path) => attribute(path, &mut keys),
            };
            typed_pair(field.kind(), &value)
        });
        let pairs = pairs.collect::<Vec<_>>().join(", ");
        let doubts = Doubt::ALL.map(|it| doubt(it, &joins)).join(", ");
        // What is gone is found by no index: it is looked up once.
        let with = match joins.contains(&Join::Touch) {
            true => include_str!("../sql/deleted_touches.sql"),
            false => "",
        };
        let mut text = format!(
            "{with}select account.place, array[{pairs}]::text[], array[{doubts}]::text[]\n{ASKED}"
        );
        // The stage of then is that of the stay, which comes first.
        let stay = joins.take(&Join::Stay);
        for join in stay.into_iter().chain(joins) {
            text.push('\n');
            text.push_str(&join_at(join));
        }
        Self { text, keys }
    }
}

fn add_join(joins: &mut BTreeSet<Join>, join: Join) {
    let more: &[Join] = match join {
        Join::Stage => &[Join::Stay],
        _ => &[],
    };
    for needed in join.needs().iter().chain(more) {
        add_join(joins, *needed);
    }
    joins.insert(join);
}

fn attribute(path: &[String], keys: &mut Vec<String>) -> String {
    let steps = path
        .iter()
        .fold("account.crm_attributes".to_owned(), |text, key| {
            keys.push(key.clone());
            format!("{text} -> ${}::text", ASKED_PARAMETERS + keys.len())
        });
    format!("({steps})")
}

/// Whether there is a doubt, which is only asked where a field may suffer from it.
fn doubt(doubt: Doubt, joins: &BTreeSet<Join>) -> String {
    let (join, condition) = match doubt {
        Doubt::Row => return "(account.row_at < account.recorded_since)::text".to_owned(),
        Doubt::Score => (Join::Health, "health.has_ended"),
        Doubt::Stay => (Join::Stay, "stay.id is null"),
        Doubt::Touch => (Join::Touch, "touch.is_changed"),
        Doubt::Arr => (Join::Counting, "counting.is_missing"),
    };
    match joins.contains(&join) {
        true => format!("(coalesce({condition}, false))::text"),
        false => "'false'".to_owned(),
    }
}

/// A join as of the moment: those that read what is true now are replaced, in the others only the clock is.
fn join_at(join: Join) -> String {
    let own = match join {
        Join::Tenant => "cross join lateral (select account.settings) as tenant",
        Join::Model => "cross join lateral (select account.quiet_periods) as model",
        Join::Stay => include_str!("../sql/join_stay.sql"),
        Join::Stage => include_str!("../sql/join_stage.sql"),
        Join::Overdue => include_str!("../sql/join_overdue.sql"),
        Join::Health => include_str!("../sql/join_health.sql"),
        Join::Touch => include_str!("../sql/join_touch.sql"),
        Join::Counting => include_str!("../sql/join_counting.sql"),
        Join::MonthAgo | Join::Csm | Join::Sum(_) | Join::Last(_) => return as_of(&join.sql(), AT),
    };
    own.to_owned()
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn query(fields: &[&str]) -> FieldQuery {
        let fields = fields.iter().map(|it| Field::find(it).unwrap());
        FieldQuery::of(&fields.collect::<Vec<_>>())
    }

    #[test]
    fn keys_follow_the_parameters_of_the_accounts() {
        let query = query(&["crm_attributes.plan.tier", "crm_attributes.x"]);
        assert_eq!(query.keys, ["plan", "tier", "x"]);
        let last = format!("account.crm_attributes -> ${}::text", ASKED_PARAMETERS + 3);
        assert!(query.text.contains(&last), "{}", query.text);
        assert!(ASKED.contains(&format!("${ASKED_PARAMETERS}::")));
        assert!(!ASKED.contains(&format!("${}", ASKED_PARAMETERS + 1)));
    }

    #[test]
    fn nothing_is_as_of_now_and_a_join_comes_after_what_it_needs() {
        let all = [
            "health_score",
            "stage",
            "overdue_milestones",
            "counted_arr",
            "days_since_touch",
            "logins_30d",
            "days_to_renewal",
            "score_change_30d",
            "days_since_usage",
        ];
        let all = query(&all).text;
        assert!(!all.contains("now()"));
        let place = |part: &str| all.find(part).unwrap();
        assert!(place("as stay on") < place("as stage on"));
        assert!(place("as stage on") < place("as overdue"));
    }
}
