//! Compares what the engine says with what the twin told, account by account, and shows where they part.

use postgres::Transaction;

/// How many differences a failure shows.
const SHOWN: usize = 20;

/// Puts what the twin says of a tenant at a moment into the temporary table `told`.
pub fn tell(work: &mut Transaction<'_>, tenant: &str, moment: &str) {
    work.batch_execute(&format!(
        "set local client_min_messages = warning;
         drop table if exists told;
         create temporary table told on commit drop as
         select account.name, account.status, scores.*
           from twin.scores('{tenant}', {moment}) as scores
           join cs.accounts as account on account.tenant_id = '{tenant}' and account.id = scores.account_id;
         create index on told (account_id);
         analyze told"
    ))
    .unwrap();
}

/// Are the scores that a query finds those told, for the accounts of a condition that have one, and no others?
pub fn assert_same_scores(work: &mut Transaction<'_>, what: &str, whose: &str, query: &str) {
    // On the verge of a whole number of days, a microsecond decides which one a reason shows.
    let reason =
        "case when abs(expected.urgent_open_days - round(expected.urgent_open_days)) < 0.000001
             then found.cap_reason else expected.cap_reason end";
    let columns = |of: &str, reason: &str| {
        format!(
            "{of}.usage_score, {of}.engagement_score, {of}.support_score, {of}.adoption_score, {of}.raw_score,
             {of}.overall_score, round({of}.coverage, 9), {of}.confidence, {of}.risk_level::text, {of}.stale_feed, {reason}"
        )
    };
    let differences = work.query(
        &format!(
            "with found as ({query}),
             expected as (select * from told where {whose} and told.overall_score is not null)
             select format(E'found %s\\n told %s', coalesce(to_jsonb(found)::text, 'nothing'), coalesce(to_jsonb(expected)::text, 'nothing'))
               from expected
               full join found on found.account_id = expected.account_id
              where row({}) is distinct from row({})
              order by expected.account_id",
            columns("expected", reason),
            columns("found", "found.cap_reason")
        ),
        &[],
    );
    let differences: Vec<String> = differences.unwrap().iter().map(|row| row.get(0)).collect();
    assert_none(what, &differences);
}

/// Are the fields of caps that these scores keep those told? (What a score keeps is rounded to four decimals at the least.)
pub fn assert_same_fields(work: &mut Transaction<'_>, whose: &str, query: &str) {
    let differences = work.query(
        &format!(
            "with found as ({query}),
             fields as (
                 select told.account_id, field.name, field.expected,
                        (found.inputs ->> field.name)::numeric as found
                   from told
                   join found on found.account_id = told.account_id
                  cross join lateral (
                        values ('urgent_open_days', told.urgent_open_days), ('seat_share', told.seat_share),
                               ('usage_trend', told.usage_trend), ('usage_of_best', told.usage_of_best),
                               ('seats', told.seats)
                  ) as field (name, expected)
                  where {whose}
             )
             select format(E'%s: found %s, told %s\\n of %s', fields.name, fields.found, round(fields.expected, 9), to_jsonb(told)::text)
               from fields
               join told on told.account_id = fields.account_id
              where (fields.expected is null) <> (fields.found is null) or abs(fields.expected - fields.found) > 0.00006
              order by fields.account_id, fields.name"
        ),
        &[],
    );
    let differences: Vec<String> = differences.unwrap().iter().map(|row| row.get(0)).collect();
    assert_none("fields of caps", &differences);
}

/// Are the parts that `explain_health` shows of these accounts (a query of their ids) those told?
/// A part may be told by metric too; then the row without a metric is the part's.
pub fn assert_same_parts(work: &mut Transaction<'_>, accounts: &str, moment: &str) {
    let differences = work.query(
        &format!(
            "with found as (
                 select distinct on (chosen.account_id, line.component, line.part)
                        chosen.account_id, line.component, coalesce(line.part, '') as part, line.score::numeric as score
                   from ({accounts}) as chosen (account_id)
                  cross join lateral cs.explain_health(chosen.account_id, {moment}) as line
                  where line.component in ('usage', 'engagement', 'support', 'adoption', 'overall')
                    and line.part is distinct from 'cap'
                  order by chosen.account_id, line.component, line.part, line.metric nulls first
             ),
             expected as (
                 select told.account_id, line.*
                   from told
                  cross join lateral (
                        values ('overall', '', overall_score),
                               ('usage', '', usage_score), ('usage', 'level', usage_level),
                               ('usage', 'trend', usage_trend), ('usage', 'recency', usage_recency),
                               ('engagement', '', engagement_score), ('engagement', 'frequency', engagement_frequency),
                               ('engagement', 'breadth', engagement_breadth), ('engagement', 'recency', engagement_recency),
                               ('support', '', support_score), ('support', 'load', support_load),
                               ('support', 'trend', support_trend), ('support', 'open_urgent', support_open_urgent),
                               ('support', 'csat', support_csat),
                               ('adoption', '', adoption_score), ('adoption', 'breadth', adoption_breadth),
                               ('adoption', 'stickiness', adoption_stickiness), ('adoption', 'depth', adoption_depth)
                  ) as line (component, part, score)
                  where told.account_id in ({accounts})
             )
             select format(E'%s %s: found %s, told %s\\n of %s',
                           coalesce(expected.component, found.component), coalesce(expected.part, found.part),
                           case when found.account_id is null then 'no line' else coalesce(round(found.score, 9)::text, 'null') end,
                           case when expected.account_id is null then 'no line' else coalesce(round(expected.score, 9)::text, 'null') end,
                           to_jsonb(told)::text)
               from expected
               full join found
                 on found.account_id = expected.account_id
                and found.component = expected.component
                and found.part = expected.part
               left join told on told.account_id = coalesce(expected.account_id, found.account_id)
              where expected.account_id is null
                 or found.account_id is null
                 or (expected.score is null) <> (found.score is null)
                 -- Explanations show four decimals.
                 or abs(expected.score - found.score) > 0.00006
              order by expected.account_id, expected.component, expected.part"
        ),
        &[],
    );
    let differences: Vec<String> = differences.unwrap().iter().map(|row| row.get(0)).collect();
    assert_none(&format!("explain_health at {moment}"), &differences);
}

fn assert_none(what: &str, differences: &[String]) {
    let shown: Vec<&str> = differences.iter().take(SHOWN).map(String::as_str).collect();
    assert!(
        differences.is_empty(),
        "{what}: {} differences, the first:\n{}",
        differences.len(),
        shown.join("\n")
    );
}
