//! Owns the place that a row is likely to have while it is written: right for a single account, settled by the statement's
//! end for many at once, where children may come before their parents and two may change places.

use super::depth::{DEEPEST_LEVEL, too_deep};
use super::{lock, rewrite};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::trigger_row::TriggerRow;
use pgrx::{Uuid, pg_sys};

/// Where an account stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    level: i32,
    /// Ids from the root to the account itself, joined by '/'; empty until the statement's end where it is not known yet.
    path: String,
}

impl Place {
    /// Of an account without a parent.
    fn root(id: &str) -> Self {
        Self {
            level: 0,
            path: id.to_owned(),
        }
    }

    /// Of an account whose parent is not there, or not placed, before other rows of its statement are.
    const fn unknown() -> Self {
        Self {
            level: 0,
            path: String::new(),
        }
    }

    /// Of a child of this one, unless only the whole statement can tell.
    fn child(&self, id: &str) -> Option<Self> {
        let known = !self.path.is_empty() && !self.path.split('/').any(|step| step == id);
        known.then(|| Self {
            level: self.level + 1,
            path: format!("{}/{id}", self.path),
        })
    }

    fn give(&self, row: &mut TriggerRow) -> Result<(), Fault> {
        row.set("hierarchy_level", Some(&self.level.to_string()))?;
        row.set("hierarchy_path", Some(&self.path))
    }
}

/// The place of a new account.
pub fn begin(new: &mut TriggerRow) -> Result<(), Fault> {
    let id = new.need("id")?;
    let Some(parent) = new.get("parent_id")? else {
        return Place::root(&id).give(new);
    };
    let tenant = new.id("tenant_id")?;
    lock::for_child(tenant);
    match find(tenant, &parent)?.and_then(|it| it.child(&id)) {
        Some(place) if place.level > DEEPEST_LEVEL => Err(too_deep()),
        Some(place) => place.give(new),
        None => {
            rewrite::expect();
            Place::unknown().give(new)
        }
    }
}

/// The place of an account that is updated: the old one, or below its new parent.
pub fn follow(new: &mut TriggerRow, old: &TriggerRow) -> Result<(), Fault> {
    for kept in ["hierarchy_level", "hierarchy_path"] {
        if !new.is_same(old, kept)? {
            new.set(kept, old.get(kept)?.as_deref())?;
        }
    }
    if new.is_same(old, "parent_id")? {
        return Ok(());
    }
    let parent = new.get("parent_id")?;
    require_fresh_sight()?;
    let (tenant, id) = (new.id("tenant_id")?, new.need("id")?);
    lock::for_move(tenant);
    rewrite::expect();
    let Some(parent) = parent else {
        return Place::root(&id).give(new);
    };
    match find(tenant, &parent)? {
        None => Place::unknown().give(new),
        // Too deep or below itself: perhaps only until the parent has moved too, so it stays where it was.
        Some(above) => match above.child(&id) {
            Some(place) if place.level <= DEEPEST_LEVEL => place.give(new),
            _ => Ok(()),
        },
    }
}

/// The parent's place as it is now, also where another transaction has just changed it.
fn find(tenant: Uuid, parent: &str) -> Result<Option<Place>, Fault> {
    // With an old sight of the database, locking the row fails where it has changed since.
    let lock = if sees_the_past() { " for share" } else { "" };
    let places = sql::write_first(
        &format!(
            "select hierarchy_level, hierarchy_path from cs.accounts where tenant_id = $1 and id = $2::uuid{lock}"
        ),
        &[tenant.into(), parent.into()],
        |row| {
            Ok(Place {
                level: row.need("hierarchy_level")?,
                path: row.need("hierarchy_path")?,
            })
        },
    )?;
    Ok(places)
}

/// Whether statements see the database as it was when the transaction began.
fn sees_the_past() -> bool {
    // SAFETY: a plain variable of this backend.
    unsafe { pg_sys::XactIsoLevel >= pg_sys::XACT_REPEATABLE_READ.cast_signed() }
}

/// A subtree seen as it was would be rewritten without what others have added to it since.
fn require_fresh_sight() -> Result<(), Fault> {
    if sees_the_past() {
        return Err(Fault::unsupported(
            "an account gets another parent only in transactions of isolation level read committed",
        )
        .hint("Move it in a transaction of its own: begin isolation level read committed."));
    }
    Ok(())
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_child_stands_below_its_parent() {
        let root = Place::root("a");
        assert_eq!(
            root.child("b").and_then(|b| b.child("c")),
            Some(Place {
                level: 2,
                path: "a/b/c".to_owned()
            })
        );
    }

    #[test]
    fn below_itself_or_below_nobody_is_left_to_the_statement() {
        assert_eq!(Place::root("a").child("a"), None);
        assert_eq!(Place::unknown().child("a"), None);
    }
}
