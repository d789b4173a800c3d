//! Owns database roles that are people: an analyst or a BI tool connects as itself and sees one tenant.

use crate::pg::fault::{Fault, OrRaise, given};
use crate::pg::section::{Pinned, require_superuser};
use crate::pg::sql::types::TEXT;
use crate::pg::sql::{self, Kept};
use pgrx::prelude::*;
use pgrx::{Uuid, pg_sys};
use std::ffi::CStr;

/// What only a superuser does to a role; completes "only a superuser may".
pub const LINKING_ACTION: &str = "link database roles to people";

thread_local! {
    static LINK: Kept = const {
        Kept::new("select user_id, tenant_id from cs.database_logins where role_name = $1", &[TEXT])
    };
}

/// The person and tenant that the outer role was linked to. In a system section.
pub fn find_linked_person() -> Result<Option<(Uuid, Uuid)>, Fault> {
    // SAFETY: a catalogue look-up; the name lives in the current memory context.
    let role = unsafe {
        let name = pg_sys::GetUserNameFromId(pg_sys::GetOuterUserId(), true);
        if name.is_null() {
            return Ok(None);
        }
        CStr::from_ptr(name).to_string_lossy().into_owned()
    };
    LINK.with(|query| {
        query.first(&[role.into()], |row| {
            Ok((row.need("user_id")?, row.need("tenant_id")?))
        })
    })
}

#[pg_extern]
fn link_database_role(
    role_name: Option<&str>,
    email: Option<&str>,
    tenant_slug: default!(Option<&str>, "null"),
) {
    let _pinned = Pinned::enter();
    let named = given("role_name", role_name).and_then(|role| Ok((role, given("email", email)?)));
    named
        .and_then(|(role, email)| link_role(role, email, tenant_slug))
        .or_raise();
}

#[pg_extern]
fn link_viewer(role_name: Option<&str>, tenant_slug: Option<&str>) {
    let _pinned = Pinned::enter();
    let named = given("role_name", role_name);
    named
        .and_then(|role| make_viewer(role, given("tenant_slug", tenant_slug)?))
        .or_raise();
}

#[pg_extern]
fn unlink_database_role(role_name: &str) {
    let _pinned = Pinned::enter();
    unlink_role(role_name).or_raise();
}

/// A person who is the role itself: with an address that nobody can have (RFC 2606) and no password.
fn make_viewer(role: &str, slug: &str) -> Result<(), Fault> {
    require_superuser(LINKING_ACTION)?;
    require_linkable(role)?;
    let tenant = active_tenant(slug)?;
    let email = address_of(role, slug);
    sql::run(
        include_str!("sql/make_viewer.sql"),
        &[tenant.into(), email.as_str().into(), role.into()],
    )?;
    link_role(role, &email, Some(slug))
}

/// The id of the active tenant with this short name.
pub fn active_tenant(slug: &str) -> Result<Uuid, Fault> {
    let tenant = sql::first(
        "select id from cs.tenants where slug = $1 and is_active",
        &[slug.into()],
        |row| row.need("id"),
    )?;
    tenant.ok_or_else(|| Fault::no_such("active tenant"))
}

/// Of each role another one: what an address cannot hold is written as its number.
fn address_of(role: &str, slug: &str) -> String {
    let letters = role.chars().map(|it| match it {
        'a'..='z' | '0'..='9' | '-' => it.to_string(),
        other => format!("_{:x}_", u32::from(other)),
    });
    format!("{}@{slug}.invalid", letters.collect::<String>())
}

fn link_role(role: &str, email: &str, slug: Option<&str>) -> Result<(), Fault> {
    require_superuser(LINKING_ACTION)?;
    require_linkable(role)?;
    let profiles = sql::read(
        include_str!("sql/profiles_of.sql"),
        &[email.into(), slug.into()],
        |row| Ok((row.need::<Uuid>("tenant_id")?, row.need::<Uuid>("user_id")?)),
    )?;
    let (tenant, user) = match (profiles.as_slice(), slug) {
        ([only], _) => *only,
        ([], Some(_)) => return Err(Fault::no_such("active person in that tenant")),
        ([], None) => return Err(Fault::no_such("active person")),
        _ => {
            return Err(
                Fault::invalid("tenant_slug", "this person belongs to several tenants")
                    .hint("Name one: link_database_role(role_name, email, tenant_slug)."),
            );
        }
    };
    let is_offered_elsewhere = sql::exists(
        "select from cs.offered_roles where role_name = $2 and tenant_id <> $1",
        &[tenant.into(), role.into()],
    )?;
    if is_offered_elsewhere {
        return Err(
            Fault::taken(format!("the role \"{role}\" is offered to another tenant"))
                .hint("Withdraw the offer first: withdraw_database_role_offer(role_name)."),
        );
    }
    write_link(role, tenant, user)?;
    admit_role(role)
}

/// From now on the role is this person in this tenant, and nobody else.
pub fn write_link(role: &str, tenant: Uuid, user: Uuid) -> Result<(), Fault> {
    sql::run(
        "delete from cs.database_logins where role_name = $1",
        &[role.into()],
    )?;
    sql::run(
        "insert into cs.database_logins (tenant_id, role_name, user_id) values ($1, $2, $3)",
        &[tenant.into(), role.into(), user.into()],
    )
}

/// Lets a role in, within bounds; it sees nothing until it is linked. As a superuser.
pub fn admit_role(role: &str) -> Result<(), Fault> {
    run_for_role(role, "grant cs_member to %I")?;
    bound_role(role)
}

/// Takes back that a role was let in. As a superuser.
pub fn turn_away(role: &str) -> Result<(), Fault> {
    // The role itself may no longer exist.
    match role_exists(role)? {
        true => run_for_role(role, "revoke cs_member from %I"),
        false => Ok(()),
    }
}

/// What a linked role may use of the server, unless the DBA has set its own bounds.
fn bound_role(role: &str) -> Result<(), Fault> {
    let missing = sql::one(
        include_str!("sql/missing_bounds.sql"),
        &[role.into()],
        |row| {
            Ok((
                row.need::<bool>("no_connection_limit")?,
                row.need::<bool>("no_temp_file_limit")?,
            ))
        },
    )?;
    if missing.0 {
        run_for_role(role, "alter role %I connection limit 10")?;
    }
    if missing.1 {
        run_for_role(role, "alter role %I set temp_file_limit = '1GB'")?;
    }
    Ok(())
}

fn unlink_role(role: &str) -> Result<(), Fault> {
    require_superuser(LINKING_ACTION)?;
    let links = sql::count(
        "delete from cs.database_logins where role_name = $1 returning role_name",
        &[role.into()],
    )?;
    if links == 0 {
        return Err(Fault::no_such("linked database role"));
    }
    // What is offered stays so, to be linked anew.
    let is_offered = sql::exists(
        "select from cs.offered_roles where role_name = $1",
        &[role.into()],
    )?;
    match is_offered {
        true => Ok(()),
        false => turn_away(role),
    }
}

fn role_exists(role: &str) -> Result<bool, Fault> {
    sql::exists("select from pg_roles where rolname = $1", &[role.into()])
}

/// A role that bypasses row security, or is one of the extension's, would see more than its person.
pub fn require_linkable(role: &str) -> Result<(), Fault> {
    let found = sql::first(include_str!("sql/role_powers.sql"), &[role.into()], |row| {
        row.maybe::<String>("obstacle")
    })?;
    match found {
        None => {
            Err(Fault::no_such("database role")
                .hint("Make it first: create role … login password …"))
        }
        Some(Some(obstacle)) => Err(Fault::invalid(
            "role_name",
            format!("the role \"{role}\" cannot be linked: it {obstacle}"),
        )),
        Some(None) => Ok(()),
    }
}

fn run_for_role(role: &str, statement: &str) -> Result<(), Fault> {
    let statement = sql::one(
        "select format($1, $2) as it",
        &[statement.into(), role.into()],
        |row| row.need::<String>("it"),
    )?;
    sql::run(&statement, &[])
}
