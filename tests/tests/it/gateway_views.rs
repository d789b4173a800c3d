//! Reading through the gateway: PostgREST's grammar, formats, long answers, functions by GET, what is reachable.

mod addresses;
mod formats;
mod functions;
mod grammar;
mod origins;
mod pages;
mod reach;
mod streams;

use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::stack;
use postgres::Client as Sql;
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::ORIGIN;
use serde_json::{Value, json};

/// Alice, a Tenant Admin of the sample, in front of a gateway of her own.
struct Visit {
    client: Client,
    gateway: Gateway,
    database: Database,
}

impl Visit {
    /// Signed in; `prepare` is run by a superuser before the gateway starts.
    fn prepared(prepare: &str) -> Self {
        let (database, _receiver) = stack::sample_database().unwrap();
        database.connect().unwrap().batch_execute(prepare).unwrap();
        let gateway = Gateway::start(&database).unwrap();
        let visit = Self {
            client: http_client().unwrap(),
            gateway,
            database,
        };
        let alice = json!({"email": "admin@acme.com", "password": "password123"});
        assert_eq!(visit.post("/auth/login", &alice).status(), 200);
        visit
    }

    fn new() -> Self {
        Self::prepared("select")
    }

    fn sql(&self) -> Sql {
        self.database.connect().unwrap()
    }

    /// The query is percent-encoded, as a browser does.
    fn asking(&self, path: &str, query: &[(&str, &str)]) -> RequestBuilder {
        let url = format!("{}/rest/v1/{path}", self.gateway.url);
        let encoded: Vec<_> = query
            .iter()
            .map(|(key, value)| format!("{}={}", encoded(key), encoded(value)))
            .collect();
        self.client.get(format!("{url}?{}", encoded.join("&")))
    }

    fn get(&self, path: &str, query: &[(&str, &str)]) -> Response {
        self.asking(path, query).send().unwrap()
    }

    fn with(
        &self,
        path: &str,
        query: &[(&str, &str)],
        headers: &[(&'static str, &str)],
    ) -> Response {
        let asking = self.asking(path, query);
        let asking = headers
            .iter()
            .fold(asking, |a, (name, value)| a.header(*name, *value));
        asking.send().unwrap()
    }

    fn rows(&self, path: &str, query: &[(&str, &str)]) -> Vec<Value> {
        let answer = self.get(path, query);
        let status = answer.status();
        let text = answer.text().unwrap();
        assert_eq!(status, 200, "{query:?}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// The names of the accounts that meet these filters, in order.
    fn names(&self, query: &[(&str, &str)]) -> Vec<String> {
        let all = [query, &[("order", "name"), ("select", "name")]].concat();
        let rows = self.rows("account_overview", &all);
        rows.iter()
            .map(|row| row["name"].as_str().unwrap().to_owned())
            .collect()
    }

    fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.gateway.url));
        request
            .header(ORIGIN, &self.gateway.url)
            .json(body)
            .send()
            .unwrap()
    }

    /// Status and body of a refusal.
    fn refused(&self, path: &str, query: &[(&str, &str)]) -> (u16, Value) {
        told(self.get(path, query))
    }
}

fn told(answer: Response) -> (u16, Value) {
    let status = answer.status().as_u16();
    let body: Value = answer.json().unwrap();
    assert_eq!(body.as_object().unwrap().len(), 4, "{body}");
    (status, body)
}

fn header<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
