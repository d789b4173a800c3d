//! The receiver part: what the sample's playbooks call instead of an automation tool.

use std::fs::File;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result};
use cs_tests::gateway::http_client;
use cs_tests::receiver::Receiver;
use cs_tests::{process, wait};

use crate::folder::{Folder, choose};
use crate::interrupt;

const FIRST_PORT: u16 = 5678;
const PROGRAM: &str = "cs-demo";

/// The body of the hidden subcommand.
pub fn serve(port: u16, log: &Path) -> Result<()> {
    Receiver::start(port, Some(log))?.join();
    Ok(())
}

pub fn url(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn running(folder: &Folder) -> Vec<u32> {
    process::find(PROGRAM, &folder.received().to_string_lossy())
}

pub fn is_running(folder: &Folder) -> bool {
    !running(folder).is_empty()
}

pub fn is_up(folder: &Folder) -> bool {
    is_running(folder) && answers(folder.ports().receiver)
}

fn answers(port: u16) -> bool {
    http_client().is_ok_and(|client| client.get(url(port)).send().is_ok())
}

/// Starts the receiver where it is not running; returns its port.
pub fn start(folder: &Folder) -> Result<u16> {
    let remembered = folder.ports().receiver;
    if is_up(folder) {
        return Ok(remembered);
    }
    stop(folder)?;
    let port = choose(remembered, FIRST_PORT)?;
    say!("starting the webhook receiver on port {port} …");
    let log = File::options()
        .create(true)
        .append(true)
        .open(folder.log("receiver"))?;
    let mut command = Command::new(std::env::current_exe()?);
    command
        .args(["receiver", "--port", &port.to_string(), "--log"])
        .arg(folder.received())
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    interrupt::start_part(command)?;
    wait::until_true("the receiver listening", Duration::from_secs(10), || {
        Ok(answers(port))
    })
    .with_context(|| format!("see {}", folder.log("receiver").display()))?;
    Ok(port)
}

pub fn stop(folder: &Folder) -> Result<()> {
    process::end_all(|| running(folder), libc::SIGTERM, Duration::from_secs(5))
}
