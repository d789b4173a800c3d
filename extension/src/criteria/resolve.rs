//! Owns what only a tenant knows of criteria: the ids of stages and members named, and what its custom fields allow.
//! Looked up with the rights of whoever asks.

use super::compile::id;
use super::custom_conditions::Customs;
use super::field::Field;
use super::flaw::{Flaw, Flaws, first_fault, quoted};
use super::kind::Kind;
use super::names::{Names, visit};
use super::parse::parse;
use crate::pg::fault::Fault;
use crate::pg::sql::{self};
use pgrx::Uuid;
use serde_json::Value as Json;
use std::collections::HashMap;

/// Checks criteria that stand at a path and returns them as they are stored: with ids in place of names.
pub fn resolve(tenant: Uuid, at: &str, criteria: Json) -> Result<Json, Fault> {
    settle(Some(tenant), at, criteria, Gone::Refused)?.map_err(|flaws| first_fault(&flaws))
}

/// What becomes of an id that nothing has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Gone {
    /// It is a flaw.
    Refused,
    /// It stays, and nothing is found by it.
    Kept,
}

/// As [`resolve`], with every flaw; without a tenant nobody and nothing is found, and no field is a custom one.
pub fn settle(
    tenant: Option<Uuid>,
    at: &str,
    mut criteria: Json,
    gone: Gone,
) -> Result<Result<Json, Vec<Flaw>>, Fault> {
    let customs = match parse(at, &criteria) {
        Ok(read) => Customs::of(tenant, &read)?,
        Err(flaws) => return Ok(Err(flaws)),
    };
    let mut flaws = Flaws::default();
    customs.check(at, &mut criteria, &mut flaws);
    if !flaws.0.is_empty() {
        return Ok(Err(flaws.0));
    }
    let kind_of = |field: &Field| customs.kind(field);
    let ids = Ids::of(tenant, Names::of(&mut criteria, &kind_of))?;
    visit(
        at,
        &mut criteria,
        &kind_of,
        &mut |path, kind, name| match ids.find(kind, name) {
            Ok(id) => *name = id,
            Err(_) if gone == Gone::Kept && is_id(name) => name.make_ascii_lowercase(),
            Err(message) => flaws.add(path, message),
        },
    );
    Ok(match flaws.0.as_slice() {
        [] => Ok(criteria),
        _ => Err(flaws.0),
    })
}

/// Whether a name that was entered is an id, in whatever case.
pub fn is_id(name: &str) -> bool {
    id(&name.to_ascii_lowercase()).is_some()
}

/// By type and name: the id; `None` where several have the name.
struct Ids(HashMap<(&'static str, String), Option<String>>);

impl Ids {
    fn of(tenant: Option<Uuid>, names: Names) -> Result<Self, Fault> {
        let (stages, members): (Vec<_>, Vec<_>) = (
            names.stages.into_iter().collect(),
            names.members.into_iter().collect(),
        );
        if stages.is_empty() && members.is_empty() {
            return Ok(Self(HashMap::new()));
        }
        let found = sql::read(
            include_str!("sql/ids.sql"),
            &[tenant.into(), stages.into(), members.into()],
            |row| {
                let kind = match row.need::<String>("kind")?.as_str() {
                    "stage" => Kind::Stage.name(),
                    _ => Kind::Member.name(),
                };
                let id = row.need::<String>("id")?;
                let is_ambiguous = row.need::<bool>("is_ambiguous")?;
                Ok((
                    (kind, row.need::<String>("entered")?),
                    (!is_ambiguous).then_some(id),
                ))
            },
        )?;
        Ok(Self(found.into_iter().collect()))
    }

    fn find(&self, kind: Kind, name: &str) -> Result<String, String> {
        let kind = kind.name();
        match self.0.get(&(kind, name.to_owned())) {
            Some(Some(id)) => Ok(id.clone()),
            Some(None) => Err(format!(
                "several people are called {}: give the e-mail",
                quoted(&name.into())
            )),
            None => Err(format!("there is no {kind} {}", quoted(&name.into()))),
        }
    }
}
