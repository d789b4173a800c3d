//! The quiet tenant: how long its log-in, its board, a score and a delivery take.

use std::time::{Duration, Instant};

use anyhow::{Context as _, Result, ensure};
use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::receiver::Receiver;
use cs_tests::wait;
use postgres::Client as Sql;
use reqwest::blocking::Client;
use reqwest::header::ORIGIN;
use serde_json::json;

const LOG_INS: usize = 8;
const TIMES: usize = 40;
/// Long enough to see what is slow; what takes longer fails the benchmark.
const LONGEST: Duration = Duration::from_secs(60);

/// What is waited for, and how long it took each time.
pub type Waits = Vec<(&'static str, Vec<Duration>)>;

/// The tenant.
pub struct Quiet {
    sql: Sql,
    client: Client,
    url: String,
    receiver: Receiver,
    unscored: Vec<String>,
    moves: usize,
}

impl Quiet {
    /// Signs in.
    pub fn new(database: &Database, gateway: &Gateway) -> Result<Self> {
        let receiver = Receiver::start(0, None)?;
        let mut sql = database.connect()?;
        sql.execute(
            "update cs.playbooks set webhook_url = $1
             where tenant_id = (select id from cs.tenants where slug = 'quiet')",
            &[&format!("{}/quiet", receiver.url())],
        )?;
        let rows = sql.query(
            "select accounts.id::text from cs.accounts join cs.tenants on tenants.id = tenant_id
             where slug = 'quiet' and accounts.name like 'unscored %' order by 1",
            &[],
        )?;
        let quiet = Self {
            sql,
            client: http_client()?,
            url: gateway.url.clone(),
            receiver,
            unscored: rows.iter().map(|row| row.get(0)).collect(),
            moves: 0,
        };
        quiet.log_in()?;
        Ok(quiet)
    }

    /// All four.
    pub fn measure(&mut self) -> Result<Waits> {
        let repeat = |times: usize, mut work: Box<dyn FnMut() -> Result<()> + '_>| {
            (0..times)
                .map(|_| {
                    let began = Instant::now();
                    work()?;
                    Ok(began.elapsed())
                })
                .collect::<Result<Vec<_>>>()
        };
        Ok(vec![
            ("log-in", repeat(LOG_INS, Box::new(|| self.log_in()))?),
            ("board", repeat(TIMES, Box::new(|| self.board()))?),
            ("score", repeat(TIMES, Box::new(|| self.score()))?),
            ("delivery", repeat(TIMES, Box::new(|| self.deliver()))?),
        ])
    }

    fn log_in(&self) -> Result<()> {
        let me = json!({"email": "admin@quiet.test", "password": "password123"});
        self.post("/auth/login", &me).map(drop)
    }

    fn board(&self) -> Result<()> {
        let board = self.post("/rest/v1/rpc/board", &json!({}))?;
        ensure!(board.contains("Onboarding"), "no board: {board}");
        Ok(())
    }

    fn post(&self, path: &str, body: &serde_json::Value) -> Result<String> {
        let request = self.client.post(format!("{}{path}", self.url));
        let answer = request.header(ORIGIN, &self.url).json(body).send()?;
        let (status, body) = (answer.status(), answer.text()?);
        ensure!(status.is_success(), "{path}: {status} {body}");
        Ok(body)
    }

    /// From the first row of usage until the first score is there.
    fn score(&mut self) -> Result<()> {
        let account = self.unscored.pop().context("more accounts")?;
        let record = format!(
            "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value)
             select tenant_id, id, 'logins', 3 from cs.accounts where id = '{account}'"
        );
        let seen = format!(
            "select exists (select from cs.health_scores where is_current and tenant_id =
                 (select id from cs.tenants where slug = 'quiet') and account_id = '{account}')"
        );
        self.sql.batch_execute(&record)?;
        let began = Instant::now();
        while !self.sql.query_one(&seen, &[])?.get::<_, bool>(0) {
            ensure!(began.elapsed() < LONGEST, "no score of {account}");
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// From the move of an account until the receiver has the delivery.
    fn deliver(&mut self) -> Result<()> {
        let stage = ["Adoption", "Onboarding"][self.moves % 2];
        self.moves += 1;
        self.sql.batch_execute(&format!(
            "update cs.accounts set current_stage = '{stage}' where name = 'mover of quiet'"
        ))?;
        let before = self.moves;
        wait::until_true("a delivery", LONGEST, || {
            Ok(self.receiver.requests().len() >= before)
        })
    }
}
