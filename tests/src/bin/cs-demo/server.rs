//! The PostgreSQL part: its cluster in `target/demo/data`, found by its working folder, healed after a crash.

use std::fs;
use std::time::Duration;

use anyhow::{Result, ensure};
use cs_tests::cluster::{self, Setting};
use cs_tests::process;
use cs_tests::tree::Server;
use cs_tests::wait;

use crate::folder::{Folder, choose};
use crate::interrupt;

const FIRST_PORT: u16 = 54320;

/// All processes of the cluster: a server's work in its data folder.
fn processes(folder: &Folder) -> Vec<u32> {
    process::working_in(&folder.data())
}

/// The server's first process, when it runs. The number in its file may be stale, or another's by now.
fn postmaster(folder: &Folder) -> Option<u32> {
    let file = fs::read_to_string(folder.data().join("postmaster.pid")).ok()?;
    let pid = file.lines().next()?.trim().parse().ok()?;
    processes(folder).contains(&pid).then_some(pid)
}

pub fn is_running(folder: &Folder) -> bool {
    !processes(folder).is_empty()
}

pub fn is_up(folder: &Folder) -> bool {
    let port = folder.ports().server;
    postmaster(folder).is_some() && cluster::connect(port, "postgres", "postgres").is_ok()
}

/// Starts the server where it is not running; returns its port. `receiver` is where it may send webhooks.
pub fn start(folder: &Folder, server: &Server, receiver: u16) -> Result<u16> {
    let data = folder.data();
    if is_up(folder) {
        return Ok(folder.ports().server);
    }
    stop(folder)?;
    if data.join("PG_VERSION").exists() {
        check_version(folder, server)?;
    } else {
        say!("making a PostgreSQL {} cluster …", server.major);
        make_cluster(folder, server)?;
    }
    forget_stale_lock(folder)?;
    let port = choose(folder.ports().server, FIRST_PORT)?;
    say!("starting PostgreSQL {} on port {port} …", server.major);
    cluster::configure(&data, port, &settings(receiver))?;
    let log = folder.log("postgresql");
    let command = cluster::server_command(server, &data, &log, None)?;
    let pid = interrupt::start_part(command)?.id();
    cluster::wait_ready(port, &log, || process::is_running(pid))?;
    Ok(port)
}

/// Made under another name first, so that one that was cut short is not taken for whole.
fn make_cluster(folder: &Folder, server: &Server) -> Result<()> {
    const UNFINISHED: &str = "data.new-";
    for entry in fs::read_dir(folder.path())? {
        let entry = entry?;
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            // Its maker may still be ending; then the next start removes it.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    let unfinished = folder
        .path()
        .join(format!("{UNFINISHED}{}", std::process::id()));
    cluster::initdb(server, &unfinished)?;
    fs::rename(unfinished, folder.data())?;
    Ok(())
}

fn settings(receiver: u16) -> Vec<Setting> {
    [
        (
            "customer_success.webhook_allowed_hosts",
            format!("127.0.0.1:{receiver},localhost:{receiver}"),
        ),
        ("max_worker_processes", "16".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

fn check_version(folder: &Folder, server: &Server) -> Result<()> {
    let version = fs::read_to_string(folder.data().join("PG_VERSION"))?;
    ensure!(
        version.trim() == server.major.to_string(),
        "target/demo holds data of PostgreSQL {}, and this is {}: choose it with PG_CONFIG, or run make demo-clean",
        version.trim(),
        server.major
    );
    Ok(())
}

/// Nothing of the cluster runs, so its lock file is stale; PostgreSQL itself would believe it when another
/// process of the same user has the number now.
fn forget_stale_lock(folder: &Folder) -> Result<()> {
    let lock = folder.data().join("postmaster.pid");
    if lock.exists() && processes(folder).is_empty() {
        fs::remove_file(lock)?;
    }
    Ok(())
}

/// Stops the server; what a killed one left behind too.
pub fn stop(folder: &Folder) -> Result<()> {
    if let Some(pid) = postmaster(folder) {
        process::signal(pid, libc::SIGINT);
        let gone = || Ok(!process::is_running(pid));
        // After that its processes are ended one by one.
        let _ = wait::until_true("PostgreSQL's end", Duration::from_secs(30), gone);
    }
    process::end_all(|| processes(folder), libc::SIGQUIT, Duration::from_secs(5))
}
