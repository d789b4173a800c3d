//! The one table from SQLSTATE to HTTP, asked line by line, and what an answer never tells.

use serde_json::{Value, json};

use crate::gateway_auth::{ADMIN, House, Person};

/// Functions that members may call and that fail as they are told to.
const FAILING: &str = "
    create function cs.refuse(code text, detail text) returns void language plpgsql as $$
    begin
        raise exception using errcode = code, message = 'told', detail = detail, hint = 'mend it';
    end $$;
    create table cs.odd (a integer constraint inner_name unique, b integer not null check (b > 0));
    grant insert on cs.odd to cs_member;
    create table cs.hidden ();
    create function cs.keep(a integer, b integer) returns void language sql as
        'insert into cs.odd (a, b) values (a, b)';
    create function cs.peek() returns bigint language plpgsql as
        'begin return (select count(*) from cs.hidden); end';
    create function cs.nap() returns void language sql as 'select pg_sleep(30)';
    grant execute on all functions in schema cs to cs_member";

/// Status, whether to come again, and body of a refusal, whose shape is always the same.
fn refused(person: &Person, function: &str, arguments: &Value) -> (u16, bool, Value) {
    let answer = person.post(&format!("/rest/v1/rpc/{function}"), arguments);
    assert!(answer.headers().contains_key("x-request-id"));
    let status = answer.status().as_u16();
    let retry = answer.headers().contains_key("retry-after");
    let body: Value = answer.json().unwrap();
    let mut keys: Vec<_> = body.as_object().unwrap().keys().cloned().collect();
    keys.sort();
    assert_eq!(keys, ["code", "details", "hint", "message"]);
    (status, retry, body)
}

#[test]
fn a_row_that_cannot_be_held_is_refused_by_its_place() {
    let house = House::with("", &[]);
    let person = house.signed_in(ADMIN);
    let call = |function: &str, rows: &str| -> Value {
        let body = format!(r#"{{"rows": {rows}, "keep_good": true}}"#);
        let answer = person.post_text(&format!("/rest/v1/rpc/{function}"), body);
        answer.json().unwrap()
    };
    let accounts = r#"[{"external_id": "A", "name": "Good"}, {"external_id": "B", "name": "\ud83d"},
        {"external_id": "C", "name": "a\u0000b"}, {"external_id": "D", "name": "D", "crm_attributes": {"arr": 1e999999}}]"#;
    let told = call("import_accounts", accounts);
    assert_eq!(told["inserted"], 1, "{told}");
    let fields = told["rejected"].as_array().unwrap().iter();
    let fields = fields.map(|it| format!("{} {}", it["index"], it["field"].as_str().unwrap()));
    assert_eq!(
        fields.collect::<Vec<_>>(),
        ["1 name", "2 name", "3 crm_attributes.arr"]
    );
    let refused = call("record_usage", r#"{"a": 1}"#);
    assert_eq!(refused["message"], "rows must be a JSON array", "{refused}");
}

#[test]
fn each_sqlstate_has_its_status() {
    let house = House::with(FAILING, &["--statement-timeout-ms", "1000"]);
    let person = house.signed_in(ADMIN);
    let object = r#"{"field": "arr"}"#;
    for (status, codes) in [
        (400, "22000 22023 22P02 22003 22021 23502 23514 P0001"),
        (401, "28000"),
        (403, "42501"),
        (404, "42883 42P01 P0002"),
        (409, "27000 23505 23503 40001 40P01"),
        (422, "55000"),
        (504, "57014"),
        (503, "53300 53200 53100 08006 08P01 57P01 57P03"),
        (500, "XX000 42601 25006 42703 55P03 0A000"),
    ] {
        for code in codes.split(' ') {
            let given = json!({"code": code, "detail": object});
            let (found, retry, body) = refused(&person, "refuse", &given);
            assert_eq!(found, status, "{code}: {body}");
            assert_eq!(retry, status == 503, "{code}");
            let details = &body["details"];
            match status {
                500 => {
                    assert_eq!(body["code"], "XX000", "{code}");
                    assert_eq!(body["message"], "Something went wrong on the server.");
                    assert!(details["request_id"].is_string(), "{code}: {body}");
                    assert_eq!(body["hint"], Value::Null);
                }
                503 => {
                    assert_eq!((&body["code"], details), (&json!(code), &Value::Null));
                    assert_ne!(body["message"], "told");
                }
                _ => assert_eq!(body["code"], code),
            }
            let parsed = code.starts_with("22") || code == "27000" || code == "55000";
            if parsed {
                assert_eq!(*details, json!({"field": "arr"}), "{code}");
                assert_eq!(body["message"], "told");
                assert_eq!(body["hint"], "mend it");
            } else if code == "P0001" || code == "P0002" {
                assert_eq!(*details, json!(object), "{code}");
            }
        }
    }
}

#[test]
fn an_answer_names_nothing_of_the_inside() {
    let house = House::with(FAILING, &["--statement-timeout-ms", "1000"]);
    let person = house.signed_in(ADMIN);
    let kept = person.post("/rest/v1/rpc/keep", &json!({"a": 1, "b": 1}));
    assert!(kept.status().is_success());
    for (function, arguments, status, message) in [
        ("keep", json!({"a": 1, "b": 1}), 409, "This already exists."),
        (
            "keep",
            json!({"a": 2, "b": 0}),
            400,
            "A value is not allowed.",
        ),
        ("keep", json!({"a": 2, "b": null}), 400, "b must be given."),
        ("peek", json!({}), 403, "Your role may not do this."),
        ("nap", json!({}), 504, "This took too long and was stopped."),
        ("no_such", json!({}), 404, "There is no function no_such."),
    ] {
        let (found, _, body) = refused(&person, function, &arguments);
        assert_eq!(
            (found, &body["message"]),
            (status, &json!(message)),
            "{body}"
        );
        for inside in ["inner_name", "odd", "hidden", "insert", "plpgsql"] {
            assert!(!body.to_string().contains(inside), "{body}");
        }
    }
    let digits = json!({"score": "x"});
    let (status, _, body) = refused(&person, "risk_level", &digits);
    assert_eq!((status, &body["code"]), (400, &json!("22P02")));
}
