//! A receiver that costs next to nothing: a process of its own that keeps which delivery arrived when, on many ports. It answers
//! 200, or never where the path begins with `/hang`; what is posted under `/aside` it does not keep.

use std::collections::HashSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, UNIX_EPOCH};

use anyhow::{Context, Result, ensure};
use uuid::Uuid;

use crate::{process, wait};

pub mod server;

/// A delivery that arrived.
#[derive(Debug, Clone, Copy)]
pub struct Arrival {
    /// Its `webhook-id`.
    pub id: Uuid,
    /// When, in microseconds since 1970.
    pub at: u64,
}

/// A running receiver; it ends with its value.
#[derive(Debug)]
pub struct Tally {
    child: Child,
    ports: Vec<u16>,
}

impl Tally {
    /// Starts it on that many ports of 127.0.0.1.
    pub fn start(ports: usize) -> Result<Self> {
        let mut command = Command::new(program()?);
        command
            .arg(ports.to_string())
            .stdin(Stdio::null())
            .stdout(Stdio::piped());
        let mut child = process::spawn_tied(command, libc::SIGTERM)?;
        let mut line = String::new();
        let out = child.stdout.take().context("no output of cs-tally")?;
        BufReader::new(out).read_line(&mut line)?;
        let ports: Vec<u16> = line
            .split_whitespace()
            .map(str::parse)
            .collect::<Result<_, _>>()?;
        ensure!(!ports.is_empty(), "cs-tally named no port");
        Ok(Self { child, ports })
    }

    /// Its first address.
    pub fn url(&self) -> String {
        self.url_of(0)
    }

    /// The address of one of its ports, by place.
    pub fn url_of(&self, place: usize) -> String {
        format!("http://127.0.0.1:{}", self.ports[place % self.ports.len()])
    }

    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// How many deliveries have arrived since they were last taken; those that hang are not counted.
    pub fn count(&self) -> Result<usize> {
        Ok(self.ask("/count")?.trim().parse()?)
    }

    /// How many are held and get no answer.
    pub fn hanging(&self) -> Result<usize> {
        Ok(self.ask("/hanging")?.trim().parse()?)
    }

    /// All that have arrived since they were last taken, in order.
    pub fn take(&self) -> Result<Vec<Arrival>> {
        let line = |line: &str| {
            let (id, at) = line.split_once(' ').context("half a line")?;
            Ok(Arrival {
                id: id.parse()?,
                at: at.parse()?,
            })
        };
        self.ask("/take")?.lines().map(line).collect()
    }

    /// Waits until that many have arrived.
    pub fn wait(&self, count: usize, within: Duration) -> Result<()> {
        wait::until_true(&format!("{count} arrivals"), within, || {
            Ok(self.count()? >= count)
        })
    }

    fn ask(&self, path: &str) -> Result<String> {
        let port = self.ports.first().context("no port")?;
        let mut stream = TcpStream::connect(("127.0.0.1", *port))?;
        stream.write_all(format!("GET {path} HTTP/1.1\r\n\r\n").as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        let (_, body) = answer.split_once("\r\n\r\n").context("no answer")?;
        Ok(body.to_owned())
    }
}

impl Drop for Tally {
    fn drop(&mut self) {
        // Ended already, or ends now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Did each of these arrive, and each once?
pub fn each_once(wanted: &[Uuid], arrivals: &[Arrival]) -> Result<()> {
    let wanted: HashSet<_> = wanted.iter().collect();
    let arrived: HashSet<_> = arrivals.iter().map(|it| &it.id).collect();
    let repeated = arrivals.len() - arrived.len();
    let missing = wanted.difference(&arrived).count();
    let foreign = arrived.difference(&wanted).count();
    ensure!(
        repeated + missing + foreign == 0,
        "of {} deliveries {missing} did not arrive; {repeated} arrived again, {foreign} were not queued",
        wanted.len()
    );
    Ok(())
}

/// This moment as arrivals tell theirs.
pub fn now() -> u64 {
    let since = UNIX_EPOCH.elapsed().unwrap_or_default();
    u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
}

/// Beside the running program, or a folder above it, where cargo puts programs of tests.
fn program() -> Result<PathBuf> {
    let own = std::env::current_exe()?;
    own.ancestors()
        .skip(1)
        .take(2)
        .map(|folder| folder.join("cs-tally"))
        .find(|path| path.is_file())
        .context("cs-tally is not built")
}
