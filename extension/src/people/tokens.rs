//! Owns tokens for programs: shown once, stored as a hash, revocable. A token acts as the person who created it.

use super::{one_time, required};
use crate::identity::{self, Action};
use crate::pg::fault::{Fault, OrRaise, given};
use crate::pg::section::System;
use crate::pg::sql;
use pgrx::iter::TableIterator;
use pgrx::prelude::*;
use pgrx::{JsonB, Uuid};

#[pg_extern]
fn create_api_token(
    name: Option<&str>,
    expires_at: default!(Option<TimestampWithTimeZone>, "null"),
) -> JsonB {
    given("name", name)
        .and_then(|name| create(name, expires_at))
        .or_raise()
}

#[pg_extern]
fn revoke_api_token(token_id: Uuid) {
    revoke(token_id).or_raise();
}

#[pg_extern(stable)]
fn check_token(
    token_hash: &str,
) -> TableIterator<'static, (name!(user_id, Uuid), name!(tenant_id, Uuid))> {
    let _section = System::enter();
    let holders = sql::read(
        include_str!("sql/check_token.sql"),
        &[token_hash.into()],
        |row| Ok((row.need("user_id")?, row.need("tenant_id")?)),
    );
    match holders.or_raise() {
        holders if holders.is_empty() => Fault::wrong_token().raise(),
        holders => TableIterator::new(holders),
    }
}

fn create(name: &str, expires_at: Option<TimestampWithTimeZone>) -> Result<JsonB, Fault> {
    let tenant = identity::require_current(Action::PeopleEdit)?;
    let name = required("name", name)?;
    let creator = identity::current().user;
    let token = one_time::generate("cs_")?;
    let _section = System::enter();
    let created = sql::write_first(
        include_str!("sql/create_api_token.sql"),
        &[
            tenant.into(),
            creator.into(),
            name.into(),
            one_time::hash(&token).into(),
            expires_at.into(),
        ],
        |row| row.need::<JsonB>("token"),
    )?;
    let mut created = created.ok_or_else(|| {
        Fault::invalid("expires_at", "a token cannot expire before it is created")
    })?;
    created.0["token"] = token.into();
    Ok(created)
}

fn revoke(token: Uuid) -> Result<(), Fault> {
    let tenant = identity::require_current(Action::PeopleEdit)?;
    let _section = System::enter();
    let revoked = sql::count(
        "update cs.api_tokens set revoked_at = coalesce(revoked_at, now()) where tenant_id = $1 and id = $2 returning id",
        &[tenant.into(), token.into()],
    )?;
    if revoked == 0 {
        Err(Fault::no_such("API token"))
    } else {
        Ok(())
    }
}
