//! Who comes in through the gateway, as whom, and what ends it.

// Taking an invitation, as a new person or as one who is signed in.
mod invitations;
// Links for a forgotten password, leaving, and database roles that were offered.
mod password_resets;
// Log-ins: what slows and what ends them, choosing a tenant, changing the password.
mod sessions;
// New organisations.
mod sign_up;
// Programs.
mod tokens;

use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::stack;
use reqwest::blocking::{Client, Response};
use reqwest::header::ORIGIN;
use serde_json::{Value, json};

pub const ADMIN: &str = "admin@acme.com";
const BOB: &str = "bob@acme.com";

/// A gateway in front of the sample data.
pub struct House {
    pub gateway: Gateway,
    database: Database,
}

/// A browser of its own, with its cookie.
pub struct Person<'a> {
    pub client: Client,
    house: &'a House,
}

impl House {
    pub fn new() -> Self {
        Self::with("", &[])
    }

    /// With something more in the database, and settings.
    pub fn with(more: &str, settings: &[&str]) -> Self {
        let (database, _receiver) = stack::sample_database().unwrap();
        database.connect().unwrap().batch_execute(more).unwrap();
        let gateway = Gateway::start_with(&database.gateway_url(), settings).unwrap();
        Self { gateway, database }
    }

    pub fn stranger(&self) -> Person<'_> {
        Person {
            client: http_client().unwrap(),
            house: self,
        }
    }

    pub fn signed_in(&self, email: &str) -> Person<'_> {
        let person = self.stranger();
        assert_eq!(person.log_in(email, "password123").status(), 200);
        person
    }

    fn token(&self) -> String {
        let admin = self.signed_in(ADMIN);
        let made = admin.post("/rest/v1/rpc/create_api_token", &json!({"name": "n8n"}));
        assert_eq!(made.status(), 200);
        made.json::<Value>().unwrap()["token"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    fn sql(&self, statement: &str) {
        self.database
            .connect()
            .unwrap()
            .batch_execute(statement)
            .unwrap();
    }
}

impl Person<'_> {
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.house.gateway.url)
    }

    pub fn get(&self, path: &str) -> Response {
        self.client.get(self.url(path)).send().unwrap()
    }

    pub fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.client.post(self.url(path));
        request
            .header(ORIGIN, &self.house.gateway.url)
            .json(body)
            .send()
            .unwrap()
    }

    /// A body as it stands here, not as it would be written from a value.
    pub fn post_text(&self, path: &str, body: String) -> Response {
        let request = self.client.post(self.url(path));
        request
            .header(ORIGIN, &self.house.gateway.url)
            .header("content-type", "application/json")
            .body(body)
            .send()
            .unwrap()
    }

    fn log_in(&self, email: &str, password: &str) -> Response {
        self.post(
            "/auth/login",
            &json!({"email": email, "password": password}),
        )
    }

    fn is_in(&self) -> bool {
        match self.get("/auth/me").status().as_u16() {
            200 => true,
            401 => false,
            other => panic!("{other}"),
        }
    }
}

pub fn body(answer: Response) -> Value {
    answer.json().unwrap()
}

fn acme(slug: &str, email: &str) -> Value {
    json!({
        "slug": slug, "name": "New Co", "email": email, "full_name": "Nina New", "password": "a long password",
    })
}
