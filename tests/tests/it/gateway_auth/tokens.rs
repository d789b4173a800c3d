//! API tokens: what they may, and what they are not.

use reqwest::blocking::RequestBuilder;
use reqwest::header::AUTHORIZATION;

use super::{ADMIN, BOB, House, body};
use serde_json::{Value, json};

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

    // Of which schema a client thinks it speaks, as PostgREST's do, does not matter.
    let elsewhere = bearer(program.client.get(&url)).header("accept-profile", "public");
    assert_eq!(sent(elsewhere).status(), 200);

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
fn a_token_lets_nobody_in_not_even_itself_for_longer() {
    let house = House::new();
    let token = house.token();
    let program = house.stranger();
    let call = |token: &str, function: &str, arguments: &Value| {
        let url = program.url(&format!("/rest/v1/rpc/{function}"));
        let request = program.client.post(url).bearer_auth(token);
        request.json(arguments).send().unwrap()
    };
    for (function, arguments) in [
        ("create_api_token", json!({"name": "eternal"})),
        ("create_api_token", json!({})),
        (
            "invite_member",
            json!({"email": "x@y.test", "role": "Tenant Admin"}),
        ),
        (
            "set_member_role",
            json!({"user_id": null, "role": "Tenant Admin"}),
        ),
        ("join_tenant", json!({"token": "csi_x", "full_name": "X"})),
        ("create_password_reset", json!({"user_id": null})),
        ("link_analyst", json!({"user_id": null, "role_name": "x"})),
        ("unlink_analyst", json!({"role_name": "x"})),
    ] {
        let refused = call(&token, function, &arguments);
        assert_eq!(refused.status(), 403, "{function}");
        assert_eq!(body(refused)["code"], "42501", "{function}");
        assert_eq!(call("cs_wrong", function, &arguments).status(), 401);
    }
    assert_eq!(call(&token, "me", &json!({})).status(), 200);
}
