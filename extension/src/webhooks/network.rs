//! Owns the network thread: it takes deliveries from the worker, posts them, and hands each back with its attempt.
//!
//! Nothing of PostgreSQL is called here but a raw SetLatch. All signals stay blocked, so that this thread receives none that
//! is meant for the main thread.

use super::clients::Clients;
use super::delivery::{Claim, Delivery, FinishedDelivery, Unsent};
use super::lanes::{LaneName, PATIENCE, Sending};
use super::mail::MailSettings;
use super::post::post;
use super::retry::DeliveryAttempt;
use crate::background::latch::MainLatch;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, mpsc as std_mpsc};
use std::thread::JoinHandle;
use std::time::Instant;
use tokio::sync::{mpsc, watch};
use tokio::task::{self, JoinSet, LocalSet};

/// The most deliveries that can wait for the thread.
pub const CAPACITY: usize = 4096;

/// The worker's end of the network thread.
pub struct Network {
    deliveries: Option<mpsc::Sender<Errand>>,
    finished: std_mpsc::Receiver<FinishedDelivery>,
    latch: Arc<MainLatch>,
    mail: watch::Sender<Arc<MailSettings>>,
    thread: JoinHandle<()>,
}

impl Network {
    /// Starts the thread. To be called before the worker's signals are unblocked.
    pub fn start() -> std::io::Result<Self> {
        super::open_files::raise();
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
        let is_accepted = self.deliveries.as_ref().is_some_and(|deliveries| {
            deliveries
                .try_send(Errand::Send(Box::new(delivery)))
                .is_ok()
        });
        (!is_accepted).then(|| FinishedDelivery::interrupted(claim, host))
    }

    /// Asks for all deliveries back that have not left yet.
    pub fn recall(&self) {
        if let Some(deliveries) = &self.deliveries {
            // Without room there will be a next time.
            let _ = deliveries.try_send(Errand::Recall);
        }
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
                unsent: None,
            },
            None => FinishedDelivery::interrupted(self.claim, host),
        };
        // A worker that no longer listens releases the claim when it starts again.
        let _ = self.reply.finished.send(finished);
        self.reply.latch.set();
    }
}

/// What the worker asks of the thread.
enum Errand {
    Send(Box<Delivery>),
    Recall,
}

/// A lane in which something is over, and its size.
type Over = (LaneName, usize);

async fn serve(
    mut errands: mpsc::Receiver<Errand>,
    reply: Reply,
    mail: watch::Receiver<Arc<MailSettings>>,
) {
    let clients = Rc::new(Clients::new(mail));
    let mut waiting = Sending::<Box<Delivery>>::default();
    let mut under_way = UnderWay::default();
    let mut looks_for_late = tokio::time::interval(PATIENCE / 4);
    let mut is_open = true;
    while is_open || !under_way.tasks.is_empty() {
        tokio::select! {
            errand = errands.recv(), if is_open => match errand {
                Some(errand) => {
                    take(&mut waiting, errand, &reply);
                    while let Ok(errand) = errands.try_recv() {
                        take(&mut waiting, errand, &reply);
                    }
                }
                None => {
                    is_open = false;
                    give_back(waiting.take_all(), Unsent::Recalled, &reply);
                }
            },
            Some((lane, bytes)) = under_way.next_over() => {
                waiting.done(&lane, bytes);
                while let Some((lane, bytes)) = under_way.try_next_over() {
                    waiting.done(&lane, bytes);
                }
            },
            _ = looks_for_late.tick(), if !waiting.is_empty() => {
                give_back(waiting.take_late(Instant::now()), Unsent::Late, &reply);
            }
        }
        while let Some(turn) = waiting.next() {
            let delivery = turn.what;
            delivery.started().set();
            let pending = PendingReply {
                claim: delivery.claim,
                host: delivery.host.clone(),
                reply: reply.clone(),
                attempt: None,
            };
            let clients = Rc::clone(&clients);
            under_way.begin((turn.lane, turn.bytes), async move {
                let mut pending = pending;
                pending.attempt = Some(post(&clients, *delivery).await);
            });
        }
    }
}

/// The tasks that send, and what each stands for: also one that panics makes room.
#[derive(Default)]
struct UnderWay {
    tasks: JoinSet<()>,
    over: HashMap<task::Id, Over>,
}

impl UnderWay {
    fn begin(&mut self, over: Over, task: impl Future<Output = ()> + 'static) {
        let handle = self.tasks.spawn_local(task);
        self.over.insert(handle.id(), over);
    }

    async fn next_over(&mut self) -> Option<Over> {
        let ended = self.tasks.join_next_with_id().await?;
        self.take(ended)
    }

    fn try_next_over(&mut self) -> Option<Over> {
        let ended = self.tasks.try_join_next_with_id()?;
        self.take(ended)
    }

    fn take(&mut self, ended: Result<(task::Id, ()), task::JoinError>) -> Option<Over> {
        let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
        self.over.remove(&id)
    }
}

fn take(waiting: &mut Sending<Box<Delivery>>, errand: Errand, reply: &Reply) {
    match errand {
        Errand::Send(delivery) => {
            let (lane, bytes) = (delivery.lane(), delivery.body.len());
            waiting.add(lane, bytes, delivery, Instant::now());
        }
        Errand::Recall => give_back(waiting.take_all(), Unsent::Recalled, reply),
    }
}

fn give_back(deliveries: impl IntoIterator<Item = Box<Delivery>>, why: Unsent, reply: &Reply) {
    for it in deliveries {
        let unsent = FinishedDelivery::unsent(it.claim, it.host, why);
        let _ = reply.finished.send(unsent);
        reply.latch.set();
    }
}
