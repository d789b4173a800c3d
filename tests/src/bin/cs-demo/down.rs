//! `stop` and `clean`: the parts end in the order in which they need each other, then the data may go.

use std::fs;

use anyhow::{Context, Result};
use cs_tests::tree;

use crate::folder::Folder;
use crate::{gateway, receiver, server};

/// Stops all parts; quiet about those that are not running.
pub fn stop(folder: &Folder) -> Result<()> {
    gateway::stop(folder)?;
    server::stop(folder)?;
    receiver::stop(folder)
}

/// Is nothing running any more?
pub fn is_down(folder: &Folder) -> bool {
    !gateway::is_running(folder) && !server::is_running(folder) && !receiver::is_running(folder)
}

/// The command `stop`.
pub fn run() -> Result<()> {
    let folder = Folder::open()?;
    let _lock = folder.lock()?;
    stop_and_say(&folder)
}

pub fn stop_and_say(folder: &Folder) -> Result<()> {
    if is_down(folder) {
        say!("the demo is not running");
        return Ok(());
    }
    say!("stopping gateway, PostgreSQL and receiver …");
    stop(folder)?;
    say!("the demo is stopped; its data stay in target/demo");
    Ok(())
}

/// Removes the demo's folder, and all that had to be placed outside the tree.
pub fn clean() -> Result<()> {
    let folder = Folder::open()?;
    let lock = folder.lock()?;
    stop(&folder)?;
    drop(lock);
    let real = folder.path();
    let link = tree::root().join("target/demo");
    if link.is_symlink() {
        let outside = real.parent().context("the demo's folder has no parent")?;
        remove_links(outside)?;
        fs::remove_dir_all(outside)?;
    } else {
        fs::remove_dir_all(real)?;
    }
    say!("the demo and its data are removed");
    Ok(())
}

/// Links in `target/` that lead to this folder.
fn remove_links(outside: &std::path::Path) -> Result<()> {
    for entry in fs::read_dir(tree::root().join("target"))? {
        let path = entry?.path();
        if fs::read_link(&path).is_ok_and(|leads_to| leads_to.starts_with(outside)) {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}
