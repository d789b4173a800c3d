//! Owns overrides: a score set by a person, with a reason and for a while. The computed one is kept with it and
//! returns.

use super::engine::refresh::{RefreshReason, RefreshRequest, refresh_scores};
use super::moment::{now, to_timestamp};
use super::score::band::check_score;
use super::score::clock::{DAY, Moment};
use crate::identity::visible_account::{read_overview, require_visible_account};
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{Pinned, System};
use crate::pg::sql;
use pgrx::datum::TimestampWithTimeZone;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

/// The longest that an override can last, in days.
const MOST_DAYS: i64 = 90;
const LONGEST: Moment = MOST_DAYS * DAY;

#[pg_extern]
fn set_health_override(
    account_id: Option<Uuid>,
    score: Option<i32>,
    reason: default!(Option<&str>, "null"),
    until: default!(Option<TimestampWithTimeZone>, "null"),
) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    change_override(
        account_id,
        score,
        reason,
        until.map(TimestampWithTimeZone::into_inner),
    )
    .or_raise()
}

/// Sets an override, or ends it where there is no score; returns the account as the list of accounts shows it.
fn change_override(
    account: Option<Uuid>,
    score: Option<i32>,
    reason: Option<&str>,
    until: Option<Moment>,
) -> Result<Option<JsonB>, Fault> {
    let account = account.ok_or_else(|| Fault::no_such("account"))?;
    let tenant = require_visible_account(account)?;
    identity::require(Action::ScoreOverride, tenant)?;
    let until = until.unwrap_or(now() + LONGEST);
    if let Some(score) = score {
        check_override(score, reason, until)?;
    }
    write_override(tenant, account, score, reason, until)?;
    read_overview(account)
}

fn check_override(score: i32, reason: Option<&str>, until: Moment) -> Result<(), Fault> {
    check_score("score", score)?;
    if reason.is_none_or(|it| cs_text::trim(it).is_empty()) {
        return Err(Fault::invalid("reason", "an override needs a reason")
            .hint("Say in a sentence why the computed score misleads."));
    }
    if until <= now() || until > now() + LONGEST {
        return Err(Fault::invalid(
            "until",
            format!("an override must end in the future, within {MOST_DAYS} days"),
        )
        .hint(format!(
            "Leave until out to mean {MOST_DAYS} days; set the override again when it has ended."
        )));
    }
    Ok(())
}

fn write_override(
    tenant: Uuid,
    account: Uuid,
    score: Option<i32>,
    reason: Option<&str>,
    until: Moment,
) -> Result<(), Fault> {
    let by = identity::current().user;
    let _section = System::enter();
    let is_churned = sql::write_first(
        "select status = 'Churned' as it from cs.accounts where tenant_id = $1 and id = $2 for no key update",
        &[tenant.into(), account.into()],
        |row| row.need::<bool>("it"),
    )?;
    if is_churned == Some(true) {
        return Err(
            Fault::invalid("account_id", "the score of a lost customer is frozen")
                .hint("Set the account's status to Active first."),
        );
    }
    let ended = sql::count(
        include_str!("sql/end_override.sql"),
        &[tenant.into(), account.into(), by.into()],
    )?;
    match (score, reason) {
        (Some(score), Some(reason)) => sql::run(
            include_str!("sql/set_override.sql"),
            &[
                tenant.into(),
                account.into(),
                score.into(),
                reason.into(),
                by.into(),
                to_timestamp(until)?.into(),
            ],
        )?,
        _ if ended == 0 => return Ok(()),
        _ => {}
    }
    let reason = RefreshReason::Override;
    refresh_scores(&RefreshRequest::as_of_now(tenant, Some(&[account]), reason)).map(drop)
}

/// The tenants with overrides whose time is over.
pub fn find_expired_overrides() -> Result<Vec<Uuid>, Fault> {
    let _section = System::enter();
    sql::read(
        "select distinct tenant_id from cs.health_overrides where ended_at is null and until <= now()",
        &[],
        |row| row.need("tenant_id"),
    )
}

/// Ends a tenant's overrides whose time is over, but for those that another transaction is writing, and marks their accounts. In
/// a transaction.
pub fn end_expired_overrides(tenant: Uuid) -> Result<(), Fault> {
    let _section = System::enter();
    sql::run(
        include_str!("sql/end_expired_overrides.sql"),
        &[tenant.into()],
    )
}
