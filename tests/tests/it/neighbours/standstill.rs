//! What stands still of the daily pass is shown without a gap and logged once, until it goes on.

use super::Neighbours;
use crate::support::wait_within;
use cs_tests::stack;
use std::collections::BTreeMap;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Passes are looked for every twenty seconds, and a step that fails rests up to fifteen.
const NEXT_PASS: Duration = Duration::from_secs(90);
/// Long enough for two more looks.
const WATCHED: Duration = Duration::from_secs(50);
const PAUSE: Duration = Duration::from_millis(200);

/// Tenant, the step that fails, and what is said about it.
const FAILING: [(&str, &str, &str); 3] = [
    ("held", "daily pass", "lock timeout"),
    ("refused", "daily pass", "not today"),
    ("unmeasured", "norms", "nothing is usual here"),
];

/// The pass of "refused" cannot be written, nor the norms of "unmeasured".
const REFUSALS: &str = "
    create function public.refuse() returns trigger language plpgsql security definer as $$
    begin
        if new.tenant_id = (select id from cs.tenants where slug = tg_argv[0]) then
            raise exception '%', tg_argv[1];
        end if;
        return new;
    end $$;
    create trigger refuse before insert or update on cs.health_passes
        for each row execute function public.refuse('refused', 'not today');
    create trigger refuse before insert on cs.health_norms
        for each row execute function public.refuse('unmeasured', 'nothing is usual here');";
const DUE: &str = "
    begin;
    set local session_replication_role = replica;
    insert into cs.health_passes (tenant_id, passed_on)
    select id, current_date - 2 from cs.tenants
    on conflict (tenant_id) do update set passed_on = excluded.passed_on, passed_up_to = null;
    commit";
const FEATURES: &str = "
    insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata)
    select tenant_id, id, 'feature_usage', 1, '{\"feature\": \"Export\"}' from cs.accounts";
const FAILURES: &str =
    "select tenant, step, error, tries from cs.worker_status() where error is not null";
const PASSED: &str = "select bool_and(passed_on >= (now() at time zone 'UTC')::date)
    from cs.health_passes join cs.tenants on tenants.id = tenant_id where slug = any ('{good,unmeasured}')";

/// How often the steps that stand still were tried, by tenant and step.
fn read_failures(all: &mut Neighbours) -> BTreeMap<(String, String), (String, i32)> {
    let rows = all.admin.query(FAILURES, &[]).unwrap();
    rows.iter()
        .map(|row| ((row.get(0), row.get(1)), (row.get(2), row.get(3))))
        .collect()
}

fn find_lines(id: &str) -> Vec<String> {
    let log = stack::with_cluster(|cluster| Ok(std::fs::read_to_string(cluster.log())?));
    let log = log.unwrap();
    let lines = log
        .lines()
        .filter(|it| it.contains(id) && it.contains("stands still"));
    lines.map(str::to_owned).collect()
}

#[test]
fn a_pass_that_keeps_failing_is_shown_without_a_gap_and_logged_once() {
    let names = FAILING.map(|(tenant, ..)| tenant);
    let mut all = Neighbours::new(&[&names[..], &["good"]].concat(), 3);
    all.admin.batch_execute(FEATURES).unwrap();
    all.wait_scored("%");
    all.admin.batch_execute(REFUSALS).unwrap();
    all.admin.batch_execute(DUE).unwrap();
    let mut holder = all.database.connect().unwrap();
    let mut held = holder.transaction().unwrap();
    held.execute(
        "select from cs.health_passes where tenant_id = (select id from cs.tenants where slug = 'held') for update",
        &[],
    )
    .unwrap();
    let steps = FAILING.map(|(tenant, step, _)| (tenant.to_owned(), step.to_owned()));
    cs_tests::wait::until_true("all that stands still", NEXT_PASS, || {
        Ok(read_failures(&mut all).len() == FAILING.len())
    })
    .unwrap_or_else(|error| panic!("{error}: {:?}", read_failures(&mut all)));
    let before = read_failures(&mut all);
    let began = Instant::now();
    while began.elapsed() < WATCHED {
        let shown = read_failures(&mut all);
        let gaps = steps.iter().filter(|step| !shown.contains_key(*step));
        assert_eq!(gaps.count(), 0, "after {:?}: {shown:?}", began.elapsed());
        sleep(PAUSE);
    }
    let after = read_failures(&mut all);
    for (tenant, step, error) in FAILING {
        let key = (tenant.to_owned(), step.to_owned());
        assert!(after[&key].0.contains(error), "{after:?}");
        assert!(after[&key].1 > before[&key].1, "{before:?} {after:?}");
        let id = all.admin.query_one(
            "select id::text from cs.tenants where slug = $1",
            &[&tenant],
        );
        let lines = find_lines(id.unwrap().get(0));
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(
            lines[0].contains(step) && lines[0].contains(error),
            "{lines:?}"
        );
    }
    // Others, and a pass by what was usual before, are done meanwhile.
    wait_within(&mut all.admin, "the other passes", NEXT_PASS, PASSED);
    held.rollback().unwrap();
    all.admin
        .batch_execute("drop function public.refuse() cascade")
        .unwrap();
    wait_within(
        &mut all.admin,
        "everything going on again",
        NEXT_PASS,
        "select not exists (select from cs.worker_status() where error is not null)",
    );
    let open = "select count(*) = 0 from cs.health_passes
        where passed_on is null or passed_on < (now() at time zone 'UTC')::date";
    wait_within(&mut all.admin, "all passes", NEXT_PASS, open);
}
