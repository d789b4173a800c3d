//! Forgotten passwords over HTTP: a link sets one, once; leaving a tenant; roles that were offered.

use serde_json::{Value, json};

use super::{ADMIN, BOB, House, acme, body};

fn id_of(house: &House, email: &str) -> Value {
    body(house.signed_in(email).get("/auth/me"))["user_id"].clone()
}

fn link_for(house: &House, user: &Value) -> String {
    let admin = house.signed_in(ADMIN);
    let call = "/rest/v1/rpc/create_password_reset";
    let made = body(admin.post(call, &json!({"user_id": user})));
    format!("/auth/reset/{}", made["token"].as_str().unwrap())
}

#[test]
fn a_link_sets_a_password_once_and_signs_its_person_in() {
    let house = House::new();
    let bob_id = id_of(&house, BOB);
    let before = house.signed_in(BOB);
    let path = link_for(&house, &bob_id);
    let bob = house.stranger();
    let read = bob.get(&path);
    assert_eq!(read.headers()["cache-control"], "no-store");
    let read = body(read);
    assert_eq!(read["email"], BOB);
    assert!(read["full_name"].is_string() && read["expires_at"].is_string());
    let set = |password: &str| bob.post(&path, &json!({"password": password}));
    for wrong in ["short", &"x".repeat(72), "1234567\0"] {
        let refused = set(wrong);
        assert_eq!(refused.status(), 400, "{wrong}");
        assert_eq!(body(refused)["details"]["field"], "password");
    }
    assert!(before.is_in());
    let me = body(set("Gelo\u{308}st-2026"));
    assert_eq!(
        (&me["email"], &me["tenant"]["slug"]),
        (&json!(BOB), &json!("acme"))
    );
    assert!(bob.is_in() && !before.is_in());
    assert_eq!(before.log_in(BOB, "password123").status(), 401);
    assert_eq!(before.log_in(BOB, "Gel\u{f6}st-2026").status(), 200);
    for answer in [
        set("another password"),
        bob.get(&path),
        bob.get("/auth/reset/csr_x"),
        bob.post(
            "/auth/reset/csr_x",
            &json!({"password": "another password"}),
        ),
    ] {
        assert_eq!(answer.status(), 404);
        assert_eq!(body(answer)["code"], "P0002");
    }
    let log = house.gateway.logged().unwrap();
    assert!(!log.contains("csr_"), "{log}");
}

#[test]
fn a_link_is_replaced_by_the_next_and_ends_with_its_hour() {
    let house = House::new();
    let bob_id = id_of(&house, BOB);
    let (first, second) = (link_for(&house, &bob_id), link_for(&house, &bob_id));
    let bob = house.stranger();
    assert_eq!(bob.get(&first).status(), 404);
    assert_eq!(bob.get(&second).status(), 200);
    house.sql("update cs.password_resets set expires_at = now()");
    let late = bob.post(&second, &json!({"password": "a long password"}));
    assert_eq!(late.status(), 404);
    assert_eq!(bob.log_in(BOB, "password123").status(), 200);
}

#[test]
fn links_are_made_by_admins_for_people_of_their_tenant_alone() {
    let house = House::new();
    let nina = house.stranger();
    let nina_id =
        body(nina.post("/auth/signup", &acme("newco", "nina@new.test")))["user_id"].clone();
    let bob_id = id_of(&house, BOB);
    let make = |email: &str, user: &Value| {
        let person = house.signed_in(email);
        person.post(
            "/rest/v1/rpc/create_password_reset",
            &json!({"user_id": user}),
        )
    };
    assert_eq!(make(ADMIN, &nina_id).status(), 404);
    assert_eq!(make(BOB, &bob_id).status(), 403);
    let path = link_for(&house, &bob_id);
    house.sql(
        "insert into cs.profiles (tenant_id, user_id, full_name, role)
         select t.id, u.id, 'Bob', 'Viewer' from cs.tenants as t, cs.users as u
         where t.slug = 'newco' and u.email = 'bob@acme.com'",
    );
    let refused = make(ADMIN, &bob_id);
    assert_eq!(refused.status(), 403);
    let refused = body(refused);
    assert_eq!(
        refused["message"],
        "this person belongs to another tenant too"
    );
    assert!(refused["hint"].as_str().unwrap().contains("the server"));
    // The link that was made before opens nothing any more.
    assert_eq!(house.stranger().get(&path).status(), 404);
}

#[test]
fn who_leaves_is_out_at_once_and_the_last_admin_stays() {
    let house = House::new();
    let bob = house.signed_in(BOB);
    let leave = "/rest/v1/rpc/leave_tenant";
    let admin = house.signed_in(ADMIN);
    let admin_id = body(admin.get("/auth/me"))["user_id"].clone();
    let refused = admin.post(leave, &json!({}));
    assert_eq!(refused.status(), 400);
    assert!(
        body(refused)["message"]
            .as_str()
            .unwrap()
            .contains("at least one active Tenant Admin")
    );
    let left = bob.post(leave, &json!({"hand_over_to": admin_id}));
    assert_eq!(left.status(), 200);
    assert!(!bob.is_in() && admin.is_in());
    let people =
        body(admin.get("/rest/v1/members?email=eq.bob@acme.com&select=is_active,accounts"));
    assert_eq!(people, json!([{"is_active": false, "accounts": 0}]));
}

#[test]
fn an_offered_role_is_linked_by_an_admin() {
    let house = House::with(
        "create role resl_analyst; select cs.offer_database_role('resl_analyst', 'acme')",
        &[],
    );
    let admin = house.signed_in(ADMIN);
    let bob_id = id_of(&house, BOB);
    let offers = |email: &str| {
        body(
            house
                .signed_in(email)
                .get("/rest/v1/database_role_offers?select=role_name,linked_email"),
        )
    };
    assert_eq!(
        offers(ADMIN),
        json!([{"role_name": "resl_analyst", "linked_email": null}])
    );
    let linking = json!({"user_id": bob_id, "role_name": "resl_analyst"});
    let done = admin.post("/rest/v1/rpc/link_analyst", &linking);
    assert_eq!(done.status(), 204);
    assert_eq!(offers(ADMIN)[0]["linked_email"], BOB);
    assert_eq!(offers(BOB), json!([]));
    let ended = admin.post(
        "/rest/v1/rpc/unlink_analyst",
        &json!({"role_name": "resl_analyst"}),
    );
    assert_eq!(ended.status(), 204);
    assert_eq!(offers(ADMIN)[0]["linked_email"], Value::Null);
    house.sql("select cs.withdraw_database_role_offer('resl_analyst'); drop role resl_analyst");
}
