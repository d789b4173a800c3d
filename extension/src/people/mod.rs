//! Owns tenants and their people: signing up, inviting, roles, leaving, forgotten passwords, and tokens for programs.
//!
//! Members have no write grant on these tables. Each function checks the right, takes the tenant from the caller's session, and
//! only then acts beyond its caller.

mod find_members;
mod invitations;
mod members;
mod one_time;
mod password_resets;
mod sessions;
mod tenant_settings;
mod tenants;
mod tokens;

use crate::pg::fault::{Fault, OrRaise, shortened};
use cs_text::EmailFault;
use pgrx::prelude::*;
use std::borrow::Cow;

pub use find_members::{FoundMember, FoundMembers, find_members, no_such_member};

/// The text of a field as names are kept; 22023 where nothing of it can be seen.
fn required(field: &str, text: &str) -> Result<String, Fault> {
    cs_text::clean_name(text)
        .map(Cow::into_owned)
        .ok_or_else(|| Fault::invalid(field, format!("{field} must not be empty")))
}

/// An e-mail address as all are kept and compared; 22023 where it does not have the form of one.
pub fn email(text: &str) -> Result<String, Fault> {
    cs_text::fold_email(text).map_err(|fault| match fault {
        EmailFault::Empty => Fault::invalid("email", "email must not be empty"),
        fault => Fault::invalid(
            "email",
            format!(
                "\"{}\" is not a valid e-mail address: it {fault}",
                shortened(text)
            ),
        ),
    })
}

#[pg_extern(immutable, parallel_safe, strict)]
fn fold_email(email: &str) -> String {
    self::email(email).or_raise()
}

#[pg_extern(immutable, parallel_safe, strict)]
fn fold_name(name: &str) -> Option<String> {
    cs_text::fold_name(name).map(Cow::into_owned)
}

/// A bcrypt hash; 22023 for anything else, above all a password, which must never be stored.
pub fn password_hash(text: &str) -> Result<&str, Fault> {
    let is_bcrypt = text.len() == 60
        && ["$2a$", "$2b$", "$2y$"]
            .iter()
            .any(|prefix| text.starts_with(prefix));
    if is_bcrypt {
        Ok(text)
    } else {
        Err(Fault::invalid(
            "password_hash",
            "password_hash must be a bcrypt hash",
        ))
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn an_address_has_a_name_and_a_host() {
        assert_eq!(email(" Ada@one.test "), Ok("ada@one.test".to_owned()));
        for bad in ["", "ada", "@one.test", "ada@", "a@b@c", "a da@one.test"] {
            assert!(email(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_password_is_no_hash_and_is_not_repeated() {
        let why = password_hash("hunter2").unwrap_err();
        assert!(!why.message().contains("hunter2"));
        assert!(
            password_hash("$2b$12$abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcde")
                .is_err()
        );
        assert!(password_hash(&format!("$2b$12${}", "a".repeat(53))).is_ok());
    }
}
