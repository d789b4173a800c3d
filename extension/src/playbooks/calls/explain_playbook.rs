//! Owns the answer to "why did it run, or not, for this account".

use super::overview::require_visible;
use crate::health::clock_now;
use crate::identity::visible_account::require_visible_account;
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use crate::playbooks::past::{ExplanationStep, explain};
use crate::playbooks::playbook::read_playbook;
use pgrx::Uuid;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;

type Row = (
    i32,
    String,
    Option<String>,
    Option<String>,
    Option<bool>,
    Option<String>,
);

#[pg_extern]
fn explain_playbook(
    playbook_id: Option<Uuid>,
    account_id: Option<Uuid>,
) -> TableIterator<
    'static,
    (
        name!(step, i32),
        name!(what, String),
        name!(wanted, Option<String>),
        name!(value, Option<String>),
        name!(passed, Option<bool>),
        name!(note, Option<String>),
    ),
> {
    let _pinned = Pinned::enter();
    TableIterator::new(find_reasons(playbook_id, account_id).or_raise())
}

fn find_reasons(playbook: Option<Uuid>, account: Option<Uuid>) -> Result<Vec<Row>, Fault> {
    let (tenant, id) = require_visible(playbook)?;
    let account = account.ok_or_else(|| Fault::no_such("account"))?;
    if require_visible_account(account)? != tenant {
        return Err(Fault::no_such("account"));
    }
    identity::require(Action::PlaybookRead, tenant)?;
    let _section = System::enter();
    let playbook = read_playbook(tenant, id)?.ok_or_else(|| {
        Fault::invalid("playbook_id", "this playbook cannot be read")
            .hint("See its problem in playbook_overview.")
    })?;
    let steps = explain(&playbook, account, why_idle(tenant, id)?, clock_now())?;
    let row = |(number, it): (i32, ExplanationStep)| {
        (number, it.what, it.wanted, it.value, it.passed, it.note)
    };
    Ok((1..).zip(steps).map(row).collect())
}

/// Why a playbook waits for nothing now; `None` where it waits.
fn why_idle(tenant: Uuid, id: Uuid) -> Result<Option<String>, Fault> {
    sql::one(
        "select case when not is_active then 'not active' when paused_at is not null then 'paused' end as idle
         from cs.playbooks where tenant_id = $1 and id = $2",
        &[tenant.into(), id.into()],
        |row| row.maybe::<String>("idle"),
    )
}
