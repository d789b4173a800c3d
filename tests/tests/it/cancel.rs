//! Requests that are dropped half-way leave nothing behind in the gateway's connections, and whoever comes next on one
//! sees only what is theirs.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

use cs_tests::gateway::{Gateway, http_client};
use reqwest::header::ORIGIN;
use serde_json::json;

use crate::support::{is_long, number, wait_sql};
use crate::world::World;

/// Of each tenant; together fewer than the gateway's connections, so that nobody waits for one in vain.
const THREADS: u64 = 4;

/// Where a request is given up.
#[derive(Debug, Clone, Copy)]
enum GivenUp {
    Never,
    /// After so many bytes of it were sent.
    Sending(usize),
    /// All sent, nothing read.
    Sent,
    /// After waiting so many microseconds for an answer, and reading what is there.
    Waiting(u64),
}

/// Random enough for where to stop (xorshift64), and the same at each run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }

    fn point(&mut self, length: usize) -> GivenUp {
        match self.below(10) {
            0..=3 => GivenUp::Never,
            4 => GivenUp::Sending(usize::try_from(self.below(length as u64)).unwrap()),
            5 => GivenUp::Sent,
            // A whole answer takes a few milliseconds.
            _ => GivenUp::Waiting(100 + self.below(6000)),
        }
    }
}

/// The session cookie of a person who signs in.
fn sign_in(gateway: &Gateway, email: &str) -> String {
    let answer = http_client()
        .unwrap()
        .post(format!("{}/auth/login", gateway.url))
        .header(ORIGIN, &gateway.url)
        .json(&json!({"email": email, "password": "password123"}))
        .send()
        .unwrap();
    assert_eq!(answer.status(), 200, "{email} signs in");
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// A request as bytes: reading a list, or calling a function.
fn request(host: &str, cookie: &str, calls: bool) -> String {
    let common = format!("Host: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n");
    match calls {
        false => format!("GET /rest/v1/account_overview HTTP/1.1\r\n{common}\r\n"),
        true => format!(
            "POST /rest/v1/rpc/me HTTP/1.1\r\n{common}Origin: http://{host}\r\n\
             Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{{}}"
        ),
    }
}

/// What came until it was given up.
fn send(host: &str, request: &str, given_up: GivenUp) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    let length = match given_up {
        GivenUp::Sending(length) => length,
        _ => request.len(),
    };
    stream.write_all(&request.as_bytes()[..length]).unwrap();
    let mut answer = Vec::new();
    match given_up {
        GivenUp::Never => {
            stream.read_to_end(&mut answer).unwrap();
        }
        GivenUp::Waiting(longest) => {
            stream
                .set_read_timeout(Some(Duration::from_micros(longest)))
                .unwrap();
            let mut part = [0; 700];
            // Nothing in time is as good as a part: the connection is closed either way.
            let read = stream.read(&mut part).unwrap_or(0);
            answer.extend_from_slice(&part[..read]);
        }
        GivenUp::Sending(_) | GivenUp::Sent => (),
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// Each transaction of a person begins with a check of their session: the place to see what the one before left.
const SPY: &str = "
    alter function cs.check_session(uuid) rename to check_session_itself;
    create function cs.check_session(jti uuid) returns void stable language plpgsql as $$
    begin
        if current_setting('app.current_user_id') <> '' or current_setting('app.current_tenant_id') <> ''
           or current_user <> 'cs_web' then
            raise 'somebody''s identity was left behind';
        end if;
        perform cs.check_session_itself(jti);
    end $$;
    grant execute on function cs.check_session(uuid) to cs_gateway";

#[test]
fn dropped_requests_leave_neither_transaction_nor_identity() {
    let wanted = if is_long() { 10_000 } else { 500 };
    let (world, mut admin) = World::that_signs_in();
    admin.batch_execute(SPY).unwrap();
    the_spy_sees(&world);
    let gateway = Gateway::start(&world.database).unwrap();
    let host = gateway.url.trim_start_matches("http://");
    let cookies = world
        .tenants
        .each_ref()
        .map(|tenant| sign_in(&gateway, &format!("{}30z@x.test", tenant.marker)));

    let (begun, whole, dropped) = (AtomicU32::new(0), AtomicU32::new(0), AtomicU32::new(0));
    let visit = |side: usize, given_up: GivenUp, request: &str| {
        let answer = send(host, request, given_up);
        let (own, foreign) = (world.tenants[side].marker, world.tenants[1 - side].marker);
        assert!(!answer.contains(foreign), "{given_up:?}: {answer}");
        if matches!(given_up, GivenUp::Never) {
            assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
            assert!(answer.contains(own), "{answer}");
            whole.fetch_add(1, Ordering::Relaxed);
        } else {
            dropped.fetch_add(1, Ordering::Relaxed);
        }
    };
    thread::scope(|scope| {
        for thread in 0..2 * THREADS {
            let side = usize::from(thread % 2 == 1);
            let (visit, begun, cookie) = (&visit, &begun, &cookies[side]);
            scope.spawn(move || {
                let mut random = Random(0x9e37_79b9_7f4a_7c15 ^ (thread + 1));
                while begun.fetch_add(1, Ordering::Relaxed) < wanted {
                    let request = request(host, cookie, random.below(3) == 0);
                    visit(side, random.point(request.len()), &request);
                }
            });
        }
    });
    let (whole, dropped) = (whole.into_inner(), dropped.into_inner());
    eprintln!("{whole} requests answered, {dropped} dropped");
    assert!(whole > wanted / 4 && dropped > wanted / 4);
    nothing_is_left(&mut admin);
}

fn the_spy_sees(world: &World) {
    let mut client = world.database.connect_as("cs_web").unwrap();
    let mut work = client.transaction().unwrap();
    work.batch_execute(&world.tenants[0].identity(0)).unwrap();
    let checked = work.batch_execute("select cs.check_session(gen_random_uuid())");
    let why = checked.unwrap_err();
    assert!(why.as_db_error().unwrap().message().contains("left behind"));
}

fn nothing_is_left(admin: &mut postgres::Client) {
    let ours = "from pg_stat_activity where application_name = 'cs-gateway' and datname = current_database()";
    wait_sql(
        admin,
        "every connection of the gateway being idle, outside a transaction",
        &format!(
            "select count(*) filter (where state <> 'idle' or xact_start is not null) = 0 {ours}"
        ),
    );
    assert!(number(admin, &format!("select count(*) {ours}")) > 0);
    let locks = format!("select count(*) from pg_locks where pid in (select pid {ours})");
    assert_eq!(number(admin, &locks), 0);
}
