-- Owns scores as they are written and read: a new one supersedes the current one; the views of health.

create trigger t10_supersede
    before insert on cs.health_scores
    for each row execute function cs.tg_health_scores__supersede();

-- The planner replaces a call by this query, so it has to stay one query, stable and not strict.
create or replace function cs.score_at(tenant_id uuid, account_id uuid, at timestamptz)
returns table (
    overall_score integer, risk_level cs.risk_level, confidence text, source text, created_at timestamptz
)
language sql stable parallel safe rows 1
begin atomic
    select score.overall_score, score.risk_level, score.confidence, score.source, score.created_at
    from cs.health_scores as score
    where score.tenant_id = score_at.tenant_id
        and score.account_id = score_at.account_id
        and score.created_at <= score_at.at
    order by score.created_at desc
    limit 1;
end;

alter function cs.score_at(uuid, uuid, timestamptz) owner to cs_owner;
revoke execute on function cs.score_at(uuid, uuid, timestamptz) from public;
comment on function cs.score_at(uuid, uuid, timestamptz) is
    'Internal: the score that was shown for an account at a moment; no row: none yet.';

create or replace view cs.health_current
with (security_invoker = true) as
select
    score.tenant_id,
    score.account_id,
    account.name as account_name,
    score.overall_score,
    score.risk_level::text as risk_level,
    score.previous_score,
    score.usage_score,
    score.engagement_score,
    score.support_score,
    score.adoption_score,
    score.raw_score,
    score.coverage,
    score.confidence,
    score.stale_feed,
    score.source,
    score.cause,
    overruled.reason as override_reason,
    overruled.until as override_until,
    overruled.set_at as override_since,
    setter.full_name as override_by,
    score.inputs -> 'cap' ->> 'reason' as cap_reason,
    score.model_version,
    score.created_at as computed_at
from cs.health_scores as score
join cs.accounts as account on account.tenant_id = score.tenant_id and account.id = score.account_id
left join cs.health_overrides as overruled
    on overruled.tenant_id = score.tenant_id
    and overruled.account_id = score.account_id
    and overruled.ended_at is null
    and score.source = 'override'
left join cs.profiles as setter on setter.tenant_id = overruled.tenant_id and setter.user_id = overruled.set_by
where score.is_current;

alter view cs.health_current owner to cs_owner;
comment on view cs.health_current is 'The current health of each account that has a score.';
comment on column cs.health_current.raw_score is 'The mean of the components by weight, before a cap or an override.';
comment on column cs.health_current.coverage is 'Share of the weights that had data, 0 to 1.';
comment on column cs.health_current.confidence is 'high, medium or low; low: too little data to act on. NULL, for imported scores, counts as medium.';
comment on column cs.health_current.override_by is 'Who set the score by hand; NULL: no one did, or it was the database.';
comment on column cs.health_current.cap_reason is 'Why the score is capped; NULL where it is not.';
comment on column cs.health_current.computed_at is 'When this score became the current one.';

create or replace view cs.health_history
with (security_invoker = true) as
select
    score.tenant_id,
    score.account_id,
    account.name as account_name,
    score.created_at,
    score.overall_score,
    score.risk_level::text as risk_level,
    score.previous_score,
    score.overall_score - score.previous_score as change,
    score.usage_score,
    score.engagement_score,
    score.support_score,
    score.adoption_score,
    score.raw_score,
    score.coverage,
    score.confidence,
    score.source,
    score.cause,
    score.model_version,
    score.is_current
from cs.health_scores as score
join cs.accounts as account on account.tenant_id = score.tenant_id and account.id = score.account_id;

alter view cs.health_history owner to cs_owner;
comment on view cs.health_history is 'Every score of each account: a row per change, and one a day where nothing changed.';
comment on column cs.health_history.change is 'Points gained or lost against the score before.';
comment on column cs.health_history.cause is
    'data, time, refresh, heartbeat, model, override or account; NULL where imported.';

create or replace view cs.health_days
with (security_invoker = true) as
select
    shown.tenant_id,
    shown.account_id,
    account.name as account_name,
    day.day::date as day,
    shown.overall_score,
    shown.risk_level::text as risk_level,
    shown.confidence,
    shown.source
from (
    select
        score.tenant_id, score.account_id, score.overall_score, score.risk_level, score.confidence, score.source,
        cs.local_day(tenant.settings, score.created_at) as first_day,
        -- The day of its successor shows that one; the current score is shown to this day.
        coalesce(
            lead(cs.local_day(tenant.settings, score.created_at)) over later - 1,
            cs.local_day(tenant.settings, now())
        ) as last_day
    from cs.health_scores as score
    join cs.tenants as tenant on tenant.id = score.tenant_id
    window later as (partition by score.tenant_id, score.account_id order by score.created_at)
) as shown
join cs.accounts as account on account.tenant_id = shown.tenant_id and account.id = shown.account_id
cross join lateral generate_series(shown.first_day::timestamp, shown.last_day::timestamp, interval '1 day') as day (day);

alter view cs.health_days owner to cs_owner;
comment on view cs.health_days is
    'One row per account and day in the tenant''s time zone, from its first score to today: the score shown when the day ended, or now. For averages over time, which in health_history weigh a day by the number of changes. Ask it for some accounts, or for one sum: it has a row for every day of every account.';
comment on column cs.health_days.day is 'The day, in the tenant''s time zone; the last is today.';

create or replace view cs.feed_outages
with (security_invoker = true) as
select
    tenant.id as tenant_id,
    outage.metric_type,
    outage.since,
    outage.is_accepted,
    accepted.accepted_at,
    person.full_name as accepted_by,
    accepted.reason
from cs.tenants as tenant
cross join lateral cs.tenant_outages(tenant.id) as outage
left join lateral (
    select silence.accepted_at, silence.accepted_by, silence.reason
    from cs.feed_silences as silence
    where silence.tenant_id = tenant.id
        and silence.metric_type::text = outage.metric_type
        and silence.withdrawn_at is null
        and outage.is_accepted
    order by silence.accepted_at desc
    limit 1
) as accepted on true
left join cs.profiles as person on person.tenant_id = tenant.id and person.user_id = accepted.accepted_by;

alter view cs.feed_outages owner to cs_owner;
comment on view cs.feed_outages is
    'Types of usage that came regularly and have been silent for too long now. Until rows come again, or a Tenant Admin says with accept_silence that the silence is real, scores are measured from the last row and no playbook fires.';
comment on column cs.feed_outages.since is 'The last row of the type.';
comment on column cs.feed_outages.is_accepted is 'Someone has said that the silence is real; so it counts against the customers.';
comment on column cs.feed_outages.accepted_by is 'Who said so.';
comment on column cs.feed_outages.reason is 'Why.';

create or replace function cs.feed_is_out(tenant_id uuid, metric_type text)
returns boolean
language sql stable
begin atomic
    select exists (
        select
        from cs.tenant_outages(feed_is_out.tenant_id) as outage
        where outage.metric_type = feed_is_out.metric_type and not outage.is_accepted
    );
end;

alter function cs.feed_is_out(uuid, text) owner to cs_owner;
revoke execute on function cs.feed_is_out(uuid, text) from public;
comment on function cs.feed_is_out(uuid, text) is
    'Internal: whether a type of usage has been silent for too long now, and no one has said that the silence is real.';
