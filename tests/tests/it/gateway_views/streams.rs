//! Answers longer than anybody holds in memory; clients that leave, are slow, or meet an error half-way.

use super::{Visit, header};
use cs_tests::cluster::free_port;
use cs_tests::gateway::{command, wait_ready};
use cs_tests::{process, tree, wait};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::support::{SOON, long, wait_sql};

/// 200 MB of rows; and one that fails late.
const LONG: &str = "create view cs.long_list as
         select n, repeat('x', 1000) as filler from generate_series(1, 200000) as n;
     create view cs.late_fault as
         select n, repeat('x', 100) as filler, 1 / (50000 - n) as quotient from generate_series(1, 60000) as n;
     create view cs.early_fault as select 1 / (5 - n) as quotient from generate_series(1, 10) as n;
     create view cs.long_query as select pg_sleep(n) is null as slept from generate_series(60, 61) as n;
     grant select on cs.long_list, cs.late_fault, cs.early_fault, cs.long_query to cs_member";

const OURS: &str =
    "from pg_stat_activity where application_name = 'cs-gateway' and datname = current_database()";

/// The most memory that the gateway ever had, in kilobytes.
fn peak_kb(visit: &Visit) -> u64 {
    let listens = visit.gateway.url.trim_start_matches("http://").to_owned();
    let pids = process::find("cs-gateway", &listens);
    let status = std::fs::read_to_string(format!("/proc/{}/status", pids[0])).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    line.split_whitespace().nth(1).unwrap().parse().unwrap()
}

fn all_at_rest(visit: &Visit) {
    let rest = format!(
        "select count(*) filter (where state <> 'idle' or xact_start is not null) = 0 {OURS}"
    );
    wait_sql(
        &mut visit.sql(),
        "every connection of the gateway being idle",
        &rest,
    );
}

#[test]
fn long_exports_are_whole_and_need_no_memory() {
    let visit = Visit::prepared(LONG);
    visit.get("account_overview", &[]);
    let before = peak_kb(&visit);
    let mut answer = visit.with("long_list", &[], &[("accept", "text/csv")]);
    let (mut bytes, mut lines) = (0_usize, 0_usize);
    let mut part = vec![0; 1 << 16];
    loop {
        let read = answer.read(&mut part).unwrap();
        if read == 0 {
            break;
        }
        bytes += read;
        lines += part[..read].iter().filter(|byte| **byte == b'\n').count();
    }
    assert_eq!(lines, 200_001);
    assert!(bytes > 200_000_000);
    let grown = peak_kb(&visit) - before;
    assert!(grown < 30_000, "{grown} kB for {bytes} bytes");
    all_at_rest(&visit);
}

#[test]
fn json_has_a_most_and_counts_all() {
    let visit = Visit::prepared(LONG);
    let query = [("select", "n"), ("order", "n")];
    let answer = visit.with("long_list", &query, &[("prefer", "count=exact")]);
    assert_eq!(answer.status(), 206);
    assert_eq!(header(&answer, "content-range"), "0-9999/200000");
    let rows: Vec<serde_json::Value> = answer.json().unwrap();
    assert_eq!(
        (rows.len(), &rows[9999]["n"]),
        (10_000, &serde_json::json!(10_000))
    );
    // one page more than is read at once
    let rows = visit.rows(
        "long_list",
        &[("limit", "1001"), ("offset", "5"), ("order", "n")],
    );
    assert_eq!(
        (rows.len(), &rows[1000]["n"]),
        (1001, &serde_json::json!(1006))
    );
}

#[test]
fn a_fault_half_way_is_seen() {
    let visit = Visit::prepared(LONG);
    let mut answer = visit.with("late_fault", &[], &[("accept", "application/x-ndjson")]);
    assert_eq!(answer.status(), 200);
    let mut text = Vec::new();
    assert!(
        answer.read_to_end(&mut text).is_err(),
        "{} bytes passed for all",
        text.len()
    );
    assert!(text.len() > 1_000_000);
    let early = visit.with("early_fault", &[], &[("accept", "text/csv")]);
    assert_eq!(early.status(), 400);
    all_at_rest(&visit);
    assert_eq!(visit.get("account_overview", &[]).status(), 200);
}

fn raw(visit: &Visit, path: &str) -> TcpStream {
    let host = visit.gateway.url.trim_start_matches("http://");
    let answer = visit.post(
        "/auth/login",
        &serde_json::json!({"email": "admin@acme.com", "password": "password123"}),
    );
    let cookie = header(&answer, "set-cookie")
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let mut stream = TcpStream::connect(host).unwrap();
    let request = format!(
        "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nAccept: text/csv\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

#[test]
fn a_client_that_leaves_ends_its_query() {
    let visit = Visit::prepared(LONG);
    let mut leaving = raw(&visit, "/rest/v1/long_list");
    let mut part = [0; 5000];
    leaving.read_exact(&mut part).unwrap();
    let busy = format!("select count(*) filter (where xact_start is not null) = 1 {OURS}");
    wait_sql(&mut visit.sql(), "the export being under way", &busy);
    drop(leaving);
    all_at_rest(&visit);

    let waiting = raw(&visit, "/rest/v1/long_query");
    wait_sql(&mut visit.sql(), "the query being under way", &busy);
    let left = Instant::now();
    drop(waiting);
    all_at_rest(&visit);
    assert!(
        left.elapsed() < Duration::from_secs(8),
        "{:?}",
        left.elapsed()
    );
    assert_eq!(visit.get("account_overview", &[]).status(), 200);
}

#[test]
fn a_slow_client_holds_nobody_up() {
    let visit = Visit::prepared(LONG);
    let mut slow = raw(&visit, "/rest/v1/long_list");
    let mut part = [0; 5000];
    slow.read_exact(&mut part).unwrap();
    // the gateway holds what the client does not take yet, and no more
    std::thread::sleep(Duration::from_secs(2));
    assert!(peak_kb(&visit) < 150_000);
    for _ in 0..20 {
        assert_eq!(visit.get("account_overview", &[]).status(), 200);
    }
    wait::until_true("more of it", SOON, || Ok(slow.read(&mut part)? > 0)).unwrap();
}

#[test]
fn time_is_bounded() {
    let visit = Visit::prepared(LONG);
    let began = Instant::now();
    let (status, body) = visit.refused("long_query", &[]);
    assert_eq!((status, &body["code"]), (504, &serde_json::json!("57014")));
    assert!(began.elapsed() < Duration::from_secs(25));
    all_at_rest(&visit);
}

#[test]
fn slow_clients_leave_connections_for_others() {
    let visit = Visit::prepared(LONG);
    let slow: Vec<_> = (0..8).map(|_| raw(&visit, "/rest/v1/long_list")).collect();
    let busy = format!("select count(*) filter (where xact_start is not null) = 1 {OURS}");
    wait_sql(
        &mut visit.sql(),
        "one person's share of long answers being in use",
        &busy,
    );
    for _ in 0..20 {
        assert_eq!(
            visit.get("account_overview", &[("limit", "5")]).status(),
            200
        );
    }
    drop(slow);
    all_at_rest(&visit);
}

#[test]
fn an_answer_has_a_longest_time() {
    let mut visit = Visit::prepared(LONG);
    let port = free_port().unwrap();
    let folder = tree::target("test/gateway").unwrap();
    let log = folder.join(format!("{port}.log"));
    let url = visit.database.gateway_url();
    let mut command = command(port, &url, &folder.join("secret"), &log).unwrap();
    command.args([
        "--answer-seconds",
        "3",
        "--max-rows",
        "50",
        "--body-bytes",
        "1000",
    ]);
    let mut child = process::spawn_tied(command, libc::SIGTERM).unwrap();
    let strict = format!("http://127.0.0.1:{port}");
    let pid = child.id();
    wait_ready(&strict, &log, || process::is_running(pid)).unwrap();
    let usual = std::mem::replace(&mut visit.gateway.url, strict);

    let alice = serde_json::json!({"email": "admin@acme.com", "password": "password123"});
    assert_eq!(visit.post("/auth/login", &alice).status(), 200);
    let mut slow = raw(&visit, "/rest/v1/long_list");
    std::thread::sleep(Duration::from_secs(4));
    all_at_rest(&visit);
    let mut text = Vec::new();
    // whatever way it ends: chunked, a whole answer would end with an empty chunk
    let _ = slow.read_to_end(&mut text);
    assert!(!text.ends_with(b"0\r\n\r\n") && text.len() < 100_000_000);
    assert_eq!(visit.rows("long_list", &[("select", "n")]).len(), 50);
    assert_eq!(visit.refused("long_list", &[("limit", "51")]).0, 400);
    let large = serde_json::json!({"patch": "x".repeat(1000)});
    assert_eq!(
        visit.post("/rest/v1/rpc/update_tenant", &large).status(),
        413
    );

    visit.gateway.url = usual;
    process::signal(pid, libc::SIGTERM);
    child.wait().unwrap();
    let _ = std::fs::remove_file(log);
}

#[test]
fn a_client_that_takes_nothing_is_given_up() {
    if !long() {
        return;
    }
    let visit = Visit::prepared(LONG);
    let stuck = raw(&visit, "/rest/v1/long_list");
    let busy = format!("select count(*) filter (where xact_start is not null) = 1 {OURS}");
    wait_sql(&mut visit.sql(), "the export being under way", &busy);
    std::thread::sleep(Duration::from_secs(32));
    all_at_rest(&visit);
    drop(stuck);
}
