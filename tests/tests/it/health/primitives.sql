-- Owns the small functions that the twin is written with. Exact decimal arithmetic, never floating point.

create schema twin;

-- The same time of day, some calendar days ago.
create function twin.ago(moment timestamptz, days integer, zone text) returns timestamptz
    immutable
    return ((moment at time zone zone) - days * interval '1 day') at time zone zone;

-- Days of 86400 seconds from one moment to another.
create function twin.days_between(earlier timestamptz, later timestamptz) returns numeric
    immutable
    return round(extract(epoch from later) - extract(epoch from earlier), 40) / 86400;

-- A quotient with at least 40 decimals; NULL where it has no meaning.
create function twin.ratio(x numeric, y numeric) returns numeric
    immutable
    return round(x, 40) / nullif(y, 0);

create function twin.lin(x numeric, low numeric, high numeric) returns numeric
    immutable
    return case when x is not null and low is not null and high is not null
        then 100 * least(1, greatest(0, twin.ratio(x - low, high - low))) end;

create function twin.trend(current_rate numeric, baseline numeric) returns numeric
    immutable
    return case
        when baseline is null then null
        when baseline > 0 then twin.lin(twin.ratio(current_rate, baseline), 0.5, 1)
        when current_rate > 0 then 100
    end;

-- The mean of the scores that are not NULL, by weight.
create function twin.wavg(scores numeric[], weights numeric[]) returns numeric
    language sql immutable
begin atomic
    select twin.ratio(sum(part.weight * part.score), sum(part.weight))
    from unnest(scores, weights) as part (score, weight)
    where part.score is not null;
end;

-- A value this little below the half counts as the half.
create function twin.round_half_up(x numeric) returns integer
    immutable
    return floor(x + 0.5 + 0.000000001)::integer;

-- The middle of a sorted array, or the mean of its two middles.
create function twin.middle(sorted numeric[]) returns numeric
    immutable
    return (sorted[(cardinality(sorted) + 1) / 2] + sorted[(cardinality(sorted) + 2) / 2]) / 2;

-- A JSON text, number or boolean as text; NULL for all else.
create function twin.scalar(value jsonb) returns text
    immutable
    return case when jsonb_typeof(value) in ('string', 'number', 'boolean') then value #>> '{}' end;

-- A JSON number; NULL for all else.
create function twin.number(value jsonb) returns numeric
    immutable
    return case when jsonb_typeof(value) = 'number' then (value #>> '{}')::numeric end;

-- A JSON text without spaces around it, in lower case; NULL for all else.
create function twin.word(value jsonb) returns text
    immutable
    return case when jsonb_typeof(value) = 'string' then lower(btrim(value #>> '{}', e' \t\n\r')) end;

-- A day or an RFC 3339 moment, in UTC where it names no zone; NULL for all else.
create function twin.moment(value jsonb) returns timestamptz
    language plpgsql immutable
    set timezone to 'UTC'
as $$
declare
    form constant text := '^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?)?$';
begin
    if jsonb_typeof(value) = 'string' and value #>> '{}' ~ form then
        return (value #>> '{}')::timestamptz;
    end if;
    return null;
exception
    when data_exception then
        return null;
end
$$;
