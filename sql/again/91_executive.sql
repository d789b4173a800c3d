-- Owns the tiles of the executive page, in one call.
-- With each number comes the list behind it: criteria for which matching_accounts returns exactly these accounts.

create or replace function cs.executive_dashboard(
    criteria jsonb default null,
    since timestamptz default null,
    until timestamptz default null
)
returns jsonb
language sql stable
set jit = off
-- Read at random what is current: the current scores are few among all, and in memory.
set random_page_cost = 1.1
begin atomic
    with asked as materialized (
        select
            tenant.id as tenant_id,
            tenant.settings,
            cs.high_value_arr(tenant.settings) as high_value_arr,
            coalesce(cs.parent_arr_includes_children(tenant.settings), false) as has_families,
            period.since,
            coalesce(executive_dashboard.until, now()) as until,
            coalesce(executive_dashboard.until, 'infinity') as last_change,
            period.since - (coalesce(executive_dashboard.until, now()) - period.since) as since_before,
            '{"all": [{"field": "status", "op": "eq", "value": "Active"},
                {"field": "health_band", "op": "in", "value": ["At Risk", "Critical"]}]}'::jsonb as at_risk,
            '{"all": [{"field": "status", "op": "eq", "value": "Active"},
                {"field": "health_band", "op": "eq", "value": "Critical"}]}'::jsonb as critical,
            '{"all": [{"field": "status", "op": "eq", "value": "Active"},
                {"field": "health_band", "op": "eq", "value": "Uncertain"},
                {"field": "risk_level", "op": "in", "value": ["At Risk", "Critical"]}]}'::jsonb as uncertain,
            '{"field": "days_to_renewal", "op": "between", "value": [0, 90]}'::jsonb as renewing
        from cs.tenants as tenant
        cross join (select coalesce(executive_dashboard.since, now() - interval '720 hours') as since) as period
        where tenant.id = cs.current_tenant_id()
    ), held as materialized (
        select held.tenant_id, held.account_id, held.customer_id, held.earlier_arr, held.start_arr, held.end_arr
        from asked
        cross join lateral cs.arr_at(asked.since_before, asked.since, asked.last_change) as held
    ), member as materialized (
        select
            account.*,
            coalesce(held.start_arr, 0) as arr_before,
            account.status = 'Active' and account.band in ('At Risk', 'Critical') as is_at_risk,
            account.status = 'Active' and account.band = 'Uncertain' and account.risk_level in ('At Risk', 'Critical') as is_uncertain,
            account.band in ('Healthy', 'At Risk', 'Critical') as is_reliable,
            account.band_before in ('Healthy', 'At Risk', 'Critical') as was_reliable,
            account.overall_score - account.score_before as change
        from asked
        cross join lateral cs.executive_accounts(executive_dashboard.criteria, asked.since) as account
        left join held on held.tenant_id = account.tenant_id and held.account_id = account.account_id
    ), total as (
        select
            count(*) as accounts,
            coalesce(sum(arr), 0) as arr,
            count(*) filter (where is_reliable) as reliable,
            coalesce(sum(arr) filter (where is_reliable), 0) as reliable_arr,
            round(coalesce(
                sum(arr * overall_score) filter (where is_reliable) / nullif(sum(arr) filter (where is_reliable), 0),
                avg(overall_score) filter (where is_reliable)
            ), 1) as weighted,
            round(avg(overall_score) filter (where is_reliable), 1) as mean,
            count(*) filter (where is_at_risk) as at_risk,
            coalesce(sum(arr) filter (where is_at_risk), 0) as at_risk_arr,
            count(*) filter (where is_at_risk and band = 'Critical') as critical,
            coalesce(sum(arr) filter (where is_at_risk and band = 'Critical'), 0) as critical_arr,
            coalesce(sum(round(arr * (100 - overall_score) / 100, 2)) filter (where is_at_risk), 0) as exposure,
            count(*) filter (where is_uncertain) as uncertain,
            coalesce(sum(arr) filter (where is_uncertain), 0) as uncertain_arr,
            count(*) filter (where is_at_risk and arr >= asked.high_value_arr) as high_value,
            coalesce(sum(arr) filter (where is_at_risk and arr >= asked.high_value_arr), 0) as high_value_arr,
            count(*) filter (where days_to_renewal between 0 and 90) as renewals,
            coalesce(sum(arr) filter (where days_to_renewal between 0 and 90), 0) as renewals_arr,
            count(*) filter (where is_at_risk and days_to_renewal between 0 and 90) as renewals_at_risk,
            coalesce(sum(arr) filter (where is_at_risk and days_to_renewal between 0 and 90), 0) as renewals_at_risk_arr,
            bool_or(overall_score is not null) as has_scores
        from asked
        cross join member
        where member.is_now
    ), earlier as (
        -- Who was a customer then, those lost since included.
        select
            count(*) as accounts,
            coalesce(sum(arr_before), 0) as arr,
            round(coalesce(
                sum(arr_before * score_before) filter (where was_reliable)
                    / nullif(sum(arr_before) filter (where was_reliable), 0),
                avg(score_before) filter (where was_reliable)
            ), 1) as weighted,
            round(avg(score_before) filter (where was_reliable), 1) as mean,
            coalesce(sum(arr_before) filter (where band_before in ('At Risk', 'Critical')), 0) as at_risk_arr,
            count(*) filter (where days_to_renewal_before between 0 and 90) as renewals
        from member
        where member.was_there
    ), lasting as materialized (
        select cs.retention_criteria(executive_dashboard.criteria) as criteria
    ), retained as (
        -- The same as retention_between for both periods, but reads the history only once.
        select
            coalesce(sum(customer.start_arr), 0) as start_arr,
            coalesce(sum(customer.end_arr) filter (where customer.start_arr > 0), 0) as end_arr,
            count(*) filter (where customer.start_arr > 0) as accounts_start,
            count(*) filter (where customer.start_arr > 0 and customer.end_arr = 0) as accounts_lost,
            round(
                sum(customer.end_arr) filter (where customer.start_arr > 0) / nullif(sum(customer.start_arr), 0), 4
            ) as nrr,
            round(sum(least(customer.start_arr, customer.end_arr)) / nullif(sum(customer.start_arr), 0), 4) as grr,
            round(
                sum(customer.start_arr) filter (where customer.earlier_arr > 0) / nullif(sum(customer.earlier_arr), 0), 4
            ) as nrr_before,
            round(
                sum(least(customer.earlier_arr, customer.start_arr)) / nullif(sum(customer.earlier_arr), 0), 4
            ) as grr_before
        from (
            select it.customer_id, it.earlier_arr, it.start_arr, it.end_arr
            from held as it
            where not (select asked.has_families from asked)
            union all
            select it.customer_id, sum(it.earlier_arr), sum(it.start_arr), sum(it.end_arr)
            from held as it
            where (select asked.has_families from asked)
            group by it.customer_id
        ) as customer
        where (select lasting.criteria is null from lasting)
            or customer.customer_id in (select cs.matching_accounts((select lasting.criteria from lasting)))
    )
    select jsonb_build_object(
        'as_of', now(),
        'since', asked.since,
        'until', asked.until,
        'currency', coalesce(asked.settings ->> 'currency', 'USD'),
        'time_zone', cs.time_zone(asked.settings),
        'has_accounts', exists (select from cs.accounts as account where account.tenant_id = asked.tenant_id),
        'has_scores', coalesce(total.has_scores, false),
        'kpis', jsonb_build_object(
            'total_arr', jsonb_build_object(
                'value', total.arr, 'before', earlier.arr, 'accounts', total.accounts, 'arr', total.arr,
                'list', cs.dashboard_criteria(executive_dashboard.criteria, null)
            ),
            'accounts', jsonb_build_object(
                'value', total.accounts, 'before', earlier.accounts, 'accounts', total.accounts, 'arr', total.arr,
                'list', cs.dashboard_criteria(executive_dashboard.criteria, null)
            ),
            'health', jsonb_build_object(
                'value', total.weighted, 'before', earlier.weighted,
                'mean', total.mean, 'mean_before', earlier.mean,
                'accounts', total.reliable, 'arr', total.reliable_arr,
                'list', cs.dashboard_criteria(
                    executive_dashboard.criteria,
                    '{"field": "health_band", "op": "in", "value": ["Healthy", "At Risk", "Critical"]}'
                )
            ),
            'revenue_at_risk', jsonb_build_object(
                'value', total.at_risk_arr, 'before', earlier.at_risk_arr,
                'accounts', total.at_risk, 'arr', total.at_risk_arr, 'exposure', total.exposure,
                'list', cs.dashboard_criteria(executive_dashboard.criteria, asked.at_risk),
                'critical', jsonb_build_object(
                    'accounts', total.critical, 'arr', total.critical_arr,
                    'list', cs.dashboard_criteria(executive_dashboard.criteria, asked.critical)
                ),
                'uncertain', jsonb_build_object(
                    'accounts', total.uncertain, 'arr', total.uncertain_arr,
                    'list', cs.dashboard_criteria(executive_dashboard.criteria, asked.uncertain)
                ),
                'high_value', jsonb_build_object(
                    'setting', asked.high_value_arr, 'accounts', total.high_value, 'arr', total.high_value_arr,
                    'list', cs.dashboard_criteria(
                        executive_dashboard.criteria,
                        jsonb_insert(
                            asked.at_risk, '{all, 0}',
                            jsonb_build_object('field', 'counted_arr', 'op', 'gte', 'value', asked.high_value_arr)
                        )
                    )
                )
            ),
            'renewals_90d', jsonb_build_object(
                'value', total.renewals, 'before', earlier.renewals,
                'accounts', total.renewals, 'arr', total.renewals_arr,
                'list', cs.dashboard_criteria(executive_dashboard.criteria, asked.renewing),
                'at_risk', jsonb_build_object(
                    'accounts', total.renewals_at_risk, 'arr', total.renewals_at_risk_arr,
                    'list', cs.dashboard_criteria(
                        executive_dashboard.criteria, jsonb_insert(asked.at_risk, '{all, 0}', asked.renewing)
                    ),
                    'first', (
                        select jsonb_build_object(
                            'account_id', account.id, 'name', account.name, 'contract_end_date', account.contract_end_date,
                            'days_to_renewal', soonest.days_to_renewal
                        )
                        from (
                            select member.tenant_id, member.account_id, member.days_to_renewal
                            from member
                            where member.is_now and member.is_at_risk and member.days_to_renewal between 0 and 90
                            order by member.days_to_renewal, member.arr desc, member.name, member.account_id
                            limit 1
                        ) as soonest
                        join cs.accounts as account on account.tenant_id = soonest.tenant_id and account.id = soonest.account_id
                    )
                )
            ),
            'retention', jsonb_build_object(
                'value', retained.nrr, 'before', retained.nrr_before,
                'grr', retained.grr, 'grr_before', retained.grr_before,
                'start_arr', retained.start_arr, 'end_arr', retained.end_arr,
                'accounts_start', retained.accounts_start, 'accounts_lost', retained.accounts_lost,
                'reason', case
                    when retained.nrr is not null then null
                    when exists (
                        select from cs.arr_history as history
                        where history.tenant_id = asked.tenant_id and history.valid_from < asked.since
                    ) then 'no account had ARR at the start of the period'
                    else 'ARR is not known as far back as the start of the period'
                end,
                'list', (select lasting.criteria from lasting)
            )
        ),
        'distribution', (
            select jsonb_agg(
                jsonb_build_object(
                    'risk_level', band.name,
                    'accounts', coalesce(part.accounts, 0),
                    'accounts_before', coalesce(part.accounts_before, 0),
                    'arr', coalesce(part.arr, 0),
                    'list', cs.dashboard_criteria(
                        executive_dashboard.criteria,
                        jsonb_build_object('field', 'health_band', 'op', 'eq', 'value', band.name)
                    )
                )
                order by band.place
            )
            from unnest(array['Healthy', 'At Risk', 'Critical', 'No data', 'Uncertain', 'Paused'])
                with ordinality as band (name, place)
            left join (
                select
                    one.band,
                    count(*) filter (where one.is_now) as accounts,
                    sum(one.arr) as arr,
                    count(*) filter (where one.was_there) as accounts_before
                from (
                    select member.band, member.arr, true as is_now, false as was_there from member where member.is_now
                    union all
                    select member.band_before, 0, false, true from member where member.was_there
                ) as one
                group by one.band
            ) as part on part.band = band.name
        ),
        'revenue_at_risk', (
            select coalesce(jsonb_agg(to_jsonb(risk) - 'tenant_id' order by risk.exposure desc, risk.name, risk.account_id), '[]')
            from cs.revenue_at_risk as risk
            where risk.tenant_id = asked.tenant_id
                and risk.account_id = any (array(
                    select member.account_id
                    from member
                    where member.is_now and member.is_at_risk
                    order by member.arr * (100 - member.overall_score) desc, member.name, member.account_id
                    limit 10
                ))
        ),
        'movers', (
            select jsonb_build_object(
                'drops', coalesce(jsonb_agg(moved.it order by moved.change, moved.arr desc, moved.name) filter (where moved.change < 0), '[]'),
                'rises', coalesce(jsonb_agg(moved.it order by moved.change desc, moved.arr desc, moved.name) filter (where moved.change > 0), '[]')
            )
            from (
                select
                    extreme.change, extreme.arr, extreme.name,
                    jsonb_build_object(
                        'account_id', extreme.account_id, 'name', extreme.name, 'arr', extreme.arr, 'change', extreme.change,
                        'overall_score', extreme.overall_score, 'score_before', extreme.score_before,
                        'risk_level', extreme.band
                    ) as it
                from (
                    (
                        select member.*
                        from member
                        where member.is_now and member.is_reliable and member.was_reliable and member.change < 0
                        order by member.change, member.arr desc, member.name, member.account_id
                        limit 5
                    )
                    union all
                    (
                        select member.*
                        from member
                        where member.is_now and member.is_reliable and member.was_reliable and member.change > 0
                        order by member.change desc, member.arr desc, member.name, member.account_id
                        limit 5
                    )
                ) as extreme
            ) as moved
        )
    )
    from asked
    cross join total
    cross join earlier
    cross join retained;
end;

alter function cs.executive_dashboard(jsonb, timestamptz, timestamptz) owner to cs_owner;
revoke execute on function cs.executive_dashboard(jsonb, timestamptz, timestamptz) from public;
comment on function cs.executive_dashboard(jsonb, timestamptz, timestamptz) is
    'The tiles of the executive page for the accounts of the own tenant that meet criteria; lost customers are left out unless the criteria mention status. value is as of now; before is as of since (30 days ago), of the accounts that were customers then and meet criteria, those lost since included: conditions on status left out as in retention, score and confidence those of then, all else as it is today. Paused accounts and scores of low confidence count in total ARR and accounts but in no average and no revenue at risk: the distribution shows them apart, as Paused and Uncertain. renewals_90d.at_risk: the revenue at risk whose contracts end within 90 days, and which of them ends first. Retention is between since and until (now), its before is the period of the same length that ended at since. list: criteria of the accounts behind a number, accounts and arr: how many matching_accounts finds for it, and their ARR that counts; for retention, the criteria it was computed over. NULL without a tenant.';
