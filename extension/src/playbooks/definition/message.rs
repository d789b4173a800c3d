//! Owns the actions that write to people: a Slack message, and a mail with its recipients. Pure.

use super::template::Template;
use crate::pg::document::must_be;
use crate::pg::fault::Fault;
use crate::pg::id;
use crate::pg::object_reader::ObjectReader;
use crate::webhooks::address::Endpoint;
use crate::webhooks::mail::{MOST_RECIPIENTS, address};
use pgrx::Uuid;
use serde_json::{Value, json};

const LONGEST_SUBJECT: usize = 300;
const LONGEST_TEXT: usize = 20_000;

/// Posts a text to an incoming webhook of Slack's, or of what takes the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlackAction {
    pub url: String,
    pub text: Template,
}

/// Sends a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MailAction {
    pub to: Vec<Recipient>,
    pub subject: Template,
    pub body: Template,
}

/// Who a mail is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipient {
    /// The account's CSM.
    Csm,
    /// The account's primary contact.
    PrimaryContact,
    /// A member, by user id.
    Member(Uuid),
    /// Whoever has this address: a member as entered; a contact, or a person elsewhere, as stored.
    Address(String),
}

const CSM: &str = "csm";
const PRIMARY_CONTACT: &str = "contact:primary";

impl SlackAction {
    /// Reads `{url, text}`.
    pub fn read(read: &ObjectReader<'_>) -> Result<Self, Fault> {
        Ok(Self {
            url: read_url(read)?,
            text: read_template(read, "text", LONGEST_TEXT)?,
        })
    }

    /// As it is stored.
    pub fn to_json(&self) -> Value {
        json!({ "kind": "slack", "url": self.url, "text": self.text.as_written() })
    }
}

impl MailAction {
    /// Reads `{to, subject, body}`.
    pub fn read(read: &ObjectReader<'_>) -> Result<Self, Fault> {
        let path = read.path_of("to");
        let named = read.strings("to", MOST_RECIPIENTS, "a recipient")?;
        if named.is_empty() {
            let message = format!("{path} must name at least one recipient");
            return Err(Fault::invalid(&path, message).hint(HOW_TO_NAME));
        }
        let places = named.iter().enumerate();
        let to = places.map(|(index, text)| {
            Recipient::parse(text)
                .map_err(|why| Fault::invalid(&format!("{path}[{index}]"), why).hint(HOW_TO_NAME))
        });
        let subject = read_template(read, "subject", LONGEST_SUBJECT)?;
        if subject.as_written().chars().any(char::is_control) {
            let message = "a subject has one line, without control characters";
            return Err(Fault::invalid(&read.path_of("subject"), message));
        }
        Ok(Self {
            to: to.collect::<Result<_, _>>()?,
            subject,
            body: read_template(read, "body", LONGEST_TEXT)?,
        })
    }

    /// As it is stored.
    pub fn to_json(&self) -> Value {
        json!({
            "kind": "email",
            "to": self.to.iter().map(Recipient::written).collect::<Vec<_>>(),
            "subject": self.subject.as_written(),
            "body": self.body.as_written(),
        })
    }
}

const HOW_TO_NAME: &str =
    "Give csm, contact:primary, the e-mail address or id of a member, or another e-mail address.";

impl Recipient {
    fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.eq_ignore_ascii_case(CSM) {
            return Ok(Self::Csm);
        }
        if text.eq_ignore_ascii_case(PRIMARY_CONTACT) {
            return Ok(Self::PrimaryContact);
        }
        match id::parse(text) {
            Some(member) => Ok(Self::Member(member)),
            None => address::parse(text).map(|it| Self::Address(it.to_string())),
        }
    }

    /// As it is stored.
    pub fn written(&self) -> String {
        match self {
            Self::Csm => CSM.to_owned(),
            Self::PrimaryContact => PRIMARY_CONTACT.to_owned(),
            Self::Member(member) => member.to_string(),
            Self::Address(address) => address.clone(),
        }
    }
}

/// A URL that a webhook can be posted to, as entered.
pub fn read_url(read: &ObjectReader<'_>) -> Result<String, Fault> {
    let url = read_text(read, "url", "a URL")?;
    Endpoint::parse(&url).map_err(|why| Fault::invalid(&read.path_of("url"), why))?;
    Ok(url)
}

/// A text with gaps, which is not empty.
pub fn read_template(
    read: &ObjectReader<'_>,
    key: &str,
    longest: usize,
) -> Result<Template, Fault> {
    let text = read_text(read, key, "a text that is not empty")?;
    let path = read.path_of(key);
    if text.chars().count() > longest {
        let message = format!("{path} can have at most {longest} characters");
        return Err(Fault::invalid(&path, message));
    }
    Template::parse(&text).map_err(|why| Fault::invalid(&path, why))
}

/// A string that is not empty; otherwise the key must be `what`.
pub fn read_text(read: &ObjectReader<'_>, key: &str, what: &str) -> Result<String, Fault> {
    match read.get(key).and_then(Value::as_str).map(str::trim) {
        None | Some("") => Err(must_be(&read.path_of(key), what)),
        Some(text) => Ok(text.to_owned()),
    }
}
