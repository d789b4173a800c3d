//! Live events: what changes in a tenant reaches the streams of those who may see it, as ids, soon, and nobody else's.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use cs_tests::cluster;
use cs_tests::gateway::{Gateway, http_client};
use cs_tests::stack;
use postgres::Client;
use reqwest::header::ORIGIN;
use serde_json::{Value, json};

use crate::support::{SOON, number, wait_sql};
use crate::world::{Tenant, World, text_of};

/// An event as a browser would see it: its name (empty: a message) and its data.
type Event = (String, Value);

/// An open stream. It is read at once, so that it is never the slow one.
struct Stream {
    status: u16,
    events: Receiver<Event>,
}

impl Stream {
    fn open(gateway: &Gateway, cookie: &str) -> Self {
        let host = gateway.url.trim_start_matches("http://");
        let mut socket = TcpStream::connect(host).unwrap();
        // HTTP/1.0: what comes is the stream itself, not in chunks.
        write!(
            socket,
            "GET /events HTTP/1.0\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n"
        )
        .unwrap();
        let mut lines = BufReader::new(socket).lines().map_while(Result::ok);
        let status = lines.next().unwrap();
        let status = status.split(' ').nth(1).unwrap().parse().unwrap();
        let (send, events) = channel();
        thread::spawn(move || {
            let mut name = String::new();
            for line in lines {
                match line.split_once(": ") {
                    Some(("event", value)) => value.clone_into(&mut name),
                    Some(("data", value)) => {
                        let data = serde_json::from_str(value).unwrap_or_default();
                        if send.send((std::mem::take(&mut name), data)).is_err() {
                            return;
                        }
                    }
                    // a comment; nobody hears it once the test has ended
                    _ if line.starts_with(':')
                        && send.send(("beat".to_owned(), Value::Null)).is_err() =>
                    {
                        return;
                    }
                    _ => {}
                }
            }
        });
        Self { status, events }
    }

    /// The first event that is wanted; others before it are passed over.
    fn wait(&self, what: &str, wanted: impl Fn(&Event) -> bool) -> Event {
        let deadline = Instant::now() + SOON;
        let mut passed = Vec::new();
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.events.recv_timeout(left) {
                Ok(event) if wanted(&event) => return event,
                Ok(event) => passed.push(event),
                Err(why) => panic!("{what}: {why}; there were {passed:?}"),
            }
        }
    }

    fn topic(&self, topic: &str) -> Value {
        self.wait(topic, |(name, data)| {
            name.is_empty() && data["topic"] == topic
        })
        .1
    }

    fn named(&self, name: &str) {
        self.wait(name, |event| event.0 == name);
    }

    /// Everything up to now: the marker is told to everybody of a tenant.
    fn until(&self, marker: &str) -> Vec<Event> {
        let mut before = Vec::new();
        loop {
            let event = self.events.recv_timeout(SOON).unwrap();
            if event.1["topic"] == marker {
                return before;
            }
            before.push(event);
        }
    }

    /// Waits for the end, and says how long it took.
    fn ends(&self) -> Duration {
        let began = Instant::now();
        loop {
            match self.events.recv_timeout(SOON) {
                Ok(_) => {}
                Err(RecvTimeoutError::Disconnected) => return began.elapsed(),
                Err(RecvTimeoutError::Timeout) => panic!("the stream does not end"),
            }
        }
    }
}

/// Two tenants, a gateway, and everybody's password known.
struct Scene {
    gateway: Gateway,
    admin: Client,
    world: World,
}

impl Scene {
    fn new() -> Self {
        let (world, admin) = World::that_signs_in();
        let gateway = Gateway::start(&world.database).unwrap();
        Self {
            gateway,
            admin,
            world,
        }
    }

    fn cookie(&self, side: usize, person: usize) -> String {
        let marker = self.world.tenants[side].marker;
        sign_in(&self.gateway, &format!("{marker}3{person}z@x.test"))
    }

    fn stream(&self, side: usize, person: usize) -> Stream {
        listening(&self.gateway, &self.cookie(side, person))
    }

    fn tenant(&self, side: usize) -> &Tenant {
        &self.world.tenants[side]
    }

    fn run(&mut self, statement: &str) {
        self.admin.batch_execute(statement).unwrap();
    }

    fn id(&mut self, query: &str) -> String {
        self.admin.query_one(query, &[]).unwrap().get(0)
    }

    /// The id of the n-th account of a tenant.
    fn account(&mut self, side: usize, n: usize) -> String {
        let marker = self.tenant(side).marker;
        self.id(&format!(
            "select id::text from cs.accounts where name = '{marker}11{n}z'"
        ))
    }

    /// Something that every role of a tenant hears: nothing that came before is still under way then.
    fn mark(&mut self, side: usize) {
        let id = self.tenant(side).id.clone();
        self.run(&format!(
            "update cs.journey_stages set target_duration_days = 5 where tenant_id = '{id}'"
        ));
    }
}

const ADMIN: usize = 0;
const CONTRIBUTOR: usize = 2;
const VIEWER: usize = 3;

pub fn sign_in(gateway: &Gateway, email: &str) -> String {
    let answer = http_client()
        .unwrap()
        .post(format!("{}/auth/login", gateway.url))
        .header(ORIGIN, &gateway.url)
        .json(&json!({"email": email, "password": "password123"}))
        .send()
        .unwrap();
    assert_eq!(answer.status(), 200, "{email} signs in");
    let cookie = answer.headers()["set-cookie"].to_str().unwrap();
    cookie.split(';').next().unwrap().to_owned()
}

/// A stream that has begun, in front of a gateway that hears the database.
fn listening(gateway: &Gateway, cookie: &str) -> Stream {
    let stream = Stream::open(gateway, cookie);
    assert_eq!(stream.status, 200);
    stream.named("ready");
    stream
}

/// The first stream of a gateway is told to read anew once the gateway hears the database.
fn hearing(gateway: &Gateway, cookie: &str) -> Stream {
    let stream = listening(gateway, cookie);
    stream.named("resync");
    stream
}

fn ids(event: &Value) -> Vec<&str> {
    let ids = event["ids"].as_array().unwrap();
    ids.iter().map(|id| id.as_str().unwrap()).collect()
}

#[test]
fn a_change_is_told_with_its_ids_its_actor_and_its_tab() {
    let mut scene = Scene::new();
    let cookie = scene.cookie(0, ADMIN);
    let stream = hearing(&scene.gateway, &cookie);
    let account = scene.account(0, 1);
    let stage = scene.id(&format!(
        "select name from cs.journey_stages where tenant_id = '{}' and display_order = 2",
        scene.tenant(0).id
    ));
    let tab = "0192f0c1-aaaa-7bbb-8ccc-1234567890ab";
    let moved = http_client()
        .unwrap()
        .post(format!(
            "{}/rest/v1/rpc/move_account_stage",
            scene.gateway.url
        ))
        .header("cookie", &cookie)
        .header("x-cs-client", tab)
        .header(ORIGIN, &scene.gateway.url)
        .json(&json!({"account_id": account, "to_stage": stage}))
        .send()
        .unwrap();
    assert_eq!(moved.status(), 200, "{}", moved.text().unwrap_or_default());
    let told = stream.topic("journey");
    assert_eq!(ids(&told), [account.as_str()]);
    assert_eq!(told["actor"], scene.tenant(0).people[ADMIN].as_str());
    assert_eq!(told["client"], tab);
    assert!(told.get("tenant").is_none());
}

#[test]
fn one_transaction_is_one_event_a_topic_and_what_is_rolled_back_is_none() {
    let mut scene = Scene::new();
    let cookie = scene.cookie(0, ADMIN);
    let stream = hearing(&scene.gateway, &cookie);
    let tenant = scene.tenant(0).id.clone();
    let mut work = scene.admin.transaction().unwrap();
    work.batch_execute("update cs.tenants set name = 'x'")
        .unwrap();
    work.rollback().unwrap();
    scene.run(&format!(
        "begin;
         update cs.accounts set crm_attributes = crm_attributes || '{{\"industry\": \"a\"}}' where tenant_id = '{tenant}';
         update cs.accounts set crm_attributes = crm_attributes || '{{\"industry\": \"b\"}}' where tenant_id = '{tenant}';
         savepoint s;
         update cs.playbooks set description = 'x' where tenant_id = '{tenant}';
         rollback to s;
         insert into cs.accounts (tenant_id, name)
         select '{tenant}', 'many ' || n from generate_series(1, 60) as n;
         commit"
    ));
    scene.mark(0);
    let told: Vec<Value> = stream.until("stages").into_iter().map(|it| it.1).collect();
    let of =
        |topic: &str| -> Vec<&Value> { told.iter().filter(|it| it["topic"] == topic).collect() };
    assert_eq!(of("accounts").len(), 1, "{told:?}");
    assert_eq!(of("accounts")[0]["ids"], Value::Null, "more than fifty");
    assert_eq!(of("journey").len(), 1, "{told:?}");
    assert!(
        of("tenant").is_empty() && of("playbooks").is_empty(),
        "{told:?}"
    );
}

#[test]
fn the_other_tenant_hears_nothing() {
    let mut scene = Scene::new();
    let left = scene.cookie(0, ADMIN);
    let left = hearing(&scene.gateway, &left);
    let right = scene.stream(1, ADMIN);
    let tenant = scene.tenant(0).id.clone();
    let tables: Vec<String> = scene
        .admin
        .query(
            "select distinct c.relname::text from pg_trigger t join pg_class c on c.oid = t.tgrelid
              where t.tgname like 't95\\_%' and c.relname not in ('sessions', 'profiles', 'tenants')",
            &[],
        )
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert!(tables.len() > 10, "{tables:?}");
    for table in &tables {
        // a change of nothing, which every table allows
        scene.run(&format!(
            "set session_replication_role = origin;
             alter table cs.{table} disable trigger user;
             do $$ declare told name; begin
                 for told in select tgname from pg_trigger where tgrelid = 'cs.{table}'::regclass and tgname like 't95%' loop
                     execute format('alter table cs.{table} enable trigger %I', told);
                 end loop;
             end $$;
             update cs.{table} set tenant_id = tenant_id where tenant_id = '{tenant}';
             alter table cs.{table} enable trigger user"
        ));
    }
    scene.mark(1);
    scene.mark(0);
    let heard = right.until("stages");
    assert!(heard.iter().all(|(name, _)| !name.is_empty()), "{heard:?}");
    let topics: std::collections::BTreeSet<String> = left
        .events
        .try_iter()
        .filter_map(|(_, data)| data["topic"].as_str().map(str::to_owned))
        .collect();
    for topic in ["accounts", "journey", "health", "playbooks", "webhooks"] {
        assert!(topics.contains(topic), "{topic} is not in {topics:?}");
    }
}

#[test]
fn a_contributor_hears_of_own_accounts_and_a_viewer_of_no_deliveries() {
    let mut scene = Scene::new();
    let cookie = scene.cookie(0, CONTRIBUTOR);
    let contributor = hearing(&scene.gateway, &cookie);
    let viewer = scene.stream(0, VIEWER);
    let (own, foreign) = (scene.account(0, 1), scene.account(0, 4));
    let score = |account: &str| {
        format!(
            "insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, 55 from cs.accounts where id in ('{account}')"
        )
    };
    scene.run(&score(&foreign));
    scene.run(&score(&format!("{own}', '{foreign}")));
    scene.run("update cs.webhook_queue set last_error = 'x'");
    scene.mark(0);
    let told = contributor.until("stages");
    let health: Vec<&Value> = told
        .iter()
        .map(|it| &it.1)
        .filter(|it| it["topic"] == "health")
        .collect();
    assert_eq!(health.len(), 1, "{told:?}");
    assert_eq!(ids(health[0]), [own.as_str()]);
    let seen = viewer.until("stages");
    let topics: Vec<_> = seen.iter().map(|it| it.1["topic"].clone()).collect();
    assert!(topics.contains(&json!("health")), "{topics:?}");
    for hidden in ["webhooks", "playbooks", "runs", "sessions", "access"] {
        assert!(!topics.contains(&json!(hidden)), "{topics:?}");
    }

    // an account that becomes one's own, or no longer is, changes everything one sees
    let user = scene.tenant(0).people[CONTRIBUTOR].clone();
    scene.run(&format!(
        "update cs.accounts set csm_id = '{user}' where id = '{foreign}'"
    ));
    contributor.named("resync");
    scene.run(&score(&foreign));
    assert_eq!(ids(&contributor.topic("health")), [foreign.as_str()]);
    scene.run(&format!(
        "update cs.accounts set csm_id = null where id = '{foreign}'"
    ));
    contributor.named("resync");
    scene.run(&score(&foreign));
    scene.mark(0);
    let after = contributor.until("stages");
    assert!(
        after.iter().all(|it| it.1["topic"] != "health"),
        "{after:?}"
    );
}

#[test]
fn a_contributor_is_not_told_what_happened_to_many_accounts_of_others() {
    let mut scene = Scene::new();
    let cookie = scene.cookie(0, CONTRIBUTOR);
    let contributor = hearing(&scene.gateway, &cookie);
    let viewer = scene.stream(0, VIEWER);
    let foreign = scene.account(0, 4);
    let user = scene.tenant(0).people[CONTRIBUTOR].clone();
    scene.run(&format!(
        "insert into cs.accounts (tenant_id, name)
         select tenant_id, 'Many ' || n from cs.accounts, generate_series(1, 60) as n where id = '{foreign}'"
    ));
    assert_eq!(viewer.topic("accounts")["ids"], Value::Null);
    contributor.named("resync");
    scene.run(&format!(
        "update cs.accounts set external_id = name where name like 'Many %' and csm_id is distinct from '{user}'"
    ));
    scene.mark(0);
    let told = contributor.until("stages");
    assert!(
        told.iter().all(|it| it.1["topic"] != "accounts"),
        "{told:?}"
    );
}

#[test]
fn a_stream_ends_with_its_session() {
    let mut scene = Scene::new();
    let url = scene.gateway.url.clone();
    let fast = Duration::from_secs(5);
    let stay = scene.cookie(0, VIEWER);
    let stay = hearing(&scene.gateway, &stay);

    let cookie = scene.cookie(0, ADMIN);
    let stream = listening(&scene.gateway, &cookie);
    let out = http_client()
        .unwrap()
        .post(format!("{url}/auth/logout"))
        .header("cookie", &cookie)
        .header(ORIGIN, &url)
        .json(&json!({}))
        .send()
        .unwrap();
    assert!(out.status().is_success());
    stream.named("end");
    assert!(stream.ends() < fast, "log-out");
    assert_eq!(Stream::open(&scene.gateway, &cookie).status, 401);

    let identity = scene.tenant(0).identity(ADMIN);
    for (what, change) in [
        ("role", "select cs.set_member_role('USER', 'Viewer')"),
        (
            "deactivation",
            "select cs.deactivate_member('USER', (select user_id from cs.profiles where role = 'Tenant Admin' limit 1))",
        ),
    ] {
        let stream = scene.stream(0, CONTRIBUTOR);
        let user = scene.tenant(0).people[CONTRIBUTOR].clone();
        let change = change.replace("USER", &user);
        scene.run(&format!(
            "begin; {identity}; set local role cs_member; {change}; commit"
        ));
        stream.named("end");
        assert!(stream.ends() < fast, "{what}");
    }
    scene.mark(0);
    stay.topic("stages");
}

#[test]
fn after_an_interruption_clients_are_told_to_read_anew() {
    let mut scene = Scene::new();
    let cookie = scene.cookie(0, ADMIN);
    let stream = hearing(&scene.gateway, &cookie);
    let cut = number(
        &mut scene.admin,
        "with hearing as materialized (
             select pid from pg_stat_activity
              where application_name = 'cs-gateway events' and datname = current_database()
         )
         select count(*) from hearing where pg_terminate_backend(pid)",
    );
    assert_eq!(cut, 1);
    stream.named("resync");
    scene.mark(0);
    stream.topic("stages");
}

#[test]
fn streams_of_one_person_are_bounded_and_a_closed_one_makes_room() {
    let scene = Scene::new();
    let cookie = scene.cookie(0, ADMIN);
    let open: Vec<Stream> = (0..20)
        .map(|_| Stream::open(&scene.gateway, &cookie))
        .collect();
    assert!(open.iter().all(|stream| stream.status == 200));
    let refused = http_client()
        .unwrap()
        .get(format!("{}/events", scene.gateway.url))
        .header("cookie", &cookie)
        .send()
        .unwrap();
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    assert_eq!(
        Stream::open(&scene.gateway, &scene.cookie(0, VIEWER)).status,
        200
    );
}

#[test]
fn the_end_of_the_gateway_ends_its_streams_at_once() {
    let scene = Scene::new();
    let stream = scene.stream(0, ADMIN);
    let began = Instant::now();
    drop(scene.gateway);
    stream.ends();
    assert!(
        began.elapsed() < Duration::from_secs(5),
        "{:?}",
        began.elapsed()
    );
}

#[test]
fn a_quiet_stream_gives_signs_of_life() {
    let scene = Scene::new();
    let stream = scene.stream(0, ADMIN);
    stream.named("beat");
}

#[test]
fn what_the_worker_does_is_told_too() {
    let (database, receiver) = stack::sample_database().unwrap();
    database.confirm_webhooks().unwrap();
    let gateway = Gateway::start(&database).unwrap();
    let cookie = sign_in(&gateway, "admin@acme.com");
    let stream = hearing(&gateway, &cookie);
    let mut admin = database.connect().unwrap();
    wait_sql(
        &mut admin,
        "the sample's deliveries",
        "select count(*) = 0 from cs.webhook_queue where status = 'processing'",
    );
    admin.batch_execute(crate::support::MOVE_EUROPE).unwrap();
    receiver
        .wait(1, SOON, crate::support::about("GlobalTech Europe"))
        .unwrap();
    // the delivery is queued by the move, claimed and recorded by the worker, who is nobody
    stream.wait("the worker's record", |(_, data)| {
        data["topic"] == "webhooks" && data["actor"].is_null() && data["ids"].is_array()
    });
    admin
        .batch_execute(
            "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value)
             select tenant_id, id, 'logins', 3 from cs.accounts where name = 'GlobalTech Europe'",
        )
        .unwrap();
    let told = stream.topic("health");
    assert_eq!(ids(&told).len(), 1);
}

/// Every way in which somebody other than the gateway could come by the name.
#[test]
fn nobody_learns_the_name_of_the_channel() {
    let mut scene = Scene::new();
    let cookie = scene.cookie(0, ADMIN);
    let stream = hearing(&scene.gateway, &cookie);
    let name = scene.id("select name from cs.event_channel");
    assert!(name.len() > 30, "{name}");
    let notices = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let heard = notices.clone();
    let database = &scene.world.database;
    let analyst = scene.world.tenants[0].analyst.clone();
    for role in [analyst.as_str(), scene.world.bare.as_str()] {
        let heard = heard.clone();
        let mut client = postgres::Config::new()
            .host("127.0.0.1")
            .port(database.port)
            .user(role)
            .dbname(&database.name)
            .notice_callback(move |notice| {
                use std::fmt::Write as _;
                let _ = writeln!(heard.lock().unwrap(), "{notice:?}");
            })
            .connect(postgres::NoTls)
            .unwrap();
        let mut told = String::new();
        for query in [
            "select * from pg_stat_activity",
            "select * from pg_listening_channels()",
            "select * from pg_settings",
            "select * from pg_locks",
            "select * from pg_prepared_statements",
            "select pg_get_functiondef(oid) from pg_proc where pronamespace = 'cs'::regnamespace and prokind = 'f'",
            "select prosrc, proargdefaults::text from pg_proc where pronamespace = 'cs'::regnamespace",
            "select pg_get_triggerdef(oid) from pg_trigger",
            "select pg_get_expr(adbin, adrelid) from pg_attrdef",
            "select * from pg_description",
            "select * from pg_stats",
            "select * from pg_stat_user_tables",
        ] {
            told.push_str(&text_of(&client.simple_query(query).unwrap()));
        }
        assert!(
            told.contains("cs-gateway events"),
            "the gateway's session is seen"
        );
        // what a writer sees of their own notification
        let _ = client.batch_execute(
            "set client_min_messages = debug5; set trace_notify = on; set debug_print_plan = on",
        );
        let _ = client.batch_execute(
            "update cs.accounts set crm_attributes = crm_attributes || '{\"industry\": \"c\"}'",
        );
        for attempt in [
            "select * from cs.event_channel",
            "table cs.event_channel",
            "select cs.listen_to_events()",
            "insert into cs.event_channel (name) values ('x')",
            "update cs.event_channel set name = name",
        ] {
            let refused = client.simple_query(attempt).unwrap_err();
            assert_eq!(
                refused.as_db_error().unwrap().code().code(),
                "42501",
                "{attempt}"
            );
            told.push_str(&format!("{refused:?}"));
        }
        assert!(!told.contains(&name), "{role} learns it");
    }
    assert_eq!(
        stream.topic("accounts")["actor"],
        scene.tenant(0).people[ADMIN].as_str()
    );
    let notices = notices.lock().unwrap().clone();
    assert!(notices.contains("DEBUG"), "nothing was traced");
    assert!(!notices.contains(&name), "a trace tells it");
    // the gateway's own log-in role hears, and has no name to read either
    let mut gateway = cluster::connect(
        scene.world.database.port,
        &scene.world.database.name,
        "cs_web",
    )
    .unwrap();
    gateway
        .batch_execute("select cs.listen_to_events()")
        .unwrap();
    assert!(gateway.batch_execute("table cs.event_channel").is_err());
    let activity = text_of(
        &gateway
            .simple_query("select query from pg_stat_activity")
            .unwrap(),
    );
    assert!(activity.contains("listen_to_events") && !activity.contains(&name));
}

/// A new table cannot be forgotten.
#[test]
fn every_table_of_a_tenant_is_told_of_or_is_here_with_its_reason() {
    const SILENT: &[(&str, &str)] = &[
        ("usage_metrics", "changes a score, which is told"),
        ("deleted_accounts", "follow an account, which is told"),
        ("unknown_usage", "read when a page opens"),
        ("usage_daily", "sums of what changes a score"),
        ("usage_daily_changes", "the worker's own work"),
        ("told_moments", "when an account was told of, which is told"),
        ("health_norms", "changes scores, which are told"),
        ("worker_failures", "the worker's own work"),
        ("health_dirty", "the worker's own work"),
        ("health_passes", "the worker's own work"),
        ("playbook_versions", "follow a playbook, which is told"),
        ("playbook_entries", "the worker's own work"),
        ("webhook_attempts", "follow a delivery, which is told"),
        ("webhook_breakers", "the worker's own work"),
        ("playbook_passes", "the worker's own work"),
        ("database_logins", "read when a page opens"),
        ("offered_roles", "made by superusers"),
        ("password_resets", "read by nobody"),
        ("audit_log", "repeats what was told"),
        ("saved_views", "read when a page opens"),
        ("user_preferences", "one's own"),
        ("users", "has no tenant; profiles and sessions are told"),
        ("schema_versions", "the installer's"),
        ("installation", "the installer's"),
        ("event_channel", "the installer's"),
    ];
    let database = stack::database().unwrap();
    let mut client = database.connect().unwrap();
    let rows = client
        .query(
            "select c.relname::text, count(t.oid) from pg_class c
               left join pg_trigger t on t.tgrelid = c.oid and t.tgname like 't95\\_%'
              where c.relnamespace = 'cs'::regnamespace and c.relkind in ('r', 'p')
              group by c.relname order by c.relname",
            &[],
        )
        .unwrap();
    for row in rows {
        let (table, triggers): (String, i64) = (row.get(0), row.get(1));
        let silent = SILENT.iter().any(|(name, _)| *name == table);
        // What is purged from the queue is told to nobody.
        let whole = if table == "webhook_queue" { 2 } else { 3 };
        assert!(
            silent == (triggers == 0) && triggers % whole == 0,
            "{table} has {triggers} event triggers (sql/again/82_events.sql)"
        );
    }
}
