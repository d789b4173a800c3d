//! When it is not the customers who fell silent, but what tells of them.

use crate::health::expected::Expected;
use crate::health::stage::Stage;

const USAGE: [&str; 3] = ["logins", "feature_usage", "api_calls"];

/// "If all customers vanish on one day, it is our pipe that broke: I want a banner, not a hundred calls."
#[test]
fn feed_outage_of_35_days() {
    let mut stage = Stage::empty("UTC");
    let [account, other, ..] = [(); 4].map(|()| {
        let account = stage.account(Some(10));
        // Good customers until day 35, and again from tomorrow.
        stage.healthy(&account, 35, 155);
        stage.healthy(&account, -30, 0);
        stage.ticket(
            &account,
            150,
            1,
            r#"{"ticket_id": 1, "severity": "low", "status": "closed"}"#,
        );
        account
    });
    let full = Expected::full([100; 4], 100, "Healthy");
    let stale = Expected {
        is_stale: true,
        ..full.clone()
    };

    // 2 days after the last rows it may be a weekend: 28 of 30 days are .9333: trend 86.67; usage 40 + 26 + 30 = 96.
    stage.assert_ago(
        &account,
        33,
        &Expected::full([96, 100, 100, 100], 99, "Healthy"),
    );
    // 4 days after, and 35: as of the last rows. (From the sixth day on it was no outage, on day 35 13 and Critical, for all.)
    stage.assert_ago(&account, 31, &stale);
    stage.assert(&account, &stale);
    // The feed is back: the 35 days between did not happen. The window has 28 days of before and these two.
    stage.assert_ago(&account, -2, &full);
    stage.assert_ago(&account, -20, &full);

    // A Tenant Admin says yesterday that the silence is real. Nobody was there: usage, engagement and adoption are 0 (that nobody
    // in the tenant uses any feature leaves no catalogue, but no feature stuck), support is limited to 50: 12.5.
    let accept = |stage: &mut Stage, withdrawn| {
        stage.run("delete from cs.feed_silences where tenant_id = '$tenant'");
        for metric in USAGE {
            stage.accept_silence(metric, 1.0, withdrawn);
        }
    };
    accept(&mut stage, None);
    stage.assert(&account, &Expected::full([0, 0, 50, 0], 13, "Critical"));
    // It says nothing of the day before yesterday.
    stage.assert_ago(&account, 2, &stale);
    // And when rows come again the days have passed. 2 of 30 days: 4 of 40 logins, 10 of 100 uses, 40 of 500 calls: level 9.6;
    // trend 0; usage 3.84 + 0 + 30 = 33.84. Engagement: 2 of 12 days, 4 of 10 people: 8.33 + 20 + 20 = 48.33. Adoption: used in one
    // week of 4: 50 + 0 + 20 = 70. (34 + 48 + 100 + 70) / 4 = 63.
    stage.assert_ago(
        &account,
        -2,
        &Expected::full([34, 48, 100, 70], 63, "At Risk"),
    );

    // Taken back half a day ago: an outage again, that has ended when rows come.
    accept(&mut stage, Some(0.5));
    stage.assert(&account, &stale);
    stage.assert_ago(&account, -2, &full);

    // What was sent of one customer afterwards shows that the feed was there: the days have passed for all.
    stage.healthy(&account, 0, 35);
    stage.assert(&account, &full);
    stage.assert_ago(&account, -2, &full);
    stage.assert(&other, &Expected::full([0, 0, 50, 0], 13, "Critical"));
    stage.assert_ago(
        &other,
        -2,
        &Expected::full([34, 48, 100, 70], 63, "At Risk"),
    );
}

/// What a Tenant Admin says counts from that moment on, and no longer once it is taken back.
#[test]
fn a_silence_is_accepted_and_withdrawn() {
    let mut stage = Stage::at("now", "UTC");
    let [account, ..] = [(); 3].map(|()| {
        let account = stage.account(Some(10));
        stage.healthy(&account, 35, 150);
        account
    });
    let seen = |stage: &mut Stage| {
        stage.text(&format!(
            "select format('%s %s', overall_score, stale_feed) from cs.compute_health('{account}', clock_timestamp())"
        ))
    };
    let outages = "select string_agg(metric_type || ' ' || is_accepted, ', ' order by metric_type) from cs.feed_outages where tenant_id = '$tenant'";
    // No ticket was ever sent: three components count.
    assert_eq!(seen(&mut stage).as_deref(), Some("100 t"));
    assert_eq!(
        stage.text(outages).as_deref(),
        Some("api_calls false, feature_usage false, logins false")
    );

    for metric in USAGE {
        stage.as_admin(&format!(
            "select cs.accept_silence('{metric}', 'They have all left')"
        ));
    }
    assert_eq!(seen(&mut stage).as_deref(), Some("0 f"));
    assert_eq!(
        stage.text(outages).as_deref(),
        Some("api_calls true, feature_usage true, logins true")
    );
    let twin = format!(
        "select overall_score::text from twin.scores('$tenant', clock_timestamp()) where account_id = '{account}'"
    );
    assert_eq!(stage.text(&twin).as_deref(), Some("0"));

    for metric in USAGE {
        stage.as_admin(&format!("select cs.withdraw_silence('{metric}')"));
    }
    assert_eq!(seen(&mut stage).as_deref(), Some("100 t"));
    assert_eq!(stage.text(&twin).as_deref(), Some("100"));
    let told = "select string_agg(distinct action || ' ' || table_name, ', ') from cs.audit_log where tenant_id = '$tenant' and table_name = 'feed_silences'";
    assert_eq!(
        stage.text(told).as_deref(),
        Some("insert feed_silences, update feed_silences")
    );
}
