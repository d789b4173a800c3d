-- The policies and triggers that are left on the tables of schema cs once ours are dropped.
select format('policy %I on %s', policy.polname, policy.polrelid::regclass) as it
from pg_policy as policy
join pg_class as relation on relation.oid = policy.polrelid and relation.relnamespace = 'cs'::regnamespace
union all
select format('trigger %I on %s', fired.tgname, fired.tgrelid::regclass)
from pg_trigger as fired
join pg_class as relation on relation.oid = fired.tgrelid and relation.relnamespace = 'cs'::regnamespace
where not fired.tgisinternal and fired.tgparentid = 0
order by it;
