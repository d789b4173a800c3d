//! Owns a delivery on its way: claimed by the worker, sent by the network thread, come back with what became of it. Pure.

use super::retry::Sent;
use super::signature::Secret;
use pgrx::Uuid;
use reqwest::header::HeaderMap;

/// How the worker names a delivery it holds.
#[derive(Debug, Clone, Copy)]
pub struct Claim {
    pub(super) tenant_id: Uuid,
    pub(super) id: Uuid,
    pub(super) token: Uuid,
    pub(super) playbook_id: Uuid,
    pub(super) attempt: i32,
    pub(super) max_attempts: i32,
}

/// A delivery to be sent.
pub struct Job {
    pub(super) claim: Claim,
    /// `host:port` the delivery was counted under.
    pub host: String,
    pub(super) id: String,
    pub(super) url: url::Url,
    pub(super) named: bool,
    pub(super) secret: Secret,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Neither secret nor headers nor body belong into a log.
        formatter
            .debug_struct("Job")
            .field("id", &self.id)
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

/// What came of a delivery.
#[derive(Debug)]
pub struct Done {
    pub(super) claim: Claim,
    /// `host:port` the delivery was counted under.
    pub host: String,
    pub(super) sent: Sent,
}

impl Done {
    /// A delivery whose playbook makes it impossible to send.
    pub fn refused(claim: Claim, host: String, why: String) -> Self {
        Self {
            claim,
            host,
            sent: Sent {
                error: Some(why),
                hopeless: true,
                ..Sent::default()
            },
        }
    }

    /// A delivery of which nobody knows whether it arrived.
    pub fn interrupted(claim: Claim, host: String) -> Self {
        Self {
            claim,
            host,
            sent: Sent {
                error: Some("the delivery was interrupted".to_owned()),
                ..Sent::default()
            },
        }
    }
}
