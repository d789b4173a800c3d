-- The functions of schema cs that cs_member may execute and that JSON can feed: named arguments of real types, and
-- a result that is nothing, a value or rows. What takes or gives a pseudo-type (triggers among them) is left out.
select
    p.proname::text as name,
    p.provolatile <> 'v' as read_only,
    p.proretset as many,
    case
        when r.typname = 'void' then 'void'
        when r.typtype = 'c' or r.typname = 'record' then 'row'
        else 'value'
    end as result,
    -- a table of one column is still a table of objects
    case
        when pg_catalog.cardinality(pg_catalog.array_positions(p.proargmodes, 't')) = 1
        then p.proargnames[pg_catalog.array_position(p.proargmodes, 't')]
    end as only_column,
    i.names,
    i.types,
    i.kinds,
    p.pronargdefaults::integer as defaults
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as s on s.oid = p.pronamespace
join pg_catalog.pg_type as r on r.oid = p.prorettype
cross join lateral (
    select
        coalesce(pg_catalog.array_agg(coalesce(p.proargnames[a.n], '') order by a.n), '{}') as names,
        coalesce(pg_catalog.array_agg(pg_catalog.format('%I.%I', ts.nspname, t.typname) order by a.n), '{}') as types,
        coalesce(pg_catalog.array_agg(
            case
                when b.typname in ('json', 'jsonb') then 'json'
                when b.typcategory <> 'A' then 'value'
                when e.typname in ('json', 'jsonb') then 'array of json'
                else 'array'
            end
            order by a.n
        ), '{}') as kinds,
        coalesce(pg_catalog.bool_or(b.typtype = 'p'), false) as pseudo
    from pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a(type_id, n)
    join pg_catalog.pg_type as t on t.oid = a.type_id
    join pg_catalog.pg_namespace as ts on ts.oid = t.typnamespace
    -- a domain is fed like the type below it
    join pg_catalog.pg_type as b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
    left join pg_catalog.pg_type as e on e.oid = b.typelem
    where coalesce(p.proargmodes[a.n], 'i') in ('i', 'b')
) as i
where s.nspname = 'cs'
    and p.prokind = 'f'
    and p.provariadic = 0
    and not i.pseudo
    and '' <> all (i.names)
    and (
        r.typtype <> 'p'
        or r.typname = 'void'
        or (r.typname = 'record' and p.proargmodes && array['o', 'b', 't']::"char"[])
    )
    and pg_catalog.has_function_privilege('cs_member', p.oid, 'execute')
order by p.proname, p.pronargs
