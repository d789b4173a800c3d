//! Ours: an outbox with its tenants and playbooks. And what all that deliver have in common, so that they are measured alike.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::outbox::{self, Playbook};
use cs_tests::tally::{self, Tally};
use cs_tests::wait;
use postgres::Client;
use uuid::Uuid;

/// What has not arrived by then never does.
pub const PATIENCE: Duration = Duration::from_secs(300);

/// Something that delivers what is queued in a database.
pub trait Contender {
    /// Queues a delivery under each id, for the tenants of these places, in one commit; returns the moment before the commit.
    fn queue(&mut self, tenants: &[usize], ids: &[Uuid]) -> Result<u64>;
    /// Is the outcome of all that was queued recorded?
    fn is_recorded(&mut self) -> Result<bool>;
    /// Another connection to its database.
    fn connect(&self) -> Result<Client>;
    /// A query that reads its tables as a report would.
    fn report(&self) -> &'static str;
}

/// The extension.
pub struct Ours {
    /// Where.
    pub database: Database,
    /// As superuser.
    pub client: Client,
    /// Those of the tenants, one each.
    pub playbooks: Vec<Playbook>,
}

impl Ours {
    /// A database with that many tenants, each with a playbook that posts to one of the receiver's ports.
    pub fn new(cluster: &Cluster, receiver: &Tally, tenants: usize) -> Result<Self> {
        let database = Database::clone_template(cluster)?;
        database.confirm_webhooks()?;
        let mut client = database.connect()?;
        let playbooks = (0..tenants)
            .map(|place| {
                let tenant = outbox::make_tenant(&mut client, &format!("tenant{place}"))?;
                outbox::make_playbook(&mut client, tenant, "Bench", &receiver.url_of(place))
            })
            .collect::<Result<_>>()?;
        Ok(Self {
            database,
            client,
            playbooks,
        })
    }
}

impl Contender for Ours {
    fn queue(&mut self, tenants: &[usize], ids: &[Uuid]) -> Result<u64> {
        let of: Vec<_> = tenants.iter().map(|it| self.playbooks[*it]).collect();
        let mut work = self.client.transaction()?;
        outbox::queue(&mut work, &of, ids)?;
        let began = tally::now();
        work.commit()?;
        Ok(began)
    }

    fn is_recorded(&mut self) -> Result<bool> {
        let left = "select exists (select from cs.webhook_queue where status in ('pending', 'processing'))";
        if self.client.query_one(left, &[])?.get(0) {
            return Ok(false);
        }
        let failed = "select count(*) from cs.webhook_queue
            where status <> 'completed' or response_status is distinct from 200";
        let failed: i64 = self.client.query_one(failed, &[])?.get(0);
        ensure!(failed == 0, "{failed} deliveries did not succeed");
        Ok(true)
    }

    fn connect(&self) -> Result<Client> {
        Ok(self.database.connect()?)
    }

    fn report(&self) -> &'static str {
        "select status, count(*), avg(duration_ms), max(created_at) from cs.webhook_queue group by status"
    }
}

/// Queues that many in one commit; how long from the commit until all have arrived, each once, and are recorded.
pub fn round(contender: &mut dyn Contender, receiver: &Tally, count: usize) -> Result<Duration> {
    receiver.take()?;
    let ids: Vec<_> = (0..count).map(|_| Uuid::now_v7()).collect();
    contender.queue(&vec![0; count], &ids)?;
    let began = Instant::now();
    receiver.wait(count, PATIENCE)?;
    wait::until_true("the outcomes", PATIENCE, || contender.is_recorded())?;
    let took = began.elapsed();
    tally::each_once(&ids, &receiver.take()?)?;
    Ok(took)
}

/// How long from a commit to the receipt of the one delivery that it queued.
pub fn receipt(contender: &mut dyn Contender, receiver: &Tally, tenant: usize) -> Result<Duration> {
    let id = Uuid::now_v7();
    let began = contender.queue(&[tenant], &[id])?;
    let arrival = wait::until("a receipt", PATIENCE, || {
        Ok(receiver.take()?.into_iter().find(|it| it.id == id))
    })?;
    Ok(Duration::from_micros(arrival.at.saturating_sub(began)))
}
