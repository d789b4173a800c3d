//! What a customer should score, asked of the engine and of its twin.

use postgres::Client;

/// What a persona scores.
#[derive(Debug, Clone)]
pub struct Expected {
    pub usage: Option<i32>,
    pub engagement: Option<i32>,
    pub support: Option<i32>,
    pub adoption: Option<i32>,
    /// Before a cap.
    pub raw: i32,
    pub overall: i32,
    pub coverage: &'static str,
    pub confidence: &'static str,
    pub risk_level: &'static str,
    pub is_stale: bool,
    /// Why the score is less than the raw one.
    pub cap: Option<&'static str>,
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
            raw: overall,
            overall,
            coverage: "1.00",
            confidence: "high",
            risk_level,
            is_stale: false,
            cap: None,
        }
    }

    /// As [`Self::full`], but held at 79 by a cap of every new tenant's model.
    pub fn capped(components: [i32; 4], raw: i32, cap: &'static str) -> Self {
        Self {
            raw,
            cap: Some(cap),
            ..Self::full(components, 79, "At Risk")
        }
    }

    /// Asks the twin and the engine, each for one line of all that is expected.
    pub fn assert(&self, client: &mut Client, tenant: &str, account: &str, moment: &str) {
        let line =
            "select format('%s %s %s %s, raw %s, %s %s, coverage %s %s, stale %s, cap: %s', usage_score, engagement_score, support_score,
                           adoption_score, raw_score, overall_score, risk_level, round(coverage, 2), confidence, stale_feed, cap_reason)";
        let twin =
            format!("{line} from twin.scores('{tenant}', {moment}) where account_id = '{account}'");
        let engine = format!("{line} from cs.compute_health('{account}', {moment})");
        for (who, query) in [("twin", twin), ("engine", engine)] {
            let found: String = client.query_one(&query, &[]).unwrap().get(0);
            assert_eq!(found, self.line(), "{who} at {moment}");
        }
    }

    fn line(&self) -> String {
        let [usage, engagement, support, adoption] =
            [self.usage, self.engagement, self.support, self.adoption]
                .map(|score| score.map(|score| score.to_string()).unwrap_or_default());
        format!(
            "{usage} {engagement} {support} {adoption}, raw {}, {} {}, coverage {} {}, stale {}, cap: {}",
            self.raw,
            self.overall,
            self.risk_level,
            self.coverage,
            self.confidence,
            if self.is_stale { "t" } else { "f" },
            self.cap.unwrap_or_default()
        )
    }
}
