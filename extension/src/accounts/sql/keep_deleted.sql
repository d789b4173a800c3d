-- $1 actor, $2 reason, $3 the account it was merged into. What is known of the accounts in old_rows, their last ARR ended with 0, and
-- nothing that still waits to be decided for them.
with closed as (
    update cs.arr_history as held
    set valid_until = greatest(clock_timestamp(), held.valid_from)
    from old_rows as gone
    where held.tenant_id = gone.tenant_id and held.account_id = gone.id and held.valid_until is null and held.arr > 0
    returning held.tenant_id, held.account_id, held.valid_until
), ended as (
    insert into cs.arr_history (tenant_id, account_id, arr, valid_from)
    select closed.tenant_id, closed.account_id, 0, closed.valid_until
    from closed
), decided as (
    update cs.playbook_executions as run
    set is_open = false
    from old_rows as gone
    where run.tenant_id = gone.tenant_id and run.account_id = gone.id and run.is_open
)
insert into cs.deleted_accounts (tenant_id, id, name, external_id, parent_id, root_id, deleted_by, reason, merged_into)
select tenant_id, id, name, external_id, parent_id, split_part(hierarchy_path, '/', 1)::uuid, $1, $2, $3
from old_rows
