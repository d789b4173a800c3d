//! Row security as it arrives over HTTP: every view read and every function called as each role of two tenants, with the
//! ids of the other. Nothing of the other's is shown, nothing of it changes, and nothing breaks.

use std::collections::BTreeSet;

use cs_tests::gateway::{Gateway, http_client};
use postgres::Client;
use reqwest::blocking::{Client as Http, RequestBuilder};
use reqwest::header::ORIGIN;
use serde_json::{Map, Value, json};

use crate::events::sign_in;
use crate::world::{MEMBER_ROLES, Tenant, World, readable, tables};

/// Sessions come and go with log-ins, and what the worker has to do with the worker; the rest of a tenant stays as it is while
/// others are at work.
const RESTLESS: [&str; 3] = ["sessions", "usage_daily_changes", "worker_failures"];

/// A function as the catalogue has it: names and types of what goes in.
struct Function {
    name: String,
    arguments: Vec<(String, String)>,
    stable: bool,
}

fn functions(admin: &mut Client) -> Vec<Function> {
    let rows = admin.query(
        "select p.proname::text, coalesce(p.proargnames[1:p.pronargs], '{}'),
                array(select format_type(kind, null) from unnest(p.proargtypes) with ordinality as a (kind, n) order by n),
                p.provolatile <> 'v'
           from pg_proc p
          where p.pronamespace = 'cs'::regnamespace and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
            and has_function_privilege('cs_member', p.oid, 'execute')
          order by p.proname, p.pronargs",
        &[],
    );
    let function = |row: &postgres::Row| {
        let (names, kinds): (Vec<String>, Vec<String>) = (row.get(1), row.get(2));
        Function {
            name: row.get(0),
            arguments: names.into_iter().zip(kinds).collect(),
            stable: row.get(3),
        }
    };
    rows.unwrap().iter().map(function).collect()
}

/// One id of each kind that functions ask for.
fn ids_of(admin: &mut Client, tenant: &Tenant) -> Vec<String> {
    let mut ids = vec![
        tenant.id.clone(),
        tenant.people[0].clone(),
        tenant.people[3].clone(),
    ];
    for table in tables::all(admin).iter().filter(|table| !table.is_view) {
        let has = |name| table.columns.iter().any(|column| column.name == name);
        if has("id") && has("tenant_id") {
            let one = format!(
                "select id::text from cs.{} where tenant_id = '{}' order by id limit 1",
                table.name, tenant.id
            );
            ids.extend(
                admin
                    .query_opt(&one, &[])
                    .unwrap()
                    .map(|row| row.get::<_, String>(0)),
            );
        }
    }
    ids
}

/// Every uuid that stands in a tenant's rows.
fn all_ids(admin: &mut Client, tenant: &Tenant) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for table in tables::all(admin).iter().filter(|table| !table.is_view) {
        let Some(rows) = table.rows_of(&tenant.id) else {
            continue;
        };
        for column in table.columns.iter().filter(|column| column.kind == "uuid") {
            let (name, table) = (&column.name, &table.name);
            let values = format!(
                "select distinct {name}::text from cs.{table} where {rows} and {name} is not null"
            );
            all.extend(
                admin
                    .query(&values, &[])
                    .unwrap()
                    .iter()
                    .map(|row| row.get::<_, String>(0)),
            );
        }
    }
    all
}

/// What all of a tenant's rows come to.
fn sum_of(admin: &mut Client, tenant: &Tenant) -> Vec<(String, String)> {
    let mut sums = Vec::new();
    for table in tables::all(admin) {
        if table.is_view || RESTLESS.contains(&table.name.as_str()) {
            continue;
        }
        if let Some(rows) = table.rows_of(&tenant.id) {
            let sum = format!(
                "select coalesce(md5(string_agg(it::text, '|' order by it::text)), '') from cs.{} as it where {rows}",
                table.name
            );
            let sum = admin.query_one(&sum, &[]).unwrap().get(0);
            sums.push((table.name, sum));
        }
    }
    sums
}

/// The uuids that stand in a text.
fn uuids(text: &str) -> impl Iterator<Item = &str> {
    let hyphens = |it: &str| {
        [8, 13, 18, 23]
            .iter()
            .all(|place| it.as_bytes()[*place] == b'-')
    };
    (0..text.len().saturating_sub(35))
        .filter_map(|start| text.get(start..start + 36))
        .filter(move |it| {
            hyphens(it)
                && it
                    .bytes()
                    .all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
        })
}

/// As it stands in a query.
fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// One person of a tenant who looks for the other tenant.
struct Seeker<'a> {
    http: Http,
    url: &'a str,
    cookie: String,
    who: String,
    foreign_marker: &'a str,
    foreign: &'a BTreeSet<String>,
    found: Vec<String>,
}

impl Seeker<'_> {
    /// The answer, once it is clear that nothing foreign is in it but what was sent.
    fn send(&mut self, what: &str, sent: &str, request: RequestBuilder) -> String {
        let answer = request
            .header("cookie", &self.cookie)
            .header(ORIGIN, self.url)
            .send()
            .unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().unwrap();
        let who = &self.who;
        if status >= 500 {
            self.found
                .push(format!("{who}: {what} {sent} answers {status}: {text}"));
        }
        if text.contains(self.foreign_marker) && !sent.contains(self.foreign_marker) {
            self.found
                .push(format!("{who}: {what} {sent} shows a text: {text}"));
        }
        for id in uuids(&text).filter(|id| self.foreign.contains(*id) && !sent.contains(id)) {
            self.found
                .push(format!("{who}: {what} {sent} shows the id {id}"));
        }
        text
    }

    fn read(&mut self, view: &str) -> String {
        let request = self
            .http
            .get(format!("{}/rest/v1/{view}?limit=10000", self.url));
        self.send(view, "", request)
    }

    fn call(&mut self, function: &Function, arguments: &Map<String, Value>) {
        let sent = Value::Object(arguments.clone()).to_string();
        let url = format!("{}/rest/v1/rpc/{}", self.url, function.name);
        let request = self.http.post(&url).json(arguments);
        self.send(&function.name, &sent, request);
        if function.stable {
            let text = |value: &Value| {
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
            };
            let pairs: Vec<String> = arguments
                .iter()
                .map(|(name, value)| format!("{name}={}", encoded(&text(value))))
                .collect();
            let request = self.http.get(format!("{url}?{}", pairs.join("&")));
            self.send(&function.name, &sent, request);
        }
    }
}

/// What an argument is given when everything is about this id.
fn value(kind: &str, id: &str) -> Value {
    match kind {
        "uuid" => json!(id),
        "uuid[]" => json!([id]),
        "text" => json!(id),
        "text[]" => json!([id]),
        "integer" | "bigint" | "numeric" | "double precision" => json!(1),
        "boolean" => json!(true),
        "timestamp with time zone" => json!("2026-01-01T00:00:00Z"),
        "date" => json!("2026-01-01"),
        "jsonb" | "json" => json!({"id": id, "account_id": id, "parent_id": id, "csm_id": id}),
        _ => Value::Null,
    }
}

#[test]
fn nobody_sees_or_changes_the_other_tenant_over_http() {
    let (world, mut admin) = World::that_signs_in();
    let gateway = Gateway::start(&world.database).unwrap();
    let views: Vec<String> = readable(&mut admin, "cs_member")
        .into_iter()
        .map(|it| it.0)
        .collect();
    let functions = functions(&mut admin);
    assert!(views.len() > 15 && functions.len() > 30);
    let mut found = Vec::new();
    for side in 0..2 {
        let (own, other) = (&world.tenants[side], &world.tenants[1 - side]);
        let before = sum_of(&mut admin, other);
        let foreign: BTreeSet<String> = &all_ids(&mut admin, other) - &all_ids(&mut admin, own);
        let ids = ids_of(&mut admin, other);
        assert!(foreign.len() > 20 && ids.len() > 10);
        for (person, role) in MEMBER_ROLES.iter().enumerate() {
            let email = format!("{}3{person}z@x.test", own.marker);
            let mut seeker = Seeker {
                http: http_client().unwrap(),
                url: &gateway.url,
                cookie: sign_in(&gateway, &email),
                who: format!("{} of {}", role, own.marker),
                foreign_marker: other.marker,
                foreign: &foreign,
                found: Vec::new(),
            };
            let own_seen = views
                .iter()
                .filter(|view| seeker.read(view).contains(own.marker))
                .count();
            assert!(
                own_seen > 8,
                "{role} sees hardly anything of their own: {own_seen}"
            );
            for function in &functions {
                for id in &ids {
                    let arguments = function
                        .arguments
                        .iter()
                        .map(|(name, kind)| (name.clone(), value(kind, id)))
                        .collect();
                    seeker.call(function, &arguments);
                    if function.arguments.is_empty() {
                        break;
                    }
                }
            }
            found.extend(seeker.found);
        }
        let changed: Vec<_> = sum_of(&mut admin, other)
            .into_iter()
            .zip(before)
            .filter(|(now, before)| now != before)
            .map(|(now, _)| now.0)
            .collect();
        assert!(changed.is_empty(), "{} changed: {changed:?}", other.marker);
    }
    assert!(
        found.is_empty(),
        "{} findings:\n{}",
        found.len(),
        found.join("\n")
    );
}
