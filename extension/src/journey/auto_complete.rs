//! Owns the milestones that complete themselves: asked about by whatever may have made their criteria true of an account.
//!
//! Criteria are asked once per milestone for all accounts concerned. What is done stays done. The gate itself knows nothing
//! of this, it looks at what is settled; who comes to a gate that is shut is asked about once more.

use super::gate;
use crate::criteria;
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

/// The milestones that may be reached, narrowed by a condition over $2.
macro_rules! reachable {
    ($condition:literal) => {
        concat!(
            include_str!("sql/reachable.sql"),
            $condition,
            "\ngroup by milestone.id, milestone.criteria\norder by milestone.id"
        )
    };
}

const FOR_ACCOUNTS: &str = reachable!("and account.id = any ($2)");
const OF_MILESTONES: &str = reachable!("and milestone.id = any ($2)");

// Each of these is one look at an index that holds nothing but active milestones with criteria: all that a statement pays
// in a tenant without any.
thread_local! {
    static WRITTEN: Kept = const { Kept::new(include_str!("sql/reach_accounts.sql"), &[]) };
    static SCORED: Kept = const { Kept::new(include_str!("sql/reach_scores.sql"), &[]) };
    static SAVED: Kept = const { Kept::new(include_str!("sql/reach_milestones.sql"), &[]) };
    static OPEN: Kept = const { Kept::new(FOR_ACCOUNTS, &[UUID, UUIDS]) };
}

/// Up to this many accounts a plan made for one is good for all of them.
const FEW: usize = 10;

/// AFTER INSERT and AFTER UPDATE STATEMENT on accounts, over `new_rows`; behind the history of the same statement.
#[pg_trigger]
fn tg_accounts__auto_complete<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let _section = System::enter();
        each_tenant(trigger, &WRITTEN, reach)
    })
}

/// AFTER INSERT STATEMENT on health_scores, over `new_rows`.
#[pg_trigger]
fn tg_health_scores__auto_complete<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let _section = System::enter();
        each_tenant(trigger, &SCORED, reach)
    })
}

/// AFTER INSERT and AFTER UPDATE STATEMENT on stage_milestones, over `new_rows`: all accounts in their stages are asked about.
#[pg_trigger]
fn tg_stage_milestones__auto_complete<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let _section = System::enter();
        each_tenant(trigger, &SAVED, |tenant, milestones| {
            let open = sql::write(
                OF_MILESTONES,
                &[tenant.into(), milestones.to_vec().into()],
                open,
            )?;
            complete(tenant, &open).map(drop)
        })
    })
}

/// Does something with the ids that concern each tenant, of those in the statement's transition table.
fn each_tenant(
    trigger: &PgTrigger<'_>,
    concerned: &'static LocalKey<Kept>,
    body: impl Fn(Uuid, &[Uuid]) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let found = transition_tables::with_tables(trigger, |client| {
        concerned.with(|it| {
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
struct Open {
    milestone: Uuid,
    criteria: Value,
    accounts: Vec<Uuid>,
}

fn open(row: &sql::Row<'_>) -> Result<Open, Fault> {
    Ok(Open {
        milestone: row.need("id")?,
        criteria: row.need::<JsonB>("criteria")?.0,
        accounts: row.need("accounts")?,
    })
}

/// Completes the milestones of their present stages that these accounts of a tenant have reached by now. In a system section.
pub fn reach(tenant: Uuid, accounts: &[Uuid]) -> Result<(), Fault> {
    let arguments = [tenant.into(), accounts.to_vec().into()];
    // Writing, so that what the present statement has written is seen.
    let open = Spi::connect_mut(|client| match accounts.len() {
        0 => Ok(Vec::new()),
        1..=FEW => OPEN.with(|it| it.write_on(client, &arguments, open)),
        _ => sql::write_on(client, FOR_ACCOUNTS, &arguments, open),
    })?;
    complete(tenant, &open).map(drop)
}

/// What still holds an account back from a move, once those milestones are done that it has reached by now.
pub fn held_still(
    tenant: Uuid,
    account: Uuid,
    from: &Stage,
    to: &Stage,
) -> Result<Vec<gate::Open>, Fault> {
    let mut held = gate::held(tenant, account, from, to)?;
    if held.is_empty() {
        return Ok(held);
    }
    let milestones = held.iter().map(|it| it.id).collect::<Vec<_>>();
    let _section = System::enter();
    let open = sql::write(
        "select id, criteria, array[$3::uuid] as accounts from cs.stage_milestones
         where tenant_id = $1 and id = any ($2) and criteria is not null order by id",
        &[tenant.into(), milestones.into(), account.into()],
        open,
    )?;
    let reached = complete(tenant, &open)?;
    held.retain(|it| !reached.contains(&it.id));
    Ok(held)
}

/// Completes what is reached, and says which milestones that was of. In the order of milestones and accounts, so that two
/// statements of which each asks for all its accounts at once never wait for each other. A move that would be held asks for one
/// account at a time, in the statement's order; the worker, which waits for no lock as long as it takes to find a deadlock, gives
/// way to it.
fn complete(tenant: Uuid, open: &[Open]) -> Result<Vec<Uuid>, Fault> {
    let mut milestones = Vec::new();
    for it in open {
        let reached = criteria::find_matching(Some(tenant), &it.criteria, Some(&it.accounts))?;
        if reached.is_empty() {
            continue;
        }
        sql::run(
            "insert into cs.account_milestones (tenant_id, account_id, milestone_id, state, completed_by)
             select $1, reached.id, $2, 'done', null from unnest($3) as reached (id) order by reached.id
             on conflict do nothing",
            &[tenant.into(), it.milestone.into(), reached.into()],
        )?;
        milestones.push(it.milestone);
    }
    Ok(milestones)
}
