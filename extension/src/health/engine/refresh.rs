//! Owns computing and writing together: for accounts that are named, for those marked, for a whole tenant.

use super::compute::{Judged, compute};
use super::local_clock::clock;
use super::next_row::{Circumstance, Current};
use super::norms;
use super::question::Question;
use super::write::{Round, Written, write};
use crate::health::model::versions::{self, Version};
use crate::health::moment::{moment, now};
use crate::health::score::clock::Moment;
use crate::identity::visible_account::require_visible_account;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Why scores are computed anew.
pub enum Occasion<'a> {
    /// Somebody named the accounts: imported scores give way.
    Named,
    /// Marks: when usage last arrived, by account. An imported score from before gives way.
    Marked(&'a HashMap<Uuid, Moment>),
    /// A person set or ended an override.
    Overruled,
    /// All of them, or a slice of the daily pass.
    Pass,
    /// A model was published.
    Published {
        /// Whether playbooks look at it.
        fires: bool,
    },
}

/// What to compute and write.
pub struct Task<'a> {
    /// The tenant, checked.
    pub tenant: Uuid,
    /// Its accounts; `None` is all.
    pub only: Option<&'a [Uuid]>,
    /// The moment.
    pub as_of: Moment,
    /// Written as created_at; `None` is the present.
    pub created_at: Option<Moment>,
    /// Whether accounts that somebody else is writing are waited for; else they are marked, to be computed later.
    pub waits: bool,
    /// Why.
    pub occasion: Occasion<'a>,
}

/// Computes and writes, and marks what has to be looked at again. Inside a system section.
pub fn refresh(task: &Task<'_>) -> Result<Written, Fault> {
    let version = versions::in_force(task.tenant, None)?;
    let judged = computed(task, &version)?;
    let midnight = clock(task.tenant, task.as_of)?.midnight();
    let circumstance = |account: Uuid, current: Option<&Current>| Circumstance {
        bands: version.model.bands,
        version: version.number,
        cause: task.occasion.cause(account),
        replaces_imported: task.occasion.replaces_imported(account, current),
        midnight,
    };
    let written = write(
        &Round {
            tenant: task.tenant,
            as_of: task.as_of,
            created_at: task.created_at,
            version: version.number,
            fires: !matches!(task.occasion, Occasion::Published { fires: false }),
            waits: task.waits,
            circumstance: &circumstance,
        },
        &judged,
    )?;
    mark_again(task, &written)?;
    Ok(written)
}

/// Marks what was left out, and what was written from evidence that may be older than the score it follows.
fn mark_again(task: &Task<'_>, written: &Written) -> Result<(), Fault> {
    if written.held.is_empty() && written.overtaken.is_empty() {
        return Ok(());
    }
    let held = written.held.iter().map(|account| {
        let usage_at = task.occasion.usage_at(*account).map(moment).transpose()?;
        Ok((*account, usage_at))
    });
    let overtaken = written.overtaken.iter().map(|account| Ok((*account, None)));
    let all = held.chain(overtaken).collect::<Result<Vec<_>, Fault>>()?;
    let (accounts, usage_at): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    sql::run(
        include_str!("sql/mark_again.sql"),
        &[task.tenant.into(), accounts.into(), usage_at.into()],
    )?;
    crate::background::wake::at_commit();
    Ok(())
}

fn computed(task: &Task<'_>, version: &Version) -> Result<Vec<Judged>, Fault> {
    let question = Question {
        tenant: task.tenant,
        only: task.only,
        as_of: task.as_of,
        known_until: task.as_of,
        norm_rows: norms::LARGE,
    };
    let (mut judged, gathered) = compute(&question, &version.model)?;
    if task.created_at.is_some() {
        // The past of an account begins with it.
        judged.retain(|it| it.known_since <= task.as_of);
    }
    if let Some(taken) = &gathered.fresh_norms {
        // A pass writes that row anyway; for the few accounts of a moment it is not worth one.
        let least = match task.occasion {
            Occasion::Pass => norms::FAIR,
            _ => norms::LARGE,
        };
        norms::keep(task.tenant, task.as_of, taken, least)?;
    }
    Ok(judged)
}

impl Occasion<'_> {
    fn cause(&self, account: Uuid) -> &'static str {
        match self {
            Self::Named => "refresh",
            Self::Marked(marks) if marks.contains_key(&account) => "data",
            Self::Marked(_) => "account",
            Self::Overruled => "override",
            Self::Pass => "time",
            Self::Published { .. } => "model",
        }
    }

    /// When usage last arrived for an account, where that is why it is computed.
    fn usage_at(&self, account: Uuid) -> Option<Moment> {
        match self {
            Self::Marked(marks) => marks.get(&account).copied(),
            _ => None,
        }
    }

    fn replaces_imported(&self, account: Uuid, current: Option<&Current>) -> bool {
        match self {
            Self::Named | Self::Overruled => true,
            Self::Marked(_) => self
                .usage_at(account)
                .is_some_and(|at| current.is_none_or(|current| at > current.created_at)),
            Self::Pass | Self::Published { .. } => false,
        }
    }
}

#[pg_extern]
fn refresh_health(account_ids: default!(Option<Vec<Option<Uuid>>>, "null")) -> i64 {
    let _pinned = Pinned::enter();
    let added = match account_ids {
        Some(accounts) => refresh_named(accounts),
        None => refresh_all(),
    };
    i64::try_from(added.or_raise()).unwrap_or(i64::MAX)
}

fn refresh_named(accounts: Vec<Option<Uuid>>) -> Result<usize, Fault> {
    let mut by_tenant = BTreeMap::<[u8; 16], Vec<Uuid>>::new();
    for account in accounts {
        let account = account.ok_or_else(|| Fault::no_such("account"))?;
        let tenant = require_visible_account(account)?;
        identity::require(Action::UsageRecord, tenant)?;
        by_tenant
            .entry(*tenant.as_bytes())
            .or_default()
            .push(account);
    }
    let _section = System::enter();
    let mut added = 0;
    for (tenant, accounts) in by_tenant {
        added += refresh(&Task {
            tenant: Uuid::from_bytes(tenant),
            only: Some(&accounts),
            as_of: now(),
            created_at: None,
            waits: true,
            occasion: Occasion::Named,
        })?
        .added;
    }
    Ok(added)
}

/// All accounts of the caller's tenant; of every tenant for whoever bypasses row security and has none.
fn refresh_all() -> Result<usize, Fault> {
    let tenants = match identity::current().membership {
        Some((tenant, _)) => {
            identity::require(Action::UsageRecord, tenant)?;
            vec![tenant]
        }
        None => {
            identity::require_somewhere(Action::UsageRecord)?;
            sql::read(
                "select id from cs.tenants where is_active order by id",
                &[],
                |row| row.need("id"),
            )?
        }
    };
    let _section = System::enter();
    let mut added = 0;
    for tenant in tenants {
        added += refresh(&Task {
            tenant,
            only: None,
            as_of: now(),
            created_at: None,
            waits: true,
            occasion: Occasion::Pass,
        })?
        .added;
    }
    Ok(added)
}

/// Writes the scores of a tenant as they were at a moment of the past, as far as they changed since the moment before;
/// to be called in the order of time, for data that is loaded with its history.
pub fn record_as_of(tenant: Uuid, as_of: &str) -> Result<(), Fault> {
    let moments = sql::first("select $1::timestamptz as it", &[as_of.into()], |row| {
        row.need::<TimestampWithTimeZone>("it")
    })?;
    let Some(as_of) = moments else {
        return Err(Fault::internal("a moment is lost"));
    };
    let as_of = as_of.into_inner();
    let _section = System::enter();
    refresh(&Task {
        tenant,
        only: None,
        as_of,
        created_at: Some(as_of),
        waits: true,
        occasion: Occasion::Pass,
    })
    .map(drop)
}
