//! Owns what is told of a stage, member or custom field that goes: what still names it. With the caller's rights.

use crate::pg::fault::Fault;
use crate::pg::sql;
use pgrx::{JsonB, Uuid};
use serde_json::Value;

/// What names it, of what the caller sees: an array of {kind, id, name}, as the SQL function `named_by`.
pub fn read_named_by(id: Uuid) -> Result<Value, Fault> {
    let all = sql::write_first(
        "select coalesce(jsonb_agg(to_jsonb(it)), '[]') as named_by from cs.named_by($1) as it",
        &[id.into()],
        |row| row.need::<JsonB>("named_by"),
    )?;
    Ok(all.map_or(Value::Null, |it| it.0))
}
