//! A long answer is one that is long, not one that might be: downloads have shares of their own, and short answers do
//! not wait for them.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::Duration;

use super::{Neighbours, OURS, refusal, timed};
use crate::support::{SOON, wait_sql};
use cs_tests::wait;

/// 100 MB in many rows, the same in few, and 700 kB.
const LONG: &str = "create view cs.many_rows as
         select n, repeat('x', 1000) as filler from generate_series(1, 100000) as n;
     create view cs.wide_rows as
         select n, repeat('x', 1000000) as filler from generate_series(1, 100) as n;
     create view cs.a_page as select n, repeat('x', 700) as filler from generate_series(1, 1000) as n;
     grant select on cs.many_rows, cs.wide_rows, cs.a_page to cs_member";

/// Begins a download and takes next to nothing of it.
fn begin_download(neighbours: &Neighbours, path: &str, token: &str, accept: &str) -> TcpStream {
    let host = neighbours.gateway.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(SOON)).unwrap();
    let request = format!(
        "GET /rest/v1/{path} HTTP/1.1\r\nHost: {host}\r\nAuthorization: Bearer {token}\r\n\
         Accept: {accept}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes()).unwrap();
    stream
}

fn status(stream: &mut TcpStream) -> u16 {
    let mut head = [0; 12];
    stream.read_exact(&mut head).unwrap();
    String::from_utf8_lossy(&head[9..]).parse().unwrap()
}

fn busy(number: i64) -> String {
    format!("select count(*) filter (where xact_start is not null) = {number} {OURS}")
}

#[test]
fn slow_downloads_of_one_tenant_delay_no_default_read_of_another() {
    let mut neighbours = Neighbours::prepared(LONG);
    let tokens: Vec<_> = (0..3).map(|n| neighbours.person(0, n).token()).collect();
    let right = neighbours.person(1, 0);
    let mut slow: Vec<_> = (0..5)
        .map(|n| begin_download(&neighbours, "many_rows", &tokens[n % 3], "text/csv"))
        .collect();
    let statuses: Vec<_> = slow.iter_mut().map(status).collect();
    let begun = statuses.iter().filter(|status| **status == 200).count();
    assert_eq!(
        (begun, statuses.iter().filter(|s| **s == 503).count()),
        (2, 3)
    );
    wait_sql(&mut neighbours.admin, "two downloads under way", &busy(2));
    for _ in 0..10 {
        for path in [
            "accounts",
            "account_overview",
            "accounts?limit=5000",
            "account_timeline",
        ] {
            let (took, answer) = timed(|| right.get(&format!("/rest/v1/{path}")));
            assert_eq!(answer.status(), 200, "{path}");
            assert!(took < Duration::from_millis(800), "{path} {took:?}");
        }
    }
    // one that is long after all
    let page = right.get("/rest/v1/a_page");
    assert_eq!(page.status(), 200);
    assert!(page.bytes().unwrap().len() > 700_000);
    // colleagues read on too, but download no more
    let colleague = neighbours.person(0, 3);
    assert_eq!(colleague.get("/rest/v1/accounts").status(), 200);
    let third = colleague.get("/rest/v1/many_rows?limit=5000");
    assert!(third.headers().contains_key("retry-after"));
    assert_eq!(refusal(third), (503, "53300".to_owned()));
    drop(slow);
    wait_sql(&mut neighbours.admin, "all connections at rest", &busy(0));
    assert_eq!(colleague.get("/rest/v1/many_rows?limit=5000").status(), 200);
}

#[test]
fn few_large_rows_are_a_long_answer_too() {
    let mut neighbours = Neighbours::prepared(LONG);
    let token = neighbours.person(0, 0).token();
    let mut slow: Vec<_> = (0..3)
        .map(|_| {
            begin_download(
                &neighbours,
                "wide_rows?limit=100",
                &token,
                "application/json",
            )
        })
        .collect();
    let statuses: Vec<_> = slow.iter_mut().map(status).collect();
    assert_eq!(
        statuses.iter().filter(|status| **status == 200).count(),
        1,
        "{statuses:?}"
    );
    let settled = busy(1);
    wait_sql(&mut neighbours.admin, "one download under way", &settled);
    let all = begin_download(&neighbours, "accounts", &token, "application/json");
    let mut all = std::io::BufReader::new(all);
    let mut text = String::new();
    all.read_to_string(&mut text).unwrap();
    assert!(text.starts_with("HTTP/1.1 200"), "{text}");
    drop(slow);
    wait_sql(&mut neighbours.admin, "all connections at rest", &busy(0));
}

#[test]
fn pages_that_one_person_reads_at_the_same_time_wait_for_each_other() {
    let neighbours = Neighbours::prepared(LONG);
    let person = neighbours.person(0, 0);
    thread::scope(|scope| {
        let reading: Vec<_> = (0..12)
            .map(|_| scope.spawn(|| person.get("/rest/v1/a_page").bytes().unwrap().len()))
            .collect();
        for one in reading {
            assert!(one.join().unwrap() > 700_000);
        }
    });
    wait::until_true("another", SOON, || {
        Ok(person.get("/rest/v1/a_page").status() == 200)
    })
    .unwrap();
}
