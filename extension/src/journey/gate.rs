//! Owns the gate of a stage: required milestones that are neither done nor waived hold an account back.

use crate::pg::fault::Fault;
use crate::pg::sql::types::{INT, TEXT, UUID};
use crate::pg::sql::{Kept, Row};
use crate::stages::Stage;
use pgrx::Uuid;
use serde_json::json;

thread_local! {
    static OPEN_IN_STAGE: Kept = const { Kept::new(include_str!("sql/open_in_stage.sql"), &[UUID, UUID, UUID]) };
    static OPEN_BEFORE_SIDE_STAGE: Kept = const { Kept::new(include_str!("sql/open_before_side_stage.sql"), &[UUID, UUID, INT]) };
    static STAGE_BEFORE: Kept = const { Kept::new(include_str!("sql/stage_before.sql"), &[UUID, UUID, TEXT]) };
}

/// A required milestone that is open for an account.
#[derive(Debug)]
pub struct OpenMilestone {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub title: String,
}

/// The milestones that hold an account back from a move. Only moves forward on the main line are ever held: from a side
/// stage, those forward of the main stage before it.
pub fn find_open(
    tenant: Uuid,
    account: Uuid,
    from: &Stage,
    to: &Stage,
) -> Result<Vec<OpenMilestone>, Fault> {
    let read_milestone = |row: &Row<'_>| {
        Ok(OpenMilestone {
            id: row.need("id")?,
            title: row.need("title")?,
        })
    };
    if !to.is_main() {
        return Ok(Vec::new());
    }
    if !from.is_main() {
        let arguments = [tenant.into(), account.into(), to.display_order.into()];
        return OPEN_BEFORE_SIDE_STAGE.with(|query| query.read(&arguments, read_milestone));
    }
    if to.display_order <= from.display_order {
        return Ok(Vec::new());
    }
    let arguments = [tenant.into(), account.into(), from.id.into()];
    OPEN_IN_STAGE.with(|query| query.read(&arguments, read_milestone))
}

/// Refuses a move that these milestones hold back (55000).
pub fn require_none_open(open: &[OpenMilestone], to: &Stage) -> Result<(), Fault> {
    if open.is_empty() {
        return Ok(());
    }
    let titles = open.iter().map(|it| it.title.as_str()).collect::<Vec<_>>();
    let listed = open
        .iter()
        .map(|it| json!({ "id": it.id.to_string(), "title": it.title }));
    Err(Fault::held(
        format!(
            "these milestones must be done or waived before \"{}\": {}",
            to.name,
            titles.join(", ")
        ),
        listed.collect(),
    )
    .hint("Complete them with complete_milestone, or give move_account_stage a waive_reason."))
}

/// The last stage an account was in before its current one that is still in use and not the end.
pub fn find_stage_before(
    tenant: Uuid,
    account: Uuid,
    current: &str,
) -> Result<Option<String>, Fault> {
    let arguments = [tenant.into(), account.into(), current.into()];
    STAGE_BEFORE.with(|query| query.first(&arguments, |row| row.need("name")))
}
