-- The functions of schema cs that cs_member may execute and that JSON can call, each as a JSON document: named
-- arguments of real types, and a result that is void, a value or rows. Functions that take or return a pseudo-type
-- (triggers among them) are left out.
select pg_catalog.json_build_object(
    'name', p.proname,
    'comment', pg_catalog.obj_description(p.oid, 'pg_proc'),
    'read_only', p.provolatile <> 'v',
    'many', p.proretset,
    'shape', case
        when r.typname = 'void' then 'void'
        -- a table with one column is still a table of objects
        when r.typtype = 'c' or r.typname = 'record' or p.proargmodes && array['t']::"char"[] then 'row'
        else 'value'
    end,
    'returns', p.prorettype::bigint,
    'columns', case
        when r.typtype = 'c' then (
            select pg_catalog.json_agg(
                pg_catalog.json_build_object(
                    'name', a.attname, 'type', a.atttypid::bigint, 'nullable', true,
                    'comment', pg_catalog.col_description(a.attrelid, a.attnum)
                )
                order by a.attnum
            )
            from pg_catalog.pg_attribute as a
            where a.attrelid = r.typrelid and a.attnum > 0 and not a.attisdropped
        )
        else (
            select pg_catalog.json_agg(
                pg_catalog.json_build_object('name', p.proargnames[a.n], 'type', a.type_id::bigint, 'nullable', true)
                order by a.n
            )
            from pg_catalog.unnest(p.proallargtypes) with ordinality as a(type_id, n)
            where p.proargmodes[a.n] in ('o', 'b', 't')
        )
    end,
    'arguments', i.arguments
)::text
from pg_catalog.pg_proc as p
join pg_catalog.pg_namespace as s on s.oid = p.pronamespace
join pg_catalog.pg_type as r on r.oid = p.prorettype
cross join lateral (
    select
        pg_catalog.json_agg(
            pg_catalog.json_build_object(
                'name', g.name,
                'type', g.type_id::bigint,
                -- those with a default are the last ones
                'required', g.place <= p.pronargs - p.pronargdefaults,
                'default', pg_catalog.pg_get_function_arg_default(p.oid, g.n::integer)
            )
            order by g.n
        ) as arguments,
        coalesce(pg_catalog.bool_and(g.name <> '' and g.typtype <> 'p'), true) as usable
    from (
        select
            a.n,
            a.type_id,
            coalesce(p.proargnames[a.n], '') as name,
            t.typtype,
            pg_catalog.row_number() over (order by a.n) as place
        from pg_catalog.unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality as a(type_id, n)
        join pg_catalog.pg_type as t on t.oid = a.type_id
        where coalesce(p.proargmodes[a.n], 'i') in ('i', 'b')
    ) as g
) as i
where s.nspname = 'cs'
    and p.prokind = 'f'
    and p.provariadic = 0
    and i.usable
    and (
        r.typtype <> 'p'
        or r.typname = 'void'
        or (r.typname = 'record' and p.proargmodes && array['o', 'b', 't']::"char"[])
    )
    and pg_catalog.has_function_privilege('cs_member', p.oid, 'execute')
order by p.proname, p.pronargs
