//! Owns how criteria of a page about revenue take lost customers: counted in retention, left out elsewhere unless asked for.

use crate::pg::fault::OrRaise;
use crate::pg::json_text::JsonText;
use pgrx::JsonB;
use pgrx::prelude::*;
use serde_json::{Value, json};

const STATUS: &str = "status";

#[pg_extern(immutable, parallel_safe)]
fn dashboard_criteria(criteria: Option<JsonText>, own: Option<JsonText>) -> JsonB {
    JsonB(of_dashboard(read(criteria), read(own)))
}

#[pg_extern(immutable, parallel_safe)]
fn retention_criteria(criteria: Option<JsonText>) -> Option<JsonB> {
    read(criteria).and_then(of_retention).map(JsonB)
}

fn read(criteria: Option<JsonText>) -> Option<Value> {
    criteria.map(|it| it.need("criteria").or_raise())
}

/// The accounts a dashboard tells of, and of these those that meet its tile's own criteria. Criteria that do not speak of
/// status mean customers, not lost ones.
fn of_dashboard(criteria: Option<Value>, own: Option<Value>) -> Value {
    let mut all: Vec<Value> = criteria.into_iter().collect();
    if !all.iter().any(speaks_of_status) {
        all.push(json!({ "field": STATUS, "op": "ne", "value": "Churned" }));
    }
    all.extend(own);
    json!({ "all": all })
}

fn speaks_of_status(criteria: &Value) -> bool {
    match criteria {
        Value::Object(members) => {
            is_about_status(criteria) || members.values().any(speaks_of_status)
        }
        Value::Array(members) => members.iter().any(speaks_of_status),
        _ => false,
    }
}

/// Whoever left is no longer what conditions on status ask for, and without them nothing would ever be lost. So those that
/// stand for themselves are left out; inside `any`, or a group under `not`, they stay.
fn of_retention(criteria: Value) -> Option<Value> {
    if is_about_status(&criteria) || criteria.get("not").is_some_and(is_about_status) {
        return None;
    }
    match criteria {
        Value::Object(mut members) => {
            if let Some(Value::Array(all)) = members.get_mut("all") {
                *all = std::mem::take(all)
                    .into_iter()
                    .filter_map(of_retention)
                    .collect();
            }
            Some(Value::Object(members))
        }
        other => Some(other),
    }
}

fn is_about_status(criteria: &Value) -> bool {
    criteria.get("field").and_then(Value::as_str) == Some(STATUS)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn status(value: &str) -> Value {
        json!({ "field": "status", "op": "eq", "value": value })
    }

    fn industry() -> Value {
        json!({ "field": "industry", "op": "eq", "value": "status" })
    }

    #[test]
    fn lost_customers_are_left_out_unless_status_is_spoken_of() {
        let customers = json!({ "field": "status", "op": "ne", "value": "Churned" });
        assert_eq!(of_dashboard(None, None), json!({ "all": [customers] }));
        assert_eq!(
            of_dashboard(Some(industry()), Some(json!({ "all": [] }))),
            json!({ "all": [industry(), customers, { "all": [] }] })
        );
        for spoken in [
            status("Churned"),
            json!({ "not": status("Active") }),
            json!({ "all": [industry(), { "any": [status("Paused")] }] }),
        ] {
            assert_eq!(
                of_dashboard(Some(spoken.clone()), None),
                json!({ "all": [spoken] })
            );
        }
    }

    #[test]
    fn retention_leaves_out_status_where_it_stands_for_itself() {
        assert_eq!(of_retention(status("Active")), None);
        assert_eq!(of_retention(json!({ "not": status("Churned") })), None);
        assert_eq!(
            of_retention(
                json!({ "all": [{ "all": [status("Active"), industry()] }, status("Paused")] })
            ),
            Some(json!({ "all": [{ "all": [industry()] }] }))
        );
    }

    #[test]
    fn retention_keeps_all_else_as_it_is() {
        for kept in [
            industry(),
            json!({ "any": [status("Active"), industry()] }),
            json!({ "not": { "all": [status("Churned"), industry()] } }),
            json!({ "all": [] }),
            json!("status"),
        ] {
            assert_eq!(of_retention(kept.clone()), Some(kept));
        }
    }
}
