//! Owns a mail as the queue holds it, and as it leaves: plain text and the same as HTML, under an id that stays the same over all
//! tries. Pure.

use super::address::{self, AllowedDomains};
use lettre::Message;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use serde::{Deserialize, Serialize};

/// The most recipients.
pub const MOST_RECIPIENTS: usize = 20;
/// The most characters of a subject.
const LONGEST_SUBJECT: usize = 300;

/// A mail, the value of `webhook_queue.payload`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    /// To whom.
    pub to: Vec<String>,
    /// Those of them who were neither members nor contacts, and may be written to only where their domain is allowed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outside: Vec<String>,
    pub subject: String,
    pub text: String,
}

/// Why a mail does not leave.
#[derive(Debug, PartialEq, Eq)]
pub enum LetterFault {
    /// Nothing could mend it.
    Broken(String),
    /// An administrator could.
    NotAllowed(String),
}

impl Mail {
    /// A mail with a subject of one line, whatever the values in it hold.
    pub fn new(to: Vec<String>, outside: Vec<String>, subject: &str, text: String) -> Self {
        let words = subject
            .split(|it: char| it.is_whitespace() || it.is_control())
            .filter(|it| !it.is_empty())
            .collect::<Vec<_>>()
            .join(" ");
        Self {
            to,
            outside,
            subject: words.chars().take(LONGEST_SUBJECT).collect(),
            text,
        }
    }

    /// As the queue holds it.
    pub fn to_json(&self) -> serde_json::Value {
        serde_json::json!(self)
    }

    /// Reads what the queue holds.
    pub fn parse(payload: &str) -> Result<Self, LetterFault> {
        serde_json::from_str(payload)
            .map_err(|error| LetterFault::Broken(format!("its mail cannot be read: {error}")))
    }

    /// As it leaves from this sender.
    pub fn write(
        &self,
        id: &str,
        from: &Mailbox,
        allowed: &AllowedDomains,
    ) -> Result<Message, LetterFault> {
        let broken = |why: String| LetterFault::Broken(format!("its mail cannot be sent: {why}"));
        if self.to.is_empty() || self.to.len() > MOST_RECIPIENTS {
            return Err(broken(format!("it has {} recipients", self.to.len())));
        }
        if self.subject.chars().any(char::is_control) {
            return Err(broken("its subject has more than one line".to_owned()));
        }
        for outside in &self.outside {
            let address = address::parse(outside).map_err(broken)?;
            allowed.check(&address).map_err(LetterFault::NotAllowed)?;
        }
        let mut builder = Message::builder()
            .from(from.clone())
            .date_now()
            .message_id(Some(format!("<{id}@{}>", from.email.domain())))
            .subject(self.subject.as_str())
            .raw_header(automatic());
        for to in &self.to {
            let address = address::parse(to).map_err(broken)?;
            builder = builder.to(Mailbox::new(None, address));
        }
        builder
            .multipart(MultiPart::alternative_plain_html(
                self.text.clone(),
                html(&self.subject, &self.text),
            ))
            .map_err(|error| broken(error.to_string()))
    }
}

/// No notes of absence come back (RFC 3834).
fn automatic() -> HeaderValue {
    HeaderValue::new(
        HeaderName::new_from_ascii_str("Auto-Submitted"),
        "auto-generated".to_owned(),
    )
}

fn html(subject: &str, text: &str) -> String {
    format!(
        "<!doctype html>\n<html><head><meta charset=\"utf-8\"><title>{}</title></head>\n\
         <body style=\"font-family: sans-serif; font-size: 15px; line-height: 1.5; color: #1c1c1c\">\n\
         <div style=\"white-space: pre-wrap\">{}</div>\n</body></html>\n",
        escaped(subject),
        escaped(text)
    )
}

fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for it in text.chars() {
        match it {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            it => escaped.push(it),
        }
    }
    escaped
}
