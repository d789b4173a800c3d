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
            account.tenant_id, account.id as account_id, account.status, account.contract_end_date,
            least(account.created_at, paid.since) as since,
            account.id in (select cs.matching_accounts((select asked.of_dashboard from asked))) as is_now,
            (select asked.of_retention is null from asked)
                or account.id in (select cs.matching_accounts((select asked.of_retention from asked))) as is_lasting
        from asked
        join cs.accounts as account on account.tenant_id = asked.tenant_id
        left join cs.first_arr as paid on paid.tenant_id = account.tenant_id and paid.account_id = account.id
    ), mark as materialized (
        -- Places are counted from 0; width_bucket says how many moments are not after a time.
        select
            array_agg(moment.last_change order by moment.number) as at,
            array_agg(moment.last_change - interval '1 microsecond' order by moment.number) as just_before,
            array_agg(moment.day order by moment.number) as days,
            -- The moments at which the periods of retention begin, up to the first that is shown, then those that are shown.
            array_agg(moment.at - asked.length order by moment.number) filter (where moment.number < asked.points - 1)
                || array_agg(moment.last_change order by moment.number) as stock,
            count(*) filter (where not moment.is_now)::integer as past
        from asked
        cross join moment
    ), held as (
        -- The scores that were current just before any moment, each for the moments from too_late up to but not including beyond;
        -- NULL where there was none yet. Backwards from the last moment, so that one look-up serves all moments of a score, and
        -- scores that were current at no moment are not read. The first row of each account covers no moment.
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
            coalesce(width_bucket(score.created_at, mark.at), 0), later.too_late
        from held as later
        cross join mark
        left join lateral cs.score_at(later.tenant_id, later.account_id, mark.just_before[later.too_late]) as score on true
        where later.too_late > 0
    ), lost as materialized (
        select
            stay.account_id,
            width_bucket(stay.since, mark.at) as first,
            coalesce(width_bucket(stay.until, mark.at), asked.points) as beyond
        from asked
        cross join mark
        join cs.lost_stays as stay on stay.tenant_id = asked.tenant_id
    ), present as materialized (
        -- The last moment is as the tiles are, those before it as what they compare with.
        select member.account_id, member.status, member.contract_end_date, mark.past as first, asked.points as beyond
        from asked
        cross join mark
        cross join member
        where member.is_now and mark.past < asked.points
        union all
        select member.account_id, member.status, member.contract_end_date, width_bucket(member.since, mark.at), mark.past
        from mark
        cross join member
        where member.is_lasting and member.account_id not in (select lost.account_id from lost)
        union all
        select member.account_id, member.status, member.contract_end_date, moment.number, moment.number + 1
        from member
        join moment on not moment.is_now and member.since < moment.at
        where member.is_lasting
            and member.account_id in (select lost.account_id from lost)
            and not exists (
                select from lost
                where lost.account_id = member.account_id and lost.first <= moment.number and lost.beyond > moment.number
            )
    ), stock as materialized (
        select held.account_id, greatest(held.first - (asked.points - 1), 0) as first, held.beyond - (asked.points - 1) as beyond, held.arr
        from asked
        cross join lateral cs.arr_ranges((select mark.stock from mark)) as held
        where held.tenant_id = asked.tenant_id and held.beyond > asked.points - 1
    ), scored as materialized (
        select
            present.account_id,
            greatest(present.first, held.too_late) as first,
            least(present.beyond, held.beyond) as beyond,
            held.overall_score,
            cs.health_band(present.status, held.risk_level::text, held.confidence) as band
        from present
        join held on held.account_id = present.account_id
        where greatest(present.first, held.too_late) < least(present.beyond, held.beyond)
    ), renewing as materialized (
        -- The days from 0 to 90 before the end of a contract.
        select span.account_id, span.first, span.beyond
        from mark
        cross join present
        cross join lateral (
            select
                present.account_id,
                greatest(present.first, width_bucket(present.contract_end_date - 91, mark.days)) as first,
                least(present.beyond, width_bucket(present.contract_end_date, mark.days)) as beyond
        ) as span
        where present.contract_end_date is not null and span.first < span.beyond
    ), span as materialized (
        -- Few: what is the same for the same moments is added up first.
        select
            scored.first, scored.beyond, scored.band,
            count(*) as accounts, sum(scored.overall_score) as score,
            0::numeric as arr, 0::numeric as weighted, 0::bigint as renewals, 0::numeric as renewals_arr
        from scored
        group by scored.first, scored.beyond, scored.band
        union all
        select
            greatest(scored.first, stock.first), least(scored.beyond, stock.beyond), scored.band,
            0, 0, sum(stock.arr), sum(stock.arr * scored.overall_score), 0, 0
        from scored
        join stock on stock.account_id = scored.account_id and stock.first < scored.beyond and scored.first < stock.beyond
        group by 1, 2, 3
        union all
        select renewing.first, renewing.beyond, null as band, 0, 0, 0, 0, count(*), 0
        from renewing
        group by renewing.first, renewing.beyond
        union all
        select greatest(renewing.first, stock.first), least(renewing.beyond, stock.beyond), null as band, 0, 0, 0, 0, 0, sum(stock.arr)
        from renewing
        join stock on stock.account_id = renewing.account_id and stock.first < renewing.beyond and renewing.first < stock.beyond
        group by 1, 2
    ), standing as (
        select
            moment.number,
            sum(span.accounts) as accounts,
            sum(span.arr) as arr,
            sum(span.accounts) filter (where span.band = 'Healthy') as healthy,
            sum(span.accounts) filter (where span.band = 'At Risk') as at_risk,
            sum(span.accounts) filter (where span.band = 'Critical') as critical,
            sum(span.accounts) filter (where span.band = 'No data') as no_data,
            sum(span.accounts) filter (where span.band = 'Uncertain') as uncertain,
            sum(span.accounts) filter (where span.band = 'Paused') as paused,
            sum(span.arr) filter (where span.band = 'Healthy') as healthy_arr,
            sum(span.arr) filter (where span.band = 'At Risk') as at_risk_arr,
            sum(span.arr) filter (where span.band = 'Critical') as critical_arr,
            sum(span.arr) filter (where span.band = 'No data') as no_data_arr,
            sum(span.arr) filter (where span.band = 'Uncertain') as uncertain_arr,
            sum(span.arr) filter (where span.band = 'Paused') as paused_arr,
            sum(span.renewals) as renewals,
            sum(span.renewals_arr) as renewals_arr,
            round(coalesce(
                sum(span.weighted) filter (where reliable.it) / nullif(sum(span.arr) filter (where reliable.it), 0),
                sum(span.score) filter (where reliable.it) / nullif(sum(span.accounts) filter (where reliable.it), 0)
            ), 1) as weighted_score,
            round(
                sum(span.score) filter (where reliable.it) / nullif(sum(span.accounts) filter (where reliable.it), 0), 1
            ) as mean_score
        from moment
        join span on moment.number >= span.first and moment.number < span.beyond
        cross join lateral (select span.band in ('Healthy', 'At Risk', 'Critical') as it) as reliable
        group by moment.number
    ), customer as materialized (
        select held.customer_id, held.first, held.beyond, held.arr
        from asked
        cross join lateral cs.customer_arr_ranges((select mark.stock from mark)) as held
        where held.tenant_id = asked.tenant_id
            and (
                asked.of_retention is null
                or held.customer_id in (select member.account_id from member where member.is_lasting)
            )
    ), period as materialized (
        -- What customers had where a period begins, and what those still have where it ends, for the periods from first up to beyond.
        select held.first, held.beyond, sum(held.arr) as start_arr, 0::numeric as end_arr
        from customer as held
        group by held.first, held.beyond
        union all
        select
            greatest(before.first, later.first - (asked.points - 1)), least(before.beyond, later.beyond - (asked.points - 1)),
            0, sum(later.arr)
        from asked
        cross join customer as before
        join customer as later on later.customer_id = before.customer_id
        where greatest(before.first, later.first - (asked.points - 1)) < least(before.beyond, later.beyond - (asked.points - 1))
        group by 1, 2
    ), retained as (
        -- As retention_between.
        select moment.number, round(sum(period.end_arr) / nullif(sum(period.start_arr), 0), 4) as nrr
        from moment
        join period on moment.number >= period.first and moment.number < period.beyond
        group by moment.number
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
                    'revenue_at_risk', coalesce(standing.at_risk_arr, 0) + coalesce(standing.critical_arr, 0),
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
