//! A client without a database: signs and posts as fast as one thread can. Nothing that delivers is faster.

use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use cs_tests::tally::{self, Tally};
use reqwest::Client;
use serde_json::json;
use standardwebhooks::Webhook;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;
use uuid::Uuid;

use super::rival::SECRET;

/// Under way at once.
const AT_ONCE: usize = 64;

/// The client.
pub struct Bare {
    runtime: Runtime,
    client: Client,
    webhook: Webhook,
    url: String,
}

impl Bare {
    /// One that posts there.
    pub fn new(receiver: &Tally) -> Result<Self> {
        Ok(Self {
            runtime: Builder::new_current_thread().enable_all().build()?,
            client: Client::builder().no_proxy().build()?,
            webhook: Webhook::new(SECRET)?,
            url: receiver.url(),
        })
    }

    /// How long that many deliveries take.
    pub fn round(&self, receiver: &Tally, count: usize) -> Result<Duration> {
        receiver.take()?;
        let ids: Vec<_> = (0..count).map(|_| Uuid::now_v7()).collect();
        let began = Instant::now();
        self.runtime.block_on(async {
            let mut under_way = JoinSet::new();
            for id in &ids {
                if under_way.len() == AT_ONCE
                    && let Some(done) = under_way.join_next().await
                {
                    let status: u16 = done??;
                    ensure!(status == 200, "answered {status}");
                }
                let request = self.request(*id)?;
                under_way.spawn(async { anyhow::Ok(request.send().await?.status().as_u16()) });
            }
            while let Some(done) = under_way.join_next().await {
                done??;
            }
            Ok(())
        })?;
        let took = began.elapsed();
        tally::each_once(&ids, &receiver.take()?)?;
        Ok(took)
    }

    fn request(&self, id: Uuid) -> Result<reqwest::RequestBuilder> {
        let body = body(id);
        let seconds = i64::try_from(tally::now() / 1_000_000)?;
        let signature = self
            .webhook
            .sign(&id.to_string(), seconds, body.as_bytes())?;
        Ok(self
            .client
            .post(&self.url)
            .header("content-type", "application/json")
            .header("webhook-id", id.to_string())
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", signature)
            .body(body))
    }
}

/// The same as the others'.
fn body(id: Uuid) -> String {
    let id = id.to_string();
    json!({
        "account_id": id, "account_name": "GlobalTech Europe", "health_score": 38, "previous_score": 72,
        "risk_level": "Critical", "stage": "Adoption", "arr": 45000, "csm_email": "admin@acme.com",
        "csm_name": "Alice Administrator", "triggered_at": "2026-01-01T00:00:00Z", "event_id": id,
        "event_type": "health_drop", "tenant_slug": "acme", "playbook_name": "Health alert",
        "account_url": format!("https://cs.example.com/accounts/{id}"), "sequence": 1_735_689_600_000_000_i64, "chain": 1
    })
    .to_string()
}
