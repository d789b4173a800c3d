-- $1 tenants, $2 user ids or e-mail addresses, folded. The active members among them.
select distinct member.tenant_id, member.user_id, person.email
from unnest($1::uuid[], $2::text[]) as wanted (tenant_id, named)
join cs.profiles as member on member.tenant_id = wanted.tenant_id and member.is_active
join cs.users as person
    on person.id = member.user_id and person.is_active and wanted.named in (person.id::text, person.email)
