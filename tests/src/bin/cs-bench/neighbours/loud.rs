//! The loud tenant, and the stranger: each way to do its worst, over and over until it is told to stop.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use anyhow::{Result, anyhow};
use cs_tests::database::Database;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::receiver::{Answer, Receiver};
use cs_tests::wait;
use postgres::Client as Sql;
use reqwest::blocking::Client;
use reqwest::header::{ACCEPT, AUTHORIZATION, ORIGIN};
use serde_json::{Value, json};

/// A way to be loud: what its threads do again and again.
type Way = fn(&Loud) -> Result<Vec<Again>>;
type Again = Box<dyn FnMut() -> Result<()> + Send>;

/// By name.
pub const WAYS: &[(&str, Way)] = &[
    ("a bulk change of 10,000 accounts", bulk_change),
    ("an import of 100,000 rows", import),
    ("50 playbooks", playbooks),
    ("searches with the heaviest criteria", searches),
    ("21 event streams", event_streams),
    ("5 slow downloads", slow_downloads),
    ("a linked role that holds all rows it can", held_rows),
    ("answers of 410 and a held playbook", gone_receiver),
    ("a stranger's long statements", stranger),
];

/// The tenant.
pub struct Loud {
    url: String,
    port: u16,
    cookie: String,
    client: Client,
    database: (String, u16),
    role: String,
    receiver: Receiver,
}

/// A loud neighbour under way.
pub struct Noise {
    is_over: Arc<AtomicBool>,
    threads: Vec<JoinHandle<Result<()>>>,
}

impl Noise {
    /// Stops it; an error where a thread of it had failed, so that it was not loud.
    pub fn end(self) -> Result<()> {
        self.is_over.store(true, Ordering::Release);
        self.threads.into_iter().try_for_each(|it| {
            it.join()
                .map_err(|_| anyhow!("a loud neighbour panicked"))?
        })
    }
}

impl Loud {
    /// Signs in, and links a database role.
    pub fn new(database: &Database, gateway: &Gateway) -> Result<Self> {
        let receiver = Receiver::start(0, None)?;
        let role = format!("loud_{}", database.name);
        database.connect()?.batch_execute(&format!(
            "create role {role} login; select cs.link_database_role('{role}', 'admin@loud.test')"
        ))?;
        let client = http_client()?;
        let answer = client
            .post(format!("{}/auth/login", gateway.url))
            .header(ORIGIN, &gateway.url)
            .json(&json!({"email": "admin@loud.test", "password": "password123"}))
            .send()?
            .error_for_status()?;
        let cookie = answer
            .headers()
            .get("set-cookie")
            .ok_or_else(|| anyhow!("no cookie"))?;
        let cookie = cookie
            .to_str()?
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned();
        let port = gateway.url.rsplit(':').next().unwrap_or_default().parse()?;
        Ok(Self {
            url: gateway.url.clone(),
            port,
            cookie,
            client,
            database: (database.name.clone(), database.port),
            role,
            receiver,
        })
    }

    /// Begins to be loud in this way.
    pub fn begin(&self, way: Way) -> Result<Noise> {
        let is_over = Arc::new(AtomicBool::new(false));
        let threads = way(self)?.into_iter().map(|mut again| {
            let is_over = Arc::clone(&is_over);
            thread::spawn(move || {
                while !is_over.load(Ordering::Acquire) {
                    again()?;
                }
                Ok(())
            })
        });
        let threads = threads.collect();
        Ok(Noise { is_over, threads })
    }

    /// Waits until nothing of it is left to be done.
    pub fn wait_until_done(&self, admin: &mut Sql, patience: Duration) -> Result<()> {
        wait::until_true("the end of the noise", patience, || {
            let left = "select not exists (select from cs.health_dirty)
                and not exists (select from cs.webhook_queue where status = 'processing')";
            Ok(admin.query_one(left, &[])?.get(0))
        })
    }

    fn sql(&self) -> Result<Sql> {
        Ok(cs_tests::cluster::connect(
            self.database.1,
            &self.database.0,
            "postgres",
        )?)
    }

    fn linked(&self) -> Result<Sql> {
        Ok(cs_tests::cluster::connect(
            self.database.1,
            &self.database.0,
            &self.role,
        )?)
    }

    /// A call that may also be refused: that is what a share is for.
    fn call(&self, function: &str, body: Value) -> Again {
        let (client, url) = (self.client.clone(), self.url.clone());
        let path = format!("{url}/rest/v1/rpc/{function}");
        Box::new(move || {
            client
                .post(&path)
                .header(ORIGIN, &url)
                .json(&body)
                .send()?
                .bytes()?;
            Ok(())
        })
    }

    fn raw(&self, path: &str, accept: &str) -> Result<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port))?;
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: {}\r\nAccept: {accept}\r\n\r\n",
            self.port, self.cookie
        )?;
        stream.set_read_timeout(Some(Duration::from_millis(500)))?;
        Ok(stream)
    }
}

fn bulk_change(loud: &Loud) -> Result<Vec<Again>> {
    let mut sql = loud.linked()?;
    let mut round = 0;
    Ok(vec![Box::new(move || {
        round += 1;
        let change = json!({"crm_attributes": {"seats": round % 90 + 1}}).to_string();
        sql.execute(
            "select cs.bulk_update_accounts('{\"all\": []}', $1::text::jsonb, false)",
            &[&change],
        )?;
        Ok(())
    })])
}

fn import(loud: &Loud) -> Result<Vec<Again>> {
    let mut sql = loud.linked()?;
    Ok(vec![Box::new(move || {
        sql.batch_execute(
            "select cs.record_usage(jsonb_agg(jsonb_build_object(
                 'external_id', 'loud-' || number % 10000 + 1, 'metric_type', 'api_calls', 'metric_value', 1)))
             from generate_series(1, 100000) as number",
        )?;
        Ok(())
    })])
}

fn playbooks(loud: &Loud) -> Result<Vec<Again>> {
    loud.sql()?.batch_execute(&format!(
        "update cs.playbooks set is_active = true, webhook_url = '{}/loud'
         where tenant_id = (select id from cs.tenants where slug = 'loud')",
        loud.receiver.url()
    ))?;
    let mut sql = loud.linked()?;
    let mut round = 0;
    Ok(vec![Box::new(move || {
        let stage = ["Adoption", "Onboarding"][round % 2];
        round += 1;
        sql.batch_execute(&format!(
            "update cs.accounts set current_stage = '{stage}' where external_id like 'loud-1%7'"
        ))?;
        Ok(())
    })])
}

fn searches(loud: &Loud) -> Result<Vec<Again>> {
    let leaf = |number: i32| {
        json!({"any": [
            {"field": "name", "op": "contains", "value": format!("o{number}")},
            {"not": {"field": "days_since_touch", "op": "lt", "value": number}},
            {"field": "logins_30d", "op": "gt", "value": number}
        ]})
    };
    let criteria = json!({"all": (0..30).map(leaf).collect::<Vec<_>>()});
    let search = || {
        loud.call(
            "search_accounts",
            json!({"criteria": criteria, "page_size": 100}),
        )
    };
    Ok((0..12).map(|_| search()).collect())
}

fn event_streams(loud: &Loud) -> Result<Vec<Again>> {
    let mut all = bulk_change(loud)?;
    for _ in 0..21 {
        let mut stream = loud.raw("/events", "text/event-stream")?;
        all.push(Box::new(move || {
            read_a_little(&mut stream);
            Ok(())
        }));
    }
    Ok(all)
}

fn slow_downloads(loud: &Loud) -> Result<Vec<Again>> {
    let path = "/rest/v1/accounts?select=a:crm_attributes,b:crm_attributes,c:crm_attributes,d:hierarchy_path,e:name";
    (0..5)
        .map(|_| {
            let mut stream = loud.raw(path, "text/csv")?;
            Ok(Box::new(move || {
                read_a_little(&mut stream);
                thread::sleep(Duration::from_millis(40));
                Ok(())
            }) as Again)
        })
        .collect()
}

/// What comes within half a second, 4 kB at most.
fn read_a_little(stream: &mut TcpStream) {
    // Nothing, or the end, is no failure of the neighbour.
    if !matches!(stream.read(&mut [0; 4096]), Ok(read) if read > 0) {
        thread::sleep(Duration::from_millis(100));
    }
}

fn held_rows(loud: &Loud) -> Result<Vec<Again>> {
    let mut holder = loud.linked()?;
    holder.batch_execute(
        "set statement_timeout = 0; set lock_timeout = 0; set idle_in_transaction_session_timeout = 0; begin",
    )?;
    for table in [
        "accounts",
        "playbooks",
        "contacts",
        "journey_stages",
        "profiles",
        "tenants",
    ] {
        // Some are refused, which is as well.
        let lock = format!("savepoint before; select from cs.{table} for update");
        if holder.batch_execute(&lock).is_err() {
            holder.batch_execute("rollback to before")?;
        }
    }
    let waiting = loud.call(
        "bulk_update_accounts",
        json!({
            "criteria": {"all": []}, "change": {"crm_attributes": {"seats": 3}}, "dry_run": false
        }),
    );
    let mut sql = loud.sql()?;
    Ok(vec![
        Box::new(move || {
            thread::sleep(Duration::from_millis(100));
            holder.batch_execute("select 1")?;
            Ok(())
        }),
        waiting,
        Box::new(move || {
            sql.batch_execute(
                "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value)
                 select tenant_id, id, 'logins', 1 from cs.accounts where external_id like 'loud-12%'",
            )?;
            thread::sleep(Duration::from_millis(200));
            Ok(())
        }),
    ])
}

fn gone_receiver(loud: &Loud) -> Result<Vec<Again>> {
    let mut all = playbooks(loud)?;
    loud.receiver
        .script("/loud", std::iter::repeat_n(Answer::status(410), 100_000));
    let mut holder = loud.linked()?;
    holder.batch_execute("begin; select from cs.playbooks for no key update")?;
    all.push(Box::new(move || {
        thread::sleep(Duration::from_millis(100));
        holder.batch_execute("select 1")?;
        Ok(())
    }));
    Ok(all)
}

fn stranger(loud: &Loud) -> Result<Vec<Again>> {
    let client = http_client()?;
    let steps = "-%3Ea".repeat(115);
    let path = format!("{}/rest/v1/accounts?limit=1&select=", loud.url);
    let again = |thread: usize| {
        let (client, steps, path) = (client.clone(), steps.clone(), path.clone());
        let mut round = 0;
        Box::new(move || {
            round += 1;
            let column = |number| format!("a{number}z{thread}z{round}:crm_attributes{steps}");
            let columns = (0..60).map(column).collect::<Vec<_>>().join(",");
            client
                .get(format!("{path}{columns}"))
                .header(AUTHORIZATION, "Bearer nobody")
                .header(ACCEPT, "application/json")
                .send()?
                .bytes()?;
            Ok(())
        }) as Again
    };
    Ok((0..4).map(again).collect())
}
