//! Owns overrides: a score set by a person, with a reason and for a while. The computed one is kept beside it and returns.
use super::engine::refresh::{Occasion, Task, refresh};
use super::moment::{moment, now};
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

/// An override stands so long at most.
const LONGEST: Moment = 90 * DAY;

#[pg_extern]
fn set_health_override(
    account_id: Option<Uuid>,
    score: Option<i32>,
    reason: default!(Option<&str>, "null"),
    until: default!(Option<TimestampWithTimeZone>, "null"),
) -> Option<JsonB> {
    let _pinned = Pinned::enter();
    overrule(
        account_id,
        score,
        reason,
        until.map(TimestampWithTimeZone::into_inner),
    )
    .or_raise()
}

fn overrule(
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
        check(score, reason, until)?;
    }
    put(tenant, account, score, reason, until)?;
    read_overview(account)
}

fn check(score: i32, reason: Option<&str>, until: Moment) -> Result<(), Fault> {
    check_score("score", score)?;
    if reason.is_none_or(|it| it.trim().is_empty()) {
        return Err(Fault::invalid("reason", "an override needs a reason")
            .hint("Say in a sentence why the computed score misleads."));
    }
    if until <= now() || until > now() + LONGEST {
        return Err(
            Fault::invalid("until", "an override ends in the future, within 90 days")
                .hint("Leave until out to mean 90 days; set it again when it has ended."),
        );
    }
    Ok(())
}

fn put(
    tenant: Uuid,
    account: Uuid,
    score: Option<i32>,
    reason: Option<&str>,
    until: Moment,
) -> Result<(), Fault> {
    let by = identity::current().user;
    let _section = System::enter();
    let status = sql::write(
        "select status::text from cs.accounts where tenant_id = $1 and id = $2 for no key update",
        &[tenant.into(), account.into()],
        |row| row.need::<String>("status"),
    )?;
    if status.first().is_some_and(|status| status == "Churned") {
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
                moment(until)?.into(),
            ],
        )?,
        _ if ended == 0 => return Ok(()),
        _ => {}
    }
    refresh(&Task {
        tenant,
        only: Some(&[account]),
        as_of: now(),
        created_at: None,
        waits: true,
        occasion: Occasion::Overruled,
    })
    .map(drop)
}
