//! What `/openapi.json` promises, held against what the gateway does, by schemathesis (long).

use std::path::{Path, PathBuf};
use std::process::Command;

use cs_tests::database::Database;
use cs_tests::gateway::Gateway;
use cs_tests::{stack, tree};
use sha2::{Digest as _, Sha256};

use crate::support::long;

const SCHEMATHESIS: &str = "schemathesis==4.32.5";
/// For each of the two people.
const SECONDS: u32 = 120;
/// No 5xx, and nothing that the schema does not say. What is valid by its type may still be refused: a rule of the
/// database is not in a schema.
const CHECKS: &str = "not_a_server_error,status_code_conformance,content_type_conformance,\
     response_headers_conformance,response_schema_conformance,ignored_auth";

/// schemathesis in an environment of its own under target/; none where Python is missing.
fn installed() -> Option<PathBuf> {
    let folder = tree::target("schemathesis").unwrap();
    let program = folder.join("bin/schemathesis");
    let version = |program: &Path| {
        let output = Command::new(program).arg("--version").output().ok()?;
        Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    };
    let wanted = SCHEMATHESIS.split("==").nth(1).unwrap();
    if version(&program).is_some_and(|it| it.ends_with(wanted)) {
        return Some(program);
    }
    if version(Path::new("python3")).is_none() {
        eprintln!("left out: python3 is not installed");
        return None;
    }
    let made = Command::new("python3")
        .args(["-m", "venv"])
        .arg(&folder)
        .status()
        .unwrap();
    assert!(made.success(), "python3 -m venv (Debian: python3-venv)");
    let got = Command::new(folder.join("bin/pip"))
        .args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            SCHEMATHESIS,
        ])
        .status()
        .unwrap();
    assert!(got.success(), "pip install {SCHEMATHESIS}");
    Some(program)
}

/// A token of a person with this role, made beside the gateway: only administrators make tokens.
fn token(database: &Database, role: &str) -> String {
    let token = format!("cs_{:0>43}", role.replace(' ', ""));
    let hash: String = Sha256::digest(&token)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let mut admin = database.connect().unwrap();
    admin
        .execute(
            "with person as (
                 insert into cs.users (email) values (lower(replace($1, ' ', '')) || '@schema.test') returning id
             ), member as (
                 insert into cs.profiles (tenant_id, user_id, full_name, role)
                 select t.id, p.id, $1, $1::text::cs.member_role
                   from person p, cs.tenants t where t.slug = 'acme' returning tenant_id, user_id
             )
             select 1 from member",
            &[&role],
        )
        .unwrap();
    admin
        .execute(
            "insert into cs.api_tokens (tenant_id, user_id, name, token_hash)
             select tenant_id, user_id, 'schema', $2 from cs.profiles where full_name = $1",
            &[&role, &hash],
        )
        .unwrap();
    token
}

#[test]
fn the_gateway_keeps_what_its_schema_promises() {
    if !long() {
        return;
    }
    let Some(program) = installed() else { return };
    let (database, _receiver) = stack::sample_database().unwrap();
    let gateway = Gateway::start(&database).unwrap();
    let mut failed = String::new();
    for role in ["Tenant Admin", "Viewer"] {
        let output = Command::new(&program)
            .args(["run", &format!("{}/openapi.json", gateway.url)])
            .arg("--header")
            .arg(format!("Authorization: Bearer {}", token(&database, role)))
            .args(["--checks", CHECKS, "--phases", "examples,coverage,fuzzing"])
            .args([
                "--suppress-health-check",
                "all",
                "--workers",
                "2",
                "--no-color",
                "--continue-on-failure",
            ])
            .arg(format!("--max-time={SECONDS}"))
            .current_dir(tree::target("test").unwrap())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(
            said.contains("Test cases"),
            "{said}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        if !output.status.success() {
            failed.push_str(&format!("as {role}:\n{said}\n"));
        }
    }
    assert!(failed.is_empty(), "{failed}");
}
