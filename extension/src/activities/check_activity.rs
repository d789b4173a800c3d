//! Owns what is true of every activity before it is written, and who may change one, and for how long.

use crate::accounts::is_merging;
use crate::identity::{self, Action};
use crate::pg::fault::Fault;
use crate::pg::section::{caller_is_narrowed, inside_system};
use crate::pg::sql::types::TEXT;
use crate::pg::sql::{self, Kept};
use crate::pg::trigger_row::{self, Outcome, TriggerRow};
use pgrx::PgTrigger;
use pgrx::prelude::*;

const KINDS: [&str; 5] = ["call", "email", "meeting", "note", "task"];
/// Characters of a body.
const LONGEST_BODY: usize = 20_000;

thread_local! {
    static TIMES: Kept = const { Kept::new(include_str!("sql/activity_times.sql"), &[TEXT, TEXT, TEXT]) };
}

/// The times of an activity, compared with now.
struct ActivityTimes {
    is_finite: bool,
    is_ahead: bool,
    is_done_ahead: bool,
    is_old: bool,
}

/// BEFORE INSERT OR UPDATE on activities.
#[pg_trigger]
fn tg_activities__check<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::before_row(trigger, |new, old| {
        if old.is_some() && is_merging() {
            return Ok(());
        }
        let times = compare_times(new)?;
        if let Some(old) = old {
            require_right(new, old, &times)?;
            let fixed = ["tenant_id", "id", "account_id", "created_at"];
            new.keep(old, &fixed, "an activity")?;
            new.set("updated_at", Some("now"))?;
        }
        check_values(new, &times)?;
        check_assignee(new, old)
    })
}

fn compare_times(row: &TriggerRow) -> Result<ActivityTimes, Fault> {
    let arguments = [
        row.need("at")?.into(),
        row.get("done_at")?.into(),
        row.get("created_at")?.into(),
    ];
    let times = TIMES.with(|query| {
        query.first(&arguments, |row| {
            Ok(ActivityTimes {
                is_finite: row.need("is_finite")?,
                is_ahead: row.need("is_ahead")?,
                is_done_ahead: row.need("is_done_ahead")?,
                is_old: row.need("is_old")?,
            })
        })
    })?;
    times.ok_or_else(|| Fault::internal("the times of an activity cannot be compared"))
}

/// Anyone who may log activities may complete a task; everything else may be changed by its author for a while, and by a
/// Tenant Admin at any time.
fn require_right(new: &TriggerRow, old: &TriggerRow, times: &ActivityTimes) -> Result<(), Fault> {
    if !caller_is_narrowed() || inside_system() {
        return Ok(());
    }
    let mut edited = false;
    for column in ["kind", "body", "at", "assigned_to"] {
        edited |= new.get(column)? != old.get(column)?;
    }
    // Completing a task does not open again one that is done.
    edited |= old.get("done_at")?.is_some() && new.get("done_at")? != old.get("done_at")?;
    if !edited || identity::tenant_if_allowed(Action::ActivityEdit).is_some() {
        return Ok(());
    }
    let caller = identity::current().user.map(|user| user.to_string());
    match (
        caller.is_some() && caller == old.get("created_by")?,
        times.is_old,
    ) {
        (true, false) => Ok(()),
        (true, true) => Err(Fault::forbidden(
            "15 minutes after it was written only a Tenant Admin may change an activity",
        )),
        (false, _) => Err(Fault::forbidden(
            "only its author or a Tenant Admin may change an activity",
        )),
    }
}

fn check_values(new: &TriggerRow, times: &ActivityTimes) -> Result<(), Fault> {
    let kind = new.need("kind")?;
    if !KINDS.contains(&kind.as_str()) {
        return Err(
            Fault::invalid("kind", format!("there is no kind of activity \"{kind}\""))
                .hint("Kinds are call, email, meeting, note and task."),
        );
    }
    let body = new.need("body")?;
    if cs_text::trim(&body).is_empty() || body.chars().count() > LONGEST_BODY {
        return Err(Fault::invalid(
            "body",
            format!("an activity needs a body of at most {LONGEST_BODY} characters"),
        ));
    }
    let is_task = kind == "task";
    if !times.is_finite || (times.is_ahead && !is_task) {
        return Err(Fault::invalid("at", "at must be in the past")
            .hint("Only the at of a task may be in the future: it is when the task is due."));
    }
    for column in ["assigned_to", "done_at"] {
        if !is_task && new.get(column)?.is_some() {
            let message = format!("only a task has {column}, but this activity is of kind {kind}");
            return Err(Fault::invalid(column, message));
        }
    }
    if times.is_done_ahead {
        return Err(Fault::invalid(
            "done_at",
            "a task cannot have been done in the future",
        ));
    }
    Ok(())
}

/// An active colleague; one who was assigned while active may stay.
fn check_assignee(new: &TriggerRow, old: Option<&TriggerRow>) -> Result<(), Fault> {
    let assigned = new.get("assigned_to")?;
    let before = old.map_or(Ok(None), |old| old.get("assigned_to"))?;
    if assigned.is_none() || assigned == before {
        return Ok(());
    }
    let is_colleague = sql::exists(
        "select from cs.profiles where tenant_id = $1 and user_id = $2 and is_active",
        &[new.id("tenant_id")?.into(), new.id("assigned_to")?.into()],
    )?;
    match is_colleague {
        true => Ok(()),
        false => Err(Fault::no_such("member")),
    }
}
