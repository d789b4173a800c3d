//! Owns what a notification means for one caller, and the event that the caller's client reads of it. Pure.

use super::access::CallerAccess;
use crate::notifications::notification::Notification;
use serde::Serialize;
use std::collections::HashSet;
use uuid::Uuid;

/// Topics that may concern the caller's own session, role or tenant.
const ABOUT_SESSIONS: [&str; 3] = ["sessions", "people", "tenant"];
/// The topic of people who may now see other accounts than before.
const ACCESS: &str = "access";

/// What is to be sent to a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Relevance {
    /// Nothing.
    None,
    /// The notification with all its ids.
    Whole,
    /// The notification with those of its ids that the caller may see.
    VisibleIds,
    /// The notice that the caller has to read all again.
    Resync,
    /// The same, a little later: what changed may be the caller's, or may not.
    ResyncLater,
}

/// Whether the caller's session and rights must be read again before anything else is sent.
pub(super) fn affects_access(notification: &Notification, access: &CallerAccess) -> bool {
    let topic = notification.topic.as_str();
    let about_caller = topic == "tenant" || notification.names(access.user);
    access.tenant == notification.tenant && ABOUT_SESSIONS.contains(&topic) && about_caller
}

pub(super) fn relevance(notification: &Notification, access: &CallerAccess) -> Relevance {
    if access.tenant.is_none() || access.tenant != notification.tenant {
        return Relevance::None;
    }
    if notification.topic == ACCESS {
        return match access.is_narrow() && notification.names(access.user) {
            true => Relevance::Resync,
            false => Relevance::None,
        };
    }
    match access.topics.get(&notification.topic) {
        None => Relevance::None,
        Some(true) if notification.ids.is_some() => Relevance::VisibleIds,
        // what others did to accounts that the caller does not see is not told, nor who did it
        Some(true) => Relevance::ResyncLater,
        Some(false) => Relevance::Whole,
    }
}

/// The data of an event. The tenant is the caller's own, so it is not in it.
#[derive(Debug, Serialize)]
pub(super) struct EventData<'a> {
    topic: &'a str,
    ids: Option<Vec<Uuid>>,
    actor: Option<Uuid>,
    client: Option<Uuid>,
}

impl<'a> EventData<'a> {
    /// None where nothing is to be sent.
    pub(super) fn new(
        notification: &'a Notification,
        relevance: Relevance,
        visible: &HashSet<Uuid>,
    ) -> Option<Self> {
        let ids = match (relevance, &notification.ids) {
            (Relevance::Whole, ids) => ids.clone(),
            (Relevance::VisibleIds, Some(ids)) => {
                let ids: Vec<Uuid> = ids
                    .iter()
                    .copied()
                    .filter(|id| visible.contains(id))
                    .collect();
                if ids.is_empty() {
                    return None;
                }
                Some(ids)
            }
            _ => return None,
        };
        Some(Self {
            topic: &notification.topic,
            ids,
            actor: notification.actor,
            client: notification.client,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn access(by_account: bool) -> CallerAccess {
        CallerAccess {
            user: id(7),
            tenant: Some(id(1)),
            topics: HashMap::from([
                ("accounts".to_owned(), by_account),
                ("people".to_owned(), false),
            ]),
        }
    }

    fn notification(topic: &str, tenant: u128, ids: Option<Vec<Uuid>>) -> Notification {
        Notification {
            tenant: Some(id(tenant)),
            topic: topic.to_owned(),
            ids,
            actor: None,
            client: Some(id(9)),
        }
    }

    #[test]
    fn nothing_is_sent_of_other_tenants_and_topics() {
        let none = |topic, tenant, access: &CallerAccess| {
            let notification = notification(topic, tenant, None);
            assert_eq!(relevance(&notification, access), Relevance::None);
        };
        for access in [access(false), access(true)] {
            none("accounts", 2, &access);
            none("webhooks", 1, &access);
            none("sessions", 1, &access);
        }
        let without_tenant = CallerAccess {
            tenant: None,
            ..access(false)
        };
        let of_no_tenant = Notification {
            tenant: None,
            ..notification("accounts", 1, None)
        };
        assert_eq!(relevance(&of_no_tenant, &without_tenant), Relevance::None);
    }

    #[test]
    fn ids_are_checked_where_the_role_sees_only_some_accounts() {
        let one = notification("accounts", 1, Some(vec![id(5)]));
        assert_eq!(relevance(&one, &access(false)), Relevance::Whole);
        assert_eq!(relevance(&one, &access(true)), Relevance::VisibleIds);
        let all = notification("accounts", 1, None);
        assert_eq!(relevance(&all, &access(false)), Relevance::Whole);
        assert_eq!(relevance(&all, &access(true)), Relevance::ResyncLater);
    }

    #[test]
    fn a_caller_who_may_see_other_accounts_than_before_reads_again() {
        let mine = notification("access", 1, Some(vec![id(7)]));
        assert_eq!(relevance(&mine, &access(true)), Relevance::Resync);
        assert_eq!(relevance(&mine, &access(false)), Relevance::None);
        let other = notification("access", 1, Some(vec![id(8)]));
        assert_eq!(relevance(&other, &access(true)), Relevance::None);
    }

    #[test]
    fn a_change_of_the_callers_own_session_or_role_affects_access() {
        let affects =
            |topic, tenant, ids| affects_access(&notification(topic, tenant, ids), &access(false));
        assert!(affects("sessions", 1, Some(vec![id(7)])));
        assert!(affects("people", 1, None));
        assert!(affects("tenant", 1, Some(vec![id(1)])));
        assert!(!affects("sessions", 1, Some(vec![id(8)])));
        assert!(!affects("sessions", 2, Some(vec![id(7)])));
        assert!(!affects("accounts", 1, Some(vec![id(7)])));
    }

    #[test]
    fn a_client_reads_visible_ids_and_never_the_tenant() {
        let both = notification("accounts", 1, Some(vec![id(5), id(6)]));
        let visible = HashSet::from([id(5)]);
        let data = EventData::new(&both, Relevance::VisibleIds, &visible).unwrap();
        assert_eq!(
            serde_json::to_string(&data).unwrap(),
            r#"{"topic":"accounts","ids":["00000000-0000-0000-0000-000000000005"],"actor":null,"client":"00000000-0000-0000-0000-000000000009"}"#
        );
        let none = HashSet::new();
        assert!(EventData::new(&both, Relevance::VisibleIds, &none).is_none());
        assert!(EventData::new(&both, Relevance::None, &visible).is_none());
        let all = notification("accounts", 1, None);
        assert!(EventData::new(&all, Relevance::ResyncLater, &visible).is_none());
    }
}
