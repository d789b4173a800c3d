-- The types of columns, arguments and results, each as a JSON document: how to cast to it, what can be done with it.
select pg_catalog.json_build_object(
    'oid', t.oid::bigint,
    'sql', pg_catalog.format('%I.%I', s.nspname, t.typname),
    'name', pg_catalog.format_type(t.oid, null),
    'base', b.typname,
    'kind', case
        when b.typname in ('json', 'jsonb') then b.typname
        when b.typcategory = 'A' then 'array'
        when b.typtype in ('r', 'm') then 'range'
        when b.typtype = 'e' then 'enum'
        -- values of these cannot be compared
        when b.typtype = 'c' or b.typcategory = 'G' or b.typname = 'xml' then 'opaque'
        when b.typcategory = 'B' then 'bool'
        when b.typcategory = 'S' then 'text'
        when b.typcategory = 'N' then 'number'
        else 'value'
    end,
    'element', case when b.typcategory = 'A' then b.typelem::bigint end,
    'labels', array(
        select e.enumlabel::text from pg_catalog.pg_enum as e where e.enumtypid = b.oid order by e.enumsortorder
    )
)::text
from pg_catalog.pg_type as t
join pg_catalog.pg_namespace as s on s.oid = t.typnamespace
-- a domain is written like the type below it
join pg_catalog.pg_type as b on b.oid = coalesce(nullif(t.typbasetype, 0), t.oid)
where t.typtype <> 'p'
