//! Owns computing and writing together: for accounts that are named, for those marked, for a whole tenant.

use super::evidence_request::EvidenceRequest;
use super::next_row::RowContext;
use super::norms::keep_first_norms;
use super::plan_rows::PlanRequest;
use super::score_row::{CurrentScore, ScoreCause};
use super::scored_account::{ScoredAccount, score_accounts};
use super::write_scores::{WriteRequest, WrittenScores, write_scores};
use crate::background::board::Duty;
use crate::health::model::versions::{self, Version};
use crate::health::moment::{now, to_timestamp};
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

/// Why scores are computed again.
pub enum RefreshReason<'a> {
    /// A caller named the accounts: imported scores give way.
    Named,
    /// Marks: when usage last arrived, by account. An imported score from before gives way.
    Marked(&'a HashMap<Uuid, Moment>),
    /// A person set or ended an override.
    Override,
    /// All of them, or a slice of the daily pass.
    Pass,
    /// A model was published.
    Published {
        /// Whether playbooks look at it.
        fires_playbooks: bool,
    },
}

/// What to compute and write.
pub struct RefreshRequest<'a> {
    /// The tenant; that it is the caller's has been checked.
    pub tenant: Uuid,
    /// Its accounts; `None` is all.
    pub only: Option<&'a [Uuid]>,
    /// The moment.
    pub as_of: Moment,
    /// Written as created_at; `None` is now.
    pub created_at: Option<Moment>,
    /// Whether to wait for accounts that another transaction is writing; else they are marked, to be computed later.
    pub waits_for_locks: bool,
    /// Why.
    pub reason: RefreshReason<'a>,
}

impl<'a> RefreshRequest<'a> {
    /// As of now, waiting for every lock.
    pub fn as_of_now(tenant: Uuid, only: Option<&'a [Uuid]>, reason: RefreshReason<'a>) -> Self {
        Self {
            tenant,
            only,
            as_of: now(),
            created_at: None,
            waits_for_locks: true,
            reason,
        }
    }
}

/// Computes and writes, and marks what has to be looked at again. Inside a system section.
pub fn refresh_scores(request: &RefreshRequest<'_>) -> Result<WrittenScores, Fault> {
    let version = versions::in_force(request.tenant, None)?;
    let (scored, midnight) = score_requested(request, &version)?;
    let reason = &request.reason;
    let context = |account: Uuid, current: Option<&CurrentScore>| RowContext {
        bands: version.model.bands,
        version: version.number,
        cause: reason.cause(account),
        replaces_imported: reason.replaces_imported(account, current),
        midnight,
    };
    let written = write_scores(
        &WriteRequest {
            plan: PlanRequest {
                tenant: request.tenant,
                as_of: request.as_of,
                context: &context,
            },
            created_at: request.created_at,
            version: version.number,
            fires_playbooks: reason.fires_playbooks(),
            waits_for_locks: request.waits_for_locks,
        },
        &scored,
    )?;
    mark_again(request, &written)?;
    Ok(written)
}

/// Marks what was left out, and what was written from evidence that may be older than the score it follows.
fn mark_again(request: &RefreshRequest<'_>, written: &WrittenScores) -> Result<(), Fault> {
    if written.held.is_empty() && written.overtaken.is_empty() {
        return Ok(());
    }
    let held = written.held.iter().map(|account| {
        let usage_at = request.reason.usage_at(*account);
        Ok((*account, usage_at.map(to_timestamp).transpose()?))
    });
    let overtaken = written.overtaken.iter().map(|account| Ok((*account, None)));
    let all = held.chain(overtaken).collect::<Result<Vec<_>, Fault>>()?;
    let (accounts, usage_at): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    sql::run(
        include_str!("sql/mark_again.sql"),
        &[request.tenant.into(), accounts.into(), usage_at.into()],
    )?;
    crate::background::wake::at_commit(Duty::Chores);
    Ok(())
}

/// The scores, and the first instant of the day they are of.
fn score_requested(
    request: &RefreshRequest<'_>,
    version: &Version,
) -> Result<(Vec<ScoredAccount>, Moment), Fault> {
    let evidence = EvidenceRequest::as_of(request.tenant, request.only, request.as_of);
    let (mut scored, gathered) = score_accounts(&evidence, &version.model)?;
    if request.created_at.is_some() {
        // The past of an account begins with it.
        scored.retain(|it| it.created_at <= request.as_of);
    }
    let is_whole = request.only.is_none() && request.as_of == now();
    if is_whole || matches!(request.reason, RefreshReason::Marked(_)) {
        keep_first_norms(request.tenant, &gathered.norms_source)?;
    }
    Ok((scored, gathered.midnight))
}

impl RefreshReason<'_> {
    fn cause(&self, account: Uuid) -> ScoreCause {
        match self {
            Self::Named => ScoreCause::Refresh,
            Self::Marked(marks) if marks.contains_key(&account) => ScoreCause::Data,
            Self::Marked(_) => ScoreCause::Account,
            Self::Override => ScoreCause::Override,
            Self::Pass => ScoreCause::Time,
            Self::Published { .. } => ScoreCause::Model,
        }
    }

    const fn fires_playbooks(&self) -> bool {
        match self {
            Self::Published { fires_playbooks } => *fires_playbooks,
            _ => true,
        }
    }

    /// When usage last arrived for an account, where that is why it is computed.
    fn usage_at(&self, account: Uuid) -> Option<Moment> {
        match self {
            Self::Marked(marks) => marks.get(&account).copied(),
            _ => None,
        }
    }

    fn replaces_imported(&self, account: Uuid, current: Option<&CurrentScore>) -> bool {
        match self {
            Self::Named | Self::Override => true,
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
    let mut by_tenant = BTreeMap::<Uuid, Vec<Uuid>>::new();
    for account in accounts {
        let account = account.ok_or_else(|| Fault::no_such("account"))?;
        let tenant = require_visible_account(account)?;
        identity::require(Action::UsageRecord, tenant)?;
        by_tenant.entry(tenant).or_default().push(account);
    }
    let _section = System::enter();
    let mut added = 0;
    for (tenant, accounts) in by_tenant {
        let reason = RefreshReason::Named;
        let request = RefreshRequest::as_of_now(tenant, Some(&accounts), reason);
        added += refresh_scores(&request)?.added;
    }
    Ok(added)
}

/// All accounts of the caller's tenant, or of every tenant for a caller who bypasses row security and has none.
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
        let request = RefreshRequest::as_of_now(tenant, None, RefreshReason::Pass);
        added += refresh_scores(&request)?.added;
    }
    Ok(added)
}

/// Writes the scores of a tenant as they were at a moment of the past, as far as they changed since the moment before;
/// to be called in the order of time, for data that is loaded with its history.
pub fn record_scores_as_of(tenant: Uuid, as_of: TimestampWithTimeZone) -> Result<(), Fault> {
    let as_of = as_of.into_inner();
    let _section = System::enter();
    refresh_scores(&RefreshRequest {
        as_of,
        created_at: Some(as_of),
        ..RefreshRequest::as_of_now(tenant, None, RefreshReason::Pass)
    })
    .map(drop)
}
