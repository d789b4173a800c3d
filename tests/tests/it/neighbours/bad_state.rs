//! A state of one tenant that nothing of ours would have let in stops that tenant's step alone, and is named.

use super::Neighbours;
use crate::support::{wait_sql, wait_within};
use std::collections::BTreeSet;
use std::time::Duration;

/// The daily pass is looked for every twenty seconds.
const NEXT_PASS: Duration = Duration::from_secs(90);

struct BadState {
    /// Short name of the tenant that gets it.
    tenant: &'static str,
    /// What a superuser does to it, past the triggers; `$it` is the tenant's id.
    breaks: &'static str,
    mends: &'static str,
    /// The step that stands still for it; empty where it has to work all the same.
    stops: &'static str,
}

const STATES: &[BadState] = &[
    BadState {
        tenant: "zone",
        breaks: r#"update cs.tenants set settings = '{"time_zone": "Mars/Olympus"}' where id = $it"#,
        mends: "update cs.tenants set settings = '{}' where id = $it",
        stops: "daily pass, health",
    },
    BadState {
        tenant: "zone-number",
        breaks: r#"update cs.tenants set settings = '{"time_zone": 7}' where id = $it"#,
        mends: "update cs.tenants set settings = '{}' where id = $it",
        // PostgreSQL reads it as an offset.
        stops: "",
    },
    BadState {
        tenant: "weights",
        breaks: r#"update cs.health_models set weights = '{"usage": "much"}' where tenant_id = $it"#,
        mends: r#"update cs.health_models set weights = '{"usage": 25, "engagement": 25, "support": 25, "adoption": 25}' where tenant_id = $it"#,
        stops: "health, norms",
    },
    BadState {
        tenant: "caps",
        breaks: r#"update cs.health_models set caps = '[{"when": 5, "max": "none"}]' where tenant_id = $it"#,
        mends: "update cs.health_models set caps = '[]' where tenant_id = $it",
        stops: "health, norms",
    },
    BadState {
        tenant: "no-model",
        breaks: "create table kept_model as select * from cs.health_models where tenant_id = $it;
                 delete from cs.health_models where tenant_id = $it",
        mends: "insert into cs.health_models select * from kept_model",
        // It scores by the model that a new tenant begins with.
        stops: "",
    },
    BadState {
        tenant: "milestone",
        breaks: r#"alter table cs.stage_milestones drop constraint if exists stage_milestones_criteria_check;
                 insert into cs.stage_milestones (tenant_id, stage_id, title, criteria)
                 select tenant_id, id, 'odd', '{"all": 3}' from cs.journey_stages
                 where tenant_id = $it and name = 'Onboarding'"#,
        mends: "delete from cs.stage_milestones where tenant_id = $it",
        stops: "health",
    },
    BadState {
        tenant: "playbook",
        breaks: r#"alter table cs.playbooks drop constraint if exists playbooks_trigger_criteria_check;
                 update cs.playbooks set trigger_criteria = '{"event": {"kind": "health_drop", "threshold": "forty"}}'
                 where tenant_id = $it"#,
        mends: r#"update cs.playbooks set trigger_criteria = '{"event": {"kind": "stage_enter"}}' where tenant_id = $it"#,
        stops: "",
    },
    BadState {
        tenant: "stage",
        breaks: "update cs.accounts set current_stage = 'Nirvana' where tenant_id = $it",
        mends: "update cs.accounts set current_stage = 'Onboarding' where tenant_id = $it",
        stops: "",
    },
    BadState {
        tenant: "circle",
        breaks: "update cs.accounts set parent_id = id where tenant_id = $it",
        mends: "update cs.accounts set parent_id = null where tenant_id = $it",
        stops: "",
    },
    BadState {
        tenant: "attributes",
        breaks: r#"update cs.accounts set crm_attributes = '{"seats": {"a": [1]}, "industry": 7}' where tenant_id = $it and name like '% 2'"#,
        mends: "update cs.accounts set crm_attributes = '{}' where tenant_id = $it",
        stops: "",
    },
    BadState {
        tenant: "metadata",
        breaks: r#"insert into cs.usage_metrics (tenant_id, account_id, id, metric_type, metric_value, metadata, recorded_at)
                 select tenant_id, id, gen_random_uuid(), 'support_tickets', 1, odd, now()
                 from cs.accounts, unnest(array['{"user_id": [3], "feature": 7}', '{"ticket_id": {}, "opened_at": "never", "csat": "x", "seats": -1}']::jsonb[]) as odd
                 where tenant_id = $it and name like '% 2'"#,
        mends: "delete from cs.usage_metrics where tenant_id = $it and metric_type = 'support_tickets'",
        stops: "",
    },
    BadState {
        tenant: "address",
        breaks: r#"update cs.playbooks set webhook_url = 'nowhere', webhook_secret = 'x', headers = '{"x": 5}' where tenant_id = $it"#,
        mends: "delete from cs.webhook_queue where tenant_id = $it; delete from cs.playbook_executions where tenant_id = $it;
                delete from cs.playbooks where tenant_id = $it",
        stops: "",
    },
];

/// Runs these for every state, past all triggers.
fn run_past_triggers(all: &mut Neighbours, statement: impl Fn(&BadState) -> &'static str) {
    for state in STATES {
        let tenant = format!(
            "(select id from cs.tenants where slug = '{}')",
            state.tenant
        );
        let statement = statement(state).replace("$it", &tenant);
        all.admin
            .batch_execute(&format!(
                "begin; set local session_replication_role = replica; {statement}; commit"
            ))
            .unwrap_or_else(|error| panic!("{}: {error:?}", state.tenant));
    }
}

/// Tenant and step of what stands still.
fn standing_still(all: &mut Neighbours) -> BTreeSet<(String, String)> {
    let query = "select distinct tenant, step from cs.worker_status() where error is not null";
    let rows = all.admin.query(query, &[]).unwrap();
    rows.iter().map(|row| (row.get(0), row.get(1))).collect()
}

fn expected() -> BTreeSet<(String, String)> {
    let steps = |state: &'static BadState| {
        let steps = state.stops.split(", ").filter(|it| !it.is_empty());
        steps.map(|step| (state.tenant.to_owned(), step.to_owned()))
    };
    STATES.iter().flat_map(steps).collect()
}

#[test]
fn bad_states_of_every_kind_stop_their_own_step_alone_and_are_named() {
    let names = STATES.iter().map(|it| it.tenant).chain(["good"]);
    let mut all = Neighbours::new(&names.collect::<Vec<_>>(), 3);
    run_past_triggers(&mut all, |state| state.breaks);
    all.admin
        .batch_execute(
            "insert into cs.health_passes (tenant_id, passed_on) select id, current_date - 2 from cs.tenants
             on conflict (tenant_id) do update set passed_on = current_date - 2, passed_up_to = null",
        )
        .unwrap();
    all.record_usage("%");
    all.wait_scored("good %");
    all.wait_delivered("good");
    let passed = "select passed_on >= (now() at time zone 'UTC')::date from cs.health_passes
        join cs.tenants on tenants.id = tenant_id where slug = 'good'";
    wait_within(&mut all.admin, "the daily pass", NEXT_PASS, passed);
    cs_tests::wait::until_true("what stands still, by name", NEXT_PASS, || {
        Ok(standing_still(&mut all) == expected())
    })
    .unwrap_or_else(|_| assert_eq!(standing_still(&mut all), expected()));
    for state in STATES.iter().filter(|state| state.stops.is_empty()) {
        all.wait_scored(&format!("{} %", state.tenant));
    }
    run_past_triggers(&mut all, |state| state.mends);
    wait_within(
        &mut all.admin,
        "everything going on again",
        NEXT_PASS,
        "select not exists (select from cs.worker_status() where error is not null)",
    );
    // Nobody has to mark anything.
    wait_within(
        &mut all.admin,
        "all scores",
        NEXT_PASS,
        "select count(*) = count(health.overall_score)
         from cs.accounts left join cs.health_current as health on health.account_id = accounts.id",
    );
}

#[test]
fn the_log_names_what_stands_still_and_once() {
    let mut all = Neighbours::new(&["bad", "good"], 2);
    all.admin
        .batch_execute(
            "set session_replication_role = replica;
             update cs.tenants set settings = '{\"time_zone\": \"Mars/Valles\"}' where slug = 'bad';
             set session_replication_role = origin",
        )
        .unwrap();
    all.record_usage("%");
    wait_within(
        &mut all.admin,
        "several tries",
        NEXT_PASS,
        "select coalesce(max(tries), 0) > 2 from cs.worker_status()",
    );
    let id: String = all
        .admin
        .query_one("select id::text from cs.tenants where slug = 'bad'", &[])
        .unwrap()
        .get(0);
    let log = cs_tests::stack::with_cluster(|cluster| Ok(std::fs::read_to_string(cluster.log())?));
    let log = log.unwrap();
    let lines = log
        .lines()
        .filter(|line| line.contains(&id) && line.contains("stands still"));
    let lines = lines.collect::<Vec<_>>();
    // Two accounts, and the daily pass.
    assert!((1..=3).contains(&lines.len()), "{lines:#?}");
    assert!(
        lines.iter().all(|line| line.contains("Mars/Valles")),
        "{lines:#?}"
    );
    // Who may not monitor the server is not told.
    let mut linked = all.linked_admin("good");
    let error = linked
        .query("select * from cs.worker_status()", &[])
        .unwrap_err();
    assert_eq!(
        error.code(),
        Some(&postgres::error::SqlState::INSUFFICIENT_PRIVILEGE)
    );
    wait_sql(
        &mut all.admin,
        "a monitor's view",
        "select has_function_privilege('pg_monitor', 'cs.worker_status()', 'execute')",
    );
}
