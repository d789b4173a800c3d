//! Owns what a playbook can do, and the reading of it from `actions`. Pure.

use super::message::{MailAction, SlackAction, read_text, read_url};
use super::template::Template;
use crate::pg::document::must_be;
use crate::pg::fault::Fault;
use crate::pg::id;
use crate::pg::object_reader::ObjectReader;
use pgrx::Uuid;
use serde_json::{Value, json};

/// The most actions of a playbook, the webhook of `webhook_url` included.
pub const MOST: usize = 5;

/// Something that a playbook does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Action {
    /// Posts the payload.
    Webhook { url: String },
    /// Posts a message to people.
    Slack(SlackAction),
    /// Sends a mail.
    Email(MailAction),
    /// Gives somebody something to do.
    Task {
        /// What, as the body of the task.
        title: Template,
        /// Days from now until it is due.
        due_in_days: i32,
        /// Who.
        assignee: Assignee,
    },
    /// Moves the account to a stage, by name as entered and by id as stored.
    Stage { stage: String },
}

/// Who a task is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignee {
    /// The account's CSM; anyone where it has none.
    Csm,
    /// A member, by e-mail address, name or id as entered and by user id as stored.
    Member(String),
}

const KINDS: &str = "webhook, slack, email, task, stage";

impl Action {
    /// Reads the array of actions. Errors: 22023 with the path of the first fault.
    pub fn parse_all(actions: &Value, most: usize) -> Result<Vec<Self>, Fault> {
        let Value::Array(actions) = actions else {
            return Err(must_be("actions", "an array of objects"));
        };
        if actions.len() > most {
            let message =
                format!("a playbook has at most {MOST} actions, its webhook_url included");
            return Err(Fault::invalid("actions", message));
        }
        let places = actions.iter().enumerate();
        places
            .map(|(index, action)| Self::parse(&format!("actions[{index}]"), action))
            .collect()
    }

    fn parse(path: &str, action: &Value) -> Result<Self, Fault> {
        let Value::Object(object) = action else {
            return Err(must_be(path, "an object")
                .hint(r#"Such as {"kind": "task", "title": "Call {{account_name}}", "due_in_days": 2, "assignee": "csm"}."#));
        };
        let reader = |keys: &[&str]| ObjectReader::at(path.to_owned(), object, keys);
        match object.get("kind").and_then(Value::as_str) {
            Some("webhook") => {
                let read = reader(&["kind", "url"])?;
                let url = read_url(&read)?;
                Ok(Self::Webhook { url })
            }
            Some("slack") => SlackAction::read(&reader(&["kind", "url", "text"])?).map(Self::Slack),
            Some("email") => {
                MailAction::read(&reader(&["kind", "to", "subject", "body"])?).map(Self::Email)
            }
            Some("task") => {
                let read = reader(&["kind", "title", "due_in_days", "assignee"])?;
                let title = read_text(&read, "title", "what is to be done")?;
                let title = Template::parse(&title)
                    .map_err(|why| Fault::invalid(&read.path_of("title"), why))?;
                let assignee = match read.get("assignee") {
                    None | Some(Value::Null) => Assignee::Csm,
                    Some(_) => match read_text(&read, "assignee", "csm or a member")? {
                        csm if csm.eq_ignore_ascii_case("csm") => Assignee::Csm,
                        member => Assignee::Member(member),
                    },
                };
                Ok(Self::Task {
                    title,
                    due_in_days: read.whole_number("due_in_days", 0..=365)?.unwrap_or(0),
                    assignee,
                })
            }
            Some("stage") => {
                let read = reader(&["kind", "stage"])?;
                let stage = read_text(&read, "stage", "the name or id of a stage")?;
                Ok(Self::Stage { stage })
            }
            _ => Err(must_be(&format!("{path}.kind"), &format!("one of {KINDS}"))),
        }
    }

    /// Whether it leaves the database, rather than changing the account.
    pub const fn leaves(&self) -> bool {
        match self {
            Self::Webhook { .. } | Self::Slack(_) | Self::Email(_) => true,
            Self::Task { .. } | Self::Stage { .. } => false,
        }
    }

    /// The stage that it enters.
    pub fn stage_entered(&self) -> Option<&str> {
        match self {
            Self::Stage { stage } => Some(stage),
            _ => None,
        }
    }

    /// Its kind, as written in `actions`.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Webhook { .. } => "webhook",
            Self::Slack(_) => "slack",
            Self::Email(_) => "email",
            Self::Task { .. } => "task",
            Self::Stage { .. } => "stage",
        }
    }

    /// As it is stored.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Webhook { url } => json!({ "kind": "webhook", "url": url }),
            Self::Slack(slack) => slack.to_json(),
            Self::Email(mail) => mail.to_json(),
            Self::Task {
                title,
                due_in_days,
                assignee,
            } => json!({
                "kind": "task",
                "title": title.as_written(),
                "due_in_days": due_in_days,
                "assignee": match assignee {
                    Assignee::Csm => "csm",
                    Assignee::Member(member) => member,
                },
            }),
            Self::Stage { stage } => json!({ "kind": "stage", "stage": stage }),
        }
    }
}

impl Assignee {
    /// The user whose task it is, of an account with this CSM.
    pub fn of_account(&self, csm: Option<Uuid>) -> Option<Uuid> {
        match self {
            Self::Csm => csm,
            Self::Member(member) => id::parse(member),
        }
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn actions_are_read_and_written_as_they_were() {
        let actions = json!([
            { "kind": "webhook", "url": "https://receiver.test/a" },
            { "kind": "task", "title": "Call {{account_name}}", "due_in_days": 2, "assignee": "csm" },
            { "kind": "stage", "stage": "At Risk" },
            { "kind": "slack", "url": "https://hooks.slack.test/x", "text": "{{account_name}}: {{health_score}}" },
            {
                "kind": "email",
                "to": ["csm", "contact:primary", "01980000-0000-7000-8000-000000000001", "ada@one.test"],
                "subject": "{{account_name}}",
                "body": "Score {{health_score}}\nSee {{account_url}}",
            },
        ]);
        let read = Action::parse_all(&actions, MOST).unwrap();
        let written = read.iter().map(Action::to_json).collect::<Vec<_>>();
        assert_eq!(Value::Array(written), actions);
    }

    fn mail(to: Value, subject: &str, body: &str) -> Value {
        json!([{ "kind": "email", "to": to, "subject": subject, "body": body }])
    }

    #[test]
    fn what_is_not_understood_is_refused_with_its_path() {
        for (actions, field) in [
            (json!({}), "actions"),
            (json!([1]), "actions[0]"),
            (json!([{}]), "actions[0].kind"),
            (json!([{ "kind": "fax" }]), "actions[0].kind"),
            (json!([{ "kind": "webhook" }]), "actions[0].url"),
            (
                json!([{ "kind": "webhook", "url": "ftp://x" }]),
                "actions[0].url",
            ),
            (
                json!([{ "kind": "task", "title": " " }]),
                "actions[0].title",
            ),
            (
                json!([{ "kind": "task", "title": "{{secret}}" }]),
                "actions[0].title",
            ),
            (
                json!([{ "kind": "task", "title": "x", "due_in_days": -1 }]),
                "actions[0].due_in_days",
            ),
            (json!([{ "kind": "stage" }]), "actions[0].stage"),
            (json!([{ "kind": "slack", "text": "x" }]), "actions[0].url"),
            (
                json!([{ "kind": "slack", "url": "https://a..b/", "text": "x" }]),
                "actions[0].url",
            ),
            (
                json!([{ "kind": "slack", "url": "https://s.test/" }]),
                "actions[0].text",
            ),
            (
                json!([{ "kind": "slack", "url": "https://s.test/", "text": "{{secret}}" }]),
                "actions[0].text",
            ),
            (
                json!([{ "kind": "slack", "url": "https://s.test/", "text": "x", "to": "y" }]),
                "actions[0].to",
            ),
            (mail(json!([]), "x", "y"), "actions[0].to"),
            (mail(json!("csm"), "x", "y"), "actions[0].to"),
            (mail(json!(["csm", "nobody"]), "x", "y"), "actions[0].to[1]"),
            (mail(json!(["csm", "csm"]), "x", "y"), "actions[0].to[1]"),
            (mail(json!([1]), "x", "y"), "actions[0].to[0]"),
            (
                mail(json!(["a@b.test\r\nBcc: c@d.test"]), "x", "y"),
                "actions[0].to[0]",
            ),
            (mail(json!(["contact:all"]), "x", "y"), "actions[0].to[0]"),
            (
                mail(
                    json!(
                        (0..21)
                            .map(|it| format!("a{it}@b.test"))
                            .collect::<Vec<_>>()
                    ),
                    "x",
                    "y",
                ),
                "actions[0].to",
            ),
            (mail(json!(["csm"]), "", "y"), "actions[0].subject"),
            (
                mail(json!(["csm"]), "x\r\nBcc: c@d.test", "y"),
                "actions[0].subject",
            ),
            (
                mail(json!(["csm"]), &"x".repeat(301), "y"),
                "actions[0].subject",
            ),
            (mail(json!(["csm"]), "x", " "), "actions[0].body"),
            (
                mail(json!(["csm"]), "x", "{{webhook_secret}}"),
                "actions[0].body",
            ),
            (
                json!([{ "kind": "stage", "stage": "x", "note": "y" }]),
                "actions[0].note",
            ),
        ] {
            let fault = Action::parse_all(&actions, MOST).unwrap_err();
            assert_eq!(fault.field().as_deref(), Some(field), "{actions}");
        }
        let six = json!([0, 0, 0, 0, 0, 0]);
        assert_eq!(
            Action::parse_all(&six, MOST)
                .unwrap_err()
                .field()
                .as_deref(),
            Some("actions")
        );
    }
}
