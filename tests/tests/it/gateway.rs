//! The gateway in front of the sample data.

use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::stack;
use reqwest::blocking::{Client, Response};
use reqwest::header::{CONTENT_TYPE, ORIGIN};
use serde_json::{Value, json};

/// A browser-like client in front of a gateway of its own.
struct Visit {
    client: Client,
    gateway: Gateway,
    _database: Database,
}

impl Visit {
    fn new() -> Self {
        let (database, _receiver) = stack::sample_database().unwrap();
        let gateway = Gateway::start(&database).unwrap();
        Self {
            client: http_client().unwrap(),
            gateway,
            _database: database,
        }
    }

    fn get(&self, path: &str) -> Response {
        self.client
            .get(format!("{}{path}", self.gateway.url))
            .send()
            .unwrap()
    }

    fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.gateway.url));
        request
            .header(ORIGIN, &self.gateway.url)
            .json(body)
            .send()
            .unwrap()
    }

    fn log_in(&self, password: &str) -> Response {
        self.post(
            "/auth/login",
            &json!({"email": "admin@acme.com", "password": password}),
        )
    }

    fn signed_in() -> Self {
        let visit = Self::new();
        assert_eq!(visit.log_in("password123").status(), 200);
        visit
    }
}

fn code(answer: Response) -> String {
    let body: Value = answer.json().unwrap();
    body["code"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn the_right_password_signs_in_and_a_wrong_one_does_not() {
    let visit = Visit::new();
    let wrong = visit.log_in("password124");
    assert_eq!(wrong.status(), 401);
    assert_eq!(visit.get("/auth/me").status(), 401);
    let right = visit.log_in("password123");
    assert_eq!(right.status(), 200);
    let cookie = right.headers()["set-cookie"].to_str().unwrap().to_owned();
    assert!(cookie.starts_with("cs_session="), "{cookie}");
    assert!(cookie.contains("HttpOnly"), "{cookie}");
    let me: Value = right.json().unwrap();
    assert_eq!(me["full_name"], "Alice Administrator");
    assert_eq!(me["role"], "Tenant Admin");
    assert_eq!(me["tenant"]["slug"], "acme");
    assert_eq!(visit.get("/auth/me").json::<Value>().unwrap(), me);
}

#[test]
fn without_a_cookie_there_is_nothing() {
    let visit = Visit::new();
    for path in ["/rest/v1/account_overview", "/auth/me"] {
        let answer = visit.get(path);
        assert_eq!(answer.status(), 401, "{path}");
        assert_eq!(code(answer), "28000", "{path}");
    }
    assert_eq!(visit.post("/rest/v1/rpc/me", &json!({})).status(), 401);
}

#[test]
fn logging_out_ends_the_session_even_for_who_kept_the_cookie() {
    let visit = Visit::new();
    let cookie = visit.log_in("password123").headers()["set-cookie"]
        .to_str()
        .unwrap()
        .to_owned();
    let kept = cookie.split(';').next().unwrap().to_owned();
    let with_kept = || {
        let url = format!("{}/auth/me", visit.gateway.url);
        http_client()
            .unwrap()
            .get(url)
            .header("cookie", &kept)
            .send()
            .unwrap()
    };
    assert_eq!(with_kept().status(), 200);
    assert!(visit.post("/auth/logout", &json!({})).status().is_success());
    assert_eq!(visit.get("/auth/me").status(), 401);
    assert_eq!(with_kept().status(), 401);
}

#[test]
fn a_view_is_read_with_order_and_limit() {
    let visit = Visit::signed_in();
    let rows: Value = visit
        .get("/rest/v1/account_overview?order=name")
        .json()
        .unwrap();
    let found: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["name"].as_str().unwrap(),
                row["overall_score"].as_i64().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("GlobalTech Corporation", 85),
            ("GlobalTech Europe", 72),
            ("TechStart Solutions", 35)
        ]
    );
    let worst: Value = visit
        .get("/rest/v1/account_overview?order=overall_score.asc&limit=1")
        .json()
        .unwrap();
    assert_eq!(worst.as_array().unwrap().len(), 1);
    assert_eq!(worst[0]["name"], "TechStart Solutions");
    assert_eq!(visit.get("/rest/v1/no_such_view").status(), 404);
    assert_eq!(visit.get("/rest/v1/sessions").status(), 404);
}

#[test]
fn a_function_is_called_with_named_arguments() {
    let visit = Visit::signed_in();
    let me: Value = visit.post("/rest/v1/rpc/me", &json!({})).json().unwrap();
    assert_eq!(me["email"], "admin@acme.com");
    let level: Value = visit
        .post(
            "/rest/v1/rpc/risk_level",
            &json!({"score": 38, "tenant_id": me["tenant"]["id"]}),
        )
        .json()
        .unwrap();
    assert_eq!(level, "Critical");
    assert_eq!(
        visit
            .post("/rest/v1/rpc/no_such_function", &json!({}))
            .status(),
        404
    );
    // Superusers' alone, so for a member it is not there.
    assert_eq!(
        visit
            .post("/rest/v1/rpc/confirm_webhooks", &json!({}))
            .status(),
        404
    );
}

#[test]
fn another_site_changes_nothing_with_our_cookie() {
    let visit = Visit::signed_in();
    let url = format!("{}/rest/v1/rpc/me", visit.gateway.url);
    let send = |name: &'static str, value: &str| {
        visit
            .client
            .post(&url)
            .json(&json!({}))
            .header(name, value)
            .send()
            .unwrap()
            .status()
    };
    assert_eq!(send("sec-fetch-site", "same-origin"), 200);
    assert_eq!(send("sec-fetch-site", "cross-site"), 403);
    assert_eq!(send("origin", "https://elsewhere.example"), 403);
    assert_eq!(
        visit
            .client
            .post(&url)
            .json(&json!({}))
            .send()
            .unwrap()
            .status(),
        403
    );
    let form = visit
        .client
        .post(&url)
        .header(ORIGIN, &visit.gateway.url)
        .header(CONTENT_TYPE, "text/plain");
    assert!(form.body("{}").send().unwrap().status().is_client_error());
}

#[test]
fn pages_and_probes_are_there_for_anybody() {
    let visit = Visit::new();
    assert_eq!(visit.get("/live").status(), 200);
    assert_eq!(visit.get("/ready").status(), 200);
    let page = visit.get("/dashboard/accounts");
    assert_eq!(page.status(), 200);
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    let text = page.text().unwrap();
    assert!(
        !text.contains("__CSP_NONCE__") && !text.contains("__CS_DEMO__"),
        "{text}"
    );
    assert!(policy.contains("nonce-"), "{policy}");
}
