//! Owns the figures of the database's automation for Prometheus: its workers, what waits, what arrived. One statement of the
//! gateway's own reads them; no tenant, account or receiver is named. Where the database cannot be asked, that is the figure.

use crate::database::pool::ConnectionPool;
use crate::http::error::ApiError;
use crate::shares::Purpose;
use prometheus::{CounterVec, GaugeVec, Opts, Registry, TextEncoder};
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

const QUERY: &str =
    "select pg_catalog.current_database()::text, name, of, value from cs.automation_metrics()";

/// What the names of all figures begin with.
const PREFIX: &str = "cs";

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Gauge,
    Counter,
}

/// A figure that is shown: its name, what its second label is, its kind, what it says.
type Figure = (&'static str, Option<&'static str>, Kind, &'static str);

#[rustfmt::skip]
const FIGURES: [Figure; 14] = [
    ("worker_uptime_seconds", Some("duty"), Kind::Gauge, "For how long a worker of the database has run; absent: it does not."),
    ("worker_heartbeat_age_seconds", Some("duty"), Kind::Gauge, "How long ago a worker was last seen at work."),
    ("worker_under_way", Some("duty"), Kind::Gauge, "Deliveries that are being sent."),
    ("worker_waiting_bytes", Some("duty"), Kind::Gauge, "Length of the payloads in the worker's memory."),
    ("worker_sent_total", Some("duty"), Kind::Counter, "Tries that arrived since the worker started."),
    ("worker_failed_total", Some("duty"), Kind::Counter, "Tries that did not arrive since the worker started."),
    ("deliveries_pending", None, Kind::Gauge, "Deliveries still to be sent, held ones included."),
    ("deliveries_due", None, Kind::Gauge, "Deliveries that nothing holds and whose time has come."),
    ("deliveries_oldest_due_seconds", None, Kind::Gauge, "For how long the oldest of those has been due."),
    ("deliveries_held", Some("reason"), Kind::Gauge, "Deliveries that something holds."),
    ("deliveries_dead_letters", None, Kind::Gauge, "Deliveries that were given up or cancelled."),
    ("receivers_left_alone", None, Kind::Gauge, "Receivers that failed so often that they are left alone for a while."),
    ("accounts_marked", None, Kind::Gauge, "Accounts that wait to be scored again."),
    ("is_copy", None, Kind::Gauge, "1: the database is a copy and sends nothing before confirm_webhooks()."),
];

/// A value as the database gives it.
#[derive(Debug, Clone)]
struct Reading {
    database: String,
    name: String,
    of: Option<String>,
    value: f64,
}

/// The database is asked once in this time at most, however many ask here: counting what waits takes a moment.
const LASTS: Duration = Duration::from_secs(5);

/// The figures as they were read last.
#[derive(Default)]
pub(crate) struct AutomationMetrics(Mutex<Option<(Instant, String)>>);

impl AutomationMetrics {
    /// The text that Prometheus reads.
    pub(crate) async fn text(&self, pool: &ConnectionPool) -> Result<String, ApiError> {
        let mut last = self.0.lock().await;
        match last.as_ref() {
            Some((read_at, text)) if read_at.elapsed() < LASTS => Ok(text.clone()),
            _ => {
                let text = read_text(pool).await?;
                *last = Some((Instant::now(), text.clone()));
                Ok(text)
            }
        }
    }
}

async fn read_text(pool: &ConnectionPool) -> Result<String, ApiError> {
    let readings = match read(pool).await {
        Ok(readings) => Some(readings),
        Err(error) => {
            tracing::warn!(?error, "the figures of the database cannot be read");
            None
        }
    };
    write(readings.as_deref()).map_err(|error| ApiError::Internal(error.to_string()))
}

async fn read(pool: &ConnectionPool) -> Result<Vec<Reading>, ApiError> {
    let lease = pool.lease(Purpose::LogIn).await?;
    let rows = lease.query_typed(QUERY, &[]).await;
    let unreadable = |error: tokio_postgres::Error| ApiError::from_gateway_sql(&error);
    let rows = rows.map_err(unreadable)?;
    lease.give_back();
    let reading = |row: &tokio_postgres::Row| {
        Ok(Reading {
            database: row.try_get(0)?,
            name: row.try_get(1)?,
            of: row.try_get(2)?,
            value: row.try_get(3)?,
        })
    };
    rows.iter()
        .map(reading)
        .collect::<Result<_, _>>()
        .map_err(unreadable)
}

fn write(readings: Option<&[Reading]>) -> prometheus::Result<String> {
    let registry = Registry::new_custom(Some(PREFIX.to_owned()), None)?;
    let up = prometheus::IntGauge::new(
        "database_up",
        "Whether the database could be asked for its figures.",
    )?;
    up.set(readings.is_some().into());
    registry.register(Box::new(up))?;
    for figure in &FIGURES {
        let readings = readings.into_iter().flatten();
        let of_figure = readings
            .filter(|it| it.name == figure.0)
            .collect::<Vec<_>>();
        if !of_figure.is_empty() {
            register(&registry, figure, &of_figure)?;
        }
    }
    TextEncoder::new().encode_to_string(&registry.gather())
}

fn register(registry: &Registry, figure: &Figure, readings: &[&Reading]) -> prometheus::Result<()> {
    let (name, label, kind, help) = *figure;
    let names = ["database"].into_iter().chain(label).collect::<Vec<_>>();
    let labels = |it: &Reading| {
        let second = label.map(|_| it.of.clone().unwrap_or_default());
        [it.database.clone()]
            .into_iter()
            .chain(second)
            .collect::<Vec<_>>()
    };
    match kind {
        Kind::Gauge => {
            let gauge = GaugeVec::new(Opts::new(name, help), &names)?;
            for it in readings {
                gauge
                    .get_metric_with_label_values(&labels(it))?
                    .set(it.value);
            }
            registry.register(Box::new(gauge))
        }
        Kind::Counter => {
            let counter = CounterVec::new(Opts::new(name, help), &names)?;
            for it in readings {
                counter
                    .get_metric_with_label_values(&labels(it))?
                    .inc_by(it.value);
            }
            registry.register(Box::new(counter))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(name: &str, of: Option<&str>, value: f64) -> Reading {
        Reading {
            database: "crm".to_owned(),
            name: name.to_owned(),
            of: of.map(str::to_owned),
            value,
        }
    }

    #[test]
    fn what_the_database_says_is_shown_with_its_kind() {
        let text = write(Some(&[
            reading("deliveries_pending", None, 12.0),
            reading("deliveries_held", Some("copy"), 3.0),
            reading("deliveries_held", Some("order"), 0.0),
            reading("worker_sent_total", Some("deliveries"), 70.0),
            reading("of_a_later_version", None, 1.0),
        ]))
        .unwrap();
        for line in [
            "cs_database_up 1",
            "# TYPE cs_deliveries_pending gauge",
            r#"cs_deliveries_pending{database="crm"} 12"#,
            r#"cs_deliveries_held{database="crm",reason="copy"} 3"#,
            r#"cs_deliveries_held{database="crm",reason="order"} 0"#,
            "# TYPE cs_worker_sent_total counter",
            r#"cs_worker_sent_total{database="crm",duty="deliveries"} 70"#,
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
        assert!(!text.contains("later_version"), "{text}");
    }

    #[test]
    fn a_database_that_cannot_be_asked_is_a_figure_too() {
        let text = write(None).unwrap();
        assert!(text.contains("cs_database_up 0"), "{text}");
        assert_eq!(text.lines().filter(|it| !it.starts_with('#')).count(), 1);
    }
}
