//! Programs of others, unmodified: Supabase's clients read views and call functions, n8n verifies a delivery.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use cs_tests::gateway::{Gateway, http_client};
use cs_tests::{stack, tree};
use reqwest::header::ORIGIN;
use serde_json::{Value, json};

use crate::support::{DROP_EUROPE, HEALTH_ALERT, MOVE_EUROPE, SOON, STAGE_TRANSITION, about};

fn folder() -> PathBuf {
    tree::root().join("tests/clients")
}

/// Is there a node to run? Says so where not.
pub fn has_node() -> bool {
    let there = Command::new("node").arg("--version").output().is_ok();
    if !there {
        eprintln!("left out: node is not installed");
    }
    there
}

/// Installs the clients as their lock file names them, once.
fn install() {
    static INSTALLED: OnceLock<()> = OnceLock::new();
    INSTALLED.get_or_init(|| {
        let lock = std::fs::read(folder().join("package-lock.json")).unwrap();
        let stamp = folder().join("node_modules/.installed");
        if std::fs::read(&stamp).is_ok_and(|before| before == lock) {
            return;
        }
        let output = Command::new("npm")
            .args(["ci", "--silent"])
            .current_dir(folder())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "npm ci: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        std::fs::write(stamp, lock).unwrap();
    });
}

/// A token of the sample's administrator.
pub fn token(gateway: &Gateway) -> String {
    let client = http_client().unwrap();
    let post = |path: &str, body: &Value| -> Value {
        let request = client.post(format!("{}{path}", gateway.url));
        let answer = request.header(ORIGIN, &gateway.url).json(body).send();
        answer.unwrap().json().unwrap()
    };
    post(
        "/auth/login",
        &json!({"email": "admin@acme.com", "password": "password123"}),
    );
    let made = post(
        "/rest/v1/rpc/create_api_token",
        &json!({"name": "a client"}),
    );
    made["token"].as_str().unwrap().to_owned()
}

fn run_client(script: &str) {
    if !has_node() {
        return;
    }
    install();
    let (database, _receiver) = stack::sample_database().unwrap();
    let gateway = Gateway::start(&database).unwrap();
    let output = Command::new("node")
        .arg(script)
        .current_dir(folder())
        .env("GATEWAY_URL", &gateway.url)
        .env("API_TOKEN", token(&gateway))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(said.matches("ok: ").count() >= 15, "{said}");
}

#[test]
fn postgrest_js_reads_and_calls() {
    run_client("postgrest.mjs");
}

#[test]
fn supabase_js_reads_and_calls() {
    run_client("supabase.mjs");
}

/// n8n itself is too large to install for a test: what is run is the very code of its Code node.
fn verified(path: &str, file: &str, playbook: &str, change: &str) {
    if !has_node() {
        return;
    }
    let (database, receiver) = stack::sample_database().unwrap();
    database.confirm_webhooks().unwrap();
    let mut admin = database.connect().unwrap();
    admin.batch_execute(change).unwrap();
    let about = about("GlobalTech Europe");
    let wanted = |request: &cs_tests::receiver::Request| request.path == path && about(request);
    let delivery = receiver.wait(1, SOON, wanted).unwrap().remove(0);
    let secret: String = admin
        .query_one(
            "select webhook_secret from cs.playbooks where name = $1",
            &[&playbook],
        )
        .unwrap()
        .get(0);

    let request = |change: &dyn Fn(&mut Value)| {
        let mut request = json!({"headers": delivery.headers, "body": delivery.body});
        change(&mut request);
        request
    };
    let forged = delivery.body.replace("GlobalTech", "Globaltech");
    let seconds: i64 = delivery.header("webhook-timestamp").parse().unwrap();
    let signature = delivery.header("webhook-signature");
    let requests = [
        request(&|_| ()),
        // another signature beside it, as while a secret is changed
        request(&|it| {
            it["headers"]["webhook-signature"] =
                json!(format!("v1,bm90aGluZw== v1a,x {signature}"));
        }),
        request(&|it| it["body"] = json!(forged)),
        request(&|it| it["headers"]["webhook-id"] = json!("another")),
        request(&|it| it["headers"]["webhook-timestamp"] = json!((seconds + 1).to_string())),
        request(&|it| it["headers"]["webhook-timestamp"] = json!((seconds - 400).to_string())),
        request(&|it| it["headers"]["webhook-signature"] = json!("v1,")),
        request(&|it| it["headers"]["webhook-signature"] = json!(signature.replace("v1,", "v2,"))),
        request(&|it| {
            it["headers"]
                .as_object_mut()
                .unwrap()
                .remove("webhook-signature");
        }),
    ];
    let workflow = tree::root().join("gateway/workflows").join(file);
    let answers = node(
        "workflow.mjs",
        &json!({"workflow": workflow, "secret": secret, "requests": requests}),
    );
    let good: Vec<bool> = answers
        .iter()
        .map(|answer| answer["verified"].as_bool().unwrap())
        .collect();
    assert_eq!(
        good,
        [true, true, false, false, false, false, false, false, false],
        "{answers:?}"
    );
    assert_eq!(answers[0]["event"], delivery.json().unwrap());
    assert_eq!(answers[0]["delivery_id"], delivery.header("webhook-id"));
    assert_eq!(answers[5]["refused"], "the timestamp is too far off");
}

/// Asks the library in JavaScript which of these requests it accepts.
pub fn verify_in_javascript(requests: &Value) -> Vec<Value> {
    install();
    node("standardwebhooks.mjs", requests)
}

fn node(script: &str, input: &Value) -> Vec<Value> {
    let mut child = Command::new("node")
        .arg(script)
        .current_dir(folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.to_string().as_bytes()).unwrap();
    drop(stdin);
    let output = child.wait_with_output().unwrap();
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&output.stderr)))
}

#[test]
fn the_workflow_for_health_alerts_verifies_a_delivery() {
    verified(
        HEALTH_ALERT,
        "health-alert.n8n.json",
        "Health alert",
        DROP_EUROPE,
    );
}

#[test]
fn the_workflow_for_stage_transitions_verifies_a_delivery() {
    verified(
        STAGE_TRANSITION,
        "stage-transition.n8n.json",
        "Stage transition",
        MOVE_EUROPE,
    );
}

/// What n8n needs to import and run them: nodes with ids of their own, wired by names that are there.
#[test]
fn the_workflows_are_whole() {
    let mut codes = Vec::new();
    for (file, path) in [
        ("health-alert.n8n.json", HEALTH_ALERT),
        ("stage-transition.n8n.json", STAGE_TRANSITION),
    ] {
        let text =
            std::fs::read_to_string(tree::root().join("gateway/workflows").join(file)).unwrap();
        let workflow: Value = serde_json::from_str(&text).unwrap();
        let nodes = workflow["nodes"].as_array().unwrap();
        let names: Vec<&str> = nodes
            .iter()
            .map(|it| it["name"].as_str().unwrap())
            .collect();
        let ids: std::collections::BTreeSet<&str> =
            nodes.iter().map(|it| it["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), nodes.len());
        let of = |kind: &str| {
            let kind = format!("n8n-nodes-base.{kind}");
            nodes.iter().find(|it| it["type"] == *kind).unwrap()
        };
        let webhook = &of("webhook")["parameters"];
        assert_eq!(
            format!("/webhook/{}", webhook["path"].as_str().unwrap()),
            path
        );
        assert_eq!(webhook["options"]["rawBody"], true);
        assert_eq!(webhook["responseMode"], "responseNode");
        codes.push(of("code")["parameters"]["jsCode"].clone());
        // without credentials they would fail: who has some enables them
        for kind in ["slack", "emailSend", "httpRequest"] {
            assert_eq!(of(kind)["disabled"], true, "{kind}");
        }
        for (from, to) in workflow["connections"].as_object().unwrap() {
            assert!(names.contains(&from.as_str()), "{from}");
            for next in to["main"]
                .as_array()
                .unwrap()
                .iter()
                .flat_map(|it| it.as_array().unwrap())
            {
                assert!(names.contains(&next["node"].as_str().unwrap()), "{next}");
            }
        }
        let branches = workflow["connections"]["Signature good?"]["main"]
            .as_array()
            .unwrap();
        assert_eq!(branches[1][0]["node"], "Answer 401");
    }
    assert_eq!(codes[0], codes[1]);
}
