//! Owns what `metadata` may hold under the keys that health scores read; any other key is the sender's business. Pure.

use crate::pg::rejected_rows::Reason;
use crate::pg::{raw_object as object, written_time};

/// What is wrong with each known key, by path; empty where `raw` is an object of valid values.
pub fn find_faults(raw: &str) -> Vec<(String, Reason)> {
    if !raw.starts_with('{') {
        return vec![("metadata".to_owned(), "must be an object")];
    }
    object::pairs(raw)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(key, value)| Some((format!("metadata.{key}"), fault_of(&key, value)?)))
        .collect()
}

fn fault_of(key: &str, raw: &str) -> Option<Reason> {
    let number = || object::number(raw);
    let (is_good, reason) = match key {
        "csat" => (
            number().is_some_and(|it| (1.0..=5.0).contains(&it)),
            "must be a number from 1 to 5",
        ),
        "seats" => (
            number().is_some_and(|it| it >= 0.0),
            "must be a number of at least 0",
        ),
        "active_users" => (
            number().is_some_and(|it| it >= 0.0),
            "must be a number of at least 0",
        ),
        "opened_at" | "resolved_at" => (
            object::text(raw).is_some_and(|it| written_time::read(&it).is_some()),
            "must be a time such as 2027-03-31T12:00:00Z",
        ),
        "feature" => (object::text(raw).is_some(), "must be a string"),
        "severity" | "status" | "ticket_id" | "user_id" => (
            object::is_scalar(raw),
            "must be a single value, not an object or array",
        ),
        _ => return None,
    };
    (!is_good).then_some(reason)
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn fields(raw: &str) -> Vec<String> {
        find_faults(raw)
            .into_iter()
            .map(|(field, _)| field)
            .collect()
    }

    #[test]
    fn known_keys_hold_what_health_reads_and_others_anything() {
        for good in [
            "{}",
            r#"{"csat": 1, "seats": 0.5, "active_users": 0, "feature": ""}"#,
            r#"{"csat": 5.0, "opened_at": "2027-03-31", "resolved_at": "2027-03-31T12:00:00+02:00"}"#,
            r#"{"csat": "5", "seats": "10", "active_users": "4.5"}"#,
            r#"{"seats": 0}"#,
            r#"{"severity": "high", "status": 3, "ticket_id": 17, "user_id": true}"#,
            r#"{"csat": null, "seats": null, "mine": {"csat": 9}}"#,
        ] {
            assert_eq!(find_faults(good), [], "{good}");
        }
    }

    #[test]
    fn each_bad_key_is_named() {
        for (bad, field) in [
            (r#"{"csat": 0.9}"#, "metadata.csat"),
            (r#"{"csat": 5.1}"#, "metadata.csat"),
            (r#"{"csat": "6"}"#, "metadata.csat"),
            (r#"{"csat": "good"}"#, "metadata.csat"),
            (r#"{"csat": true}"#, "metadata.csat"),
            (r#"{"seats": " 10"}"#, "metadata.seats"),
            (r#"{"seats": "010"}"#, "metadata.seats"),
            (r#"{"seats": -1}"#, "metadata.seats"),
            (r#"{"active_users": -1}"#, "metadata.active_users"),
            (r#"{"active_users": ["a"]}"#, "metadata.active_users"),
            (r#"{"opened_at": "yesterday"}"#, "metadata.opened_at"),
            (r#"{"resolved_at": 1}"#, "metadata.resolved_at"),
            (r#"{"feature": 1}"#, "metadata.feature"),
            (r#"{"severity": {}}"#, "metadata.severity"),
            (r#"{"status": []}"#, "metadata.status"),
            (r#"{"ticket_id": [1]}"#, "metadata.ticket_id"),
            (r#"{"user_id": {"id": 1}}"#, "metadata.user_id"),
            ("[]", "metadata"),
            ("\"{}\"", "metadata"),
        ] {
            assert_eq!(fields(bad), [field], "{bad}");
        }
        assert_eq!(
            fields(r#"{"csat": 9, "seats": []}"#),
            ["metadata.csat", "metadata.seats"]
        );
    }
}
