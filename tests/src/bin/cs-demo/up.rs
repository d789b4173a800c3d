//! `up`: starts what is not running, in order, and stays until a signal comes unless detached.

use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use cs_tests::tree::Server;

use crate::folder::{Folder, Ports};
use crate::{down, gateway, interrupt, receiver, sample, server, welcome};

pub fn run(wanted_port: Option<u16>, detach: bool) -> Result<()> {
    let folder = Folder::open()?;
    let lock = folder.lock()?;
    if is_up(&folder, wanted_port) {
        say!("the demo is up already");
        if is_outdated(&folder)? {
            say!("(with the library of an earlier build: make demo-stop demo takes the new one)");
        }
        return welcome::write_and_print(&folder);
    }
    let gateway_port = gateway::port(&folder, wanted_port)?;
    interrupt::stops_the_demo()?;
    if let Err(error) = start(&folder, gateway_port) {
        down::stop(&folder)?;
        return Err(error);
    }
    welcome::write_and_print(&folder)?;
    drop(lock);
    if detach {
        say!("  make demo-stop stops it, make demo-clean removes its data too.");
        return Ok(());
    }
    say!("  Ctrl-C stops it all; the data stay.");
    watch(&folder)
}

fn is_up(folder: &Folder, wanted_port: Option<u16>) -> bool {
    server::is_up(folder) && receiver::is_up(folder) && gateway::is_up(folder, wanted_port)
}

fn runs(folder: &Folder) -> bool {
    server::is_running(folder) && receiver::is_running(folder) && gateway::is_running(folder)
}

fn is_outdated(folder: &Folder) -> Result<bool> {
    let built = sample::fingerprint(&Server::find()?)?;
    Ok(std::fs::read_to_string(folder.library()).unwrap_or_default() != built)
}

fn start(folder: &Folder, gateway_port: u16) -> Result<()> {
    let found = Server::find()?;
    let receiver = receiver::start(folder)?;
    let server = server::start(folder, &found, receiver)?;
    sample::prepare(folder, &found, server, receiver)?;
    folder.remember(Ports {
        server,
        receiver,
        gateway: gateway_port,
    })?;
    gateway::start(folder, gateway_port, server)
}

/// Stays as long as all parts run. A signal ends us from another thread; so does `make demo-stop`.
fn watch(folder: &Folder) -> Result<()> {
    loop {
        thread::sleep(Duration::from_secs(1));
        if runs(folder) {
            continue;
        }
        let _lock = folder.lock()?;
        if runs(folder) {
            continue;
        }
        if down::is_down(folder) {
            say!("the demo was stopped");
            return Ok(());
        }
        down::stop(folder)?;
        bail!(
            "a part of the demo ended by itself; see {}",
            folder.path().join("log").display()
        );
    }
}
