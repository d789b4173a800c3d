//! Owns auto-complete: milestones with criteria are done as soon as an account meets them. Checked after every
//! statement that may have made criteria true for an account.
//!
//! Criteria are evaluated once per milestone for all accounts concerned. What is done stays done. The gate itself knows
//! nothing of this, it only looks at what is done or waived; an account that a closed gate holds back is checked once
//! more.

use super::gate::{self, OpenMilestone};
use crate::criteria;
use crate::pg::configuration_cache::ConfigurationCache;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql::types::{UUID, UUIDS};
use crate::pg::sql::{self, Kept};
use crate::pg::transition_tables;
use crate::pg::trigger_row::{self, Outcome};
use crate::stages::Stage;
use pgrx::prelude::*;
use pgrx::{JsonB, PgTrigger, Uuid};
use serde_json::Value;
use std::thread::LocalKey;

/// Open milestones with criteria and their accounts, narrowed by a condition over $2.
macro_rules! open_with_criteria {
    ($condition:literal) => {
        concat!(
            include_str!("sql/open_with_criteria.sql"),
            $condition,
            "\ngroup by milestone.id, milestone.criteria\norder by milestone.id"
        )
    };
}

const FOR_ACCOUNTS: &str = open_with_criteria!("and account.id = any ($2)");
const OF_MILESTONES: &str = open_with_criteria!("and milestone.id = any ($2)");

thread_local! {
    /// Whether a tenant has active milestones with criteria: all that a statement costs in a tenant without any.
    static USES_CRITERIA: ConfigurationCache<Uuid, bool> = ConfigurationCache::new(&[c"stage_milestones"]);
    static WRITTEN_ACCOUNTS: Kept = const { Kept::new(include_str!("sql/written_accounts.sql"), &[]) };
    static SCORED_ACCOUNTS: Kept = const { Kept::new(include_str!("sql/scored_accounts.sql"), &[]) };
    static SAVED_MILESTONES: Kept = const { Kept::new(include_str!("sql/saved_milestones.sql"), &[]) };
    static OPEN_FOR_ACCOUNTS: Kept = const { Kept::new(FOR_ACCOUNTS, &[UUID, UUIDS]) };
}

/// Up to this many accounts a plan made for one is good for all of them.
const FEW: usize = 10;

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over `new_rows`; fires after the history of the same statement
/// is written.
#[pg_trigger]
fn tg_accounts__auto_complete<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        if !may_auto_complete(trigger)? {
            return Ok(());
        }
        let _section = System::enter();
        for_each_tenant(trigger, &WRITTEN_ACCOUNTS, auto_complete_milestones)
    })
}

/// AFTER INSERT STATEMENT on health_scores, over `new_rows`.
#[pg_trigger]
fn tg_health_scores__auto_complete<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        if !may_auto_complete(trigger)? {
            return Ok(());
        }
        let _section = System::enter();
        for_each_tenant(trigger, &SCORED_ACCOUNTS, auto_complete_milestones)
    })
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on stage_milestones, over `new_rows`: all accounts in their stages are checked.
#[pg_trigger]
fn tg_stage_milestones__auto_complete<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let _section = System::enter();
        for_each_tenant(trigger, &SAVED_MILESTONES, |tenant, milestones| {
            let open = sql::write(
                OF_MILESTONES,
                &[tenant.into(), milestones.to_vec().into()],
                read_candidates,
            )?;
            complete_where_met(tenant, &open).map(drop)
        })
    })
}

/// Whether any tenant of the rows has milestones that may be completed.
fn may_auto_complete(trigger: &PgTrigger<'_>) -> Result<bool, Fault> {
    for tenant in transition_tables::written_tenants(trigger)? {
        if *USES_CRITERIA.with(|it| it.get_or_read(tenant, || read_use_of_criteria(tenant)))? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn read_use_of_criteria(tenant: Uuid) -> Result<bool, Fault> {
    let _section = System::enter();
    sql::exists(
        "select from cs.stage_milestones where tenant_id = $1 and criteria is not null and is_active",
        &[tenant.into()],
    )
}

/// Runs the body for each tenant, with those ids of the statement's transition table that are of interest.
fn for_each_tenant(
    trigger: &PgTrigger<'_>,
    ids_by_tenant: &'static LocalKey<Kept>,
    body: impl Fn(Uuid, &[Uuid]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let found = transition_tables::with_tables(trigger, |client| {
        ids_by_tenant.with(|it| {
            transition_tables::write(trigger, client, it, &[], |row| {
                Ok((
                    row.need::<Uuid>("tenant_id")?,
                    row.need::<Vec<Uuid>>("ids")?,
                ))
            })
        })
    })?;
    found
        .into_iter()
        .try_for_each(|(tenant, ids)| body(tenant, &ids))
}

/// A milestone and the accounts for which it is open.
struct CandidateMilestone {
    milestone: Uuid,
    criteria: Value,
    accounts: Vec<Uuid>,
}

fn read_candidates(row: &sql::Row<'_>) -> Result<CandidateMilestone, Fault> {
    Ok(CandidateMilestone {
        milestone: row.need("id")?,
        criteria: row.need::<JsonB>("criteria")?.0,
        accounts: row.need("accounts")?,
    })
}

/// Completes, for these accounts of a tenant, the milestones of their current stages whose criteria they meet. In a system
/// section.
pub fn auto_complete_milestones(tenant: Uuid, accounts: &[Uuid]) -> Result<(), Fault> {
    let arguments = [tenant.into(), accounts.to_vec().into()];
    // Writing, so that what the current statement has written is seen.
    let open = Spi::connect_mut(|client| match accounts.len() {
        0 => Ok(Vec::new()),
        1..=FEW => OPEN_FOR_ACCOUNTS.with(|it| it.write_on(client, &arguments, read_candidates)),
        _ => sql::write_on(client, FOR_ACCOUNTS, &arguments, read_candidates),
    })?;
    complete_where_met(tenant, &open).map(drop)
}

/// The milestones that still hold an account back from a move, once those whose criteria it meets are done.
pub fn find_open_after_auto_complete(
    tenant: Uuid,
    account: Uuid,
    from: &Stage,
    to: &Stage,
) -> Result<Vec<OpenMilestone>, Fault> {
    let mut blocking = gate::find_open(tenant, account, from, to)?;
    if blocking.is_empty() {
        return Ok(blocking);
    }
    let milestones = blocking.iter().map(|it| it.id).collect::<Vec<_>>();
    let _section = System::enter();
    let candidates = sql::write(
        "select id, criteria, array[$3::uuid] as accounts from cs.stage_milestones
         where tenant_id = $1 and id = any ($2) and criteria is not null order by id",
        &[tenant.into(), milestones.into(), account.into()],
        read_candidates,
    )?;
    let done = complete_where_met(tenant, &candidates)?;
    blocking.retain(|it| !done.contains(&it.id));
    Ok(blocking)
}

/// Completes each milestone for those of its accounts that meet its criteria, and returns the ids of milestones that
/// this completed for any. In the order of milestones and accounts, so that of two statements that each complete for
/// all their accounts at once neither waits for the other while being waited for. A move that would be held back
/// completes for one account at a time, in the statement's order; the worker, which never waits for a lock as long as
/// it takes to find a deadlock, gives way to it.
fn complete_where_met(tenant: Uuid, candidates: &[CandidateMilestone]) -> Result<Vec<Uuid>, Fault> {
    let mut milestones = Vec::new();
    for it in candidates {
        let accounts = criteria::find_matching(Some(tenant), &it.criteria, Some(&it.accounts))?;
        if accounts.is_empty() {
            continue;
        }
        sql::run(
            include_str!("sql/auto_complete.sql"),
            &[tenant.into(), it.milestone.into(), accounts.into()],
        )?;
        milestones.push(it.milestone);
    }
    Ok(milestones)
}
