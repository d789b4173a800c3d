-- The views and tables of schema cs, each as a JSON document, with the columns that cs_member may read.
select pg_catalog.json_build_object(
    'name', c.relname,
    'comment', pg_catalog.obj_description(c.oid, 'pg_class'),
    -- what no two rows have in common, where the database says so
    'key', array(
        select k.attname::text
        from pg_catalog.pg_index as i
        cross join lateral pg_catalog.unnest(i.indkey::int2[]) with ordinality as p(attnum, place)
        join pg_catalog.pg_attribute as k on k.attrelid = i.indrelid and k.attnum = p.attnum
        where i.indrelid = c.oid and i.indisprimary
        order by p.place
    ),
    'columns', pg_catalog.json_agg(
        pg_catalog.json_build_object(
            'name', a.attname,
            'type', a.atttypid::bigint,
            'nullable', not a.attnotnull,
            'comment', pg_catalog.col_description(c.oid, a.attnum)
        )
        order by a.attnum
    )
)::text
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as s on s.oid = c.relnamespace
join pg_catalog.pg_attribute as a on a.attrelid = c.oid
where s.nspname = 'cs'
    and c.relkind in ('r', 'p', 'v', 'm')
    and a.attnum > 0
    and not a.attisdropped
    and pg_catalog.has_column_privilege('cs_member', c.oid, a.attnum, 'select')
group by c.oid, c.relname
