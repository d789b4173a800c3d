//! The gateway while things go wrong around it, and what it says of itself.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::{process, stack, wait};
use reqwest::blocking::{Client, Response};
use reqwest::header::ORIGIN;
use serde_json::{Value, json};

use crate::support::{SOON, number};

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
        "/rest/v1/members?order=secret",
    ] {
        get(path).send().unwrap();
    }
    let figures = get("/metrics").send().unwrap().text().unwrap();
    for line in [
        r#"cs_gateway_requests_total{method="POST",route="/auth/login",status="200"} 1"#,
        r#"cs_gateway_requests_total{method="GET",route="/auth/invitations/{token}",status="404"} 1"#,
        r#"cs_gateway_request_duration_seconds_count{route="/auth/login"} 1"#,
        r#"cs_gateway_errors_total{code="P0002"} 1"#,
        "cs_gateway_pool_most 10",
        "cs_gateway_requests_under_way 1",
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

/// Makes a certificate authority and a certificate for `localhost` in a folder.
fn certificates(folder: &Path) {
    let run = |arguments: &str| {
        let mut openssl = Command::new("openssl");
        let output = openssl
            .current_dir(folder)
            .args(arguments.split(' '))
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
    };
    let key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
    for ca in ["ca", "other"] {
        run(&format!(
            "req -x509 {key} -keyout {ca}.key -out {ca}.crt -days 2 -subj /CN={ca}"
        ));
    }
    run(&format!(
        "req {key} -keyout server.key -out server.csr -subj /CN=localhost"
    ));
    std::fs::write(folder.join("names"), "subjectAltName=DNS:localhost\n").unwrap();
    run(
        "x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile names -out server.crt",
    );
}

fn cluster_with_tls() -> Cluster {
    let mut cluster = stack::own_cluster(&[]).unwrap();
    let data = cluster.data();
    certificates(&data);
    let user = process::server_user().unwrap();
    for name in ["server.key", "server.crt"] {
        use std::os::unix::fs::{PermissionsExt, chown};
        let path = data.join(name);
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o600)).unwrap();
        if let Some((user, group)) = user {
            chown(&path, Some(user), Some(group)).unwrap();
        }
    }
    let mut admin = cluster.connect("postgres").unwrap();
    admin.batch_execute("alter system set ssl = on").unwrap();
    drop(admin);
    cluster.stop().unwrap();
    cluster.run().unwrap();
    cluster
}

#[test]
fn tls_to_the_database_is_what_the_address_asks_for() {
    let cluster = cluster_with_tls();
    let database = Database::clone_template(&cluster).unwrap();
    let (port, name, data) = (cluster.port, &database.name, cluster.data());
    let encrypted = |sslmode: &str, host: &str, root: Option<&str>| -> Option<bool> {
        let root = root.map_or_else(String::new, |root| {
            format!("&sslrootcert={}", data.join(root).display())
        });
        let url = format!("postgres://cs_web@{host}:{port}/{name}?sslmode={sslmode}{root}");
        let gateway = Gateway::launch(&url, &[]).unwrap();
        let client = http_client().unwrap();
        let ready = format!("{}/ready", gateway.url);
        let answer = wait::until("an answer", SOON, || Ok(client.get(&ready).send().ok())).unwrap();
        let mut admin = database.connect().unwrap();
        let ours = "select count(*) from pg_stat_ssl join pg_stat_activity using (pid)
                     where ssl and application_name = 'cs-gateway'";
        (answer.status() == 200).then(|| number(&mut admin, ours) > 0)
    };
    for (sslmode, host, root, expected) in [
        ("disable", "127.0.0.1", None, Some(false)),
        ("prefer", "127.0.0.1", None, Some(true)),
        ("require", "127.0.0.1", None, Some(true)),
        ("require", "127.0.0.1", Some("other.crt"), None),
        ("verify-ca", "127.0.0.1", Some("ca.crt"), Some(true)),
        ("verify-ca", "127.0.0.1", Some("other.crt"), None),
        ("verify-full", "localhost", Some("ca.crt"), Some(true)),
        ("verify-full", "127.0.0.1", Some("ca.crt"), None),
        ("verify-full", "localhost", Some("other.crt"), None),
    ] {
        let found = encrypted(sslmode, host, root);
        assert_eq!(found, expected, "{sslmode} {host} {root:?}");
    }
}
