//! Owns a single try: as a person of one tenant, at something of another, in a subtransaction that is rolled back.

use super::surface::{Function, Relation, Surface, one_text};
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::subtransaction::{Failure, undone};

/// Who tries, and what would be foreign to them in an answer: a regular expression of ids and markers.
#[derive(Debug)]
pub struct Caller {
    pub(super) role: String,
    pub(super) user: String,
    pub(super) tenant: String,
    pub(super) foreign: String,
}

/// What came of it.
#[derive(Debug)]
pub struct Tried {
    pub(super) caller: String,
    pub(super) object: String,
    pub(super) action: String,
    pub(super) happened: String,
    pub(super) is_ok: bool,
}

/// Refusals that say no. Any other failure means that the try itself was no good, and is reported as such.
const REFUSALS: [&str; 8] = [
    "42501", "P0002", "22023", "23502", "23503", "23505", "23514", "0A000",
];

/// The control: whoever sees nothing at all passes every other try.
pub fn sees_own(caller: &Caller) -> Tried {
    let seen = undone(|| {
        become_caller(caller)?;
        one_text("select count(*)::text as it from cs.accounts")
    });
    let expected = if caller.role == "Contributor" {
        "1"
    } else {
        "2"
    };
    let happened = seen.map_or_else(
        |failure| told(&failure),
        |count| format!("{count} own accounts seen"),
    );
    let is_ok = happened.starts_with(expected);
    Tried {
        caller: caller.role.clone(),
        object: "accounts".into(),
        action: "read own".into(),
        happened,
        is_ok,
    }
}

/// Reads, and where rows can be written, updates, deletes, inserts.
pub fn on_relation(caller: &Caller, relation: &Relation, surface: &Surface) -> Vec<Tried> {
    let name = &relation.name;
    let read = format!(
        "select count(*)::text as it from (select {} from cs.{name}) as it where to_jsonb(it)::text ~ '{}'",
        relation.readable, caller.foreign
    );
    let mut tried = vec![attempt(caller, name, "read", &read, surface, |answer| {
        answer == "0"
    })];
    if !relation.is_table {
        return tried;
    }
    let column = &relation.updatable;
    // Without a condition no column has to be readable: row security alone decides which rows are met.
    let writes = [
        (
            "update",
            format!("update cs.{name} set {column} = {column}"),
        ),
        ("delete", format!("delete from cs.{name}")),
    ];
    for (action, statement) in writes {
        let counted = format!(
            "with done as ({statement} returning 1) select 'done' as it from (select count(*) from done) as it"
        );
        tried.push(attempt(caller, name, action, &counted, surface, |_| true));
    }
    if let Some(row) = &relation.foreign_row {
        tried.push(insert(caller, relation, surface, "insert as theirs", row));
        if relation.points_elsewhere {
            let own = format!(
                "'{}'::jsonb || '{{\"tenant_id\": \"{}\"}}'",
                row.replace('\'', "''"),
                caller.tenant
            );
            tried.push(insert_value(
                caller,
                relation,
                surface,
                "insert pointing at theirs",
                &own,
            ));
        }
    }
    tried
}

fn insert(
    caller: &Caller,
    relation: &Relation,
    surface: &Surface,
    action: &str,
    row: &str,
) -> Tried {
    insert_value(
        caller,
        relation,
        surface,
        action,
        &format!("'{}'::jsonb", row.replace('\'', "''")),
    )
}

fn insert_value(
    caller: &Caller,
    relation: &Relation,
    surface: &Surface,
    action: &str,
    row: &str,
) -> Tried {
    let (name, columns) = (&relation.name, &relation.insertable);
    let statement = format!(
        "with done as (
            insert into cs.{name} ({columns}) select {columns} from jsonb_populate_record(null::cs.{name}, {row}) returning 1
         ) select count(*)::text as it from done"
    );
    attempt(caller, name, action, &statement, surface, |answer| {
        answer == "0"
    })
}

/// A call with the other tenant's ids: refused, or an answer that tells nothing of theirs.
pub fn on_function(caller: &Caller, function: &Function, surface: &Surface) -> Tried {
    let call = format!(
        "select (answer.it ~ '{}')::text as it from ({}) as answer",
        caller.foreign, function.call
    );
    attempt(
        caller,
        &function.signature,
        "call with their ids",
        &call,
        surface,
        |answer| answer == "false",
    )
}

/// Runs a statement as the caller, then looks, as superuser again, whether anything of the other tenant has changed.
fn attempt(
    caller: &Caller,
    object: &str,
    action: &str,
    statement: &str,
    surface: &Surface,
    accepts: impl Fn(&str) -> bool,
) -> Tried {
    let outcome = undone(|| {
        become_caller(caller)?;
        let answer = one_text(statement)?;
        sql::run("select set_config('role', 'none', true)", &[])?;
        Ok((answer, one_text(&surface.checksum)?))
    });
    let (happened, is_ok) = match outcome {
        Ok((_, after)) if after != surface.before => {
            ("something of theirs changed".to_owned(), false)
        }
        Ok((answer, _)) => (
            format!("answered {answer}, nothing of theirs changed"),
            accepts(&answer),
        ),
        Err(failure) => (
            told(&failure),
            REFUSALS.contains(&failure.sqlstate.as_str()),
        ),
    };
    Tried {
        caller: caller.role.clone(),
        object: object.to_owned(),
        action: action.to_owned(),
        happened,
        is_ok,
    }
}

/// Settings first and the role after, as the gateway does it.
fn become_caller(caller: &Caller) -> Result<(), Fault> {
    sql::run(
        "select set_config('app.current_user_id', $1, true), set_config('app.current_tenant_id', $2, true)",
        &[caller.user.as_str().into(), caller.tenant.as_str().into()],
    )?;
    sql::run("select set_config('role', 'cs_member', true)", &[])
}

fn told(failure: &Failure) -> String {
    format!("{} {}", failure.sqlstate, failure.message)
}
