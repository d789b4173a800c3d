//! A tenant of a test's own, in which customers are told of day by day, and what they should score.

use cs_tests::database::Database;
use cs_tests::stack;
use postgres::Client;

use super::TWIN;
use super::expected::Expected;

/// The moment that days are counted from: a Tuesday.
pub const AS_OF: &str = "2025-05-20 12:00:00+00";

/// A database with one tenant, whose accounts are told of as of a moment.
pub struct Stage {
    client: Client,
    tenant: String,
    noon: String,
    database: Database,
}

impl Stage {
    pub fn empty(zone: &str) -> Self {
        Self::at(AS_OF, zone)
    }

    /// With days counted from this moment.
    pub fn at(noon: &str, zone: &str) -> Self {
        let database = stack::database().unwrap();
        let mut client = database.connect().unwrap();
        client.batch_execute("set timezone to 'UTC'").unwrap();
        TWIN.iter()
            .for_each(|part| client.batch_execute(part).unwrap());
        let made = client
            .query_one(
                "insert into cs.tenants (slug, name, settings)
                 values ('stage', 'Stage', jsonb_build_object('time_zone', $1::text))
                 returning id::text, ($2::text::timestamptz)::text",
                &[&zone, &noon],
            )
            .unwrap();
        Self {
            client,
            tenant: made.get(0),
            noon: made.get(1),
            database,
        }
    }

    /// With an account that keeps all feeds live: healthy for 120 days, one small ticket 20 days ago.
    pub fn with_neighbour() -> Self {
        let mut stage = Self::empty("UTC");
        stage.neighbour(0, 120, 20);
        stage
    }

    /// With an account that keeps all feeds live from 450 days ago until 200 days ahead, and whose one ticket was long ago.
    pub fn with_steady_neighbour() -> Self {
        let mut stage = Self::empty("UTC");
        stage.neighbour(-200, 450, 449);
        stage
    }

    pub fn neighbour(&mut self, since: i32, until: i32, ticket: i32) {
        let neighbour = self.account(Some(10));
        self.healthy(&neighbour, since, until);
        self.ticket(
            &neighbour,
            ticket,
            1,
            r#"{"ticket_id": "N-1", "severity": "low", "status": "closed"}"#,
        );
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
                "insert into cs.usage_metrics (tenant_id, id, account_id, metric_type, metric_value, metadata, recorded_at)
                 select '{}', gen_random_uuid(), '{account}', '{metric}', fact.* from ({query}) as fact (value, metadata, at)",
                self.tenant
            ))
            .unwrap();
    }

    /// A row for each day d from `since` up to but not `until` days ago, three hours before the time that days are counted from.
    pub fn daily(&mut self, account: &str, metric: &str, since: i32, until: i32, fact: &str) {
        self.daily_if(account, metric, since, until, fact, "true");
    }

    /// As [`Self::daily`], but only on days d that meet a condition; `at` is the row's moment.
    pub fn daily_if(
        &mut self,
        account: &str,
        metric: &str,
        since: i32,
        until: i32,
        fact: &str,
        condition: &str,
    ) {
        let query = format!(
            "select {fact}, at
               from generate_series({since}, {until} - 1) as d,
                    lateral (select timestamptz '{}' - d * interval '1 day' - interval '3 hours' as at) as moment
              where {condition}",
            self.noon
        );
        self.record(account, metric, &query);
    }

    /// Per day two logins (6 people take turns), five features once each, 20 calls.
    pub fn healthy(&mut self, account: &str, since: i32, until: i32) {
        self.healthy_logins(account, since, until);
        self.healthy_rest(account, since, until);
    }

    pub fn healthy_logins(&mut self, account: &str, since: i32, until: i32) {
        self.logins(account, since, until, 2, 6);
    }

    pub fn healthy_rest(&mut self, account: &str, since: i32, until: i32) {
        self.features(account, since, until, "1");
        self.daily(account, "api_calls", since, until, "20, '{}'::jsonb");
    }

    /// So many logins a day, one row each; so many people take turns.
    pub fn logins(&mut self, account: &str, since: i32, until: i32, per_day: i32, people: i32) {
        for number in 0..per_day {
            let person = format!("((d + 1000 * {people}) * {per_day} + {number}) % {people}");
            let fact = format!("1, jsonb_build_object('user_id', 'u' || {person})");
            self.daily(account, "logins", since, until, &fact);
        }
    }

    pub fn features(&mut self, account: &str, since: i32, until: i32, value: &str) {
        self.some_features(account, since, until, 5, value);
    }

    /// The features f0, f1 and so on, each this often a day.
    pub fn some_features(
        &mut self,
        account: &str,
        since: i32,
        until: i32,
        features: i32,
        value: &str,
    ) {
        for feature in 0..features {
            let fact = format!("{value}, jsonb_build_object('feature', 'f{feature}')");
            self.daily(account, "feature_usage", since, until, &fact);
        }
    }

    pub fn ticket(&mut self, account: &str, days_ago: i32, value: i32, metadata: &str) {
        let fact = format!("{value}, '{metadata}'::jsonb");
        self.daily(account, "support_tickets", days_ago, days_ago + 1, &fact);
    }

    /// The next version of the model: the one in force with these keys changed (columns of `cs.health_models`).
    pub fn publish(&mut self, change: &str) {
        self.run(&format!(
            "insert into cs.health_models
             select next.*
               from (
                     select to_jsonb(model) || jsonb_build_object('id', gen_random_uuid(), 'version', version + 1) || '{change}' as doc
                       from cs.health_models as model
                      where tenant_id = '{}'
                      order by version desc
                      limit 1
                    ) as latest,
                    jsonb_populate_record(null::cs.health_models, latest.doc) as next",
            self.tenant
        ));
    }

    /// Says that a feed's silence is real, that many days ago; and takes it back so many days ago.
    pub fn accept_silence(&mut self, metric: &str, days_ago: f64, withdrawn: Option<f64>) {
        let ago = |days: f64| format!("timestamptz '{}' - {days} * interval '1 day'", self.noon);
        let withdrawn = withdrawn.map_or_else(|| "null".to_owned(), ago);
        self.run(&format!(
            "insert into cs.feed_silences (tenant_id, id, metric_type, reason, accepted_at, withdrawn_at)
             values ('{}', gen_random_uuid(), '{metric}', 'The season is over', {}, {withdrawn})",
            self.tenant,
            ago(days_ago)
        ));
    }

    /// Does it as the tenant's admin, who is made for it.
    pub fn as_admin(&mut self, statements: &str) {
        self.run(
            "insert into cs.users (email) values ('admin@stage') on conflict do nothing;
             insert into cs.profiles (tenant_id, user_id, full_name, role)
             select '$tenant', id, 'Ada Admin', 'Tenant Admin' from cs.users where email = 'admin@stage'
             on conflict do nothing",
        );
        let admin = self.text("select user_id::text from cs.profiles where tenant_id = '$tenant'");
        let mut member = self.database.connect_member(&admin.unwrap()).unwrap();
        member.batch_execute(statements).unwrap();
    }

    /// Runs statements in which `$tenant` stands for the tenant's id.
    pub fn run(&mut self, statements: &str) {
        self.client
            .batch_execute(&statements.replace("$tenant", &self.tenant))
            .unwrap();
    }

    /// The text that a query answers, in which `$tenant` stands for the tenant's id.
    pub fn text(&mut self, query: &str) -> Option<String> {
        self.client
            .query_one(&query.replace("$tenant", &self.tenant), &[])
            .unwrap()
            .get(0)
    }

    pub fn assert(&mut self, account: &str, expected: &Expected) {
        self.assert_ago(account, 0, expected);
    }

    /// Seen so many days before the moment that days are counted from (negative: after it).
    pub fn assert_ago(&mut self, account: &str, days: i32, expected: &Expected) {
        let moment = format!("timestamptz '{}' - interval '{days} days'", self.noon);
        expected.assert(&mut self.client, &self.tenant, account, &moment);
    }

    pub fn assert_at(&mut self, account: &str, moment: &str, expected: &Expected) {
        let moment = format!("timestamptz '{moment}'");
        expected.assert(&mut self.client, &self.tenant, account, &moment);
    }

    /// The score of one part, NULL or to four decimals.
    pub fn assert_part(
        &mut self,
        account: &str,
        component: &str,
        part: &str,
        expected: Option<&str>,
        what: &str,
    ) {
        self.assert_part_ago(account, 0, component, part, expected, what);
    }

    pub fn assert_part_ago(
        &mut self,
        account: &str,
        days: i32,
        component: &str,
        part: &str,
        expected: Option<&str>,
        what: &str,
    ) {
        let moment = format!("timestamptz '{}' - interval '{days} days'", self.noon);
        let twin = format!(
            "select trim_scale(round({component}_{part}, 4))::text from twin.scores('$tenant', {moment}) where account_id = '{account}'"
        );
        let engine = format!(
            "select trim_scale(round(score::numeric, 4))::text from cs.explain_health('{account}', {moment})
              where component = '{component}' and part = '{part}' and metric is null"
        );
        for (who, query) in [("twin", twin), ("engine", engine)] {
            assert_eq!(self.text(&query).as_deref(), expected, "{who}: {what}");
        }
    }
}
