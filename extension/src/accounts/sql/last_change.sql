-- $1 tenant, $2 account. The record is written at the change's end, so not before the time the row carries.
select
    coalesce(actor.full_name, record.database_role) as changed_by,
    to_char(record.at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS "UTC"') as shown_at,
    to_json(record.at) #>> '{}' as changed_at
from cs.accounts as account
join cs.audit_log as record
    on record.tenant_id = account.tenant_id
    and record.at >= account.updated_at
    and record.table_name = 'accounts'
    and record.row_key ->> 'id' = account.id::text
left join cs.profiles as actor on actor.tenant_id = record.tenant_id and actor.user_id = record.actor_id
where account.tenant_id = $1 and account.id = $2
order by record.at desc, record.id desc
limit 1
