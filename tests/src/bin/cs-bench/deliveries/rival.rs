//! Graphile Worker, the queue that others would use for this, in a database of its own.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use cs_tests::cluster::{self, Cluster};
use cs_tests::outbox::PAYLOAD;
use cs_tests::tally::{self, Tally};
use cs_tests::tree;
use postgres::Client;
use uuid::Uuid;

use super::contender::Contender;
use crate::gateway::{Served, install_rivals};

/// Any will do; it only has to be signed with.
pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
/// Tasks at once: more did not make it faster.
const CONCURRENCY: &str = "64";

/// How it is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// As it comes.
    Plain,
    /// With a local queue of 500 and completion in batches: its fastest.
    Batched,
}

impl Mode {
    /// As the table names it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Plain => "Graphile Worker as it comes",
            Self::Batched => "Graphile Worker with localQueue 500 and batched completion",
        }
    }
}

/// It at work; it ends with its value.
pub struct Rival {
    client: Client,
    database: String,
    port: u16,
    urls: Vec<String>,
    _served: Served,
}

impl Rival {
    /// Starts it in a fresh database; none where node is missing.
    pub fn start(
        cluster: &Cluster,
        receiver: &Tally,
        tenants: usize,
        mode: Mode,
    ) -> Result<Option<Self>> {
        if Command::new("node").arg("--version").output().is_err() {
            println!("deliveries: without Graphile Worker, since node is not installed");
            return Ok(None);
        }
        install_rivals()?;
        let database = format!("rival_{}", Uuid::now_v7().simple());
        cluster
            .connect("postgres")?
            .batch_execute(&format!("create database {database}"))?;
        let port = cluster.port;
        let log = tree::target("test/deliveries")?.join(format!("{database}.log"));
        let mut command = Command::new("node");
        command
            .arg("graphile-worker.mjs")
            .current_dir(tree::root().join("tests/bench"))
            .env(
                "DATABASE_URL",
                format!("postgres://postgres@127.0.0.1:{port}/{database}"),
            )
            .env("SECRET", SECRET)
            .env("CONCURRENCY", CONCURRENCY)
            .env(
                "MODE",
                if mode == Mode::Batched {
                    "batched"
                } else {
                    "plain"
                },
            )
            .env("NODE_ENV", "production")
            // it writes a line for each task otherwise
            .env("NO_LOG_SUCCESS", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log)?);
        let mut served = Served::start(command)?;
        wait_ready(&mut served).with_context(|| fs::read_to_string(&log).unwrap_or_default())?;
        Ok(Some(Self {
            client: cluster.connect(&database)?,
            database,
            port,
            urls: (0..tenants).map(|place| receiver.url_of(place)).collect(),
            _served: served,
        }))
    }
}

/// Until it says so; what it writes afterwards is read and thrown away, so that it never waits for us.
fn wait_ready(served: &mut Served) -> Result<()> {
    let out = served.output().context("no output")?;
    let mut lines = BufReader::new(out).lines();
    let is_ready = lines.any(|line| line.is_ok_and(|it| it.ends_with("ready")));
    ensure!(is_ready, "Graphile Worker ended at its start");
    std::thread::spawn(move || lines.for_each(drop));
    Ok(())
}

impl Contender for Rival {
    fn queue(&mut self, tenants: &[usize], ids: &[Uuid]) -> Result<u64> {
        let urls: Vec<_> = tenants.iter().map(|it| self.urls[*it].as_str()).collect();
        let mut work = self.client.transaction()?;
        let sql = format!(
            "select count(*) from graphile_worker.add_jobs(array(
                 select json_populate_record(null::graphile_worker.job_spec, json_build_object(
                     'identifier', 'deliver', 'max_attempts', 10,
                     'payload', json_build_object('id', id, 'url', url, 'body', {PAYLOAD})))
                 from unnest($1::text[], $2::uuid[]) as row (url, id)))"
        );
        work.execute(&sql, &[&urls, &ids])?;
        let began = tally::now();
        work.commit()?;
        Ok(began)
    }

    /// It deletes what is done.
    fn is_recorded(&mut self) -> Result<bool> {
        let none = "select not exists (select from graphile_worker._private_jobs)";
        Ok(self.client.query_one(none, &[])?.get(0))
    }

    fn connect(&self) -> Result<Client> {
        Ok(cluster::connect(self.port, &self.database, "postgres")?)
    }

    fn report(&self) -> &'static str {
        "select attempts, count(*), max(created_at), count(locked_at) from graphile_worker._private_jobs group by attempts"
    }
}
