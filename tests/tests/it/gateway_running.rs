//! The gateway while things go wrong around it, and what it says of itself.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};

use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::{process, stack, wait};
use reqwest::blocking::{Client, Response};
use reqwest::header::ORIGIN;
use serde_json::{Value, json};

use crate::support::{SOON, number, wait_sql};

fn post(client: &Client, gateway: &Gateway, path: &str, body: &Value) -> Response {
    let request = client.post(format!("{}{path}", gateway.url));
    request
        .header(ORIGIN, &gateway.url)
        .json(body)
        .send()
        .unwrap()
}

fn sign_in(gateway: &Gateway) -> Client {
    let client = http_client().unwrap();
    let me = json!({"email": "admin@acme.com", "password": "password123"});
    assert_eq!(post(&client, gateway, "/auth/login", &me).status(), 200);
    client
}

#[test]
fn a_database_that_goes_away_is_told_at_once_and_comes_back_by_itself() {
    let mut cluster = stack::own_cluster(&[]).unwrap();
    let database = Database::clone_template(&cluster).unwrap();
    database.load_sample_data("http://127.0.0.1:9").unwrap();
    let gateway = Gateway::start(&database).unwrap();
    let client = sign_in(&gateway);
    let me = format!("{}/auth/me", gateway.url);
    assert_eq!(client.get(&me).send().unwrap().status(), 200);

    cluster.stop().unwrap();
    for _ in 0..3 {
        let began = Instant::now();
        let answer = client.get(&me).send().unwrap();
        assert_eq!(answer.status(), 503);
        assert!(answer.headers().contains_key("retry-after"));
        assert!(
            began.elapsed() < Duration::from_secs(2),
            "{:?}",
            began.elapsed()
        );
        let body: Value = answer.json().unwrap();
        assert!(
            !body.to_string().contains(&cluster.port.to_string()),
            "{body}"
        );
    }
    let live = client.get(format!("{}/live", gateway.url)).send().unwrap();
    assert_eq!(live.status(), 200);
    let ready = client.get(format!("{}/ready", gateway.url)).send().unwrap();
    assert_eq!(ready.status(), 503);

    cluster.run().unwrap();
    wait::until_true("the gateway finding its database again", SOON, || {
        Ok(client.get(&me).send()?.status() == 200)
    })
    .unwrap();
}

#[test]
fn stopping_finishes_what_is_under_way_and_takes_nothing_new() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let nap =
        "create function cs.nap() returns integer language sql as 'select 1 from pg_sleep(2)';
               grant execute on function cs.nap() to cs_member";
    database.connect().unwrap().batch_execute(nap).unwrap();
    let gateway = Gateway::start(&database).unwrap();
    let client = sign_in(&gateway);
    thread::scope(|scope| {
        let slow = scope.spawn(|| post(&client, &gateway, "/rest/v1/rpc/nap", &json!({})));
        let mut admin = database.connect().unwrap();
        let running = "select count(*) from pg_stat_activity
                        where datname = current_database() and wait_event = 'PgSleep'";
        wait::until_true("the nap", SOON, || Ok(number(&mut admin, running) == 1)).unwrap();
        process::signal(gateway.pid(), libc::SIGTERM);
        let host = gateway.url.trim_start_matches("http://");
        let refused = || Ok(TcpStream::connect(host).is_err());
        wait::until_true(
            "new connections being refused",
            Duration::from_secs(1),
            refused,
        )
        .unwrap();
        assert!(process::is_running(gateway.pid()));
        let answer = slow.join().unwrap();
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.text().unwrap(), "1");
    });
    let ended = || Ok(!process::is_running(gateway.pid()));
    wait::until_true("its end", Duration::from_secs(5), ended).unwrap();
}

#[test]
fn a_client_that_never_ends_its_headers_is_not_waited_for() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let short = ["--client-timeout-seconds", "1"];
    let gateway = Gateway::start_with(&database.gateway_url(), &short).unwrap();
    let host = gateway.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(SOON)).unwrap();
    stream
        .write_all(b"GET /live HTTP/1.1\r\nHost: x\r\n")
        .unwrap();
    let began = Instant::now();
    let mut answer = Vec::new();
    // An answer that says so, or none: either way the connection ends.
    let ended = stream.read_to_end(&mut answer);
    assert!(
        ended.is_ok() && began.elapsed() < Duration::from_secs(10),
        "{ended:?}"
    );
    assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
}

#[test]
fn a_body_that_does_not_arrive_is_not_waited_for() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let short = ["--client-timeout-seconds", "1"];
    let gateway = Gateway::start_with(&database.gateway_url(), &short).unwrap();
    let host = gateway.url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host).unwrap();
    stream.set_read_timeout(Some(SOON)).unwrap();
    let head = format!(
        "POST /auth/login HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
         Connection: close\r\nContent-Length: 100\r\n\r\n{{\"email\":"
    );
    stream.write_all(head.as_bytes()).unwrap();
    let began = Instant::now();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 408");
    assert!(began.elapsed() < Duration::from_secs(5));
}

#[test]
fn a_pool_in_use_is_waited_for_five_seconds() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let nap =
        "create function cs.nap() returns integer language sql as 'select 1 from pg_sleep(8)';
               grant execute on function cs.nap() to cs_member";
    database.connect().unwrap().batch_execute(nap).unwrap();
    let one = ["--pool-size", "1"];
    let gateway = Gateway::start_with(&database.gateway_url(), &one).unwrap();
    let client = sign_in(&gateway);
    thread::scope(|scope| {
        let slow = scope.spawn(|| post(&client, &gateway, "/rest/v1/rpc/nap", &json!({})));
        thread::sleep(Duration::from_secs(1));
        let began = Instant::now();
        let answer = client
            .get(format!("{}/auth/me", gateway.url))
            .send()
            .unwrap();
        let waited = began.elapsed();
        assert_eq!(answer.status(), 503);
        assert!((4..7).contains(&waited.as_secs()), "{waited:?}");
        assert_eq!(slow.join().unwrap().status(), 200);
    });
}

#[test]
fn a_stranger_keeps_nobody_out_and_only_named_proxies_are_believed() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let attempt = |gateway: &Gateway, from: &str, password: &str| {
        let request = http_client()
            .unwrap()
            .post(format!("{}/auth/login", gateway.url));
        let me = json!({"email": "admin@acme.com", "password": password});
        let request = request.header("x-forwarded-for", from).json(&me);
        request.send().unwrap().status().as_u16()
    };
    let slowed = |gateway: &Gateway, from: &dyn Fn(u32) -> String| {
        (0..12).any(|n| attempt(gateway, &from(n), "wrong") == 429)
    };
    let trusting = ["--trusted-proxies", "127.0.0.1"];
    let gateway = Gateway::start_with(&database.gateway_url(), &trusting).unwrap();
    assert!(slowed(&gateway, &|_| "203.0.113.9".to_owned()));
    assert_eq!(attempt(&gateway, "203.0.113.9", "password123"), 429);
    assert_eq!(attempt(&gateway, "198.51.100.7", "password123"), 200);
    drop(gateway);
    // Whoever writes the header without being a proxy of ours stays one and the same.
    let gateway = Gateway::start(&database).unwrap();
    assert!(slowed(&gateway, &|n| format!("203.0.113.{n}")));
}

#[test]
fn figures_of_the_database_are_shown_without_a_tenants_name() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let gateway = Gateway::start(&database).unwrap();
    let mut admin = database.connect().unwrap();
    let both = "select count(*) = 2 from cs.worker_vitals()";
    wait_sql(&mut admin, "both workers serve the database", both);
    let answer = http_client()
        .unwrap()
        .get(format!("{}/metrics", gateway.url));
    let text = answer.send().unwrap().text().unwrap();
    let name = &database.name;
    for line in [
        "cs_database_up 1".to_owned(),
        format!("cs_deliveries_dead_letters{{database=\"{name}\"}} 1"),
        format!("cs_deliveries_held{{database=\"{name}\",reason=\"tenant\"}} 0"),
        format!("cs_is_copy{{database=\"{name}\"}} 1"),
    ] {
        assert!(text.lines().any(|found| found == line), "{line}\n{text}");
    }
    for duty in ["deliveries", "chores"] {
        let worker = format!("cs_worker_uptime_seconds{{database=\"{name}\",duty=\"{duty}\"}}");
        assert!(text.contains(&worker), "{worker}\n{text}");
    }
    assert!(!text.to_lowercase().contains("acme"), "{text}");
    assert!(!text.contains("localhost"), "{text}");
    let allowed =
        "select has_function_privilege('cs_member', 'cs.automation_metrics()', 'execute')";
    let row = admin.query_one(allowed, &[]).unwrap();
    assert!(!row.get::<_, bool>(0));
}

#[test]
fn figures_and_log_tell_what_happened_and_no_secret() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let gateway = Gateway::start(&database).unwrap();
    let client = sign_in(&gateway);
    let get = |path: &str| client.get(format!("{}{path}", gateway.url));
    let made = post(
        &client,
        &gateway,
        "/rest/v1/rpc/create_api_token",
        &json!({"name": "x"}),
    );
    let token: Value = made.json().unwrap();
    let token = token["token"].as_str().unwrap();
    let by_token = get("/auth/me")
        .bearer_auth(token)
        .header("x-request-id", "from-the-proxy");
    let answer = by_token.send().unwrap();
    assert_eq!(answer.headers()["x-request-id"], "from-the-proxy");
    for path in [
        "/auth/invitations/csi_secret",
        "/invite/csi_secret",
        "/auth/reset/csr_secret",
        "/dashboard/reset/csr_secret",
        "/rest/v1/members?order=secret",
    ] {
        get(path).send().unwrap();
    }
    let figures = get("/metrics").send().unwrap().text().unwrap();
    for line in [
        r#"cs_gateway_requests_total{method="POST",route="/auth/login",status="200"} 1"#,
        r#"cs_gateway_requests_total{method="GET",route="/auth/invitations/{token}",status="404"} 1"#,
        r#"cs_gateway_requests_total{method="GET",route="/auth/reset/{token}",status="404"} 1"#,
        r#"cs_gateway_request_duration_seconds_count{route="/auth/login"} 1"#,
        r#"cs_gateway_errors_total{code="P0002"} 2"#,
        "cs_gateway_pool_most 10",
        "cs_gateway_requests_under_way 1",
        "cs_database_up 1",
    ] {
        assert!(
            figures.lines().any(|found| found == line),
            "{line}\n{figures}"
        );
    }
    let log = gateway.logged().unwrap();
    assert!(
        log.contains("from-the-proxy") && log.contains("/auth/login"),
        "{log}"
    );
    for secret in [
        token,
        "password123",
        "secret",
        "cs_session",
        "admin@acme.com",
    ] {
        assert!(!log.contains(secret), "{secret}: {log}");
        assert!(!figures.contains(secret), "{secret}");
    }
}
