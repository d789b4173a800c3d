-- Owns the answer: components, overall, confidence, caps; and asking for it.

create function twin.sum_up() returns void
    language sql
begin atomic
    insert into twin.told
    with components as (
        select
            accounts.account_id, accounts.history,
            twin.round_half_up(twin.wavg(array[used.level, used.trend, used.recency], '{40, 30, 30}')) as usage_score,
            twin.round_half_up(
                twin.wavg(array[engaged.frequency, engaged.breadth, engaged.recency], '{50, 30, 20}')
            ) as engagement_score,
            -- Quiet is not happy.
            case when support.account_id is not null then least(
                case when support.is_silent then 50 end,
                twin.round_half_up(
                    twin.wavg(array[support.load, support.trend, support.open_urgent, support.csat], '{50, 20, 20, 10}')
                )
            ) end as support_score,
            twin.round_half_up(
                twin.wavg(array[adopted.breadth, adopted.stickiness, adopted.depth], '{50, 30, 20}')
            ) as adoption_score,
            used.level, used.trend, used.recency,
            engaged.frequency, engaged.breadth as people, engaged.recency as login_recency,
            support.load, support.trend as support_trend, support.open_urgent, support.csat,
            adopted.breadth, adopted.stickiness, adopted.depth,
            support.urgent_open_days, best.usage_of_best,
            flags.is_stale, flags.is_unused,
            case
                when flags.logins_unused then case when accounts.seats is not null then 0 end
                when accounts.history >= 28 and engaged.people is not null and accounts.seats is not null
                    then 100 * least(1, twin.ratio(engaged.people, accounts.seats))
            end as seat_share,
            accounts.seats, accounts.crm_attributes -> 'api_only' as api_only
        from twin.accounts
        left join twin.usage_parts as used on used.account_id = accounts.account_id
        left join twin.engagement_parts as engaged on engaged.account_id = accounts.account_id
        left join twin.support_parts as support on support.account_id = accounts.account_id
        left join twin.adoption_parts as adopted on adopted.account_id = accounts.account_id
        left join twin.best_quarters as best on best.account_id = accounts.account_id
        join (
            select
                feats.account_id,
                coalesce(bool_or(clocks.is_out and case
                    when feats.metric = 'support_tickets' then true
                    else feats.is_observed and feats.unused_since is null
                end), false) as is_stale,
                bool_or(feats.unused_since is not null) as is_unused,
                bool_or(feats.unused_since is not null and feats.metric = 'logins') as logins_unused
            from twin.feats
            join twin.clocks on clocks.metric = feats.metric
            group by feats.account_id
        ) as flags on flags.account_id = accounts.account_id
    ),
    weighted as (
        select
            components.*, total.raw, total.coverage,
            jsonb_build_object(
                'urgent_open_days', urgent_open_days, 'seat_share', seat_share, 'usage_trend', trend,
                'usage_of_best', usage_of_best, 'seats', seats, 'crm_attributes.api_only', api_only
            ) as fields
        from components, twin.question
        cross join lateral (
            select
                twin.round_half_up(twin.wavg(array_agg(part.score), array_agg(part.weight))) as raw,
                twin.ratio(coalesce(sum(part.weight) filter (where part.score is not null), 0), sum(part.weight)) as coverage
            from (
                values
                    (usage_score, (question.weights ->> 'usage')::numeric),
                    (engagement_score, (question.weights ->> 'engagement')::numeric),
                    (support_score, (question.weights ->> 'support')::numeric),
                    (adoption_score, (question.weights ->> 'adoption')::numeric)
            ) as part (score, weight)
        ) as total
    ),
    capped as (
        select
            weighted.*, twin.filled(cap.reason, weighted.fields) as cap_reason,
            least(
                weighted.raw,
                case when cap.max = '"at_risk"' then (question.thresholds ->> 'healthy')::integer - 1 else cap.max::integer end
            ) as overall
        from twin.question, weighted
        left join lateral (
            select cap.doc ->> 'reason' as reason, cap.doc -> 'max' as max
            from twin.question, jsonb_array_elements(question.caps) with ordinality as cap (doc, number)
            where twin.is_switched_on(cap.doc) and twin.holds(cap.doc -> 'when', weighted.fields)
            order by cap.number
            limit 1
        ) as cap on weighted.raw is not null
    )
    select
        account_id, usage_score, engagement_score, support_score, adoption_score,
        raw, overall, case when overall < raw then cap_reason end, coverage,
        case
            when coverage < 0.5 or coalesce(history, 0) < 14 then 'low'
            when coverage >= 0.75 and history >= 28 and not is_unused then 'high'
            else 'medium'
        end,
        case
            when overall >= (question.thresholds ->> 'healthy')::integer then 'Healthy'
            when overall >= (question.thresholds ->> 'critical')::integer then 'At Risk'
            when overall is not null then 'Critical'
        end,
        is_stale, level, trend, recency, frequency, people, login_recency, load, support_trend, open_urgent, csat,
        breadth, stickiness, depth, urgent_open_days, seat_share, usage_of_best, seats
    from capped, twin.question;
end;

-- Works everything out anew for a tenant at a moment.
create function twin.work_out(of_tenant uuid, at timestamptz) returns void
    language plpgsql
    set work_mem to '128MB'
    set jit to off
as $$
begin
    set local client_min_messages = warning;
    truncate
        twin.question, twin.facts, twin.days, twin.stopped, twin.calendar, twin.feed_days, twin.acceptances, twin.clocks, twin.rows,
        twin.feats, twin.accounts, twin.tickets, twin.feature_uses, twin.norms_now, twin.norms, twin.usage_parts,
        twin.engagement_parts, twin.support_parts, twin.adoption_parts, twin.best_quarters, twin.told;
    perform twin.ask(of_tenant, at);
    perform twin.collect_facts();
    analyze twin.question, twin.facts, twin.feed_days;
    perform twin.set_clocks();
    analyze twin.calendar, twin.clocks;
    perform twin.place_rows();
    analyze twin.rows, twin.accounts;
    perform twin.read_tickets();
    analyze twin.tickets;
    perform twin.add_up();
    analyze twin.feats;
    perform twin.find_unused();
    perform twin.name_features();
    analyze twin.feature_uses;
    perform twin.find_norms();
    perform twin.score_usage();
    perform twin.score_engagement();
    perform twin.score_support();
    perform twin.score_adoption();
    perform twin.find_best_quarters();
    perform twin.sum_up();
    analyze twin.told;
end
$$;

create function twin.scores(of_tenant uuid, at timestamptz) returns setof twin.told
    language plpgsql
as $$
begin
    perform twin.work_out(of_tenant, at);
    return query select * from twin.told;
end
$$;
