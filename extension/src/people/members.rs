//! Owns the members of a tenant: their roles, and how they leave and hand over their accounts. A tenant never loses its last
//! administrator.

use crate::identity::{self, Action, Identity, Role};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::Uuid;
use pgrx::prelude::*;

#[pg_extern]
fn set_member_role(user_id: Uuid, role: &str) {
    set_role(user_id, role).or_raise();
}

#[pg_extern]
fn deactivate_member(user_id: Option<Uuid>, hand_over_to: default!(Option<Uuid>, "null")) -> i64 {
    let user = user_id.ok_or_else(|| Fault::no_such("member"));
    user.and_then(|user| deactivate(user, hand_over_to))
        .or_raise()
}

#[pg_extern]
fn leave_tenant(hand_over_to: default!(Option<Uuid>, "null")) -> i64 {
    leave(hand_over_to).or_raise()
}

fn set_role(user: Uuid, role: &str) -> Result<(), Fault> {
    let tenant = identity::require_current(Action::PeopleEdit)?;
    let role = known_role(role)?;
    let _section = System::enter();
    let current = lock_member(tenant, user)?;
    if current == role.label() {
        return Ok(());
    }
    if role != Role::TenantAdmin {
        keep_an_admin(tenant, user)?;
    }
    sql::run(
        "update cs.profiles set role = $3::cs.member_role where tenant_id = $1 and user_id = $2",
        &[tenant.into(), user.into(), role.label().into()],
    )?;
    end_sessions(tenant, user)
}

fn deactivate(user: Uuid, successor: Option<Uuid>) -> Result<i64, Fault> {
    let tenant = identity::require_current(Action::PeopleEdit)?;
    end_membership(tenant, user, successor)
}

/// Whoever may do nothing else here may leave.
fn leave(successor: Option<Uuid>) -> Result<i64, Fault> {
    match identity::current() {
        Identity {
            user: Some(user),
            membership: Some((tenant, _)),
        } => end_membership(tenant, user, successor),
        _ => Err(Fault::no_such("tenant of yours to leave")),
    }
}

/// Deactivates a member of the caller's tenant; returns how many accounts were handed over.
fn end_membership(tenant: Uuid, user: Uuid, successor: Option<Uuid>) -> Result<i64, Fault> {
    let _section = System::enter();
    lock_member(tenant, user)?;
    keep_an_admin(tenant, user)?;
    if let Some(successor) = successor {
        if successor == user {
            return Err(Fault::invalid(
                "hand_over_to",
                "accounts cannot be handed over to the member who leaves",
            ));
        }
        lock_member(tenant, successor)?;
    }
    let accounts = hand_over(tenant, user, successor)?;
    sql::run(
        include_str!("sql/deactivate_member.sql"),
        &[tenant.into(), user.into()],
    )?;
    end_sessions(tenant, user)?;
    Ok(accounts)
}

fn hand_over(tenant: Uuid, user: Uuid, successor: Option<Uuid>) -> Result<i64, Fault> {
    let owned = count(
        "select count(*) as it from cs.accounts where tenant_id = $1 and csm_id = $2",
        &[tenant.into(), user.into()],
    )?;
    if owned > 0 && successor.is_none() {
        return Err(Fault::invalid(
            "hand_over_to",
            format!("this person looks after {owned} accounts"),
        )
        .hint("Name the colleague who takes them over."));
    }
    sql::run(
        "update cs.accounts set csm_id = $3 where tenant_id = $1 and csm_id = $2",
        &[tenant.into(), user.into(), successor.into()],
    )?;
    Ok(owned)
}

/// The role with this label; 22023 where there is none.
pub(super) fn known_role(label: &str) -> Result<Role, Fault> {
    Role::from_label(label).ok_or_else(|| {
        Fault::invalid("role", format!("there is no role \"{label}\""))
            .hint("Roles are Practitioner, Contributor, Viewer and Tenant Admin.")
    })
}

/// The current role of an active member. Locks the tenant, so that two administrators cannot demote each other at once.
fn lock_member(tenant: Uuid, user: Uuid) -> Result<String, Fault> {
    sql::run(
        "select from cs.tenants where id = $1 for no key update",
        &[tenant.into()],
    )?;
    let role = sql::write_first(
        "select role::text as role from cs.profiles where tenant_id = $1 and user_id = $2 and is_active",
        &[tenant.into(), user.into()],
        |row| row.need("role"),
    )?;
    role.ok_or_else(|| Fault::no_such("member"))
}

/// Refuses to take away the last administrator.
fn keep_an_admin(tenant: Uuid, user: Uuid) -> Result<(), Fault> {
    let others = count(
        include_str!("sql/other_admins.sql"),
        &[tenant.into(), user.into()],
    )?;
    if others > 0 {
        return Ok(());
    }
    Err(Fault::invalid(
        "user_id",
        "a tenant must keep at least one active Tenant Admin",
    )
    .hint("Make someone else Tenant Admin first."))
}

/// The one number of a query, which sees what was committed since the statement began.
fn count(query: &str, arguments: &[pgrx::datum::DatumWithOid<'_>]) -> Result<i64, Fault> {
    let count = sql::write_first(query, arguments, |row| row.need("it"))?;
    Ok(count.unwrap_or(0))
}

/// Ends the sessions of a member whose role has changed.
fn end_sessions(tenant: Uuid, user: Uuid) -> Result<(), Fault> {
    sql::run(
        "update cs.sessions set ended_at = now() where tenant_id = $1 and user_id = $2 and ended_at is null",
        &[tenant.into(), user.into()],
    )
}
