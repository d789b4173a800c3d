//! Counting for Prometheus: requests by route and status, how long they took, errors by SQLSTATE, the pool. Labels are
//! routes as they are written here, never paths: no id, no name, no secret gets in.

use deadpool_postgres::Status;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper bounds of the histogram's buckets, in seconds.
const BOUNDS: [f64; 10] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

#[derive(Default)]
struct Durations {
    counts: [u64; BOUNDS.len()],
    all: u64,
    seconds: f64,
}

#[derive(Default)]
struct Counts {
    /// By method, route and status.
    requests: BTreeMap<(&'static str, String, u16), u64>,
    durations: BTreeMap<String, Durations>,
    /// By SQLSTATE.
    errors: BTreeMap<String, u64>,
}

#[derive(Default)]
pub(crate) struct Metrics {
    counts: Mutex<Counts>,
    under_way: AtomicI64,
}

/// A request that is being answered, or whose client went away; it counts until it is dropped.
pub(crate) struct UnderWay<'a>(&'a Metrics);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Metrics {
    pub(crate) fn start_request(&self) -> UnderWay<'_> {
        self.under_way.fetch_add(1, Ordering::Relaxed);
        UnderWay(self)
    }

    /// One request answered; `error` is the SQLSTATE of its refusal or failure.
    pub(crate) fn record_answer(
        &self,
        method: &'static str,
        route: &str,
        status: u16,
        took: Duration,
        error: Option<&str>,
    ) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let key = (method, route.to_owned(), status);
        *counts.requests.entry(key).or_default() += 1;
        let durations = counts.durations.entry(route.to_owned()).or_default();
        let seconds = took.as_secs_f64();
        for (count, bound) in durations.counts.iter_mut().zip(BOUNDS) {
            *count += u64::from(seconds <= bound);
        }
        durations.all += 1;
        durations.seconds += seconds;
        if let Some(code) = error {
            *counts.errors.entry(code.to_owned()).or_default() += 1;
        }
    }

    /// The text that Prometheus reads.
    pub(crate) fn text(&self, pool: &Status) -> String {
        let mut text = self.counted();
        let gauges = [
            (
                "pool_connections",
                "Connections to the database.",
                pool.size,
            ),
            ("pool_idle", "Of these, free.", pool.available),
            ("pool_waiting", "Requests that wait for one.", pool.waiting),
            ("pool_most", "The most there may be.", pool.max_size),
        ];
        for (name, help, value) in gauges {
            head(&mut text, name, help, "gauge");
            line(&mut text, name, "", value);
        }
        text
    }

    fn counted(&self) -> String {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut text = String::new();
        let name = "requests_total";
        head(&mut text, name, "Requests answered.", "counter");
        for ((method, route, status), count) in &counts.requests {
            let labels = format!(r#"method="{method}",route="{route}",status="{status}""#);
            line(&mut text, name, &labels, count);
        }
        let name = "request_duration_seconds";
        head(&mut text, name, "Until the answer began.", "histogram");
        for (route, durations) in &counts.durations {
            for (bound, count) in BOUNDS.iter().zip(durations.counts) {
                let labels = format!(r#"route="{route}",le="{bound}""#);
                line(&mut text, "request_duration_seconds_bucket", &labels, count);
            }
            let all = format!(r#"route="{route}",le="+Inf""#);
            line(
                &mut text,
                "request_duration_seconds_bucket",
                &all,
                durations.all,
            );
            let route = format!(r#"route="{route}""#);
            line(
                &mut text,
                "request_duration_seconds_sum",
                &route,
                durations.seconds,
            );
            line(
                &mut text,
                "request_duration_seconds_count",
                &route,
                durations.all,
            );
        }
        let name = "errors_total";
        head(
            &mut text,
            name,
            "Refusals and failures by SQLSTATE.",
            "counter",
        );
        for (code, count) in &counts.errors {
            line(&mut text, name, &format!(r#"code="{code}""#), count);
        }
        let name = "requests_under_way";
        head(&mut text, name, "Requests being answered.", "gauge");
        line(&mut text, name, "", self.under_way.load(Ordering::Relaxed));
        text
    }
}

/// Writing into a String does not fail.
fn head(text: &mut String, name: &str, help: &str, kind: &str) {
    let _ = writeln!(
        text,
        "# HELP cs_gateway_{name} {help}\n# TYPE cs_gateway_{name} {kind}"
    );
}

fn line(text: &mut String, name: &str, labels: &str, value: impl std::fmt::Display) {
    let _ = match labels {
        "" => writeln!(text, "cs_gateway_{name} {value}"),
        labels => writeln!(text, "cs_gateway_{name}{{{labels}}} {value}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_answered_is_told() {
        let metrics = Metrics::default();
        let took = Duration::from_millis;
        metrics.record_answer("GET", "/rest/v1/{view}", 200, took(7), None);
        metrics.record_answer("GET", "/rest/v1/{view}", 200, took(300), None);
        metrics.record_answer("GET", "/rest/v1/{view}", 404, took(1), Some("42P01"));
        let text = metrics.counted();
        for line in [
            r#"cs_gateway_requests_total{method="GET",route="/rest/v1/{view}",status="200"} 2"#,
            r#"cs_gateway_requests_total{method="GET",route="/rest/v1/{view}",status="404"} 1"#,
            r#"cs_gateway_request_duration_seconds_bucket{route="/rest/v1/{view}",le="0.005"} 1"#,
            r#"cs_gateway_request_duration_seconds_bucket{route="/rest/v1/{view}",le="0.01"} 2"#,
            r#"cs_gateway_request_duration_seconds_bucket{route="/rest/v1/{view}",le="+Inf"} 3"#,
            r#"cs_gateway_request_duration_seconds_sum{route="/rest/v1/{view}"} 0.308"#,
            r#"cs_gateway_errors_total{code="42P01"} 1"#,
            "cs_gateway_requests_under_way 0",
        ] {
            assert!(text.lines().any(|found| found == line), "{line}\n{text}");
        }
    }

    #[test]
    fn what_is_under_way_counts_until_it_ends() {
        let metrics = Metrics::default();
        let (one, two) = (metrics.start_request(), metrics.start_request());
        drop(one);
        assert!(metrics.counted().ends_with("requests_under_way 1\n"));
        drop(two);
        assert!(metrics.counted().ends_with("requests_under_way 0\n"));
    }
}
