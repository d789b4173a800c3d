//! The demo's database: made, given the extension and the sample data, brought up to a library built since.

use std::fs;

use anyhow::{Context, Result};
use cs_tests::cluster;
use cs_tests::database::{make_analyst_role, make_gateway_role};
use cs_tests::tree::Server;
use postgres::Client;

use crate::folder::Folder;
use crate::receiver;

pub const DATABASE: &str = "cs";

/// Every step looks at what is there, so that a start that was cut short is finished by the next.
pub fn prepare(folder: &Folder, server: &Server, port: u16, receiver_port: u16) -> Result<()> {
    create_database(port)?;
    let mut client = cluster::connect(port, DATABASE, "postgres")?;
    create_extension(folder, server, &mut client)?;
    make_gateway_role(&mut client)?;
    let url = receiver::url(receiver_port);
    let loaded = client.query_one(
        "select exists (select from cs.tenants where slug = 'acme')",
        &[],
    )?;
    if loaded.get(0) {
        follow_receiver(folder, &mut client, &url)?;
    } else {
        say!("loading the sample data …");
        client.execute("select cs.load_sample_data($1)", &[&url])?;
    }
    make_analyst_role(&mut client)
}

fn create_database(port: u16) -> Result<()> {
    let mut client = cluster::connect(port, "postgres", "postgres")?;
    let found = client.query_opt("select from pg_database where datname = $1", &[&DATABASE])?;
    if found.is_none() {
        client.batch_execute(&format!("create database {DATABASE}"))?;
    }
    Ok(())
}

/// Makes the extension, or makes it anew when its library is another one: the data outlive it.
fn create_extension(folder: &Folder, server: &Server, client: &mut Client) -> Result<()> {
    let library = fingerprint(server)?;
    let known = fs::read_to_string(folder.library()).unwrap_or_default();
    let found = client
        .query_opt(
            "select from pg_extension where extname = 'customer_success'",
            &[],
        )?
        .is_some();
    if found && known == library {
        return Ok(());
    }
    say!("creating the extension …");
    let mut change = client.transaction()?;
    if found {
        change.batch_execute("drop extension customer_success cascade")?;
    }
    change
        .batch_execute("create extension customer_success")
        .and_then(|()| change.commit())
        .context(if found {
            "the demo's data are of an older build that this one cannot take over: run make demo-clean"
        } else {
            "cannot create the extension"
        })?;
    fs::write(folder.library(), library)?;
    Ok(())
}

/// What tells one build of the library from another.
pub fn fingerprint(server: &Server) -> Result<String> {
    use std::os::unix::fs::MetadataExt as _;
    let file = fs::metadata(&server.library)
        .with_context(|| format!("{} is missing: run make build", server.library.display()))?;
    Ok(format!("{} {} {}", file.ino(), file.size(), file.mtime()))
}

/// The sample's playbooks hold the receiver's address: when it had to move, they follow.
fn follow_receiver(folder: &Folder, client: &mut Client, url: &str) -> Result<()> {
    let before = receiver::url(folder.ports().receiver);
    if before != url {
        client.execute(
            "update cs.playbooks set webhook_url = replace(webhook_url, $1, $2)
              where starts_with(webhook_url, $1)",
            &[&before, &url],
        )?;
    }
    Ok(())
}
