//! Owns a single attempt: as a person of one tenant, on something of another, in a subtransaction that is rolled back.

use super::surface::{ExposedFunction, ExposedRelation, Surface, read_text};
use crate::identity::settings::identity_name;
use crate::pg::fault::Fault;
use crate::pg::sql;
use crate::pg::subtransaction::{Failure, undone};

/// On whose behalf an attempt is made.
#[derive(Debug)]
pub struct TestCaller {
    /// The label of the role.
    pub role: String,
    /// The id of the person.
    pub user: String,
    /// The id of the tenant.
    pub tenant: String,
    /// What must not be in an answer: a regular expression of ids and markers that are foreign to them.
    pub foreign: String,
}

/// An attempt and what came of it.
#[derive(Debug)]
pub struct Attempt {
    /// The role of the caller.
    pub caller: String,
    /// The table, view or function.
    pub object: String,
    /// What was attempted.
    pub action: String,
    /// What happened.
    pub happened: String,
    /// Whether it was as it should be.
    pub is_ok: bool,
}

/// The SQLSTATEs of refusals. Any other failure means that the attempt itself was faulty, and is reported as such.
const REFUSALS: [&str; 8] = [
    "42501", "P0002", "22023", "23502", "23503", "23505", "23514", "0A000",
];

/// The control: a caller who sees nothing at all would pass every other attempt.
pub fn try_reading_own(caller: &TestCaller) -> Attempt {
    let seen = undone(|| {
        become_caller(caller)?;
        read_text("select count(*)::text as it from cs.accounts")
    });
    let expected = if caller.role == "Contributor" {
        "1"
    } else {
        "2"
    };
    let happened = seen.map_or_else(
        |failure| describe_failure(&failure),
        |count| format!("{count} own accounts seen"),
    );
    let is_ok = happened.starts_with(expected);
    Attempt {
        caller: caller.role.clone(),
        object: "accounts".into(),
        action: "read own".into(),
        happened,
        is_ok,
    }
}

/// Tries to read and, where rows can be written, to update, delete and insert.
pub fn try_relation(
    caller: &TestCaller,
    relation: &ExposedRelation,
    surface: &Surface,
) -> Vec<Attempt> {
    let name = &relation.name;
    let read = format!(
        "select count(*)::text as it from (select {} from cs.{name}) as it where to_jsonb(it)::text ~ '{}'",
        relation.readable, caller.foreign
    );
    let mut attempts = vec![run_attempt(
        caller,
        name,
        "read",
        &read,
        surface,
        |answer| answer == "0",
    )];
    if !relation.is_table {
        return attempts;
    }
    let column = &relation.updatable;
    // Without a condition no column has to be readable: row security alone decides which rows are affected.
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
        attempts.push(run_attempt(caller, name, action, &counted, surface, |_| {
            true
        }));
    }
    if let Some(row) = &relation.foreign_row {
        attempts.push(try_insert(
            caller,
            relation,
            surface,
            "insert as theirs",
            row,
        ));
        if relation.points_elsewhere {
            let own = format!(
                "'{}'::jsonb || '{{\"tenant_id\": \"{}\"}}'",
                row.replace('\'', "''"),
                caller.tenant
            );
            attempts.push(try_insert_of(
                caller,
                relation,
                surface,
                "insert pointing at theirs",
                &own,
            ));
        }
    }
    attempts
}

fn try_insert(
    caller: &TestCaller,
    relation: &ExposedRelation,
    surface: &Surface,
    action: &str,
    row: &str,
) -> Attempt {
    try_insert_of(
        caller,
        relation,
        surface,
        action,
        &format!("'{}'::jsonb", row.replace('\'', "''")),
    )
}

fn try_insert_of(
    caller: &TestCaller,
    relation: &ExposedRelation,
    surface: &Surface,
    action: &str,
    row: &str,
) -> Attempt {
    let (name, columns) = (&relation.name, &relation.insertable);
    let statement = format!(
        "with done as (
            insert into cs.{name} ({columns}) select {columns} from jsonb_populate_record(null::cs.{name}, {row}) returning 1
         ) select count(*)::text as it from done"
    );
    run_attempt(caller, name, action, &statement, surface, |answer| {
        answer == "0"
    })
}

/// Tries a call with the other tenant's ids: it must be refused, or the answer must show nothing of theirs.
pub fn try_function(caller: &TestCaller, function: &ExposedFunction, surface: &Surface) -> Attempt {
    let call = format!(
        "select (answer.it ~ '{}')::text as it from ({}) as answer",
        caller.foreign, function.call
    );
    run_attempt(
        caller,
        &function.signature,
        "call with their ids",
        &call,
        surface,
        |answer| answer == "false",
    )
}

/// Runs a statement as the caller, then looks, as superuser again, whether anything of the other tenant has changed.
fn run_attempt(
    caller: &TestCaller,
    object: &str,
    action: &str,
    statement: &str,
    surface: &Surface,
    accepts: impl Fn(&str) -> bool,
) -> Attempt {
    let outcome = undone(|| {
        become_caller(caller)?;
        let answer = read_text(statement)?;
        sql::run("select set_config('role', 'none', true)", &[])?;
        Ok((answer, read_text(&surface.checksum)?))
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
            describe_failure(&failure),
            REFUSALS.contains(&failure.sqlstate.as_str()),
        ),
    };
    Attempt {
        caller: caller.role.clone(),
        object: object.to_owned(),
        action: action.to_owned(),
        happened,
        is_ok,
    }
}

/// Settings first and the role after, as the gateway does it.
fn become_caller(caller: &TestCaller) -> Result<(), Fault> {
    sql::run(
        "select set_config($3, $1, true), set_config($4, $2, true)",
        &[
            caller.user.as_str().into(),
            caller.tenant.as_str().into(),
            identity_name("current_user_id").into(),
            identity_name("current_tenant_id").into(),
        ],
    )?;
    sql::run("select set_config('role', 'cs_member', true)", &[])
}

fn describe_failure(failure: &Failure) -> String {
    format!("{} {}", failure.sqlstate, failure.message)
}
