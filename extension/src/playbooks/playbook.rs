//! Owns a playbook as the engine holds it: read once per version and kept by the session.

use super::definition::{Action, PlaybookTrigger};
use crate::pg::fault::Fault;
use crate::pg::sql::{Row, read};
use pgrx::{JsonB, Uuid};
use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::rc::Rc;

/// A playbook.
#[derive(Debug)]
pub struct Playbook {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub name: String,
    pub version: i32,
    pub trigger: PlaybookTrigger,
    pub has_own_webhook: bool,
    pub is_ordered: bool,
    pub actions: Vec<Action>,
    pub cooldown_minutes: i32,
    pub daily_cap: Option<i32>,
}

impl Playbook {
    /// Whether it does anything that does not leave the database.
    pub fn changes_accounts(&self) -> bool {
        self.actions.iter().any(|action| !action.leaves())
    }
}

/// Which state of a playbook is meant: a version, and the transaction that wrote it, which may have been rolled back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    pub version: i32,
    pub written_by: i64,
}

/// The most playbooks that a session keeps.
const MOST_KEPT: usize = 5_000;

thread_local! {
    static KEPT: RefCell<HashMap<Uuid, (Stamp, Option<Rc<Playbook>>)>> = RefCell::default();
}

/// A playbook to be read.
#[derive(Debug, Clone, Copy)]
pub struct Wanted {
    pub tenant_id: Uuid,
    pub id: Uuid,
    pub stamp: Stamp,
}

impl Wanted {
    /// Of a row with the columns tenant_id, id, version and written_by.
    pub fn of_row(row: &Row<'_>) -> Result<Self, Fault> {
        Ok(Self {
            tenant_id: row.need("tenant_id")?,
            id: row.need("id")?,
            stamp: Stamp::of_row(row)?,
        })
    }
}

/// These playbooks, in that order; those that cannot be read are left out, with one warning.
pub fn read_playbooks(wanted: &[Wanted]) -> Result<Vec<Rc<Playbook>>, Fault> {
    let is_kept = |it: &Wanted| {
        KEPT.with_borrow(|kept| {
            kept.get(&it.id)
                .is_some_and(|(stamp, _)| *stamp == it.stamp)
        })
    };
    let missing = wanted.iter().filter(|it| !is_kept(it));
    let missing = missing.map(|it| (it.tenant_id, it.id)).collect::<Vec<_>>();
    if !missing.is_empty() {
        keep(missing)?;
    }
    Ok(KEPT.with_borrow(|kept| {
        let found = |it: &Wanted| kept.get(&it.id)?.1.clone();
        wanted.iter().filter_map(found).collect()
    }))
}

/// The playbook with this id, whatever its state; `None` where there is none or it cannot be read.
pub fn read_playbook(tenant: Uuid, id: Uuid) -> Result<Option<Rc<Playbook>>, Fault> {
    keep(vec![(tenant, id)])?;
    Ok(KEPT.with_borrow(|kept| {
        let found = kept.get(&id)?.1.clone();
        found.filter(|it| it.tenant_id == tenant)
    }))
}

fn keep(wanted: Vec<(Uuid, Uuid)>) -> Result<(), Fault> {
    let (tenants, ids): (Vec<_>, Vec<_>) = wanted.into_iter().unzip();
    let rows = read(
        include_str!("sql/playbooks.sql"),
        &[tenants.into(), ids.into()],
        |row| {
            let stamp = Stamp::of_row(row)?;
            Ok((row.need::<Uuid>("id")?, stamp, of_row(row)))
        },
    )?;
    KEPT.with_borrow_mut(|kept| {
        if kept.len() + rows.len() > MOST_KEPT {
            kept.clear();
        }
        for (id, stamp, playbook) in rows {
            let playbook = playbook.map_err(|fault| warn_once(id, &fault)).ok();
            kept.insert(id, (stamp, playbook.map(Rc::new)));
        }
    });
    Ok(())
}

impl Stamp {
    /// Of a row with the columns version and written_by.
    fn of_row(row: &Row<'_>) -> Result<Self, Fault> {
        Ok(Self {
            version: row.need("version")?,
            written_by: row.need("written_by")?,
        })
    }
}

fn of_row(row: &Row<'_>) -> Result<Playbook, Fault> {
    let criteria = row.need::<JsonB>("trigger_criteria")?.0;
    let criteria = criteria
        .as_object()
        .ok_or_else(|| Fault::internal("trigger_criteria is not an object"))?;
    Ok(Playbook {
        tenant_id: row.need("tenant_id")?,
        id: row.need("id")?,
        name: row.need("name")?,
        version: row.need("version")?,
        trigger: PlaybookTrigger::parse(criteria)?,
        has_own_webhook: row.need("has_own_webhook")?,
        is_ordered: row.need("is_ordered")?,
        actions: Action::parse_all(
            &row.need::<JsonB>("actions")?.0,
            super::definition::MOST_ACTIONS,
        )?,
        cooldown_minutes: row.need("cooldown_minutes")?,
        daily_cap: row.maybe("max_executions_per_day")?,
    })
}

/// Once per session, since playbooks are read at every change.
fn warn_once(playbook: Uuid, fault: &Fault) {
    thread_local! {
        static WARNED: RefCell<HashSet<Uuid>> = RefCell::default();
    }
    if WARNED.with_borrow_mut(|warned| warned.insert(playbook)) {
        pgrx::warning!(
            "customer_success: playbook {playbook} cannot be read and does not run: {}",
            fault.message()
        );
    }
}
