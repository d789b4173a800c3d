//! What is usual: kept once a day by the worker, as the twin says, and used by every score from then on.

use std::time::Duration;

use cs_tests::wait;

use crate::support::{SOON, wait_for_worker};

use super::tenants::{any_accounts, computed_as_told, database, populate, refreshed_as_told};

#[test]
fn the_daily_pass_keeps_what_the_twin_finds_usual() {
    let (database, mut client) = database();
    wait_for_worker(&mut client, &database.name, SOON).unwrap();
    let mut work = client.transaction().unwrap();
    let variant = "jsonb_build_object('model', $model)";
    let tenant = populate(&mut work, "'Europe/Paris'", "now()", 120, 0.81, variant);
    work.commit().unwrap();
    // It is looked for every twenty seconds.
    let query = format!("select count(*) > 0 from cs.health_norms where tenant_id = '{tenant}'");
    wait::until_true("the daily pass", Duration::from_secs(90), || {
        Ok(client.query_one(&query, &[])?.get(0))
    })
    .unwrap();

    let mut work = client.transaction().unwrap();
    let mut text = |query: &str| -> String {
        let query = query.replace("$tenant", &tenant);
        work.query_one(&query, &[]).unwrap().get(0)
    };
    let taken_at = text("select taken_at::text from cs.health_norms where tenant_id = '$tenant'");
    text(&format!(
        "select twin.work_out('$tenant', '{taken_at}')::text"
    ));
    let line = "select format('%s, depth %s, %s accounts',
                              array(select distinct twin.fold(feature) from unnest(catalogue) as feature order by 1),
                              round(median_depth::numeric, 9), accounts)";
    assert_eq!(
        text(&format!(
            "{line} from cs.health_norms where tenant_id = '$tenant'"
        )),
        text(&format!("{line} from twin.norms_now"))
    );

    // From then on they are what all is measured by; before, what was usual then.
    for moment in [
        format!("timestamptz '{taken_at}' + interval '1 minute'"),
        format!("timestamptz '{taken_at}'"),
        format!("timestamptz '{taken_at}' - interval '1 microsecond'"),
    ] {
        computed_as_told(&mut work, &tenant, &any_accounts(&tenant, 10), &moment);
    }
}

#[test]
fn scores_are_measured_by_the_latest_norms_kept_by_then() {
    let (_database, mut client) = database();
    let norms = "jsonb_build_array(
        jsonb_build_object('taken_at', now() - interval '50 days', 'catalogue', '[\"f0\", \"F4\", \"É1\", \"é1\"]'::jsonb, 'median_depth', 0.5),
        jsonb_build_object('taken_at', now() - interval '20 days', 'catalogue', '[\" f1\", \"f2\", \"ghost\"]'::jsonb, 'median_depth', 3),
        jsonb_build_object('taken_at', now() - interval '1 day', 'catalogue', '[\"f9\", \"f3\", \"f2\"]'::jsonb, 'median_depth', 2.25)
    )";
    for (model, seed) in [
        ("'{}'::jsonb", 0.82),
        ("$model", 0.83),
        (
            r#"jsonb_build_object('key_features', '["F2", "f3 ", "é1", "nobody"]'::jsonb, 'feature_aliases', '{"F5": "f2", "É1": "f3"}'::jsonb)"#,
            0.84,
        ),
    ] {
        let mut work = client.transaction().unwrap();
        let variant = format!("jsonb_build_object('model', {model}, 'norms', {norms})");
        let tenant = populate(&mut work, "'Asia/Kolkata'", "now()", 100, seed, &variant);
        refreshed_as_told(&mut work, &tenant);
        for days in [1, 20, 49, 60] {
            let moment = format!("now() - interval '{days} days'");
            computed_as_told(&mut work, &tenant, &any_accounts(&tenant, 8), &moment);
        }
    }
}
