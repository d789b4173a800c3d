//! What is reachable, what follows a change of the schema, and what /openapi.json tells of it.

use super::{Visit, told};
use cs_tests::tree;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

use crate::support::long;

#[test]
fn only_what_members_may_read_is_there() {
    let visit = Visit::new();
    let users = visit.rows("users", &[]);
    let columns: Vec<_> = users[0].as_object().unwrap().keys().cloned().collect();
    assert_eq!(
        columns,
        [
            "created_at",
            "email",
            "email_verified_at",
            "id",
            "is_active"
        ]
    );
    for secret in ["encrypted_password", "*,encrypted_password"] {
        assert_eq!(visit.refused("users", &[("select", secret)]).0, 400);
    }
    assert_eq!(
        visit
            .refused("users", &[("encrypted_password", "like.$2*")])
            .0,
        400
    );
    assert_eq!(
        visit.refused("users", &[("order", "encrypted_password")]).0,
        400
    );
    for hidden in [
        "sessions",
        "installation",
        "pg_class",
        "pg_catalog.pg_class",
        "accounts\" --",
        "health_dirty",
    ] {
        let path = super::encoded(hidden);
        assert_eq!(visit.refused(&path, &[]).0, 404, "{hidden}");
    }
}

#[test]
fn nothing_is_told_without_a_session() {
    let visit = Visit::new();
    visit.post("/auth/logout", &json!({}));
    for path in [
        "/rest/v1/none",
        "/rest/v1/accounts?limit=x",
        "/rest/v1/rpc/none",
        "/rest/v1/rpc/me?x=1",
        "/openapi.json",
    ] {
        let answer = visit
            .client
            .get(format!("{}{path}", visit.gateway.url))
            .send()
            .unwrap();
        assert_eq!(told(answer).0, 401, "{path}");
    }
}

#[test]
fn a_changed_schema_is_met() {
    let visit = Visit::prepared(
        "create view cs.changing as select 1 as before, 'x' as text; grant select on cs.changing to cs_member",
    );
    assert_eq!(
        visit.rows("changing", &[]),
        [json!({"before": 1, "text": "x"})]
    );
    // unknown names are looked for anew no more often than every two seconds
    std::thread::sleep(std::time::Duration::from_millis(2100));
    visit
        .sql()
        .batch_execute("alter view cs.changing rename column before to after; create view cs.made as select 2 as n;
                        grant select on cs.made to cs_member")
        .unwrap();
    assert_eq!(
        visit.rows("changing", &[]),
        [json!({"after": 1, "text": "x"})]
    );
    std::thread::sleep(std::time::Duration::from_millis(2100));
    assert_eq!(visit.rows("made", &[]), [json!({"n": 2})]);
    visit.sql().batch_execute("drop view cs.made").unwrap();
    assert_eq!(visit.refused("made", &[]).0, 404);
}

/// A program of a Python package, where that can be had.
fn python(package: &str, program: &str) -> Option<PathBuf> {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _alone = ONE_AT_A_TIME.lock();
    let venv = tree::target("test/openapi").unwrap().join("venv");
    let path = venv.join("bin").join(program);
    if !path.exists() {
        let ran = |mut command: Command| command.status().is_ok_and(|status| status.success());
        let mut make = Command::new("python3");
        make.args(["-m", "venv"]).arg(&venv);
        let mut install = Command::new(venv.join("bin/pip"));
        install.args(["install", "--quiet", package]);
        if !ran(make) || !ran(install) {
            eprintln!("left out: {package} cannot be installed here");
            return None;
        }
    }
    Some(path)
}

fn validated(document: &str) {
    let Some(program) = python("openapi-spec-validator==0.9.0", "openapi-spec-validator") else {
        return;
    };
    let file = tree::target("test/openapi")
        .unwrap()
        .join(format!("{}.json", std::process::id()));
    std::fs::write(&file, document).unwrap();
    let output = Command::new(program).arg(&file).output().unwrap();
    std::fs::remove_file(&file).unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance";

/// Whatever is asked, nothing fails on our side, and answers are as described.
#[test]
fn schemathesis_finds_nothing() {
    if !long() {
        return;
    }
    let Some(program) = python("schemathesis==4.32.5", "schemathesis") else {
        return;
    };
    let visit = Visit::new();
    let alice = json!({"email": "admin@acme.com", "password": "password123"});
    assert_eq!(visit.post("/auth/login", &alice).status(), 200);
    // A token: the cookie is among what is made up.
    let made = visit.post("/rest/v1/rpc/create_api_token", &json!({"name": "tester"}));
    let made: Value = made.json().unwrap();
    let bearer = format!("Authorization: Bearer {}", made["token"].as_str().unwrap());
    let run = |method: &str| {
        let ran = Command::new(&program)
            .args([
                "run",
                "--max-examples",
                "20",
                "--no-color",
                "--include-method",
                method,
            ])
            .args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing"])
            .args(["--header", &bearer])
            .arg(format!("{}/openapi.json", visit.gateway.url))
            .current_dir(tree::target("test/openapi").unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&ran.stdout).into_owned();
        let wrong = String::from_utf8_lossy(&ran.stderr).into_owned();
        assert!(ran.status.success(), "{said}{wrong}");
        said
    };
    for method in ["GET", "POST"] {
        let said = run(method);
        assert!(
            !said.contains("Authentication failed"),
            "it was signed out: {said}"
        );
    }
}

#[test]
fn openapi_describes_it_all() {
    let visit = Visit::new();
    let answer = visit
        .client
        .get(format!("{}/openapi.json", visit.gateway.url))
        .send()
        .unwrap();
    assert_eq!(answer.status(), 200);
    let text = answer.text().unwrap();
    validated(&text);
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let paths = document["paths"].as_object().unwrap();
    assert!(
        paths.contains_key("/rest/v1/account_overview") && paths.contains_key("/rest/v1/rpc/me")
    );
    assert!(
        !paths
            .keys()
            .any(|path| path.contains("tg_") || path.contains("login_lookup"))
    );
    let overview = &document["components"]["schemas"]["account_overview"];
    let scores = &document["components"]["schemas"]["health_scores"];
    assert_eq!(
        scores["properties"]["risk_level"]["enum"],
        json!(["Healthy", "At Risk", "Critical"])
    );
    let told = overview["properties"]["stage_since"]["description"]
        .as_str()
        .unwrap();
    assert!(told.starts_with("When the account entered"), "{told}");
    assert!(
        document["components"]["schemas"]["users"]["properties"]["encrypted_password"].is_null()
    );
    let moved = &document["paths"]["/rest/v1/rpc/move_account_stage"];
    assert!(moved["get"].is_null() && moved["post"]["responses"]["409"].is_object());
    let body = &moved["post"]["requestBody"]["content"]["application/json"]["schema"];
    assert!(body["required"].as_array().unwrap().len() >= 2, "{body}");
    // every row that is given fits what is described
    let row = &visit.rows("account_overview", &[])[0];
    for (name, value) in row.as_object().unwrap() {
        let described = &overview["properties"][name]["type"];
        let kind = match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(number) if number.is_f64() => "number",
            Value::Number(_) if described.to_string().contains("number") => "number",
            Value::Number(_) => "integer",
            Value::String(_) => "string",
            Value::Array(_) => "array",
            Value::Object(_) => "object",
        };
        let fits = described.is_null() || described.to_string().contains(kind);
        assert!(fits, "{name}: {value} is no {described}");
    }
}
