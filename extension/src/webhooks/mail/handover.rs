//! Owns handing one letter to the server that takes it; its reply is what comes of the try. Who is refused for good keeps the letter
//! from nobody else.

use crate::webhooks::causes;
use crate::webhooks::retry::DeliveryAttempt;
use lettre::address::Envelope;
use lettre::transport::smtp;
use lettre::transport::smtp::response::Response;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// A server and the connections to it.
pub type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// The most characters of replies that are kept.
const MOST_KEPT: usize = 2048;
/// The most characters of an error.
const LONGEST_ERROR: usize = 1000;

/// To all at once; where that is refused for good, to each alone, since `lettre` gives a letter up with the first recipient that a
/// server refuses.
pub async fn hand_over(transport: &Transport, letter: &Message) -> DeliveryAttempt {
    let text = letter.formatted();
    match transport.send_raw(letter.envelope(), &text).await {
        Ok(reply) => accepted(&reply),
        Err(error) if error.is_permanent() && letter.envelope().to().len() > 1 => {
            hand_over_to_each(transport, letter.envelope(), &text).await
        }
        Err(error) => failed(&error),
    }
}

/// Arrived where somebody took it. Where somebody may take it later the whole is tried again: under its id, so that who has it already
/// can tell.
async fn hand_over_to_each(
    transport: &Transport,
    envelope: &Envelope,
    text: &[u8],
) -> DeliveryAttempt {
    let (mut arrived, mut refused) = (None, Vec::new());
    for to in envelope.to() {
        let alone = Envelope::new(envelope.from().cloned(), vec![to.clone()]);
        let sent = match &alone {
            Ok(alone) => transport.send_raw(alone, text).await,
            Err(error) => return DeliveryAttempt::hopeless(error.to_string()),
        };
        match sent {
            Ok(reply) => arrived = Some(accepted(&reply)),
            Err(error) if error.is_permanent() => refused.push((to, failed(&error))),
            Err(error) => return failed(&error),
        }
    }
    match arrived {
        Some(mut attempt) => {
            for (to, refusal) in &refused {
                let why = refusal.error.as_deref().unwrap_or_default();
                attempt.body.push_str(&format!("\nnot to {to}: {why}"));
            }
            attempt.body = within_bounds(&attempt.body, MOST_KEPT);
            attempt
        }
        None => refused.swap_remove(0).1,
    }
}

fn accepted(reply: &Response) -> DeliveryAttempt {
    let lines = reply.message().collect::<Vec<_>>().join("\n");
    DeliveryAttempt {
        status: Some(u16::from(reply.code())),
        body: within_bounds(&lines, MOST_KEPT),
        ..DeliveryAttempt::default()
    }
}

/// What a failure says of the try.
pub fn failed(error: &smtp::Error) -> DeliveryAttempt {
    let code = error.status().map(u16::from);
    let start = match code {
        Some(code) => format!("the mail server answered {code}"),
        None if error.is_timeout() => "timed out".to_owned(),
        None => "no mail server".to_owned(),
    };
    let message = causes::sentence(start, error);
    DeliveryAttempt {
        // Only a webhook's receiver says with 410 that it wants no more.
        status: code.filter(|code| *code != 410),
        error: Some(within_bounds(&message, LONGEST_ERROR)),
        timed_out: error.is_timeout(),
        // What it refuses for good is this mail or this sender, not its work.
        spares_receiver: error.is_permanent(),
        ..DeliveryAttempt::default()
    }
}

/// As a column of text can hold it.
fn within_bounds(text: &str, most: usize) -> String {
    text.replace('\0', "\u{fffd}").chars().take(most).collect()
}
