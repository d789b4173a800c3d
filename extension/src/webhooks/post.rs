//! Owns one try to send a delivery: the request with its headers and signature, and what is known once it is over.

use super::address::AllowedAddresses;
use super::answer;
use super::causes;
use super::clients::{Clients, Reuse};
use super::connections::Connection;
use super::delivery::{Delivery, Way};
use super::retry::DeliveryAttempt;
use super::signature::sign_with_all;
use reqwest::header::{CONNECTION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Request, Response};
use std::error::Error;
use std::io::ErrorKind;
use std::time::{Duration, Instant, SystemTime};
use url::Url;

/// From the looking up of the name to the end of the answer.
pub const TOTAL_TIMEOUT: Duration = Duration::from_secs(30);
/// The most that is sent.
const LARGEST_BODY: usize = 1024 * 1024;

/// Sends a delivery; what goes wrong is part of the attempt.
pub async fn post(clients: &Clients, delivery: Delivery) -> DeliveryAttempt {
    let started = Instant::now();
    let mut attempt = match delivery.body.len() {
        0..=LARGEST_BODY => send(clients, delivery, started + TOTAL_TIMEOUT).await,
        size => DeliveryAttempt::hopeless(format!(
            "its {size} bytes are more than the {LARGEST_BODY} that are sent"
        )),
    };
    attempt.took = started.elapsed();
    attempt
}

async fn send(clients: &Clients, delivery: Delivery, until: Instant) -> DeliveryAttempt {
    let (id, body) = (delivery.id, delivery.body);
    let posted = match delivery.way {
        Way::Email => return clients.mailer.send(&id, &body, until).await,
        Way::Slack { url, addresses } => Ok((url, addresses, HeaderMap::new())),
        Way::Webhook {
            url,
            addresses,
            secrets,
            headers,
        } => add_signature(headers, &secrets, &id, &body).map(|headers| (url, addresses, headers)),
    };
    let sent = match posted {
        Ok((url, addresses, headers)) => {
            let request = request_to(url, headers, body);
            try_post(clients, addresses, request, until).await
        }
        Err(why) => Err(DeliveryAttempt::refused(why)),
    };
    sent.unwrap_or_else(|failed| failed)
}

fn request_to(url: Url, mut headers: HeaderMap, body: String) -> Request {
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    let mut request = Request::new(Method::POST, url);
    *request.headers_mut() = headers;
    *request.body_mut() = Some(body.into());
    request
}

fn add_signature(
    mut headers: HeaderMap,
    secrets: &[super::signature::Secret],
    id: &str,
    body: &str,
) -> Result<HeaderMap, String> {
    if secrets.is_empty() {
        return Err("the playbook has no webhook_secret".to_owned());
    }
    let timestamp = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |it| it.as_secs().cast_signed());
    let signature =
        sign_with_all(secrets, id, timestamp, body).map_err(|fault| fault.message().to_owned())?;
    for (name, value) in [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", timestamp.to_string()),
        ("webhook-signature", signature),
    ] {
        let value = HeaderValue::try_from(value).map_err(|error| error.to_string())?;
        headers.insert(HeaderName::from_static(name), value);
    }
    Ok(headers)
}

async fn try_post(
    clients: &Clients,
    addresses: AllowedAddresses,
    mut request: Request,
    until: Instant,
) -> Result<DeliveryAttempt, DeliveryAttempt> {
    let client = |reuse| {
        clients
            .get(addresses, reuse)
            .map_err(|error| failed_attempt(&error))
    };
    clients.look_up(request.url(), addresses).await?;
    let host = request.url().origin().ascii_serialization();
    let connection = clients
        .connections
        .begin(&format!("{addresses:?} {host}"), Instant::now());
    if !connection.stays_open {
        close_afterwards(&mut request);
    }
    let again = request.try_clone();
    let sent = within(until, request, client(Reuse::Open)?).await;
    let sent = match (sent, again) {
        // The receiver closed the connection while it was unused, just as it was used again: it never saw the request, or will
        // know it by its id.
        (Err(error), Some(mut again)) if connection.may_be_old() && is_cut_off(&error) => {
            close_afterwards(&mut again);
            within(until, again, client(Reuse::Never)?).await
        }
        (sent, _) => sent,
    };
    match sent {
        Ok(answer) => Ok(keep_answer(answer, until, &connection).await),
        Err(error) => Err(failed_attempt(&error)),
    }
}

async fn keep_answer(
    answer: Response,
    until: Instant,
    connection: &Connection<'_>,
) -> DeliveryAttempt {
    let (attempt, is_whole) = answer::keep(answer, until).await;
    if is_whole {
        connection.is_answered();
    }
    attempt
}

async fn within(
    until: Instant,
    mut request: Request,
    client: reqwest::Client,
) -> Result<Response, reqwest::Error> {
    *request.timeout_mut() = Some(until.saturating_duration_since(Instant::now()));
    client.execute(request).await
}

fn close_afterwards(request: &mut Request) {
    let headers = request.headers_mut();
    headers.insert(CONNECTION, HeaderValue::from_static("close"));
}

/// Whether a connection that existed ended before there was an answer.
fn is_cut_off(error: &reqwest::Error) -> bool {
    if error.is_timeout() || error.is_connect() {
        return false;
    }
    causes::of(error).any(|cause| {
        let http = cause.downcast_ref::<hyper::Error>();
        let io = cause.downcast_ref::<std::io::Error>();
        http.is_some_and(|it| it.is_incomplete_message() || it.is_canceled() || it.is_closed())
            || io.is_some_and(|it| {
                matches!(
                    it.kind(),
                    ErrorKind::ConnectionReset
                        | ErrorKind::ConnectionAborted
                        | ErrorKind::BrokenPipe
                        | ErrorKind::NotConnected
                        | ErrorKind::UnexpectedEof
                )
            })
    })
}

/// An attempt without an answer, with the error's messages but not the URL, whose query may hold a token.
fn failed_attempt(error: &reqwest::Error) -> DeliveryAttempt {
    let start = match error.is_timeout() {
        true => "timed out",
        false => "no answer",
    };
    let is_ours = |cause: &(dyn Error + 'static)| {
        let number = cause
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::raw_os_error);
        matches!(number, Some(libc::EMFILE | libc::ENFILE))
    };
    DeliveryAttempt {
        error: Some(causes::sentence(start.to_owned(), error)),
        timed_out: error.is_timeout(),
        // Too many open files here say nothing of the receiver.
        spares_receiver: causes::of(error).any(is_ours),
        ..DeliveryAttempt::default()
    }
}

#[cfg(test)]
mod plain_tests;
#[cfg(test)]
mod receiver;
