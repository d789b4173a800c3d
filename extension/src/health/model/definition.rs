//! Owns how a tenant's scores are computed: weights, bands, targets, caps, features and quiet days, as they are read and
//! stored. Pure.

use super::caps::{Cap, default_caps, read_caps};
use super::feature_aliases::read_feature_aliases;
use super::quiet_periods::{QuietDays, read_quiet_periods, write_quiet_periods};
use crate::health::score::band::Bands;
use crate::pg::document::must_be;
use crate::pg::fault::Fault;
use crate::pg::object_reader::ObjectReader;
use serde_json::{Map, Value, json};

const COMPONENTS: [&str; 4] = ["usage", "engagement", "support", "adoption"];
const TARGETS: [&str; 3] = ["logins", "feature_usage", "api_calls"];
const DEFAULT_WEIGHT: f64 = 25.0;
const DEFAULT_TARGETS: [f64; 3] = [40.0, 100.0, 500.0];
/// Far above any weight or target.
const MOST_NUMBER: f64 = 1e12;
const MOST_FEATURES: usize = 1_000;

/// The keys of a model, which are the columns of `health_models` too.
pub const KEYS: [&str; 7] = [
    "weights",
    "thresholds",
    "targets",
    "caps",
    "key_features",
    "feature_aliases",
    "quiet_periods",
];

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
    /// Old names of features, and the new names they stand for.
    pub feature_aliases: Vec<(String, String)>,
    /// Days on which customers are not expected to use the product.
    pub quiet_days: Vec<QuietDays>,
}

impl Model {
    /// Reads a model; what is absent has its default. Names in caps have been resolved before.
    pub fn read(model: &Map<String, Value>) -> Result<Self, Fault> {
        let model = ObjectReader::of_document("model", model, &KEYS)?;
        let bands = read_bands(&model)?;
        Ok(Self {
            weights: read_weights(&model)?,
            bands,
            targets: read_targets(&model)?,
            caps: read_caps(&model, bands)?,
            key_features: model.strings("key_features", MOST_FEATURES, "the name of a feature")?,
            feature_aliases: read_feature_aliases(&model)?,
            quiet_days: read_quiet_periods(&model)?,
        })
    }

    /// What a new tenant has, as it is stored.
    pub fn default_document() -> Map<String, Value> {
        let mut document = Map::new();
        document.insert("caps".to_owned(), default_caps());
        match Self::read(&document) {
            Ok(model) => model.write(&default_caps()),
            Err(_) => document,
        }
    }

    /// With everything written out, as it is stored; `caps` as they were given, since reading them only changes their
    /// form.
    pub fn write(&self, caps: &Value) -> Map<String, Value> {
        let named = |names: &[&str], values: &[f64]| {
            let pairs = names.iter().zip(values);
            pairs
                .map(|(name, value)| ((*name).to_owned(), to_json_number(*value)))
                .collect::<Map<_, _>>()
        };
        let bands = json!({ "healthy": self.bands.healthy, "critical": self.bands.critical });
        let all = [
            named(&COMPONENTS, &self.weights).into(),
            bands,
            named(&TARGETS, &self.targets).into(),
            caps.clone(),
            self.key_features.clone().into(),
            self.feature_aliases
                .iter()
                .map(|(old, new)| (old.clone(), Value::from(new.clone())))
                .collect::<Map<_, _>>()
                .into(),
            write_quiet_periods(&self.quiet_days),
        ];
        let keys = KEYS.into_iter().map(str::to_owned);
        keys.zip(all).collect()
    }
}

/// The objects of a model that have fixed keys, so that a change names those that it is about.
const MERGED: [&str; 3] = ["weights", "thresholds", "targets"];

/// A stored model with a change made to it: objects with fixed keys are merged, null goes back to the default.
pub fn merge_change(
    current: &Map<String, Value>,
    change: &Value,
) -> Result<Map<String, Value>, Fault> {
    let Value::Object(change) = change else {
        return Err(Fault::invalid("model", "a model must be a JSON object")
            .hint(r#"Such as {"thresholds": {"healthy": 75}}; what is absent stays as it is."#));
    };
    let mut merged = current.clone();
    for (key, value) in change {
        match (merged.get_mut(key), value) {
            (Some(Value::Object(old)), Value::Object(new)) if MERGED.contains(&key.as_str()) => {
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

/// As it is stored: a whole number has no fraction.
#[expect(
    clippy::cast_possible_truncation,
    reason = "checked to be whole and small"
)]
pub fn to_json_number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        json!(number as i64)
    } else {
        json!(number)
    }
}

/// Named numbers from 0; what is absent has its default.
fn read_numbers<const N: usize>(
    model: &ObjectReader<'_>,
    key: &str,
    names: [&str; N],
    mut values: [f64; N],
) -> Result<[f64; N], Fault> {
    if let Some(numbers) = model.object(key, &names)? {
        for (name, value) in names.iter().zip(&mut values) {
            *value = numbers.number(name, 0.0..=MOST_NUMBER)?.unwrap_or(*value);
        }
    }
    Ok(values)
}

fn read_weights(model: &ObjectReader<'_>) -> Result<[f64; 4], Fault> {
    let weights = read_numbers(model, "weights", COMPONENTS, [DEFAULT_WEIGHT; 4])?;
    match weights.iter().any(|weight| *weight > 0.0) {
        true => Ok(weights),
        false => Err(Fault::invalid(
            "weights",
            "at least one weight must be above 0",
        )),
    }
}

fn read_targets(model: &ObjectReader<'_>) -> Result<[f64; 3], Fault> {
    let targets = read_numbers(model, "targets", TARGETS, DEFAULT_TARGETS)?;
    let mut named = TARGETS.iter().zip(targets);
    match named.find(|(_, target)| *target <= 0.0) {
        None => Ok(targets),
        Some((name, _)) => Err(must_be(&format!("targets.{name}"), "above 0")),
    }
}

fn read_bands(model: &ObjectReader<'_>) -> Result<Bands, Fault> {
    let mut bands = Bands::default();
    if let Some(thresholds) = model.object("thresholds", &["healthy", "critical"])? {
        let healthy = thresholds.whole_number("healthy", 1..=100)?;
        let critical = thresholds.whole_number("critical", 1..=100)?;
        bands = Bands {
            healthy: healthy.unwrap_or(bands.healthy),
            critical: critical.unwrap_or(bands.critical),
        };
    }
    if bands.critical < bands.healthy {
        return Ok(bands);
    }
    Err(Fault::invalid(
        "thresholds.critical",
        format!(
            "the critical threshold ({}) must be below the healthy one ({})",
            bands.critical, bands.healthy
        ),
    ))
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
        let current = Model::default_document();
        let change = json!({ "weights": { "usage": 40, "support": null }, "targets": null });
        let merged = merge_change(&current, &change).unwrap();
        assert_eq!(
            merged["weights"],
            json!({ "usage": 40, "engagement": 25, "adoption": 25 })
        );
        assert!(!merged.contains_key("targets"));
        // A list of names is taken as a whole, so that an older version can be published again.
        let renamed = merge_change(&merged, &json!({ "feature_aliases": { "a": "b" } })).unwrap();
        let none = merge_change(&renamed, &json!({ "feature_aliases": {} })).unwrap();
        assert_eq!(
            (&renamed["feature_aliases"], &none["feature_aliases"]),
            (&json!({ "a": "b" }), &json!({}))
        );
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
            json!({ "feature_aliases": [] }),
            json!({ "quiet_periods": [{}] }),
        ] {
            assert!(read(bad.clone()).is_err(), "{bad}");
        }
    }
}
