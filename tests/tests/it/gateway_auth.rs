//! Who comes in through the gateway, as whom, and what ends it.

use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::stack;
use reqwest::blocking::{Client, RequestBuilder, Response};
use reqwest::header::{AUTHORIZATION, ORIGIN};
use serde_json::{Value, json};

const ADMIN: &str = "admin@acme.com";
const BOB: &str = "bob@acme.com";

/// A gateway in front of the sample data.
struct House {
    gateway: Gateway,
    database: Database,
}

/// A browser of its own, with its cookie.
struct Person<'a> {
    client: Client,
    house: &'a House,
}

impl House {
    fn new() -> Self {
        let (database, _receiver) = stack::sample_database().unwrap();
        let gateway = Gateway::start(&database).unwrap();
        Self { gateway, database }
    }

    fn stranger(&self) -> Person<'_> {
        Person {
            client: http_client().unwrap(),
            house: self,
        }
    }

    fn signed_in(&self, email: &str) -> Person<'_> {
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
    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.house.gateway.url)
    }

    fn get(&self, path: &str) -> Response {
        self.client.get(self.url(path)).send().unwrap()
    }

    fn post(&self, path: &str, body: &Value) -> Response {
        let request = self.client.post(self.url(path));
        request
            .header(ORIGIN, &self.house.gateway.url)
            .json(body)
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

fn body(answer: Response) -> Value {
    answer.json().unwrap()
}

#[test]
fn a_token_acts_as_its_maker_until_it_is_revoked() {
    let house = House::new();
    let token = house.token();
    let program = house.stranger();
    let sent = |request: RequestBuilder| request.send().unwrap();
    let url = program.url("/auth/me");
    let bearer = |request: RequestBuilder| request.header(AUTHORIZATION, format!("Bearer {token}"));
    let me = body(sent(bearer(program.client.get(&url))));
    assert_eq!(me["email"], ADMIN);
    assert_eq!(me["tenant"]["slug"], "acme");
    let by_key = sent(program.client.get(&url).header("apikey", &token));
    assert_eq!(body(by_key), me);

    // No mark of our pages, and not even JSON by name: nobody's browser sends a token by itself.
    let rpc = program.url("/rest/v1/rpc/risk_level");
    let call = || program.client.post(&rpc).body(r#"{"score": 90}"#);
    assert_eq!(body(sent(bearer(call()))), "Healthy");
    assert_eq!(sent(call()).status(), 401);

    // Of a cookie and a token the token counts, be it a wrong one.
    let bob = house.signed_in(BOB);
    let both = sent(bearer(bob.client.get(&url)));
    assert_eq!(body(both)["email"], ADMIN);
    let wrong = sent(bob.client.get(&url).bearer_auth("cs_wrong"));
    assert_eq!(wrong.status(), 401);
    assert_eq!(wrong.headers()["www-authenticate"], "Bearer");
    assert_eq!(body(wrong)["code"], "28000");

    house.sql("update cs.api_tokens set revoked_at = now()");
    let late = sent(bearer(program.client.get(&url)));
    assert_eq!(late.status(), 401);
    assert_eq!(late.headers()["www-authenticate"], "Bearer");
}

#[test]
fn a_session_token_is_good_in_the_cookie_alone() {
    let house = House::new();
    let person = house.stranger();
    let answer = person.log_in(BOB, "password123");
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    let token = cookie["cs_session=".len()..].split(';').next().unwrap();
    let other = house.stranger();
    let with = |request: RequestBuilder| request.send().unwrap().status();
    let url = other.url("/auth/me");
    let cookie = format!("cs_session={token}");
    assert_eq!(with(other.client.get(&url).header("cookie", cookie)), 200);
    assert_eq!(with(other.client.get(&url).bearer_auth(token)), 401);
    assert_eq!(with(other.client.get(&url).header("apikey", token)), 401);
}

#[test]
fn what_a_session_was_opened_for_ends_it() {
    let house = House::new();
    let admin = house.signed_in(ADMIN);
    let bob_id = {
        let bob = house.signed_in(BOB);
        let id = body(bob.get("/auth/me"))["user_id"].clone();
        let changed = json!({"user_id": id, "role": "Viewer"});
        assert!(bob.is_in());
        let done = admin.post("/rest/v1/rpc/set_member_role", &changed);
        assert!(done.status().is_success());
        assert!(!bob.is_in(), "a new role ends the session of the old one");
        id
    };
    let bob = house.signed_in(BOB);
    assert_eq!(body(bob.get("/auth/me"))["role"], "Viewer");
    let me = body(admin.get("/auth/me"))["user_id"].clone();
    let leaving = json!({"user_id": bob_id, "hand_over_to": me});
    let done = admin.post("/rest/v1/rpc/deactivate_member", &leaving);
    assert!(done.status().is_success());
    assert!(!bob.is_in(), "who leaves is out at once");

    let again = house.signed_in(ADMIN);
    house.sql("update cs.users set is_active = false where email = 'admin@acme.com'");
    assert!(!again.is_in() && !admin.is_in());
    assert_eq!(again.log_in(ADMIN, "password123").status(), 401);
}
