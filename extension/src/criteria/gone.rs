//! Owns what criteria name that is gone: stages, members and custom fields. Such criteria work on, but find nothing by it. With
//! the caller's rights.

use super::custom_conditions::{self, DefinedFields};
use super::field_kind::FieldKind;
use super::flaw::what_is_gone;
use super::name_resolution::Names;
use super::parser::parse;
use super::tree::Criteria;
use crate::identity;
use crate::people::{FoundMember, FoundMembers, find_members};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::stages::Stages;
use pgrx::Uuid;
use pgrx::prelude::*;

#[pg_extern(stable)]
fn criteria_problem(criteria: Option<JsonText>) -> Option<String> {
    let (tenant, _) = identity::current().membership?;
    let criteria = criteria.and_then(|it| it.read())?;
    let _pinned = Pinned::enter();
    // What cannot be read is refused where it is used.
    let criteria = parse("", &criteria).ok()?;
    find_gone(tenant, &criteria).or_raise()
}

/// The first stage, member or custom field of criteria that is gone, and what to do, as a sentence; `None`: nothing is.
pub fn find_gone(tenant: Uuid, criteria: &Criteria) -> Result<Option<String>, Fault> {
    let custom = DefinedFields::of(Some(tenant), criteria)?;
    let names = Names::of(criteria, &|field| custom.kind(field));
    if let Some(gone) = find_gone_stage(tenant, &names)? {
        return Ok(Some(gone));
    }
    let members: Vec<_> = names.members.iter().copied().collect();
    let found = find_members(tenant, &members)?;
    match members.iter().find_map(|it| gone_member(&found, it)) {
        None => find_archived_field(tenant, criteria),
        gone => Ok(gone),
    }
}

fn find_gone_stage(tenant: Uuid, names: &Names<'_>) -> Result<Option<String>, Fault> {
    if names.stages.is_empty() {
        return Ok(None);
    }
    let stages = Stages::of(tenant)?;
    let gone = |given: &&str| match stages.find(given) {
        None => Some(what_is_gone(FieldKind::Stage)),
        Some(stage) if !stage.is_active => Some(format!(
            "the stage \"{}\" is no longer in use: choose another one",
            stage.name
        )),
        Some(_) => None,
    };
    Ok(names.stages.iter().find_map(gone))
}

fn gone_member(found: &FoundMembers, given: &str) -> Option<String> {
    match found.get(given) {
        None => Some(what_is_gone(FieldKind::Member)),
        Some(FoundMember::Exact {
            is_active: false, ..
        }) => Some(
            "a member who is named here no longer works in this tenant: choose another one"
                .to_owned(),
        ),
        Some(_) => None,
    }
}

fn find_archived_field(tenant: Uuid, criteria: &Criteria) -> Result<Option<String>, Fault> {
    let fields = criteria.fields();
    let keys: Vec<_> = fields
        .into_iter()
        .filter_map(custom_conditions::key)
        .cloned()
        .collect();
    if keys.is_empty() {
        return Ok(None);
    }
    let archived = sql::first(
        "select label from cs.custom_fields
         where tenant_id = $1 and key = any ($2) and not is_active order by display_order, key limit 1",
        &[tenant.into(), keys.into()],
        |row| row.need::<String>("label"),
    )?;
    Ok(archived.map(|label| {
        format!("the field \"{label}\" is archived: bring it back, or take the condition out")
    }))
}
