//! Owns the one look-up of members by what people call them: an id, an e-mail address or a full name. With the caller's
//! rights: members that the caller does not see are not found.

use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::Uuid;
use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The member that was named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundMember {
    /// Has this id or e-mail address.
    Exact {
        /// Who it is.
        id: Uuid,
        /// Whether the person still belongs to the tenant, and may sign in.
        is_active: bool,
    },
    /// Alone has this full name; no one has it as an id or e-mail address.
    ByName {
        /// Who it is.
        id: Uuid,
    },
    /// Several have this full name.
    Ambiguous,
}

/// The members that were found, each by what was given.
#[derive(Debug, Default)]
pub struct FoundMembers(HashMap<String, FoundMember>);

impl FoundMembers {
    /// The member found by an id, an e-mail address or a full name, in upper or lower case; still active or not.
    pub fn get(&self, given: &str) -> Option<FoundMember> {
        self.0.get(given).copied()
    }

    /// The active member found by an id or an e-mail address; a full name is not enough.
    pub fn active(&self, given: &str) -> Option<Uuid> {
        match self.get(given)? {
            FoundMember::Exact { id, is_active } => is_active.then_some(id),
            FoundMember::ByName { .. } | FoundMember::Ambiguous => None,
        }
    }
}

/// Looks up ids, e-mail addresses and full names among the members of a tenant.
pub fn find_members(tenant: Uuid, given: &[&str]) -> Result<FoundMembers, Fault> {
    if given.is_empty() {
        return Ok(FoundMembers::default());
    }
    // An e-mail address is folded as a name is.
    let folded = given.iter().map(|it| cs_text::fold_name(it));
    let folded = folded.map(|it| it.map(Cow::into_owned)).collect::<Vec<_>>();
    let rows = sql::read(
        include_str!("sql/find_members.sql"),
        &[tenant.into(), given.to_vec().into(), folded.into()],
        |row| {
            let id = row.need("user_id")?;
            let member = match row.need("is_exact")? {
                true => FoundMember::Exact {
                    id,
                    is_active: row.need("is_active")?,
                },
                false => FoundMember::ByName { id },
            };
            Ok((row.need("given")?, member))
        },
    )?;
    Ok(collect(rows))
}

/// Of what was found by one name an id or e-mail address counts before full names. Exact rows come first.
fn collect(rows: Vec<(String, FoundMember)>) -> FoundMembers {
    let mut found = FoundMembers::default();
    for (given, member) in rows {
        match found.0.entry(given) {
            Entry::Vacant(free) => {
                free.insert(member);
            }
            Entry::Occupied(mut first) => {
                if matches!(first.get(), FoundMember::ByName { .. }) {
                    first.insert(FoundMember::Ambiguous);
                }
            }
        }
    }
    found
}

/// The refusal of a value that is not an active member, by id or e-mail address, of the tenant (22023).
pub fn no_such_member(field: &str) -> Fault {
    Fault::invalid(
        field,
        format!("{field} is not an active member of this tenant"),
    )
    .hint("Give the id or e-mail address of a member; see the view members.")
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn an_id_or_address_counts_before_names_and_a_name_must_be_one_persons() {
        let id = |byte| Uuid::from_bytes([byte; 16]);
        let by_name = |byte| FoundMember::ByName { id: id(byte) };
        let exact = |byte, is_active| FoundMember::Exact {
            id: id(byte),
            is_active,
        };
        let found = collect(vec![
            ("ada@one.test".to_owned(), exact(1, true)),
            ("ben@one.test".to_owned(), exact(2, false)),
            ("ada@one.test".to_owned(), by_name(3)),
            ("Ada".to_owned(), by_name(1)),
            ("Ben".to_owned(), by_name(2)),
            ("Ben".to_owned(), by_name(3)),
            ("Ben".to_owned(), by_name(4)),
        ]);
        assert_eq!(found.get("ada@one.test"), Some(exact(1, true)));
        assert_eq!(found.get("Ada"), Some(by_name(1)));
        assert_eq!(found.get("Ben"), Some(FoundMember::Ambiguous));
        assert_eq!(found.get("Cleo"), None);
        assert_eq!(found.active("ada@one.test"), Some(id(1)));
        for refused in ["ben@one.test", "Ada", "Ben", "Cleo"] {
            assert_eq!(found.active(refused), None, "{refused}");
        }
    }
}
