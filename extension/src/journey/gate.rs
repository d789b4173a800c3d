//! Owns what holds an account in its stage: required milestones that are neither done nor waived.

use crate::pg::fault::Fault;
use crate::pg::sql::types::{INT, TEXT, UUID};
use crate::pg::sql::{Kept, Row};
use crate::stages::Stage;
use pgrx::Uuid;
use serde_json::json;

thread_local! {
    static HELD_HERE: Kept = const { Kept::new(include_str!("sql/held_here.sql"), &[UUID, UUID, UUID]) };
    static HELD_BESIDE: Kept = const { Kept::new(include_str!("sql/held_beside.sql"), &[UUID, UUID, INT]) };
    static STAGE_BEFORE: Kept = const { Kept::new(include_str!("sql/stage_before.sql"), &[TEXT, TEXT, TEXT]) };
}

/// A milestone that is still open.
#[derive(Debug)]
pub struct Open {
    pub(super) id: Uuid,
    pub(super) title: String,
}

/// What holds an account back from a move. Only a move forward on the main line is ever held: from a stage beside it, forward
/// of the main stage before that one.
pub fn held(tenant: Uuid, account: Uuid, from: &Stage, to: &Stage) -> Result<Vec<Open>, Fault> {
    let open = |row: &Row<'_>| {
        Ok(Open {
            id: row.need("id")?,
            title: row.need("title")?,
        })
    };
    if !to.is_main() {
        return Ok(Vec::new());
    }
    if !from.is_main() {
        let arguments = [tenant.into(), account.into(), to.display_order.into()];
        return HELD_BESIDE.with(|query| query.read(&arguments, open));
    }
    if to.display_order <= from.display_order {
        return Ok(Vec::new());
    }
    let arguments = [tenant.into(), account.into(), from.id.into()];
    HELD_HERE.with(|query| query.read(&arguments, open))
}

/// Refuses a move that these open milestones hold back.
pub fn require_none(open: &[Open], to: &Stage) -> Result<(), Fault> {
    if open.is_empty() {
        return Ok(());
    }
    let titles = open.iter().map(|it| it.title.as_str()).collect::<Vec<_>>();
    let listed = open
        .iter()
        .map(|it| json!({ "id": it.id.to_string(), "title": it.title }));
    Err(Fault::held(
        format!(
            "before \"{}\" these milestones have to be done or waived: {}",
            to.name,
            titles.join(", ")
        ),
        listed.collect(),
    )
    .hint("Complete them with complete_milestone, or give move_account_stage a waive_reason."))
}

/// The last stage an account was in before this one that is still in use and not the end.
pub fn stage_before(tenant: &str, account: &str, present: &str) -> Result<Option<String>, Fault> {
    let arguments = [tenant.into(), account.into(), present.into()];
    let found = STAGE_BEFORE.with(|query| query.read(&arguments, |row| row.need("name")))?;
    Ok(found.into_iter().next())
}
