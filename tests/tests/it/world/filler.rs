//! Makes the world complete from the catalogue alone: a row in every table, a marker in every text, whatever tables
//! there are. Works beside triggers and foreign keys, since it only has to look right, not to have happened.

use postgres::{Client, Transaction};

use super::Tenant;
use super::tables::{self, Column, Table};

/// Texts that mean something to the code that reads them; the same in every tenant.
const MEANINGFUL: &[(&str, &str)] = &[
    ("playbooks", "trigger_criteria"),
    ("playbooks", "event_kind"),
    ("playbooks", "event_stage"),
    ("health_models", "weights"),
    ("health_models", "thresholds"),
    ("health_models", "targets"),
    ("health_models", "caps"),
    ("health_models", "key_features"),
    ("health_models", "feature_aliases"),
    ("health_models", "quiet_periods"),
    ("tenants", "settings"),
    ("custom_fields", "default_value"),
    ("saved_views", "criteria"),
    ("accounts", "hierarchy_path"),
];

pub fn fill_and_mark(client: &mut Client, tenant: &Tenant) {
    let mut work = client.transaction().unwrap();
    work.batch_execute("set local session_replication_role = replica")
        .unwrap();
    let mut next = 1000;
    for table in tables::all(&mut work)
        .into_iter()
        .filter(|table| !table.is_view)
    {
        let Some(rows) = table.rows_of(&tenant.id) else {
            continue;
        };
        let count = format!("select count(*) from cs.{} where {rows}", table.name);
        if work.query_one(&count, &[]).unwrap().get::<_, i64>(0) == 0 {
            insert(&mut work, &table, tenant, &mut next);
        }
        for column in &table.columns {
            mark(&mut work, &table, column, &rows, tenant, &mut next);
        }
    }
    work.commit().unwrap();
}

/// Does it, or leaves all as it was.
fn attempt(work: &mut Transaction<'_>, statement: &str) -> Result<(), postgres::Error> {
    let mut inner = work.transaction()?;
    inner.batch_execute(statement)?;
    inner.commit()
}

fn insert(work: &mut Transaction<'_>, table: &Table, tenant: &Tenant, next: &mut u32) {
    let columns: Vec<&Column> = table.columns.iter().filter(|c| !c.generated).collect();
    let names: Vec<&str> = columns.iter().map(|c| c.name.as_str()).collect();
    let mut failure = String::new();
    // A text that a CHECK narrows to a few words takes the first of them.
    for literal in [false, true] {
        let values: Vec<String> = columns
            .iter()
            .map(|column| {
                *next += 1;
                let word = literal.then(|| checked_word(work, table, column)).flatten();
                word.or_else(|| referenced(work, table, column, tenant))
                    .unwrap_or_else(|| value(column, tenant, *next))
            })
            .collect();
        let statement = format!(
            "insert into cs.{} ({}) values ({})",
            table.name,
            names.join(", "),
            values.join(", ")
        );
        match attempt(work, &statement) {
            Ok(()) => return,
            Err(error) => failure = format!("{statement}: {error:?}"),
        }
    }
    panic!("cannot put a row into {}: {failure}", table.name);
}

fn value(column: &Column, tenant: &Tenant, number: u32) -> String {
    let text = format!("{}{number}z", tenant.marker);
    match column.kind.as_str() {
        _ if column.name == "tenant_id" => format!("'{}'", tenant.id),
        "uuid" => "gen_random_uuid()".to_owned(),
        "text" | "name" | "character varying" => format!("'{text}'"),
        "text[]" => format!("array['{text}']"),
        "uuid[]" => "array[gen_random_uuid()]".to_owned(),
        "jsonb" | "json" => format!("'{{\"note\": \"{text}\"}}'"),
        "integer" | "bigint" | "smallint" | "numeric" | "double precision" => "1".to_owned(),
        "boolean" => "false".to_owned(),
        "timestamp with time zone" => "now()".to_owned(),
        "date" => "current_date".to_owned(),
        kind if kind.starts_with("cs.") => format!("(enum_range(null::{kind}))[1]"),
        _ if column.nullable => "null".to_owned(),
        kind => panic!("no value for {} of type {kind}", column.name),
    }
}

fn checked_word(work: &mut Transaction<'_>, table: &Table, column: &Column) -> Option<String> {
    let row = work.query_opt(
        "select substring(pg_get_constraintdef(k.oid) from '''([^'']+)''::text')
           from pg_constraint k
          where k.conrelid = format('cs.%I', $1::text)::regclass and k.contype = 'c' and cardinality(k.conkey) = 1
            and pg_get_constraintdef(k.oid) ~ ('\\m' || $2::text || '\\M.*= ANY')",
        &[&table.name, &column.name],
    );
    let word: Option<String> = row.unwrap()?.get(0);
    word.map(|word| format!("'{word}'"))
}

/// A value that the tenant's row of the referenced table has.
fn referenced(
    work: &mut Transaction<'_>,
    table: &Table,
    column: &Column,
    tenant: &Tenant,
) -> Option<String> {
    let row = work.query_opt(
        "select far.relname::text, t.attname::text
           from pg_constraint k
           join pg_class far on far.oid = k.confrelid,
                unnest(k.conkey, k.confkey) as pair (near, far)
           join pg_attribute n on n.attnum = pair.near
           join pg_attribute t on t.attnum = pair.far
          where k.contype = 'f' and k.conrelid = format('cs.%I', $1::text)::regclass
            and n.attrelid = k.conrelid and t.attrelid = k.confrelid and n.attname = $2::text::name
          limit 1",
        &[&table.name, &column.name],
    );
    let row = row.unwrap()?;
    let (far, key): (String, String) = (row.get(0), row.get(1));
    let all = tables::all(work);
    let far = all.iter().find(|table| table.name == far)?;
    Some(format!(
        "(select {key} from cs.{} where {} limit 1)",
        far.name,
        far.rows_of(&tenant.id)?
    ))
}

/// Gives each row's text a marker of its own, where none is in it and a CHECK lets one be.
fn mark(
    work: &mut Transaction<'_>,
    table: &Table,
    column: &Column,
    rows: &str,
    tenant: &Tenant,
    next: &mut u32,
) {
    let meaningful = MEANINGFUL.contains(&(table.name.as_str(), column.name.as_str()));
    if column.in_key || column.generated || meaningful {
        return;
    }
    let (name, marker) = (&column.name, tenant.marker);
    *next += 100;
    let text = format!("'{marker}' || ({next} + numbered.n) || 'z'");
    let marked = match column.kind.as_str() {
        "text" => text,
        "text[]" => format!("array[{text}]"),
        "jsonb" => format!(
            "case when jsonb_typeof(coalesce(t.{name}, '{{}}')) = 'object'
                  then coalesce(t.{name}, '{{}}') || jsonb_build_object('note', {text})
                  else to_jsonb({text}) end"
        ),
        _ => return,
    };
    let statement = format!(
        "update cs.{0} as t set {name} = {marked}
           from (select ctid as place, row_number() over () as n from cs.{0} where {rows}) as numbered
          where t.ctid = numbered.place and coalesce(t.{name}::text, '') !~ '{marker}[0-9]+z'",
        table.name
    );
    // Refused where a CHECK allows only a few words or a form such as a colour: those tell nothing about a tenant.
    let _ = attempt(work, &statement);
}
