//! Owns a delivery on its way: claimed by the worker, sent by the network thread, handed back with what is known of the
//! attempt. Pure.

use super::address::AllowedAddresses;
use super::retry::DeliveryAttempt;
use super::signature::Secret;
use pgrx::Uuid;
use reqwest::header::HeaderMap;

/// The worker's hold on a delivery: which row, under which token, and the attempts made so far, this one included.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    pub(super) tenant_id: Uuid,
    pub(super) id: Uuid,
    pub(super) token: Uuid,
    pub(super) playbook_id: Uuid,
    pub(super) attempt_number: i32,
    pub(super) max_attempts: i32,
}

/// A delivery to be sent.
pub struct Delivery {
    pub(super) claim: Claim,
    /// Under which the delivery was claimed and is counted: `host:port`, or smtp.
    pub host: String,
    /// The same for every attempt; receivers know repeated deliveries by it.
    pub(super) id: String,
    pub(super) way: Way,
    /// What is sent, as `webhook_queue.payload` holds it.
    pub(super) body: String,
}

/// How a delivery leaves.
pub enum Way {
    /// Signed, to a URL.
    Webhook {
        url: url::Url,
        addresses: AllowedAddresses,
        /// The current one first; the one before it for a day after a change.
        secrets: Vec<Secret>,
        headers: HeaderMap,
    },
    /// To an incoming webhook of Slack's.
    Slack {
        url: url::Url,
        addresses: AllowedAddresses,
    },
    /// By SMTP; the body says to whom.
    Email,
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Neither secret nor headers nor body belong in a log.
        formatter
            .debug_struct("Delivery")
            .field("id", &self.id)
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

/// A delivery after an attempt.
#[derive(Debug)]
pub struct FinishedDelivery {
    pub(super) claim: Claim,
    /// Under which the delivery was claimed and is counted: `host:port`, or smtp.
    pub host: String,
    pub(super) attempt: DeliveryAttempt,
}

impl FinishedDelivery {
    /// Its row in the queue.
    pub const fn id(&self) -> Uuid {
        self.claim.id
    }

    /// A delivery that cannot be sent as its playbook or the settings are; the message says why. It is tried again, since a
    /// person can mend them.
    pub fn refused(claim: Claim, host: String, why: String) -> Self {
        Self {
            claim,
            host,
            attempt: DeliveryAttempt::refused(why),
        }
    }

    /// A delivery of which it is not known whether it arrived.
    pub fn interrupted(claim: Claim, host: String) -> Self {
        Self {
            claim,
            host,
            attempt: DeliveryAttempt {
                error: Some("the delivery was interrupted".to_owned()),
                ..DeliveryAttempt::default()
            },
        }
    }
}
