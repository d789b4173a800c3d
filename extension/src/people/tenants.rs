//! Owns tenants themselves: signing up creates one, its administrators change it, a person lists their own.

use super::{email, password_hash, required};
use crate::identity::{self, Action};
use crate::pg::document::refuse_unknown_keys;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::json_text::JsonText;
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

const WITH_SLUG: &str = "select from cs.tenants where slug = $1";

#[pg_extern]
fn create_tenant(
    slug: &str,
    name: &str,
    admin_email: &str,
    admin_name: &str,
    password_hash: &str,
) -> Uuid {
    create(slug, name, admin_email, admin_name, password_hash).or_raise()
}

#[pg_extern(stable)]
fn slug_is_free(slug: &str) -> bool {
    let checked = checked_slug(slug).or_raise();
    let _section = System::enter();
    !sql::exists(WITH_SLUG, &[checked.into()]).or_raise()
}

#[pg_extern]
fn update_tenant(patch: JsonText) -> JsonB {
    update(&patch).or_raise()
}

#[pg_extern(stable)]
fn my_tenants() -> TableIterator<
    'static,
    (
        name!(id, Uuid),
        name!(slug, String),
        name!(name, String),
        name!(role, String),
    ),
> {
    let user = identity::current().user;
    let _section = System::enter();
    let tenants = sql::read(include_str!("sql/my_tenants.sql"), &[user.into()], |row| {
        Ok((
            row.need("id")?,
            row.need("slug")?,
            row.need("name")?,
            row.need("role")?,
        ))
    });
    TableIterator::new(tenants.or_raise())
}

fn create(slug: &str, name: &str, address: &str, person: &str, hash: &str) -> Result<Uuid, Fault> {
    let slug = &checked_slug(slug)?;
    let (name, address) = (required("name", name)?, email(address)?);
    let (person, hash) = (required("admin_name", person)?, password_hash(hash)?);
    let _section = System::enter();
    let tenant = sql::write_first(
        include_str!("sql/create_tenant.sql"),
        &[
            slug.as_str().into(),
            name.into(),
            address.into(),
            person.into(),
            hash.into(),
        ],
        |row| row.need("tenant_id"),
    )?;
    // The insert itself finds what was there first, so that of two at once the second gets the same answer.
    tenant.ok_or_else(|| already_taken(slug))
}

/// Why an insert met a tenant or a person that was there first. It looks as a writer does, at what was committed since, too.
fn already_taken(slug: &str) -> Fault {
    match sql::count(WITH_SLUG, &[slug.into()]) {
        Ok(0) => Fault::taken("this e-mail address cannot be used to sign up"),
        Ok(_) => {
            Fault::taken(format!("the short name \"{slug}\" is taken")).hint("Choose another one.")
        }
        Err(fault) => fault,
    }
}

fn checked_slug(slug: &str) -> Result<String, Fault> {
    let slug = required("slug", slug)?;
    let good = slug.len() <= 63
        && slug
            .bytes()
            .all(|it| it == b'-' || it.is_ascii_digit() || it.is_ascii_lowercase())
        && !slug.starts_with('-')
        && !slug.ends_with('-');
    if good {
        return Ok(slug);
    }
    Err(
        Fault::invalid("slug", format!("\"{slug}\" is not a valid short name")).hint(
            "Use up to 63 lower-case letters, digits and inner hyphens, such as acme-europe.",
        ),
    )
}

fn update(patch: &JsonText) -> Result<JsonB, Fault> {
    let tenant = identity::require_current(Action::TenantEdit)?;
    let patch = patch.need("patch")?;
    let patch = patch
        .as_object()
        .ok_or_else(|| Fault::invalid("patch", "patch must be a JSON object"))?;
    refuse_unknown_keys(patch, "patch", &["name", "settings"])?;
    let name = match patch.get("name") {
        None => None,
        Some(value) => Some(required("name", value.as_str().unwrap_or_default())?),
    };
    let settings = match patch.get("settings") {
        None => JsonB(serde_json::json!({})),
        Some(value) if value.is_object() => JsonB(value.clone()),
        Some(_) => return Err(Fault::invalid("settings", "settings must be a JSON object")),
    };
    let _section = System::enter();
    let changed = sql::write_first(
        include_str!("sql/update_tenant.sql"),
        &[tenant.into(), name.into(), settings.into()],
        |row| row.need("tenant"),
    )?;
    changed.ok_or_else(|| Fault::no_such("tenant"))
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn a_short_name_fits_an_address() {
        for good in ["acme", "acme-europe", "4u"] {
            assert_eq!(checked_slug(good).as_deref(), Ok(good));
        }
        for bad in [
            "",
            "Acme",
            "-acme",
            "acme-",
            "a b",
            "a_b",
            "ä",
            &"a".repeat(64),
        ] {
            assert!(checked_slug(bad).is_err(), "{bad}");
        }
    }
}
