//! Owns the way from criteria to the accounts that meet them: one statement under the row security around it.

use super::compile::{Bound, Query};
use super::field::Field;
use super::names::Names;
use super::resolve::{Gone, is_id, settle};
use super::tree::Criteria;
use super::{custom_conditions, first_fault, parse};
use crate::identity;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::Pinned;
use crate::pg::stream::{Argument, Sight, stream_with};
use pgrx::Uuid;
use pgrx::iter::SetOfIterator;
use pgrx::prelude::*;
use serde_json::Value as Json;

/// The accounts that meet criteria: of one tenant, or of all that the caller sees; among these ids, or all.
/// Row security is that of the section it runs in. Criteria that were stored work on, whatever has become of the custom
/// fields they are about. Errors: 22023 with the path of the flaw, below `criteria`.
pub fn matching(
    tenant: Option<Uuid>,
    criteria: &Json,
    among: Option<&[Uuid]>,
) -> Result<Vec<Uuid>, Fault> {
    let criteria = understood(tenant, criteria, Source::Stored)?;
    find(tenant, &criteria, among, Sight::Transaction)
}

#[pg_extern(stable)]
fn matching_accounts(criteria: default!(Option<JsonText>, "null")) -> SetOfIterator<'static, Uuid> {
    let _pinned = Pinned::enter();
    let criteria = asked(criteria.as_ref()).or_raise();
    SetOfIterator::new(find(None, &criteria, None, Sight::Statement).or_raise())
}

#[pg_extern(immutable, strict, parallel_safe)]
fn criteria_fold(value: &str) -> String {
    super::value::fold(value)
}

/// Criteria that a caller gave; NULL asks for nothing.
pub fn asked(criteria: Option<&JsonText>) -> Result<Criteria, Fault> {
    let Some(criteria) = criteria else {
        return Ok(Criteria::All(Vec::new()));
    };
    let json = criteria.need("criteria")?;
    understood(None, &json, Source::Caller)
}

/// Where criteria come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    /// They were settled when they were stored.
    Stored,
    /// Somebody asks.
    Caller,
}

/// Reads criteria, names settled in this tenant or the caller's.
fn understood(tenant: Option<Uuid>, criteria: &Json, source: Source) -> Result<Criteria, Fault> {
    const AT: &str = "criteria";
    let mut criteria = criteria.clone();
    let read = |criteria: &Json| parse(AT, criteria).map_err(|flaws| first_fault(&flaws));
    let as_written = read(&criteria)?;
    let names = Names::of(&mut criteria, &Field::kind);
    // An id needs no look-up: where nothing has it any more, nothing is found.
    let mut all = names.stages.iter().chain(&names.members);
    let fields = as_written.fields();
    let may_be_custom = source == Source::Caller
        && fields
            .into_iter()
            .any(|it| custom_conditions::key(it).is_some());
    if all.all(|name| is_id(name)) && !may_be_custom {
        return Ok(as_written);
    }
    let tenant = tenant.or_else(|| identity::current().membership.map(|(tenant, _)| tenant));
    let settled = settle(tenant, AT, criteria, Gone::Kept)?;
    read(&settled.map_err(|flaws| first_fault(&flaws))?)
}

/// The accounts for which criteria hold.
pub fn find(
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

/// The condition of criteria within a tenant and among some accounts.
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
