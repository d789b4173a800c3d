//! Owns one notice to live clients: which rows of a tenant's topic changed, and who changed them. Pure; however much
//! changes, a notice stays small.

use pgrx::Uuid;
use serde::Serialize;
use std::collections::BTreeSet;

/// A notice names at most this many ids: beyond that it names none, and listeners read the whole topic again.
pub const MOST_IDS: usize = 50;

/// Ids of a topic that changed; `None` is more than [`MOST_IDS`], or all of the topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedIds(Option<BTreeSet<Uuid>>);

impl ChangedIds {
    /// No id yet.
    pub const fn none() -> Self {
        Self(Some(BTreeSet::new()))
    }

    /// All of the topic.
    pub const fn all() -> Self {
        Self(None)
    }

    /// Adds one; without an id all of the topic counts as changed.
    pub fn add(&mut self, id: Option<Uuid>) {
        let Some(id) = id else {
            self.0 = None;
            return;
        };
        if let Some(ids) = &mut self.0 {
            ids.insert(id);
            if ids.len() > MOST_IDS {
                self.0 = None;
            }
        }
    }

    /// Whether a further id changes nothing.
    pub const fn is_all(&self) -> bool {
        self.0.is_none()
    }

    fn add_all(&mut self, other: Self) {
        match other.0 {
            Some(ids) => ids.into_iter().for_each(|id| self.add(Some(id))),
            None => self.0 = None,
        }
    }
}

/// Who changed something: the person, and the browser tab or integration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ChangeAuthor {
    /// The person; `None` for the worker and superusers.
    pub actor: Option<Uuid>,
    /// `app.client_id`.
    pub client: Option<Uuid>,
}

/// A notice as it is sent.
#[derive(Serialize)]
struct SentNotice<'a> {
    tenant: Option<String>,
    topic: Option<&'a str>,
    ids: Option<Vec<String>>,
    actor: Option<String>,
    client: Option<String>,
}

/// What changed in one topic of a tenant.
#[derive(Debug)]
pub struct Notice {
    /// Which rows.
    pub ids: ChangedIds,
    /// Who changed them, as far as it was one.
    pub author: ChangeAuthor,
}

impl Notice {
    /// Adds further changes of the topic. Done by several people, or from several tabs, they have no author.
    pub fn add(&mut self, other: Self) {
        self.ids.add_all(other.ids);
        if self.author.actor != other.author.actor {
            self.author.actor = None;
        }
        if self.author.client != other.author.client {
            self.author.client = None;
        }
    }

    /// All topics of all tenants, by no one in particular.
    pub fn of_everything() -> Self {
        Self {
            ids: ChangedIds::all(),
            author: ChangeAuthor::default(),
        }
    }

    /// The JSON that is sent; no tenant and no topic mean all. Far below the 8000 bytes that a notification may have.
    pub fn payload(&self, tenant: Option<Uuid>, topic: Option<&str>) -> String {
        let text = |id: Uuid| uuid::Uuid::from_bytes(*id.as_bytes()).to_string();
        let ids = self.ids.0.as_ref();
        let sent = SentNotice {
            tenant: tenant.map(text),
            topic,
            ids: ids.map(|ids| ids.iter().copied().map(text).collect()),
            actor: self.author.actor.map(text),
            client: self.author.client.map(text),
        };
        serde_json::to_string(&sent).unwrap_or_default()
    }
}
