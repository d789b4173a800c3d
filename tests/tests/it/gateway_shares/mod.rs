//! What one caller may take of the gateway, so that others and log-in find their share.

// Before sign-in nothing is spent.
mod before_sign_in;
// Connections of clients, and what they cost before anything is asked.
mod clients;
// Connections to the database: of a person, a tenant, unknown tokens.
mod connections;
// Answers that are read at the speed of their client.
mod long_answers;
// Whose address counts behind proxies, and what the log says.
mod proxies;

use std::time::{Duration, Instant};

use cs_tests::gateway::{Gateway, http_client};
use postgres::Client as Sql;
use reqwest::blocking::{Client, Response};
use reqwest::header::ORIGIN;
use serde_json::{Value, json};

use crate::world::World;

/// The gateway's connections to this database that serve requests; the one that listens sends no transactions.
const OURS: &str =
    "from pg_stat_activity where application_name = 'cs-gateway' and datname = current_database()";

/// Two tenants, Left and Right, of four Tenant Admins each, in front of one gateway.
struct Neighbours {
    world: World,
    admin: Sql,
    gateway: Gateway,
}

/// A browser of its own, with its cookie; clones share it.
#[derive(Clone)]
struct Person {
    client: Client,
    url: String,
}

impl Neighbours {
    /// `prepare` is run by a superuser before the gateway starts.
    fn prepared(prepare: &str) -> Self {
        let (world, mut admin) = World::that_signs_in();
        admin
            .batch_execute("update cs.profiles set role = 'Tenant Admin'")
            .unwrap();
        admin.batch_execute(prepare).unwrap();
        let gateway = Gateway::start(&world.database).unwrap();
        Self {
            world,
            admin,
            gateway,
        }
    }

    fn stranger(&self) -> Person {
        Person {
            client: http_client().unwrap(),
            url: self.gateway.url.clone(),
        }
    }

    /// One of a tenant's people, signed in.
    fn person(&self, side: usize, number: usize) -> Person {
        let person = self.stranger();
        assert_eq!(self.log_in(&person, side, number).status(), 200);
        person
    }

    fn log_in(&self, person: &Person, side: usize, number: usize) -> Response {
        let email = format!("{}3{number}z@x.test", self.world.tenants[side].marker);
        let me = json!({"email": email, "password": "password123"});
        person.post("/auth/login", &me)
    }

    fn number(&mut self, query: &str) -> i64 {
        crate::support::number(&mut self.admin, query)
    }

    /// Private memory of all the gateway's backends, in kilobytes.
    fn backends_kb(&mut self) -> u64 {
        let rows = self
            .admin
            .query(&format!("select pid {OURS}"), &[])
            .unwrap();
        rows.iter().map(|row| private_kb(row.get(0))).sum()
    }
}

impl Person {
    fn get(&self, path: &str) -> Response {
        self.client
            .get(format!("{}{path}", self.url))
            .send()
            .unwrap()
    }

    fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.client.post(format!("{}{path}", self.url));
        request.header(ORIGIN, &self.url).json(body).send().unwrap()
    }

    /// The session as a header.
    fn token(&self) -> String {
        let made = self.post("/rest/v1/rpc/create_api_token", &json!({"name": "x"}));
        let made: Value = made.json().unwrap();
        made["token"].as_str().unwrap().to_owned()
    }
}

/// What only a process itself holds.
fn private_kb(pid: i32) -> u64 {
    let text = std::fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap();
    let line = text.lines().find(|line| line.starts_with("Private_Dirty:"));
    let kb = line.unwrap().split_whitespace().nth(1).unwrap();
    kb.parse().unwrap()
}

/// How long it took, and what came of it.
fn timed<T>(work: impl FnOnce() -> T) -> (Duration, T) {
    let began = Instant::now();
    let result = work();
    (began.elapsed(), result)
}

/// Status and code of a refusal.
fn refusal(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let body: Value = answer.json().unwrap();
    assert_eq!(body.as_object().unwrap().len(), 4, "{body}");
    (status, body["code"].as_str().unwrap().to_owned())
}
