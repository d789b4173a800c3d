-- $1 tenant, $2 account to keep, $3 merged. What playbooks have seen begin, and what waits in a burst.
with bursts as (
    update cs.playbook_bursts
    set account_ids = case
        when $2 = any (account_ids) then array_remove(account_ids, $3)
        else array_replace(account_ids, $3, $2)
    end
    where tenant_id = $1 and ended_at is null and $3 = any (account_ids)
)
update cs.playbook_entries as other
set account_id = $2
where other.tenant_id = $1
    and other.account_id = $3
    and not exists (
        select
        from cs.playbook_entries as own
        where own.tenant_id = $1
            and own.playbook_id = other.playbook_id
            and own.account_id = $2
            and own.subject = other.subject
    )
returning 1 as moved
