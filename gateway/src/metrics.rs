//! Owns the figures for Prometheus: requests by route and status, their duration, errors by SQLSTATE, the pool. Labels
//! are routes as they are written in this program, never paths: no id, no name, no secret gets in.

use axum::http::StatusCode;
use deadpool_postgres::Status;
use prometheus::core::Collector;
use prometheus::{
    HistogramOpts, HistogramVec, IntCounterVec, IntGauge, Opts, Registry, Result, TextEncoder,
};
use std::time::Duration;

/// What the names of all figures begin with.
const PREFIX: &str = "cs_gateway";

/// Upper bounds of the histogram's buckets, in seconds.
const BUCKETS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

pub(crate) struct Metrics {
    registry: Registry,
    requests: IntCounterVec,
    durations: HistogramVec,
    errors: IntCounterVec,
    in_progress: IntGauge,
    pool: PoolGauges,
}

struct PoolGauges {
    connections: IntGauge,
    idle: IntGauge,
    waiting: IntGauge,
    max: IntGauge,
}

/// A request that is being answered, or whose client went away; it counts until this is dropped.
pub(crate) struct RequestInProgress(IntGauge);

impl Drop for RequestInProgress {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Default for Metrics {
    fn default() -> Self {
        match Self::new() {
            Ok(metrics) => metrics,
            Err(error) => unreachable!("names and labels are constants: {error}"),
        }
    }
}

impl Metrics {
    fn new() -> Result<Self> {
        let registry = Registry::new_custom(Some(PREFIX.to_owned()), None)?;
        let requests = Opts::new("requests_total", "Requests answered.");
        let durations = HistogramOpts::new(
            "request_duration_seconds",
            "Time until the answer began, in seconds.",
        );
        let errors = Opts::new("errors_total", "Refusals and failures by SQLSTATE.");
        let gauge =
            |name, help| -> Result<IntGauge> { register(&registry, IntGauge::new(name, help)?) };
        Ok(Self {
            requests: register(
                &registry,
                IntCounterVec::new(requests, &["method", "route", "status"])?,
            )?,
            durations: register(
                &registry,
                HistogramVec::new(durations.buckets(BUCKETS.to_vec()), &["route"])?,
            )?,
            errors: register(&registry, IntCounterVec::new(errors, &["code"])?)?,
            in_progress: gauge("requests_under_way", "Requests being answered.")?,
            pool: PoolGauges {
                connections: gauge("pool_connections", "Connections to the database.")?,
                idle: gauge("pool_idle", "Connections that are free.")?,
                waiting: gauge("pool_waiting", "Requests that wait for a connection.")?,
                max: gauge("pool_most", "The most connections there may be.")?,
            },
            registry,
        })
    }

    pub(crate) fn start_request(&self) -> RequestInProgress {
        self.in_progress.inc();
        RequestInProgress(self.in_progress.clone())
    }

    /// One request answered; `error` is the SQLSTATE of its refusal or failure.
    pub(crate) fn record_answer(
        &self,
        method: &'static str,
        route: &str,
        status: StatusCode,
        took: Duration,
        error: Option<&str>,
    ) {
        let labels = [method, route, status.as_str()];
        self.requests.with_label_values(&labels).inc();
        let durations = self.durations.with_label_values(&[route]);
        durations.observe(took.as_secs_f64());
        if let Some(code) = error {
            self.errors.with_label_values(&[code]).inc();
        }
    }

    /// The text that Prometheus reads.
    pub(crate) fn text(&self, pool: &Status) -> Result<String> {
        let gauges = [
            (&self.pool.connections, pool.size),
            (&self.pool.idle, pool.available),
            (&self.pool.waiting, pool.waiting),
            (&self.pool.max, pool.max_size),
        ];
        for (gauge, value) in gauges {
            gauge.set(i64::try_from(value).unwrap_or(i64::MAX));
        }
        TextEncoder::new().encode_to_string(&self.registry.gather())
    }
}

fn register<T: Collector + Clone + 'static>(registry: &Registry, figure: T) -> Result<T> {
    registry.register(Box::new(figure.clone()))?;
    Ok(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(metrics: &Metrics) -> String {
        let pool = Status {
            max_size: 10,
            size: 3,
            available: 2,
            waiting: 1,
        };
        metrics.text(&pool).unwrap()
    }

    fn assert_lines(text: &str, lines: &[&str]) {
        for line in lines {
            assert!(text.lines().any(|found| found == *line), "{line}\n{text}");
        }
    }

    #[test]
    fn answers_are_counted_by_route_and_status() {
        let metrics = Metrics::default();
        let took = Duration::from_millis;
        let view = "/rest/v1/{view}";
        metrics.record_answer("GET", view, StatusCode::OK, took(7), None);
        metrics.record_answer("GET", view, StatusCode::OK, took(300), None);
        let not_found = StatusCode::NOT_FOUND;
        metrics.record_answer("GET", view, not_found, took(1), Some("42P01"));
        assert_lines(
            &text(&metrics),
            &[
                r#"cs_gateway_requests_total{method="GET",route="/rest/v1/{view}",status="200"} 2"#,
                r#"cs_gateway_requests_total{method="GET",route="/rest/v1/{view}",status="404"} 1"#,
                r#"cs_gateway_request_duration_seconds_bucket{route="/rest/v1/{view}",le="0.005"} 1"#,
                r#"cs_gateway_request_duration_seconds_bucket{route="/rest/v1/{view}",le="0.01"} 2"#,
                r#"cs_gateway_request_duration_seconds_bucket{route="/rest/v1/{view}",le="+Inf"} 3"#,
                r#"cs_gateway_request_duration_seconds_sum{route="/rest/v1/{view}"} 0.308"#,
                r#"cs_gateway_request_duration_seconds_count{route="/rest/v1/{view}"} 3"#,
                r#"cs_gateway_errors_total{code="42P01"} 1"#,
                "cs_gateway_requests_under_way 0",
            ],
        );
    }

    #[test]
    fn a_bucket_includes_its_bound() {
        let metrics = Metrics::default();
        let took = Duration::from_millis(10);
        metrics.record_answer("GET", "/", StatusCode::OK, took, None);
        assert_lines(
            &text(&metrics),
            &[
                r#"cs_gateway_request_duration_seconds_bucket{route="/",le="0.005"} 0"#,
                r#"cs_gateway_request_duration_seconds_bucket{route="/",le="0.01"} 1"#,
                r#"cs_gateway_request_duration_seconds_bucket{route="/",le="1"} 1"#,
            ],
        );
    }

    #[test]
    fn each_figure_says_what_it_is_and_labels_are_escaped() {
        let metrics = Metrics::default();
        let took = Duration::from_millis(1);
        metrics.record_answer("GET", "a\"b\\c\nd", StatusCode::OK, took, Some("22023"));
        let text = text(&metrics);
        assert_lines(
            &text,
            &[
                "# HELP cs_gateway_requests_total Requests answered.",
                "# TYPE cs_gateway_requests_total counter",
                "# TYPE cs_gateway_request_duration_seconds histogram",
                "# TYPE cs_gateway_errors_total counter",
                "# TYPE cs_gateway_requests_under_way gauge",
                "# TYPE cs_gateway_pool_connections gauge",
                "cs_gateway_pool_connections 3",
                "cs_gateway_pool_idle 2",
                "cs_gateway_pool_waiting 1",
                "cs_gateway_pool_most 10",
                r#"cs_gateway_requests_total{method="GET",route="a\"b\\c\nd",status="200"} 1"#,
            ],
        );
        let figures = text.lines().filter(|line| line.starts_with("# TYPE "));
        assert_eq!(figures.count(), 8);
        assert!(text.lines().all(|line| line.contains(PREFIX)), "{text}");
    }

    #[test]
    fn a_request_counts_as_in_progress_until_it_ends() {
        let metrics = Metrics::default();
        let (one, two) = (metrics.start_request(), metrics.start_request());
        drop(one);
        assert!(text(&metrics).ends_with("requests_under_way 1\n"));
        drop(two);
        assert!(text(&metrics).ends_with("requests_under_way 0\n"));
    }
}
