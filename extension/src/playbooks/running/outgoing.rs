//! Owns what leaves the database for a run: the payload for webhooks, a message for Slack, a mail.

use super::addressees::{About, Addressees};
use super::{Run, payload_object};
use crate::playbooks::definition::{Action, MailAction};
use crate::playbooks::playbook::Playbook;
use crate::webhooks::mail::Mail;
use pgrx::Uuid;
use serde_json::{Map, Value, json};

/// A delivery to be queued.
#[derive(Debug, Clone)]
pub struct Outgoing {
    pub id: Uuid,
    /// Of the action: 0 is the playbook's own `webhook_url`, from 1 on its actions.
    pub place: i32,
    /// The value of `webhook_queue.channel`.
    pub channel: &'static str,
    pub payload: Value,
}

/// An action with its place.
type Placed<'a> = (i32, Option<&'a Action>);

/// All that a playbook does, in order; `None` is its own webhook.
fn places(playbook: &Playbook) -> impl Iterator<Item = Placed<'_>> {
    let own = playbook.has_own_webhook.then_some((0, None));
    let others = (1..).zip(playbook.actions.iter().map(Some));
    own.into_iter().chain(others)
}

/// Gives what a run that fired sends its deliveries, and writes down what has come of each action by now.
pub fn queue_outgoing(run: &mut Run, addressees: &Addressees) -> Vec<Outgoing> {
    let Some(fired) = &mut run.fired else {
        return Vec::new();
    };
    let payload = payload_object(&fired.payload);
    let about = About {
        tenant: run.it.event.tenant_id,
        account: run.it.event.account_id,
        csm: fired.csm_id,
    };
    let mut queued = Vec::new();
    for (place, action) in places(&run.it.playbook) {
        let mut left_out = Vec::new();
        let message = match action {
            None | Some(Action::Webhook { .. }) => Ok(("webhook", fired.payload.clone())),
            Some(Action::Slack(slack)) => Ok(("slack", slack_message(&slack.text, &payload))),
            Some(Action::Email(mail)) => {
                let addressed = addressees.of_mail(mail, about);
                left_out = addressed.left_out;
                match addressed.to.is_empty() {
                    true => Err(format!(
                        "there is no one to write to: {}",
                        left_out.join("; ")
                    )),
                    false => Ok((
                        "email",
                        letter(mail, addressed.to, addressed.outside, &payload),
                    )),
                }
            }
            Some(Action::Task { .. } | Action::Stage { .. }) => {
                fired.actions.push(Value::Null);
                continue;
            }
        };
        fired.actions.push(match message {
            Ok((channel, payload)) => {
                let id = crate::pg::uuid_v7::new();
                queued.push(Outgoing {
                    id,
                    place,
                    channel,
                    payload,
                });
                outcome(channel, id, &left_out)
            }
            Err(why) => {
                let refused = json!({ "kind": "email", "result": "refused", "error": why });
                fired.refusal.get_or_insert(why);
                refused
            }
        });
    }
    queued
}

fn outcome(channel: &str, id: Uuid, left_out: &[String]) -> Value {
    let mut outcome = json!({ "kind": channel, "result": "queued", "webhook_id": id.to_string() });
    if !left_out.is_empty() {
        outcome["left_out"] = left_out.into();
    }
    outcome
}

/// What a playbook would send with this payload. Its mail goes to the one who tries it, and to no one else.
pub fn outgoing_for_test(
    playbook: &Playbook,
    payload: &Value,
    own_address: Option<&str>,
) -> Vec<Outgoing> {
    let values = payload_object(payload);
    let message = |action: Option<&Action>| match action {
        None | Some(Action::Webhook { .. }) => Some(("webhook", payload.clone())),
        Some(Action::Slack(slack)) => Some(("slack", slack_message(&slack.text, &values))),
        Some(Action::Email(mail)) => {
            let to = vec![own_address?.to_owned()];
            Some(("email", letter(mail, to, Vec::new(), &values)))
        }
        Some(Action::Task { .. } | Action::Stage { .. }) => None,
    };
    let outgoing = places(playbook).filter_map(|(place, action)| {
        let (channel, payload) = message(action)?;
        Some(Outgoing {
            id: crate::pg::uuid_v7::new(),
            place,
            channel,
            payload,
        })
    });
    outgoing.collect()
}

fn slack_message(
    text: &crate::playbooks::definition::Template,
    payload: &Map<String, Value>,
) -> Value {
    json!({ "text": text.fill_with(payload, escape_for_slack) })
}

/// So that the name of an account cannot call a channel, or link elsewhere than it says.
fn escape_for_slack(value: &str) -> String {
    value
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn letter(
    mail: &MailAction,
    to: Vec<String>,
    outside: Vec<String>,
    payload: &Map<String, Value>,
) -> Value {
    let subject = mail.subject.fill(payload);
    Mail::new(to, outside, &subject, mail.body.fill(payload)).to_json()
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn payload() -> Map<String, Value> {
        let payload =
            json!({ "account_name": "A <!channel> & B\r\nBcc: x@y.test", "health_score": 35 });
        payload.as_object().cloned().unwrap()
    }

    fn action(json: Value) -> Action {
        Action::parse_all(&json!([json]), 5).unwrap().remove(0)
    }

    #[test]
    fn a_value_cannot_call_a_channel() {
        let Action::Slack(slack) = action(json!({
            "kind": "slack", "url": "https://s.test/", "text": "<!here> {{account_name}}: *{{health_score}}*"
        })) else {
            panic!()
        };
        assert_eq!(
            slack_message(&slack.text, &payload()),
            json!({ "text": "<!here> A &lt;!channel&gt; &amp; B\r\nBcc: x@y.test: *35*" })
        );
    }

    #[test]
    fn a_value_cannot_end_the_subject() {
        let Action::Email(mail) = action(json!({
            "kind": "email", "to": ["csm"], "subject": "Look at {{account_name}}", "body": "Score {{health_score}}"
        })) else {
            panic!()
        };
        assert_eq!(
            letter(&mail, vec!["a@b.test".into()], Vec::new(), &payload()),
            json!({
                "to": ["a@b.test"],
                "subject": "Look at A <!channel> & B Bcc: x@y.test",
                "text": "Score 35",
            })
        );
    }
}
