//! Signing up.

use serde_json::{Value, json};

use super::{House, acme, body};

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
fn who_signed_up_signs_in_however_a_keyboard_writes_it() {
    let house = House::new();
    let mut wish = acme("newco", "M\u{dc}LLER@new.test");
    wish["password"] = json!("Gel\u{f6}st-2026");
    let answer = house.stranger().post("/auth/signup", &wish);
    assert_eq!(answer.status(), 200);
    assert_eq!(body(answer)["email"], "m\u{fc}ller@new.test");
    for (email, password) in [
        ("M\u{dc}LLER@new.test", "Gel\u{f6}st-2026"),
        (" m\u{fc}ller@NEW.test\u{200b}", "Gelo\u{308}st-2026"),
        ("mu\u{308}ller@new.test", "Gelo\u{308}st-2026"),
    ] {
        let status = house.stranger().log_in(email, password).status();
        assert_eq!(status, 200, "{email} {password}");
    }
    for (email, password) in [
        ("muller@new.test", "Gel\u{f6}st-2026"),
        ("m\u{fc}ller@new.test", "Gelost-2026"),
    ] {
        let status = house.stranger().log_in(email, password).status();
        assert_eq!(status, 401, "{email} {password}");
    }
}

#[test]
fn signing_up_can_be_switched_off() {
    let house = House::with("", &["--no-sign-up"]);
    let nina = house.stranger();
    for answer in [
        nina.post("/auth/signup", &acme("newco", "nina@new.test")),
        nina.post("/auth/signup", &json!({})),
        nina.get("/auth/slug/newco"),
    ] {
        assert_eq!(answer.status(), 403);
        assert_eq!(body(answer)["code"], "42501");
    }
    assert_eq!(nina.log_in(super::ADMIN, "password123").status(), 200);
}
