//! Owns the network thread: it takes jobs from the worker, posts them, and hands back what came of each.
//!
//! Nothing of PostgreSQL is called here but a raw SetLatch. All signals stay blocked, so that none meant for the main thread
//! is taken by this one.

use super::delivery::{Claim, Done, Job};
use super::post::{Clients, post};
use super::retry::Sent;
use crate::background::latch::MainLatch;
use std::rc::Rc;
use std::sync::{Arc, mpsc as std_mpsc};
use std::thread::JoinHandle;
use tokio::sync::mpsc;
use tokio::task::LocalSet;

/// Jobs handed over at most before the first is taken up.
pub const CAPACITY: usize = 2000;

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
            let _blocked = crate::background::latch::SignalsBlocked::enter();
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .max_blocking_threads(8)
                .build()?
        };
        let reply = Reply {
            done: outgoing,
            latch: Arc::clone(&latch),
        };
        let _blocked = crate::background::latch::SignalsBlocked::enter();
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
    let clients = Rc::new(Clients::default());
    let mut under_way = tokio::task::JoinSet::new();
    while let Some(job) = jobs.recv().await {
        let pending = Pending {
            claim: job.claim,
            host: job.host.clone(),
            reply: reply.clone(),
            sent: None,
        };
        let clients = Rc::clone(&clients);
        under_way.spawn_local(async move {
            let mut pending = pending;
            pending.sent = Some(post(&clients, job).await);
        });
        while under_way.try_join_next().is_some() {}
    }
    while under_way.join_next().await.is_some() {}
}
