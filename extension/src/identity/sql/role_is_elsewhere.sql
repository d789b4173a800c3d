-- $1 tenant, $2 role: whether another tenant has it, by an offer or by a link.
select from cs.offered_roles where role_name = $2 and tenant_id <> $1
union all
select from cs.database_logins where role_name = $2 and tenant_id <> $1
