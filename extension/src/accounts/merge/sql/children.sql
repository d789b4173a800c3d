-- $1 tenant, $2 account to keep, $3 merged. Those that were deleted keep their place in the family too.
with gone as (
    update cs.deleted_accounts
    set parent_id = case when parent_id = $3 then $2 else parent_id end,
        merged_into = case when merged_into = $3 then $2 else merged_into end
    where tenant_id = $1 and (parent_id = $3 or merged_into = $3)
)
update cs.accounts
set parent_id = $2
where tenant_id = $1 and parent_id = $3 and id <> $2
returning 1 as moved
