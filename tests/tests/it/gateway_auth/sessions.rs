//! Log-ins: what slows them, what ends them, where they work.

use serde_json::{Value, json};

use super::{ADMIN, BOB, House, acme, body};

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

#[test]
fn asking_who_is_signed_in_is_no_error_for_a_stranger() {
    let house = House::new();
    let nobody = house.stranger().get("/auth/session");
    assert_eq!(nobody.status(), 200);
    assert_eq!(body(nobody), Value::Null);
    let bob = house.signed_in(BOB);
    assert_eq!(body(bob.get("/auth/session")), body(bob.get("/auth/me")));
    assert_eq!(bob.post("/auth/logout", &json!({})).status(), 204);
    assert_eq!(body(bob.get("/auth/session")), Value::Null);
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

#[test]
fn cookies_of_other_programs_sign_nobody_out_and_keep_nobody_in() {
    let house = House::new();
    let answer = house.stranger().log_in(BOB, "password123");
    let cookie = answer.headers()["set-cookie"].to_str().unwrap().to_owned();
    let own = cookie.split(';').next().unwrap();
    let other = house.stranger();
    let with = |line: &[u8], method: &str, path: &str| {
        let request = other
            .client
            .request(method.parse().unwrap(), other.url(path));
        let line = reqwest::header::HeaderValue::from_bytes(line).unwrap();
        let request = request
            .header("cookie", line)
            .header("origin", &house.gateway.url);
        let answer = request
            .header("content-type", "application/json")
            .body("{}");
        answer.send().unwrap().status().as_u16()
    };
    let latin = [b"ui=J\xfcrgen; ", own.as_bytes()].concat();
    let utf8 = format!("{own}; ui=Jürgen");
    for line in [&latin[..], utf8.as_bytes()] {
        assert_eq!(with(line, "GET", "/auth/me"), 200);
    }
    assert_eq!(with(&latin, "POST", "/auth/logout"), 204);
    assert_eq!(with(own.as_bytes(), "GET", "/auth/me"), 401);
}
