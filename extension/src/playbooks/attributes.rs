//! Owns the fields of an account that a change is seen in, as JSON objects of its row. Pure.

use super::definition::AwaitedEvent;
use super::definition::awaited_event::ChangedTo;
use crate::criteria::{self, Facts, Field, FieldValue};
use crate::pg::day;
use serde_json::{Map, Value};

/// A row of accounts as criteria see it.
struct Row<'a>(&'a Map<String, Value>);

impl Facts for Row<'_> {
    fn value(&self, field: &Field) -> Option<FieldValue> {
        match field {
            Field::Attribute(path) => {
                criteria::attribute(self.0.get("crm_attributes")?.as_object()?, path)
            }
            Field::BuiltIn(known) => {
                let value = FieldValue::of_json(self.0.get(known.name)?)?;
                match (known.name, &value) {
                    ("contract_end_date", FieldValue::Text(text)) => {
                        day::parse(text).map(FieldValue::Date)
                    }
                    _ => Some(value),
                }
            }
        }
    }
}

/// Whether a change of a row is what a playbook waits for.
pub fn is_awaited(
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    awaited: &AwaitedEvent,
) -> bool {
    let AwaitedEvent::AttributeChange { field, to } = awaited else {
        return false;
    };
    let met = |to: &ChangedTo| criteria::evaluate(&to.condition, &Row(after));
    json_at(before, field) != json_at(after, field) && to.as_ref().is_none_or(met)
}

/// The value of a field; null is missing.
pub fn value_at(row: &Map<String, Value>, field: &Field) -> Value {
    json_at(row, field).cloned().unwrap_or(Value::Null)
}

/// The value as it stands, so that what lies deeper than criteria look counts as a change too; null is missing.
fn json_at<'a>(row: &'a Map<String, Value>, field: &Field) -> Option<&'a Value> {
    let found = match field {
        Field::Attribute(path) => {
            let attributes = row.get("crm_attributes")?;
            path.iter()
                .try_fold(attributes, |found, key| found.as_object()?.get(key))?
        }
        Field::BuiltIn(known) => row.get(known.name)?,
    };
    (!found.is_null()).then_some(found)
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    fn awaited(event: &Value) -> AwaitedEvent {
        AwaitedEvent::parse(Some(event)).unwrap()
    }

    #[test]
    fn a_change_is_seen_in_the_field_alone() {
        let before = json!({ "name": "A", "arr": 10, "contract_end_date": "2027-01-31", "crm_attributes": { "plan": { "tier": "silver" }, "x": 1 } });
        let after = json!({ "name": "A", "arr": 20, "contract_end_date": null, "crm_attributes": { "plan": { "tier": "gold" }, "x": 1 } });
        let (before, after) = (before.as_object().unwrap(), after.as_object().unwrap());
        for (event, expected) in [
            (json!({ "field": "name" }), false),
            (json!({ "field": "arr" }), true),
            (json!({ "field": "arr", "to": 20 }), true),
            (json!({ "field": "arr", "to": 20.0 }), true),
            (json!({ "field": "arr", "to": 10 }), false),
            (json!({ "field": "contract_end_date" }), true),
            (
                json!({ "field": "contract_end_date", "to": "2027-01-31" }),
                false,
            ),
            (
                json!({ "field": "crm_attributes.plan.tier", "to": "gold" }),
                true,
            ),
            (json!({ "field": "crm_attributes.plan" }), true),
            (json!({ "field": "crm_attributes.x" }), false),
            (json!({ "field": "crm_attributes.none" }), false),
        ] {
            let mut event = event;
            event["kind"] = "attribute_change".into();
            assert_eq!(
                is_awaited(before, after, &awaited(&event)),
                expected,
                "{event}"
            );
        }
        let back = awaited(
            &json!({ "kind": "attribute_change", "field": "contract_end_date", "to": "2027-01-31" }),
        );
        assert!(is_awaited(after, before, &back));
    }
}
