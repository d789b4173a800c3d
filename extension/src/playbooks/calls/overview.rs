//! Owns a playbook as calls look it up and return it, with the caller's rights.

use crate::identity::{self, Action};
use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::{JsonB, Uuid};
use serde_json::Value;

/// The tenant of a playbook that the caller sees and may edit. Errors: P0002 where there is none, 42501.
pub fn require_editable(playbook: Option<Uuid>) -> Result<(Uuid, Uuid), Fault> {
    let (tenant, id) = require_visible(playbook)?;
    identity::require(Action::PlaybookEdit, tenant)?;
    Ok((tenant, id))
}

/// The tenant of a playbook that the caller sees. Errors: P0002 where there is none.
pub fn require_visible(playbook: Option<Uuid>) -> Result<(Uuid, Uuid), Fault> {
    let no_such = || Fault::no_such("playbook");
    let id = playbook.ok_or_else(no_such)?;
    let tenant = sql::first(
        "select tenant_id from cs.playbooks where id = $1 and deleted_at is null",
        &[id.into()],
        |row| row.need::<Uuid>("tenant_id"),
    )?;
    Ok((tenant.ok_or_else(no_such)?, id))
}

/// The playbook as the list of playbooks shows it, with what this transaction has written.
pub fn read_overview(tenant: Uuid, id: Uuid) -> Result<Value, Fault> {
    let it = sql::write_first(
        "select to_jsonb(overview) as it from cs.playbook_overview as overview where tenant_id = $1 and id = $2",
        &[tenant.into(), id.into()],
        |row| row.need::<JsonB>("it"),
    )?;
    Ok(it.ok_or_else(|| Fault::no_such("playbook"))?.0)
}
