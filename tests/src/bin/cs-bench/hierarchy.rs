//! Descendants and ancestors against `ltree` and against a recursive query, on the same tree of 100,000 accounts. All without
//! row security, which has a benchmark of its own, and summed by the server, so that the tree is measured and not the wire.

use std::cell::RefCell;
use std::time::Duration;

use anyhow::{Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::wait;
use postgres::{Client, Statement};
use uuid::Uuid;

use crate::measure::{Line, compare};

const ROUNDS: usize = 15;
const SETTLED_WITHIN: Duration = Duration::from_secs(60);
/// Not slower than ltree.
const LTREE: f64 = 1.0;
/// Five times as fast as a recursive query.
const RECURSIVE: f64 = 0.2;

const BELOW: &str =
    "select id, name, parent_id, level, depth, path from cs.account_descendants($1)";
const BELOW_LTREE: &str = "select below.id, below.name, below.parent_id, below.hierarchy_level as level,
         below.hierarchy_level - top.hierarchy_level as depth, below.line::text as path
     from bare.accounts as top
     join bare.accounts as below on below.tenant_id = top.tenant_id and below.line operator(bare.<@) top.line and below.id <> top.id
     where top.tenant_id = (select id from cs.tenants) and top.id = $1";
const BELOW_RECURSIVE: &str = "with recursive walk as (
         select id, name, parent_id, 0 as depth, tenant_id, hierarchy_level as level, hierarchy_path as path
         from bare.accounts where tenant_id = (select id from cs.tenants) and id = $1
         union all
         select child.id, child.name, child.parent_id, walk.depth + 1, child.tenant_id, walk.level + 1, walk.path || '/' || child.id
         from walk join bare.accounts as child on child.tenant_id = walk.tenant_id and child.parent_id = walk.id
     )
     select id, name, parent_id, level, depth, path from walk where depth > 0";
const ABOVE: &str = "select id, name, parent_id, level, null as path from cs.account_ancestors($1)";
const ABOVE_LTREE: &str = "select above.id, above.name, above.parent_id, above.hierarchy_level as level, null as path
     from bare.accounts as it
     join bare.accounts as above on above.tenant_id = it.tenant_id and above.line operator(bare.@>) it.line and above.id <> it.id
     where it.tenant_id = (select id from cs.tenants) and it.id = $1";
const ABOVE_RECURSIVE: &str = "with recursive walk as (
         select id, name, parent_id, tenant_id, hierarchy_level as level
         from bare.accounts where tenant_id = (select id from cs.tenants) and id = $1
         union all
         select parent.id, parent.name, parent.parent_id, parent.tenant_id, parent.hierarchy_level
         from walk join bare.accounts as parent on parent.tenant_id = walk.tenant_id and parent.id = walk.parent_id
     )
     select id, name, parent_id, level, null as path from walk where id <> $1";

/// The level of the accounts asked for, how many accounts are below each, and how often a round asks.
const SIZES: [(i32, i64, usize); 4] = [(4, 1, 200), (3, 99, 100), (2, 1_000, 20), (1, 10_010, 4)];
/// Accounts asked for in turn.
const SUBJECTS: i64 = 10;

/// All comparisons.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let database = Database::clone_template(cluster)?;
    let mut client = database.connect()?;
    println!("hierarchy: making a tree of 100,000 accounts …");
    client.batch_execute(include_str!("hierarchy.sql"))?;
    for table in ["cs.accounts", "bare.accounts"] {
        settle(&mut client, table)?;
    }
    let mut lines = Vec::new();
    for (level, size, repeats) in SIZES {
        let subjects = subjects(&mut client, level, size)?;
        let mut against = |name, query, reach| {
            let what = format!("descendants, {size} of 100,000, against {name}");
            one(
                &what,
                (BELOW, query),
                reach,
                &subjects,
                size,
                repeats,
                &mut client,
            )
        };
        lines.extend(against("ltree", BELOW_LTREE, LTREE)?);
        if size == 1_000 {
            lines.extend(against("a recursive query", BELOW_RECURSIVE, RECURSIVE)?);
        }
    }
    let subjects = subjects(&mut client, 4, 0)?;
    for (name, query) in [
        ("ltree", ABOVE_LTREE),
        ("a recursive query", ABOVE_RECURSIVE),
    ] {
        let what = format!("ancestors, 4 of 100,000, against {name}");
        lines.extend(one(
            &what,
            (ABOVE, query),
            LTREE,
            &subjects,
            4,
            200,
            &mut client,
        )?);
    }
    Ok(lines)
}

/// Vacuums until every page is known to be visible to all, as autovacuum leaves a table: at first the worker still looks at
/// what was before.
fn settle(client: &mut Client, table: &str) -> Result<()> {
    wait::until_true("a vacuum of every page", SETTLED_WITHIN, || {
        client.batch_execute(&format!("vacuum analyze {table}"))?;
        let seen = "select relallvisible >= relpages from pg_class where oid = $1::text::regclass";
        Ok(client.query_one(seen, &[&table])?.get(0))
    })
}

/// Accounts of a level with so many others below them.
fn subjects(client: &mut Client, level: i32, size: i64) -> Result<Vec<Uuid>> {
    let rows = client.query(
        "select it.id from cs.accounts as it
         where it.hierarchy_level = $1
           and exists (
               select from cs.accounts as below where below.tenant_id = it.tenant_id and below.parent_id = it.id
           ) = ($2::bigint > 0)
         order by it.id limit $3",
        &[&level, &size, &SUBJECTS],
    )?;
    Ok(rows.iter().map(|row| row.get(0)).collect())
}

fn one(
    what: &str,
    (ours, against): (&str, &str),
    reach: f64,
    subjects: &[Uuid],
    size: i64,
    repeats: usize,
    client: &mut Client,
) -> Result<Vec<Line>> {
    ensure!(!subjects.is_empty(), "{what}: nobody to ask for");
    for subject in subjects {
        let (mine, theirs) = (
            answer(client, ours, subject)?,
            answer(client, against, subject)?,
        );
        ensure!(
            mine == theirs && mine.0 >= size,
            "{what}: the answers differ"
        );
    }
    println!("hierarchy: {what} …");
    let (mine, theirs) = (
        client.prepare(&summed(ours))?,
        client.prepare(&summed(against))?,
    );
    let client = RefCell::new(client);
    compare(
        what,
        reach,
        ROUNDS,
        || repeat(&mut client.borrow_mut(), &mine, subjects, repeats),
        || repeat(&mut client.borrow_mut(), &theirs, subjects, repeats),
    )
}

/// Sums, so that the columns are made but not sent; of a path its bytes, since to count its characters takes as long as to
/// find it.
fn summed(query: &str) -> String {
    format!(
        "select count(*), count(name), sum(level), sum(octet_length(path)) from ({query}) as it"
    )
}

/// How many rows, and which, whatever the order.
fn answer(client: &mut Client, query: &str, subject: &Uuid) -> Result<(i64, String)> {
    let row = client.query_one(
        &format!(
            "select count(*), coalesce(md5(string_agg(concat_ws(' ', id, name, parent_id, level), ',' order by id)), '') from ({query}) as it"
        ),
        &[subject],
    )?;
    Ok((row.get(0), row.get(1)))
}

/// Prepared, as the gateway does it.
fn repeat(client: &mut Client, query: &Statement, subjects: &[Uuid], repeats: usize) -> Result<()> {
    for subject in subjects.iter().cycle().take(repeats) {
        client.query(query, &[subject])?;
    }
    Ok(())
}
