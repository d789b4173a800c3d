-- Changed are the accounts that have a new parent or no place yet, found by the query put in below. $1 is the deepest
-- level. Placed are those whose new parent is outside all that moves, and then everything below them. An account that
-- is never reached is in a cycle.
with recursive changed as materialized (
    select account.tenant_id, account.id, account.parent_id
    from (<changed>) as it
    join cs.accounts as account using (tenant_id, id)
), above as materialized (
    select changed.tenant_id, changed.id, parent.hierarchy_level, parent.hierarchy_path
    from changed
    left join cs.accounts as parent on parent.tenant_id = changed.tenant_id and parent.id = changed.parent_id
    where changed.parent_id is null or parent.hierarchy_path <> ''
), carried as materialized (
    select distinct step.tenant_id, step.id
    from (
        select above.tenant_id, above.id, unnest(string_to_array(above.hierarchy_path, '/'))::uuid as step_id from above
    ) as step
    join changed on changed.tenant_id = step.tenant_id and changed.id = step.step_id
    union
    -- The parent's own path may already be its new one, of which it is the last step.
    select child.tenant_id, child.id
    from changed as child
    join changed as parent on parent.tenant_id = child.tenant_id and parent.id = child.parent_id
), placed as (
    select
        above.tenant_id,
        above.id,
        coalesce(above.hierarchy_level + 1, 0) as level,
        coalesce(above.hierarchy_path || '/', '') || above.id as path
    from above
    where not exists (
        select from carried where carried.tenant_id = above.tenant_id and carried.id = above.id
    )
    union all
    select child.tenant_id, child.id, placed.level + 1, placed.path || '/' || child.id
    from placed
    join cs.accounts as child on child.tenant_id = placed.tenant_id and child.parent_id = placed.id
    where placed.level <= $1
), verdict as materialized (
    select
        not exists (
            select from changed
            where not exists (select from placed where placed.tenant_id = changed.tenant_id and placed.id = changed.id)
        ) as is_tree,
        not exists (select from placed where placed.level > $1) as is_flat
), rewritten as (
    update cs.accounts as account
    set hierarchy_level = placed.level, hierarchy_path = placed.path
    from placed
    cross join verdict
    where verdict.is_tree
        and verdict.is_flat
        and account.tenant_id = placed.tenant_id
        and account.id = placed.id
        and (account.hierarchy_level <> placed.level or account.hierarchy_path <> placed.path)
)
select is_tree, is_flat from verdict
