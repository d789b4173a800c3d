//! Owns the conditions by which deliveries are sent again or cancelled in bulk: a small, strict object. Pure.

use crate::pg::document::must_be;
use crate::pg::fault::Fault;
use crate::pg::id;
use crate::pg::object_reader::ObjectReader;
use crate::pg::written_time;
use pgrx::Uuid;
use pgrx::datum::DatumWithOid;
use serde_json::Value;

/// What deliveries have in common; absent is anything.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct DeliveryCriteria {
    /// The label of `cs.webhook_status`.
    pub status: Option<&'static str>,
    /// Whose playbook.
    pub playbook_id: Option<Uuid>,
    account_id: Option<Uuid>,
    host: Option<String>,
    response_status: Option<i32>,
    /// Made at or after this moment, in microseconds since 2000.
    since: Option<i64>,
    /// Made before this moment.
    until: Option<i64>,
    /// A part of `last_error`, whatever its case.
    error: Option<String>,
}

const KEYS: [&str; 8] = [
    "playbook_id",
    "account_id",
    "status",
    "host",
    "response_status",
    "since",
    "until",
    "error",
];

impl DeliveryCriteria {
    /// Reads `{playbook_id, account_id, status, host, response_status, since, until, error}`; `statuses` are those it may name.
    pub fn parse(
        criteria: Option<&Value>,
        statuses: &'static [&'static str],
    ) -> Result<Self, Fault> {
        let Some(Value::Object(object)) = criteria else {
            return Err(must_be("criteria", "an object")
                .hint(r#"Such as {"host": "hooks.example.com:443"}, or {} for all."#));
        };
        let read = ObjectReader::at("criteria".to_owned(), object, &KEYS)?;
        let criteria = Self {
            status: status(&read, statuses)?,
            playbook_id: id_at(&read, "playbook_id")?,
            account_id: id_at(&read, "account_id")?,
            host: text(&read, "host")?.map(str::to_lowercase),
            response_status: match read.get("response_status") {
                None | Some(Value::Null) => None,
                Some(_) => read.whole_number("response_status", 100..=999)?,
            },
            since: moment_at(&read, "since")?,
            until: moment_at(&read, "until")?,
            error: text(&read, "error")?.map(str::to_owned),
        };
        if matches!((criteria.since, criteria.until), (Some(since), Some(until)) if since >= until)
        {
            return Err(must_be("criteria.until", "after criteria.since"));
        }
        Ok(criteria)
    }

    /// The arguments of the statements that match them, after the tenant; `<status>` is put into the text, since an index is
    /// only found for a status that the planner knows.
    pub fn arguments(&self, tenant: Uuid) -> Vec<DatumWithOid<'static>> {
        vec![
            tenant.into(),
            self.playbook_id.into(),
            self.account_id.into(),
            self.host.clone().into(),
            self.response_status.into(),
            self.since.into(),
            self.until.into(),
            self.error.clone().into(),
        ]
    }
}

fn status(
    read: &ObjectReader<'_>,
    statuses: &'static [&'static str],
) -> Result<Option<&'static str>, Fault> {
    let Some(given) = text(read, "status")? else {
        return Ok(None);
    };
    let found = statuses.iter().copied().find(|status| *status == given);
    match found {
        Some(status) => Ok(Some(status)),
        None => Err(must_be("criteria.status", &statuses.join(" or "))),
    }
}

fn text<'a>(read: &ObjectReader<'a>, key: &str) -> Result<Option<&'a str>, Fault> {
    match read.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if !text.trim().is_empty() => Ok(Some(text.trim())),
        Some(_) => Err(must_be(&read.path_of(key), "a string that is not empty")),
    }
}

fn id_at(read: &ObjectReader<'_>, key: &str) -> Result<Option<Uuid>, Fault> {
    let id_or_fault = |text| id::parse(text).ok_or_else(|| must_be(&read.path_of(key), "an id"));
    text(read, key)?.map(id_or_fault).transpose()
}

fn moment_at(read: &ObjectReader<'_>, key: &str) -> Result<Option<i64>, Fault> {
    let moment_or_fault = |text| {
        written_time::in_utc(text).ok_or_else(|| {
            must_be(
                &read.path_of(key),
                "a moment such as 2026-11-24T10:00:00Z, or a day",
            )
        })
    };
    text(read, key)?.map(moment_or_fault).transpose()
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::json;

    fn parse(criteria: &Value) -> Result<DeliveryCriteria, Fault> {
        DeliveryCriteria::parse(Some(criteria), &["failed", "pending"])
    }

    #[test]
    fn what_is_named_is_read() {
        let id = "0198c0de-0000-7000-8000-000000000001";
        let read = parse(&json!({
            "playbook_id": id, "status": "failed", "host": "Hooks.Example.com:443", "response_status": 503,
            "since": "2000-01-01T00:00:01Z", "until": "2000-01-02", "error": "refused", "account_id": null,
        }));
        let expected = DeliveryCriteria {
            status: Some("failed"),
            playbook_id: id::parse(id),
            account_id: None,
            host: Some("hooks.example.com:443".to_owned()),
            response_status: Some(503),
            since: Some(1_000_000),
            until: Some(86_400_000_000),
            error: Some("refused".to_owned()),
        };
        assert_eq!(read, Ok(expected));
        assert_eq!(parse(&json!({})), Ok(DeliveryCriteria::default()));
    }

    #[test]
    fn what_is_wrong_is_named_by_its_path() {
        for (criteria, field) in [
            (json!([]), "criteria"),
            (json!({ "hosts": "x" }), "criteria.hosts"),
            (json!({ "playbook_id": "x" }), "criteria.playbook_id"),
            (json!({ "account_id": 1 }), "criteria.account_id"),
            (json!({ "status": "completed" }), "criteria.status"),
            (json!({ "host": " " }), "criteria.host"),
            (json!({ "response_status": 1 }), "criteria.response_status"),
            (json!({ "since": "yesterday" }), "criteria.since"),
            (
                json!({ "since": "2026-01-02", "until": "2026-01-01" }),
                "criteria.until",
            ),
            (json!({ "error": 5 }), "criteria.error"),
        ] {
            let fault = parse(&criteria).unwrap_err();
            assert_eq!(fault.field().as_deref(), Some(field), "{criteria}");
        }
        assert!(DeliveryCriteria::parse(None, &[]).is_err());
    }
}
