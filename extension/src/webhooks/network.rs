//! Owns the network thread: it takes deliveries from the worker, posts them, and hands each back with its attempt.
//!
//! Nothing of PostgreSQL is called here but a raw SetLatch. All signals stay blocked, so that this thread receives none that
//! is meant for the main thread.

use super::clients::Clients;
use super::delivery::{Claim, Delivery, FinishedDelivery};
use super::mail::MailSettings;
use super::post::post;
use super::retry::DeliveryAttempt;
use crate::background::latch::MainLatch;
use std::rc::Rc;
use std::sync::{Arc, mpsc as std_mpsc};
use std::thread::JoinHandle;
use tokio::sync::{mpsc, watch};
use tokio::task::LocalSet;

/// The most deliveries that can wait for the thread.
pub const CAPACITY: usize = 2000;

/// The worker's end of the network thread.
pub struct Network {
    deliveries: Option<mpsc::Sender<Delivery>>,
    finished: std_mpsc::Receiver<FinishedDelivery>,
    latch: Arc<MainLatch>,
    mail: watch::Sender<Arc<MailSettings>>,
    thread: JoinHandle<()>,
}

impl Network {
    /// Starts the thread. To be called before the worker's signals are unblocked.
    pub fn start() -> std::io::Result<Self> {
        let (deliveries, incoming) = mpsc::channel(CAPACITY);
        let (outgoing, finished) = std_mpsc::channel();
        let latch = Arc::new(MainLatch::of_this_process());
        let (mail, mail_settings) = watch::channel(Arc::default());
        let runtime = {
            let _blocked = crate::background::latch::SignalsBlocked::enter();
            tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?
        };
        let reply = Reply {
            finished: outgoing,
            latch: Arc::clone(&latch),
        };
        let _blocked = crate::background::latch::SignalsBlocked::enter();
        let thread = std::thread::Builder::new()
            .name("cs-network".to_owned())
            .spawn(move || {
                LocalSet::new().block_on(&runtime, serve(incoming, reply, mail_settings))
            })?;
        Ok(Self {
            deliveries: Some(deliveries),
            finished,
            latch,
            mail,
            thread,
        })
    }

    /// Sends mail by these settings from now on.
    pub fn configure(&self, mail: MailSettings) {
        self.mail.send_replace(Arc::new(mail));
    }

    /// Hands a delivery over; where there is no room, or no thread any more, returns it as interrupted.
    pub fn hand_over(&self, delivery: Delivery) -> Option<FinishedDelivery> {
        let (claim, host) = (delivery.claim, delivery.host.clone());
        let is_accepted = self
            .deliveries
            .as_ref()
            .is_some_and(|deliveries| deliveries.try_send(delivery).is_ok());
        (!is_accepted).then(|| FinishedDelivery::interrupted(claim, host))
    }

    /// The deliveries that were handed back, up to `most` of them.
    pub fn take_finished(&self, most: usize) -> Vec<FinishedDelivery> {
        self.latch.drained();
        self.finished.try_iter().take(most).collect()
    }

    /// Whether the thread has ended, because it was closed or by a panic.
    pub fn has_ended(&self) -> bool {
        self.thread.is_finished()
    }

    /// Accepts no more deliveries; the thread ends once those under way are finished.
    pub fn close(&mut self) {
        self.deliveries = None;
    }
}

/// The way back to the worker.
#[derive(Clone)]
struct Reply {
    finished: std_mpsc::Sender<FinishedDelivery>,
    latch: Arc<MainLatch>,
}

/// Hands a delivery back exactly once, also when the task that sends it panics.
struct PendingReply {
    claim: Claim,
    host: String,
    reply: Reply,
    attempt: Option<DeliveryAttempt>,
}

impl Drop for PendingReply {
    fn drop(&mut self) {
        let host = std::mem::take(&mut self.host);
        let finished = match self.attempt.take() {
            Some(attempt) => FinishedDelivery {
                claim: self.claim,
                host,
                attempt,
            },
            None => FinishedDelivery::interrupted(self.claim, host),
        };
        // A worker that no longer listens releases the claim when it starts again.
        let _ = self.reply.finished.send(finished);
        self.reply.latch.set();
    }
}

async fn serve(
    mut deliveries: mpsc::Receiver<Delivery>,
    reply: Reply,
    mail: watch::Receiver<Arc<MailSettings>>,
) {
    let clients = Rc::new(Clients::new(mail));
    let mut under_way = tokio::task::JoinSet::new();
    while let Some(delivery) = deliveries.recv().await {
        let pending = PendingReply {
            claim: delivery.claim,
            host: delivery.host.clone(),
            reply: reply.clone(),
            attempt: None,
        };
        let clients = Rc::clone(&clients);
        under_way.spawn_local(async move {
            let mut pending = pending;
            pending.attempt = Some(post(&clients, delivery).await);
        });
        while under_way.try_join_next().is_some() {}
    }
    while under_way.join_next().await.is_some() {}
}
