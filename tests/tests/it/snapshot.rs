//! The catalogue as text: what pg_dump says of the schema, and the native functions, which it leaves out.

use std::fs;

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::{stack, tree};

/// The major version that `tests/schema.sql` is of: others word the same things differently.
const WRITTEN_ON: u32 = 15;

const NATIVES: &str = "
    select format('-- %s returns %s %s%s%s, owner %s, %s',
               p.oid::regprocedure, pg_get_function_result(p.oid),
               case p.provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
               case when p.proisstrict then ' strict' else '' end,
               case p.proparallel when 's' then ' parallel safe' when 'r' then ' parallel restricted' else '' end,
               pg_get_userbyid(p.proowner),
               coalesce((select string_agg(grantee, ' ' order by grantee)
                           from (select case a.grantee when 0 then 'public' else pg_get_userbyid(a.grantee)::text end
                                   from aclexplode(p.proacl) a) granted (grantee)), 'anybody'))
      from pg_proc p
     where p.pronamespace = 'cs'::regnamespace
       and exists (select from pg_depend d
                    where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
     order by p.oid::regprocedure::text collate \"C\"";

/// The schema of a database, the same text for the same schema.
pub fn of(cluster: &Cluster, database: &str) -> String {
    let output = cluster
        .program("pg_dump")
        .args(["--schema-only", "--schema=cs", "--dbname", database])
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let mut lines: Vec<String> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        // These differ from run to run and from minor version to minor version.
        .filter(|line| {
            !["\\restrict", "\\unrestrict", "-- Dumped "]
                .iter()
                .any(|start| line.starts_with(start))
        })
        .map(str::to_owned)
        .collect();
    lines.push(
        "-- Native functions, members of the extension: result, kind, owner, who may call them"
            .to_owned(),
    );
    let natives = cluster
        .connect(database)
        .unwrap()
        .query(NATIVES, &[])
        .unwrap();
    lines.extend(natives.iter().map(|row| row.get::<_, String>(0)));
    lines.dedup_by(|next, before| next.is_empty() && before.is_empty());
    lines.join("\n").trim().to_owned() + "\n"
}

/// Fails with the first lines that differ.
pub fn assert_same(expected: &str, found: &str, what: &str) {
    let lacks = |text: &str, line: &str| !text.lines().any(|other| other == line);
    let missing: Vec<_> = expected
        .lines()
        .filter(|line| lacks(found, line))
        .take(20)
        .collect();
    let added: Vec<_> = found
        .lines()
        .filter(|line| lacks(expected, line))
        .take(20)
        .collect();
    assert!(
        expected == found,
        "{what}\nmissing: {missing:#?}\nadded: {added:#?}"
    );
}

#[test]
fn the_snapshot_of_a_fresh_install_is_the_committed_one() {
    let (major, found) = stack::with_cluster(|cluster| {
        let database = Database::clone_template(cluster)?;
        Ok((cluster.server.major, of(cluster, &database.name)))
    })
    .unwrap();
    if major != WRITTEN_ON {
        eprintln!("left out: tests/schema.sql is of PostgreSQL {WRITTEN_ON}, this is {major}");
        return;
    }
    let path = tree::root().join("tests/schema.sql");
    if std::env::var_os("CS_WRITE_SNAPSHOT").is_some() {
        fs::write(&path, &found).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert_same(
        &committed,
        &found,
        "the schema changed: run make snapshot, and commit what it writes",
    );
}
