//! What people see of a database, and what those see who are nobody.

use cs_tests::cluster;
use postgres::{Client, GenericClient};

use crate::world::{MEMBER_ROLES, World, readable};

/// Per relation that a member may read: how many rows, and a checksum.
fn relations(client: &mut impl GenericClient, columns: &[(String, Vec<String>)]) -> Vec<String> {
    columns
        .iter()
        .map(|(relation, columns)| {
            let query = format!(
                "select '{relation}: ' || count(*) || ' ' || coalesce(md5(string_agg(seen::text, e'\\n' order by seen::text)), '')
                   from (select {} from cs.{relation}) as seen",
                columns.join(", ")
            );
            client.query_one(&query, &[]).unwrap().get(0)
        })
        .collect()
}

/// Ages in seconds, which grow from one look to the next.
const AGES: &[(&str, &[&str])] = &[("current_stays", &["seconds", "over_seconds"])];

/// Tells of the workers that run, and so of this database alone.
const LIVE: &str = "automation_health";

fn columns(client: &mut Client) -> Vec<(String, Vec<String>)> {
    let mut all = readable(client, "cs_member");
    all.retain(|(relation, _)| relation != LIVE);
    for (relation, columns) in &mut all {
        let aged = AGES.iter().find(|(name, _)| name == relation);
        columns.retain(|column| aged.is_none_or(|(_, ages)| !ages.contains(&column.as_str())));
    }
    all
}

/// What each of the world's people sees, stated by a superuser and as an analyst who connects.
pub fn of_all(world: &World, port: u16, database: &str) -> Vec<String> {
    let mut client = cluster::connect(port, database, "postgres").unwrap();
    let columns = columns(&mut client);
    let mut seen = Vec::new();
    for tenant in &world.tenants {
        for (person, role) in MEMBER_ROLES.iter().enumerate() {
            let mut work = client.transaction().unwrap();
            work.batch_execute(&tenant.identity(person)).unwrap();
            work.batch_execute("set local role cs_member").unwrap();
            let lines = relations(&mut work, &columns);
            assert!(
                !lines.iter().any(|line| line.starts_with("accounts: 0 ")),
                "{role} of {} sees no account",
                tenant.marker
            );
            seen.extend(label(&lines, &format!("{role} of {}", tenant.marker)));
        }
        let mut analyst = cluster::connect(port, database, &tenant.analyst).unwrap();
        seen.extend(label(&relations(&mut analyst, &columns), &tenant.analyst));
    }
    seen
}

fn label(lines: &[String], who: &str) -> Vec<String> {
    lines.iter().map(|line| format!("{who}: {line}")).collect()
}

/// The relations of which a member without identity sees a row.
pub fn of_nobody(world: &World, port: u16, database: &str) -> Vec<String> {
    let mut client = cluster::connect(port, database, "postgres").unwrap();
    let columns = columns(&mut client);
    let mut bare = cluster::connect(port, database, &world.bare).unwrap();
    let mut lines = relations(&mut bare, &columns);
    lines.retain(|line| !line.contains(": 0 "));
    lines
}

/// What a role that was granted nothing, and so PUBLIC, may do with the schema and what is in it.
pub fn privileges_of_public(client: &mut Client) -> Vec<String> {
    client.batch_execute("create role granted_nothing").unwrap();
    let rows = client.query(
        "select 'schema cs' where has_schema_privilege('granted_nothing', 'cs', 'usage, create')
         union all
         select c.oid::regclass::text from pg_class c
          where c.relnamespace = 'cs'::regnamespace
            and case when c.relkind in ('r', 'p', 'v', 'm', 'f')
                     then has_table_privilege('granted_nothing', c.oid, 'select, insert, update, delete, truncate, references, trigger')
                          or has_any_column_privilege('granted_nothing', c.oid, 'select, insert, update, references')
                     when c.relkind = 'S'
                     then has_sequence_privilege('granted_nothing', c.oid, 'usage, select, update') end
         union all
         select p.oid::regprocedure::text from pg_proc p
          where p.pronamespace = 'cs'::regnamespace and has_function_privilege('granted_nothing', p.oid, 'execute')",
        &[],
    );
    rows.unwrap().iter().map(|row| row.get(0)).collect()
}
