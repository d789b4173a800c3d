//! Owns the sample data: the tenant, people, accounts and playbooks that a first look needs. Called, never installed.

use crate::fault::{Fault, OrRaise};
use crate::section::{Pinned, require_superuser};
use crate::sql;
use crate::webhooks::address::Endpoint;
use pgrx::prelude::*;

const PASSWORD: &str = "password123";
const BCRYPT_COST: u32 = 12;

#[pg_extern]
fn load_sample_data(receiver: default!(&str, "'http://localhost:5678'")
) {
    let _pinned = Pinned::enter();
    load(receiver).or_raise();
}

fn load(receiver: &str) -> Result<(), Fault> {
    require_superuser("load the sample data")?;
    let receiver = receiver.trim_end_matches('/');
    Endpoint::parse(receiver).map_err(|why| Fault::invalid("receiver", why))?;
    if !sql::read(
        "select from cs.tenants where slug = 'acme'",
        &[],
        |_| Ok(()),
    )?
    .is_empty()
    {
        return Err(Fault::taken(
            "there is a tenant acme already, so the sample data is not loaded",
        )
        .hint("Load it into a database of its own."));
    }
    let hash =
        bcrypt::hash(PASSWORD, BCRYPT_COST).map_err(|error| Fault::internal(error.to_string()))?;
    sql::run(include_str!("sample/people.sql"), &[hash.into()])?;
    sql::run(include_str!("sample/accounts.sql"), &[])?;
    sql::run(include_str!("sample/subsidiary.sql"), &[])?;
    walk()?;
    PAST_SCORES.iter().try_for_each(|it| score(*it))?;
    sql::run(include_str!("sample/playbooks.sql"), &[receiver.into()])?;
    // TechStart slips only now, so each playbook runs once, for TechStart alone.
    move_to(&[TECHSTART], "At Risk")?;
    score((TECHSTART, [25, 30, 45, 40], 35, 0))?;
    sql::run(include_str!("sample/queue.sql"), &[])
}

const CORPORATION: &str = "GT-001";
const EUROPE: &str = "GT-002";
const TECHSTART: &str = "TS-001";

/// Account, components (usage, engagement, support, adoption), overall score, age in days.
type Score = (&'static str, [i32; 4], i32, i32);

const PAST_SCORES: [Score; 6] = [
    (CORPORATION, [82, 80, 78, 80], 80, 45),
    (CORPORATION, [90, 85, 80, 85], 85, 10),
    (EUROPE, [76, 74, 72, 74], 74, 40),
    (EUROPE, [70, 75, 70, 72], 72, 6),
    (TECHSTART, [62, 60, 66, 60], 62, 50),
    (TECHSTART, [44, 46, 52, 50], 48, 14),
];

/// Walks the accounts through their stages and gives each stay its time in the past.
fn walk() -> Result<(), Fault> {
    move_to(&[CORPORATION, EUROPE, TECHSTART], "Adoption")?;
    move_to(&[CORPORATION], "Value Realization")?;
    move_to(&[CORPORATION], "Expansion")?;
    sql::run(include_str!("sample/backdate.sql"), &[])
}

fn move_to(accounts: &[&str], stage: &str) -> Result<(), Fault> {
    sql::run(
        include_str!("sample/move.sql"),
        &[accounts.to_vec().into(), stage.into()],
    )
}

fn score((account, components, overall, days_ago): Score) -> Result<(), Fault> {
    sql::run(
        include_str!("sample/score.sql"),
        &[
            account.into(),
            components.to_vec().into(),
            overall.into(),
            days_ago.into(),
        ],
    )
}
