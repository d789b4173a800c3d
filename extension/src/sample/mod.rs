//! Owns the sample data that a first look needs: a tenant, its people, accounts, what they did, and playbooks. Loaded
//! when asked for, never installed.
//!
//! Only usage is made up; every score is computed from it, as of moments in the past and finally as of now.

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

/// The three named accounts of the demo, which are there at any size.
const FEWEST: i32 = 3;
const MOST: i32 = 100_000;

/// Up to this many accounts, the past is scored closely.
const FEW: i32 = 50;

#[pg_extern]
fn load_sample_data(
    receiver: default!(&str, "'http://localhost:5678'"),
    accounts: default!(i32, 3),
) {
    let _pinned = Pinned::enter();
    load_sample(receiver, accounts).or_raise();
}

fn load_sample(receiver: &str, accounts: i32) -> Result<(), Fault> {
    require_superuser("load the sample data")?;
    let receiver = receiver.trim_end_matches('/');
    Endpoint::parse(receiver).map_err(|why| Fault::invalid("receiver", why))?;
    within("accounts", accounts, FEWEST..=MOST)?;
    if find_tenant()?.is_some() {
        return Err(Fault::taken(
            "a tenant \"acme\" already exists, so the sample data is not loaded",
        )
        .hint("Load the sample data into a database of its own."));
    }
    let tenant = load_people()?;
    load_named_accounts()?;
    if accounts > FEWEST {
        load_crowd(accounts)?;
    }
    score_the_past(tenant, accounts)?;
    if accounts > FEWEST {
        sql::run(include_str!("sql/crowd_status.sql"), &[])?;
        sql::run(include_str!("sql/crowd_lost.sql"), &[])?;
        sql::run(include_str!("sql/crowd_arr.sql"), &[])?;
    }
    sql::run(include_str!("sql/playbooks.sql"), &[receiver.into()])?;
    // TechStart slips only now, so that each playbook runs once, for TechStart only.
    move_accounts(&[TECHSTART], "At Risk")?;
    sql::run(include_str!("sql/escalation.sql"), &[])?;
    record_scores("select now() as moment", &[], tenant)?;
    // Everything is computed for today; nothing is left for the worker.
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
    sql::run(include_str!("sql/tries.sql"), &[])?;
    if accounts > FEWEST {
        sql::run(include_str!("sql/crowd_contacts.sql"), &[])?;
        sql::run(include_str!("sql/crowd_activities.sql"), &[])?;
    }
    load_context()
}

fn find_tenant() -> Result<Option<Uuid>, Fault> {
    sql::first(
        "select id from cs.tenants where slug = 'acme'",
        &[],
        |row| row.need("id"),
    )
}

/// The tenant, with its two people.
fn load_people() -> Result<Uuid, Fault> {
    let hash =
        bcrypt::hash(PASSWORD, BCRYPT_COST).map_err(|error| Fault::internal(error.to_string()))?;
    sql::run(include_str!("sql/people.sql"), &[hash.into()])?;
    find_tenant()?.ok_or_else(|| Fault::internal("the sample tenant was not created"))
}

const CORPORATION: &str = "GT-001";
const EUROPE: &str = "GT-002";
const TECHSTART: &str = "TS-001";

fn load_named_accounts() -> Result<(), Fault> {
    sql::run(include_str!("sql/custom_fields.sql"), &[])?;
    sql::run(include_str!("sql/accounts.sql"), &[])?;
    sql::run(include_str!("sql/subsidiary.sql"), &[])?;
    move_accounts(&[CORPORATION, EUROPE, TECHSTART], "Adoption")?;
    move_accounts(&[CORPORATION], "Value Realization")?;
    move_accounts(&[CORPORATION], "Expansion")?;
    move_accounts(&[EUROPE], "At Risk")?;
    move_accounts(&[EUROPE], "Adoption")?;
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

/// Contacts, activities, milestones and a view. Milestones come after all moves, so that they hold none of them back.
fn load_context() -> Result<(), Fault> {
    let statements = [
        include_str!("sql/contacts.sql"),
        include_str!("sql/activities.sql"),
        include_str!("sql/milestones.sql"),
        include_str!("sql/reached.sql"),
        include_str!("sql/view.sql"),
    ];
    statements.iter().try_for_each(|it| sql::run(it, &[]))
}

fn move_accounts(accounts: &[&str], stage: &str) -> Result<(), Fault> {
    sql::run(
        include_str!("sql/move.sql"),
        &[accounts.to_vec().into(), stage.into()],
    )
}

fn load_crowd(accounts: i32) -> Result<(), Fault> {
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
    // The rows of this transaction have no statistics yet, and the scores read all of them.
    sql::run("analyze cs.accounts, cs.usage_metrics", &[])
}

/// Scores half a year: a few accounts every third day, many every thirtieth.
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
