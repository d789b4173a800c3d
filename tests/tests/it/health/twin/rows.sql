-- Owns what the rows of each account and type add up to: the window, the weeks before it, days since, no longer used.

-- The question, from the tenant and its model in force.
create function twin.ask(of_tenant uuid, at timestamptz) returns void
    language sql
begin atomic
    insert into twin.question
    select
        of_tenant, at, coalesce(tenants.settings ->> 'time_zone', 'UTC'),
        '{"usage": 25, "engagement": 25, "support": 25, "adoption": 25}' || coalesce(model.doc -> 'weights', '{}'),
        '{"logins": 40, "feature_usage": 100, "api_calls": 500}' || coalesce(model.doc -> 'targets', '{}'),
        '{"critical": 40, "healthy": 80}' || coalesce(model.doc -> 'thresholds', '{}'),
        coalesce(model.doc -> 'caps', '[]'),
        coalesce(model.doc -> 'key_features', '[]'),
        coalesce(model.doc -> 'feature_aliases', '{}'),
        coalesce(model.doc -> 'quiet_periods', '[]')
    from cs.tenants
    left join lateral (
        select to_jsonb(health_models) as doc
        from cs.health_models
        where health_models.tenant_id = tenants.id
        order by health_models.version desc
        limit 1
    ) as model on true
    where tenants.id = of_tenant;
end;

-- The rows that are known by then.
create function twin.collect_facts() returns void
    language sql
begin atomic
    insert into twin.facts
    select
        row.account_id, row.id, row.metric_type::text, row.recorded_at, row.metadata,
        least(round(row.metric_value, 6), 1e25),
        (row.recorded_at at time zone question.zone)::date
    from twin.question
    join cs.usage_metrics as row on row.tenant_id = question.tenant_id and row.recorded_at <= question.as_of;

    insert into twin.feed_days
    select distinct metric, day, account_id from twin.facts;

    insert into twin.acceptances
    select
        silence.metric_type::text, silence.accepted_at,
        least(
            silence.withdrawn_at,
            (select min(facts.at) from twin.facts where metric = silence.metric_type::text and at > silence.accepted_at)
        )
    from twin.question
    join cs.feed_silences as silence on silence.tenant_id = question.tenant_id;
end;

-- Accounts, and the rows as their clocks see them.
create function twin.place_rows() returns void
    language sql
begin atomic
    insert into twin.rows
    select
        facts.account_id, facts.id, facts.metric, facts.at, facts.metadata, facts.quantity,
        coalesce(calendar.mapped_to, facts.at),
        calendar.elapsed + case when calendar.passes then extract(epoch from facts.at - calendar.begins) else 0 end,
        calendar.ordinal
    from twin.facts
    join twin.calendar on calendar.clock = facts.metric and calendar.day = facts.day;

    -- Seats of the account's own, else the latest told in any row, however long ago; 0 says nothing.
    insert into twin.accounts
    select
        accounts.id, accounts.crm_attributes, seen.first_seen,
        twin.ratio(twin.position('account', question.as_of) - twin.position('account', seen.first_seen), 86400),
        case
            when twin.number(accounts.crm_attributes -> 'seats') > 0 then twin.number(accounts.crm_attributes -> 'seats')
            else told.seats
        end
    from twin.question
    join cs.accounts on accounts.tenant_id = question.tenant_id
    left join (
        select account_id, min(at) as first_seen
        from twin.facts
        group by account_id
    ) as seen on seen.account_id = accounts.id
    left join (
        select distinct on (account_id) account_id, twin.number(metadata -> 'seats') as seats
        from twin.facts
        where twin.number(metadata -> 'seats') > 0
        order by account_id, at desc, id desc
    ) as told on told.account_id = accounts.id;
end;

-- What a ticket, or a row without one, is: its latest row says all but when it began.
create function twin.read_tickets() returns void
    language sql
begin atomic
    insert into twin.tickets
    with keyed as (
        select
            rows.*, coalesce('ticket ' || twin.scalar(metadata -> 'ticket_id'), 'row ' || id) as key,
            twin.word(metadata -> 'status') in ('resolved', 'closed') as is_resolved
        from twin.rows
        where metric = 'support_tickets'
    ),
    firsts as (
        select distinct on (account_id, key) account_id, key, at, is_resolved
        from keyed
        order by account_id, key, at, id
    ),
    latests as (
        select distinct on (account_id, key) *
        from keyed
        order by account_id, key, at desc, id desc
    ),
    read as (
        select
            latests.*, firsts.at as first_at, coalesce(firsts.is_resolved, false) as began_resolved,
            twin.moment(latests.metadata -> 'opened_at', question.zone) as told_opened,
            twin.moment(latests.metadata -> 'resolved_at', question.zone) as told_resolved,
            twin.word(latests.metadata -> 'severity') as severity
        from twin.question, latests
        join firsts on firsts.account_id = latests.account_id and firsts.key = latests.key
    )
    select
        account_id, key, twin.scalar(metadata -> 'ticket_id'),
        quantity
        * case when severity in ('critical', 'urgent') then 4 when severity = 'high' then 2 when severity = 'low' then 0.5 else 1 end
        * case
            when not coalesce(is_resolved, false) then 1
            when told_opened is null and began_resolved then 1
            when coalesce(told_resolved, at) - coalesce(told_opened, first_at) <= interval '48 hours' then 0.5
            else 1
        end,
        moment, nullif(twin.word(metadata -> 'status'), ''),
        coalesce(severity in ('critical', 'urgent'), false),
        coalesce(told_opened, first_at)
    from read;
end;

-- Sums, baselines and days since, per account and type. The amount of tickets is points, each in the window of its latest row.
create function twin.add_up() returns void
    language sql
begin atomic
    insert into twin.feats
    with amounts as (
        select account_id, metric, moment, quantity as amount from twin.rows where metric <> 'support_tickets'
        union all
        select account_id, 'support_tickets', moment, points from twin.tickets
    ),
    edges as (
        select
            clocks.metric, block,
            twin.earlier(clocks.metric, clocks.real_now, 30 + 7 * (block + 1)) as block_start,
            twin.earlier(clocks.metric, clocks.real_now, 30 + 7 * block) as block_end
        from twin.clocks, generate_series(0, 11) as block
    ),
    placed_edges as materialized (
        select edges.*, twin.position(edges.metric, edges.block_start) as start_position from edges
    ),
    in_window as (
        select amounts.account_id, amounts.metric, sum(amounts.amount) as amount
        from amounts
        join twin.clocks on clocks.metric = amounts.metric
        where amounts.moment > clocks.window_start and amounts.moment <= clocks.now
        group by amounts.account_id, amounts.metric
    ),
    in_blocks as (
        select amounts.account_id, amounts.metric, edges.block, sum(amounts.amount) as amount
        from amounts
        join placed_edges as edges
            on edges.metric = amounts.metric and amounts.moment > edges.block_start and amounts.moment <= edges.block_end
        group by amounts.account_id, amounts.metric, edges.block
    ),
    -- The account's first row of all, on the clock of each type.
    seen as materialized (
        select
            accounts.account_id, clocks.metric,
            day.elapsed + case when day.passes then extract(epoch from accounts.first_seen - day.begins) else 0 end as first_position
        from twin.question
        cross join twin.accounts
        cross join twin.clocks
        join twin.calendar as day
            on day.clock = clocks.metric and day.day = (accounts.first_seen at time zone question.zone)::date
    ),
    baselines as (
        select
            seen.account_id, seen.metric,
            twin.middle(array_agg(coalesce(in_blocks.amount, 0) order by coalesce(in_blocks.amount, 0))) as baseline
        from seen
        join placed_edges as edges on edges.metric = seen.metric and edges.start_position >= seen.first_position
        left join in_blocks
            on in_blocks.account_id = seen.account_id and in_blocks.metric = seen.metric and in_blocks.block = edges.block
        group by seen.account_id, seen.metric
        having count(*) >= 4
    ),
    uses as (
        select account_id, metric, max(position) filter (where quantity > 0) as last_position
        from twin.rows
        group by account_id, metric
    ),
    lengths as (
        select
            accounts.account_id, clocks.metric, clocks.weight, clocks.target, clocks.position,
            twin.ratio(clocks.position - seen.first_position, 86400) as days,
            least(30, greatest(7, twin.ratio(clocks.position - seen.first_position, 86400))) as length
        from twin.accounts
        cross join twin.clocks
        left join seen on seen.account_id = accounts.account_id and seen.metric = clocks.metric
    )
    select
        lengths.account_id, lengths.metric, lengths.weight, lengths.target, uses.account_id is not null,
        lengths.days, lengths.length, coalesce(in_window.amount, 0),
        twin.ratio(coalesce(in_window.amount, 0) * 7, lengths.length),
        baselines.baseline,
        twin.ratio(lengths.position - uses.last_position, 86400)
    from lengths
    left join uses on uses.account_id = lengths.account_id and uses.metric = lengths.metric
    left join in_window on in_window.account_id = lengths.account_id and in_window.metric = lengths.metric
    left join baselines on baselines.account_id = lengths.account_id and baselines.metric = lengths.metric;
end;

-- A type silent for 84 days is no longer used if another one was at its target at the moment that made it 84.
create function twin.find_unused() returns void
    language sql
begin atomic
    with silent as materialized (
        select
            rows.account_id, rows.metric,
            twin.moment_at(
                rows.metric,
                coalesce(max(rows.position) filter (where rows.quantity > 0), min(rows.position)) + 84 * 86400
            ) as since
        from twin.rows
        join twin.clocks on clocks.metric = rows.metric
        where rows.metric <> 'support_tickets'
        group by rows.account_id, rows.metric, clocks.position
        having clocks.position
            - coalesce(max(rows.position) filter (where rows.quantity > 0), min(rows.position)) >= 84 * 86400
    ),
    others as materialized (
        select
            silent.account_id, silent.metric, silent.since, clocks.metric as other, clocks.target,
            -- A type that was out at that moment, and still is, is seen from its last row.
            case
                when clocks.is_out and clocks.last_row < silent.since
                    and twin.was_out(clocks.metric, clocks.last_row, silent.since, false)
                    then clocks.last_row
                else silent.since
            end as at
        from silent
        join twin.clocks on clocks.metric <> silent.metric and clocks.metric <> 'support_tickets'
    ),
    reached as materialized (
        select distinct others.account_id, others.metric, others.since
        from others
        join twin.accounts on accounts.account_id = others.account_id
        cross join lateral (
            select coalesce(sum(rows.quantity), 0) as amount
            from twin.rows
            where rows.account_id = others.account_id
                and rows.metric = others.other
                and rows.moment > twin.earlier(others.other, others.at, 30)
                and rows.moment <= twin.mapped(others.other, others.at)
        ) as window_then
        where twin.lin(
            window_then.amount, 0,
            twin.ratio(
                others.target * least(
                    30,
                    greatest(
                        7,
                        twin.ratio(
                            twin.position(others.other, others.at) - twin.position(others.other, accounts.first_seen), 86400
                        )
                    )
                ),
                30
            )
        ) = 100
    )
    update twin.feats
    set unused_since = reached.since
    from reached
    where reached.account_id = feats.account_id and reached.metric = feats.metric;
end;
