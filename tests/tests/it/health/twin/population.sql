-- Owns a tenant of random accounts that meets the corners of the health score: moments on edges, silence, odd metadata.
-- The same seed, size and moment make the same accounts and rows.

-- Makes the accounts and rows, and returns the tenant. `variant` may name
-- feed, feed_end, feed_days: this feed has its last row at that moment, and of the 20 days up to then rows on the last so many only;
-- gaps: [{metric, from, to}]: nothing of this type was recorded after `from` and before `to`; silences: [{metric, since, until}]:
-- somebody said that a silence is real, and took it back; norms: [{taken_at, catalogue, median_depth}]:
-- what was kept as usual; model: the keys of the health model that are not as usual.
create function twin.populate(
    slug text,
    zone text,
    moment timestamptz,
    size integer,
    seed double precision,
    variant jsonb default '{}'
) returns uuid
    language plpgsql
    set jit to off
as $$
declare
    made uuid;
    edges constant timestamptz[] := twin.edges(moment, zone);
    feed constant cs.metric_type := variant ->> 'feed';
    feed_end constant timestamptz := variant ->> 'feed_end';
    feed_days constant integer := variant ->> 'feed_days';
begin
    perform setseed(seed);

    insert into cs.tenants (slug, name, settings)
    values (slug, slug, jsonb_build_object('time_zone', zone))
    returning id into made;
    perform twin.publish(made, variant -> 'model');

    -- What kind of customer each one is. `born` and `quiet` are days before the moment.
    create temporary table traits on commit drop as
    select
        n, twin.dice_id() as account_id, random() as life,
        twin.pick(array[0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9], random()) as kind,
        case
            when random() < 0.25 then twin.pick(array[1, 5, 7, 14, 28, 30, 37, 58, 65, 72, 114, 121, 182], random())
            when random() < 0.3 then 180 + 400 * random()
            else 1 + 199 * random()
        end::numeric as born,
        -- Since when those of kind 9 use the calls only.
        70 + 60 * random() as moved,
        twin.pick(array[-1, 0, 1], random()) as born_beside,
        case when random() < 0.6 then 0 else twin.pick(array[3, 10, 30, 30, 40, 60], random()) * random() end as quiet,
        -- How much more happens lately than long ago, and how much in all.
        twin.pick(array[0.6, 1, 1, 1.5, 3], random()) as haste,
        twin.pick(array[0.1, 0.5, 1, 1, 2, 3], random()) as strength,
        twin.pick(array[0.3, 1, 1.3, 2.4], random()) as eagerness,
        twin.pick('{text, text, number, mixed, active, active, both, none, odd}'::text[], random()) as people,
        twin.pick(array[1, 2, 5, 12], random()) as crowd,
        twin.pick('{crm, crm, crm, metadata, metadata, both, none, odd}'::text[], random()) as seats,
        twin.pick('{"{\"api_only\": true}", "{\"api_only\": false}", "{}", "{}"}'::jsonb[], random()) as mark,
        twin.pick(array[0, 1, 3, 8, 8, 20, 20, 30], random()) as features,
        twin.pick(array[0, 1, 3, 6, 12], random()) as tickets,
        twin.pick('{calm, calm, mixed, mixed, fiery, fiery}'::text[], random()) as temper
    from generate_series(1, size) as n;
    update traits set born = born + 150 where kind = 9;

    insert into cs.accounts (tenant_id, id, name, status, crm_attributes)
    select
        made, account_id, 'Account ' || n,
        case n % 40 when 0 then 'Churned' when 1 then 'Paused' else 'Active' end::cs.account_status,
        case
            when seats in ('crm', 'both') then jsonb_build_object('seats', twin.pick(array[1, 2, 8, 20, 7.5, 90, 450], life))
            when seats = 'odd' then twin.pick(
                '{"{\"seats\": \"10\"}", "{\"seats\": \"7.5\"}", "{\"seats\": 0}", "{\"seats\": null}"}'::jsonb[], life
            )
            else '{}'
        end || mark
    from traits;

    -- When something was recorded: anywhere in a customer's life, at an edge, in the future, and first of all at birth.
    create temporary table moments on commit drop as
    select
        drawn.*,
        case
            when drawn.is_birth then drawn.birth
            when drawn.at_edge then greatest(drawn.birth, twin.pick(edges, drawn.place))
            when drawn.in_future then moment + drawn.place * interval '5 days' + interval '1 microsecond'
            else greatest(
                drawn.birth,
                moment - (drawn.silent + (drawn.born - drawn.silent) * drawn.place ^ drawn.haste) * interval '1 day'
            )
        end as at
    from (
        select
            fed.*,
            case when fed.kind = 9 and fed.metric in ('logins', 'feature_usage') then fed.moved when fed.kind = 9 then 0
                else fed.quiet end as silent,
            fed.i = 1 as is_birth, random() as place, random() < 0.06 as at_edge, random() < 0.02 as in_future,
            twin.ago(moment, floor(fed.born)::integer, zone) - (fed.born % 1) * interval '1 day'
                + fed.born_beside * interval '1 microsecond' as birth
        from (
            select traits.*, feeds.metric, i
            from traits
            cross join (
                values
                    ('logins'::cs.metric_type, 18, '{0, 2, 5, 6, 8, 9}'::integer[]),
                    ('feature_usage', 20, '{0, 4, 5, 8, 9}'),
                    ('api_calls', 8, '{0, 1, 6, 8, 9}'),
                    ('support_tickets', 10, '{0, 3, 9}')
            ) as feeds (metric, many, kinds)
            cross join lateral generate_series(
                1,
                case when traits.kind = 9 and feeds.metric = 'api_calls' then 40 else (feeds.many * traits.eagerness)::integer end
            ) as i
            where traits.kind = any (feeds.kinds)
                -- Of the usual kind, some lack a feed.
                and (traits.kind > 0 or hashtextextended(feeds.metric::text, traits.n) % 8 <> 0)
            order by traits.n, feeds.metric, i
        ) as fed
    ) as drawn;

    -- What was recorded.
    create temporary table facts on commit drop as
    select
        twin.dice_id() as id, drawn.account_id, drawn.metric, drawn.at,
        case
            when drawn.v < 0.08 then 0
            when drawn.v < 0.085 then 0.0000004
            when drawn.v < 0.09 then 0.1234565
            when drawn.v < 0.0902 then 9e14
            when drawn.metric = 'support_tickets' then twin.pick(array[1, 1, 1, 2, 0.5, 3.25], drawn.w)
            when drawn.v < 0.6 then ceil(drawn.size * drawn.w)
            else round((drawn.size * drawn.w)::numeric, 3)
        end as value,
        case drawn.metric
            when 'logins' then case
                when drawn.people = 'text' then jsonb_build_object(
                    'user_id',
                    format(twin.pick(array['u%s', 'u%s', 'U%s', e' u%s\u00a0', e'\u200bu%s\t', e'  \u200b'], drawn.x), drawn.person)
                )
                when drawn.people = 'number' then jsonb_build_object('user_id', drawn.person)
                when drawn.people = 'mixed' and drawn.w < 0.5 then jsonb_build_object('user_id', drawn.person)
                when drawn.people = 'mixed' then jsonb_build_object('user_id', drawn.person::text)
                when drawn.people = 'active' then jsonb_build_object('active_users', drawn.person)
                when drawn.people = 'both' and drawn.w < 0.3 then jsonb_build_object('user_id', drawn.person, 'active_users', 99)
                when drawn.people = 'both' then jsonb_build_object('active_users', drawn.person)
                when drawn.people = 'odd' then twin.pick(
                    '{"{\"user_id\": null}", "{\"user_id\": true}", "{\"user_id\": [1]}", "{\"active_users\": -3}",
                      "{\"active_users\": \"7\"}", "{\"user_id\": \" \", \"active_users\": \"3\"}", "{\"user_id\": {}, \"active_users\": 2.5}", "{\"active_users\": 0}"}'::jsonb[],
                    drawn.w
                )
                else '{}'
            end
            when 'feature_usage' then case
                when drawn.features = 0 or drawn.w < 0.1 then '{}'
                when drawn.w < 0.13 then twin.pick(
                    '{"{\"feature\": \"\"}", "{\"feature\": 5}", "{\"feature\": null}", "{\"feature\": [\"f1\"]}"}'::jsonb[],
                    drawn.x
                )
                -- Composed and not, in both cases, with blanks.
                else jsonb_build_object(
                    'feature',
                    format(
                        twin.pick(
                            array['f%s', 'f%s', 'f%s', 'F%s', e' f%s\n', e'\ufefff%s', e'\u00e9%s', e'e\u0301%s', e'\u00c9%s\u00a0'], drawn.z
                        ),
                        floor(drawn.features * drawn.x ^ 2)
                    )
                )
            end
            when 'support_tickets' then jsonb_strip_nulls(
                jsonb_build_object(
                    'ticket_id', case when drawn.tickets > 0 then to_jsonb(ceil(drawn.tickets * drawn.w)) end,
                    'severity', case drawn.temper
                        when 'calm' then twin.pick('{low, normal, null, LOW}'::text[], drawn.x)
                        when 'fiery' then twin.pick('{critical," Critical",URGENT,"urgent ",High,high}'::text[], drawn.x)
                        else twin.pick('{critical,"high ",HIGH,low,normal,blocker,"",Urgent}'::text[], drawn.x)
                    end,
                    'status', case drawn.n % 4
                        when 0 then null
                        when 1 then twin.pick('{open,New," pending ",waiting}'::text[], drawn.y)
                        else twin.pick('{open,New,pending,Resolved," closed ",CLOSED,"",null}'::text[], drawn.y)
                    end,
                    'csat', case when drawn.n % 5 > 0 then
                        twin.pick('{5, 4.5, 1, 3, 2, 9, 0, -1, "\"5\"", null, null, null}'::jsonb[], drawn.z) end,
                    'opened_at', twin.pick(
                        array[
                            null, null, 'yesterday', 'infinity', '2024-02-30', '', to_char(drawn.at - interval '4 days', 'YYYY-MM-DD'),
                            to_char((drawn.at - interval '50 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                            to_char(drawn.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"'),
                            to_char(drawn.at at time zone 'UTC' + interval '5 hours 30 minutes', 'YYYY-MM-DD"T"HH24:MI:SS"+05:30"'),
                            to_char(moment at time zone zone - interval '48 hours', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
                            to_char(moment at time zone 'UTC' - interval '48 hours 1 microsecond', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                        ],
                        drawn.u
                    ),
                    'resolved_at', twin.pick(
                        array[
                            null, null, null, 'soon',
                            to_char((drawn.at - interval '3 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
                            to_char((drawn.at + interval '20 hours') at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                            to_char(drawn.at - interval '2 hours', 'YYYY-MM-DD"T"HH24:MI:SS')
                        ],
                        drawn.y2
                    )
                )
            ) || case
                when drawn.u > 0.97 then twin.pick(
                    '{"{\"ticket_id\": {}}", "{\"ticket_id\": null}", "{\"status\": 3}", "{\"severity\": 4}", "{\"opened_at\": 12345}"}'::jsonb[],
                    drawn.w
                )
                else '{}'
            end
            else '{}'
        end || case
            when drawn.seats in ('metadata', 'both') and drawn.s < 0.3
                then jsonb_build_object('seats', twin.pick(array[1, 3, 10, 25, 12.5, 1e12], drawn.z))
            when drawn.s < 0.05
                then twin.pick('{"{\"seats\": \"many\"}", "{\"seats\": -2}", "{\"seats\": 0}", "{\"seats\": [3]}"}'::jsonb[], drawn.z)
            else '{}'
        end as metadata
    from (
        select
            moments.*, random() as u, random() as v, random() as w, random() as x, random() as y, random() as z,
            random() as s, random() as y2, ceil(moments.crowd * random())::integer as person,
            moments.strength * case moments.metric when 'logins' then 8 when 'feature_usage' then 16 else 150 end as size
        from moments
    ) as drawn;

    -- The same moment twice: then the id decides.
    insert into facts
    select
        twin.dice_id(), account_id, metric, at, value + 1,
        metadata || twin.pick(
            '{"{\"status\": \"open\"}", "{\"status\": \"closed\"}", "{\"csat\": 2}", "{\"active_users\": 4}", "{\"severity\": \"critical\"}"}'::jsonb[],
            random()
        )
    from facts
    where random() < 0.05;

    -- Features that about a tenth of the accounts with features used, and fewer; one that nobody used for 30 days.
    insert into facts
    select twin.dice_id(), account_id, 'feature_usage', at, 1, jsonb_build_object('feature', feature)
    from (
        select account_id, row_number() over (order by n) as place
        from traits
        where born > 95 and kind = 0
    ) as old,
        (
            values
                ('tenth', twin.ago(moment, 90, zone) + interval '1 microsecond', ceil(size / 10.0)),
                ('tenth', twin.ago(moment, 30, zone) + interval '1 microsecond', 1),
                ('less', twin.ago(moment, 20, zone), ceil(size / 40.0)),
                ('idle', twin.ago(moment, 30, zone), ceil(size / 5.0)),
                ('gone', twin.ago(moment, 90, zone), size)
        ) as told (feature, at, many)
    where place <= many;

    -- Seats told long ago, and other ones a day before that; one of the two by a ticket.
    insert into facts
    select
        twin.dice_id(), account_id, case when (n % 4 < 2) = is_last then 'api_calls' else 'support_tickets' end::cs.metric_type,
        twin.ago(moment, days, zone), 1, jsonb_build_object('seats', told.seats)
    from traits
    cross join lateral (
        values
            (true, 114, twin.pick('{4, "\"4\"", "\"40\"", 0}'::jsonb[], life)),
            (false, 115, '7')
    ) as told (is_last, days, seats)
    where born > 116 and kind = 0 and traits.seats = 'none' and crowd > 1;

    delete from facts
    using jsonb_array_elements(variant -> 'gaps') as gap
    where metric::text = gap ->> 'metric' and at > (gap ->> 'from')::timestamptz and at < (gap ->> 'to')::timestamptz;
    if feed_end is not null then
        delete from facts where metric = feed and at > feed_end and at <= moment;
        update facts set at = feed_end
        where id = (select id from facts where metric = feed and at <= feed_end order by at desc, id limit 1);
    end if;
    if feed_days is not null then
        delete from facts
        where metric = feed
            and at > twin.ago(feed_end, 20, zone)
            and at <= moment
            and (at at time zone zone)::date <= (feed_end at time zone zone)::date - feed_days;
    end if;

    insert into cs.usage_metrics (tenant_id, id, account_id, metric_type, metric_value, metadata, recorded_at)
    select made, id, account_id, metric, value, metadata, at
    from facts;
    insert into cs.feed_silences (tenant_id, id, metric_type, reason, accepted_at, withdrawn_at)
    select
        made, twin.dice_id(), (silence ->> 'metric')::cs.metric_type, 'It is real',
        (silence ->> 'since')::timestamptz, (silence ->> 'until')::timestamptz
    from jsonb_array_elements(variant -> 'silences') as silence;

    insert into cs.health_norms (tenant_id, taken_at, catalogue, median_depth, accounts)
    select
        made, (norms ->> 'taken_at')::timestamptz, array(select jsonb_array_elements_text(norms -> 'catalogue')),
        (norms ->> 'median_depth')::double precision, 3
    from jsonb_array_elements(variant -> 'norms') as norms;
    drop table traits, moments, facts;
    analyze cs.usage_metrics;
    analyze cs.accounts;
    return made;
end
$$;
