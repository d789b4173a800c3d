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
    /// `host:port` under which the delivery was claimed and is counted.
    pub host: String,
    pub(super) id: String,
    pub(super) url: url::Url,
    pub(super) addresses: AllowedAddresses,
    pub(super) secret: Secret,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
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
    /// `host:port` under which the delivery was claimed and is counted.
    pub host: String,
    pub(super) attempt: DeliveryAttempt,
}

impl FinishedDelivery {
    /// Its row in the queue.
    pub const fn id(&self) -> Uuid {
        self.claim.id
    }

    /// A delivery that cannot be sent, since its playbook is at fault; the message says why.
    pub fn refused(claim: Claim, host: String, why: String) -> Self {
        Self {
            claim,
            host,
            attempt: DeliveryAttempt {
                error: Some(why),
                is_hopeless: true,
                ..DeliveryAttempt::default()
            },
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
