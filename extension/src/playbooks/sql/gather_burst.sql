-- $1 tenant, $2 playbook, $3 what it waits for, $4 accounts.
insert into cs.playbook_bursts as burst (tenant_id, playbook_id, event, account_ids)
values ($1, $2, $3, $4)
on conflict (tenant_id, playbook_id) where ended_at is null
do update set account_ids = array(
    select distinct account_id from unnest(burst.account_ids || excluded.account_ids) as account_id order by account_id
)
returning burst.id
