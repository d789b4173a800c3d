//! Owns the gate of a stage: required milestones that are neither done nor waived hold an account back.

use crate::pg::configuration_cache::ConfigurationCache;
use crate::pg::fault::Fault;
use crate::pg::section::System;
use crate::pg::sql::types::{INT, TEXT, UUID};
use crate::pg::sql::{Kept, Row};
use crate::stages::{self, Stage};
use pgrx::Uuid;
use serde_json::json;
use std::collections::HashSet;

thread_local! {
    static REQUIRED_IN_STAGE: Kept = const { Kept::new(include_str!("sql/required_in_stage.sql"), &[UUID, UUID]) };
    static DONE_OR_WAIVED: Kept = const {
        Kept::new("select milestone_id from cs.account_milestones where tenant_id = $1 and account_id = $2", &[UUID, UUID])
    };
    /// The milestones that a stage requires, by tenant and stage.
    static REQUIRED: ConfigurationCache<(Uuid, Uuid), Vec<OpenMilestone>> = ConfigurationCache::new(&[c"stage_milestones"]);
    static OPEN_IN_STAGE: Kept = const { Kept::new(include_str!("sql/open_in_stage.sql"), &[UUID, UUID, UUID]) };
    static OPEN_BEFORE_SIDE_STAGE: Kept = const { Kept::new(include_str!("sql/open_before_side_stage.sql"), &[UUID, UUID, INT]) };
    static STAGE_BEFORE: Kept = const { Kept::new(include_str!("sql/stage_before.sql"), &[UUID, UUID, TEXT]) };
}

/// A required milestone that is open for an account.
#[derive(Debug, Clone)]
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
    if !stages::may_read_stages(tenant) {
        let arguments = [tenant.into(), account.into(), from.id.into()];
        return OPEN_IN_STAGE.with(|query| query.read(&arguments, read_milestone));
    }
    let required = REQUIRED.with(|it| {
        it.get_or_read((tenant, from.id), || {
            let _section = System::enter();
            REQUIRED_IN_STAGE
                .with(|query| query.read(&[tenant.into(), from.id.into()], read_milestone))
        })
    })?;
    if required.is_empty() {
        return Ok(Vec::new());
    }
    let done = DONE_OR_WAIVED.with(|query| {
        query.read(&[tenant.into(), account.into()], |row| {
            row.need::<Uuid>("milestone_id")
        })
    })?;
    let done = done.into_iter().collect::<HashSet<_>>();
    let open = required.iter().filter(|it| !done.contains(&it.id));
    Ok(open.cloned().collect())
}

fn read_milestone(row: &Row<'_>) -> Result<OpenMilestone, Fault> {
    Ok(OpenMilestone {
        id: row.need("id")?,
        title: row.need("title")?,
    })
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
