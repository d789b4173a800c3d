//! The real gateway: its command line, started for a test, waited for, stopped.

use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use reqwest::blocking::Client;

use crate::cluster::{free_port, tail};
use crate::database::Database;
use crate::process;
use crate::tree;
use crate::wait;

const START_WITHIN: Duration = Duration::from_secs(20);

/// Makes a secret for signing sessions, readable by its owner alone; one that is there stays.
pub fn make_secret(path: &Path) -> Result<()> {
    if path.exists() {
        return Ok(());
    }
    let mut random = [0_u8; 32];
    std::io::Read::read_exact(&mut File::open("/dev/urandom")?, &mut random)?;
    let text: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
    let mut file = File::options()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)?;
    file.write_all(text.as_bytes())?;
    Ok(())
}

/// The command that runs a gateway on 127.0.0.1 for a browser without TLS, its messages going to `log`.
pub fn command(port: u16, database_url: &str, secret: &Path, log: &Path) -> Result<Command> {
    let log = File::options().create(true).append(true).open(log)?;
    let mut command = Command::new(tree::gateway_binary()?);
    process::without_pg_settings(&mut command);
    command
        .arg("--listen")
        .arg(format!("127.0.0.1:{port}"))
        .args(["--database-url", database_url, "--jwt-secret-file"])
        .arg(secret)
        .args(["--insecure-cookie", "--demo"])
        .current_dir("/")
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    Ok(command)
}

/// Waits until a gateway says that it can serve, as long as `is_alive` holds.
pub fn wait_ready(url: &str, log: &Path, mut is_alive: impl FnMut() -> bool) -> Result<()> {
    let client = http_client()?;
    wait::until_true("the gateway being ready", START_WITHIN, || {
        let answer = client.get(format!("{url}/ready")).send();
        let ready = answer.is_ok_and(|answer| answer.status().is_success());
        ensure!(ready || is_alive(), "the gateway ended at its start");
        Ok(ready)
    })
    .with_context(|| tail(log, 20))
}

/// A client that keeps cookies, as a browser does, and goes through no proxy.
pub fn http_client() -> Result<Client> {
    Ok(Client::builder()
        .cookie_store(true)
        .no_proxy()
        .timeout(Duration::from_secs(30))
        .build()?)
}

/// A gateway for one test; it ends with its value.
#[derive(Debug)]
pub struct Gateway {
    /// Its address.
    pub url: String,
    log: PathBuf,
    child: Child,
}

impl Gateway {
    /// Starts the built gateway in front of a test's database.
    pub fn start(database: &Database) -> Result<Self> {
        Self::start_with(&database.gateway_url(), &[])
    }

    /// The same with a database's address of its own and more settings.
    pub fn start_with(database_url: &str, more: &[&str]) -> Result<Self> {
        let gateway = Self::launch(database_url, more)?;
        let pid = gateway.pid();
        wait_ready(&gateway.url, &gateway.log, || process::is_running(pid))?;
        Ok(gateway)
    }

    /// Starts it and does not wait until it can serve.
    pub fn launch(database_url: &str, more: &[&str]) -> Result<Self> {
        let port = free_port()?;
        let folder = tree::target("test/gateway")?;
        let log = folder.join(format!("{port}.log"));
        let secret = folder.join("secret");
        make_secret(&secret).or_else(|error| if secret.exists() { Ok(()) } else { Err(error) })?;
        let mut command = command(port, database_url, &secret, &log)?;
        command.args(more);
        let child = process::spawn_tied(command, libc::SIGTERM)?;
        Ok(Self {
            url: format!("http://127.0.0.1:{port}"),
            log,
            child,
        })
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it has logged.
    pub fn logged(&self) -> Result<String> {
        Ok(std::fs::read_to_string(&self.log)?)
    }
}

impl Drop for Gateway {
    fn drop(&mut self) {
        process::signal(self.child.id(), libc::SIGTERM);
        let ended = wait::until_true("the gateway's end", Duration::from_secs(10), || {
            Ok(self.child.try_wait()?.is_some())
        });
        if ended.is_err() && self.child.kill().is_ok() {
            // Killed, so it ends.
            let _ = self.child.wait();
        }
        if std::thread::panicking() {
            eprintln!("{}", tail(&self.log, 30));
        }
        // A log that stays harms nobody.
        let _ = std::fs::remove_file(&self.log);
    }
}
