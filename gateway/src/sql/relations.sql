-- The views and tables of schema cs that cs_member may read whole. A table of which only some columns are granted
-- is there for the views on it.
select
    c.relname::text as name,
    pg_catalog.array_agg(a.attname::text order by a.attnum) as columns
from pg_catalog.pg_class as c
join pg_catalog.pg_namespace as s on s.oid = c.relnamespace
join pg_catalog.pg_attribute as a on a.attrelid = c.oid
where s.nspname = 'cs'
    and c.relkind in ('r', 'p', 'v', 'm')
    and a.attnum > 0
    and not a.attisdropped
    and pg_catalog.has_table_privilege('cs_member', c.oid, 'select')
group by c.relname
