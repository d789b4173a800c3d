//! Owns what criteria mean for lost customers on pages about revenue: counted in retention, left out elsewhere unless
//! asked for.

use crate::pg::fault::OrRaise;
use crate::pg::json_text::JsonText;
use crate::stages::AccountStatus;
use pgrx::JsonB;
use pgrx::prelude::*;
use serde_json::{Value, json};

const STATUS: &str = "status";

#[pg_extern(immutable, parallel_safe)]
fn dashboard_criteria(criteria: Option<JsonText>, own: Option<JsonText>) -> JsonB {
    JsonB(build_dashboard_criteria(
        read_argument(criteria),
        read_argument(own),
    ))
}

#[pg_extern(immutable, parallel_safe)]
fn retention_criteria(criteria: Option<JsonText>) -> Option<JsonB> {
    read_argument(criteria)
        .and_then(drop_status_conditions)
        .map(JsonB)
}

fn read_argument(criteria: Option<JsonText>) -> Option<Value> {
    criteria.map(|it| it.need("criteria").or_raise())
}

/// The accounts that a dashboard is about, and of these those that meet a tile's own criteria. Criteria that do not
/// mention status mean current customers, not lost ones.
fn build_dashboard_criteria(criteria: Option<Value>, own: Option<Value>) -> Value {
    let mut all: Vec<Value> = criteria.into_iter().collect();
    if !all.iter().any(mentions_status) {
        let churned = AccountStatus::Churned.label();
        all.push(json!({ "field": STATUS, "op": "ne", "value": churned }));
    }
    all.extend(own);
    json!({ "all": all })
}

fn mentions_status(criteria: &Value) -> bool {
    match criteria {
        Value::Object(members) => {
            is_about_status(criteria) || members.values().any(mentions_status)
        }
        Value::Array(members) => members.iter().any(mentions_status),
        _ => false,
    }
}

/// A lost customer no longer meets conditions on status, and without lost ones nothing would ever be lost. So
/// conditions on status alone are left out; inside `any`, or a group under `not`, they stay.
fn drop_status_conditions(criteria: Value) -> Option<Value> {
    if is_about_status(&criteria) || criteria.get("not").is_some_and(is_about_status) {
        return None;
    }
    match criteria {
        Value::Object(mut members) => {
            if let Some(Value::Array(all)) = members.get_mut("all") {
                *all = std::mem::take(all)
                    .into_iter()
                    .filter_map(drop_status_conditions)
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
    fn lost_customers_are_left_out_unless_status_is_mentioned() {
        let customers = json!({ "field": "status", "op": "ne", "value": "Churned" });
        assert_eq!(
            build_dashboard_criteria(None, None),
            json!({ "all": [customers] })
        );
        assert_eq!(
            build_dashboard_criteria(Some(industry()), Some(json!({ "all": [] }))),
            json!({ "all": [industry(), customers, { "all": [] }] })
        );
        for criteria in [
            status("Churned"),
            json!({ "not": status("Active") }),
            json!({ "all": [industry(), { "any": [status("Paused")] }] }),
        ] {
            assert_eq!(
                build_dashboard_criteria(Some(criteria.clone()), None),
                json!({ "all": [criteria] })
            );
        }
    }

    #[test]
    fn retention_leaves_out_conditions_on_status_alone() {
        assert_eq!(drop_status_conditions(status("Active")), None);
        assert_eq!(
            drop_status_conditions(json!({ "not": status("Churned") })),
            None
        );
        assert_eq!(
            drop_status_conditions(
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
            assert_eq!(drop_status_conditions(kept.clone()), Some(kept));
        }
    }
}
