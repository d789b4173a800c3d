//! TLS between the gateway and its database.

use std::path::Path;
use std::process::Command;

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::{process, stack, wait};

use crate::support::{SOON, number};

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

/// `None` where the server was built without TLS, as PostgreSQL 16 of the Python registry is.
fn cluster_with_tls() -> Option<Cluster> {
    let mut cluster = stack::own_cluster(&[]).unwrap();
    let without_tls =
        "select count(*) from pg_settings where name = 'ssl_library' and setting = ''";
    if number(&mut cluster.connect("postgres").unwrap(), without_tls) == 1 {
        eprintln!("left out: this PostgreSQL was built without TLS");
        return None;
    }
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
    Some(cluster)
}

#[test]
fn tls_to_the_database_is_what_the_address_asks_for() {
    let Some(cluster) = cluster_with_tls() else {
        return;
    };
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
        let answer = wait::until("an answer or an end", SOON, || {
            let answer = client.get(&ready).send().ok();
            Ok((answer.is_some() || !process::is_running(gateway.pid())).then_some(answer))
        });
        let answer = answer.unwrap()?;
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
