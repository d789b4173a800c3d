-- Owns the parts of usage, engagement and support.

create function twin.score_usage() returns void
    language sql
begin atomic
    insert into twin.usage_parts
    select
        account_id,
        twin.wavg(array_agg(twin.lin(amount, 0, twin.ratio(target * length, 30))), array_agg(weight)),
        twin.wavg(array_agg(twin.trend(weekly, baseline)), array_agg(weight)),
        coalesce(twin.lin(min(days_since), 30, 3), 0)
    from twin.feats
    where metric <> 'support_tickets' and is_observed and unused_since is null
    group by account_id;
end;

create function twin.score_engagement() returns void
    language sql
begin atomic
    insert into twin.engagement_parts
    with logins as materialized (
        select rows.*
        from twin.rows
        join twin.clocks on clocks.metric = rows.metric
        where rows.metric = 'logins' and rows.moment > clocks.window_start and rows.moment <= clocks.now
    ),
    signed_in as (
        select
            account_id, count(distinct ordinal) as days,
            count(distinct twin.fold(twin.scalar(metadata -> 'user_id'))) as people
        from logins
        where quantity > 0
        group by account_id
    ),
    counted as (
        select distinct on (account_id) account_id, twin.number(metadata -> 'active_users') as people
        from logins
        where twin.number(metadata -> 'active_users') >= 0
        order by account_id, at desc, id desc
    ),
    people as (
        select
            feats.account_id,
            coalesce(nullif(signed_in.people, 0), counted.people, case when feats.amount = 0 then 0 end) as people,
            coalesce(signed_in.days, 0) as days
        from twin.feats
        left join signed_in on signed_in.account_id = feats.account_id
        left join counted on counted.account_id = feats.account_id
        where feats.metric = 'logins'
    )
    select
        feats.account_id,
        people.people,
        twin.lin(people.days, 0, twin.ratio(12 * feats.length, 30)),
        twin.lin(twin.ratio(people.people, accounts.seats), 0, 0.6),
        coalesce(twin.lin(feats.days_since, 30, 3), 0)
    from twin.feats
    join twin.accounts on accounts.account_id = feats.account_id
    join people on people.account_id = feats.account_id
    where feats.metric = 'logins' and feats.is_observed and feats.unused_since is null;
end;

-- Empty where the tenant never sent a ticket, and for accounts without a row of any type.
create function twin.score_support() returns void
    language sql
begin atomic
    insert into twin.support_parts
    with scales as (
        select account_id, case when seats is null then 1 else greatest(1, sqrt(seats / 50)) end as s
        from twin.accounts
        where first_seen is not null
    ),
    urgent as (
        select
            tickets.account_id,
            count(*) filter (where is_open and clocks.real_now - opened > interval '48 hours') as late,
            max(twin.days_between(opened, clocks.real_now)) filter (where is_open) as longest,
            bool_or(tickets.status is not null) as has_status
        from twin.clocks
        join (
            select *, coalesce(status not in ('resolved', 'closed'), false) and is_urgent as is_open
            from twin.tickets
            where ticket is not null
        ) as tickets on true
        where clocks.metric = 'support_tickets'
        group by tickets.account_id
    ),
    satisfaction as (
        select answers.account_id, twin.ratio(sum(answers.csat), count(*)) as csat
        from (
            select distinct on (tickets.account_id, tickets.key)
                tickets.account_id, twin.number(rows.metadata -> 'csat') as csat
            from twin.tickets
            join twin.clocks on clocks.metric = 'support_tickets'
            join twin.rows
                on rows.account_id = tickets.account_id
                and rows.metric = 'support_tickets'
                and tickets.key in ('ticket ' || twin.scalar(rows.metadata -> 'ticket_id'), 'row ' || rows.id)
            where tickets.moment > clocks.window_start
                and tickets.moment <= clocks.now
                and twin.number(rows.metadata -> 'csat') between 1 and 5
            order by tickets.account_id, tickets.key, rows.at desc, rows.id desc
        ) as answers
        group by answers.account_id
    ),
    silence as (
        select account_id, sum(amount) = 0 as is_silent
        from twin.feats
        where metric <> 'support_tickets'
        group by account_id
    )
    select
        feats.account_id,
        twin.lin(twin.ratio(feats.amount, scales.s), 10, 2),
        case when feats.baseline is not null
            then twin.lin(twin.ratio(feats.weekly, greatest(feats.baseline, scales.s)), 2, 1) end,
        case when urgent.has_status then greatest(0, 100 - 35 * urgent.late) end,
        twin.lin(satisfaction.csat, 1, 5),
        silence.is_silent,
        urgent.longest
    from twin.feats
    join scales on scales.account_id = feats.account_id
    join silence on silence.account_id = feats.account_id
    left join urgent on urgent.account_id = feats.account_id
    left join satisfaction on satisfaction.account_id = feats.account_id
    where feats.metric = 'support_tickets' and exists (select from twin.facts where metric = 'support_tickets');
end;

-- Use today against the best quarter of the year: the median of 13 weeks, the last of them with today in it, against the
-- highest such median that ends up to 51 whole weeks earlier; types in use, by the weights of level.
create function twin.find_best_quarters() returns void
    language sql
begin atomic
    insert into twin.best_quarters
    with weeks as materialized (
        select
            rows.account_id, rows.metric, (today.ordinal - rows.ordinal) / 7 as week, sum(rows.quantity) as amount
        from twin.rows
        join twin.clocks on clocks.metric = rows.metric
        join twin.question on true
        join twin.calendar as today
            on today.clock = rows.metric and today.day = (clocks.real_now at time zone question.zone)::date
        join twin.accounts on accounts.account_id = rows.account_id and accounts.history >= 182
        where rows.metric <> 'support_tickets' and today.ordinal - rows.ordinal < 64 * 7
        group by rows.account_id, rows.metric, (today.ordinal - rows.ordinal) / 7
    ),
    years as materialized (
        select
            feats.account_id, feats.metric, feats.weight,
            array(
                select coalesce(weeks.amount, 0)
                from generate_series(0, 63) as week (number)
                left join weeks
                    on weeks.account_id = feats.account_id and weeks.metric = feats.metric and weeks.week = week.number
                order by week.number
            ) as amounts
        from twin.feats
        where feats.is_observed
            and feats.unused_since is null
            and exists (
                select from weeks where weeks.account_id = feats.account_id and weeks.metric = feats.metric
            )
    ),
    medians as (
        select
            years.account_id, years.metric, years.weight, back,
            (
                select amount from unnest(years.amounts[back + 1 : back + 13]) as amount order by amount offset 6 limit 1
            ) as median
        from years, generate_series(0, 51) as back
    ),
    kinds as (
        select
            account_id, metric, weight,
            twin.ratio(max(median) filter (where back = 0), max(median)) as share
        from medians
        group by account_id, metric, weight
    )
    select account_id, 100 * twin.wavg(array_agg(share), array_agg(weight))
    from kinds
    group by account_id;
end;
