-- Owns what the executive page shows over time: the trends of its tiles, and how accounts flow through the stages.

create or replace function cs.executive_trends(
    criteria jsonb default null,
    since timestamptz default null,
    until timestamptz default null,
    points integer default 12
)
returns jsonb
language sql stable
set jit = off
-- The planner has no statistics of what is gathered here, and would rather sort and merge than hash.
set enable_mergejoin = off
set work_mem = '32MB'
begin atomic
    with recursive asked as materialized (
        select
            tenant.id as tenant_id,
            period.since,
            period.until,
            period.until - period.since as length,
            least(greatest(coalesce(executive_trends.points, 12), 2), 400) as points,
            cs.dashboard_criteria(executive_trends.criteria, null) as of_dashboard,
            cs.retention_criteria(executive_trends.criteria) as of_retention
        from cs.tenants as tenant
        cross join (
            select
                coalesce(executive_trends.since, now() - interval '720 hours') as since,
                coalesce(executive_trends.until, now()) as until
        ) as period
        where tenant.id = cs.current_tenant_id()
    ), moment as materialized (
        select
            number,
            point.at,
            case when number = asked.points - 1 and executive_trends.until is null then 'infinity' else point.at end as last_change
        from asked
        cross join lateral generate_series(0, asked.points - 1) as number
        cross join lateral (
            select asked.since + asked.length * (number::double precision / (asked.points - 1)) as at
        ) as point
    ), member as materialized (
        select account.tenant_id, account.id as account_id, account.created_at
        from asked
        join cs.accounts as account on account.tenant_id = asked.tenant_id
        where account.id in (select cs.matching_accounts((select asked.of_dashboard from asked)))
    ), retained as materialized (
        select cs.matching_accounts((select asked.of_retention from asked)) as account_id
    ), mark as materialized (
        -- Counted from 1; width_bucket over just_after says how many moments a score came too late for.
        select
            array_agg(moment.last_change order by moment.number) as at,
            array_agg(moment.last_change + interval '1 microsecond' order by moment.number) as just_after
        from moment
    ), held as (
        -- The scores that were current at any moment, each for the moments from too_late up to but not including beyond. Backwards
        -- from the last moment, so that one look-up serves all moments of a score, and scores that were current at no moment are
        -- not read. The first row of each account is not a score and covers no moment.
        select
            member.tenant_id, member.account_id,
            null::integer as overall_score, null::cs.risk_level as risk_level, null::text as confidence,
            asked.points as too_late, asked.points as beyond
        from asked
        cross join member
        union all
        select
            later.tenant_id, later.account_id,
            score.overall_score, score.risk_level, score.confidence,
            width_bucket(score.created_at, mark.just_after), later.too_late
        from held as later
        cross join mark
        cross join lateral cs.score_at(later.tenant_id, later.account_id, mark.at[later.too_late]) as score
        where later.too_late > 0
    ), standing as (
        select moment.number, there.*
        from asked
        cross join moment
        cross join lateral (
            select
                count(*) filter (where was.there) as accounts,
                coalesce(sum(flow.end_arr) filter (where was.there), 0) as arr,
                count(*) filter (where score.risk_level = 'Healthy') as healthy,
                count(*) filter (where score.risk_level = 'At Risk') as at_risk,
                count(*) filter (where score.risk_level = 'Critical') as critical,
                count(*) filter (where was.there and score.risk_level is null) as no_data,
                round(coalesce(
                    sum(flow.end_arr * score.overall_score) filter (where score.confidence is distinct from 'low')
                        / nullif(sum(flow.end_arr) filter (
                            where score.overall_score is not null and score.confidence is distinct from 'low'
                        ), 0),
                    avg(score.overall_score) filter (where score.confidence is distinct from 'low')
                ), 1) as weighted_score,
                round(
                    sum(flow.end_arr) filter (where flow.is_retained)
                        / nullif(sum(flow.start_arr) filter (where flow.is_retained), 0),
                    4
                ) as nrr
            from (
                select
                    flow.tenant_id,
                    flow.account_id,
                    flow.start_arr,
                    flow.end_arr,
                    flow.start_arr > 0 and flow.account_id in (select retained.account_id from retained) as is_retained
                from cs.arr_between(moment.at - asked.length, moment.last_change) as flow
                where flow.tenant_id = asked.tenant_id
            ) as flow
            full join member on member.tenant_id = flow.tenant_id and member.account_id = flow.account_id
            cross join lateral (select coalesce(member.created_at <= moment.last_change, false) as there) as was
            left join held as score
                on was.there
                and score.tenant_id = member.tenant_id
                and score.account_id = member.account_id
                and score.too_late <= moment.number
                and score.beyond > moment.number
        ) as there
    )
    select jsonb_build_object(
        'since', asked.since,
        'until', asked.until,
        'points', (
            select jsonb_agg(
                jsonb_build_object(
                    'at', moment.at,
                    'arr', coalesce(standing.arr, 0),
                    'accounts', coalesce(standing.accounts, 0),
                    'healthy', coalesce(standing.healthy, 0),
                    'at_risk', coalesce(standing.at_risk, 0),
                    'critical', coalesce(standing.critical, 0),
                    'no_data', coalesce(standing.no_data, 0),
                    'weighted_score', standing.weighted_score,
                    'nrr', standing.nrr
                )
                order by moment.number
            )
            from moment
            left join standing on standing.number = moment.number
        ),
        'marks', (
            select coalesce(
                jsonb_agg(
                    jsonb_build_object('at', model.created_at, 'kind', 'health_model', 'version', model.version)
                    order by model.version
                ),
                '[]'
            )
            from cs.health_models as model
            where model.tenant_id = asked.tenant_id and model.created_at between asked.since and asked.until
        )
    )
    from asked;
end;

alter function cs.executive_trends(jsonb, timestamptz, timestamptz, integer) owner to cs_owner;
revoke execute on function cs.executive_trends(jsonb, timestamptz, timestamptz, integer) from public;
comment on function cs.executive_trends(jsonb, timestamptz, timestamptz, integer) is
    'The trends of the dashboard''s tiles from since to until, at this many moments (2 to 400), evenly spaced, both ends included: the accounts that meet criteria now and existed then, with their ARR and risk level of that time; nrr over a period that ends there and is as long as the whole. marks: when a health model was published. NULL without a tenant.';

create or replace function cs.growth_between(since timestamptz, until timestamptz, criteria jsonb default null)
returns jsonb
language sql stable
set jit = off
begin atomic
    with lasting as materialized (
        select cs.retention_criteria(growth_between.criteria) as criteria
    ), move as materialized (
        select walked.from_stage, walked.to_stage, walked.week, walked.days_before
        from (
            select
                history.account_id,
                history.from_stage,
                history.to_stage,
                history.entered_at,
                date_trunc('week', cs.local_time(tenant.settings, history.entered_at))::date as week,
                extract(epoch from history.entered_at - lag(history.entered_at) over (
                    partition by history.tenant_id, history.account_id
                    order by history.entered_at, history.exited_at, history.id
                )) / 86400 as days_before
            from cs.journey_history as history
            join cs.tenants as tenant on tenant.id = history.tenant_id
        ) as walked
        where walked.entered_at >= growth_between.since
            and walked.entered_at < growth_between.until
            and (
                (select lasting.criteria is null from lasting)
                or walked.account_id in (select cs.matching_accounts((select lasting.criteria from lasting)))
            )
    )
    select jsonb_build_object(
        'weeks', (
            select coalesce(
                jsonb_agg(jsonb_build_object('week', week.week, 'stage', week.to_stage, 'entries', week.entries)
                    order by week.week, week.to_stage),
                '[]'
            )
            from (select move.week, move.to_stage, count(*) as entries from move group by move.week, move.to_stage) as week
        ),
        'flows', (
            select coalesce(
                jsonb_agg(
                    jsonb_build_object(
                        'from_stage', flow.from_stage, 'to_stage', flow.to_stage,
                        'moves', flow.moves, 'median_days', flow.median_days
                    )
                    order by flow.moves desc, flow.from_stage nulls first, flow.to_stage
                ),
                '[]'
            )
            from (
                select
                    move.from_stage,
                    move.to_stage,
                    count(*) as moves,
                    round((percentile_cont(0.5) within group (order by move.days_before))::numeric, 1) as median_days
                from move
                group by move.from_stage, move.to_stage
            ) as flow
        )
    );
end;

alter function cs.growth_between(timestamptz, timestamptz, jsonb) owner to cs_owner;
revoke execute on function cs.growth_between(timestamptz, timestamptz, jsonb) from public;
comment on function cs.growth_between(timestamptz, timestamptz, jsonb) is
    'Moves of accounts that meet criteria, from since to before until: weeks, how many entered each stage in the week that begins with this Monday in the tenant''s time zone; flows, how many went from which stage (NULL: new) to which, and the median of the days of 24 hours they had been there. Conditions on status alone are left out of the criteria, because no account would ever count as lost.';
