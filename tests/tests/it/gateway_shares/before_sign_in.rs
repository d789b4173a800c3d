//! A caller who is not signed in makes no backend parse or keep a statement, and is told to sign in whatever they ask;
//! what people who are signed in make a backend keep is bounded.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::{Neighbours, OURS, Person, refusal, timed};
use crate::support::wait_sql;

/// Columns that a request makes up: as many and as deep as a request may have.
fn large_select(number: usize) -> String {
    let path = "-%3Ea".repeat(16);
    let items: Vec<_> = (0..100)
        .map(|n| format!("a{n}z{number}:crm_attributes{path}"))
        .collect();
    format!("/rest/v1/accounts?limit=1&select={}", items.join(","))
}

/// What cannot be answered, for one reason or another.
fn bad_requests() -> Vec<String> {
    let deep = "-%3Ea".repeat(5_000);
    [
        "accounts?select=crm_attributes::uuid",
        "accounts?select=crm_attributes-%3E%22%22",
        "accounts?select=%22%22:name",
        "accounts?select=name::integer&limit=1",
        "accounts?order=none",
        "accounts?limit=x",
        "accounts?id=eq.x",
        "accounts?select=none",
        "account_overview?overall_score=like.x",
        "none",
        "rpc/none",
        "rpc/me?x=1",
        "rpc/move_account_stage?x=1",
    ]
    .map(|path| format!("/rest/v1/{path}"))
    .into_iter()
    .chain([
        format!("/rest/v1/accounts?select=crm_attributes{deep}"),
        "/events?x=1".to_owned(),
        "/openapi.json".to_owned(),
    ])
    .collect()
}

#[test]
fn an_unknown_caller_leaves_no_memory_behind() {
    let mut neighbours = Neighbours::prepared("select");
    let alice = neighbours.person(0, 0);
    assert_eq!(alice.get("/rest/v1/accounts?limit=1").status(), 200);
    let stranger = neighbours.stranger();
    let ask = |number| {
        let request = stranger
            .client
            .get(format!("{}{}", stranger.url, large_select(number)));
        request.header("authorization", "Bearer x").send().unwrap()
    };
    assert_eq!(refusal(ask(0)), (401, "28000".to_owned()));
    let before = neighbours.backends_kb();
    for number in 0..20 {
        assert_eq!(ask(number).status(), 401);
    }
    let grown = neighbours.backends_kb().saturating_sub(before);
    assert!(grown < 1024, "{grown} kB");

    // a session that was signed by us, and has ended
    let ended = ended_session(&alice);
    assert_eq!(ended(&large_select(0)).status(), 401);
    let before = neighbours.backends_kb();
    for number in 0..20 {
        assert_eq!(ended(&large_select(number)).status(), 401);
    }
    let grown = neighbours.backends_kb().saturating_sub(before);
    assert!(grown < 1024, "{grown} kB");
}

/// Asks with the cookie of a session that was logged out.
fn ended_session(person: &Person) -> impl Fn(&str) -> reqwest::blocking::Response {
    let other = cs_tests::gateway::http_client().unwrap();
    let me = json!({"email": "lqzleft31z@x.test", "password": "password123"});
    let login = other.post(format!("{}/auth/login", person.url)).json(&me);
    let cookie = login.send().unwrap().headers()["set-cookie"].clone();
    let cookie = cookie
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap()
        .to_owned();
    let out = other.post(format!("{}/auth/logout", person.url));
    let out = out
        .header("origin", &person.url)
        .json(&json!({}))
        .send()
        .unwrap();
    assert_eq!(out.status(), 204);
    let url = person.url.clone();
    move |path| {
        let bare = reqwest::blocking::Client::builder()
            .no_proxy()
            .build()
            .unwrap();
        let request = bare.get(format!("{url}{path}")).header("cookie", &cookie);
        request.send().unwrap()
    }
}

#[test]
fn an_unknown_caller_is_told_to_sign_in_whatever_they_ask() {
    let neighbours = Neighbours::prepared("select");
    let alice = neighbours.person(0, 0);
    let revoked = alice.token();
    let mine = |path: &str| {
        let request = alice.client.get(format!("{}{path}", alice.url));
        request.bearer_auth(&revoked).send().unwrap()
    };
    assert_eq!(mine("/auth/me").status(), 200);
    let tokens: Value = alice.get("/rest/v1/api_tokens?name=eq.x").json().unwrap();
    let revoke = json!({"token_id": tokens[0]["id"]});
    let done = alice.post("/rest/v1/rpc/revoke_api_token", &revoke);
    assert!(done.status().is_success(), "{}", done.text().unwrap());
    let ended = ended_session(&alice);
    let stranger = neighbours.stranger();
    let with = |path: &str, header: &'static str, value: &str| {
        let request = stranger.client.get(format!("{}{path}", stranger.url));
        request.header(header, value).send().unwrap()
    };
    for path in bad_requests() {
        let shown = &path[..path.len().min(80)];
        for answer in [
            with(&path, "authorization", "Bearer x"),
            with(&path, "apikey", "cs_nobodys"),
            mine(&path),
            ended(&path),
        ] {
            assert_eq!(refusal(answer), (401, "28000".to_owned()), "{shown}");
        }
    }
}

#[test]
fn what_is_too_much_names_its_parameter() {
    let neighbours = Neighbours::prepared("select");
    let alice = neighbours.person(0, 0);
    let deep = "-%3Ea".repeat(5_000);
    let steps = "-%3Ea".repeat(17);
    let list = vec!["1"; 10_001].join(",");
    let many = vec!["name"; 101].join(",");
    for (query, field) in [
        ("select=%22%22:name".to_owned(), "select"),
        ("select=crm_attributes-%3E%22%22".to_owned(), "select"),
        ("select=crm_attributes-%3E%3E%22%22".to_owned(), "select"),
        (format!("select=crm_attributes{deep}"), "select"),
        (format!("select=crm_attributes{steps}"), "select"),
        (format!("order=crm_attributes{steps}"), "order"),
        (format!("or=(crm_attributes{steps}.is.null)"), "or"),
        (format!("select={many}"), "select"),
        (format!("order={many}"), "order"),
        (format!("name=in.({list})"), "name"),
    ] {
        let shown = &query[..query.len().min(60)];
        let answer = alice.get(&format!("/rest/v1/accounts?{query}"));
        assert_eq!(answer.status(), 400, "{shown}");
        let body: Value = answer.json().unwrap();
        assert_eq!(body["details"]["field"], field, "{shown}: {body}");
        assert!(body["message"].as_str().unwrap().len() < 200, "{body}");
    }
    let within = format!(
        "/rest/v1/accounts?select=crm_attributes{}",
        "-%3Ea".repeat(16)
    );
    assert_eq!(alice.get(&within).status(), 200);
    // names that the database cuts to the same 63 bytes
    let long = "k".repeat(63);
    let two =
        format!("/rest/v1/accounts?select=crm_attributes-%3E{long}x,crm_attributes-%3E{long}y");
    assert_eq!(alice.get(&two).status(), 400);
    // deeper than the database reads
    let nested = format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000));
    let body = format!("{{\"criteria\": {nested}}}");
    let request = alice
        .client
        .post(format!("{}/rest/v1/rpc/search_accounts", alice.url));
    let request = request
        .header("origin", &alice.url)
        .header("content-type", "application/json");
    let answer = request.body(body).send().unwrap();
    assert_eq!(answer.status(), 400, "{}", answer.text().unwrap());
}

#[test]
fn what_a_person_makes_a_backend_keep_is_bounded() {
    let mut neighbours = Neighbours::prepared("select");
    let alice = neighbours.person(0, 0);
    assert_eq!(alice.get("/rest/v1/account_overview?limit=1").status(), 200);
    let backends = neighbours
        .number(&format!("select count(*) {OURS}"))
        .unsigned_abs();
    let before = neighbours.backends_kb();
    // names of their own: nothing is kept
    for number in 0..60 {
        assert_eq!(alice.get(&large_select(number)).status(), 200);
    }
    let grown = neighbours.backends_kb().saturating_sub(before);
    assert!(
        grown < 8 * 1024 * backends,
        "{grown} kB in {backends} backends"
    );
    // no names of their own, but each time another statement
    let columns = [
        "name",
        "arr",
        "status",
        "overall_score",
        "risk_level",
        "current_stage",
    ];
    for number in 1..300_usize {
        let order: Vec<_> = (0..6)
            .filter(|bit| number & (1 << bit) != 0)
            .map(|bit| columns[bit])
            .collect();
        let filters = "&name=gt.a".repeat(number / 64 + 1);
        let order = if order.is_empty() {
            "name".to_owned()
        } else {
            order.join(",")
        };
        let path = format!("/rest/v1/account_overview?limit=5&order={order}{filters}");
        assert_eq!(alice.get(&path).status(), 200);
    }
    let grown = neighbours.backends_kb().saturating_sub(before);
    assert!(
        grown < 40 * 1024 * backends,
        "{grown} kB in {backends} backends"
    );
}

/// Looking up an unknown token takes a second and a half.
const SLOW_CHECK: &str = "
    alter function cs.check_token(text) rename to check_token_itself;
    create function cs.check_token(token_hash text, out user_id uuid, out tenant_id uuid)
    returns setof record stable language plpgsql security definer as $$
    begin
        if not exists (select from cs.api_tokens t where t.token_hash = $1) then perform pg_sleep(1.5); end if;
        return query select * from cs.check_token_itself($1);
    end $$;
    grant execute on function cs.check_token(text) to cs_gateway";

#[test]
fn unknown_tokens_share_two_connections() {
    let mut neighbours = Neighbours::prepared(SLOW_CHECK);
    let alice = neighbours.person(0, 0);
    let token = alice.token();
    let known = || {
        let request = alice.client.get(format!("{}/rest/v1/accounts", alice.url));
        request
            .bearer_auth(&token)
            .send()
            .unwrap()
            .status()
            .as_u16()
    };
    assert_eq!(known(), 200);
    let asleep = format!("select count(*) {OURS} and wait_event = 'PgSleep'");
    thread::scope(|scope| {
        let asking: Vec<_> = (0..20)
            .map(|number| {
                let stranger = neighbours.stranger();
                scope.spawn(move || {
                    let request = stranger.client.get(format!("{}/auth/me", stranger.url));
                    request
                        .bearer_auth(format!("nobodys{number}"))
                        .send()
                        .unwrap()
                })
            })
            .collect();
        let two = asleep.replace("count(*)", "count(*) = 2");
        wait_sql(&mut neighbours.admin, "two being looked up", &two);
        for _ in 0..10 {
            let (took, status) = timed(known);
            assert_eq!(status, 200);
            assert!(took < Duration::from_millis(500), "{took:?}");
            assert!(neighbours.number(&asleep) <= 2);
        }
        let someone = neighbours.stranger();
        let (took, answer) = timed(|| neighbours.log_in(&someone, 1, 0));
        assert_eq!(answer.status(), 200);
        assert!(took < Duration::from_secs(4), "{took:?}");
        for one in asking {
            let answer = one.join().unwrap();
            let (status, retry) = (
                answer.status(),
                answer.headers().contains_key("retry-after"),
            );
            assert!(status == 401 || (status == 503 && retry), "{status}");
        }
    });
}
