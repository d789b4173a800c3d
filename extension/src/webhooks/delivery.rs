//! Owns a delivery on its way: claimed by the worker, sent by the network thread, handed back with what is known of the
//! attempt. Pure.

use super::address::AllowedAddresses;
use super::lanes::LaneName;
use super::retry::DeliveryAttempt;
use super::signature::Secret;
use pgrx::Uuid;
use reqwest::header::HeaderMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Which delivery: its row, and the number of the try, counted from 1.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    pub(super) tenant_id: Uuid,
    pub(super) id: Uuid,
    pub(super) playbook_id: Uuid,
    pub(super) attempt_number: i32,
    pub(super) max_attempts: i32,
}

impl Claim {
    /// Its row in the queue.
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// Its tenant and playbook.
    pub const fn playbook(&self) -> (Uuid, Uuid) {
        (self.tenant_id, self.playbook_id)
    }
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
    is_started: Started,
}

/// Whether a delivery has left the line it waits in, as the worker sees it.
#[derive(Debug, Clone, Default)]
pub struct Started(Arc<AtomicBool>);

impl Started {
    /// It leaves.
    pub fn set(&self) {
        self.0.store(true, Ordering::Release);
    }

    /// Whether it has left.
    pub fn is_set(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }
}

impl Delivery {
    /// A delivery to be sent.
    pub fn new(claim: Claim, host: String, way: Way, body: String) -> Self {
        Self {
            claim,
            host,
            id: claim.id.to_string(),
            way,
            body,
            is_started: Started::default(),
        }
    }

    /// Whether it has left.
    pub fn started(&self) -> Started {
        self.is_started.clone()
    }

    /// Its lane.
    pub fn lane(&self) -> LaneName {
        LaneName {
            tenant: self.claim.tenant_id,
            host: self.host.clone(),
        }
    }
}

/// Why a delivery was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsent {
    /// It waited too long for its turn.
    Late,
    /// The worker asked for it.
    Recalled,
}

/// How a delivery leaves.
#[derive(Clone)]
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
    /// It was not sent: nothing is known, and nothing is to be recorded.
    pub unsent: Option<Unsent>,
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
            unsent: None,
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
            unsent: None,
        }
    }

    /// A delivery that was not sent.
    pub fn unsent(claim: Claim, host: String, why: Unsent) -> Self {
        Self {
            claim,
            host,
            attempt: DeliveryAttempt::default(),
            unsent: Some(why),
        }
    }

    /// Its lane.
    pub fn lane(&self) -> LaneName {
        LaneName {
            tenant: self.claim.tenant_id,
            host: self.host.clone(),
        }
    }

    /// What is known of the try.
    pub const fn attempt(&self) -> &DeliveryAttempt {
        &self.attempt
    }
}
