//! Owns the network thread: it takes jobs from the worker, posts them, and hands back what came of each.
//!
//! Nothing of PostgreSQL is called here but a raw SetLatch. All signals stay blocked, so that none meant for the main thread
//! is taken by this one.

use super::address::{is_public, refusal};
use super::queue::Claim;
use super::retry::Sent;
use super::signature::Secret;
use crate::worker::latch::MainLatch;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{Client, redirect};
use std::cell::RefCell;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc as std_mpsc;
use std::thread::JoinHandle;
use std::time::{Duration, Instant, SystemTime};
use tokio::sync::mpsc;
use tokio::task::LocalSet;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const TOTAL_TIMEOUT: Duration = Duration::from_secs(30);
const KEPT_OF_ANSWER: usize = 2048;
const USER_AGENT: &str = concat!("customer_success/", env!("CARGO_PKG_VERSION"));

/// Jobs handed over at most before the first is taken up.
pub const CAPACITY: usize = 2000;

/// A delivery to be sent.
pub struct Job {
    pub(super) claim: Claim,
    /// `host:port` the delivery was counted under.
    pub host: String,
    pub(super) id: String,
    pub(super) url: url::Url,
    pub(super) named: bool,
    pub(super) secret: Secret,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl std::fmt::Debug for Job {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Neither secret nor headers nor body belong into a log.
        formatter
            .debug_struct("Job")
            .field("id", &self.id)
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

/// What came of a delivery.
#[derive(Debug)]
pub struct Done {
    pub(super) claim: Claim,
    /// `host:port` the delivery was counted under.
    pub host: String,
    pub(super) sent: Sent,
}

impl Done {
    /// A delivery whose playbook makes it impossible to send.
    pub fn refused(claim: Claim, host: String, why: String) -> Self {
        Self {
            claim,
            host,
            sent: Sent {
                error: Some(why),
                hopeless: true,
                ..Sent::default()
            },
        }
    }

    /// A delivery of which nobody knows whether it arrived.
    fn interrupted(claim: Claim, host: String) -> Self {
        Self {
            claim,
            host,
            sent: Sent {
                error: Some("the delivery was interrupted".to_owned()),
                ..Sent::default()
            },
        }
    }
}

/// The worker's end of the network thread.
pub struct Network {
    jobs: Option<mpsc::Sender<Job>>,
    done: std_mpsc::Receiver<Done>,
    latch: Arc<MainLatch>,
    thread: JoinHandle<()>,
}

impl Network {
    /// Starts the thread. To be called before the worker's signals are unblocked.
    pub fn start() -> std::io::Result<Self> {
        let (jobs, incoming) = mpsc::channel(CAPACITY);
        let (outgoing, done) = std_mpsc::channel();
        let latch = Arc::new(MainLatch::of_this_process());
        let runtime = {
            let _blocked = crate::worker::latch::SignalsBlocked::enter();
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .max_blocking_threads(8)
                .build()?
        };
        let reply = Reply {
            done: outgoing,
            latch: Arc::clone(&latch),
        };
        let _blocked = crate::worker::latch::SignalsBlocked::enter();
        let thread = std::thread::Builder::new()
            .name("cs-network".to_owned())
            .spawn(move || LocalSet::new().block_on(&runtime, serve(incoming, reply)))?;
        Ok(Self {
            jobs: Some(jobs),
            done,
            latch,
            thread,
        })
    }

    /// Hands a job over. Where there is no room or nobody to take it, what that comes to.
    pub fn hand_over(&self, job: Job) -> Option<Done> {
        let (claim, host) = (job.claim, job.host.clone());
        let is_taken = self
            .jobs
            .as_ref()
            .is_some_and(|jobs| jobs.try_send(job).is_ok());
        (!is_taken).then(|| Done::interrupted(claim, host))
    }

    /// What has come back, up to `most`.
    pub fn take_done(&self, most: usize) -> Vec<Done> {
        self.latch.drained();
        self.done.try_iter().take(most).collect()
    }

    /// Whether the thread has ended, by order or by a panic.
    pub fn is_over(&self) -> bool {
        self.thread.is_finished()
    }

    /// Takes no more jobs; the thread ends once those under way are done.
    pub fn close(&mut self) {
        self.jobs = None;
    }
}

/// The way back to the worker.
#[derive(Clone)]
struct Reply {
    done: std_mpsc::Sender<Done>,
    latch: Arc<MainLatch>,
}

/// Answers for a delivery exactly once, also when the task that sends it panics.
struct Pending {
    claim: Claim,
    host: String,
    reply: Reply,
    sent: Option<Sent>,
}

impl Drop for Pending {
    fn drop(&mut self) {
        let host = std::mem::take(&mut self.host);
        let done = match self.sent.take() {
            Some(sent) => Done {
                claim: self.claim,
                host,
                sent,
            },
            None => Done::interrupted(self.claim, host),
        };
        // A worker that no longer listens gives the claim back when it starts again.
        let _ = self.reply.done.send(done);
        self.reply.latch.set();
    }
}

async fn serve(mut jobs: mpsc::Receiver<Job>, reply: Reply) {
    let clients = Clients::default();
    let clients = std::rc::Rc::new(clients);
    let mut under_way = tokio::task::JoinSet::new();
    while let Some(job) = jobs.recv().await {
        let pending = Pending {
            claim: job.claim,
            host: job.host.clone(),
            reply: reply.clone(),
            sent: None,
        };
        let clients = std::rc::Rc::clone(&clients);
        under_way.spawn_local(async move {
            let mut pending = pending;
            pending.sent = Some(post(&clients, job).await);
        });
        while under_way.try_join_next().is_some() {}
    }
    while under_way.join_next().await.is_some() {}
}

/// Made on first use: most databases never send, and reading the system's root certificates takes a while.
#[derive(Default)]
struct Clients {
    named: RefCell<Option<Client>>,
    public: RefCell<Option<Client>>,
}

impl Clients {
    fn get(&self, named: bool) -> Result<Client, reqwest::Error> {
        let slot = if named { &self.named } else { &self.public };
        if let Some(client) = &*slot.borrow() {
            return Ok(client.clone());
        }
        // Another caller may have been first; the provider is the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = Client::builder()
            .user_agent(USER_AGENT)
            .redirect(redirect::Policy::none())
            .connect_timeout(CONNECT_TIMEOUT)
            .timeout(TOTAL_TIMEOUT)
            .no_proxy();
        let builder = if named {
            builder
        } else {
            builder.dns_resolver(Arc::new(PublicOnly))
        };
        let client = builder.build()?;
        *slot.borrow_mut() = Some(client.clone());
        Ok(client)
    }
}

async fn post(clients: &Clients, job: Job) -> Sent {
    let started = Instant::now();
    let answer = match clients.get(job.named) {
        Ok(client) => try_post(&client, job).await,
        Err(error) => Err(failure(&error)),
    };
    let mut sent = answer.unwrap_or_else(|failed| failed);
    sent.took = started.elapsed();
    sent
}

async fn try_post(client: &Client, job: Job) -> Result<Sent, Sent> {
    let timestamp = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |it| it.as_secs().cast_signed());
    let signature = job
        .secret
        .sign(&job.id, timestamp, &job.body)
        .map_err(|fault| Sent {
            error: Some(fault.message().to_owned()),
            hopeless: true,
            ..Sent::default()
        })?;
    let request = client
        .post(job.url)
        .headers(job.headers)
        .header("content-type", "application/json")
        .header("webhook-id", job.id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signature)
        .body(job.body);
    let mut answer = request.send().await.map_err(|error| failure(&error))?;
    let mut sent = Sent {
        status: Some(answer.status().as_u16()),
        retry_after: answer
            .headers()
            .get(RETRY_AFTER)
            .and_then(|it| it.to_str().ok())
            .and_then(read_retry_after),
        ..Sent::default()
    };
    sent.body = read_start(&mut answer)
        .await
        .map_err(|error| failure(&error))?;
    Ok(sent)
}

/// The start of the answer, as text; the rest is never read.
async fn read_start(answer: &mut reqwest::Response) -> Result<String, reqwest::Error> {
    let mut kept = Vec::new();
    while kept.len() < KEPT_OF_ANSWER {
        let Some(chunk) = answer.chunk().await? else {
            break;
        };
        kept.extend_from_slice(&chunk);
    }
    kept.truncate(KEPT_OF_ANSWER);
    // PostgreSQL holds no zero byte in a text.
    Ok(String::from_utf8_lossy(&kept).replace('\0', "\u{fffd}"))
}

/// Seconds or an HTTP date (RFC 9110, 10.2.3).
fn read_retry_after(text: &str) -> Option<Duration> {
    if let Ok(seconds) = text.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = chrono::DateTime::parse_from_rfc2822(text.trim()).ok()?;
    (until.to_utc() - chrono::Utc::now()).to_std().ok()
}

/// The failure in words, without the URL, whose query may hold a token.
fn failure(error: &reqwest::Error) -> Sent {
    let mut words = if error.is_timeout() {
        "timed out".to_owned()
    } else {
        "no answer".to_owned()
    };
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        words = format!("{words}: {inner}");
        cause = inner.source();
    }
    Sent {
        error: Some(words),
        timed_out: error.is_timeout(),
        ..Sent::default()
    }
}

/// Resolves names and keeps public addresses only, so that a name cannot point inside, now or at the next look-up.
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let public = found
                .filter(|address| is_public(address.ip()))
                .collect::<Vec<SocketAddr>>();
            if public.is_empty() {
                return Err(refusal(&host).into());
            }
            Ok(Box::new(public.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod plain_tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(read_retry_after("120"), Some(Duration::from_secs(120)));
        assert_eq!(read_retry_after("soon"), None);
        assert_eq!(read_retry_after("Wed, 21 Oct 2015 07:28:00 GMT"), None);
        let later = (chrono::Utc::now() + chrono::Duration::minutes(10)).to_rfc2822();
        assert!(read_retry_after(&later).is_some_and(|wait| wait > Duration::from_secs(500)));
    }
}
