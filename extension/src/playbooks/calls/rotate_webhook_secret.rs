//! Owns giving a playbook a new secret. With the caller's rights: a trigger keeps the one before for a day.

use super::overview::require_editable;
use crate::pg::fault::{Fault, OrRaise};
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::webhooks::signature::Secret;
use pgrx::Uuid;
use pgrx::prelude::*;

#[pg_extern]
fn rotate_webhook_secret(playbook_id: Option<Uuid>) -> String {
    let _pinned = Pinned::enter();
    rotate(playbook_id).or_raise()
}

/// The new secret: this once, nobody can read it afterwards.
fn rotate(playbook: Option<Uuid>) -> Result<String, Fault> {
    let (tenant, id) = require_editable(playbook)?;
    let secret = Secret::generate()?;
    sql::run(
        "update cs.playbooks set webhook_secret = $3 where tenant_id = $1 and id = $2",
        &[tenant.into(), id.into(), secret.as_str().into()],
    )?;
    Ok(secret)
}
