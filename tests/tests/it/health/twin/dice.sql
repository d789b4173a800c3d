-- Owns what random tenants are made with: choices, ids, moments at which something begins or ends, versions of models.

-- One of these, by a number from 0 to 1.
create function twin.pick(choices anyarray, dice double precision) returns anyelement
    language sql immutable
as 'select choices[1 + floor(dice * cardinality(choices))::integer]';

-- An id from the dice, so that the same seed makes the same ids.
create function twin.dice_id() returns uuid
    volatile
    return md5(random()::text || random()::text)::uuid;

-- The zone, of those that change their clocks, whose last change is the nearest before this moment.
create function twin.zone_of_last_change(moment timestamptz) returns text
    language sql stable
begin atomic
    select zone
    from
        unnest(
            '{Europe/Berlin, America/Los_Angeles, America/Santiago, Australia/Lord_Howe, Africa/Casablanca}'::text[]
        ) as zone,
        generate_series(1, 200) as days
    where twin.days_between(twin.ago(moment, days, zone), moment) <> days
    order by days, zone
    limit 1;
end;

-- Moments at which something begins or ends: windows, weeks, decays, days; and their neighbours.
create function twin.edges(moment timestamptz, zone text) returns timestamptz[]
    language sql immutable
begin atomic
    select array_agg(edge + beside * interval '1 microsecond' order by edge, beside)
    from
        (
            select twin.ago(moment, days, zone) as edge
            from unnest('{0, 2, 3, 7, 14, 21, 28, 30, 37, 44, 51, 58, 65, 84, 90, 107, 114, 182}'::integer[]) as days
            union
            select twin.ago(date_trunc('day', moment, zone), days, zone)
            from generate_series(0, 40) as days
        ) as edges,
        generate_series(-1, 1) as beside;
end;

-- The next version of a tenant's model, with these keys changed.
create function twin.publish(of_tenant uuid, change jsonb) returns void
    language sql
as $$
    insert into cs.health_models
    select next.*
    from cs.health_models as model
    cross join lateral jsonb_populate_record(
        model, change || jsonb_build_object('id', gen_random_uuid(), 'version', model.version + 1)
    ) as next
    where model.tenant_id = of_tenant and change is not null
    order by model.version desc
    limit 1
$$;
