//! The data outlive the extension.

use cs_tests::stack;
use postgres::Client;
use postgres::error::SqlState;

use crate::snapshot;
use crate::support::accounts_bob_sees;

/// Row count and checksum of every table, and the columns of every table.
pub fn contents(client: &mut Client) -> Vec<String> {
    let tables: Vec<String> = client
        .query(
            "select oid::regclass::text from pg_class
              where relnamespace = 'cs'::regnamespace and relkind in ('r', 'p')
                and relname <> 'worker_failures' -- a worker that starts tries all again
              order by 1",
            &[],
        )
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    let mut lines = Vec::new();
    for table in tables {
        let sums = format!(
            "select count(*)::text || ' ' || coalesce(md5(string_agg(to_jsonb(t)::text, e'\\n' order by to_jsonb(t)::text)), '')
               from {table} t"
        );
        let columns = "select string_agg(attname::text || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum)
                         from pg_attribute
                        where attrelid = $1::text::regclass and attnum > 0 and not attisdropped";
        let sums: String = client.query_one(&sums, &[]).unwrap().get(0);
        let columns: String = client.query_one(columns, &[&table]).unwrap().get(0);
        lines.push(format!("{table}: {sums} ({columns})"));
    }
    lines
}

#[test]
fn dropping_the_extension_is_refused() {
    let database = stack::database().unwrap();
    let error = database
        .connect()
        .unwrap()
        .batch_execute("drop extension customer_success")
        .unwrap_err();
    assert_eq!(error.code(), Some(&SqlState::DEPENDENT_OBJECTS_STILL_EXIST));
}

#[test]
fn dropping_with_cascade_keeps_every_row_shows_nobody_any_and_creating_puts_all_back() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let fresh = stack::with_cluster(|cluster| Ok(snapshot::of(cluster, &database.name))).unwrap();
    let mut client = database.connect().unwrap();
    let mut before = contents(&mut client);
    assert_eq!(accounts_bob_sees(&database).len(), 3);

    client
        .batch_execute("drop extension customer_success cascade")
        .unwrap();
    assert_eq!(contents(&mut client), before);
    assert_eq!(accounts_bob_sees(&database), Vec::<String>::new());

    client
        .batch_execute("create extension customer_success")
        .unwrap();
    let mut after = contents(&mut client);
    // The one table that tells when and for which extension this was.
    for lines in [&mut before, &mut after] {
        lines.retain(|line| !line.starts_with("cs.schema_versions:"));
    }
    assert_eq!(after, before);
    assert_eq!(accounts_bob_sees(&database).len(), 3);
    let again = stack::with_cluster(|cluster| Ok(snapshot::of(cluster, &database.name))).unwrap();
    snapshot::assert_same(&fresh, &again, "re-created is not as new");
}

#[test]
fn databases_that_install_at_the_same_moment_wait_for_each_other() {
    let databases: Vec<_> = (0..4).map(|_| stack::database().unwrap()).collect();
    for _ in 0..3 {
        std::thread::scope(|scope| {
            for database in &databases {
                scope.spawn(|| {
                    let mut client = database.connect().unwrap();
                    client
                        .batch_execute(
                            "drop extension customer_success cascade; create extension customer_success",
                        )
                        .unwrap();
                });
            }
        });
    }
}
