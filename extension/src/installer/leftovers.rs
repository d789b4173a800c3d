//! Owns what an older version made and this one does not: dropped before the repeatable files run, so that a database
//! brought up to date is like a fresh one, and what others made in it stays.
//!
//! Policies, triggers, defaults and CHECKs are ours where they call a function of ours; all go, since the files make them
//! again. Views and SQL functions are ours where `cs_owner` owns them. Others may depend on these, so they are replaced in
//! place where possible. Which cannot be is found by running the files once on empty ground, and taking that back.

use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::subtransaction;
use pgrx::pg_sys::panic::ErrorReport;
use pgrx::prelude::*;
use std::collections::BTreeSet;

/// A view or SQL function of ours.
#[derive(Debug)]
struct Object {
    /// As DROP takes it, such as `view cs.members`.
    name: String,
    /// What `create or replace` has to keep: it can only add at the end.
    shape: Vec<String>,
    /// The statements that grant what others hold on it.
    grants: Vec<String>,
    /// What depends on it, directly or not, of ours.
    dependents: Vec<String>,
    /// The same of others.
    others: Vec<String>,
}

/// Drops what the files attach to tables. Row security is never open in between: it stays enabled and forced, and a table
/// without a policy shows no one a row. Other sessions wait for the end of this transaction anyway.
pub fn drop_attached() -> Result<(), Fault> {
    sql::run(include_str!("sql/drop_attached.sql"), &[])?;
    let kept = sql::read(include_str!("sql/attached_by_others.sql"), &[], |row| {
        row.need::<String>("it")
    })?;
    if !kept.is_empty() {
        pgrx::notice!(
            "left as they are, because customer_success did not make them: {}",
            kept.join(", ")
        );
    }
    Ok(())
}

/// Drops the views and functions that `run_files` cannot replace in place, or no longer makes. Returns the statements that
/// give back, once the files have run, what others were granted.
pub fn drop_outdated(run_files: impl FnOnce() -> Result<(), Fault>) -> Result<Vec<String>, Fault> {
    let old = objects()?;
    if old.is_empty() {
        return Ok(Vec::new());
    }
    let new = on_empty_ground(&old, run_files);
    let outdated = outdated(&old, &new);
    let in_use = in_use(&outdated);
    if !in_use.is_empty() {
        refuse(&in_use);
    }
    let doomed = doomed(&old, &outdated);
    for object in &doomed {
        sql::run(&format!("drop {}", object.name), &[])?;
    }
    let returning = doomed
        .iter()
        .filter(|object| new.iter().any(|made| made.name == object.name));
    Ok(returning.flat_map(|object| object.grants.clone()).collect())
}

fn objects() -> Result<Vec<Object>, Fault> {
    sql::read(include_str!("sql/objects.sql"), &[], |row| {
        Ok(Object {
            name: row.need("name")?,
            shape: row.need("shape")?,
            grants: row.need("grants")?,
            dependents: row.need("dependents")?,
            others: row.need("others")?,
        })
    })
}

/// What the files make where nothing of ours is there before them. All of it is taken back.
fn on_empty_ground(old: &[Object], run_files: impl FnOnce() -> Result<(), Fault>) -> Vec<Object> {
    subtransaction::rehearsed(|| {
        sql::run("set local client_min_messages = warning", &[])?;
        for object in old {
            // One may have gone with another.
            let (kind, name) = object.name.split_once(' ').unwrap_or_default();
            sql::run(&format!("drop {kind} if exists {name} cascade"), &[])?;
        }
        run_files()?;
        objects()
    })
}

/// Those that the new ones cannot take the place of.
fn outdated<'a>(old: &'a [Object], new: &[Object]) -> Vec<&'a Object> {
    let stays = |object: &Object| {
        new.iter()
            .any(|made| made.name == object.name && made.shape.starts_with(&object.shape))
    };
    old.iter().filter(|object| !stays(object)).collect()
}

/// Which objects of others stand in the way, and of what.
fn in_use(outdated: &[&Object]) -> Vec<String> {
    let lines = outdated.iter().flat_map(|object| {
        object
            .others
            .iter()
            .map(|other| format!("{other} depends on {}", object.name))
    });
    lines.collect()
}

/// The outdated ones and what of ours depends on them, in an order in which each can be dropped: dependents first.
fn doomed<'a>(old: &'a [Object], outdated: &[&Object]) -> Vec<&'a Object> {
    let names: BTreeSet<&String> = outdated
        .iter()
        .flat_map(|object| object.dependents.iter().chain([&object.name]))
        .collect();
    let mut doomed: Vec<&Object> = old
        .iter()
        .filter(|object| names.contains(&object.name))
        .collect();
    doomed.sort_by_key(|object| object.dependents.len());
    doomed
}

fn refuse(in_use: &[String]) {
    ErrorReport::new(
        PgSqlErrorCode::ERRCODE_DEPENDENT_OBJECTS_STILL_EXIST,
        "this version of customer_success changes or removes what other objects depend on",
        "",
    )
    .set_detail(in_use.join("\n"))
    .set_hint("Drop these objects, run select cs.install(), then create them again.")
    .report(PgLogLevel::ERROR);
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    fn object(name: &str, shape: &[&str], dependents: &[&str], others: &[&str]) -> Object {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        Object {
            name: name.to_owned(),
            shape: owned(shape),
            grants: Vec::new(),
            dependents: owned(dependents),
            others: owned(others),
        }
    }

    fn names<'a>(objects: &[&'a Object]) -> Vec<&'a str> {
        objects.iter().map(|object| object.name.as_str()).collect()
    }

    #[test]
    fn what_only_grows_at_its_end_is_replaced_in_place() {
        let old = [
            object("view same", &["a", "b"], &[], &[]),
            object("view longer", &["a"], &[], &[]),
            object("view shorter", &["a", "b"], &[], &[]),
            object("view turned", &["a", "b"], &[], &[]),
            object("view gone", &["a"], &[], &[]),
        ];
        let new = [
            object("view same", &["a", "b"], &[], &[]),
            object("view longer", &["a", "b"], &[], &[]),
            object("view shorter", &["a"], &[], &[]),
            object("view turned", &["b", "a"], &[], &[]),
            object("function gone", &["a"], &[], &[]),
        ];
        assert_eq!(
            names(&outdated(&old, &new)),
            ["view shorter", "view turned", "view gone"]
        );
    }

    #[test]
    fn what_depends_on_the_outdated_goes_before_it() {
        let old = [
            object("view bottom", &[], &["view middle", "view top"], &[]),
            object("view middle", &[], &["view top"], &[]),
            object("view apart", &[], &[], &[]),
            object("view top", &[], &[], &[]),
        ];
        let outdated: Vec<&Object> = old.iter().take(1).collect();
        assert_eq!(
            names(&doomed(&old, &outdated)),
            ["view top", "view middle", "view bottom"]
        );
    }

    #[test]
    fn others_in_the_way_are_named_with_what_they_use() {
        let gone = object("view cs.gone", &[], &[], &["view public.report"]);
        let free = object("view cs.free", &[], &[], &[]);
        assert_eq!(
            in_use(&[&gone, &free]),
            ["view public.report depends on view cs.gone"]
        );
    }
}
