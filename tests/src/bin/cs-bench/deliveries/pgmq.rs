//! The claim loop that pgmq and many home-made queues have: hide rows for a while, send them, delete them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Result, ensure};
use cs_tests::cluster::{self, Cluster};
use cs_tests::outbox::PAYLOAD;
use cs_tests::tally::{self, Tally};
use postgres::Client;
use reqwest::Client as Http;
use standardwebhooks::Webhook;
use tokio::runtime::Builder;
use uuid::Uuid;

use super::contender::Contender;
use super::rival::SECRET;

const MAKE: &str = "create table queue (
        msg_id bigint generated always as identity primary key,
        vt timestamptz not null default clock_timestamp(),
        read_ct integer not null default 0,
        created_at timestamptz not null default now(),
        id uuid not null,
        url text not null,
        message jsonb not null
    );
    create index on queue (vt)";
const READ: &str = "with next as (
        select msg_id from queue where vt <= clock_timestamp() order by msg_id limit 100 for update skip locked
    )
    update queue set vt = clock_timestamp() + interval '30 s', read_ct = read_ct + 1
    from next where queue.msg_id = next.msg_id
    returning queue.msg_id, queue.id, queue.url, queue.message::text";
/// When there was nothing to do.
const PAUSE: Duration = Duration::from_millis(2);

/// It at work; it ends with its value.
pub struct ClaimLoop {
    client: Client,
    database: String,
    port: u16,
    urls: Vec<String>,
    is_over: Arc<AtomicBool>,
    thread: Option<JoinHandle<Result<()>>>,
}

impl ClaimLoop {
    /// Starts it in a fresh database.
    pub fn start(cluster: &Cluster, receiver: &Tally, tenants: usize) -> Result<Self> {
        let database = format!("claim_loop_{}", Uuid::now_v7().simple());
        let mut admin = cluster.connect("postgres")?;
        admin.batch_execute(&format!("create database {database}"))?;
        let mut client = cluster.connect(&database)?;
        client.batch_execute(MAKE)?;
        let mut sql = cluster.connect(&database)?;
        let is_over = Arc::new(AtomicBool::new(false));
        let over = Arc::clone(&is_over);
        let thread = thread::spawn(move || {
            let sender = Sender::new()?;
            while !over.load(Ordering::Acquire) {
                if !sender.send_some(&mut sql)? {
                    thread::sleep(PAUSE);
                }
            }
            Ok(())
        });
        Ok(Self {
            client,
            database,
            port: cluster.port,
            urls: (0..tenants).map(|place| receiver.url_of(place)).collect(),
            is_over,
            thread: Some(thread),
        })
    }
}

impl Drop for ClaimLoop {
    fn drop(&mut self) {
        self.is_over.store(true, Ordering::Release);
        if let Some(Ok(Err(error))) = self.thread.take().map(JoinHandle::join) {
            eprintln!("the claim loop failed: {error:#}");
        }
    }
}

struct Sender {
    runtime: tokio::runtime::Runtime,
    http: Http,
    webhook: Webhook,
}

impl Sender {
    fn new() -> Result<Self> {
        Ok(Self {
            runtime: Builder::new_current_thread().enable_all().build()?,
            http: Http::builder().no_proxy().build()?,
            webhook: Webhook::new(SECRET)?,
        })
    }

    /// A batch; false when there was none.
    fn send_some(&self, sql: &mut Client) -> Result<bool> {
        let rows = sql.query(READ, &[])?;
        let mut under_way = tokio::task::JoinSet::new();
        let _inside = self.runtime.enter();
        for row in &rows {
            let (id, url, body): (Uuid, String, String) = (row.get(1), row.get(2), row.get(3));
            let seconds = i64::try_from(tally::now() / 1_000_000)?;
            let signature = self
                .webhook
                .sign(&id.to_string(), seconds, body.as_bytes())?;
            let request = self
                .http
                .post(url)
                .header("webhook-id", id.to_string())
                .header("webhook-timestamp", seconds)
                .header("webhook-signature", signature)
                .body(body);
            under_way.spawn(async { request.send().await?.error_for_status().map(drop) });
        }
        self.runtime.block_on(async {
            while let Some(done) = under_way.join_next().await {
                done??;
            }
            anyhow::Ok(())
        })?;
        let done: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
        sql.execute("delete from queue where msg_id = any ($1)", &[&done])?;
        Ok(!rows.is_empty())
    }
}

impl Contender for ClaimLoop {
    fn queue(&mut self, tenants: &[usize], ids: &[Uuid]) -> Result<u64> {
        let is_alive = self.thread.as_ref().is_some_and(|it| !it.is_finished());
        ensure!(is_alive, "the claim loop has ended");
        let urls: Vec<_> = tenants.iter().map(|it| self.urls[*it].as_str()).collect();
        let sql = format!(
            "insert into queue (id, url, message)
             select id, url, ({PAYLOAD})::jsonb from unnest($1::text[], $2::uuid[]) as row (url, id)"
        );
        let mut work = self.client.transaction()?;
        work.execute(&sql, &[&urls, &ids])?;
        let began = tally::now();
        work.commit()?;
        Ok(began)
    }

    fn is_recorded(&mut self) -> Result<bool> {
        let none = "select not exists (select from queue)";
        Ok(self.client.query_one(none, &[])?.get(0))
    }

    fn connect(&self) -> Result<Client> {
        Ok(cluster::connect(self.port, &self.database, "postgres")?)
    }

    fn report(&self) -> &'static str {
        "select read_ct, count(*), max(created_at) from queue group by read_ct"
    }
}
