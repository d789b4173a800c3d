-- $1 those that are left out
select relation.oid::regclass::text as it
from pg_catalog.pg_class as relation
where relation.relnamespace = 'cs'::regnamespace
    and relation.relkind = 'r'
    and relation.relowner = 'cs_owner'::regrole
    and relation.relname <> all($1)
order by relation.relname
