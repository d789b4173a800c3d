select
    quote_ident(relation.relname) as name,
    relation.relkind in ('r', 'p') as is_table,
    coalesce(string_agg(quote_ident(field.attname), ', ') filter (where may.read), '*') as readable,
    coalesce(min(quote_ident(field.attname)) filter (where may.update), min(quote_ident(field.attname))) as updatable,
    coalesce(
        string_agg(quote_ident(field.attname), ', ') filter (where may.insert),
        string_agg(quote_ident(field.attname), ', ') filter (where field.attgenerated = '')
    ) as insertable,
    bool_or(field.attname in ('account_id', 'playbook_id')) as points_elsewhere,
    case
        when bool_or(field.attname = 'tenant_id') then 'it.tenant_id = $tenant$'
        when relation.relname = 'tenants' then 'it.id = $tenant$'
        when relation.relname = 'users'
            then 'it.id in (select profile.user_id from cs.profiles as profile where profile.tenant_id = $tenant$)'
        else 'true'
    end as of_tenant
from pg_class as relation
join pg_attribute as field on field.attrelid = relation.oid and field.attnum > 0 and not field.attisdropped
cross join lateral (
    select
        has_column_privilege('cs_member', relation.oid, field.attnum, 'select') as read,
        has_column_privilege('cs_member', relation.oid, field.attnum, 'update') as update,
        has_column_privilege('cs_member', relation.oid, field.attnum, 'insert') as insert
) as may
where relation.relnamespace = 'cs'::regnamespace and relation.relkind in ('r', 'p', 'v', 'm')
group by relation.oid, relation.relname, relation.relkind
order by relation.relname
