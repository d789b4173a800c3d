//! Owns that a parent exists as long as it has children, when the statement ends. The foreign key says so too; this
//! comes first because its messages are written for the caller.

use crate::pg::fault::Fault;
use crate::pg::section::Pinned;
use crate::pg::sql;
use crate::pg::trigger_row::{self, Outcome};
use pgrx::heap_tuple::PgHeapTuple;
use pgrx::prelude::*;
use pgrx::trigger_support::PgTriggerOperation;
use pgrx::{AllocatedByPostgres, PgTrigger, Uuid, WhoAllocated};

/// AFTER INSERT, UPDATE, DELETE ROW on accounts; of those written, only for rows whose parent was not found before.
#[pg_trigger]
fn tg_accounts__check_relatives<'a>(trigger: &'a PgTrigger<'a>) -> Outcome<'a> {
    trigger_row::after(|| {
        let _pinned = Pinned::enter();
        match trigger.op() {
            Ok(PgTriggerOperation::Delete) => refuse_orphans(&trigger_row(trigger.old())?),
            _ => require_parent(&trigger_row(trigger.new())?),
        }
    })
}

fn trigger_row(
    row: Option<PgHeapTuple<'_, AllocatedByPostgres>>,
) -> Result<PgHeapTuple<'_, AllocatedByPostgres>, Fault> {
    row.ok_or_else(|| Fault::internal("a row trigger has no row"))
}

fn id<A: WhoAllocated>(row: &PgHeapTuple<'_, A>, column: &str) -> Result<Option<Uuid>, Fault> {
    row.get_by_name(column)
        .map_err(|error| Fault::internal(error.to_string()))
}

fn require_parent(account: &PgHeapTuple<'_, AllocatedByPostgres>) -> Result<(), Fault> {
    let Some(parent) = id(account, "parent_id")? else {
        return Ok(());
    };
    if has_account("id", id(account, "tenant_id")?, Some(parent))? {
        return Ok(());
    }
    Err(Fault::invalid(
        "parent_id",
        "there is no such parent account in this tenant",
    )
    .hint("Choose an account of the same tenant, or leave parent_id out for an account without a parent."))
}

fn refuse_orphans(account: &PgHeapTuple<'_, AllocatedByPostgres>) -> Result<(), Fault> {
    if has_account("parent_id", id(account, "tenant_id")?, id(account, "id")?)? {
        return Err(
            Fault::in_use("an account that has subsidiaries cannot be deleted")
                .hint("Delete the subsidiaries with it, or move them first."),
        );
    }
    Ok(())
}

/// Whether an account of the tenant has this value in a column at the end of the statement.
fn has_account(column: &str, tenant: Option<Uuid>, value: Option<Uuid>) -> Result<bool, Fault> {
    sql::exists(
        &format!("select from cs.accounts where tenant_id = $1 and {column} = $2"),
        &[tenant.into(), value.into()],
    )
}
