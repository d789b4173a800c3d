//! The demo's folder, `target/demo`: where its files are, the ports it remembers, the lock of who changes it.

use std::fs::{self, File};
use std::net::TcpListener;
use std::path::PathBuf;

use anyhow::{Context, Result};
use cs_tests::tree;
use serde::{Deserialize, Serialize};

/// The ports of the last start: a receiver's stands in the sample's playbooks, so it should stay the same.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ports {
    pub server: u16,
    pub receiver: u16,
    pub gateway: u16,
}

/// The demo's folder.
pub struct Folder {
    path: PathBuf,
}

impl Folder {
    pub fn open() -> Result<Self> {
        let path = tree::target("demo")?;
        fs::create_dir_all(path.join("log"))?;
        Ok(Self { path })
    }

    pub fn path(&self) -> &PathBuf {
        &self.path
    }

    pub fn data(&self) -> PathBuf {
        self.path.join("data")
    }

    pub fn secret(&self) -> PathBuf {
        self.path.join("secret")
    }

    pub fn env(&self) -> PathBuf {
        self.path.join("env")
    }

    pub fn log(&self, part: &str) -> PathBuf {
        self.path.join("log").join(format!("{part}.log"))
    }

    /// What the receiver received.
    pub fn received(&self) -> PathBuf {
        self.path.join("receiver.jsonl")
    }

    /// The library that the database's functions were made from, by its checksum.
    pub fn library(&self) -> PathBuf {
        self.path.join("library")
    }

    /// Waits until no other command changes the demo; the lock ends with the value.
    pub fn lock(&self) -> Result<File> {
        let file = File::options()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.path.join("lock"))?;
        if file.try_lock().is_err() {
            say!("another command is at work on the demo, waiting for it …");
            file.lock()?;
        }
        Ok(file)
    }

    /// The remembered ports; zero where there is none.
    pub fn ports(&self) -> Ports {
        fs::read(self.path.join("ports.json"))
            .ok()
            .and_then(|text| serde_json::from_slice(&text).ok())
            .unwrap_or_default()
    }

    pub fn remember(&self, ports: Ports) -> Result<()> {
        let text = serde_json::to_vec(&ports)?;
        fs::write(self.path.join("ports.json"), text).context("cannot remember the ports")
    }
}

/// Does nothing listen on this port, for neither way that `localhost` may be understood?
pub fn is_free(port: u16) -> bool {
    let on_v4 = TcpListener::bind(("127.0.0.1", port)).is_ok();
    let on_v6 = TcpListener::bind(("::1", port));
    let taken = |error: std::io::Error| error.kind() == std::io::ErrorKind::AddrInUse;
    on_v4 && !on_v6.is_err_and(taken)
}

/// The remembered port when it is free, else the next free one from `first`.
pub fn choose(remembered: u16, first: u16) -> Result<u16> {
    Some(remembered)
        .into_iter()
        .chain(first..first.saturating_add(200))
        .find(|port| *port != 0 && is_free(*port))
        .with_context(|| format!("no free port from {first} on"))
}
