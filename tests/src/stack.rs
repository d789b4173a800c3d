//! What the tests of one binary share: one cluster with the template database, made at first use, gone at exit.

use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Result, anyhow};

use crate::cluster::{Cluster, Setting};
use crate::database::{self, Database};
use crate::receiver::Receiver;

static SHARED: OnceLock<std::result::Result<Mutex<Option<Cluster>>, String>> = OnceLock::new();

/// The settings of a test cluster: receivers on loopback are allowed, retries come soon.
pub fn settings() -> Vec<Setting> {
    [
        (
            "customer_success.webhook_allowed_hosts",
            "127.0.0.1,localhost",
        ),
        ("customer_success.webhook_retry_delays", "100ms,200ms,400ms"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// A cluster of a test's own, with the template, for what would disturb others.
pub fn own_cluster(more: &[Setting]) -> Result<Cluster> {
    let mut all = settings();
    all.extend_from_slice(more);
    let cluster = Cluster::start(&all)?;
    database::make_template(&cluster)?;
    database::make_gateway_role(&mut cluster.connect("postgres")?)?;
    Ok(cluster)
}

/// A fresh database of the shared cluster.
pub fn database() -> Result<Database> {
    with_cluster(Database::clone_template)
}

/// A fresh database with the sample data, and the receiver that it posts to; nothing is sent yet.
pub fn sample_database() -> Result<(Database, Receiver)> {
    let database = database()?;
    let receiver = Receiver::start(0, None)?;
    database.load_sample_data(&receiver.url())?;
    Ok((database, receiver))
}

/// Does something with the shared cluster.
pub fn with_cluster<T>(work: impl FnOnce(&Cluster) -> Result<T>) -> Result<T> {
    let shared = SHARED.get_or_init(|| {
        // SAFETY: the handler takes nothing, does not unwind and is registered once.
        unsafe { libc::atexit(drop_shared) };
        own_cluster(&[])
            .map(|cluster| Mutex::new(Some(cluster)))
            .map_err(|e| format!("{e:#}"))
    });
    let shared = shared
        .as_ref()
        .map_err(|error| anyhow!("no shared cluster: {error}"))?;
    let cluster = shared.lock().unwrap_or_else(PoisonError::into_inner);
    work(
        cluster
            .as_ref()
            .ok_or_else(|| anyhow!("the shared cluster has ended"))?,
    )
}

/// Statics are not dropped at exit, and a server left behind would stay for ever.
extern "C" fn drop_shared() {
    if let Some(Ok(shared)) = SHARED.get() {
        drop(shared.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}
