//! Owns the way from criteria to the accounts that meet them: one statement under the row security around it.

use super::account_query::{Bound, Query};
use super::custom_conditions;
use super::flaw::first_fault;
use super::name_resolution::{UnknownId, has_names, resolve_names};
use super::parser::parse;
use super::tree::Criteria;
use crate::identity;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::stream::{Argument, Sight, stream_with};
use pgrx::Uuid;
use pgrx::iter::SetOfIterator;
use pgrx::prelude::*;
use serde_json::Value as Json;

/// The accounts that meet stored criteria: of one tenant, or of all that the caller sees; among these ids, or all.
/// Row security is that of the section it runs in. Stored criteria work on, whatever has become of the custom fields they
/// are about. Errors: 22023 with the path of the flaw, below `criteria`.
pub fn find_matching(
    tenant: Option<Uuid>,
    criteria: &Json,
    among: Option<&[Uuid]>,
) -> Result<Vec<Uuid>, Fault> {
    let criteria = read_criteria(tenant, criteria, Origin::Stored)?;
    find_accounts(tenant, &criteria, among, Sight::Transaction)
}

#[pg_extern(stable)]
fn matching_accounts(criteria: default!(Option<JsonText>, "null")) -> SetOfIterator<'static, Uuid> {
    let _pinned = Pinned::enter();
    let criteria = read_caller_criteria(criteria.as_ref()).or_raise();
    SetOfIterator::new(find_accounts(None, &criteria, None, Sight::Statement).or_raise())
}

#[pg_extern(immutable, strict, parallel_safe)]
fn criteria_fold(value: &str) -> String {
    super::value::fold(value)
}

/// Reads criteria that a caller gave; NULL is met by every account. Errors: 22023 with the path of the flaw.
pub fn read_caller_criteria(criteria: Option<&JsonText>) -> Result<Criteria, Fault> {
    let Some(criteria) = criteria else {
        return Ok(Criteria::All(Vec::new()));
    };
    let json = criteria.need("criteria")?;
    read_criteria(None, &json, Origin::Caller)
}

/// Where criteria come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// Their names were resolved, and their conditions checked, when they were stored.
    Stored,
    /// The caller gives them now.
    Caller,
}

/// Reads criteria, names resolved in this tenant or the caller's.
fn read_criteria(tenant: Option<Uuid>, criteria: &Json, origin: Origin) -> Result<Criteria, Fault> {
    const AT: &str = "criteria";
    let mut criteria = parse(AT, criteria).map_err(|flaws| first_fault(&flaws))?;
    let may_be_custom = || {
        let mut fields = criteria.fields().into_iter();
        fields.any(|field| custom_conditions::key(field).is_some())
    };
    // An id needs no look-up: where nothing has it any more, nothing is found.
    if has_names(&criteria) || origin == Origin::Caller && may_be_custom() {
        let tenant = tenant.or_else(|| identity::current().membership.map(|(tenant, _)| tenant));
        let flaws = resolve_names(tenant, AT, &mut criteria, UnknownId::Kept)?;
        if !flaws.is_empty() {
            return Err(first_fault(&flaws));
        }
    }
    Ok(criteria)
}

/// The accounts that meet criteria.
fn find_accounts(
    tenant: Option<Uuid>,
    criteria: &Criteria,
    among: Option<&[Uuid]>,
    sight: Sight,
) -> Result<Vec<Uuid>, Fault> {
    let mut query = Query::default();
    let filter = filter(&mut query, tenant, criteria, among);
    let text = format!("select account.id\n{}\nwhere {filter}", query.from());
    let mut found = Vec::new();
    stream_with(sight, &text, &arguments(query.bound), &mut |slot| {
        found.extend(slot.uuid(0));
    })?;
    Ok(found)
}

/// The SQL condition of criteria within a tenant and among some accounts.
pub fn filter(
    query: &mut Query,
    tenant: Option<Uuid>,
    criteria: &Criteria,
    among: Option<&[Uuid]>,
) -> String {
    let mut filter = query.condition(criteria);
    if let Some(tenant) = tenant {
        let tenant = query.bind(Bound::Id(tenant));
        filter = format!("account.tenant_id = {tenant} and {filter}");
    }
    if let Some(among) = among {
        let among = query.bind(Bound::Ids(among.to_vec()));
        filter = format!("account.id = any ({among}) and {filter}");
    }
    filter
}

/// The bound values as a query takes them.
pub fn arguments(bound: Vec<Bound>) -> Vec<Argument> {
    let argument = |value| match value {
        Bound::Text(text) => Argument::new(text),
        Bound::Texts(texts) => Argument::new(texts),
        Bound::Id(id) => Argument::new(id),
        Bound::Ids(ids) => Argument::new(ids),
    };
    bound.into_iter().map(argument).collect()
}
