//! Owns offers of database roles: a DBA offers one to a tenant, whose administrators link it to a member and end the link. The
//! role is admitted when it is offered, since only a superuser can; a link is then a row.

use super::database_role::{
    LINKING_ACTION, active_tenant, admit_role, require_linkable, turn_away, write_link,
};
use super::{Action, require_current};
use crate::pg::fault::{Fault, OrRaise, given};
use crate::pg::section::{Pinned, System, require_superuser};
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::prelude::*;

#[pg_extern]
fn offer_database_role(role_name: Option<&str>, tenant_slug: Option<&str>) {
    let _pinned = Pinned::enter();
    given("role_name", role_name)
        .and_then(|role| offer(role, given("tenant_slug", tenant_slug)?))
        .or_raise();
}

#[pg_extern]
fn withdraw_database_role_offer(role_name: Option<&str>) {
    let _pinned = Pinned::enter();
    given("role_name", role_name).and_then(withdraw).or_raise();
}

#[pg_extern]
fn link_analyst(user_id: Option<Uuid>, role_name: Option<&str>) {
    given("role_name", role_name)
        .and_then(|role| link_member(user_id, role))
        .or_raise();
}

#[pg_extern]
fn unlink_analyst(role_name: Option<&str>) {
    given("role_name", role_name).and_then(end_link).or_raise();
}

fn offer(role: &str, slug: &str) -> Result<(), Fault> {
    require_superuser(LINKING_ACTION)?;
    require_linkable(role)?;
    let tenant = active_tenant(slug)?;
    let is_elsewhere = sql::exists(
        include_str!("sql/role_is_elsewhere.sql"),
        &[tenant.into(), role.into()],
    )?;
    if is_elsewhere {
        return Err(Fault::taken(format!(
            "the role \"{role}\" is offered to, or linked in, another tenant"
        ))
        .hint("Withdraw the offer with withdraw_database_role_offer(role_name), or unlink the role, first."));
    }
    sql::run(
        "insert into cs.offered_roles (tenant_id, role_name) values ($1, $2) on conflict do nothing",
        &[tenant.into(), role.into()],
    )?;
    admit_role(role)
}

/// Ends the link too: what is not offered is nobody's to use.
fn withdraw(role: &str) -> Result<(), Fault> {
    require_superuser(LINKING_ACTION)?;
    let withdrawn = sql::count(
        "delete from cs.offered_roles where role_name = $1 returning role_name",
        &[role.into()],
    )?;
    if withdrawn == 0 {
        return Err(Fault::no_such("offered database role"));
    }
    sql::run(
        "delete from cs.database_logins where role_name = $1",
        &[role.into()],
    )?;
    turn_away(role)
}

fn link_member(user: Option<Uuid>, role: &str) -> Result<(), Fault> {
    let tenant = require_current(Action::PeopleEdit)?;
    let _section = System::enter();
    let is_offered = sql::exists(
        "select from cs.offered_roles where tenant_id = $1 and role_name = $2",
        &[tenant.into(), role.into()],
    )?;
    if !is_offered {
        return Err(Fault::no_such("offered database role"));
    }
    let member = sql::first(
        include_str!("sql/active_member.sql"),
        &[tenant.into(), user.into()],
        |row| row.need::<Uuid>("user_id"),
    )?;
    let member = member.ok_or_else(|| Fault::no_such("member"))?;
    // It may have got other rights since it was offered.
    require_linkable(role)?;
    write_link(role, tenant, member)
}

/// Of offered roles alone: what a DBA has linked, a DBA ends.
fn end_link(role: &str) -> Result<(), Fault> {
    let tenant = require_current(Action::PeopleEdit)?;
    let _section = System::enter();
    let links = sql::count(
        "delete from cs.database_logins as login using cs.offered_roles as offer
         where login.tenant_id = $1 and login.role_name = $2
             and offer.tenant_id = login.tenant_id and offer.role_name = login.role_name
         returning login.role_name",
        &[tenant.into(), role.into()],
    )?;
    match links {
        0 => Err(Fault::no_such("linked database role")),
        _ => Ok(()),
    }
}
