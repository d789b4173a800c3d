//! Owns the tree of a tenant's accounts as it was: who was whose parent at a moment.

use crate::health::Moment;
use crate::pg::fault::Fault;
use crate::pg::stream::{Argument, Sight, stream_with};
use crate::playbooks::past::timeline::Timeline;
use pgrx::Uuid;
use std::collections::HashMap;

/// The deepest level; a circle, which nothing but a gap in the records can show, ends here too.
const DEEPEST: i32 = 10;

/// The tree over time.
pub struct Family {
    parents: HashMap<Uuid, Timeline<Option<Uuid>>>,
    /// Who has ever been below an account.
    children: HashMap<Uuid, Vec<Uuid>>,
}

impl Family {
    /// Inside a system section.
    pub fn read(tenant: Uuid) -> Result<Self, Fault> {
        let mut parents = HashMap::<Uuid, Timeline<Option<Uuid>>>::new();
        stream_with(
            Sight::Transaction,
            include_str!("../sql/parents.sql"),
            &[Argument::new(tenant)],
            &mut |row| {
                let (Some(account), parent) = (row.uuid(0), row.uuid(2)) else {
                    return;
                };
                match row.value::<i64>(1) {
                    None => drop(parents.insert(account, Timeline::unchanged(parent))),
                    Some(at) => parents
                        .entry(account)
                        .or_insert_with(|| Timeline::unchanged(None))
                        .replaced(at, parent),
                }
            },
        )?;
        let mut children = HashMap::<Uuid, Vec<Uuid>>::new();
        for (account, story) in &parents {
            for (_, parent) in story.between(Moment::MIN, Moment::MAX) {
                let below = parent.map(|it| children.entry(it).or_default());
                if let Some(below) = below.filter(|it| !it.contains(account)) {
                    below.push(*account);
                }
            }
        }
        Ok(Self { parents, children })
    }

    fn parent(&self, account: Uuid, at: Moment) -> Option<Uuid> {
        *self.parents.get(&account)?.at(at)
    }

    /// How many accounts were above this one.
    pub fn level(&self, account: Uuid, at: Moment) -> i32 {
        let above = std::iter::successors(self.parent(account, at), |it| self.parent(*it, at));
        (0..DEEPEST)
            .zip(above)
            .map(|(it, _)| it + 1)
            .last()
            .unwrap_or(0)
    }

    /// The accounts that were directly below this one.
    pub fn children(&self, account: Uuid, at: Moment) -> Vec<Uuid> {
        let ever = self.children.get(&account).into_iter().flatten();
        ever.filter(|it| self.parent(**it, at) == Some(account))
            .copied()
            .collect()
    }
}
