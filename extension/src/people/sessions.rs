//! Owns sessions, as the gateway asks for them: whose password to verify, whether a session is still open, and which one
//! replaces it. Granted to `cs_gateway` alone.

use crate::pg::fault::{Fault, OrRaise, given};
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::prelude::*;
use pgrx::{Uuid, iter::TableIterator};

#[pg_extern(stable)]
fn login_lookup(
    email: &str,
) -> TableIterator<
    'static,
    (
        name!(user_id, Uuid),
        name!(encrypted_password, Option<String>),
    ),
> {
    let _section = System::enter();
    // Of what is no address there is nobody.
    let email = cs_text::fold_email(email).ok();
    let rows = sql::read(
        "select id, encrypted_password from cs.users where email = $1 and is_active",
        &[email.into()],
        |row| Ok((row.need("id")?, row.maybe("encrypted_password")?)),
    );
    TableIterator::new(rows.or_raise())
}

#[pg_extern]
fn open_session(
    user_id: Option<Uuid>,
    tenant_id: default!(Option<Uuid>, "null"),
    expires_at: default!(Option<TimestampWithTimeZone>, "null"),
) -> Uuid {
    let _section = System::enter();
    user_id
        .ok_or_else(no_such_user)
        .and_then(|user| open(user, tenant_id, expires_at))
        .or_raise()
}

#[pg_extern]
fn renew_session(
    jti: Option<Uuid>,
    tenant_id: default!(Option<Uuid>, "null"),
    expires_at: default!(Option<TimestampWithTimeZone>, "null"),
) -> Uuid {
    let _section = System::enter();
    end_open_session(jti)
        .and_then(|(user, tenant)| open(user, tenant_id.or(tenant), expires_at))
        .or_raise()
}

#[pg_extern(stable)]
fn session_person(
    jti: Uuid,
) -> TableIterator<
    'static,
    (
        name!(email, String),
        name!(encrypted_password, Option<String>),
    ),
> {
    let _section = System::enter();
    let rows = sql::read(
        include_str!("sql/session_person.sql"),
        &[jti.into()],
        |row| Ok((row.need("email")?, row.maybe("encrypted_password")?)),
    );
    match rows.or_raise() {
        rows if rows.is_empty() => Fault::signed_out().raise(),
        rows => TableIterator::new(rows),
    }
}

#[pg_extern]
fn change_password(
    jti: Option<Uuid>,
    old_hash: Option<&str>,
    new_hash: Option<&str>,
    expires_at: default!(Option<TimestampWithTimeZone>, "null"),
) -> Uuid {
    let _section = System::enter();
    replace_password(jti, old_hash, new_hash)
        .and_then(|(user, tenant)| open(user, tenant, expires_at))
        .or_raise()
}

#[pg_extern(stable)]
fn session_tenant(jti: Uuid) -> Option<Uuid> {
    let _section = System::enter();
    let tenant = sql::first(
        "select tenant_id from cs.sessions where id = $1",
        &[jti.into()],
        |row| row.maybe("tenant_id"),
    );
    tenant.or_raise().flatten()
}

#[pg_extern(stable)]
fn check_session(jti: Uuid) {
    let _section = System::enter();
    let is_open = sql::exists(include_str!("sql/check_session.sql"), &[jti.into()]);
    if !is_open.or_raise() {
        Fault::signed_out().raise();
    }
}

#[pg_extern]
fn end_session(jti: Uuid) {
    let _section = System::enter();
    sql::run(
        "update cs.sessions set ended_at = now() where id = $1 and ended_at is null",
        &[jti.into()],
    )
    .or_raise();
}

fn open(
    user: Uuid,
    tenant: Option<Uuid>,
    expires_at: Option<TimestampWithTimeZone>,
) -> Result<Uuid, Fault> {
    let opened = sql::write_first(
        include_str!("sql/open_session.sql"),
        &[user.into(), tenant.into(), expires_at.into()],
        |row| row.need("id"),
    )?;
    opened.ok_or_else(no_such_user)
}

fn no_such_user() -> Fault {
    Fault::no_such("active user in that tenant")
}

/// Ends an open session; returns its user and tenant.
fn end_open_session(jti: Option<Uuid>) -> Result<(Uuid, Option<Uuid>), Fault> {
    let ended = sql::write_first(
        include_str!("sql/end_open_session.sql"),
        &[jti.into()],
        |row| Ok((row.need("user_id")?, row.maybe("tenant_id")?)),
    )?;
    ended.ok_or_else(Fault::signed_out)
}

/// Puts a new password in place of the one that was verified, and ends all sessions of the user; returns user and tenant.
fn replace_password(
    jti: Option<Uuid>,
    old_hash: Option<&str>,
    new_hash: Option<&str>,
) -> Result<(Uuid, Option<Uuid>), Fault> {
    let old_hash = given("old_hash", old_hash)?;
    let new_hash = super::password_hash(given("new_hash", new_hash)?)?;
    let (user, tenant) = end_open_session(jti)?;
    let changed = sql::count(
        "update cs.users set encrypted_password = $3, password_changed_at = now()
         where id = $1 and encrypted_password = $2 returning id",
        &[user.into(), old_hash.into(), new_hash.into()],
    )?;
    if changed == 0 {
        return Err(Fault::changed(
            "the password has been changed in the meantime",
            serde_json::Value::Null,
        ));
    }
    end_all(user)?;
    Ok((user, tenant))
}

/// Ends all sessions of a person whose password has changed.
pub(super) fn end_all(user: Uuid) -> Result<(), Fault> {
    sql::run(
        "update cs.sessions set ended_at = now() where user_id = $1 and ended_at is null",
        &[user.into()],
    )
}
