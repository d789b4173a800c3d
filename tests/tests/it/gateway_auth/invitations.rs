//! Invitations over HTTP.

use serde_json::json;

use super::{ADMIN, BOB, House, acme, body};

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
fn nobody_asks_after_everybody_by_inviting_them() {
    let house = House::new();
    let admin = house.signed_in(ADMIN);
    let stranger = house.stranger();
    let told = |n: usize| {
        let offer = json!({"email": format!("person{n}@else.test"), "role": "Viewer"});
        let offer = body(admin.post("/rest/v1/rpc/invite_member", &offer));
        let path = format!("/auth/invitations/{}", offer["token"].as_str().unwrap());
        body(stranger.get(&path))
    };
    for n in 0..30 {
        assert_eq!(told(n)["has_account"], false, "{n}");
    }
    let beyond = told(30);
    let expected = json!({
        "email": "person30@else.test", "role": "Viewer", "tenant_name": "Acme Corporation", "has_account": null,
    });
    assert_eq!(beyond, expected);
}
