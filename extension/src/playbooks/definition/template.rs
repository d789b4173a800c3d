//! Owns texts with gaps, `{{key}}`, that the keys of a payload fill. Pure.

use serde_json::{Map, Value};

/// The keys of a payload, in its order.
pub const KEYS: [&str; 20] = [
    "account_id",
    "account_name",
    "health_score",
    "previous_score",
    "risk_level",
    "stage",
    "arr",
    "csm_email",
    "csm_name",
    "triggered_at",
    "event_id",
    "event_type",
    "tenant_id",
    "tenant_slug",
    "playbook_id",
    "playbook_name",
    "previous_stage",
    "account_url",
    "sequence",
    "chain",
];

/// A text with gaps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Template {
    written: String,
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Gap(&'static str),
}

impl Template {
    /// Reads a text; the error is a sentence for the reader.
    pub fn parse(written: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = written;
        while let Some((text, gap)) = rest.split_once("{{") {
            let Some((key, after)) = gap.split_once("}}") else {
                return Err("a gap that opens with {{ must close with }}".to_owned());
            };
            let known = KEYS.into_iter().find(|it| *it == key.trim());
            let key = known.ok_or_else(|| {
                format!(
                    "there is no {{{{{}}}}}; known are {}",
                    key.trim(),
                    KEYS.join(", ")
                )
            })?;
            pieces.push(Piece::Text(text.to_owned()));
            pieces.push(Piece::Gap(key));
            rest = after;
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Ok(Self {
            written: written.to_owned(),
            pieces,
        })
    }

    /// As it was written.
    pub fn as_written(&self) -> &str {
        &self.written
    }

    /// The text with its gaps filled; what is missing is a dash.
    pub fn fill(&self, payload: &Map<String, Value>) -> String {
        self.fill_with(payload, str::to_owned)
    }

    /// The same, with each value written by `write`, so that it cannot be taken for something else where the text goes.
    pub fn fill_with(&self, payload: &Map<String, Value>, write: fn(&str) -> String) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Gap(key) => match payload.get(*key) {
                None | Some(Value::Null) => "–".to_owned(),
                Some(Value::String(text)) => write(text),
                Some(value) => value.to_string(),
            },
        };
        self.pieces.iter().map(piece).collect()
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn gaps_are_filled_once_and_only_by_the_payload() {
        let payload = json!({ "account_name": "{{stage}}", "health_score": 35, "csm_name": null });
        let fill = |text: &str| {
            Template::parse(text)
                .unwrap()
                .fill(payload.as_object().unwrap())
        };
        assert_eq!(
            fill("Call {{account_name}}: {{ health_score }}"),
            "Call {{stage}}: 35"
        );
        assert_eq!(fill("{{csm_name}}{{arr}}"), "––");
        assert_eq!(fill("no gap }} here { {"), "no gap }} here { {");
    }

    #[test]
    fn what_is_no_key_is_refused() {
        for bad in [
            "{{",
            "{{x}}",
            "{{account_name",
            "{{webhook_secret}}",
            "{{account_name}} {{}}",
        ] {
            assert!(Template::parse(bad).is_err(), "{bad}");
        }
    }
}
