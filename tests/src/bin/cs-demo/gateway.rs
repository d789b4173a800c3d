//! The gateway part: signs people in and serves the pages.

use std::time::Duration;

use anyhow::{Result, ensure};
use cs_tests::gateway;
use cs_tests::process;

use crate::folder::{Folder, is_free};
use crate::interrupt;

const DEFAULT_PORT: u16 = 8080;
const PROGRAM: &str = "cs-gateway";

pub fn url(port: u16) -> String {
    format!("http://localhost:{port}")
}

fn running(folder: &Folder) -> Vec<u32> {
    process::find(PROGRAM, &folder.secret().to_string_lossy())
}

pub fn is_running(folder: &Folder) -> bool {
    !running(folder).is_empty()
}

/// Is it running, serving, and where it is wanted (anywhere when nobody says)?
pub fn is_up(folder: &Folder, wanted: Option<u16>) -> bool {
    let port = folder.ports().gateway;
    let client = gateway::http_client();
    wanted.unwrap_or(port) == port
        && is_running(folder)
        && client
            .and_then(|client| Ok(client.get(format!("{}/ready", url(port))).send()?))
            .is_ok_and(|answer| answer.status().is_success())
}

/// The port it will have; complains before anything is started when another program holds it.
pub fn port(folder: &Folder, wanted: Option<u16>) -> Result<u16> {
    let port = wanted.unwrap_or(DEFAULT_PORT);
    let ours = folder.ports().gateway == port && is_running(folder);
    ensure!(
        ours || is_free(port),
        "port {port} is taken by another program; choose another one: DEMO_PORT={} make demo",
        port.saturating_add(1)
    );
    Ok(port)
}

/// Starts the gateway on `port`, in place of one that runs elsewhere or no longer serves.
pub fn start(folder: &Folder, port: u16, server_port: u16) -> Result<()> {
    stop(folder)?;
    say!("starting the gateway on port {port} …");
    gateway::make_secret(&folder.secret())?;
    let database = format!("postgres://cs_web@127.0.0.1:{server_port}/cs");
    let log = folder.log("gateway");
    let command = gateway::command(port, &database, &folder.secret(), &log)?;
    let pid = interrupt::start_part(command)?.id();
    gateway::wait_ready(&url(port), &log, || process::is_running(pid))
}

pub fn stop(folder: &Folder) -> Result<()> {
    process::end_all(|| running(folder), libc::SIGTERM, Duration::from_secs(10))
}
