//! Owns one attempt to send a delivery: the request with its headers and signature, and what is kept of the answer.
//!
//! No redirect is followed, no proxy of the environment is used, and every wait has an end.

use super::address::{AllowedAddresses, refusal};
use super::delivery::{Delivery, Way};
use super::public_address::is_public;
use super::retry::DeliveryAttempt;
use super::signature::sign_with_all;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::RETRY_AFTER;
use reqwest::{Client, redirect};
use std::cell::RefCell;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(30);
const KEPT_OF_ANSWER: usize = 2048;
const USER_AGENT: &str = concat!("customer_success/", env!("CARGO_PKG_VERSION"));

/// The HTTP clients, one for each rule about addresses. Made on first use: most databases never send, and reading the system's root certificates takes a while.
#[derive(Default)]
pub struct Clients {
    any: RefCell<Option<Client>>,
    public: RefCell<Option<Client>>,
}

impl Clients {
    fn get(&self, addresses: AllowedAddresses) -> Result<Client, reqwest::Error> {
        let slot = match addresses {
            AllowedAddresses::Any => &self.any,
            AllowedAddresses::Public => &self.public,
        };
        if let Some(client) = &*slot.borrow() {
            return Ok(client.clone());
        }
        // Another caller may have been first; the provider is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TOTAL_TIMEOUT)
            .no_proxy();
        let builder = match addresses {
            AllowedAddresses::Any => builder,
            AllowedAddresses::Public => builder.dns_resolver(Arc::new(PublicOnly)),
        };
        let client = builder.build()?;
        *slot.borrow_mut() = Some(client.clone());
        Ok(client)
    }
}

/// Sends a delivery; what goes wrong is part of the attempt.
pub async fn post(clients: &Clients, delivery: Delivery) -> DeliveryAttempt {
    let started = Instant::now();
    let answer = try_post(clients, delivery).await;
    let mut attempt = answer.unwrap_or_else(|failed| failed);
    attempt.took = started.elapsed();
    attempt
}

async fn try_post(
    clients: &Clients,
    delivery: Delivery,
) -> Result<DeliveryAttempt, DeliveryAttempt> {
    let request = prepare(clients, delivery)?;
    let mut answer = request
        .send()
        .await
        .map_err(|error| failed_attempt(&error))?;
    let mut attempt = DeliveryAttempt {
        status: Some(answer.status().as_u16()),
        retry_after: answer
            .headers()
            .get(RETRY_AFTER)
            .and_then(|it| it.to_str().ok())
            .and_then(read_retry_after),
        ..DeliveryAttempt::default()
    };
    attempt.body = read_start(&mut answer)
        .await
        .map_err(|error| failed_attempt(&error))?;
    Ok(attempt)
}

fn prepare(
    clients: &Clients,
    delivery: Delivery,
) -> Result<reqwest::RequestBuilder, DeliveryAttempt> {
    let client = |addresses| {
        clients
            .get(addresses)
            .map_err(|error| failed_attempt(&error))
    };
    let request = match delivery.way {
        Way::Webhook {
            url,
            addresses,
            secrets,
            headers,
        } => {
            let timestamp = SystemTime::now()
                .duration_since(SystemTime::UNIX_EPOCH)
                .map_or(0, |it| it.as_secs().cast_signed());
            let signature = sign_with_all(&secrets, &delivery.id, timestamp, &delivery.body)
                .map_err(|fault| DeliveryAttempt::refused(fault.message()))?;
            client(addresses)?
                .post(url)
                .headers(headers)
                .header("webhook-id", delivery.id)
                .header("webhook-timestamp", timestamp)
                .header("webhook-signature", signature)
        }
        Way::Slack { url, addresses } => client(addresses)?.post(url),
        Way::Email => return Err(DeliveryAttempt::refused("e-mail cannot be sent yet")),
    };
    Ok(request
        .header("content-type", "application/json")
        .body(delivery.body))
}

/// The start of the answer, as text; the rest is never read.
async fn read_start(answer: &mut reqwest::Response) -> Result<String, reqwest::Error> {
    let mut kept = Vec::new();
    while kept.len() < KEPT_OF_ANSWER {
        let Some(chunk) = answer.chunk().await? else {
            break;
        };
        kept.extend_from_slice(&chunk);
    }
    kept.truncate(KEPT_OF_ANSWER);
    // PostgreSQL cannot store a zero byte in text.
    Ok(String::from_utf8_lossy(&kept).replace('\0', "\u{fffd}"))
}

/// Seconds or an HTTP date (RFC 9110, 10.2.3).
fn read_retry_after(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = chrono::DateTime::parse_from_rfc2822(text.trim()).ok()?;
    (until.to_utc() - chrono::Utc::now()).to_std().ok()
}

/// An attempt without an answer, with the error's messages but not the URL, whose query may hold a token.
fn failed_attempt(error: &reqwest::Error) -> DeliveryAttempt {
    let mut message = if error.is_timeout() {
        "timed out".to_owned()
    } else {
        "no answer".to_owned()
    };
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        message = format!("{message}: {inner}");
        cause = inner.source();
    }
    DeliveryAttempt {
        error: Some(message),
        timed_out: error.is_timeout(),
        ..DeliveryAttempt::default()
    }
}

/// Resolves names to their public addresses only, so that a name cannot lead to an internal server, now or at the next
/// look-up.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let public = found
                .filter(|address| is_public(address.ip()))
                .collect::<Vec<SocketAddr>>();
            if public.is_empty() {
                return Err(refusal(&host).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(read_retry_after("120"), Some(Duration::from_secs(120)));
        assert_eq!(read_retry_after("soon"), None);
        assert_eq!(read_retry_after("Wed, 21 Oct 2015 07:28:00 GMT"), None);
        let later = (chrono::Utc::now() + chrono::Duration::minutes(10)).to_rfc2822();
        assert!(read_retry_after(&later).is_some_and(|wait| wait > Duration::from_secs(500)));
    }
}
