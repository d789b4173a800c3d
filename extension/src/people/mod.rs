//! Owns tenants and their people: signing up, inviting, roles, leaving, and tokens for programs.
//!
//! Members have no write grant on these tables. Each function checks the right, takes the tenant from the caller's session, and
//! only then acts beyond its caller.

mod find_members;
mod invitations;
mod members;
mod one_time;
mod sessions;
mod tenant_settings;
mod tenants;
mod tokens;

use crate::pg::fault::Fault;

pub use find_members::{FoundMember, FoundMembers, find_members, no_such_member};

/// The text of a field without the spaces around it; 22023 where nothing is left.
fn required<'a>(field: &str, text: &'a str) -> Result<&'a str, Fault> {
    match text.trim() {
        "" => Err(Fault::invalid(field, format!("{field} must not be empty"))),
        text => Ok(text),
    }
}

/// An e-mail address without the spaces around it; 22023 where it does not have the form of one.
pub fn email(text: &str) -> Result<&str, Fault> {
    let text = required("email", text)?;
    let is_address = !text.contains(char::is_whitespace)
        && matches!(text.split_once('@'), Some((name, host)) if !name.is_empty() && !host.is_empty() && !host.contains('@'));
    if is_address {
        Ok(text)
    } else {
        Err(Fault::invalid(
            "email",
            format!("\"{text}\" is not a valid e-mail address"),
        ))
    }
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
        assert_eq!(email(" ada@one.test "), Ok("ada@one.test"));
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
