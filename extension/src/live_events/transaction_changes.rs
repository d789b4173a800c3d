//! Owns what a transaction has changed so far, by tenant and topic. Pure: a subtransaction that aborts takes its part
//! back, and however much changes, what is kept stays small.

use super::notice::{ChangeAuthor, ChangedIds, Notice};
use pgrx::Uuid;
use std::collections::BTreeMap;

/// With more notices than this there is one instead, which has every tenant read everything again.
const MOST_NOTICES: usize = 500;

type Notices = BTreeMap<(Uuid, String), Notice>;

/// What one subtransaction changed, with those of its own that committed into it.
#[derive(Debug)]
struct SubtransactionChanges {
    subtransaction: u32,
    notices: Notices,
    too_many: bool,
}

impl SubtransactionChanges {
    fn add(&mut self, key: (Uuid, String), changes: Notice) {
        if self.too_many {
            return;
        }
        if let Some(notice) = self.notices.get_mut(&key) {
            notice.add(changes);
        } else if self.notices.len() == MOST_NOTICES {
            self.notices.clear();
            self.too_many = true;
        } else {
            self.notices.insert(key, changes);
        }
    }
}

/// All that a transaction changed, by subtransaction, from the outermost to the current one.
#[derive(Debug, Default)]
pub struct TransactionChanges(Vec<SubtransactionChanges>);

impl TransactionChanges {
    /// Nothing yet.
    pub const fn none() -> Self {
        Self(Vec::new())
    }

    /// Adds what a statement of this subtransaction changed.
    pub fn add(
        &mut self,
        subtransaction: u32,
        tenant: Uuid,
        topic: &str,
        ids: ChangedIds,
        author: ChangeAuthor,
    ) {
        if self
            .0
            .last()
            .is_none_or(|level| level.subtransaction != subtransaction)
        {
            self.0.push(SubtransactionChanges {
                subtransaction,
                notices: Notices::new(),
                too_many: false,
            });
        }
        if let Some(level) = self.0.last_mut() {
            level.add((tenant, topic.to_owned()), Notice { ids, author });
        }
    }

    /// What a subtransaction changed is its parent's from now on.
    pub fn commit_subtransaction(&mut self, subtransaction: u32, parent: u32) {
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
            outer.add(key, notice);
        }
    }

    /// What a subtransaction changed never happened. Those begun after it were inside it.
    pub fn abort_subtransaction(&mut self, subtransaction: u32) {
        self.0.retain(|level| level.subtransaction < subtransaction);
    }

    /// Takes the payloads to send; nothing is left.
    pub fn take_payloads(&mut self) -> Vec<String> {
        let levels = std::mem::take(&mut self.0);
        let mut all = Self::none();
        for level in levels {
            if level.too_many {
                return vec![Notice::of_everything().payload(None, None)];
            }
            for ((tenant, topic), notice) in level.notices {
                all.add(0, tenant, &topic, notice.ids, notice.author);
            }
        }
        all.0
            .iter()
            .flat_map(|level| &level.notices)
            .map(|((tenant, topic), notice)| notice.payload(Some(*tenant), Some(topic)))
            .collect()
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;
    use serde_json::{Value, json};

    fn id(number: u128) -> Uuid {
        Uuid::from_bytes(number.to_be_bytes())
    }

    fn ids(numbers: impl IntoIterator<Item = u128>) -> ChangedIds {
        let mut ids = ChangedIds::none();
        numbers.into_iter().for_each(|it| ids.add(Some(id(it))));
        ids
    }

    fn texts<const N: usize>(numbers: [u128; N]) -> Value {
        json!(numbers.map(|number| id(number).to_string()).to_vec())
    }

    fn by(actor: u128) -> ChangeAuthor {
        ChangeAuthor {
            actor: Some(id(actor)),
            client: Some(id(actor + 100)),
        }
    }

    fn sent(mut changes: TransactionChanges) -> Vec<Value> {
        changes
            .take_payloads()
            .iter()
            .map(|text| serde_json::from_str(text).unwrap())
            .collect()
    }

    #[test]
    fn one_notice_per_tenant_and_topic() {
        let mut all = TransactionChanges::none();
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
    fn what_several_people_did_has_no_author() {
        let mut all = TransactionChanges::none();
        all.add(1, id(1), "health", ids([5]), by(7));
        all.add(1, id(1), "health", ids([6]), by(8));
        all.add(1, id(1), "health", ids([7]), by(7));
        let sent = sent(all);
        assert_eq!(sent[0]["actor"], Value::Null);
        assert_eq!(sent[0]["client"], Value::Null);
    }

    #[test]
    fn more_than_fifty_ids_are_not_named_and_the_largest_payload_fits() {
        for (count, named) in [(50_u128, true), (51, false)] {
            let mut all = TransactionChanges::none();
            all.add(1, id(1), "accounts", ids(0..count), by(7));
            let payload = all.take_payloads().pop().unwrap();
            assert!(payload.len() < 4000, "{}", payload.len());
            let sent: Value = serde_json::from_str(&payload).unwrap();
            assert_eq!(sent["ids"].is_array(), named);
        }
    }

    #[test]
    fn an_aborted_subtransaction_takes_back_its_part_and_what_was_inside_it() {
        let mut all = TransactionChanges::none();
        all.add(1, id(1), "a", ids([1]), by(7));
        all.add(2, id(1), "b", ids([2]), by(7));
        all.add(3, id(1), "c", ids([3]), by(7));
        all.commit_subtransaction(3, 2);
        all.add(4, id(1), "d", ids([4]), by(7));
        all.abort_subtransaction(4);
        all.abort_subtransaction(2);
        all.add(1, id(1), "a", ids([5]), by(7));
        let sent = sent(all);
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0]["ids"], texts([1, 5]));
    }

    #[test]
    fn a_committed_subtransaction_becomes_its_parents_and_levels_do_not_pile_up() {
        let mut all = TransactionChanges::none();
        for subtransaction in 2..10_000 {
            all.add(subtransaction, id(1), "a", ids([1]), by(7));
            all.commit_subtransaction(subtransaction, 1);
        }
        assert_eq!(all.0.len(), 1);
        all.abort_subtransaction(10_001);
        assert_eq!(sent(all).len(), 1);
    }

    #[test]
    fn too_many_notices_become_one_for_everything() {
        let mut all = TransactionChanges::none();
        for tenant in 0..10_000 {
            all.add(2, id(tenant), "a", ids([1]), by(7));
        }
        all.commit_subtransaction(2, 1);
        all.add(1, id(3), "a", ids([1]), by(7));
        let sent = sent(all);
        assert_eq!(sent.len(), 1);
        assert_eq!(sent[0]["tenant"], Value::Null);
        assert_eq!(sent[0]["ids"], Value::Null);
    }
}
