//! Owns what a transaction has changed so far, by tenant and topic. Pure: a subtransaction that aborts takes its part back,
//! and however much changes, what is kept and sent stays small.

use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// With more than so many ids a notice names none: whoever listens reads the whole topic anew.
pub const MOST_IDS: usize = 50;
/// With more than so many notices there is one instead, which tells every tenant to read all anew.
const MOST_NOTICES: usize = 500;

/// Ids of a topic; `None` is more than [`MOST_IDS`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids(Option<BTreeSet<Uuid>>);

impl Ids {
    /// No id yet.
    pub const fn none() -> Self {
        Self(Some(BTreeSet::new()))
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

    fn join(&mut self, other: Self) {
        match other.0 {
            Some(ids) => ids.into_iter().for_each(|id| self.add(Some(id))),
            None => self.0 = None,
        }
    }
}

/// Who changed something: the person, and the browser tab or integration.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct By {
    /// The person; the worker and superusers are nobody.
    pub actor: Option<Uuid>,
    /// `app.client_id`.
    pub client: Option<Uuid>,
}

#[derive(Debug)]
struct Notice {
    ids: Ids,
    by: By,
}

type Notices = BTreeMap<(Uuid, String), Notice>;

/// What one subtransaction changed, with those of its own that committed into it.
#[derive(Debug)]
struct Level {
    subtransaction: u32,
    notices: Notices,
    too_many: bool,
}

impl Level {
    fn add(&mut self, key: (Uuid, String), ids: Ids, by: By) {
        if self.too_many {
            return;
        }
        if let Some(notice) = self.notices.get_mut(&key) {
            notice.ids.join(ids);
            // done by several, or from several tabs, it is nobody's own
            if notice.by.actor != by.actor {
                notice.by.actor = None;
            }
            if notice.by.client != by.client {
                notice.by.client = None;
            }
        } else if self.notices.len() == MOST_NOTICES {
            self.notices.clear();
            self.too_many = true;
        } else {
            self.notices.insert(key, Notice { ids, by });
        }
    }
}

/// All of a transaction, the levels from the outermost to the present one.
#[derive(Debug, Default)]
pub struct Gathered(Vec<Level>);

impl Gathered {
    /// Nothing yet.
    pub const fn nothing() -> Self {
        Self(Vec::new())
    }

    /// Adds what a statement of this subtransaction changed.
    pub fn add(&mut self, subtransaction: u32, tenant: Uuid, topic: &str, ids: Ids, by: By) {
        if self
            .0
            .last()
            .is_none_or(|level| level.subtransaction != subtransaction)
        {
            self.0.push(Level {
                subtransaction,
                notices: Notices::new(),
                too_many: false,
            });
        }
        if let Some(level) = self.0.last_mut() {
            level.add((tenant, topic.to_owned()), ids, by);
        }
    }

    /// What a subtransaction changed is its parent's from now on.
    pub fn committed(&mut self, subtransaction: u32, parent: u32) {
        let Some(mut level) = self.0.pop_if(|it| it.subtransaction == subtransaction) else {
            return;
        };
        let Some(outer) = self.0.last_mut().filter(|it| it.subtransaction == parent) else {
            level.subtransaction = parent;
            self.0.push(level);
            return;
        };
        if level.too_many {
            outer.notices.clear();
            outer.too_many = true;
        }
        for (key, notice) in level.notices {
            outer.add(key, notice.ids, notice.by);
        }
    }

    /// What a subtransaction changed never happened. Those begun after it were inside it.
    pub fn aborted(&mut self, subtransaction: u32) {
        self.0.retain(|level| level.subtransaction < subtransaction);
    }

    /// The payloads to send, and nothing left.
    pub fn take(&mut self) -> Vec<String> {
        let levels = std::mem::take(&mut self.0);
        let mut all = Self::nothing();
        for level in levels {
            if level.too_many {
                return vec![payload(None, None, &Ids(None), By::default())];
            }
            for ((tenant, topic), notice) in level.notices {
                all.add(0, tenant, &topic, notice.ids, notice.by);
            }
        }
        all.0
            .iter()
            .flat_map(|level| &level.notices)
            .map(|((tenant, topic), notice)| {
                payload(Some(*tenant), Some(topic), &notice.ids, notice.by)
            })
            .collect()
    }
}

/// Far below the 8000 bytes that a notification may have.
fn payload(tenant: Option<Uuid>, topic: Option<&str>, ids: &Ids, by: By) -> String {
    let text = |id: Uuid| id.to_string();
    let ids = ids
        .0
        .as_ref()
        .map(|ids| ids.iter().copied().map(text).collect::<Vec<_>>());
    json!({
        "tenant": tenant.map(text),
        "topic": topic,
        "ids": ids,
        "actor": by.actor.map(text),
        "client": by.client.map(text),
    })
    .to_string()
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::Value;

    fn id(number: u128) -> Uuid {
        Uuid::from_u128(number)
    }

    fn ids(numbers: impl IntoIterator<Item = u128>) -> Ids {
        let mut ids = Ids::none();
        numbers.into_iter().for_each(|it| ids.add(Some(id(it))));
        ids
    }

    fn texts<const N: usize>(numbers: [u128; N]) -> Value {
        json!(numbers.map(|number| id(number).to_string()).to_vec())
    }

    fn by(actor: u128) -> By {
        By {
            actor: Some(id(actor)),
            client: Some(id(actor + 100)),
        }
    }

    fn sent(mut gathered: Gathered) -> Vec<Value> {
        gathered
            .take()
            .iter()
            .map(|text| serde_json::from_str(text).unwrap())
            .collect()
    }

    #[test]
    fn one_notice_per_tenant_and_topic() {
        let mut all = Gathered::nothing();
        all.add(1, id(1), "health", ids([5]), by(7));
        all.add(1, id(1), "health", ids([6, 5]), by(7));
        all.add(1, id(1), "journey", ids([5]), by(7));
        all.add(1, id(2), "health", ids([8]), by(7));
        let sent = sent(all);
        assert_eq!(sent.len(), 3);
        assert_eq!(sent[0]["ids"], texts([5, 6]));
        assert_eq!(sent[0]["actor"], json!(id(7).to_string()));
        assert_eq!(sent[0]["client"], json!(id(107).to_string()));
    }

    #[test]
    fn what_several_did_is_nobodys_own() {
        let mut all = Gathered::nothing();
        all.add(1, id(1), "health", ids([5]), by(7));
        all.add(1, id(1), "health", ids([6]), by(8));
        all.add(1, id(1), "health", ids([7]), by(7));
        let sent = sent(all);
        assert_eq!(sent[0]["actor"], Value::Null);
        assert_eq!(sent[0]["client"], Value::Null);
    }

    #[test]
    fn more_than_fifty_ids_are_none_and_the_largest_payload_fits() {
        for (count, named) in [(50_u128, true), (51, false)] {
            let mut all = Gathered::nothing();
            all.add(1, id(1), "accounts", ids(0..count), by(7));
            let payload = all.take().pop().unwrap();
            assert!(payload.len() < 4000, "{}", payload.len());
            let sent: Value = serde_json::from_str(&payload).unwrap();
            assert_eq!(sent["ids"].is_array(), named);
        }
    }

    #[test]
    fn an_aborted_subtransaction_takes_back_its_part_and_what_was_inside_it() {
        let mut all = Gathered::nothing();
        all.add(1, id(1), "a", ids([1]), by(7));
        all.add(2, id(1), "b", ids([2]), by(7));
        all.add(3, id(1), "c", ids([3]), by(7));
        all.committed(3, 2);
        all.add(4, id(1), "d", ids([4]), by(7));
        all.aborted(4);
        all.aborted(2);
        all.add(1, id(1), "a", ids([5]), by(7));
        let sent = sent(all);
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0]["ids"], texts([1, 5]));
    }

    #[test]
    fn a_committed_subtransaction_is_its_parents_and_levels_do_not_pile_up() {
        let mut all = Gathered::nothing();
        for subtransaction in 2..10_000 {
            all.add(subtransaction, id(1), "a", ids([1]), by(7));
            all.committed(subtransaction, 1);
        }
        assert_eq!(all.0.len(), 1);
        all.aborted(10_001);
        assert_eq!(sent(all).len(), 1);
    }

    #[test]
    fn one_notice_for_all_stands_for_too_many() {
        let mut all = Gathered::nothing();
        for tenant in 0..10_000 {
            all.add(2, id(tenant), "a", ids([1]), by(7));
        }
        all.committed(2, 1);
        all.add(1, id(3), "a", ids([1]), by(7));
        let sent = sent(all);
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0]["tenant"], Value::Null);
        assert_eq!(sent[0]["ids"], Value::Null);
    }
}
