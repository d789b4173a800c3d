//! Owns the place that a row probably has while it is written: right for a single account; with many at once, where
//! children may come before their parents and two may change places, it is final only when the statement ends.

use super::depth::{DEEPEST_LEVEL, too_deep};
use super::{lock, rewrite};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::trigger_row::TriggerRow;
use pgrx::{Uuid, pg_sys};

/// The level and path of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
struct TreePlace {
    level: i32,
    /// Ids from the root to the account itself, joined by '/'; empty while it is not known before the statement ends.
    path: String,
}

impl TreePlace {
    /// Of an account without a parent.
    fn root(id: &str) -> Self {
        Self {
            level: 0,
            path: id.to_owned(),
        }
    }

    /// Of an account whose parent does not exist, or has no place, until other rows of the statement are written.
    const fn unknown() -> Self {
        Self {
            level: 0,
            path: String::new(),
        }
    }

    /// Of a child of this one; `None` where only the whole statement can say.
    fn child(&self, id: &str) -> Option<Self> {
        let known = !self.path.is_empty() && !self.path.split('/').any(|step| step == id);
        known.then(|| Self {
            level: self.level + 1,
            path: format!("{}/{id}", self.path),
        })
    }

    fn write_to(&self, row: &mut TriggerRow) -> Result<(), Fault> {
        row.set("hierarchy_level", Some(&self.level.to_string()))?;
        row.set("hierarchy_path", Some(&self.path))
    }
}

/// Gives a new account its place.
pub fn place_new_account(new: &mut TriggerRow) -> Result<(), Fault> {
    let id = new.need("id")?;
    let Some(parent) = new.get("parent_id")? else {
        return TreePlace::root(&id).write_to(new);
    };
    let tenant = new.id("tenant_id")?;
    lock::lock_for_child(tenant);
    match find_place(tenant, &parent)?.and_then(|it| it.child(&id)) {
        Some(place) if place.level > DEEPEST_LEVEL => Err(too_deep()),
        Some(place) => place.write_to(new),
        None => {
            rewrite::request_rewrite();
            TreePlace::unknown().write_to(new)
        }
    }
}

/// Gives an account that is updated its place: the old one, or below its new parent.
pub fn place_updated_account(new: &mut TriggerRow, old: &TriggerRow) -> Result<(), Fault> {
    for kept in ["hierarchy_level", "hierarchy_path"] {
        if !new.is_same(old, kept)? {
            new.set(kept, old.get(kept)?.as_deref())?;
        }
    }
    if new.is_same(old, "parent_id")? {
        return Ok(());
    }
    let parent = new.get("parent_id")?;
    require_current_snapshot()?;
    let (tenant, id) = (new.id("tenant_id")?, new.need("id")?);
    lock::lock_for_move(tenant);
    rewrite::request_rewrite();
    let Some(parent) = parent else {
        return TreePlace::root(&id).write_to(new);
    };
    match find_place(tenant, &parent)? {
        None => TreePlace::unknown().write_to(new),
        // Too deep or below itself: perhaps only until the parent has moved too, so it stays where it was.
        Some(above) => match above.child(&id) {
            Some(place) if place.level <= DEEPEST_LEVEL => place.write_to(new),
            _ => Ok(()),
        },
    }
}

/// The parent's place as it is now, also where another transaction has just changed it.
fn find_place(tenant: Uuid, parent: &str) -> Result<Option<TreePlace>, Fault> {
    // With an old snapshot, locking the row fails where it has changed since.
    let lock = if has_old_snapshot() { " for share" } else { "" };
    sql::write_first(
        &format!(
            "select hierarchy_level, hierarchy_path from cs.accounts where tenant_id = $1 and id = $2::uuid{lock}"
        ),
        &[tenant.into(), parent.into()],
        |row| {
            Ok(TreePlace {
                level: row.need("hierarchy_level")?,
                path: row.need("hierarchy_path")?,
            })
        },
    )
}

/// Whether statements see the database as it was when the transaction began.
fn has_old_snapshot() -> bool {
    // SAFETY: a plain variable of this backend.
    unsafe { pg_sys::XactIsoLevel >= pg_sys::XACT_REPEATABLE_READ.cast_signed() }
}

/// With an old snapshot, a subtree would be rewritten without what others have added to it since.
fn require_current_snapshot() -> Result<(), Fault> {
    if has_old_snapshot() {
        return Err(Fault::unsupported(
            "an account can only be moved at isolation level read committed",
        )
        .hint("Move it in a transaction of its own: begin isolation level read committed."));
    }
    Ok(())
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_child_is_below_its_parent() {
        let root = TreePlace::root("a");
        assert_eq!(
            root.child("b").and_then(|b| b.child("c")),
            Some(TreePlace {
                level: 2,
                path: "a/b/c".to_owned()
            })
        );
    }

    #[test]
    fn below_itself_or_an_unknown_parent_is_left_to_the_statement() {
        assert_eq!(TreePlace::root("a").child("a"), None);
        assert_eq!(TreePlace::unknown().child("a"), None);
    }
}
