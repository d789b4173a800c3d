//! What the gateway looks for before it serves, and what it says of what is missing.

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::gateway::Gateway;
use cs_tests::{process, stack, wait};
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::time::Duration;

/// What it says at its end.
fn last_words(address: &str, settings: &[&str]) -> String {
    let gateway = Gateway::launch(address, settings).unwrap();
    let ended = || Ok(!process::is_running(gateway.pid()));
    wait::until_true("its end", Duration::from_secs(20), ended).unwrap();
    gateway.logged().unwrap()
}

#[test]
fn what_is_missing_is_said_and_ends_it() {
    let database = stack::database().unwrap();
    let (url, name) = (database.gateway_url(), &database.name);
    let role = format!("plain_{name}");
    let mut admin = database.connect().unwrap();
    admin
        .batch_execute(&format!("create role {role} login"))
        .unwrap();
    let plain = url.replace("cs_web@", &format!("{role}@"));
    for (address, says) in [
        (url.replace(name.as_str(), "nowhere"), "does not exist"),
        (
            url.replace(name.as_str(), "postgres"),
            "CREATE EXTENSION customer_success",
        ),
        (plain.clone(), "GRANT cs_gateway TO"),
        (
            "postgres://cs_web@127.0.0.1:1/x".to_owned(),
            "--database-url",
        ),
    ] {
        let log = last_words(&address, &[]);
        assert!(log.contains(says), "{address}: {log}");
    }
    admin
        .batch_execute(&format!("grant cs_gateway to {role}"))
        .unwrap();
    drop(Gateway::start_with(&plain, &[]).unwrap());
    admin.batch_execute(&format!("drop role {role}")).unwrap();
}

/// A cluster that asks the gateway's role for a password.
fn cluster_with_password() -> Cluster {
    let mut cluster = stack::own_cluster(&[]).unwrap();
    let role = "alter role cs_web password 'a:b c'";
    cluster
        .connect("postgres")
        .unwrap()
        .batch_execute(role)
        .unwrap();
    let rules = cluster.data().join("pg_hba.conf");
    let before = fs::read_to_string(&rules).unwrap();
    fs::write(
        &rules,
        format!("host all cs_web all scram-sha-256\n{before}"),
    )
    .unwrap();
    cluster.stop().unwrap();
    cluster.run().unwrap();
    cluster
}

#[test]
fn the_password_is_read_from_a_file() {
    let cluster = cluster_with_password();
    let database = Database::clone_template(&cluster).unwrap();
    let url = database.gateway_url();
    let log = last_words(&url, &[]);
    assert!(log.contains("--database-password-file"), "{log}");
    let path = std::env::temp_dir().join(format!("cs-password-{}", database.name));
    fs::write(&path, "a:b c\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let settings = ["--database-password-file", path.to_str().unwrap()];
    let gateway = Gateway::start_with(&url, &settings).unwrap();
    assert!(!gateway.logged().unwrap().contains("a:b c"));
    fs::write(&path, "wrong").unwrap();
    let log = last_words(&url, &settings);
    assert!(
        log.contains("password authentication failed") && !log.contains("wrong\n"),
        "{log}"
    );
    fs::remove_file(&path).unwrap();
}
