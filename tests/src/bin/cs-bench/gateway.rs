//! The gateway against `pgbench` with the very same pipelined transaction, and against PostGraphile: one function call, one
//! row by its key, identity and row security included, 16 connections.

mod load;
mod rival;

use std::fs;
use std::process::{Child, ChildStdout, Command};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use cs_tests::cluster::{Cluster, free_port};
use cs_tests::database::Database;
use cs_tests::gateway::{self, http_client};
use cs_tests::{process, tree, wait};
use reqwest::header::ORIGIN;
use serde_json::{Value, json};

use crate::measure::{Line, Side, compare_all};
use load::{CONNECTIONS, Load};
pub use rival::install as install_rivals;
use rival::{PgBench, postgraphile};

const ROUNDS: usize = 5;
/// Requests of a round, over all connections.
const REQUESTS: u32 = 16_000;
/// PostGraphile does fewer in the same time.
const REQUESTS_OF_RIVAL: u32 = 3200;
/// Half of what pgbench does.
const REACH: f64 = 2.0;
/// Three times what PostGraphile does.
const REACH_OF_RIVAL: f64 = 1.0 / 3.0;

/// A server process that ends with its value.
pub struct Served(Child);

impl Served {
    /// Starts it.
    pub fn start(command: Command) -> Result<Self> {
        Ok(Self(process::spawn_tied(command, libc::SIGTERM)?))
    }

    /// What it writes, where the command pipes that; once.
    pub fn output(&mut self) -> Option<ChildStdout> {
        self.0.stdout.take()
    }

    fn is_running(&self) -> bool {
        process::is_running(self.0.id())
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Ended already, or ends now.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Who calls, and what is asked for.
struct Case {
    user: String,
    tenant: String,
    account: String,
    name: String,
}

/// Both figures.
pub fn run(cluster: &Cluster) -> Result<Vec<Line>> {
    let database = Database::clone_template(cluster)?;
    println!("gateway: making 1,000 accounts …");
    let mut admin = database.connect()?;
    admin.batch_execute("select cs.load_sample_data('http://127.0.0.1:9', 1000)")?;
    // PostGraphile leaves out what belongs to an extension, and cannot show an enum whose words have spaces in them
    admin.batch_execute(
        "create schema bench;
         create view bench.accounts with (security_invoker) as select id, name, current_stage, arr from cs.accounts;
         comment on view bench.accounts is '@primaryKey id';
         create function bench.risk_level(score integer) returns text language sql stable
         begin atomic select cs.risk_level(score, cs.current_tenant_id()); end;
         grant usage on schema bench to cs_member;
         grant select on bench.accounts to cs_member",
    )?;
    admin.batch_execute("vacuum analyze")?;
    let row = admin.query_one(
        "select u.id::text, p.tenant_id::text, a.id::text, a.name
           from cs.users u join cs.profiles p on p.user_id = u.id
           join cs.accounts a on a.tenant_id = p.tenant_id and a.name = 'GlobalTech Europe'
          where u.email = 'admin@acme.com'",
        &[],
    )?;
    let case = Case {
        user: row.get(0),
        tenant: row.get(1),
        account: row.get(2),
        name: row.get(3),
    };
    let folder = tree::target("test/gateway")?;
    let (port, secret) = (free_port()?, folder.join("secret"));
    if !secret.exists() {
        gateway::make_secret(&secret)?;
    }
    let log = folder.join(format!("bench-{port}.log"));
    let mut command = gateway::command(port, &database.gateway_url(), &secret, &log)?;
    command
        .env("CS_POOL_SIZE", CONNECTIONS.to_string())
        .env("RUST_LOG", "warn");
    let served = Served::start(command)?;
    let url = format!("http://127.0.0.1:{port}");
    gateway::wait_ready(&url, &log, || served.is_running())?;
    let cookie = sign_in(&url)?;
    let session: String = admin
        .query_one("select id::text from cs.sessions where ended_at is null order by created_at desc limit 1", &[])?
        .get(0);
    let against = PgBench {
        cluster,
        database: &database,
        session,
        case: &case,
        folder: fs::canonicalize(&folder)?,
    };
    measure(port, &cookie, &case, &against)
}

fn sign_in(url: &str) -> Result<String> {
    let answer = http_client()?
        .post(format!("{url}/auth/login"))
        .header(ORIGIN, url)
        .json(&json!({"email": "admin@acme.com", "password": "password123"}))
        .send()?;
    let cookie = answer.headers().get("set-cookie").context("no cookie")?;
    Ok(cookie
        .to_str()?
        .split(';')
        .next()
        .unwrap_or_default()
        .to_owned())
}

fn measure(port: u16, cookie: &str, case: &Case, against: &PgBench<'_>) -> Result<Vec<Line>> {
    let with_cookie = format!("Cookie: {cookie}\r\nOrigin: http://127.0.0.1:{port}\r\n");
    let call = Load::post(
        port,
        "/rest/v1/rpc/risk_level",
        &with_cookie,
        r#"{"score": 38}"#,
    );
    let read = Load::get(
        port,
        &format!(
            "/rest/v1/accounts?id=eq.{}&select=name,current_stage,arr",
            case.account
        ),
        &with_cookie,
    );
    let rival = postgraphile(against, case)?;
    let mut lines = Vec::new();
    for (what, ours, script, graph, expected) in [
        (
            "function call",
            &call,
            rival::CALL,
            rival::CALL_GRAPH.to_owned(),
            "Critical",
        ),
        (
            "row by key",
            &read,
            rival::READ,
            rival::read_graph(case),
            case.name.as_str(),
        ),
    ] {
        ours.check(expected)?;
        println!("gateway: {what} …");
        ours.run(REQUESTS / 4)?;
        against.run(script, REQUESTS / 4)?;
        lines.extend(compare_all(
            ROUNDS,
            vec![side(
                format!("gateway, 1,000 times one {what}, 16 connections, against pgbench"),
                REACH,
                REQUESTS,
                || ours.run(REQUESTS),
            )],
            Side::new("", None, || against.run(script, REQUESTS)).of(f64::from(REQUESTS) / 1000.0),
        )?);
        if let Some((rival_port, _)) = &rival {
            let body = json!({"query": graph}).to_string();
            let theirs = Load::post(*rival_port, "/graphql", "", &body);
            theirs.check(expected)?;
            theirs.run(REQUESTS_OF_RIVAL)?;
            lines.extend(compare_all(
                ROUNDS,
                vec![side(
                    format!(
                        "gateway, 1,000 times one {what}, 16 connections, against PostGraphile 5"
                    ),
                    REACH_OF_RIVAL,
                    REQUESTS_OF_RIVAL,
                    || ours.run(REQUESTS_OF_RIVAL),
                )],
                Side::new("", None, || theirs.run(REQUESTS_OF_RIVAL))
                    .of(f64::from(REQUESTS_OF_RIVAL) / 1000.0),
            )?);
        }
    }
    Ok(lines)
}

/// Its time counts per thousand requests.
fn side<'a>(
    what: String,
    reach: f64,
    requests: u32,
    work: impl FnMut() -> Result<()> + 'a,
) -> Side<'a> {
    Side::new(what, Some(reach), work).of(f64::from(requests) / 1000.0)
}

/// Waits until a server of GraphQL answers.
fn answers(port: u16, served: &Served) -> Result<()> {
    let client = http_client()?;
    let body: Value = json!({"query": "{ __typename }"});
    wait::until_true("PostGraphile being ready", Duration::from_secs(60), || {
        let answer = client
            .post(format!("http://127.0.0.1:{port}/graphql"))
            .json(&body)
            .send();
        let ready = answer.is_ok_and(|it| it.status().is_success());
        ensure!(
            ready || served.is_running(),
            "PostGraphile ended at its start"
        );
        Ok(ready)
    })
}
