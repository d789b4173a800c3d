//! A webhook receiver: keeps what arrives, answers as scripted by path, lets tests wait for it, writes a log if asked.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::fs::File;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

/// A request as it arrived.
#[derive(Debug, Clone, Serialize)]
pub struct Request {
    /// Path and query.
    pub path: String,
    /// Header names in lower case.
    pub headers: BTreeMap<String, String>,
    /// The body, byte for byte (it is text).
    pub body: String,
    /// When it had arrived whole.
    #[serde(serialize_with = "rfc3339")]
    pub received_at: DateTime<Utc>,
}

fn rfc3339<S: serde::Serializer>(at: &DateTime<Utc>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&at.to_rfc3339_opts(SecondsFormat::Micros, true))
}

impl Request {
    /// The body as JSON.
    pub fn json(&self) -> Result<Value> {
        serde_json::from_str(&self.body).with_context(|| format!("no JSON: {}", self.body))
    }

    /// A header's value, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }
}

/// What to answer to one request.
#[derive(Debug, Clone, Copy)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// How long to wait before answering.
    pub delay: Duration,
    /// Seconds for a `Retry-After` header.
    pub retry_after: Option<u32>,
}

impl Answer {
    /// An answer at once, with this status.
    pub const fn status(status: u16) -> Self {
        Self {
            status,
            delay: Duration::ZERO,
            retry_after: None,
        }
    }

    /// The same answer, later.
    pub const fn after(self, delay: Duration) -> Self {
        Self { delay, ..self }
    }
}

#[derive(Default)]
struct Inbox {
    requests: Vec<Request>,
    script: HashMap<String, VecDeque<Answer>>,
    log: Option<File>,
}

#[derive(Default)]
struct Shared {
    inbox: Mutex<Inbox>,
    arrived: Condvar,
}

impl Shared {
    fn inbox(&self) -> MutexGuard<'_, Inbox> {
        self.inbox.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A running receiver; it ends with its value.
pub struct Receiver {
    /// Where it listens.
    pub address: SocketAddr,
    shared: Arc<Shared>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Receiver {
    /// Starts on a port of 127.0.0.1 (0: any). With a log, a JSON object a line, it keeps nothing in memory.
    pub fn start(port: u16, log: Option<&Path>) -> Result<Self> {
        let shared = Arc::new(Shared::default());
        if let Some(path) = log {
            shared.inbox().log = Some(File::options().create(true).append(true).open(path)?);
        }
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let listener = runtime
            .block_on(TcpListener::bind(("127.0.0.1", port)))
            .with_context(|| format!("cannot listen on port {port}"))?;
        let address = listener.local_addr()?;
        let (stop, stopped) = oneshot::channel::<()>();
        let app = Router::new()
            .fallback(receive)
            .with_state(Arc::clone(&shared));
        let thread = thread::spawn(move || {
            runtime.block_on(async {
                tokio::select! {
                    _ = stopped => (),
                    _ = axum::serve(listener, app) => (),
                }
            });
            runtime.shutdown_background();
        });
        Ok(Self {
            address,
            shared,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// The address for `load_sample_data`.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Scripts the next answers to a path; when they are used up it answers 200 again.
    pub fn script(&self, path: &str, answers: impl IntoIterator<Item = Answer>) {
        let mut inbox = self.shared.inbox();
        inbox
            .script
            .entry(path.to_owned())
            .or_default()
            .extend(answers);
    }

    /// All that arrived so far.
    pub fn requests(&self) -> Vec<Request> {
        self.shared.inbox().requests.clone()
    }

    /// Forgets what arrived so far.
    pub fn clear(&self) {
        self.shared.inbox().requests.clear();
    }

    /// Waits until `count` requests that `wanted` accepts have arrived, and returns all such.
    pub fn wait(
        &self,
        count: usize,
        within: Duration,
        wanted: impl Fn(&Request) -> bool,
    ) -> Result<Vec<Request>> {
        let deadline = Instant::now() + within;
        let mut inbox = self.shared.inbox();
        loop {
            let found: Vec<_> = inbox
                .requests
                .iter()
                .filter(|r| wanted(r))
                .cloned()
                .collect();
            if found.len() >= count {
                return Ok(found);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                bail!(
                    "{} of {count} requests within {} ms; {} arrived in all",
                    found.len(),
                    within.as_millis(),
                    inbox.requests.len()
                );
            }
            let waited = self.shared.arrived.wait_timeout(inbox, left);
            inbox = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Blocks until the receiver ends by itself.
    pub fn join(mut self) {
        if let Some(thread) = self.thread.take() {
            // Its panic has been printed already.
            let _ = thread.join();
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        if let (Some(stop), Some(thread)) = (self.stop.take(), self.thread.take()) {
            // Both fail only when it has ended before.
            let _ = stop.send(());
            let _ = thread.join();
        }
    }
}

async fn receive(
    State(shared): State<Arc<Shared>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if method == Method::GET {
        return "ready".into_response();
    }
    let answer = record(&shared, &uri, &headers, &body);
    tokio::time::sleep(answer.delay).await;
    let status = StatusCode::from_u16(answer.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, "{}").into_response();
    if let Some(seconds) = answer.retry_after {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, seconds.into());
    }
    response
}

fn record(shared: &Shared, uri: &Uri, headers: &HeaderMap, body: &Bytes) -> Answer {
    let request = Request {
        path: uri.to_string(),
        headers: headers
            .iter()
            .map(|(name, value)| {
                (
                    name.to_string(),
                    String::from_utf8_lossy(value.as_bytes()).into(),
                )
            })
            .collect(),
        body: String::from_utf8_lossy(body).into(),
        received_at: Utc::now(),
    };
    let mut inbox = shared.inbox();
    let scripted = inbox
        .script
        .get_mut(uri.path())
        .and_then(VecDeque::pop_front);
    if let Some(log) = &mut inbox.log {
        write_line(log, &request);
    } else {
        inbox.requests.push(request);
    }
    drop(inbox);
    shared.arrived.notify_all();
    scripted.unwrap_or(Answer::status(200))
}

fn write_line(log: &mut File, request: &Request) {
    let written = serde_json::to_string(request)
        .map_err(std::io::Error::from)
        .and_then(|line| log.write_all((line + "\n").as_bytes()));
    if let Err(error) = written {
        eprintln!("cannot write the log: {error}");
    }
}
