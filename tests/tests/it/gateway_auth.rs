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

fn acme(slug: &str, email: &str) -> Value {
    json!({
        "slug": slug, "name": "New Co", "email": email, "full_name": "Nina New", "password": "a long password",
    })
}

#[test]
fn signing_up_makes_a_tenant_and_signs_in() {
    let house = House::new();
    let person = house.stranger();
    assert_eq!(body(person.get("/auth/slug/newco"))["free"], true);
    let answer = person.post("/auth/signup", &acme("newco", "nina@new.test"));
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let me = body(answer);
    assert_eq!(me["role"], "Tenant Admin");
    assert_eq!(me["full_name"], "Nina New");
    assert_eq!(me["tenant"]["slug"], "newco");
    assert_eq!(body(person.get("/auth/me")), me);
    let stages = body(person.get("/rest/v1/journey_stages"));
    assert_eq!(stages.as_array().unwrap().len(), 7);
    assert_eq!(body(person.get("/auth/slug/newco"))["free"], false);
    assert_eq!(
        house
            .stranger()
            .log_in("Nina@new.test", "a long password")
            .status(),
        200
    );
}

#[test]
fn a_sign_up_that_cannot_be_says_what_is_wrong_and_leaves_nothing() {
    let house = House::new();
    let person = house.stranger();
    let refused = |change: Value, status: u16| {
        let mut wish = acme("newco", "nina@new.test");
        let (field, value) = change.as_object().unwrap().iter().next().unwrap();
        wish[field] = value.clone();
        let answer = person.post("/auth/signup", &wish);
        assert_eq!(answer.status(), status, "{change}");
        assert!(!answer.headers().contains_key("set-cookie"));
        body(answer)
    };
    let taken = refused(json!({"slug": "acme"}), 409);
    assert_eq!(taken["message"], "the short name \"acme\" is taken");
    // What it says of an address is the same for every reason.
    let known = refused(json!({"email": "ADMIN@acme.com"}), 409);
    assert_eq!(
        known["message"],
        "this e-mail address cannot be used to sign up"
    );
    assert_eq!(known["details"], Value::Null);
    for (change, field) in [
        (json!({"slug": "New Co"}), "slug"),
        (json!({"email": "nobody"}), "email"),
        (json!({"password": "1234567"}), "password"),
        (json!({"password": "x".repeat(72)}), "password"),
        (json!({"name": " "}), "name"),
    ] {
        assert_eq!(refused(change, 400)["details"]["field"], field);
    }
    refused(json!({"role": "Tenant Admin"}), 400);
    assert_eq!(body(person.get("/auth/slug/newco"))["free"], true);
    assert_eq!(person.get("/auth/slug/New%20Co").status(), 400);
    assert!(!person.is_in());
}

#[test]
fn two_sign_ups_for_one_name_at_once_leave_one() {
    let house = House::new();
    let answers: Vec<_> = std::thread::scope(|scope| {
        let up = |n: u32| {
            let house = &house;
            scope.spawn(move || {
                let wish = acme("newco", &format!("n{n}@new.test"));
                let answer = house.stranger().post("/auth/signup", &wish);
                (answer.status().as_u16(), body(answer)["message"].clone())
            })
        };
        [up(0), up(1), up(2)].map(|up| up.join().unwrap()).into()
    });
    let told = json!("the short name \"newco\" is taken");
    assert_eq!(
        answers.iter().filter(|(status, _)| *status == 200).count(),
        1
    );
    let others = answers
        .iter()
        .filter(|answer| **answer == (409, told.clone()));
    assert_eq!(others.count(), 2, "{answers:?}");
}

#[test]
fn a_person_of_several_tenants_chooses_and_goes_on_with_a_new_session() {
    let house = House::new();
    let other = body(
        house
            .stranger()
            .post("/auth/signup", &acme("newco", "nina@new.test")),
    );
    let other = &other["tenant"]["id"];
    house.sql(
        "insert into cs.profiles (tenant_id, user_id, full_name, role)
         select t.id, u.id, 'Bob', 'Viewer' from cs.tenants as t, cs.users as u
         where t.slug = 'newco' and u.email = 'bob@acme.com'",
    );
    let bob = house.signed_in(BOB);
    let me = body(bob.get("/auth/me"));
    assert_eq!((&me["tenant"], &me["role"]), (&Value::Null, &Value::Null));
    assert_eq!(me["tenants"].as_array().unwrap().len(), 2);
    assert_eq!(body(bob.get("/rest/v1/account_overview")), json!([]));

    let chosen = bob.post("/auth/tenant", &json!({"tenant_id": other}));
    let before = chosen.headers()["set-cookie"].to_str().unwrap().to_owned();
    let before = before.split(';').next().unwrap().to_owned();
    assert_eq!(body(chosen)["role"], "Viewer");
    let acme = me["tenants"][0]["id"].clone();
    assert_eq!(me["tenants"][0]["slug"], "acme");
    let chosen = body(bob.post("/auth/tenant", &json!({"tenant_id": acme})));
    assert_eq!(chosen["tenant"]["slug"], "acme");
    assert_eq!(body(bob.get("/auth/me")), chosen);
    let url = bob.url("/auth/me");
    let kept = house.stranger().client.get(url).header("cookie", before);
    assert_eq!(
        kept.send().unwrap().status(),
        401,
        "the session before has ended"
    );

    let alice = house.signed_in(ADMIN);
    let not_hers = alice.post("/auth/tenant", &json!({"tenant_id": other}));
    assert_eq!(not_hers.status(), 404);
    assert!(alice.is_in());
    assert_eq!(
        house
            .stranger()
            .post("/auth/tenant", &json!({"tenant_id": other}))
            .status(),
        401
    );
}

#[test]
fn a_new_password_ends_the_other_sessions() {
    let house = House::new();
    let (here, there) = (house.signed_in(BOB), house.signed_in(BOB));
    let change = |old: &str, new: &str| {
        here.post(
            "/auth/password",
            &json!({"old_password": old, "new_password": new}),
        )
    };
    let wrong = change("password124", "correct horse");
    assert_eq!(wrong.status(), 400);
    assert_eq!(body(wrong)["details"]["field"], "old_password");
    let short = change("password123", "short");
    assert_eq!(body(short)["details"]["field"], "new_password");
    assert!(here.is_in() && there.is_in());

    let done = change("password123", "correct horse");
    assert_eq!(done.status(), 200);
    assert!(done.headers().contains_key("set-cookie"));
    assert!(here.is_in() && !there.is_in());
    assert_eq!(there.log_in(BOB, "password123").status(), 401);
    assert_eq!(there.log_in(BOB, "correct horse").status(), 200);

    let token = house.token();
    let url = here.url("/auth/password");
    let by_token = house.stranger().client.post(url).bearer_auth(token);
    let by_token =
        by_token.json(&json!({"old_password": "password123", "new_password": "correct horse"}));
    assert_eq!(
        by_token.send().unwrap().status(),
        403,
        "a token changes no password"
    );
}

#[test]
fn guesses_at_the_present_password_are_slowed() {
    let house = House::new();
    let person = house.signed_in(BOB);
    let guess = json!({"old_password": "wrong wrong", "new_password": "correct horse"});
    let answers: Vec<_> = (0..8)
        .map(|_| person.post("/auth/password", &guess))
        .collect();
    let slowed = answers
        .iter()
        .find(|answer| answer.status() == 429)
        .unwrap();
    assert!(
        slowed.headers()["retry-after"]
            .to_str()
            .unwrap()
            .parse::<u64>()
            .unwrap()
            > 0
    );
    assert!(answers.iter().take(5).all(|answer| answer.status() == 400));
}

fn invite(house: &House, email: &str) -> String {
    let admin = house.signed_in(ADMIN);
    let offer = json!({"email": email, "role": "Contributor"});
    let offer = body(admin.post("/rest/v1/rpc/invite_member", &offer));
    format!("/auth/invitations/{}", offer["token"].as_str().unwrap())
}

#[test]
fn an_invitation_is_read_and_taken_once_by_a_new_person() {
    let house = House::new();
    let path = invite(&house, "nora@acme.com");
    let nora = house.stranger();
    let offer = body(nora.get(&path));
    let expected = json!({
        "email": "nora@acme.com", "role": "Contributor", "tenant_name": "Acme Corporation", "has_account": false,
    });
    assert_eq!(offer, expected);
    let take =
        |password: &str| nora.post(&path, &json!({"full_name": "Nora", "password": password}));
    assert_eq!(take("short").status(), 400);
    assert_eq!(
        nora.post(&path, &json!({"full_name": "Nora"})).status(),
        401
    );
    let me = body(take("a long password"));
    assert_eq!(
        (&me["email"], &me["role"]),
        (&json!("nora@acme.com"), &json!("Contributor"))
    );
    assert!(nora.is_in());
    for answer in [
        take("a long password"),
        nora.get(&path),
        nora.get("/auth/invitations/csi_x"),
    ] {
        assert_eq!(answer.status(), 404);
        assert_eq!(body(answer)["code"], "P0002");
    }
}

#[test]
fn an_invitation_is_joined_by_whom_it_is_for_and_changes_no_password() {
    let house = House::new();
    let nina = house.stranger();
    assert_eq!(
        nina.post("/auth/signup", &acme("newco", "nina@new.test"))
            .status(),
        200
    );
    let path = invite(&house, "nina@new.test");
    assert_eq!(body(nina.get(&path))["has_account"], true);
    let stolen = json!({"full_name": "N", "password": "another password"});
    let refused = house.stranger().post(&path, &stolen);
    assert_eq!(refused.status(), 409);
    let joining = json!({"full_name": "Nina of Acme"});
    assert_eq!(house.signed_in(BOB).post(&path, &joining).status(), 403);
    let me = body(nina.post(&path, &joining));
    assert_eq!(me["tenant"]["slug"], "acme");
    assert_eq!(me["tenants"].as_array().unwrap().len(), 2);
    assert_eq!(body(nina.get("/auth/me")), me);
    assert_eq!(
        house
            .stranger()
            .log_in("nina@new.test", "a long password")
            .status(),
        200
    );
}

#[test]
fn wrong_passwords_are_slowed_and_every_way_of_being_wrong_sounds_the_same() {
    let house = House::new();
    let person = house.stranger();
    let told = |email: &str, password: &str| {
        let answer = person.log_in(email, password);
        assert_eq!(answer.status(), 401);
        body(answer)
    };
    house.sql("update cs.users set is_active = false where email = 'bob@acme.com'");
    let wrong = told(ADMIN, "password124");
    for (email, password) in [
        ("nobody@acme.com", "password123"),
        (BOB, "password123"),
        (ADMIN, ""),
        (ADMIN, &"x".repeat(200)),
        ("not an address", "x"),
    ] {
        assert_eq!(told(email, password), wrong, "{email}");
    }
    let until_slowed = (0..20).find_map(|_| {
        let answer = person.log_in(ADMIN, "password124");
        (answer.status() == 429).then_some(answer)
    });
    let slowed = until_slowed.unwrap();
    let wait = slowed.headers()["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert_eq!(body(slowed)["code"], "53400");
    std::thread::sleep(std::time::Duration::from_secs(wait));
    assert_eq!(
        person.log_in(ADMIN, "password123").status(),
        200,
        "after the wait the person is let in"
    );
}
