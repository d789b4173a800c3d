//! The pages, driven by Playwright against a real gateway with the sample data.

use std::process::Command;

use cs_tests::gateway::Gateway;
use cs_tests::{stack, tree};

#[test]
fn the_pages_pass_their_playwright_tests() {
    let web = tree::root().join("gateway/web");
    let (database, receiver) = stack::sample_database().unwrap();
    database.confirm_webhooks().unwrap();
    let gateway = Gateway::start(&database).unwrap();
    let output = Command::new(web.join("node_modules/.bin/playwright"))
        .arg("test")
        .current_dir(&web)
        .env("GATEWAY_URL", &gateway.url)
        .env("RECEIVER_URL", receiver.url())
        .env("PGHOST", "127.0.0.1")
        .env("PGPORT", database.port.to_string())
        .env("PGUSER", "postgres")
        .env("PGDATABASE", &database.name)
        .env("CI", "1")
        .output()
        .expect("playwright: run make build");
    assert!(
        output.status.success(),
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
