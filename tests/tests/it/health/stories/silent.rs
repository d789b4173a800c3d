//! Customers of whom one hears nothing, or nothing yet.

use crate::health::expected::Expected;
use crate::health::stage::Stage;

/// What the pages count of this tenant: accounts by level, and the revenue that is at risk or uncertain.
const BANDS: &str = "select string_agg(risk_level || ' ' || accounts, ', ' order by risk_level) from cs.health_distribution where tenant_id = '$tenant'";
const AT_RISK: &str = "select format('%s and %s uncertain', coalesce(sum(arr_at_risk), 0), coalesce(sum(arr) filter (where uncertain), 0))
       from cs.revenue_at_risk where tenant_id = '$tenant'";

/// "An integration that sends nothing every night is not a customer who comes every night."
#[test]
fn zeros_sent() {
    let mut stage = Stage::with_steady_neighbour();
    let account = stage.account(Some(10));
    stage.healthy(&account, 35, 200);
    let person = "0, jsonb_build_object('user_id', 'u1')";
    stage.daily(&account, "logins", -60, 35, person);
    stage.features(&account, -60, 35, "0");
    stage.daily(&account, "api_calls", -60, 35, "0, '{}'::jsonb");

    stage.assert_ago(&account, 35, &Expected::full([100; 4], 100, "Healthy"));
    // 35 days of zeros are 35 days of silence; and so is any longer time. As before.
    let dark = Expected::full([0, 0, 50, 0], 13, "Critical");
    stage.assert(&account, &dark);
    stage.assert_ago(&account, -55, &dark);
}

/// "They paused for parental leave and we agreed to it: keep an eye on them, but not in my red column."
#[test]
fn paused() {
    let mut stage = Stage::at("now", "UTC");
    stage.neighbour(0, 120, 20);
    let account = stage.account(Some(10));
    stage.healthy(&account, 35, 120);
    stage.run(&format!(
        r#"update cs.accounts set status = 'Paused', crm_attributes = crm_attributes || '{{"arr": 90000}}' where id = '{account}'"#
    ));
    stage.run(
        "select cs.refresh_health(array(select id from cs.accounts where tenant_id = '$tenant'))",
    );

    stage.assert(&account, &Expected::full([0, 0, 50, 0], 13, "Critical"));
    // It counted as Critical.
    assert_eq!(stage.text(BANDS).as_deref(), Some("Healthy 1, Paused 1"));
    assert_eq!(stage.text(AT_RISK).as_deref(), Some("0 and 0 uncertain"));
}

/// "We imported fifty customers and one of them wrote to us: that is fifty-one of whom I know nothing yet."
#[test]
fn one_ticket() {
    let mut stage = Stage::at("now", "UTC");
    let [account, imported, _, _] = [(); 4].map(|()| stage.account(Some(10)));
    stage.run(r#"update cs.accounts set crm_attributes = crm_attributes || '{"arr": 100000}' where tenant_id = '$tenant'"#);
    let refresh =
        "select cs.refresh_health(array(select id from cs.accounts where tenant_id = '$tenant'))";
    stage.run(refresh);
    assert_eq!(stage.text(BANDS).as_deref(), Some("No data 4"));

    stage.ticket(
        &account,
        0,
        1,
        r#"{"ticket_id": "hello", "severity": "normal", "status": "open"}"#,
    );
    stage.run(refresh);
    // One point: load 100, nothing urgent: 100; without any use at most 50, of a quarter of the weights.
    stage.assert(
        &account,
        &Expected {
            usage: None,
            engagement: None,
            adoption: None,
            coverage: "0.25",
            confidence: "low",
            ..Expected::full([0, 0, 50, 0], 50, "At Risk")
        },
    );
    // The others have no row of their own, so no tickets are no good news of them. They were 50 each, and 400,000 at risk.
    let score =
        format!("select (select overall_score::text from cs.compute_health('{imported}', now()))");
    assert_eq!(stage.text(&score), None);
    assert_eq!(stage.text(BANDS).as_deref(), Some("No data 3, Uncertain 1"));
    assert_eq!(
        stage.text(AT_RISK).as_deref(),
        Some("0 and 100000 uncertain")
    );
}
