//! What the user gets: `target/demo/env` for scripts, and on the screen the addresses and what to try first.

use std::fmt::Write as _;
use std::fs;

use anyhow::Result;

use crate::folder::Folder;
use crate::sample::DATABASE;
use crate::{gateway, receiver};

pub fn write_and_print(folder: &Folder) -> Result<()> {
    let ports = folder.ports();
    let variables = [
        ("PGHOST", "127.0.0.1".to_owned()),
        ("PGPORT", ports.server.to_string()),
        ("PGDATABASE", DATABASE.to_owned()),
        ("PGUSER", "postgres".to_owned()),
        ("GATEWAY_URL", gateway::url(ports.gateway)),
        ("RECEIVER_URL", receiver::url(ports.receiver)),
        (
            "RECEIVER_LOG",
            folder.received().to_string_lossy().into_owned(),
        ),
    ];
    let mut text = String::new();
    for (name, value) in &variables {
        writeln!(text, "export {name}={}", quoted(value))?;
    }
    fs::write(folder.env(), text)?;
    print(&gateway::url(ports.gateway), &receiver::url(ports.receiver));
    Ok(())
}

/// A word as a shell takes it.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/:._-".contains(c);
    if value.chars().all(plain) {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', r"'\''"))
    }
}

fn print(gateway: &str, receiver: &str) {
    say!(
        r#"
  Customer Success is up.

    pages     {gateway}   sign in as admin@acme.com / password123
    database  . target/demo/env && psql            as superuser; psql -U alice: as the administrator of Acme
    webhooks  arrive at {receiver} and are kept in target/demo/receiver.jsonl

  Three things to try:

    1. Ask the database (after  . target/demo/env):
       psql -c "select name, overall_score, risk_level from cs.account_overview order by 1"

    2. Let an account's health drop, and see the webhook that this sends:
       psql -c "insert into cs.health_scores (tenant_id, account_id, overall_score)
                select tenant_id, id, 38 from cs.accounts where name = 'GlobalTech Europe'"
       tail -n 1 "$RECEIVER_LOG"

    3. Open {gateway}, sign in, and find GlobalTech Europe at 38.
"#
    );
}
