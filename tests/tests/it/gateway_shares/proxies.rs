//! Behind a proxy each client is counted by itself, in whatever form the proxy writes its address; and what the log
//! says of a path.

use std::time::Duration;

use cs_tests::gateway::{Gateway, http_client};
use cs_tests::{process, stack, wait};
use serde_json::json;

fn attempt(gateway: &Gateway, from: &str, password: &str) -> u16 {
    let request = http_client()
        .unwrap()
        .post(format!("{}/auth/login", gateway.url));
    let me = json!({"email": "admin@acme.com", "password": password});
    let request = request.header("x-forwarded-for", from).json(&me);
    request.send().unwrap().status().as_u16()
}

#[test]
fn clients_behind_a_proxy_are_apart_in_every_form_of_their_address() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let trusting = ["--trusted-proxies", "127.0.0.0/8, ::1,"];
    let gateway = Gateway::start_with(&database.gateway_url(), &trusting).unwrap();
    let forms: [&dyn Fn(u32) -> String; 4] = [
        &|n| format!("203.0.113.{n}:4{n}1"),
        &|n| format!("[2001:db8:{n}::1]:443"),
        &|n| format!("[2001:db8:a{n}::1]"),
        &|n| format!("unknown, 198.51.100.{n}:80 , 127.0.0.2:9"),
    ];
    for form in forms {
        for n in 1..9 {
            assert_eq!(attempt(&gateway, &form(n), "wrong"), 401, "{}", form(n));
        }
        // the same client from other ports
        let again = |n: u32| {
            form(1)
                .replace(":80 ", &format!(":{n} "))
                .replace(":411", &format!(":{n}"))
        };
        assert!((100..112).any(|n| attempt(&gateway, &again(n), "wrong") == 429));
        assert_eq!(
            attempt(&gateway, &form(20), "password123"),
            200,
            "{}",
            form(20)
        );
    }
}

#[test]
fn a_misspelt_proxy_is_refused_at_start() {
    let (database, _receiver) = stack::sample_database().unwrap();
    for entry in ["10.0.0.0/33", "10.0.0.1;10.0.0.2", "proxy.example"] {
        let list = format!("127.0.0.1, {entry}");
        let settings = ["--trusted-proxies", list.as_str()];
        let gateway = Gateway::launch(&database.gateway_url(), &settings).unwrap();
        let ended = || Ok(!process::is_running(gateway.pid()));
        wait::until_true("its end", Duration::from_secs(10), ended).unwrap();
        let log = gateway.logged().unwrap();
        assert!(
            log.contains(entry) && log.contains("--trusted-proxies"),
            "{log}"
        );
    }
}

#[test]
fn the_log_has_neither_secrets_in_odd_spellings_nor_endless_paths() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let gateway = Gateway::start(&database).unwrap();
    let client = http_client().unwrap();
    let long = format!("/{}", "x".repeat(50_000));
    for path in [
        "//auth/invitations/qzsecret",
        "/auth//invitations/qzsecret",
        "/Auth/Invitations/qzsecret",
        "/Invite/qzsecret",
        "/%69nvite/qzsecret",
        "/invite%2Fqzsecret",
        "/auth//reset/qzsecret",
        "/dashboard/%72eset/qzsecret",
        "/nowhere/csi_qzsecret",
        "/nowhere/csr_qzsecret",
        "/rest/v1/cs_qzsecret",
        long.as_str(),
    ] {
        let answer = client.get(format!("{}{path}", gateway.url)).send().unwrap();
        assert!(answer.status().as_u16() < 500, "{path}");
    }
    let log = gateway.logged().unwrap();
    assert!(!log.contains("qzsecret"), "{log}");
    assert!(log.contains("xxxxxxxx") && log.lines().all(|line| line.len() < 1000));
}
