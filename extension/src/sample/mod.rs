//! Owns the sample data: the tenant, people, accounts, what they did and the playbooks that a first look needs. Called,
//! never installed.
//!
//! Only usage is made up; every score is computed from it, at moments of the past and at last for now.

use crate::health::engine::refresh::record_scores_as_of;
use crate::pg::fault::{Fault, OrRaise, within};
use crate::pg::section::{Pinned, require_superuser};
use crate::pg::sql;
use crate::webhooks::address::Endpoint;
use pgrx::Uuid;
use pgrx::datum::DatumWithOid;
use pgrx::prelude::*;

const PASSWORD: &str = "password123";
const BCRYPT_COST: u32 = 12;

/// The accounts of the demo, which are there at any size.
const FEWEST: i32 = 3;
const MOST: i32 = 100_000;

/// Up to so many accounts the past is scored closely.
const FEW: i32 = 50;

#[pg_extern]
fn load_sample_data(
    receiver: default!(&str, "'http://localhost:5678'"),
    accounts: default!(i32, 3),
) {
    let _pinned = Pinned::enter();
    load(receiver, accounts).or_raise();
}

fn load(receiver: &str, accounts: i32) -> Result<(), Fault> {
    require_superuser("load the sample data")?;
    let receiver = receiver.trim_end_matches('/');
    Endpoint::parse(receiver).map_err(|why| Fault::invalid("receiver", why))?;
    within("accounts", accounts, FEWEST..=MOST)?;
    if tenant()?.is_some() {
        return Err(Fault::taken(
            "there is a tenant acme already, so the sample data is not loaded",
        )
        .hint("Load it into a database of its own."));
    }
    let tenant = people()?;
    the_three()?;
    if accounts > FEWEST {
        the_crowd(accounts)?;
    }
    score_the_past(tenant, accounts)?;
    if accounts > FEWEST {
        sql::run(include_str!("sql/crowd_status.sql"), &[])?;
        sql::run(include_str!("sql/crowd_lost.sql"), &[])?;
        sql::run(include_str!("sql/crowd_arr.sql"), &[])?;
    }
    sql::run(include_str!("sql/playbooks.sql"), &[receiver.into()])?;
    // TechStart slips only now, so each playbook runs once, for TechStart alone.
    move_to(&[TECHSTART], "At Risk")?;
    sql::run(include_str!("sql/escalation.sql"), &[])?;
    record_scores("select now() as moment", &[], tenant)?;
    // All of it is computed for today; nothing is left for the worker.
    sql::run(
        "delete from cs.health_dirty where tenant_id = $1",
        &[tenant.into()],
    )?;
    sql::run(
        "insert into cs.health_passes (tenant_id, passed_on) values ($1, (now() at time zone 'UTC')::date)
         on conflict (tenant_id) do update set passed_on = excluded.passed_on",
        &[tenant.into()],
    )?;
    sql::run(include_str!("sql/queue.sql"), &[])?;
    around_the_three()
}

fn tenant() -> Result<Option<Uuid>, Fault> {
    let found = sql::first(
        "select id from cs.tenants where slug = 'acme'",
        &[],
        |row| row.need("id"),
    )?;
    Ok(found)
}

/// The tenant, with its two people.
fn people() -> Result<Uuid, Fault> {
    let hash =
        bcrypt::hash(PASSWORD, BCRYPT_COST).map_err(|error| Fault::internal(error.to_string()))?;
    sql::run(include_str!("sql/people.sql"), &[hash.into()])?;
    tenant()?.ok_or_else(|| Fault::internal("the sample's tenant was not made"))
}

const CORPORATION: &str = "GT-001";
const EUROPE: &str = "GT-002";
const TECHSTART: &str = "TS-001";

fn the_three() -> Result<(), Fault> {
    sql::run(include_str!("sql/custom_fields.sql"), &[])?;
    sql::run(include_str!("sql/accounts.sql"), &[])?;
    sql::run(include_str!("sql/subsidiary.sql"), &[])?;
    move_to(&[CORPORATION, EUROPE, TECHSTART], "Adoption")?;
    move_to(&[CORPORATION], "Value Realization")?;
    move_to(&[CORPORATION], "Expansion")?;
    move_to(&[EUROPE], "At Risk")?;
    move_to(&[EUROPE], "Adoption")?;
    sql::run(include_str!("sql/backdate.sql"), &[])?;
    sql::run(include_str!("sql/arr.sql"), &[])?;
    sql::run(include_str!("sql/usage.sql"), &[])?;
    sql::run(
        concat!(
            include_str!("sql/tickets.sql"),
            include_str!("sql/ticket_rows.sql")
        ),
        &[],
    )
}

/// What people know of the three and do about them. Milestones come after all moves, and hold back none of them.
fn around_the_three() -> Result<(), Fault> {
    let told = [
        include_str!("sql/contacts.sql"),
        include_str!("sql/activities.sql"),
        include_str!("sql/milestones.sql"),
        include_str!("sql/reached.sql"),
        include_str!("sql/view.sql"),
    ];
    told.iter().try_for_each(|it| sql::run(it, &[]))
}

fn move_to(accounts: &[&str], stage: &str) -> Result<(), Fault> {
    sql::run(
        include_str!("sql/move.sql"),
        &[accounts.to_vec().into(), stage.into()],
    )
}

fn the_crowd(accounts: i32) -> Result<(), Fault> {
    sql::run(include_str!("sql/crowd.sql"), &[accounts.into()])?;
    for children in [false, true] {
        sql::run(include_str!("sql/crowd_accounts.sql"), &[children.into()])?;
    }
    sql::run(include_str!("sql/crowd_stages.sql"), &[])?;
    sql::run(include_str!("sql/crowd_usage.sql"), &[])?;
    sql::run(
        concat!(
            include_str!("sql/crowd_tickets.sql"),
            include_str!("sql/ticket_rows.sql")
        ),
        &[],
    )?;
    // What is new in this transaction has no statistics yet, and the scores read all of it.
    sql::run("analyze cs.accounts, cs.usage_metrics", &[])
}

/// Scores half a year: few accounts every third day, many every thirtieth.
fn score_the_past(tenant: Uuid, accounts: i32) -> Result<(), Fault> {
    let (oldest, every) = if accounts <= FEW { (178, 3) } else { (151, 30) };
    record_scores(
        include_str!("sql/moments.sql"),
        &[oldest.into(), every.into()],
        tenant,
    )
}

/// Records the tenant's scores as of the moments that a query gives, in their order.
fn record_scores(query: &str, arguments: &[DatumWithOid<'_>], tenant: Uuid) -> Result<(), Fault> {
    let moments = sql::read(query, arguments, |row| row.need("moment"))?;
    moments
        .into_iter()
        .try_for_each(|moment| record_scores_as_of(tenant, moment))
}
