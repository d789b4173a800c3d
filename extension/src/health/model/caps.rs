//! Owns the limits to the score of accounts that meet criteria: how they are written, and those that a new tenant has. Pure.

use super::cap_fields::require_known_fields;
use super::cap_reason::CapReason;
use crate::criteria::{Criteria, first_fault, parse};
use crate::health::score::band::Bands;
use crate::pg::document::must_be;
use crate::pg::fault::Fault;
use crate::pg::object_reader::ObjectReader;
use serde_json::Value;

const MOST_CAPS: usize = 50;
/// A maximum that follows the bands: one under the lowest healthy score.
const AT_RISK: &str = "at_risk";

/// A limit to the score of accounts like these.
#[derive(Debug, Clone)]
pub struct Cap {
    /// Which accounts.
    pub when: Criteria,
    /// The most their score can be.
    pub most: i32,
    /// Why, for the reader of a score.
    pub reason: CapReason,
    /// Its switch.
    pub is_active: bool,
}

/// The caps that a new tenant has, as they are stored.
pub fn default_caps() -> Value {
    serde_json::from_str(include_str!("default_caps.json")).unwrap_or_default()
}

/// Reads the caps of a model.
pub fn read_caps(model: &ObjectReader<'_>, bands: Bands) -> Result<Vec<Cap>, Fault> {
    let caps = model.list("caps", MOST_CAPS)?.iter().enumerate();
    caps.map(|(index, cap)| read_cap(format!("caps[{index}]"), cap, bands))
        .collect()
}

fn read_cap(path: String, cap: &Value, bands: Bands) -> Result<Cap, Fault> {
    let Value::Object(cap) = cap else {
        return Err(must_be(&path, "an object")
            .hint(r#"Such as {"when": criteria, "max": 60, "reason": "Contract in dispute"}."#));
    };
    let cap = ObjectReader::at(path, cap, &["when", "max", "reason", "is_active"])?;
    let path = cap.path_of("when");
    let when = cap.get("when").ok_or_else(|| must_be(&path, "criteria"))?;
    let when = parse(&path, when).map_err(|flaws| first_fault(&flaws))?;
    require_known_fields(&path, &when)?;
    Ok(Cap {
        when,
        most: read_most(&cap, bands)?,
        reason: read_reason(&cap)?,
        is_active: read_switch(&cap)?,
    })
}

fn read_most(cap: &ObjectReader<'_>, bands: Bands) -> Result<i32, Fault> {
    let wrong = || {
        must_be(
            &cap.path_of("max"),
            "a whole number from 0 to 100, or \"at_risk\"",
        )
    };
    match cap.get("max") {
        Some(Value::String(text)) if text == AT_RISK => Ok(bands.healthy - 1),
        Some(Value::String(_)) => Err(wrong()),
        _ => cap.whole_number("max", 0..=100)?.ok_or_else(wrong),
    }
}

fn read_reason(cap: &ObjectReader<'_>) -> Result<CapReason, Fault> {
    let path = cap.path_of("reason");
    let reason = cap.get("reason").and_then(Value::as_str);
    let reason = reason
        .filter(|it| !cs_text::trim(it).is_empty())
        .ok_or_else(|| must_be(&path, "a sentence for the reader of the score"))?;
    CapReason::read(&path, reason)
}

fn read_switch(cap: &ObjectReader<'_>) -> Result<bool, Fault> {
    match cap.get("is_active") {
        None | Some(Value::Null) => Ok(true),
        Some(Value::Bool(is_active)) => Ok(*is_active),
        Some(_) => Err(must_be(&cap.path_of("is_active"), "true or false")),
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    fn read(caps: Value, bands: Bands) -> Result<Vec<Cap>, Fault> {
        let model = json!({ "caps": caps });
        read_caps(
            &ObjectReader::of_document("model", model.as_object().unwrap(), &["caps"])?,
            bands,
        )
    }

    #[test]
    fn the_caps_of_a_new_tenant_can_be_read_and_follow_the_bands() {
        let most = |healthy| {
            let bands = Bands {
                healthy,
                critical: 40,
            };
            let caps = read(default_caps(), bands).unwrap();
            assert!(caps.iter().all(|cap| cap.is_active));
            caps.iter().map(|cap| cap.most).collect::<Vec<_>>()
        };
        assert_eq!(most(80), [79; 4]);
        assert_eq!(most(71), [70; 4]);
    }

    #[test]
    fn a_maximum_is_a_number_or_at_risk_and_a_switch_is_one() {
        let read = |max: Value, active: Value| {
            let cap =
                json!([{ "when": { "all": [] }, "max": max, "reason": "x", "is_active": active }]);
            read(cap, Bands::default()).map(|caps| (caps[0].most, caps[0].is_active))
        };
        assert_eq!(read(json!(60), json!(false)).unwrap(), (60, false));
        assert_eq!(read(json!("at_risk"), Value::Null).unwrap(), (79, true));
        assert!(read(json!("healthy"), json!(true)).is_err());
        assert!(read(json!("60"), json!(true)).is_err());
        assert!(read(json!(60), json!("off")).is_err());
        assert!(read(Value::Null, json!(true)).is_err());
    }
}
