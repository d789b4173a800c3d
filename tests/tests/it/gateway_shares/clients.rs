//! Whoever only connects, sends half a request, or tries many passwords at once keeps no one else out.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use reqwest::blocking::{Client, Response};
use serde_json::{Value, json};

use super::{Neighbours, timed};
use cs_tests::gateway::Gateway;

/// The address that other clients come from.
const ELSEWHERE: [u8; 4] = [127, 0, 0, 9];
/// Of 40 connections.
const SHARE: usize = 10;

impl Neighbours {
    /// Right's first person signs in from another address, and reads.
    fn sign_in_elsewhere(&self, gateway: &Gateway) -> Response {
        let client = Client::builder()
            .cookie_store(true)
            .no_proxy()
            .local_address(std::net::IpAddr::from(ELSEWHERE))
            .build()
            .unwrap();
        let email = format!("{}30z@x.test", self.world.tenants[1].marker);
        let me = json!({"email": email, "password": "password123"});
        let log_in = client.post(format!("{}/auth/login", gateway.url));
        let answer = log_in.json(&me).send().unwrap();
        assert_eq!(answer.status(), 200);
        let read = client.get(format!("{}/rest/v1/account_overview?limit=5", gateway.url));
        read.send().unwrap()
    }
}

/// Connects and sends this much.
fn connect(gateway: &Gateway, sent: &str) -> TcpStream {
    let host = gateway.url.trim_start_matches("http://");
    let address: SocketAddr = host.parse().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    let wait = Some(Duration::from_millis(300));
    stream.set_read_timeout(wait).unwrap();
    // It may be closed by then.
    let _ = stream.write_all(sent.as_bytes());
    stream
}

/// Whether the other side has closed it.
fn is_closed(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0; 16]) {
        Ok(read) => read == 0,
        Err(error) => !matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
    }
}

#[test]
fn connections_of_one_address_are_a_quarter_whatever_they_send() {
    let neighbours = Neighbours::prepared("select");
    let url = neighbours.world.database.gateway_url();
    let gateway = Gateway::start_with(&url, &["--max-connections", "40"]).unwrap();
    for sent in [
        "",
        "GET / HT",
        "GET /live HTTP/1.1\r\nHost: x\r\nX: ",
        "POST /auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{",
        "POST /auth/login HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n",
    ] {
        let mut all: Vec<_> = (0..SHARE + 5).map(|_| connect(&gateway, sent)).collect();
        thread::sleep(Duration::from_millis(200));
        let closed = all.iter_mut().filter_map(|it| is_closed(it).then_some(()));
        assert_eq!(closed.count(), 5, "{sent:?}");
        let (took, answer) = timed(|| neighbours.sign_in_elsewhere(&gateway));
        assert_eq!(answer.status(), 200, "{sent:?}");
        assert!(took < Duration::from_secs(5), "{sent:?}: {took:?}");
        drop(all);
        // They are noticed to be gone.
        thread::sleep(Duration::from_millis(200));
    }
    assert!(gateway.logged().unwrap().contains("--trusted-proxies"));
}

#[test]
fn a_trusted_proxy_stands_for_many_clients() {
    let neighbours = Neighbours::prepared("select");
    let url = neighbours.world.database.gateway_url();
    let settings = ["--max-connections", "40", "--trusted-proxies", "127.0.0.1"];
    let gateway = Gateway::start_with(&url, &settings).unwrap();
    let mut all: Vec<_> = (0..3 * SHARE).map(|_| connect(&gateway, "")).collect();
    thread::sleep(Duration::from_millis(200));
    assert!(!all.iter_mut().take(5).any(is_closed));
    assert_eq!(neighbours.sign_in_elsewhere(&gateway).status(), 200);
}

#[test]
fn a_head_that_is_too_large_is_refused_before_it_ends() {
    let neighbours = Neighbours::prepared("select");
    let lines = format!("GET / HTTP/1.1\r\nHost: x\r\nX: {}", "a".repeat(200_000));
    let mut stream = connect(&neighbours.gateway, &lines);
    let mut head = [0; 12];
    stream.read_exact(&mut head).unwrap();
    assert_eq!(&head, b"HTTP/1.1 431");
}

#[test]
fn many_passwords_from_one_address_make_no_other_log_in_wait() {
    const MANY: usize = 24;
    let neighbours = Neighbours::prepared("select");
    let done = AtomicUsize::new(0);
    thread::scope(|scope| {
        for number in 0..MANY {
            let (stranger, done) = (neighbours.stranger(), &done);
            scope.spawn(move || {
                let me = json!({"email": format!("n{number}@x.test"), "password": "wrong123"});
                let log_in = stranger.client.post(format!("{}/auth/login", stranger.url));
                // On a busy machine the last ones may be told to come again.
                let _ = log_in.json(&me).send();
                done.fetch_add(1, Ordering::Relaxed);
            });
        }
        thread::sleep(Duration::from_millis(300));
        let answer = neighbours.sign_in_elsewhere(&neighbours.gateway);
        assert_eq!(answer.status(), 200);
        let before = done.load(Ordering::Relaxed);
        assert!(before < MANY / 2, "{before} were checked before");
    });
}

#[test]
fn the_description_is_the_same_for_all_and_costs_no_one_a_turn() {
    let neighbours = Neighbours::prepared("select");
    let (left, right) = (neighbours.person(0, 0), neighbours.person(1, 0));
    let first = left.get("/openapi.json");
    assert_eq!(first.headers()["content-type"], "application/json");
    let first: Value = first.json().unwrap();
    assert!(first["paths"]["/rest/v1/account_overview"].is_object());
    assert_eq!(right.get("/openapi.json").json::<Value>().unwrap(), first);
    let stranger = neighbours.stranger();
    assert_eq!(stranger.get("/openapi.json").status(), 401);
    let (took, ()) = timed(|| {
        thread::scope(|scope| {
            for _ in 0..20 {
                let left = left.clone();
                scope.spawn(move || left.get("/openapi.json").bytes().unwrap().len());
            }
            for _ in 0..5 {
                assert_eq!(right.get("/rest/v1/accounts").status(), 200);
            }
        });
    });
    assert!(took < Duration::from_secs(10), "{took:?}");
}
