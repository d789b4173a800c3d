//! Owns the way from the names of stages and members to their ids, looked up in one tenant with the rights of whoever asks.

use super::field::Kind;
use super::flaw::{Flaw, Flaws, first_fault, quoted};
use super::names::{Names, visit};
use super::parse::parse;
use crate::fault::Fault;
use crate::sql::{self, Row};
use pgrx::Uuid;
use serde_json::Value as Json;
use std::collections::HashMap;

/// Checks criteria that stand at a path and returns them as they are stored: with ids in place of names.
pub fn resolve(tenant: Uuid, at: &str, criteria: Json) -> Result<Json, Fault> {
    settle(Some(tenant), at, criteria)?.map_err(|flaws| first_fault(&flaws))
}

/// As [`resolve`], with every flaw; without a tenant nobody and nothing is found.
pub fn settle(
    tenant: Option<Uuid>,
    at: &str,
    mut criteria: Json,
) -> Result<Result<Json, Vec<Flaw>>, Fault> {
    if let Err(flaws) = parse(at, &criteria) {
        return Ok(Err(flaws));
    }
    let ids = Ids::of(tenant, Names::of(&mut criteria))?;
    let mut flaws = Flaws::default();
    visit(
        at,
        &mut criteria,
        &mut |path, kind, name| match ids.find(kind, name) {
            Ok(id) => *name = id,
            Err(message) => flaws.add(path, message),
        },
    );
    Ok(match flaws.0.as_slice() {
        [] => Ok(criteria),
        _ => Err(flaws.0),
    })
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
            include_str!("ids.sql"),
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
