//! No tenant, and no stranger, slows, stops or starves another: each does its worst while the others are watched.

// States that nothing of ours would have let in.
mod bad_state;
// What a tenant holds of its own rows.
mod held_rows;
// What a linked role may do with its own session.
mod linked_roles;
mod locks;
// What stands still is shown and logged for as long as it does, once.
mod standstill;

use crate::support::{SOON, wait_for_worker, wait_sql};
use cs_tests::database::Database;
use cs_tests::receiver::Receiver;
use cs_tests::stack;
use postgres::Client;

/// Some tenants, called by their short name, each with a Tenant Admin, accounts called "<name> 1" and so on, and a playbook that
/// posts every move to "/<name>".
struct Neighbours {
    database: Database,
    receiver: Receiver,
    admin: Client,
}

impl Neighbours {
    fn new(names: &[&str], accounts: u32) -> Self {
        Self::inside(stack::database().unwrap(), names, accounts)
    }

    fn inside(database: Database, names: &[&str], accounts: u32) -> Self {
        let receiver = Receiver::start(0, None).unwrap();
        let mut admin = database.connect().unwrap();
        wait_for_worker(&mut admin, &database.name, SOON).unwrap();
        database.confirm_webhooks().unwrap();
        for name in names {
            admin
                .batch_execute(&format!(
                    "insert into cs.tenants (slug, name) values ('{name}', '{name}');
                     insert into cs.users (email) values ('admin@{name}.test');
                     insert into cs.profiles (tenant_id, user_id, full_name, role)
                     select tenant.id, person.id, 'Admin of {name}', 'Tenant Admin'
                     from cs.tenants as tenant, cs.users as person
                     where slug = '{name}' and email = 'admin@{name}.test';
                     insert into cs.accounts (tenant_id, name)
                     select id, '{name} ' || number from cs.tenants, generate_series(1, {accounts}) as number
                     where slug = '{name}';
                     insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, cooldown_minutes)
                     select id, 'moves', '{{\"event\": {{\"kind\": \"stage_enter\"}}}}', '{}/{name}', 0
                     from cs.tenants where slug = '{name}'",
                    receiver.url()
                ))
                .unwrap();
        }
        Self {
            database,
            receiver,
            admin,
        }
    }

    /// A database role that is linked to the Tenant Admin of this tenant, with a connection of its own.
    fn linked_admin(&mut self, name: &str) -> Client {
        let role = format!("{name}_{}", self.database.name);
        self.admin
            .batch_execute(&format!(
                "create role {role} login;
                 select cs.link_database_role('{role}', 'admin@{name}.test')"
            ))
            .unwrap();
        self.database.connect_as(&role).unwrap()
    }

    fn record_usage(&mut self, like: &str) {
        self.admin
            .batch_execute(&format!(
                "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at)
                 select tenant_id, id, 'logins', 2, now() - day * interval '1 day'
                 from cs.accounts, generate_series(0, 20) as day where name like '{like}'"
            ))
            .unwrap();
    }

    /// All accounts of this name have a score.
    fn wait_scored(&mut self, like: &str) {
        wait_sql(
            &mut self.admin,
            &format!("the scores of {like}"),
            &format!(
                "select count(*) = count(health.overall_score)
                 from cs.accounts left join cs.health_current as health on health.account_id = accounts.id
                 where accounts.name like '{like}'"
            ),
        );
    }

    fn move_to(&mut self, account: &str, stage: &str) {
        self.admin
            .batch_execute(&format!(
                "update cs.accounts set current_stage = '{stage}' where name = '{account}'"
            ))
            .unwrap();
    }

    /// Moves an account there and back, and waits for both deliveries.
    fn wait_delivered(&mut self, name: &str) {
        let path = format!("/{name}");
        let before = self.delivered(&path);
        for stage in ["Adoption", "Onboarding"] {
            self.move_to(&format!("{name} 1"), stage);
        }
        self.receiver
            .wait(before + 2, SOON, |request| request.path == path)
            .unwrap();
    }

    fn delivered(&self, path: &str) -> usize {
        let all = self.receiver.requests();
        all.iter().filter(|request| request.path == path).count()
    }
}
