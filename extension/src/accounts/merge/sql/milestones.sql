-- $1 tenant, $2 account to keep, $3 merged. What is settled at either is settled.
update cs.account_milestones as other
set account_id = $2
where other.tenant_id = $1
    and other.account_id = $3
    and not exists (
        select
        from cs.account_milestones as own
        where own.tenant_id = $1 and own.account_id = $2 and own.milestone_id = other.milestone_id
    )
returning 1 as moved
