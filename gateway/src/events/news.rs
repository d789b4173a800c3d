//! What the database tells, and what it means for one caller. Pure.

use super::look::Look;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// Topics that say: look again whether these people may still hear anything.
const ABOUT_SESSIONS: [&str; 3] = ["sessions", "people", "tenant"];
/// The topic of people who see other accounts than before.
const ACCESS: &str = "access";

/// A notification. Without a tenant so much has changed that everybody has to read anew; without ids all of a topic.
#[derive(Debug, Clone, Deserialize, PartialEq)]
pub(super) struct News {
    pub(super) tenant: Option<Uuid>,
    #[serde(default)]
    pub(super) topic: String,
    pub(super) ids: Option<Vec<Uuid>>,
    pub(super) actor: Option<Uuid>,
    pub(super) client: Option<Uuid>,
}

/// What goes round to all streams.
#[derive(Debug, Clone)]
pub(super) enum Heard {
    /// A change.
    News(std::sync::Arc<News>),
    /// Something may have been missed.
    Gap,
}

impl Heard {
    /// A payload that cannot be read is a change that was missed.
    pub(super) fn of(payload: &str) -> Self {
        match serde_json::from_str::<News>(payload) {
            Ok(news) if news.tenant.is_some() => Self::News(std::sync::Arc::new(news)),
            _ => Self::Gap,
        }
    }
}

/// What is to be done for a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Not theirs.
    Nothing,
    /// Tell it as it is.
    Tell,
    /// Tell the ids that they may see.
    TellSeen,
    /// They have to read all anew.
    Resync,
}

impl News {
    /// Whether the caller's session and rights have to be looked at before anything else is told.
    pub(super) fn puts_in_doubt(&self, look: &Look) -> bool {
        let them = self.topic == "tenant" || self.names(look.user);
        look.tenant == self.tenant && ABOUT_SESSIONS.contains(&self.topic.as_str()) && them
    }

    pub(super) fn verdict(&self, look: &Look) -> Verdict {
        if look.tenant.is_none() || look.tenant != self.tenant {
            return Verdict::Nothing;
        }
        if self.topic == ACCESS {
            return match look.is_narrow() && self.names(look.user) {
                true => Verdict::Resync,
                false => Verdict::Nothing,
            };
        }
        match look.topics.get(&self.topic) {
            None => Verdict::Nothing,
            Some(true) if self.ids.is_some() => Verdict::TellSeen,
            Some(_) => Verdict::Tell,
        }
    }

    fn names(&self, user: Uuid) -> bool {
        self.ids.as_ref().is_none_or(|ids| ids.contains(&user))
    }

    /// What a client reads. The tenant is its own.
    pub(super) fn told<'a>(&'a self, ids: Option<&'a [Uuid]>) -> Told<'a> {
        Told {
            topic: &self.topic,
            ids,
            actor: self.actor,
            client: self.client,
        }
    }
}

/// The data of an event.
#[derive(Debug, Serialize)]
pub(super) struct Told<'a> {
    topic: &'a str,
    ids: Option<&'a [Uuid]>,
    actor: Option<Uuid>,
    client: Option<Uuid>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn look(by_account: bool) -> Look {
        Look {
            user: id(7),
            tenant: Some(id(1)),
            topics: HashMap::from([
                ("accounts".to_owned(), by_account),
                ("people".to_owned(), false),
            ]),
        }
    }

    fn news(topic: &str, tenant: u128, ids: Option<Vec<Uuid>>) -> News {
        News {
            tenant: Some(id(tenant)),
            topic: topic.to_owned(),
            ids,
            actor: None,
            client: Some(id(9)),
        }
    }

    #[test]
    fn what_is_not_the_callers_is_nothing() {
        for wide in [look(false), look(true)] {
            assert_eq!(news("accounts", 2, None).verdict(&wide), Verdict::Nothing);
            assert_eq!(news("webhooks", 1, None).verdict(&wide), Verdict::Nothing);
            assert_eq!(news("sessions", 1, None).verdict(&wide), Verdict::Nothing);
        }
        let nowhere = Look {
            tenant: None,
            ..look(false)
        };
        let of_nobody = News {
            tenant: None,
            ..news("accounts", 1, None)
        };
        assert_eq!(of_nobody.verdict(&nowhere), Verdict::Nothing);
    }

    #[test]
    fn ids_are_asked_for_where_the_role_sees_some_accounts_only() {
        let one = news("accounts", 1, Some(vec![id(5)]));
        assert_eq!(one.verdict(&look(false)), Verdict::Tell);
        assert_eq!(one.verdict(&look(true)), Verdict::TellSeen);
        assert_eq!(
            news("accounts", 1, None).verdict(&look(true)),
            Verdict::Tell
        );
    }

    #[test]
    fn who_sees_other_accounts_than_before_reads_anew() {
        let mine = news("access", 1, Some(vec![id(7)]));
        assert_eq!(mine.verdict(&look(true)), Verdict::Resync);
        assert_eq!(mine.verdict(&look(false)), Verdict::Nothing);
        let other = news("access", 1, Some(vec![id(8)]));
        assert_eq!(other.verdict(&look(true)), Verdict::Nothing);
    }

    #[test]
    fn news_of_the_callers_own_standing_puts_it_in_doubt() {
        let look = look(false);
        assert!(news("sessions", 1, Some(vec![id(7)])).puts_in_doubt(&look));
        assert!(news("people", 1, None).puts_in_doubt(&look));
        assert!(news("tenant", 1, Some(vec![id(1)])).puts_in_doubt(&look));
        assert!(!news("sessions", 1, Some(vec![id(8)])).puts_in_doubt(&look));
        assert!(!news("sessions", 2, Some(vec![id(7)])).puts_in_doubt(&look));
        assert!(!news("accounts", 1, Some(vec![id(7)])).puts_in_doubt(&look));
    }

    #[test]
    fn what_cannot_be_read_is_a_gap() {
        for payload in ["", "{", r#"{"tenant":null,"topic":null,"ids":null}"#, "[]"] {
            assert!(matches!(Heard::of(payload), Heard::Gap), "{payload}");
        }
        let good = r#"{"tenant":"00000000-0000-0000-0000-000000000001","topic":"accounts","ids":null,"actor":null,"client":null}"#;
        assert!(matches!(Heard::of(good), Heard::News(_)));
    }

    #[test]
    fn a_client_reads_ids_and_never_the_tenant() {
        let told = serde_json::to_string(&news("accounts", 1, None).told(Some(&[id(5)]))).unwrap();
        assert_eq!(
            told,
            r#"{"topic":"accounts","ids":["00000000-0000-0000-0000-000000000005"],"actor":null,"client":"00000000-0000-0000-0000-000000000009"}"#
        );
    }
}
