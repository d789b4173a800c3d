//! Owns why the head of a request is refused, in words, and the way there is from its reading to its answer.

use axum::http::StatusCode;
use std::sync::{Arc, Mutex, PoisonError};

/// How much of a request, without its body, is kept while it arrives: twice the longest address that is taken.
pub(super) const HEAD_BYTES: usize = 128 * 1024;
/// The longest address that the library takes.
pub(super) const TARGET_BYTES: usize = 65_534;
/// What may stand around it in its line.
pub(super) const METHOD_BYTES: usize = 64;
/// Empty lines before a head, as some clients send them after a body.
pub(super) const LEAD_BYTES: usize = 16;
pub(super) const HEADERS: usize = 100;

/// Why a head is refused.
#[derive(Debug, PartialEq, Clone, Copy)]
pub(crate) enum HeadRefusal {
    TargetTooLong,
    HeadersTooLarge,
    /// What is wrong with it.
    Malformed(&'static str),
}

impl HeadRefusal {
    pub(crate) fn status(self) -> StatusCode {
        match self {
            Self::TargetTooLong => StatusCode::URI_TOO_LONG,
            Self::HeadersTooLarge => StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
            Self::Malformed(_) => StatusCode::BAD_REQUEST,
        }
    }

    pub(crate) fn message(self) -> String {
        match self {
            Self::TargetTooLong => format!(
                "The address of this request, with its query, is longer than the {TARGET_BYTES} bytes that this server reads."
            ),
            Self::HeadersTooLarge => format!(
                "This request has more than {HEADERS} headers, or more than {HEAD_BYTES} bytes of them."
            ),
            Self::Malformed(what) => format!("The request cannot be read: {what}."),
        }
    }

    pub(crate) fn hint(self) -> Option<&'static str> {
        match self {
            Self::TargetTooLong => Some(
                "Send long lists in a body: POST /rest/v1/rpc/search_accounts takes ids in its criteria. Or ask for \
                 fewer at a time.",
            ),
            Self::HeadersTooLarge => {
                Some("Cookies that others have set on this host may be the reason.")
            }
            Self::Malformed(_) => None,
        }
    }
}

/// Where the refusal of a connection's last request waits for its answer.
#[derive(Debug, Clone, Default)]
pub(super) struct RefusalSlot(Arc<Mutex<Option<HeadRefusal>>>);

impl RefusalSlot {
    pub(super) fn take(&self) -> Option<HeadRefusal> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) fn put(&self, refusal: HeadRefusal) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(refusal);
    }
}
