//! A PostgreSQL cluster of our own: made, configured, started on a free port of 127.0.0.1, stopped, removed.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use postgres::{Client, NoTls};

use crate::process;
use crate::tree::{self, Server};
use crate::wait;

/// How long a server may take to accept connections, recovery included.
const START_WITHIN: Duration = Duration::from_secs(60);

/// A server setting and its value.
pub type Setting = (String, String);

/// Makes the data folder of a new cluster: UTF-8, checksums, trusted from this machine, superuser `postgres`.
pub fn initdb(server: &Server, data: &Path) -> Result<()> {
    process::make_private_folder(&data.to_path_buf())?;
    let mut command = process::as_server_user(&server.program("initdb"), Some(libc::SIGTERM));
    command
        .arg("--pgdata")
        .arg(data)
        .args([
            "--auth=trust",
            "--username=postgres",
            "--locale=C.UTF-8",
            "--encoding=UTF8",
        ])
        .args(["--data-checksums", "--no-sync"]);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let output = process::spawn_tied(command, libc::SIGTERM)
        .and_then(|child| Ok(child.wait_with_output()?))
        .context("cannot run initdb")?;
    ensure!(
        output.status.success(),
        "initdb failed: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let conf = data.join("postgresql.conf");
    let text = fs::read_to_string(&conf)?;
    fs::write(&conf, text + "\ninclude 'harness.conf'\n")?;
    Ok(())
}

/// Writes our settings beside those of initdb; they count from the next start or reload.
pub fn configure(data: &Path, port: u16, settings: &[Setting]) -> Result<()> {
    let mut text = format!(
        "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = ''\n\
         shared_preload_libraries = 'customer_success'\nlogging_collector = off\n\
         log_line_prefix = '%m [%p] %b %d '\n"
    );
    for (name, value) in settings {
        writeln!(text, "{name} = '{}'", value.replace('\'', "''"))?;
    }
    fs::write(data.join("harness.conf"), text)?;
    Ok(())
}

/// The command that runs a cluster's server in the foreground, its messages going to `log`.
pub fn server_command(
    server: &Server,
    data: &Path,
    log: &Path,
    death_signal: Option<i32>,
) -> Result<Command> {
    let log = File::options().create(true).append(true).open(log)?;
    let mut command = process::as_server_user(&server.program("postgres"), death_signal);
    command
        .arg("-D")
        .arg(data)
        .stdin(Stdio::null())
        .stdout(log.try_clone()?)
        .stderr(log);
    Ok(command)
}

/// A port that nothing listens on now.
pub fn free_port() -> Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// Connects to a database of a server on this machine.
pub fn connect(port: u16, database: &str, user: &str) -> Result<Client, postgres::Error> {
    postgres::Config::new()
        .host("127.0.0.1")
        .port(port)
        .user(user)
        .dbname(database)
        .connect_timeout(Duration::from_secs(10))
        .connect(NoTls)
}

/// Waits until a server accepts connections, as long as `is_alive` holds.
pub fn wait_ready(port: u16, log: &Path, mut is_alive: impl FnMut() -> bool) -> Result<()> {
    wait::until_true("PostgreSQL accepting connections", START_WITHIN, || {
        let ready = connect(port, "postgres", "postgres").is_ok();
        ensure!(ready || is_alive(), "PostgreSQL ended at its start");
        Ok(ready)
    })
    .with_context(|| tail(log, 20))
}

/// The last lines of a log, for messages.
pub fn tail(path: &Path, lines: usize) -> String {
    let text = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let all: Vec<_> = text.lines().collect();
    let end = all[all.len().saturating_sub(lines)..].join("\n");
    format!("the end of {}:\n{end}\n", path.display())
}

/// A throw-away cluster below `target/test`, ended and removed with its value (or by our own end).
#[derive(Debug)]
pub struct Cluster {
    /// Where it listens on 127.0.0.1.
    pub port: u16,
    /// The server it runs.
    pub server: Server,
    folder: PathBuf,
    child: Option<Child>,
}

impl Cluster {
    /// Makes and starts a cluster with these settings beside the harness's own.
    pub fn start(settings: &[Setting]) -> Result<Self> {
        let mut cluster = Self::in_new_folder()?;
        initdb(&cluster.server, &cluster.data())?;
        let mut all: Vec<Setting> = [
            ("fsync", "off"),
            ("max_connections", "100"),
            ("max_worker_processes", "64"),
            ("shared_buffers", "64MB"),
            ("log_checkpoints", "off"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .to_vec();
        all.extend_from_slice(settings);
        configure(&cluster.data(), cluster.port, &all)?;
        cluster.run()?;
        Ok(cluster)
    }

    /// Makes and starts a standby of this cluster, with its settings.
    pub fn start_standby(&self) -> Result<Self> {
        let mut standby = Self::in_new_folder()?;
        process::make_private_folder(&standby.data())?;
        let program = self.server.program("pg_basebackup");
        let mut command = process::as_server_user(&program, Some(libc::SIGTERM));
        process::without_pg_settings(&mut command);
        command
            .args(["--write-recovery-conf", "--checkpoint=fast", "--pgdata"])
            .arg(standby.data())
            .args([
                "--dbname",
                &format!("host=127.0.0.1 port={} user=postgres", self.port),
            ]);
        let output = command.output().context("cannot run pg_basebackup")?;
        ensure!(
            output.status.success(),
            "pg_basebackup failed: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        self.give_settings(&standby)?;
        standby.run()?;
        Ok(standby)
    }

    /// Stops this cluster and starts a new one with all that is in it, made by `pg_upgrade`.
    pub fn upgrade(&mut self) -> Result<Self> {
        self.stop()?;
        let mut new = Self::in_new_folder()?;
        initdb(&new.server, &new.data())?;
        self.give_settings(&new)?;
        // The path of a socket has at most 107 bytes.
        let sockets = std::env::temp_dir().join(format!("cs-upgrade-{}", new.port));
        process::make_private_folder(&sockets)?;
        let program = self.server.program("pg_upgrade");
        let programs = program.parent().context("pg_upgrade is in no folder")?;
        let mut command = process::as_server_user(&program, Some(libc::SIGTERM));
        process::without_pg_settings(&mut command);
        command.current_dir(&sockets).arg("--username=postgres");
        for (option, folder) in [
            ("--old-bindir", programs),
            ("--new-bindir", programs),
            ("--old-datadir", &self.data()),
            ("--new-datadir", &new.data()),
            ("--socketdir", &sockets),
        ] {
            command.arg(option).arg(folder);
        }
        command.args(["--old-port", &self.port.to_string()]);
        command.args(["--new-port", &new.port.to_string()]);
        let output = command.output().context("cannot run pg_upgrade")?;
        fs::remove_dir_all(&sockets)?;
        ensure!(
            output.status.success(),
            "pg_upgrade failed: {}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
        new.run()?;
        Ok(new)
    }

    /// The settings of this cluster, but for the port.
    fn give_settings(&self, other: &Self) -> Result<()> {
        const FILE: &str = "harness.conf";
        let text = fs::read_to_string(self.data().join(FILE))?;
        let (ours, theirs) = (self.port.to_string(), other.port.to_string());
        let text = text.replace(&format!("port = {ours}"), &format!("port = {theirs}"));
        fs::write(other.data().join(FILE), text)?;
        Ok(())
    }

    fn in_new_folder() -> Result<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = tree::target("test")?.join(format!("cluster-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self {
            port: free_port()?,
            server: Server::find()?,
            folder,
            child: None,
        })
    }

    /// Starts the server of a stopped cluster again.
    pub fn run(&mut self) -> Result<()> {
        let signal = libc::SIGINT;
        let command = server_command(&self.server, &self.data(), &self.log(), Some(signal))?;
        let child = self.child.insert(process::spawn_tied(command, signal)?);
        let pid = child.id();
        wait_ready(self.port, &self.log(), || process::is_running(pid))
    }

    /// Stops the server as a DBA would: sessions are ended, work is rolled back.
    pub fn stop(&mut self) -> Result<()> {
        self.end(libc::SIGINT)
    }

    /// Stops the server once all sessions have ended by themselves.
    pub fn stop_once_idle(&mut self) -> Result<()> {
        self.end(libc::SIGTERM)
    }

    /// Stops the server without a checkpoint, as a loss of power would, except for the disks.
    pub fn stop_immediately(&mut self) -> Result<()> {
        self.end(libc::SIGQUIT)
    }

    fn end(&mut self, signal: i32) -> Result<()> {
        let Some(mut child) = self.child.take() else {
            return Ok(());
        };
        process::signal(child.id(), signal);
        let ended = wait::until_true("PostgreSQL's end", Duration::from_secs(30), || {
            Ok(child.try_wait()?.is_some())
        });
        if ended.is_err() {
            child.kill()?;
            child.wait()?;
        }
        ended
    }

    /// Connects as superuser.
    pub fn connect(&self, database: &str) -> Result<Client, postgres::Error> {
        connect(self.port, database, "postgres")
    }

    /// A command for one of the server's client programs, pointed at this cluster.
    pub fn program(&self, name: &str) -> Command {
        let mut command = Command::new(self.server.program(name));
        process::without_pg_settings(&mut command);
        command
            .env("PGHOST", "127.0.0.1")
            .env("PGPORT", self.port.to_string())
            .env("PGUSER", "postgres");
        command
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The server's log.
    pub fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let ended = self.end(libc::SIGINT);
        // A failed test wants to see what the server said.
        if std::thread::panicking() || ended.is_err() {
            eprintln!("{}", tail(&self.log(), 30));
        }
        if let Err(error) = fs::remove_dir_all(&self.folder) {
            eprintln!("{} stays: {error}", self.folder.display());
        }
    }
}
