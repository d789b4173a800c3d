-- Owns the twin of the health score: slow, plain, one query that reads from top to bottom, to check the engine against.
-- Each step is named after the notion that it computes. Written from the definition, not from the engine.

create function twin.scores(
    of_tenant uuid,
    as_of timestamptz,
    weights jsonb default '{"usage": 25, "engagement": 25, "support": 25, "adoption": 25}',
    targets jsonb default '{"logins": 40, "feature_usage": 100, "api_calls": 500}',
    key_features text[] default '{}'
)
returns table (
    account_id uuid,
    usage_score integer, engagement_score integer, support_score integer, adoption_score integer,
    overall_score integer, coverage numeric, confidence text, stale_feed boolean,
    usage_level numeric, usage_trend numeric, usage_recency numeric,
    engagement_frequency numeric, engagement_breadth numeric, engagement_recency numeric,
    support_load numeric, support_trend numeric, support_open_urgent numeric, support_csat numeric,
    adoption_breadth numeric, adoption_stickiness numeric, adoption_depth numeric
)
language sql stable
-- Every step is large; a plan that thinks otherwise would never end.
set enable_nestloop to off
set work_mem to '128MB'
set jit to off
as $$
with

---------------------------------------------------------------------------------------------------- what there is

tenant as materialized (
    select coalesce(tenants.settings ->> 'time_zone', 'UTC') as zone
    from cs.tenants
    where tenants.id = of_tenant
),

accounts as materialized (
    select accounts.id as account_id, accounts.crm_attributes
    from cs.accounts
    where accounts.tenant_id = of_tenant
),

-- ttl in days, weight within the usage component, target per 30 days.
kinds as materialized (
    select
        kind.metric, kind.weight, (targets ->> kind.metric::text)::numeric as target,
        twin.ago(as_of, kind.ttl, tenant.zone) as alive_since,
        twin.ago(as_of, kind.ttl + 14, tenant.zone) as came_since
    from tenant,
        (values
            ('logins'::cs.metric_type, 3, 30),
            ('feature_usage', 3, 50),
            ('api_calls', 3, 20),
            ('support_tickets', 7, null)
        ) as kind (metric, ttl, weight)
),

usage_rows as materialized (
    select
        row.account_id, row.id, row.metric_type as metric, row.recorded_at as at, row.metadata,
        least(round(row.metric_value, 6), 1e25) as quantity,
        (row.recorded_at at time zone tenant.zone)::date as day
    from cs.usage_metrics as row, tenant
    where row.tenant_id = of_tenant and row.recorded_at <= as_of
),

---------------------------------------------------------------------------------------------------- clocks and windows

feeds as materialized (
    select
        kinds.metric,
        max(row.at) as last_row,
        not coalesce(bool_or(row.at > kinds.alive_since), false)
            and count(distinct row.day) filter (where row.at > kinds.came_since and row.at <= kinds.alive_since) >= 10
            as is_out
    from kinds
    left join usage_rows as row on row.metric = kinds.metric
    group by kinds.metric
),

clocks as materialized (
    select
        kinds.metric, kinds.weight, kinds.target, feeds.is_out,
        case when feeds.is_out then feeds.last_row else as_of end as clock
    from kinds
    join feeds on feeds.metric = kinds.metric
),

windows as materialized (
    select clocks.*, twin.ago(clocks.clock, 30, tenant.zone) as window_start
    from clocks, tenant
),

-- The 12 weeks before the window, counted backwards.
block_edges as materialized (
    select
        clocks.metric, i as block,
        twin.ago(clocks.clock, 30 + 7 * (i + 1), tenant.zone) as block_start,
        twin.ago(clocks.clock, 30 + 7 * i, tenant.zone) as block_end
    from clocks, tenant, generate_series(0, 11) as i
),

-- first_seen is NULL for an account that was never seen.
histories as materialized (
    select accounts.account_id, min(row.at) as first_seen
    from accounts
    left join usage_rows as row on row.account_id = accounts.account_id
    group by accounts.account_id
),

-- length is L, in days.
lengths as materialized (
    select
        histories.account_id, histories.first_seen, windows.metric, windows.clock,
        least(30, greatest(7, twin.days_between(histories.first_seen, windows.clock))) as length
    from histories, windows
),

in_window as materialized (
    select row.*
    from usage_rows as row
    join windows on windows.metric = row.metric
    where row.at > windows.window_start and row.at <= windows.clock
),

in_blocks as materialized (
    select row.*, block_edges.block
    from usage_rows as row
    join block_edges on block_edges.metric = row.metric
    where row.at > block_edges.block_start and row.at <= block_edges.block_end
),

---------------------------------------------------------------------------------------------------- tickets

tickets as materialized (
    select
        row.account_id, row.id, row.at, row.metadata,
        twin.scalar(row.metadata -> 'ticket_id') as ticket,
        row.quantity * case twin.word(row.metadata -> 'severity')
            when 'critical' then 4
            when 'urgent' then 4
            when 'high' then 2
            when 'low' then 0.5
            else 1
        end as points
    from usage_rows as row
    where row.metric = 'support_tickets'
),

-- What a row stands for: its ticket, or itself.
ticket_keys as materialized (
    select tickets.*, coalesce('ticket ' || tickets.ticket, 'row ' || tickets.id) as key
    from tickets
),

window_tickets as materialized (
    select distinct on (row.account_id, ticket_keys.key) ticket_keys.*
    from ticket_keys
    join in_window as row on row.id = ticket_keys.id
    order by row.account_id, ticket_keys.key, ticket_keys.at desc, ticket_keys.id desc
),

block_tickets as materialized (
    select distinct on (row.account_id, row.block, ticket_keys.key) ticket_keys.*, row.block
    from ticket_keys
    join in_blocks as row on row.id = ticket_keys.id
    order by row.account_id, row.block, ticket_keys.key, ticket_keys.at desc, ticket_keys.id desc
),

latest_tickets as materialized (
    select distinct on (tickets.account_id, tickets.ticket) tickets.*
    from tickets
    where tickets.ticket is not null
    order by tickets.account_id, tickets.ticket, tickets.at desc, tickets.id desc
),

ticket_beginnings as materialized (
    select tickets.account_id, tickets.ticket, min(tickets.at) as first_row
    from tickets
    where tickets.ticket is not null
    group by tickets.account_id, tickets.ticket
),

---------------------------------------------------------------------------------------------------- amounts per window and block

-- Points for tickets, quantities for all else.
window_amounts as materialized (
    select in_window.account_id, in_window.metric, sum(in_window.quantity) as amount
    from in_window
    where in_window.metric <> 'support_tickets'
    group by in_window.account_id, in_window.metric
    union all
    select window_tickets.account_id, 'support_tickets', sum(window_tickets.points)
    from window_tickets
    group by window_tickets.account_id
),

block_amounts as materialized (
    select in_blocks.account_id, in_blocks.metric, in_blocks.block, sum(in_blocks.quantity) as amount
    from in_blocks
    where in_blocks.metric <> 'support_tickets'
    group by in_blocks.account_id, in_blocks.metric, in_blocks.block
    union all
    select block_tickets.account_id, 'support_tickets', block_tickets.block, sum(block_tickets.points)
    from block_tickets
    group by block_tickets.account_id, block_tickets.block
),

counting_blocks as materialized (
    select histories.account_id, block_edges.metric, block_edges.block
    from histories
    join block_edges on block_edges.block_start >= histories.first_seen
),

baselines as materialized (
    select
        counting_blocks.account_id, counting_blocks.metric,
        twin.middle(
            array_agg(coalesce(block_amounts.amount, 0) order by coalesce(block_amounts.amount, 0))
        ) as baseline
    from counting_blocks
    left join block_amounts
        on block_amounts.account_id = counting_blocks.account_id
        and block_amounts.metric = counting_blocks.metric
        and block_amounts.block = counting_blocks.block
    group by counting_blocks.account_id, counting_blocks.metric
    having count(*) >= 4
),

-- last_use is the last row with a quantity; NULL when there is none.
last_uses as materialized (
    select
        row.account_id, row.metric,
        max(row.at) filter (where row.quantity > 0) as last_use
    from usage_rows as row
    group by row.account_id, row.metric
),

-- One row per account and type.
feats as materialized (
    select
        lengths.account_id, lengths.first_seen, lengths.metric, lengths.clock, lengths.length,
        windows.weight, windows.target, windows.is_out,
        last_uses.account_id is not null as is_observed,
        coalesce(window_amounts.amount, 0) as amount,
        twin.ratio(coalesce(window_amounts.amount, 0) * 7, lengths.length) as weekly,
        baselines.baseline,
        twin.days_between(last_uses.last_use, lengths.clock) as days_since
    from lengths
    join windows on windows.metric = lengths.metric
    left join window_amounts
        on window_amounts.account_id = lengths.account_id and window_amounts.metric = lengths.metric
    left join baselines
        on baselines.account_id = lengths.account_id and baselines.metric = lengths.metric
    left join last_uses
        on last_uses.account_id = lengths.account_id and last_uses.metric = lengths.metric
),

---------------------------------------------------------------------------------------------------- usage

usage_parts as materialized (
    select
        feats.account_id,
        twin.wavg(
            array_agg(twin.lin(feats.amount, 0, twin.ratio(feats.target * feats.length, 30))), array_agg(feats.weight)
        ) as level,
        twin.wavg(
            array_agg(twin.trend(feats.weekly, feats.baseline)), array_agg(feats.weight)
        ) as trend,
        coalesce(twin.lin(min(feats.days_since), 30, 3), 0) as recency
    from feats
    where feats.metric in ('logins', 'feature_usage', 'api_calls') and feats.is_observed
    group by feats.account_id
),

---------------------------------------------------------------------------------------------------- engagement

login_days as materialized (
    select in_window.account_id, count(distinct in_window.day) as days
    from in_window
    where in_window.metric = 'logins' and in_window.quantity > 0
    group by in_window.account_id
),

named_people as materialized (
    select in_window.account_id, count(distinct twin.scalar(in_window.metadata -> 'user_id')) as people
    from in_window
    where in_window.metric = 'logins'
        and in_window.quantity > 0
        and twin.scalar(in_window.metadata -> 'user_id') is not null
    group by in_window.account_id
),

counted_people as materialized (
    select distinct on (in_window.account_id)
        in_window.account_id, twin.number(in_window.metadata -> 'active_users') as people
    from in_window
    where in_window.metric = 'logins' and twin.number(in_window.metadata -> 'active_users') >= 0
    order by in_window.account_id, in_window.at desc, in_window.id desc
),

told_seats as materialized (
    select distinct on (row.account_id)
        row.account_id, twin.number(row.metadata -> 'seats') as seats
    from usage_rows as row, tenant
    where twin.number(row.metadata -> 'seats') > 0
        and row.at > twin.ago(as_of, 114, tenant.zone)
    order by row.account_id, row.at desc, row.id desc
),

seats as materialized (
    select
        accounts.account_id,
        case
            when twin.number(accounts.crm_attributes -> 'seats') > 0 then twin.number(accounts.crm_attributes -> 'seats')
            else told_seats.seats
        end as seats
    from accounts
    left join told_seats on told_seats.account_id = accounts.account_id
),

engagement_parts as materialized (
    select
        feats.account_id,
        twin.lin(coalesce(login_days.days, 0), 0, twin.ratio(12 * feats.length, 30)) as frequency,
        twin.lin(
            twin.ratio(
                coalesce(named_people.people, counted_people.people, case when feats.amount = 0 then 0 end),
                seats.seats
            ),
            0, 0.6
        ) as breadth,
        coalesce(twin.lin(feats.days_since, 30, 3), 0) as recency
    from feats
    join seats on seats.account_id = feats.account_id
    left join login_days on login_days.account_id = feats.account_id
    left join named_people on named_people.account_id = feats.account_id
    left join counted_people on counted_people.account_id = feats.account_id
    where feats.metric = 'logins' and feats.is_observed
),

---------------------------------------------------------------------------------------------------- support

-- A latest row that is open has a status which is neither resolved nor closed.
ticket_states as materialized (
    select
        latest.account_id,
        twin.word(latest.metadata -> 'status') <> '' as has_status,
        twin.word(latest.metadata -> 'severity') in ('critical', 'urgent')
            and twin.word(latest.metadata -> 'status') not in ('', 'resolved', 'closed')
            and clocks.clock - coalesce(twin.moment(latest.metadata -> 'opened_at'), beginning.first_row)
                > interval '48 hours'
            as is_late
    from latest_tickets as latest
    join ticket_beginnings as beginning
        on beginning.account_id = latest.account_id and beginning.ticket = latest.ticket
    join clocks on clocks.metric = 'support_tickets'
),

open_urgent as materialized (
    select ticket_states.account_id, count(*) filter (where ticket_states.is_late) as late
    from ticket_states
    group by ticket_states.account_id
    having bool_or(ticket_states.has_status)
),

-- The latest row of a ticket that carries an answer need not be its latest row.
answers as materialized (
    select distinct on (ticket_keys.account_id, ticket_keys.key)
        ticket_keys.account_id, twin.number(ticket_keys.metadata -> 'csat') as csat
    from ticket_keys
    join in_window as row on row.id = ticket_keys.id
    where twin.number(ticket_keys.metadata -> 'csat') between 1 and 5
    order by ticket_keys.account_id, ticket_keys.key, ticket_keys.at desc, ticket_keys.id desc
),

satisfaction as materialized (
    select answers.account_id, twin.ratio(sum(answers.csat), count(*)) as csat
    from answers
    group by answers.account_id
),

silence as materialized (
    select feats.account_id, sum(feats.amount) = 0 as is_silent
    from feats
    where feats.metric <> 'support_tickets'
    group by feats.account_id
),

-- Empty where the tenant never sent a ticket.
support_parts as materialized (
    select
        feats.account_id,
        twin.lin(feats.amount, 10, 2) as load,
        case when feats.baseline is not null
            then twin.lin(twin.ratio(feats.weekly, greatest(feats.baseline, 1)), 2, 1) end as trend,
        case when open_urgent.late is not null then greatest(0, 100 - 35 * open_urgent.late) end as open_urgent,
        twin.lin(satisfaction.csat, 1, 5) as csat,
        silence.is_silent
    from feats
    join silence on silence.account_id = feats.account_id
    left join open_urgent on open_urgent.account_id = feats.account_id
    left join satisfaction on satisfaction.account_id = feats.account_id
    where feats.metric = 'support_tickets'
        and (select feeds.last_row is not null from feeds where feeds.metric = 'support_tickets')
),

---------------------------------------------------------------------------------------------------- adoption

feature_uses as materialized (
    select row.account_id, row.id, row.at, row.metadata ->> 'feature' as feature
    from usage_rows as row
    where row.metric = 'feature_usage'
        and row.quantity > 0
        and jsonb_typeof(row.metadata -> 'feature') = 'string'
        and row.metadata ->> 'feature' <> ''
),

popular_features as materialized (
    select feature_uses.feature
    from feature_uses
    join clocks on clocks.metric = 'feature_usage', tenant
    where feature_uses.at > twin.ago(clocks.clock, 90, tenant.zone) and feature_uses.at <= clocks.clock
    group by feature_uses.feature
    having count(distinct feature_uses.account_id) * 10 >= (select count(*) from accounts)
),

catalogue as materialized (
    select unnest(key_features) as feature
    union
    select popular_features.feature
    from popular_features
    where cardinality(key_features) = 0
),

window_features as materialized (
    select
        feature_uses.account_id,
        count(distinct feature_uses.feature) filter (where catalogue.feature is not null) as used
    from feature_uses
    join in_window as row on row.id = feature_uses.id
    left join catalogue on catalogue.feature = feature_uses.feature
    group by feature_uses.account_id
),

-- The last four weeks.
recent_edges as materialized (
    select
        j as block,
        twin.ago(clocks.clock, 7 * (j + 1), tenant.zone) as block_start,
        twin.ago(clocks.clock, 7 * j, tenant.zone) as block_end
    from clocks, tenant, generate_series(0, 3) as j
    where clocks.metric = 'feature_usage'
),

recent_uses as materialized (
    select row.account_id, feature_uses.feature, recent_edges.block
    from usage_rows as row
    join recent_edges on row.at > recent_edges.block_start and row.at <= recent_edges.block_end
    left join feature_uses on feature_uses.id = row.id
    where row.metric = 'feature_usage' and row.quantity > 0
),

recent_features as materialized (
    select recent_uses.account_id, recent_uses.feature, count(distinct recent_uses.block) as blocks
    from recent_uses
    where recent_uses.feature is not null
    group by recent_uses.account_id, recent_uses.feature
),

sticky_features as materialized (
    select
        recent_features.account_id,
        twin.ratio(count(*) filter (where recent_features.blocks >= 3), count(*)) as share
    from recent_features
    group by recent_features.account_id
),

-- For accounts whose rows name no feature.
sticky_blocks as materialized (
    select recent_uses.account_id, twin.ratio(count(distinct recent_uses.block), 4) as share
    from recent_uses
    group by recent_uses.account_id
),

depths as materialized (
    select logins.account_id, twin.ratio(features.amount, logins.amount) as depth
    from feats as logins
    join feats as features on features.account_id = logins.account_id and features.metric = 'feature_usage'
    where logins.metric = 'logins' and logins.amount > 0
),

usual_depth as materialized (
    select twin.middle(array_agg(depths.depth order by depths.depth)) as depth
    from depths
),

adoption_parts as materialized (
    select
        feats.account_id,
        case
            when feats.amount > 0 and window_features.account_id is null then null
            else twin.lin(
                twin.ratio(coalesce(window_features.used, 0), (select count(*) from catalogue)), 0, 0.6
            )
        end as breadth,
        case when twin.days_between(feats.first_seen, feats.clock) >= 28
            then twin.lin(coalesce(sticky_features.share, sticky_blocks.share, 0), 0, 0.7) end as stickiness,
        twin.lin(twin.ratio(depths.depth, (select usual_depth.depth from usual_depth)), 0, 1) as depth
    from feats
    left join window_features on window_features.account_id = feats.account_id
    left join sticky_features on sticky_features.account_id = feats.account_id
    left join sticky_blocks on sticky_blocks.account_id = feats.account_id
    left join depths on depths.account_id = feats.account_id
    where feats.metric = 'feature_usage' and feats.is_observed
),

---------------------------------------------------------------------------------------------------- components and overall

components as materialized (
    select
        histories.account_id, histories.first_seen,
        twin.round_half_up(
            twin.wavg(array[used.level, used.trend, used.recency], '{40, 30, 30}')
        ) as usage_score,
        twin.round_half_up(
            twin.wavg(array[engaged.frequency, engaged.breadth, engaged.recency], '{50, 30, 20}')
        ) as engagement_score,
        case
            when support.account_id is null then null
            else least(
                case when support.is_silent then 50 end,
                twin.round_half_up(
                    twin.wavg(
                        array[support.load, support.trend, support.open_urgent, support.csat], '{50, 20, 20, 10}'
                    )
                )
            )
        end as support_score,
        twin.round_half_up(
            twin.wavg(array[adopted.breadth, adopted.stickiness, adopted.depth], '{50, 30, 20}')
        ) as adoption_score,
        used.level, used.trend, used.recency,
        engaged.frequency, engaged.breadth as login_breadth, engaged.recency as login_recency,
        support.load, support.trend as support_trend, support.open_urgent, support.csat,
        adopted.breadth, adopted.stickiness, adopted.depth
    from histories
    left join usage_parts as used on used.account_id = histories.account_id
    left join engagement_parts as engaged on engaged.account_id = histories.account_id
    left join support_parts as support on support.account_id = histories.account_id
    left join adoption_parts as adopted on adopted.account_id = histories.account_id
),

weighted as materialized (
    select
        components.account_id,
        twin.wavg(array_agg(part.score), array_agg(part.weight)) as overall,
        twin.ratio(coalesce(sum(part.weight) filter (where part.score is not null), 0), sum(part.weight)) as coverage
    from components
    cross join lateral (
        values
            (components.usage_score, (weights ->> 'usage')::numeric),
            (components.engagement_score, (weights ->> 'engagement')::numeric),
            (components.support_score, (weights ->> 'support')::numeric),
            (components.adoption_score, (weights ->> 'adoption')::numeric)
    ) as part (score, weight)
    group by components.account_id
),

stale as materialized (
    select
        feats.account_id,
        bool_or(feats.is_out and (feats.is_observed or feats.metric = 'support_tickets')) as is_stale
    from feats
    group by feats.account_id
),

ages as materialized (
    select histories.account_id, coalesce(twin.days_between(histories.first_seen, as_of), 0) as days
    from histories
)

select
    components.account_id,
    components.usage_score, components.engagement_score, components.support_score, components.adoption_score,
    twin.round_half_up(weighted.overall), weighted.coverage,
    case
        when weighted.coverage >= 0.75 and ages.days >= 28 then 'high'
        when weighted.coverage < 0.5 or ages.days < 14 then 'low'
        else 'medium'
    end,
    stale.is_stale,
    components.level, components.trend, components.recency,
    components.frequency, components.login_breadth, components.login_recency,
    components.load, components.support_trend, components.open_urgent, components.csat,
    components.breadth, components.stickiness, components.depth
from components
join weighted on weighted.account_id = components.account_id
join stale on stale.account_id = components.account_id
join ages on ages.account_id = components.account_id
$$;
