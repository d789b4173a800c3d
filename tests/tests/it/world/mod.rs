//! Two tenants, Left and Right, whose every text carries a marker and a number: `lqzleft17z` is Left's,
//! `rqzright17z` Right's.
//! Whatever shows the other's marker has leaked.

mod filler;
pub mod tables;

use crate::support::wait_sql;
use cs_tests::database::Database;
use cs_tests::stack;
use postgres::{Client, SimpleQueryMessage};

/// Left's and Right's. Long enough not to turn up in a random token by chance, even in a million of them.
pub const MARKERS: [&str; 2] = ["lqzleft", "rqzright"];

/// Views with rows only where something is out of the ordinary: families whose parent's ARR includes its children's, moves taken
/// back, feeds that are out, tasks of one's own.
pub const MOSTLY_EMPTY: [&str; 5] = [
    "family_places",
    "child_arr_history",
    "lost_stays",
    "feed_outages",
    "my_tasks",
];

/// In the order of a tenant's `people`.
pub const MEMBER_ROLES: [&str; 4] = ["Tenant Admin", "Practitioner", "Contributor", "Viewer"];

#[derive(Debug, Clone)]
pub struct Tenant {
    pub id: String,
    pub marker: &'static str,
    /// User ids, one per member role.
    pub people: Vec<String>,
    /// A database role linked to the Tenant Admin.
    pub analyst: String,
}

impl Tenant {
    /// What states one of its people, for a superuser or the gateway.
    pub fn identity(&self, person: usize) -> String {
        format!(
            "set local app.current_user_id = '{}'; set local app.current_tenant_id = '{}'",
            self.people[person], self.id
        )
    }
}

#[derive(Debug)]
pub struct World {
    pub tenants: [Tenant; 2],
    /// A role that is in cs_member, and nobody.
    pub bare: String,
    pub database: Database,
}

impl World {
    pub fn new() -> Self {
        Self::inside(stack::database().unwrap())
    }

    /// In an empty clone of the template.
    pub fn inside(database: Database) -> Self {
        let mut client = database.connect().unwrap();
        let tenants = MARKERS.map(|marker| make_tenant(&mut client, &database.name, marker));
        let bare = format!("bare_{}", database.name);
        client
            .batch_execute(&format!("create role {bare} login in role cs_member"))
            .unwrap();
        for tenant in &tenants {
            filler::fill_and_mark(&mut client, tenant);
        }
        wait_sql(
            &mut client,
            "the worker, where there is one, has computed what is new",
            "select not exists (select from pg_stat_activity where backend_type = 'customer_success launcher')
                or not exists (select from cs.health_dirty)
                and (select count(*) from cs.health_passes where passed_on >= (now() at time zone 'UTC')::date) = 2",
        );
        Self {
            tenants,
            bare,
            database,
        }
    }

    /// With the sample beside it, whose password is everybody's; and a superuser's connection.
    pub fn that_signs_in() -> (Self, Client) {
        let world = Self::new();
        world
            .database
            .load_sample_data("http://127.0.0.1:9")
            .unwrap();
        let mut admin = world.database.connect().unwrap();
        admin
            .batch_execute(
                "update cs.users set encrypted_password =
                     (select encrypted_password from cs.users where email = 'bob@acme.com')",
            )
            .unwrap();
        (world, admin)
    }
}

fn make_tenant(client: &mut Client, database: &str, marker: &'static str) -> Tenant {
    let m = marker;
    let id: String = client
        .query_one(
            &format!(
                "insert into cs.tenants (slug, name) values ('{m}1z', '{m}2z') returning id::text"
            ),
            &[],
        )
        .unwrap()
        .get(0);
    let people: Vec<String> = (0..MEMBER_ROLES.len())
        .map(|n| {
            let row = client.query_one(
                &format!(
                    "with person as (
                         insert into cs.users (email, encrypted_password) values ('{m}3{n}z@x.test', '{m}4{n}z') returning id
                     )
                     insert into cs.profiles (tenant_id, user_id, full_name, role)
                     select '{id}', id, '{m}5{n}z', '{}' from person returning user_id::text",
                    MEMBER_ROLES[n]
                ),
                &[],
            );
            row.unwrap().get(0)
        })
        .collect();
    let (admin, contributor, viewer) = (&people[0], &people[2], &people[3]);
    let analyst = format!("analyst_{m}_{database}");
    client
        .batch_execute(&format!(
            "update cs.journey_stages s set name = '{m}6' || s.display_order || 'z' where tenant_id = '{id}';
             insert into cs.playbooks (tenant_id, name, description, trigger_criteria, webhook_url, headers)
             select '{id}', '{m}7' || kind.n || 'z', '{m}8' || kind.n || 'z', kind.criteria::jsonb,
                    'https://{m}9z.test/' || kind.n, '{{\"x-note\": \"{m}10z\"}}'
               from (values (1, '{{\"event\": {{\"kind\": \"health_drop\", \"threshold\": 40}}}}'),
                            (2, '{{\"event\": {{\"kind\": \"stage_enter\"}}}}')) as kind (n, criteria);
             insert into cs.accounts (tenant_id, name, external_id, crm_attributes, csm_id)
             select '{id}', '{m}11' || n || 'z', '{m}12' || n || 'z',
                    jsonb_build_object('arr', n * 1000, 'industry', '{m}13' || n || 'z', 'contract_end_date', '2030-01-0' || n),
                    case when n <= 2 then '{contributor}'::uuid end
               from generate_series(1, 4) as n;
             insert into cs.accounts (tenant_id, name, parent_id)
             select '{id}', '{m}115z', parent.id from cs.accounts parent where tenant_id = '{id}' and name = '{m}111z';
             insert into cs.account_members (tenant_id, account_id, user_id)
             select tenant_id, id, '{viewer}' from cs.accounts where tenant_id = '{id}' and name = '{m}113z';
             insert into cs.stage_milestones (tenant_id, stage_id, title, description, is_required)
             select tenant_id, id, '{m}16z', '{m}17z', false from cs.journey_stages where tenant_id = '{id}' and display_order = 1;
             insert into cs.account_milestones (tenant_id, account_id, milestone_id, state, reason)
             select account.tenant_id, account.id, milestone.id, 'waived', '{m}18z'
               from cs.accounts account join cs.stage_milestones milestone using (tenant_id)
              where account.tenant_id = '{id}' and account.name = '{m}111z';
             insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, event_id)
             select tenant_id, id, 'logins', 7, '{{\"feature\": \"{m}14z\"}}', '{m}15' || name from cs.accounts where tenant_id = '{id}';
             insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, event_id)
             select tenant_id, id, 'feature_usage', 3, '{{\"feature\": \"{m}14z\"}}', '{m}15f' || name from cs.accounts where tenant_id = '{id}';
             insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, 30 from cs.accounts where tenant_id = '{id}';
             insert into cs.activities (tenant_id, account_id, kind, body, created_by)
             select tenant_id, id, 'task', '{m}21' || name, '{contributor}' from cs.accounts where tenant_id = '{id}';
             insert into cs.saved_views (tenant_id, owner_id, page, name, is_shared)
             values ('{id}', '{admin}', 'accounts', '{m}22z', true), ('{id}', '{contributor}', 'accounts', '{m}23z', false);
             insert into cs.custom_fields (tenant_id, key, label, type, description)
             values ('{id}', '{m}24z', '{m}25z', 'text', '{m}26z');
             insert into cs.contacts (tenant_id, account_id, full_name, email)
             select tenant_id, id, '{m}27' || name, '{m}28z@x.test' from cs.accounts where tenant_id = '{id}';
             select cs.open_session('{admin}', '{id}', now() + interval '1 day');
             create role {analyst} login;
             select cs.link_database_role('{analyst}', '{m}30z@x.test')"
        ))
        .unwrap();
    Tenant {
        id,
        marker,
        people,
        analyst,
    }
}

/// All that a statement answers, as text.
pub fn text_of(messages: &[SimpleQueryMessage]) -> String {
    let mut text = String::new();
    for message in messages {
        if let SimpleQueryMessage::Row(row) = message {
            for column in 0..row.len() {
                text.push_str(row.get(column).unwrap_or("NULL"));
                text.push('|');
            }
            text.push('\n');
        }
    }
    text
}

/// Relation by relation, the columns that a role may read.
pub fn readable(client: &mut Client, role: &str) -> Vec<(String, Vec<String>)> {
    let rows = client.query(
        "select c.relname::text, array_agg(t.attname::text order by t.attnum)
           from pg_class c join pg_attribute t on t.attrelid = c.oid and t.attnum > 0 and not t.attisdropped
          where c.relnamespace = 'cs'::regnamespace and c.relkind in ('r', 'p', 'v')
            and has_column_privilege($1, c.oid, t.attnum, 'select')
          group by c.relname order by c.relname",
        &[&role],
    );
    rows.unwrap()
        .iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect()
}
