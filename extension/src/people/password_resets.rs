//! Owns links for a forgotten password: an administrator makes one for a colleague, or a superuser for anybody; it is used once,
//! within an hour. A tenant never resets the password of a person who belongs to another one too.

use super::{one_time, password_hash, sessions};
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::{System, is_superuser};
use crate::pg::sql;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

#[pg_extern]
fn create_password_reset(user_id: Option<Uuid>) -> JsonB {
    create(user_id).or_raise()
}

#[pg_extern(stable)]
fn read_password_reset(
    token: &str,
) -> TableIterator<
    'static,
    (
        name!(email, String),
        name!(full_name, Option<String>),
        name!(expires_at, TimestampWithTimeZone),
    ),
> {
    let _section = System::enter();
    let found = sql::read(
        concat!(
            include_str!("sql/read_password_reset.sql"),
            include_str!("sql/open_password_reset.sql")
        ),
        &[one_time::hash(token).into()],
        |row| {
            Ok((
                row.need("email")?,
                row.maybe("full_name")?,
                row.need("expires_at")?,
            ))
        },
    );
    TableIterator::new(found.or_raise())
}

#[pg_extern]
fn reset_password(token: &str, password_hash: &str) -> Uuid {
    reset(token, password_hash).or_raise()
}

fn create(user: Option<Uuid>) -> Result<JsonB, Fault> {
    if is_superuser() {
        let _section = System::enter();
        let person = active_person(user)?;
        return keep(person, None, None);
    }
    let tenant = identity::require_current(Action::PeopleEdit)?;
    let maker = identity::current().user;
    let _section = System::enter();
    let member = own_member(tenant, user)?;
    if maker == Some(member) {
        return Err(
            Fault::forbidden("you cannot make a link for your own password")
                .hint("Change it under Your settings; if you have forgotten it, another Tenant Admin can make the link."),
        );
    }
    keep(member, Some(tenant), maker)
}

fn active_person(user: Option<Uuid>) -> Result<Uuid, Fault> {
    let person = sql::first(
        "select id from cs.users where id = $1 and is_active",
        &[user.into()],
        |row| row.need("id"),
    )?;
    person.ok_or_else(|| Fault::no_such("person"))
}

/// An active member of this tenant who belongs to no other.
fn own_member(tenant: Uuid, user: Option<Uuid>) -> Result<Uuid, Fault> {
    let member = sql::first(
        include_str!("sql/own_member.sql"),
        &[tenant.into(), user.into()],
        |row| {
            Ok((
                row.need::<Uuid>("user_id")?,
                row.need::<bool>("is_elsewhere")?,
            ))
        },
    )?;
    match member.ok_or_else(|| Fault::no_such("member"))? {
        (user, false) => Ok(user),
        (_, true) => Err(
            Fault::forbidden("this person belongs to another tenant too")
                .hint("Whoever runs the server can make the link."),
        ),
    }
}

/// Replaces the link that the person had; without a tenant it is a superuser's.
fn keep(user: Uuid, tenant: Option<Uuid>, maker: Option<Uuid>) -> Result<JsonB, Fault> {
    let token = one_time::generate("csr_")?;
    let kept = sql::write_first(
        include_str!("sql/create_password_reset.sql"),
        &[
            user.into(),
            tenant.into(),
            maker.into(),
            one_time::hash(&token).into(),
        ],
        |row| row.need::<JsonB>("reset"),
    )?;
    let mut reset = kept.ok_or_else(|| Fault::internal("a reset of a password was not kept"))?;
    reset.0["token"] = token.into();
    Ok(reset)
}

/// Used, replaced, expired and unknown links look alike.
fn reset(token: &str, hash: &str) -> Result<Uuid, Fault> {
    let hash = password_hash(hash)?;
    let _section = System::enter();
    let user = sql::write_first(
        concat!(
            "update cs.password_resets as reset set used_at = now() from cs.users as person\n",
            include_str!("sql/open_password_reset.sql"),
            "returning reset.user_id"
        ),
        &[one_time::hash(token).into()],
        |row| row.need::<Uuid>("user_id"),
    )?;
    let user = user.ok_or_else(|| Fault::no_such("open link"))?;
    sql::run(
        "update cs.users set encrypted_password = $2, password_changed_at = now() where id = $1",
        &[user.into(), hash.into()],
    )?;
    sessions::end_all(user)?;
    Ok(user)
}
