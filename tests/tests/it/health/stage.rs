//! A tenant of a test's own, in which customers are told of day by day, and what they should score.

use cs_tests::database::Database;
use cs_tests::stack;
use postgres::Client;

use super::TWIN;

/// The moment of all scores but those that say otherwise.
pub const AS_OF: &str = "2025-05-20 12:00:00+00";

/// What a persona scores.
pub struct Expected {
    pub usage: Option<i32>,
    pub engagement: Option<i32>,
    pub support: Option<i32>,
    pub adoption: Option<i32>,
    pub overall: i32,
    pub coverage: &'static str,
    pub confidence: &'static str,
    pub risk_level: &'static str,
    pub is_stale: bool,
}

impl Expected {
    /// With all four components, full coverage and a long history on live feeds.
    pub fn full(components: [i32; 4], overall: i32, risk_level: &'static str) -> Self {
        let [usage, engagement, support, adoption] = components.map(Some);
        Self {
            usage,
            engagement,
            support,
            adoption,
            overall,
            coverage: "1.00",
            confidence: "high",
            risk_level,
            is_stale: false,
        }
    }
}

/// A database with one tenant, whose accounts are told of as of a moment.
pub struct Stage {
    client: Client,
    tenant: String,
    _database: Database,
}

impl Stage {
    pub fn empty(zone: &str) -> Self {
        let database = stack::database().unwrap();
        let mut client = database.connect().unwrap();
        TWIN.iter()
            .for_each(|part| client.batch_execute(part).unwrap());
        let tenant = client
            .query_one(
                "insert into cs.tenants (slug, name, settings)
                 values ('stage', 'Stage', jsonb_build_object('time_zone', $1::text))
                 returning id::text",
                &[&zone],
            )
            .unwrap()
            .get(0);
        Self {
            client,
            tenant,
            _database: database,
        }
    }

    /// With an account that keeps all feeds live: healthy for 120 days, one small ticket 20 days ago.
    pub fn with_neighbour() -> Self {
        let mut stage = Self::empty("UTC");
        let neighbour = stage.account(Some(10));
        stage.healthy(&neighbour, 0, 120);
        stage.ticket(
            &neighbour,
            20,
            1,
            r#"{"ticket_id": "N-1", "severity": "low", "status": "closed"}"#,
        );
        stage
    }

    pub fn account(&mut self, seats: Option<i32>) -> String {
        self.client
            .query_one(
                "insert into cs.accounts (tenant_id, name, crm_attributes)
                 values ($1::text::uuid, 'Persona', jsonb_strip_nulls(jsonb_build_object('seats', $2::integer)))
                 returning id::text",
                &[&self.tenant, &seats],
            )
            .unwrap()
            .get(0)
    }

    /// Puts in rows that a query yields as value, metadata and moment.
    pub fn record(&mut self, account: &str, metric: &str, query: &str) {
        self.client
            .batch_execute(&format!(
                "insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, metadata, recorded_at)
                 select '{}', '{account}', '{metric}', fact.* from ({query}) as fact (value, metadata, at)",
                self.tenant
            ))
            .unwrap();
    }

    /// A row for each day d from `since` up to but not `until` days ago, three hours before the time of AS_OF.
    pub fn daily(&mut self, account: &str, metric: &str, since: i32, until: i32, fact: &str) {
        self.record(
            account,
            metric,
            &format!(
                "select {fact}, timestamptz '{AS_OF}' - d * interval '1 day' - interval '3 hours'
                   from generate_series({since}, {until} - 1) as d"
            ),
        );
    }

    /// Per day two logins (6 people take turns), five features once each, 20 calls.
    pub fn healthy(&mut self, account: &str, since: i32, until: i32) {
        self.healthy_logins(account, since, until);
        self.healthy_rest(account, since, until);
    }

    pub fn healthy_logins(&mut self, account: &str, since: i32, until: i32) {
        for shift in [0, 3] {
            let fact = format!("1, jsonb_build_object('user_id', 'u' || (d + {shift}) % 6)");
            self.daily(account, "logins", since, until, &fact);
        }
    }

    pub fn healthy_rest(&mut self, account: &str, since: i32, until: i32) {
        self.features(account, since, until, "1");
        self.daily(account, "api_calls", since, until, "20, '{}'::jsonb");
    }

    pub fn features(&mut self, account: &str, since: i32, until: i32, value: &str) {
        for feature in 0..5 {
            let fact = format!("{value}, jsonb_build_object('feature', 'f{feature}')");
            self.daily(account, "feature_usage", since, until, &fact);
        }
    }

    pub fn ticket(&mut self, account: &str, days_ago: i32, value: i32, metadata: &str) {
        let fact = format!("{value}, '{metadata}'::jsonb");
        self.daily(account, "support_tickets", days_ago, days_ago + 1, &fact);
    }

    pub fn assert(&mut self, account: &str, expected: &Expected) {
        self.assert_at(account, AS_OF, expected);
    }

    pub fn assert_at(&mut self, account: &str, moment: &str, expected: &Expected) {
        let columns = "usage_score, engagement_score, support_score, adoption_score, overall_score,
                       round(coverage, 2)::text, confidence, stale_feed";
        let twin = format!(
            "select {columns}, null from twin.scores('{}', '{moment}') where account_id = '{account}'",
            self.tenant
        );
        let engine = format!(
            "select {columns}, risk_level::text from cs.compute_health('{account}', '{moment}')"
        );
        for (who, query) in [("twin", twin), ("engine", engine)] {
            let row = self.client.query_one(&query, &[]).unwrap();
            assert_eq!(
                [0, 1, 2, 3].map(|column| row.get::<_, Option<i32>>(column)),
                [
                    expected.usage,
                    expected.engagement,
                    expected.support,
                    expected.adoption
                ],
                "{who}: usage, engagement, support, adoption"
            );
            assert_eq!(row.get::<_, i32>(4), expected.overall, "{who}: overall");
            assert_eq!(row.get::<_, &str>(5), expected.coverage, "{who}: coverage");
            assert_eq!(
                row.get::<_, &str>(6),
                expected.confidence,
                "{who}: confidence"
            );
            assert_eq!(
                row.get::<_, bool>(7),
                expected.is_stale,
                "{who}: stale feed"
            );
            if let Some(risk_level) = row.get::<_, Option<&str>>(8) {
                assert_eq!(risk_level, expected.risk_level, "{who}: risk level");
            }
        }
    }
}
