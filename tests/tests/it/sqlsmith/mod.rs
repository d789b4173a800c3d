//! sqlsmith, connected as an analyst, breaks nothing, and is shown and changes nothing of another tenant.

mod tap;

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::{process, stack, tree, wait};
use postgres::Client;

use crate::lifecycle::contents;
use crate::support::{long, number};
use crate::world::{MARKERS, World, readable};
use tap::Tap;

/// How long it runs; `CS_SQLSMITH_SECONDS` says otherwise.
const SECONDS: u64 = 600;

/// A crash ends the server for good, errors say where they come from.
fn cluster() -> Cluster {
    let settings = [
        ("restart_after_crash", "off"),
        ("log_error_verbosity", "verbose"),
    ];
    stack::own_cluster(&settings.map(|(name, value)| (name.to_owned(), value.to_owned()))).unwrap()
}

/// Makes more of its statements run, without giving it more rights.
fn make_way(client: &mut Client) {
    // It takes any column, and a table with one that is not granted only refuses: a view of the others.
    for (relation, columns) in readable(client, "cs_member") {
        client
            .batch_execute(&format!(
                "create view public.granted_{relation} with (security_invoker) as select {} from cs.{relation};
                 grant select on public.granted_{relation} to cs_member",
                columns.join(", ")
            ))
            .unwrap();
    }
    // It asks for the operators of ranges with NULLs of no type of range: half of all it makes would fail on them.
    client
        .batch_execute(
            "delete from pg_operator
              where array[oprleft, oprright] && (select array_agg(oid) from pg_type where typname ~ '^any.*range$')",
        )
        .unwrap();
}

/// sqlsmith, what it says going to `output`; it rolls every statement back.
fn start(world: &World, port: u16, more: &[&str], output: &Path) -> Child {
    let output = File::options()
        .create(true)
        .append(true)
        .open(output)
        .unwrap();
    let mut command = Command::new("sqlsmith");
    process::without_pg_settings(&mut command);
    command
        .arg(format!(
            "--target=host=127.0.0.1 port={port} dbname={} user={} sslmode=disable",
            world.database.name, world.tenants[0].analyst
        ))
        .arg("--verbose")
        .args(more)
        .stdin(Stdio::null())
        .stdout(output.try_clone().unwrap())
        .stderr(output);
    process::spawn_tied(command, libc::SIGTERM).expect("sqlsmith is missing: install it")
}

/// Lets it work, unless it ends or a foreign marker goes by.
fn run(world: &World, tap: &Tap, more: &[&str], output: &Path, within: Duration) {
    let mut child = start(world, tap.port, more, output);
    let stopped = wait::until("an end of sqlsmith", within, || {
        let ended = child.try_wait()?.map(|status| status.to_string());
        Ok(ended.or_else(|| tap.foreign()))
    });
    child.kill().unwrap();
    child.wait().unwrap();
    let said = String::from_utf8_lossy(&fs::read(output).unwrap()).into_owned();
    if let Ok(reason) = stopped {
        panic!("{reason}\n{said}");
    }
    assert!(
        !said.contains(MARKERS[1]),
        "a foreign marker in what sqlsmith says:\n{said}"
    );
}

/// Crashes, and internal errors that come from our own sources; each with the statement, where the log has it.
fn findings(log: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut internal = String::new();
    for line in BufReader::new(File::open(log).unwrap()).split(b'\n') {
        let line = String::from_utf8_lossy(&line.unwrap()).into_owned();
        if line.contains("terminated by signal") || line.contains("PANIC:") {
            found.push(line);
        } else if line.contains("ERROR:  ") {
            internal = if line.contains("ERROR:  XX") {
                line
            } else {
                String::new()
            };
        } else if !internal.is_empty() && line.contains("LOCATION:  ") && line.contains(".rs:") {
            found.push(format!("{internal}\n{line}"));
        } else if line.contains("STATEMENT:  ") && !internal.is_empty() {
            if let Some(last) = found.last_mut().filter(|last| last.starts_with(&internal)) {
                last.push('\n');
                last.push_str(&line);
            }
            internal.clear();
        }
    }
    found
}

#[test]
fn sqlsmith_as_an_analyst_breaks_nothing_and_meets_nobody_else() {
    if !long() {
        return;
    }
    let seconds =
        std::env::var("CS_SQLSMITH_SECONDS").map_or(SECONDS, |text| text.parse().unwrap());
    let cluster = cluster();
    let world = World::inside(Database::clone_template(&cluster).unwrap());
    let mut client = world.database.connect().unwrap();
    make_way(&mut client);
    let started =
        "select extract(epoch from pg_postmaster_start_time() at time zone 'utc')::bigint";
    let (start, before) = (number(&mut client, started), contents(&mut client));

    let tap = Tap::start(cluster.port, MARKERS[0], MARKERS[1]).unwrap();
    let output = tree::target("test")
        .unwrap()
        .join(format!("sqlsmith-{}.log", std::process::id()));
    let half = Duration::from_secs(seconds) / 2;
    run(&world, &tap, &["--exclude-catalog"], &output, half);
    run(&world, &tap, &[], &output, half);

    let found = findings(&cluster.log());
    assert!(
        found.is_empty(),
        "{} findings, of which:\n{}",
        found.len(),
        found[..found.len().min(5)].join("\n\n")
    );
    assert_eq!(
        number(&mut client, started),
        start,
        "the server has restarted"
    );
    assert_eq!(contents(&mut client), before, "something has changed");
    assert!(tap.own() > 0, "sqlsmith saw not even its own rows");
    fs::remove_file(output).unwrap();
}
