//! Owns the body of a webhook: flat keys with fixed names, so that a receiver reads them without a schema. Pure.

use crate::playbooks::event::{Event, EventChange};
use crate::stages::AccountStatus;
use pgrx::Uuid;
use serde::Serialize;

/// What a payload says of the account, apart from the event itself.
#[derive(Debug, Clone)]
pub struct AccountFacts {
    /// `accounts.name`.
    pub account_name: String,
    /// `accounts.status`.
    pub status: AccountStatus,
    /// `accounts.current_stage`.
    pub stage: String,
    /// `accounts.arr` as a JSON number, exactly as stored.
    pub arr: Option<serde_json::Number>,
    /// E-mail of the account's CSM.
    pub csm_email: Option<String>,
    /// Name of the account's CSM.
    pub csm_name: Option<String>,
    /// The current score.
    pub health_score: Option<i32>,
    /// The score before it.
    pub previous_score: Option<i32>,
    /// The risk level of the current score.
    pub risk_level: Option<String>,
    /// Whether that score rests on too little data to act on.
    pub is_uncertain: bool,
    /// Whether parts of it are as of the last row of a feed that is out.
    pub is_stale: bool,
    /// The account's CSM.
    pub csm_id: Option<Uuid>,
    /// `tenants.slug`.
    pub tenant_slug: String,
}

/// The body of a delivery.
#[derive(Debug, Serialize)]
pub struct Payload<'a> {
    account_id: String,
    account_name: &'a str,
    health_score: Option<i32>,
    previous_score: Option<i32>,
    risk_level: Option<&'a str>,
    stage: &'a str,
    arr: Option<&'a serde_json::Number>,
    csm_email: Option<&'a str>,
    csm_name: Option<&'a str>,
    triggered_at: String,
    event_id: String,
    event_type: &'a str,
    tenant_id: String,
    tenant_slug: &'a str,
    playbook_id: String,
    playbook_name: &'a str,
    previous_stage: Option<&'a str>,
    account_url: Option<String>,
    sequence: i64,
    chain: i32,
}

/// The playbook that fired, when, and for which kind of event.
#[derive(Debug)]
pub struct FiredPlaybook<'a> {
    /// Id of the playbook, in text form.
    pub id: String,
    /// Its name.
    pub name: &'a str,
    /// The event kind it waited for.
    pub event_type: &'a str,
    /// The moment, RFC 3339 in UTC.
    pub triggered_at: String,
    /// Start of `account_url`; empty for none.
    pub public_url: &'a str,
    /// Grows with each run of this playbook for this account.
    pub sequence: i64,
    /// How many playbooks led to this run, itself included.
    pub chain: i32,
}

impl<'a> Payload<'a> {
    /// Puts event, facts and playbook together.
    pub fn new(event: &'a Event, facts: &'a AccountFacts, playbook: FiredPlaybook<'a>) -> Self {
        let (health_score, previous_score, risk_level) = match &event.change {
            EventChange::Score(change) => (
                Some(change.score.overall),
                change.previous.as_ref().map(|it| it.overall),
                Some(change.score.risk.as_str()),
            ),
            _ => (
                facts.health_score,
                facts.previous_score,
                facts.risk_level.as_deref(),
            ),
        };
        let (stage, previous_stage) = match &event.change {
            EventChange::Stage(change) => (
                change.to.0.as_str(),
                change.from.as_ref().map(|(name, _)| name.as_str()),
            ),
            EventChange::Held(event) => (
                facts.stage.as_str(),
                event.get("from_stage").and_then(serde_json::Value::as_str),
            ),
            _ => (facts.stage.as_str(), None),
        };
        let base = playbook.public_url.trim_end_matches('/');
        Self {
            account_id: event.account_id.to_string(),
            account_name: &facts.account_name,
            health_score,
            previous_score,
            risk_level,
            stage,
            arr: facts.arr.as_ref(),
            csm_email: facts.csm_email.as_deref(),
            csm_name: facts.csm_name.as_deref(),
            triggered_at: playbook.triggered_at,
            event_id: event.id.to_string(),
            event_type: playbook.event_type,
            tenant_id: event.tenant_id.to_string(),
            tenant_slug: &facts.tenant_slug,
            playbook_id: playbook.id,
            playbook_name: playbook.name,
            previous_stage,
            account_url: (!base.is_empty())
                .then(|| format!("{base}/dashboard/accounts/{}", event.account_id)),
            sequence: playbook.sequence,
            chain: playbook.chain,
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use crate::playbooks::event::{ScoreChange, ShownScore, StageChange};

    fn playbook(public_url: &str) -> FiredPlaybook<'_> {
        FiredPlaybook {
            id: "p".into(),
            name: "Health alert",
            event_type: "health_drop",
            triggered_at: "2025-12-27T12:00:00Z".into(),
            public_url,
            sequence: 7,
            chain: 1,
        }
    }

    fn event(change: EventChange) -> Event {
        let id = Uuid::from_bytes([1; 16]);
        Event {
            id,
            tenant_id: id,
            account_id: id,
            change,
        }
    }

    fn facts() -> AccountFacts {
        AccountFacts {
            account_name: "GlobalTech Europe".into(),
            stage: "At Risk".into(),
            arr: Some(serde_json::Number::from(45000)),
            csm_email: Some("alice@acme.com".into()),
            csm_name: Some("Alice Administrator".into()),
            health_score: Some(35),
            previous_score: Some(40),
            risk_level: Some("Critical".into()),
            status: AccountStatus::Active,
            is_uncertain: false,
            is_stale: false,
            csm_id: None,
            tenant_slug: "globaltech".into(),
        }
    }

    #[test]
    fn the_flat_keys_carry_the_event() {
        let shown = |overall, risk: &str| ShownScore {
            overall,
            risk: risk.into(),
            components: [None; 4],
        };
        let drop = event(EventChange::Score(ScoreChange {
            previous: Some(shown(40, "At Risk")),
            score: shown(35, "Critical"),
            peaks: Vec::new(),
            is_uncertain: false,
            is_stale: false,
        }));
        let body = serde_json::to_value(Payload::new(&drop, &facts(), playbook(""))).unwrap();
        for (key, value) in [
            ("account_name", serde_json::json!("GlobalTech Europe")),
            ("health_score", serde_json::json!(35)),
            ("previous_score", serde_json::json!(40)),
            ("risk_level", serde_json::json!("Critical")),
            ("stage", serde_json::json!("At Risk")),
            ("arr", serde_json::json!(45000)),
            ("csm_email", serde_json::json!("alice@acme.com")),
            ("csm_name", serde_json::json!("Alice Administrator")),
            ("triggered_at", serde_json::json!("2025-12-27T12:00:00Z")),
            ("account_url", serde_json::Value::Null),
            ("sequence", serde_json::json!(7)),
            ("chain", serde_json::json!(1)),
        ] {
            assert_eq!(body[key], value, "{key}");
        }
    }

    #[test]
    fn a_stage_event_names_both_stages_and_the_link_has_one_slash() {
        let moved = event(EventChange::Stage(StageChange {
            from: Some(("Adoption".into(), "y".into())),
            to: ("Renewal".into(), "x".into()),
            to_is_end: false,
            is_undo: false,
        }));
        let body = serde_json::to_value(Payload::new(
            &moved,
            &facts(),
            playbook("https://cs.example.com/"),
        ))
        .unwrap();
        assert_eq!(
            (body["stage"].as_str(), body["previous_stage"].as_str()),
            (Some("Renewal"), Some("Adoption"))
        );
        let url = body["account_url"].as_str().unwrap();
        assert!(
            url.starts_with("https://cs.example.com/dashboard/accounts/0101"),
            "{url}"
        );
    }
}
