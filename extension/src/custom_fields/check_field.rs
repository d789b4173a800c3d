//! Owns what a custom field must be before it is stored, however it is written.

use super::definitions::{forget_fields, read_options};
use super::field_type::CustomFieldType;
use super::misfits;
use super::normalize_values::member_id;
use crate::pg::fault::Fault;
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::PgTrigger;
use pgrx::prelude::*;
use serde_json::Value;
use std::collections::HashSet;

/// Keys that already have a meaning.
const BUILT_IN: [&str; 4] = ["arr", "contract_end_date", "industry", "seats"];

/// BEFORE INSERT OR UPDATE on custom_fields.
#[pg_trigger]
fn tg_custom_fields__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, check)
}

/// AFTER STATEMENT on custom_fields: what changed counts at once in this transaction.
#[pg_trigger]
fn tg_custom_fields__forget<'a>(_trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        forget_fields();
        Ok(())
    })
}

fn check(new: &mut TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    check_key(&new.need("key")?)?;
    if let Some(old) = old {
        new.keep(old, &["tenant_id", "id", "key"], "a field")?;
    }
    new.clean_name("label", "a field needs a label")?;
    let kind = require_type(&new.need("type")?)?;
    let is_unchanged = old.is_some_and(|old| old.get("options").ok() == new.get("options").ok());
    if !kind.has_options() && is_unchanged {
        new.set("options", None)?;
    }
    let given = read_json(new, "options")?;
    check_options(kind, given.as_ref())?;
    let options = read_options(given.as_ref());
    check_default(new, kind, &options)?;
    match old {
        Some(old) if old.need("type")? != new.need("type")? => {
            misfits::refuse_misfits(new.id("tenant_id")?, &new.need("key")?, kind, &options)
        }
        _ => Ok(()),
    }
}

fn check_key(key: &str) -> Result<(), Fault> {
    if BUILT_IN.contains(&key) {
        let message = format!("\"{key}\" is built in; it needs no custom field");
        return Err(Fault::invalid("key", message));
    }
    let is_good = (1..=63).contains(&key.len())
        && key.starts_with(|first: char| first.is_ascii_lowercase())
        && key
            .bytes()
            .all(|it| it == b'_' || it.is_ascii_lowercase() || it.is_ascii_digit());
    match is_good {
        true => Ok(()),
        false => Err(Fault::invalid("key", format!("\"{key}\" is not a valid key")).hint(
            "Use up to 63 lower-case letters, digits and underscores, starting with a letter, such as support_tier.",
        )),
    }
}

/// The type with this label; 22023 where there is none.
pub fn require_type(label: &str) -> Result<CustomFieldType, Fault> {
    CustomFieldType::from_label(label).ok_or_else(|| {
        Fault::invalid("type", format!("there is no field type \"{label}\""))
            .hint(format!("Types are {}.", CustomFieldType::labels()))
    })
}

fn read_json(row: &TriggerRow, column: &str) -> Result<Option<Value>, Fault> {
    let text = row.get(column)?;
    let read = text.map(|text| {
        serde_json::from_str::<Value>(&text)
            .map_err(|_| Fault::invalid(column, format!("{column} cannot be read")))
    });
    Ok(read.transpose()?.filter(|it| !it.is_null()))
}

fn check_options(kind: CustomFieldType, given: Option<&Value>) -> Result<(), Fault> {
    if !kind.has_options() {
        return match given {
            None => Ok(()),
            Some(_) => Err(Fault::invalid(
                "options",
                "only fields of type choice or multi_choice have options",
            )),
        };
    }
    let all = given.and_then(Value::as_array);
    let texts = all.into_iter().flatten().filter_map(Value::as_str);
    let distinct = texts
        .filter(|it| !cs_text::trim(it).is_empty())
        .collect::<HashSet<_>>();
    match all {
        Some(all) if !all.is_empty() && distinct.len() == all.len() => Ok(()),
        _ => Err(Fault::invalid(
            "options",
            "options must be an array of distinct strings, none of them empty",
        )),
    }
}

fn check_default(
    new: &mut TriggerRow,
    kind: CustomFieldType,
    options: &[String],
) -> Result<(), Fault> {
    let Some(default) = read_json(new, "default_value")? else {
        return new.set("default_value", None);
    };
    if let Some(mismatch) = kind.mismatch(&default, options) {
        return Err(Fault::invalid(
            "default_value",
            format!("default_value must be {mismatch}"),
        ));
    }
    if kind != CustomFieldType::Member {
        return Ok(());
    }
    let found = member_id(new.id("tenant_id")?, default.as_str().unwrap_or_default())?;
    let found = found.ok_or_else(|| {
        Fault::invalid(
            "default_value",
            "default_value is not an active member of this tenant",
        )
    })?;
    new.set("default_value", Some(&Value::from(found).to_string()))
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_key_is_a_plain_word_that_is_free() {
        let longest = format!("a{}", "b".repeat(62));
        for good in ["tier", "a", "plan_2", longest.as_str()] {
            assert_eq!(check_key(good), Ok(()), "{good}");
        }
        let too_long = format!("{longest}b");
        for bad in [
            "",
            "Tier",
            "2nd",
            "_a",
            "a-b",
            "a.b",
            "ä",
            "arr",
            "seats",
            too_long.as_str(),
        ] {
            assert!(check_key(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn options_are_texts_each_once() {
        assert!(check_options(CustomFieldType::Choice, Some(&json!(["A", "B"]))).is_ok());
        for bad in [
            json!([]),
            json!(["A", "A"]),
            json!([" "]),
            json!([1]),
            json!("A"),
        ] {
            assert!(
                check_options(CustomFieldType::MultiChoice, Some(&bad)).is_err(),
                "{bad}"
            );
        }
        assert!(check_options(CustomFieldType::Choice, None).is_err());
        assert!(check_options(CustomFieldType::Text, None).is_ok());
        assert!(check_options(CustomFieldType::Text, Some(&json!(["A"]))).is_err());
    }
}
