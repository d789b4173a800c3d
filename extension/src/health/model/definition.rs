//! Owns how a tenant's scores are computed: weights, bands, targets, caps and key features, read with the path of each fault.

use super::cap_fields::require_known;
use crate::criteria::{Criteria, first_fault, parse};
use crate::health::score::band::Bands;
use crate::pg::document::refuse_unknown_keys;
use crate::pg::fault::Fault;
use serde_json::{Map, Value, json};

const COMPONENTS: [&str; 4] = ["usage", "engagement", "support", "adoption"];
const TARGETS: [&str; 3] = ["logins", "feature_usage", "api_calls"];
const DEFAULT_WEIGHT: f64 = 25.0;
const DEFAULT_TARGETS: [f64; 3] = [40.0, 100.0, 500.0];
const MOST_CAPS: usize = 50;
const MOST_FEATURES: usize = 1_000;

/// The keys of a model, which are the columns of `health_models` too.
pub const KEYS: [&str; 5] = ["weights", "thresholds", "targets", "caps", "key_features"];

/// How scores are computed.
#[derive(Debug, Clone)]
pub struct Model {
    /// Of usage, engagement, support and adoption: from 0, not all 0.
    pub weights: [f64; 4],
    /// Where the bands of risk begin.
    pub bands: Bands,
    /// Quantities per 30 days that give 100: logins, feature usage, API calls.
    pub targets: [f64; 3],
    /// In order; the first that matches limits the score.
    pub caps: Vec<Cap>,
    /// Features that count for adoption; empty: those in common use.
    pub key_features: Vec<String>,
}

/// A limit to the score of accounts like these.
#[derive(Debug, Clone)]
pub struct Cap {
    /// Which accounts.
    pub when: Criteria,
    /// The most their score can be.
    pub most: i32,
    /// Why, for the reader of a score.
    pub reason: String,
}

impl Default for Model {
    fn default() -> Self {
        Self {
            weights: [DEFAULT_WEIGHT; 4],
            bands: Bands::default(),
            targets: DEFAULT_TARGETS,
            caps: Vec::new(),
            key_features: Vec::new(),
        }
    }
}

impl Model {
    /// Reads a model; what is absent has its default. Names in caps have been turned into ids before.
    pub fn read(model: &Map<String, Value>) -> Result<Self, Fault> {
        refuse_unknown_keys(model, "model", &KEYS)?;
        let weights = numbers(model, "weights", COMPONENTS, [DEFAULT_WEIGHT; 4], 0.0)?;
        if weights.iter().all(|weight| *weight == 0.0) {
            return Err(Fault::invalid(
                "weights",
                "at least one weight must be above 0",
            ));
        }
        Ok(Self {
            weights,
            bands: bands(model)?,
            targets: targets(model)?,
            caps: caps(model)?,
            key_features: key_features(model)?,
        })
    }

    /// With everything written out, as it is stored. `caps` as given, since reading them loses nothing but their form.
    pub fn write(&self, caps: &Value) -> Map<String, Value> {
        let named = |names: &[&str], values: &[f64]| {
            let pairs = names.iter().zip(values);
            pairs
                .map(|(name, value)| ((*name).to_owned(), tidy(*value)))
                .collect::<Map<_, _>>()
        };
        let bands = json!({ "healthy": self.bands.healthy, "critical": self.bands.critical });
        let all = [
            named(&COMPONENTS, &self.weights).into(),
            bands,
            named(&TARGETS, &self.targets).into(),
            caps.clone(),
            self.key_features.clone().into(),
        ];
        let keys = KEYS.into_iter().map(str::to_owned);
        keys.zip(all).collect()
    }
}

/// A stored model with a change made to it: objects are merged, null goes back to the default.
pub fn merge_change(
    current: &Map<String, Value>,
    change: &Value,
) -> Result<Map<String, Value>, Fault> {
    let Value::Object(change) = change else {
        return Err(Fault::invalid("model", "a model is a JSON object")
            .hint(r#"Such as {"thresholds": {"healthy": 75}}; what is absent stays as it is."#));
    };
    let mut merged = current.clone();
    for (key, value) in change {
        match (merged.get_mut(key), value) {
            (Some(Value::Object(old)), Value::Object(new)) => {
                for (name, number) in new {
                    if number.is_null() {
                        old.remove(name);
                    } else {
                        old.insert(name.clone(), number.clone());
                    }
                }
            }
            (_, Value::Null) => drop(merged.remove(key)),
            _ => drop(merged.insert(key.clone(), value.clone())),
        }
    }
    Ok(merged)
}

/// A whole number without a fraction.
#[expect(
    clippy::cast_possible_truncation,
    reason = "checked to be whole and small"
)]
fn tidy(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        json!(number as i64)
    } else {
        json!(number)
    }
}

fn object<'a>(
    model: &'a Map<String, Value>,
    key: &str,
) -> Result<Option<&'a Map<String, Value>>, Fault> {
    match model.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Object(object)) => Ok(Some(object)),
        Some(_) => Err(Fault::invalid(key, format!("{key} must be an object"))),
    }
}

/// Named numbers, each at least `least`.
fn numbers<const N: usize>(
    model: &Map<String, Value>,
    key: &str,
    names: [&str; N],
    mut values: [f64; N],
    least: f64,
) -> Result<[f64; N], Fault> {
    let Some(object) = object(model, key)? else {
        return Ok(values);
    };
    refuse_unknown_keys(object, key, &names)?;
    for (name, value) in names.iter().zip(&mut values) {
        let Some(given) = object.get(*name) else {
            continue;
        };
        let number = given.as_f64().filter(|it| *it >= least && *it <= 1e12);
        let path = format!("{key}.{name}");
        *value = number.ok_or_else(|| {
            Fault::invalid(&path, format!("{path} must be a number from {least}"))
        })?;
    }
    Ok(values)
}

fn targets(model: &Map<String, Value>) -> Result<[f64; 3], Fault> {
    let targets = numbers(model, "targets", TARGETS, DEFAULT_TARGETS, 0.0)?;
    match TARGETS
        .iter()
        .zip(targets)
        .find(|(_, target)| *target <= 0.0)
    {
        None => Ok(targets),
        Some((name, _)) => {
            let path = format!("targets.{name}");
            Err(Fault::invalid(&path, format!("{path} must be above 0")))
        }
    }
}

fn bands(model: &Map<String, Value>) -> Result<Bands, Fault> {
    let Some(object) = object(model, "thresholds")? else {
        return Ok(Bands::default());
    };
    refuse_unknown_keys(object, "thresholds", &["healthy", "critical"])?;
    let bound = |name: &str, usual: i32| match object.get(name) {
        None => Ok(usual),
        Some(value) => whole(value, 1..=100).ok_or_else(|| {
            let path = format!("thresholds.{name}");
            Fault::invalid(
                &path,
                format!("{path} must be a whole number from 1 to 100"),
            )
        }),
    };
    let usual = Bands::default();
    let bands = Bands {
        healthy: bound("healthy", usual.healthy)?,
        critical: bound("critical", usual.critical)?,
    };
    if bands.critical < bands.healthy {
        return Ok(bands);
    }
    Err(Fault::invalid(
        "thresholds.critical",
        format!(
            "the critical threshold ({}) must be under the healthy one ({})",
            bands.critical, bands.healthy
        ),
    ))
}

fn whole(value: &Value, within: std::ops::RangeInclusive<i32>) -> Option<i32> {
    let number = i32::try_from(value.as_i64()?).ok()?;
    within.contains(&number).then_some(number)
}

fn list<'a>(model: &'a Map<String, Value>, key: &str, most: usize) -> Result<&'a [Value], Fault> {
    match model.get(key) {
        None | Some(Value::Null) => Ok(&[]),
        Some(Value::Array(list)) if list.len() <= most => Ok(list),
        Some(Value::Array(_)) => Err(Fault::invalid(key, format!("{key} holds at most {most}"))),
        Some(_) => Err(Fault::invalid(key, format!("{key} must be an array"))),
    }
}

fn caps(model: &Map<String, Value>) -> Result<Vec<Cap>, Fault> {
    let caps = list(model, "caps", MOST_CAPS)?;
    caps.iter()
        .enumerate()
        .map(|(index, it)| cap(index, it))
        .collect()
}

fn cap(index: usize, cap: &Value) -> Result<Cap, Fault> {
    let path = format!("caps[{index}]");
    let Value::Object(cap) = cap else {
        return Err(Fault::invalid(&path, format!("{path} must be an object"))
            .hint(r#"Such as {"when": criteria, "max": 60, "reason": "Contract in dispute"}."#));
    };
    refuse_unknown_keys(cap, &path, &["when", "max", "reason"])?;
    let missing = |key: &str, what: &str| {
        let path = format!("{path}.{key}");
        Fault::invalid(&path, format!("{path} must be {what}"))
    };
    let when = cap.get("when").ok_or_else(|| missing("when", "criteria"))?;
    let most = cap.get("max").and_then(|max| whole(max, 0..=100));
    let reason = cap.get("reason").and_then(Value::as_str);
    let at = format!("{path}.when");
    let when = parse(&at, when).map_err(|flaws| first_fault(&flaws))?;
    require_known(&at, &when)?;
    Ok(Cap {
        when,
        most: most.ok_or_else(|| missing("max", "a whole number from 0 to 100"))?,
        reason: reason
            .filter(|it| !it.trim().is_empty())
            .ok_or_else(|| missing("reason", "a sentence for the reader of the score"))?
            .to_owned(),
    })
}

fn key_features(model: &Map<String, Value>) -> Result<Vec<String>, Fault> {
    let features = list(model, "key_features", MOST_FEATURES)?;
    let mut names = Vec::with_capacity(features.len());
    for (index, feature) in features.iter().enumerate() {
        let path = format!("key_features[{index}]");
        match feature.as_str() {
            None | Some("") => {
                return Err(Fault::invalid(
                    &path,
                    format!("{path} must be the name of a feature"),
                ));
            }
            Some(name) if names.iter().any(|known| known == name) => {
                return Err(Fault::invalid(
                    &path,
                    format!("{path} names \"{name}\" again"),
                ));
            }
            Some(name) => names.push(name.to_owned()),
        }
    }
    Ok(names)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn read(model: Value) -> Result<Model, Fault> {
        Model::read(model.as_object().unwrap())
    }

    #[test]
    fn what_is_absent_has_its_default() {
        let model =
            read(json!({ "weights": { "usage": 50 }, "thresholds": { "healthy": 75 } })).unwrap();
        assert_eq!(model.weights, [50.0, 25.0, 25.0, 25.0]);
        assert_eq!((model.bands.healthy, model.bands.critical), (75, 40));
        assert_eq!(model.targets, [40.0, 100.0, 500.0]);
    }

    #[test]
    fn what_is_written_reads_as_the_same() {
        let model =
            read(json!({ "weights": { "usage": 33.3 }, "key_features": ["export"] })).unwrap();
        let written = model.write(&json!([]));
        assert_eq!(
            written["weights"],
            json!({ "usage": 33.3, "engagement": 25, "support": 25, "adoption": 25 })
        );
        let again = Model::read(&written).unwrap();
        assert_eq!(
            (again.weights, again.key_features),
            (model.weights, model.key_features)
        );
    }

    #[test]
    fn a_change_is_merged_and_null_goes_back() {
        let current = Model::default().write(&json!([]));
        let change = json!({ "weights": { "usage": 40, "support": null }, "targets": null });
        let merged = merge_change(&current, &change).unwrap();
        assert_eq!(
            merged["weights"],
            json!({ "usage": 40, "engagement": 25, "adoption": 25 })
        );
        assert!(!merged.contains_key("targets"));
        assert!(merge_change(&current, &json!([1])).is_err());
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for bad in [
            json!({ "weight": {} }),
            json!({ "weights": { "usage": -1 } }),
            json!({ "weights": { "usage": "40" } }),
            json!({ "weights": { "sales": 1 } }),
            json!({ "weights": { "usage": 0, "engagement": 0, "support": 0, "adoption": 0 } }),
            json!({ "thresholds": { "healthy": 40, "critical": 40 } }),
            json!({ "thresholds": { "healthy": 101 } }),
            json!({ "thresholds": { "critical": 0 } }),
            json!({ "targets": { "logins": 0 } }),
            json!({ "caps": {} }),
            json!({ "caps": [{ "when": { "all": [] }, "max": 101, "reason": "x" }] }),
            json!({ "caps": [{ "when": { "all": [] }, "max": 10 }] }),
            json!({ "caps": [{ "when": { "field": "moon", "op": "eq", "value": 1 }, "max": 10, "reason": "x" }] }),
            json!({ "caps": [{ "when": { "not": { "field": "score_change_30d", "op": "lt", "value": 0 } }, "max": 10, "reason": "x" }] }),
            json!({ "key_features": ["a", "a"] }),
            json!({ "key_features": [""] }),
        ] {
            assert!(read(bad.clone()).is_err(), "{bad}");
        }
    }
}
