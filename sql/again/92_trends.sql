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
            tenant.settings,
            period.since,
            period.until,
            period.until - period.since as length,
            least(greatest(coalesce(executive_trends.points, 12), 2), 400) as points,
            cs.dashboard_criteria(executive_trends.criteria, null) as of_dashboard,
            cs.retention_criteria(executive_trends.criteria) as of_retention,
            coalesce(cs.parent_arr_includes_children(tenant.settings), false) as has_families
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
            cs.local_day(asked.settings, point.at) as day,
            last.is_now,
            case when last.is_now then 'infinity' else point.at end as last_change
        from asked
        cross join lateral generate_series(0, asked.points - 1) as number
        cross join lateral (
            select asked.since + asked.length * (number::double precision / (asked.points - 1)) as at
        ) as point
        cross join lateral (
            select number = asked.points - 1 and executive_trends.until is null as is_now
        ) as last
    ), member as materialized (
        select
            account.tenant_id, account.id as account_id, account.created_at, account.status, account.contract_end_date,
            account.id in (select cs.matching_accounts((select asked.of_dashboard from asked))) as is_now,
            (select asked.of_retention is null from asked)
                or account.id in (select cs.matching_accounts((select asked.of_retention from asked))) as is_lasting
        from asked
        join cs.accounts as account on account.tenant_id = asked.tenant_id
    ), mark as materialized (
        -- Counted from 1; width_bucket over at says how many moments a score came too late for.
        select
            array_agg(moment.last_change order by moment.number) as at,
            array_agg(moment.last_change - interval '1 microsecond' order by moment.number) as just_before
        from moment
    ), held as (
        -- The scores that were current just before any moment, each for the moments from too_late up to but not including beyond.
        -- Backwards from the last moment, so that one look-up serves all moments of a score, and scores that were current at no
        -- moment are not read. The first row of each account is not a score and covers no moment.
        select
            member.tenant_id, member.account_id,
            null::integer as overall_score, null::cs.risk_level as risk_level, null::text as confidence,
            asked.points as too_late, asked.points as beyond
        from asked
        cross join member
        where member.is_now or member.is_lasting
        union all
        select
            later.tenant_id, later.account_id,
            score.overall_score, score.risk_level, score.confidence,
            width_bucket(score.created_at, mark.at), later.too_late
        from held as later
        cross join mark
        cross join lateral cs.score_at(later.tenant_id, later.account_id, mark.just_before[later.too_late]) as score
        where later.too_late > 0
    ), flow as materialized (
        select moment.number, flow.tenant_id, flow.account_id, flow.customer_id, flow.start_arr, flow.end_arr
        from asked
        cross join moment
        cross join lateral cs.arr_at(moment.at - asked.length, moment.at - asked.length, moment.last_change) as flow
        where flow.tenant_id = asked.tenant_id
    ), retained as (
        -- As retention_between.
        select
            customer.number,
            round(
                sum(customer.end_arr) filter (where customer.start_arr > 0) / nullif(sum(customer.start_arr), 0), 4
            ) as nrr
        from (
            select it.number, it.customer_id, it.start_arr, it.end_arr
            from flow as it
            where not (select asked.has_families from asked)
            union all
            select it.number, it.customer_id, sum(it.start_arr), sum(it.end_arr)
            from flow as it
            where (select asked.has_families from asked)
            group by it.number, it.customer_id
        ) as customer
        where (select asked.of_retention is null from asked)
            or customer.customer_id in (select member.account_id from member where member.is_lasting)
        group by customer.number
    ), standing as (
        select
            there.number,
            count(*) as accounts,
            coalesce(sum(there.arr), 0) as arr,
            count(*) filter (where there.band = 'Healthy') as healthy,
            count(*) filter (where there.band = 'At Risk') as at_risk,
            count(*) filter (where there.band = 'Critical') as critical,
            count(*) filter (where there.band = 'No data') as no_data,
            count(*) filter (where there.band = 'Uncertain') as uncertain,
            count(*) filter (where there.band = 'Paused') as paused,
            coalesce(sum(there.arr) filter (where there.band = 'Healthy'), 0) as healthy_arr,
            coalesce(sum(there.arr) filter (where there.band = 'At Risk'), 0) as at_risk_arr,
            coalesce(sum(there.arr) filter (where there.band = 'Critical'), 0) as critical_arr,
            coalesce(sum(there.arr) filter (where there.band = 'No data'), 0) as no_data_arr,
            coalesce(sum(there.arr) filter (where there.band = 'Uncertain'), 0) as uncertain_arr,
            coalesce(sum(there.arr) filter (where there.band = 'Paused'), 0) as paused_arr,
            count(*) filter (where there.days_to_renewal between 0 and 90) as renewals,
            coalesce(sum(there.arr) filter (where there.days_to_renewal between 0 and 90), 0) as renewals_arr,
            round(coalesce(
                sum(there.arr * there.overall_score) filter (where there.is_reliable)
                    / nullif(sum(there.arr) filter (where there.is_reliable), 0),
                avg(there.overall_score) filter (where there.is_reliable)
            ), 1) as weighted_score,
            round(avg(there.overall_score) filter (where there.is_reliable), 1) as mean_score
        from (
            select
                moment.number,
                coalesce(flow.end_arr, 0) as arr,
                member.contract_end_date - moment.day as days_to_renewal,
                score.overall_score,
                band.name as band,
                band.name in ('Healthy', 'At Risk', 'Critical') as is_reliable
            from moment
            cross join member
            left join cs.lost_stays as lost
                on lost.tenant_id = member.tenant_id
                and lost.account_id = member.account_id
                and lost.since < moment.at
                and (lost.until is null or lost.until >= moment.at)
            left join flow on flow.number = moment.number and flow.account_id = member.account_id
            left join (
                select held.account_id, covered.number, held.overall_score, held.risk_level, held.confidence
                from held
                join moment as covered on covered.number >= held.too_late and covered.number < held.beyond
            ) as score on score.number = moment.number and score.account_id = member.account_id
            cross join lateral (
                select cs.health_band(member.status, score.risk_level::text, score.confidence) as name
            ) as band
            -- The last moment is as the tiles are, those before it as what they compare with.
            where case
                when moment.is_now then member.is_now
                else member.is_lasting and member.created_at < moment.at and lost.account_id is null
            end
        ) as there
        group by there.number
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
                    'uncertain', coalesce(standing.uncertain, 0),
                    'paused', coalesce(standing.paused, 0),
                    'healthy_arr', coalesce(standing.healthy_arr, 0),
                    'at_risk_arr', coalesce(standing.at_risk_arr, 0),
                    'critical_arr', coalesce(standing.critical_arr, 0),
                    'no_data_arr', coalesce(standing.no_data_arr, 0),
                    'uncertain_arr', coalesce(standing.uncertain_arr, 0),
                    'paused_arr', coalesce(standing.paused_arr, 0),
                    'revenue_at_risk', coalesce(standing.at_risk_arr + standing.critical_arr, 0),
                    'renewals', coalesce(standing.renewals, 0),
                    'renewals_arr', coalesce(standing.renewals_arr, 0),
                    'weighted_score', standing.weighted_score,
                    'mean_score', standing.mean_score,
                    'nrr', retained.nrr
                )
                order by moment.number
            )
            from moment
            left join standing on standing.number = moment.number
            left join retained on retained.number = moment.number
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
            where model.tenant_id = asked.tenant_id and model.created_at >= asked.since and model.created_at < asked.until
        )
    )
    from asked;
end;

alter function cs.executive_trends(jsonb, timestamptz, timestamptz, integer) owner to cs_owner;
revoke execute on function cs.executive_trends(jsonb, timestamptz, timestamptz, integer) from public;
comment on function cs.executive_trends(jsonb, timestamptz, timestamptz, integer) is
    'The trends of the dashboard''s tiles from since to until, at this many moments (2 to 400), evenly spaced, both ends included: the accounts that were customers just before it and meet criteria, those lost since included, as the before of executive_dashboard has them, with their ARR and risk level of that time; without until the last moment is now, as the tiles are. The bands, no_data, uncertain and paused add up to accounts, those with _arr to arr; revenue_at_risk is the ARR At Risk or Critical; renewals end within 90 days of the moment, as the contracts are today; nrr over a period that ends there and is as long as the whole. marks: when a health model was published. NULL without a tenant.';

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
                    order by history.entered_at, history.exited_at, history.history_id
                )) / 86400 as days_before
            from cs.counted_stays as history
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
    'Moves of accounts that meet criteria, from since to before until: weeks, how many entered each stage in the week that begins with this Monday in the tenant''s time zone; flows, how many went from which stage (NULL: new) to which, and the median of the days of 24 hours they had been there. Moves that were taken back, and the way back, count nowhere. Conditions on status alone are left out of the criteria, because no account would ever count as lost.';
