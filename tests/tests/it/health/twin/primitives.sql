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

-- The first instant of a day, also where the clocks leave midnight out or have it twice.
create function twin.day_begin(day date, zone text) returns timestamptz
    language sql immutable
begin atomic
    select min(instant)
    from
        (values (day::timestamp at time zone zone)) as midnight (at),
        unnest(array[at, at - interval '30 minutes', at - interval '1 hour', at - interval '2 hours']) as instant
    where (instant at time zone zone)::date = day;
end;

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

-- A name without white space, control and format characters at its ends, composed, in lower case; NULL where nothing is left.
create function twin.fold(name text) returns text
    immutable
    return nullif(
        lower(
            normalize(
                regexp_replace(
                    name,
                    '^[\s\u0001-\u001f\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+'
                    || '|[\s\u0001-\u001f\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]+$',
                    '', 'g'
                ),
                nfc
            ) collate "und-x-icu"
        ),
        ''
    );

-- A JSON text, number or boolean as text; NULL for all else.
create function twin.scalar(value jsonb) returns text
    immutable
    return case when jsonb_typeof(value) in ('string', 'number', 'boolean') then value #>> '{}' end;

-- A JSON number, or one written as text the way JSON writes it; NULL for all else.
create function twin.number(value jsonb) returns numeric
    immutable
    return case
        when jsonb_typeof(value) = 'number' then (value #>> '{}')::numeric
        when jsonb_typeof(value) = 'string' and value #>> '{}' ~ '^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d{1,3})?$'
            then (value #>> '{}')::numeric
    end;

-- A JSON text without spaces around it, in lower case; NULL for all else.
create function twin.word(value jsonb) returns text
    immutable
    return case when jsonb_typeof(value) = 'string' then lower(btrim(value #>> '{}', e' \t\n\r')) end;

-- A day or an RFC 3339 moment, in this time zone where it names none; NULL for all else.
create function twin.moment(value jsonb, zone text) returns timestamptz
    language plpgsql immutable
as $$
declare
    form constant text := '^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?)?$';
    told constant text := value #>> '{}';
begin
    if jsonb_typeof(value) is distinct from 'string' or told !~ form then
        return null;
    elsif length(told) = 10 then
        return twin.day_begin(told::date, zone);
    elsif told ~ '(Z|[+-]\d\d:\d\d)$' then
        return told::timestamptz;
    end if;
    return told::timestamp at time zone zone;
exception
    when data_exception then
        return null;
end
$$;

-- Does a criterion hold of these fields? What is missing makes its leaf false. Of booleans only `eq` is asked.
create function twin.holds(criteria jsonb, fields jsonb) returns boolean
    language plpgsql immutable
as $$
declare
    actual numeric := twin.number(fields -> (criteria ->> 'field'));
    given numeric := twin.number(criteria -> 'value');
begin
    return case
        when criteria ? 'all' then (
            select coalesce(bool_and(twin.holds(part, fields)), true) from jsonb_array_elements(criteria -> 'all') as part
        )
        when criteria ? 'any' then (
            select coalesce(bool_or(twin.holds(part, fields)), false) from jsonb_array_elements(criteria -> 'any') as part
        )
        when criteria ? 'not' then not twin.holds(criteria -> 'not', fields)
        when not criteria ? 'field' then true
        when jsonb_typeof(criteria -> 'value') = 'boolean'
            then coalesce(fields -> (criteria ->> 'field') = criteria -> 'value', false)
        else coalesce(
            case criteria ->> 'op'
                when 'eq' then actual = given
                when 'ne' then actual <> given
                when 'lt' then actual < given
                when 'lte' then actual <= given
                when 'gt' then actual > given
                when 'gte' then actual >= given
            end,
            false
        )
    end;
end
$$;

-- A cap applies unless it is switched off.
create function twin.is_switched_on(cap jsonb) returns boolean
    immutable
    return coalesce((cap ->> 'is_active')::boolean, true);

-- A reason with the whole part of each field, as it is kept to four decimals, in place of its name in braces.
create function twin.filled(reason text, fields jsonb) returns text
    language plpgsql immutable
as $$
declare
    field record;
begin
    for field in select * from jsonb_each(fields) loop
        reason := replace(reason, '{' || field.key || '}', coalesce(trunc(round(twin.number(field.value), 4))::text, ''));
    end loop;
    return reason;
end
$$;
