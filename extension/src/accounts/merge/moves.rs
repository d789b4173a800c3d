//! Owns what moves from one account to the other, kind by kind.

use super::{Merging, Pair};
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;
use serde_json::{Map, Value, json};

/// A kind of what an account has, and the statement that moves it and returns a row for each: $1 tenant, $2 account to keep, $3 merged.
struct Move {
    kind: &'static str,
    statement: &'static str,
}

macro_rules! moves {
    ($($kind:literal),* $(,)?) => {
        [$(Move { kind: $kind, statement: include_str!(concat!("sql/", $kind, ".sql")) }),*]
    };
}

/// In this order: contacts that both have are joined before the rest moves, and what playbooks did comes with its deliveries.
const MOVES: [Move; 18] = moves![
    "children",
    "usage",
    "health_scores",
    "health_overrides",
    "journey",
    "contacts_filled",
    "contacts_joined",
    "contacts_moved",
    "tasks",
    "activities",
    "members",
    "milestones",
    "arr_history",
    "runs",
    "deliveries",
    "delivery_attempts",
    "waiting",
    "saved_views",
];

/// What is only moved along with another kind.
const UNTOLD: [&str; 3] = ["contacts_filled", "delivery_attempts", "waiting"];

/// Moves everything, and counts it by kind.
pub fn move_all(pair: Pair, answer: &mut Map<String, Value>) -> Result<(), Fault> {
    let _merging = Merging::begin();
    let mut contacts = Map::new();
    for Move { kind, statement } in MOVES {
        let moved = sql::count(
            statement,
            &[pair.tenant.into(), pair.keep.into(), pair.merged.into()],
        )?;
        if UNTOLD.contains(&kind) {
            continue;
        }
        match kind.strip_prefix("contacts_") {
            Some(part) => contacts.insert(part.to_owned(), json!(moved)),
            None => answer.insert(kind.to_owned(), json!(moved)),
        };
    }
    answer.insert("contacts".to_owned(), Value::Object(contacts));
    Ok(())
}

/// Where the account to keep stands directly below the other one, it takes its place; returns the new parent.
pub fn take_place(pair: Pair) -> Result<Option<Uuid>, Fault> {
    let parent = sql::write_first(
        "update cs.accounts as keep
         set parent_id = merged.parent_id
         from cs.accounts as merged
         where keep.tenant_id = $1 and keep.id = $2 and keep.parent_id = $3
            and merged.tenant_id = $1 and merged.id = $3
         returning keep.parent_id",
        &[pair.tenant.into(), pair.keep.into(), pair.merged.into()],
        |row| row.maybe::<Uuid>("parent_id"),
    )?;
    Ok(parent.flatten())
}
