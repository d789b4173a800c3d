//! What a session remembers of configuration ends with the commit of another: the next statement goes by what is true then.

use cs_tests::database::Database;
use cs_tests::stack;
use postgres::Client;

use crate::support::number;

/// A tenant with three accounts, and one who moves them. Returns the id of the mover.
fn prepare(admin: &mut Client) -> String {
    admin
        .batch_execute(
            "insert into cs.tenants (slug, name) values ('acme', 'Acme');
             insert into cs.users (email) values ('mover@acme.com');
             insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Mover', 'Practitioner' from cs.tenants as tenant, cs.users as person;
             insert into cs.accounts (tenant_id, name)
             select id, 'Account ' || number from cs.tenants, generate_series(1, 3) as number",
        )
        .unwrap();
    admin
        .query_one("select id::text from cs.users", &[])
        .unwrap()
        .get(0)
}

/// Moves all accounts there and back, so that the session remembers whatever a move asks for.
fn warm_up(client: &mut Client) {
    for stage in ["Adoption", "Renewal", "Onboarding"] {
        enter(client, stage).unwrap();
    }
}

fn enter(client: &mut Client, stage: &str) -> Result<u64, postgres::Error> {
    client.execute("update cs.accounts set current_stage = $1", &[&stage])
}

fn database() -> (Database, Client) {
    let database = stack::database().unwrap();
    let admin = database.connect().unwrap();
    (database, admin)
}

const WAIT_FOR_RENEWAL: &str = r#"insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url, cooldown_minutes)
    select id, 'Renewal', '{"event": {"kind": "stage_enter", "stage": "Renewal"}}', 'https://receiver.test/hook', 0
    from cs.tenants"#;
const RUNS: &str = "select count(*) from cs.playbook_executions where result = 'fired'";

#[test]
fn a_playbook_waits_from_its_commit_to_its_pause() {
    let (database, mut admin) = database();
    let mover = prepare(&mut admin);
    let mut member = database.connect_member(&mover).unwrap();
    warm_up(&mut member);

    admin.batch_execute(WAIT_FOR_RENEWAL).unwrap();
    enter(&mut member, "Renewal").unwrap();
    assert_eq!(number(&mut admin, RUNS), 3);

    admin
        .batch_execute("update cs.playbooks set paused_at = now()")
        .unwrap();
    warm_up(&mut member);
    assert_eq!(number(&mut admin, RUNS), 3);

    // In one open transaction of the member too.
    let mut work = member.transaction().unwrap();
    work.execute("update cs.accounts set current_stage = 'Adoption'", &[])
        .unwrap();
    admin
        .batch_execute("update cs.playbooks set paused_at = null")
        .unwrap();
    work.execute("update cs.accounts set current_stage = 'Renewal'", &[])
        .unwrap();
    work.commit().unwrap();
    assert_eq!(number(&mut admin, RUNS), 6);
}

#[test]
fn who_writes_configuration_goes_by_it_at_once_and_no_longer_after_a_rollback() {
    let (_database, mut admin) = database();
    prepare(&mut admin);
    warm_up(&mut admin);
    let mut work = admin.transaction().unwrap();
    work.batch_execute(WAIT_FOR_RENEWAL).unwrap();
    work.execute("update cs.accounts set current_stage = 'Renewal'", &[])
        .unwrap();
    let ran: i64 = work.query_one(RUNS, &[]).unwrap().get(0);
    assert_eq!(ran, 3);
    work.rollback().unwrap();
    warm_up(&mut admin);
    assert_eq!(number(&mut admin, RUNS), 0);

    let mut work = admin.transaction().unwrap();
    let mut inner = work.savepoint("before").unwrap();
    inner.batch_execute(WAIT_FOR_RENEWAL).unwrap();
    inner.rollback().unwrap();
    work.execute("update cs.accounts set current_stage = 'Renewal'", &[])
        .unwrap();
    work.commit().unwrap();
    assert_eq!(number(&mut admin, RUNS), 0);
}

#[test]
fn a_transaction_with_an_old_snapshot_leaves_nothing_behind() {
    let (database, mut admin) = database();
    let mover = prepare(&mut admin);
    let mut member = database.connect_member(&mover).unwrap();
    let mut work = member
        .build_transaction()
        .isolation_level(postgres::IsolationLevel::RepeatableRead)
        .start()
        .unwrap();
    work.query("select from cs.accounts", &[]).unwrap();
    admin.batch_execute(WAIT_FOR_RENEWAL).unwrap();
    // It still sees no playbook.
    work.execute("update cs.accounts set current_stage = 'Adoption'", &[])
        .unwrap();
    work.execute("update cs.accounts set current_stage = 'Renewal'", &[])
        .unwrap();
    work.commit().unwrap();
    assert_eq!(number(&mut admin, RUNS), 0);
    warm_up(&mut member);
    assert_eq!(number(&mut admin, RUNS), 3);
}

#[test]
fn a_stage_has_its_new_name_and_order_at_once() {
    let (database, mut admin) = database();
    let mover = prepare(&mut admin);
    let mut member = database.connect_member(&mover).unwrap();
    warm_up(&mut member);
    admin
        .batch_execute("update cs.journey_stages set name = 'Renewing' where name = 'Renewal'")
        .unwrap();
    let refused = enter(&mut member, "Renewal").unwrap_err();
    assert_eq!(refused.code().unwrap().code(), "22023");
    enter(&mut member, "Renewing").unwrap();
    admin
        .batch_execute("update cs.journey_stages set is_active = false where name = 'Adoption'")
        .unwrap();
    let refused = enter(&mut member, "Adoption").unwrap_err();
    assert_eq!(refused.code().unwrap().code(), "22023");
    let history =
        "select count(*) from cs.journey_history where exited_at is null and to_stage = 'Renewing'";
    assert_eq!(number(&mut admin, history), 3);
}

#[test]
fn who_is_switched_off_sees_nothing_from_then_on_however_that_was_written() {
    let (database, mut admin) = database();
    let mover = prepare(&mut admin);
    let mut member = database.connect_member(&mover).unwrap();
    let mut sees = |count: i64| {
        assert_eq!(
            number(&mut member, "select count(*) from cs.accounts"),
            count
        );
    };
    sees(3);
    for (table, before, after) in [
        ("profiles", "", ""),
        ("users", "", ""),
        ("tenants", "", ""),
        (
            "profiles",
            "set session_replication_role = replica",
            "set session_replication_role = origin",
        ),
        (
            "profiles",
            "alter table cs.profiles disable trigger all",
            "",
        ),
    ] {
        for (is_active, count) in [(false, 0), (true, 3)] {
            admin
                .batch_execute(&format!(
                    "{before}; update cs.{table} set is_active = {is_active}; {after}"
                ))
                .unwrap();
            sees(count);
        }
    }
}

#[test]
fn criteria_of_milestones_and_caps_count_from_their_commit() {
    let (database, mut admin) = database();
    prepare(&mut admin);
    let mut mover = database.connect().unwrap();
    warm_up(&mut mover);
    admin
        .batch_execute(
            r#"insert into cs.stage_milestones (tenant_id, stage_id, title, criteria)
               select tenant_id, id, 'There', '{"field": "name", "op": "eq", "value": "Account 1"}'
               from cs.journey_stages where name = 'Renewal';
               insert into cs.health_models (tenant_id, caps)
               select id, '[{"when": {"field": "stage", "op": "eq", "value": "Renewal"}, "max": "at_risk", "reason": "x"}]'
               from cs.tenants;
               delete from cs.health_dirty"#,
        )
        .unwrap();
    let mut work = mover.transaction().unwrap();
    work.execute("update cs.accounts set current_stage = 'Renewal'", &[])
        .unwrap();
    for (table, count) in [("account_milestones", 1), ("health_dirty", 3)] {
        let query = format!("select count(distinct account_id) from cs.{table}");
        let found: i64 = work.query_one(&query, &[]).unwrap().get(0);
        assert_eq!(found, count, "{table}");
    }
    work.rollback().unwrap();
}
