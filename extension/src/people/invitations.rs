//! Owns invitations: an administrator offers a role, a person accepts it. A token never changes an existing password: a person
//! who already has an account signs in first, with the address that was invited, and then joins.

use super::members::known_role;
use super::{email, one_time, password_hash, required};
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

#[pg_extern]
fn invite_member(email: &str, role: &str) -> JsonB {
    invite(email, role).or_raise()
}

#[pg_extern]
fn revoke_invitation(invitation_id: Option<Uuid>) {
    revoke(invitation_id).or_raise();
}

#[pg_extern(stable)]
fn read_invitation(
    token: &str,
) -> TableIterator<
    'static,
    (
        name!(email, String),
        name!(role, String),
        name!(tenant_name, String),
        name!(has_account, bool),
        name!(invited_by, Option<Uuid>),
    ),
> {
    let _section = System::enter();
    let found = sql::read(
        include_str!("sql/read_invitation.sql"),
        &[one_time::hash(token).into()],
        |row| {
            Ok((
                row.need("email")?,
                row.need("role")?,
                row.need("tenant_name")?,
                row.need("has_account")?,
                row.maybe("invited_by")?,
            ))
        },
    );
    TableIterator::new(found.or_raise())
}

#[pg_extern]
fn accept_invitation(token: &str, full_name: &str, password_hash: &str) -> Uuid {
    accept(token, full_name, password_hash).or_raise()
}

#[pg_extern]
fn join_tenant(token: &str, full_name: &str) -> Uuid {
    join(token, full_name).or_raise()
}

fn invite(address: &str, role: &str) -> Result<JsonB, Fault> {
    let tenant = identity::require_current(Action::PeopleEdit)?;
    let (address, role) = (email(address)?, known_role(role)?);
    let (token, inviter) = (one_time::generate("csi_")?, identity::current().user);
    let _section = System::enter();
    let is_member = sql::exists(
        include_str!("sql/is_member.sql"),
        &[tenant.into(), address.as_str().into()],
    )?;
    if is_member {
        return Err(Fault::taken(format!("{address} is already a member")));
    }
    let invited = sql::write_first(
        include_str!("sql/invite_member.sql"),
        &[
            tenant.into(),
            address.into(),
            role.label().into(),
            one_time::hash(&token).into(),
            inviter.into(),
        ],
        |row| row.need::<JsonB>("invitation"),
    )?;
    let mut invitation = invited.ok_or_else(|| Fault::internal("an invitation was not kept"))?;
    invitation.0["token"] = token.into();
    Ok(invitation)
}

/// An offer that is taken back is as one that has expired.
fn revoke(invitation: Option<Uuid>) -> Result<(), Fault> {
    let tenant = identity::require_current(Action::PeopleEdit)?;
    let _section = System::enter();
    let revoked = sql::count(
        "update cs.invitations set expires_at = least(expires_at, now())
         where tenant_id = $1 and id = $2 and accepted_at is null returning id",
        &[tenant.into(), invitation.into()],
    )?;
    match revoked {
        0 => Err(Fault::no_such("open invitation")),
        _ => Ok(()),
    }
}

/// For a person without an account: creates it, with the address that was invited.
fn accept(token: &str, full_name: &str, hash: &str) -> Result<Uuid, Fault> {
    let (full_name, hash) = (required("full_name", full_name)?, password_hash(hash)?);
    let _section = System::enter();
    let offer = accept_open(token)?;
    let user = sql::write_first(
        "insert into cs.users (email, encrypted_password, password_changed_at, email_verified_at)
         values ($1, $2, now(), now()) on conflict (email) do nothing returning id",
        &[offer.email.as_str().into(), hash.into()],
        |row| row.need::<Uuid>("id"),
    )?;
    let user = user.ok_or_else(|| {
        Fault::taken("this person already has an account")
            .hint("Sign in, then join with the invitation.")
    })?;
    add_member(&offer, user, &full_name)?;
    Ok(user)
}

/// For a person who is signed in, with the address that was invited.
fn join(token: &str, full_name: &str) -> Result<Uuid, Fault> {
    let full_name = required("full_name", full_name)?;
    let user = identity::current().user.ok_or_else(Fault::signed_out)?;
    let _section = System::enter();
    let offer = accept_open(token)?;
    let is_invited = sql::exists(
        "select from cs.users where id = $1 and email = $2",
        &[user.into(), offer.email.as_str().into()],
    )?;
    if !is_invited {
        return Err(Fault::forbidden(
            "this invitation is for another e-mail address",
        ));
    }
    add_member(&offer, user, &full_name)?;
    Ok(offer.tenant)
}

/// What an invitation offers.
struct Offer {
    tenant: Uuid,
    email: String,
    role: String,
}

/// Marks an open invitation as accepted and returns what it offers. Used, expired and unknown ones look alike.
fn accept_open(token: &str) -> Result<Offer, Fault> {
    let offer = sql::write_first(
        include_str!("sql/accept_invitation.sql"),
        &[one_time::hash(token).into()],
        |row| {
            Ok(Offer {
                tenant: row.need("tenant_id")?,
                email: row.need("email")?,
                role: row.need("role")?,
            })
        },
    )?;
    offer.ok_or_else(|| Fault::no_such("open invitation"))
}

fn add_member(offer: &Offer, user: Uuid, full_name: &str) -> Result<(), Fault> {
    sql::run(
        "insert into cs.profiles (tenant_id, user_id, full_name, role) values ($1, $2, $3, $4::cs.member_role)
         on conflict (tenant_id, user_id)
         do update set is_active = true, role = excluded.role, full_name = excluded.full_name",
        &[offer.tenant.into(), user.into(), full_name.into(), offer.role.as_str().into()],
    )
}
