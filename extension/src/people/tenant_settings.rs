//! Owns what a new tenant starts with, and what its settings may be.

use crate::pg::document::{parse_object, unknown_key};
use crate::pg::fault::{Fault, shortened};
use crate::pg::section::System;
use crate::pg::sql;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::prelude::*;
use pgrx::{PgTrigger, Uuid};
use serde_json::Value;

/// BEFORE INSERT OR UPDATE on tenants.
#[pg_trigger]
fn tg_tenants__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, _| {
        let settings = parse_object(new, "settings")?;
        check_settings(&settings)?;
        match settings.get("time_zone").and_then(Value::as_str) {
            Some(zone) => check_zone(zone),
            None => Ok(()),
        }
    })
}

/// A name of the list, whatever the session takes for a zone: offsets such as UTC+2 mean their opposite in POSIX, and what an
/// abbreviation stands for is a setting.
fn check_zone(zone: &str) -> Result<(), Fault> {
    let is_known = sql::exists(
        "select from pg_catalog.pg_timezone_names where name = $1 and name !~ '^(posix|right)/'",
        &[zone.into()],
    )?;
    match is_known {
        true => Ok(()),
        false => Err(Fault::invalid(
            "settings.time_zone",
            format!("there is no time zone \"{}\"", shortened(zone)),
        )
        .hint("Give a name from pg_timezone_names, such as Europe/Berlin or UTC.")),
    }
}

/// AFTER INSERT on tenants: the stages and the health model a new tenant starts with.
#[pg_trigger]
fn tg_tenants__begin<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    let tenant = trigger.new().map(|row| row.get_by_name::<Uuid>("id"));
    trigger_row::after(|| {
        let Some(Ok(Some(tenant))) = tenant else {
            return Err(Fault::internal("a new tenant has no id"));
        };
        let _section = System::enter();
        sql::run(include_str!("sql/first_stages.sql"), &[tenant.into()])?;
        sql::run(
            "insert into cs.health_models (tenant_id) values ($1)",
            &[tenant.into()],
        )
    })
}

/// The settings of a tenant.
const SETTINGS: [&str; 4] = [
    "currency",
    "time_zone",
    "high_value_arr",
    "parent_arr_includes_children",
];

fn check_settings(settings: &serde_json::Map<String, Value>) -> Result<(), Fault> {
    for (key, value) in settings {
        let (good, expected) = match key.as_str() {
            "currency" => (
                is_currency(value),
                "three capital letters (ISO 4217), such as EUR",
            ),
            "time_zone" => (
                value.is_string(),
                "the name of a time zone, such as Europe/Berlin",
            ),
            "high_value_arr" => (
                value.as_f64().is_some_and(|number| number >= 0.0),
                "a number of at least 0",
            ),
            "parent_arr_includes_children" => (value.is_boolean(), "true or false"),
            _ => {
                return Err(unknown_key(
                    &format!("settings.{key}"),
                    "settings",
                    key,
                    &SETTINGS,
                ));
            }
        };
        if !good {
            let message = format!("the setting {key} must be {expected}, not {value}");
            return Err(Fault::invalid(&format!("settings.{key}"), message));
        }
    }
    Ok(())
}

fn is_currency(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn check(settings: Value) -> Result<(), Fault> {
        check_settings(settings.as_object().unwrap())
    }

    #[test]
    fn known_settings_pass() {
        let all = serde_json::json!({
            "currency": "EUR", "time_zone": "Europe/Berlin", "high_value_arr": 0, "parent_arr_includes_children": true
        });
        assert_eq!(check(all), Ok(()));
    }

    #[test]
    fn an_unknown_setting_is_named() {
        assert_eq!(
            check(serde_json::json!({ "curency": "EUR" }))
                .unwrap_err()
                .message(),
            "settings has no key \"curency\""
        );
    }

    #[test]
    fn malformed_settings_are_refused() {
        for bad in [
            serde_json::json!({ "currency": "euro" }),
            serde_json::json!({ "high_value_arr": -1 }),
            serde_json::json!({ "high_value_arr": "many" }),
            serde_json::json!({ "parent_arr_includes_children": "yes" }),
            serde_json::json!({ "time_zone": 2 }),
        ] {
            assert!(check(bad.clone()).is_err(), "{bad}");
        }
    }
}
