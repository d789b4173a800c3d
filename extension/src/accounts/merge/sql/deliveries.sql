-- $1 tenant, $2 account to keep, $3 merged. What both got of one event stays apart, under the name of the account that is gone.
update cs.webhook_queue as other
set account_id = $2
where other.tenant_id = $1
    and other.account_id = $3
    and not exists (
        select
        from cs.webhook_queue as own
        where own.tenant_id = $1
            and own.account_id = $2
            and own.playbook_id = other.playbook_id
            and own.event_id = other.event_id
            and own.action = other.action
    )
returning 1 as moved
