//! Owns the notification: what the database sends when a transaction changed something. Pure.

use serde::Deserialize;
use std::sync::Arc;
use uuid::Uuid;

/// What a transaction changed in one topic. Without a tenant it is not known what changed, so all have to read again;
/// without ids all of a topic changed.
#[derive(Debug, Clone, Deserialize, PartialEq)]
pub(crate) struct Notification {
    pub(crate) tenant: Option<Uuid>,
    #[serde(default)]
    pub(crate) topic: String,
    pub(crate) ids: Option<Vec<Uuid>>,
    pub(crate) actor: Option<Uuid>,
    pub(crate) client: Option<Uuid>,
}

impl Notification {
    /// Whether it is about this person (or tenant), or about all of its topic.
    pub(crate) fn names(&self, id: Uuid) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(&id))
    }
}

/// What the hub hands to all streams.
#[derive(Debug, Clone)]
pub(crate) enum HubMessage {
    Notification(Arc<Notification>),
    /// Something may have been missed.
    Gap,
}

impl HubMessage {
    /// A payload that cannot be read is a notification that was missed.
    pub(crate) fn from_payload(payload: &str) -> Self {
        match serde_json::from_str::<Notification>(payload) {
            Ok(notification) if notification.tenant.is_some() => {
                Self::Notification(Arc::new(notification))
            }
            _ => Self::Gap,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unreadable_payload_is_a_gap() {
        for payload in ["", "{", r#"{"tenant":null,"topic":null,"ids":null}"#, "[]"] {
            assert!(
                matches!(HubMessage::from_payload(payload), HubMessage::Gap),
                "{payload}"
            );
        }
        let good = r#"{"tenant":"00000000-0000-0000-0000-000000000001","topic":"accounts","ids":null,"actor":null,"client":null}"#;
        assert!(matches!(
            HubMessage::from_payload(good),
            HubMessage::Notification(_)
        ));
    }
}
