-- Owns the tree of accounts: triggers that keep level and path, what is above and below, the totals of each family.

create trigger t05_lock_tree
    before update of parent_id on cs.accounts
    for each statement execute function cs.tg_accounts__lock_tree();

-- Named so as to fire before the foreign key's own triggers (RI_…), whose messages are about constraints.
create trigger "A10_relatives_of_inserted"
    after insert on cs.accounts
    for each row when (new.hierarchy_path = '') execute function cs.tg_accounts__check_relatives();
create trigger "A10_relatives_of_moved"
    after update on cs.accounts
    for each row when (new.hierarchy_path = '') execute function cs.tg_accounts__check_relatives();
create trigger "A10_relatives_of_deleted"
    after delete on cs.accounts
    for each row execute function cs.tg_accounts__check_relatives();

create trigger t20_place_inserted
    after insert on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__place();
create trigger t20_place_moved
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_accounts__place();

create or replace function cs.account_ancestors(account_id uuid)
returns table (id uuid, name text, parent_id uuid, level integer)
language sql stable
begin atomic
    with it as materialized (
        select place.tenant_id, place.path from cs.account_place(account_ancestors.account_id) as place
    )
    select account.id, account.name, account.parent_id, account.hierarchy_level
    from cs.accounts as account
    where account.tenant_id = (select it.tenant_id from it)
        and account.id = any ((select string_to_array(it.path, '/')::uuid[] from it)::uuid[])
        and account.id <> account_ancestors.account_id
    order by account.hierarchy_level;
end;

alter function cs.account_ancestors(uuid) owner to cs_owner;
revoke execute on function cs.account_ancestors(uuid) from public;
comment on function cs.account_ancestors(uuid) is
    'The accounts above this one that the caller sees, the root first. Errors: P0002 no such account.';

-- All that begins with the path and a slash sorts between that and the path with a 0, the next character in collation C. Unlike
-- LIKE, such a range uses an index under row security too.
create or replace function cs.account_descendants(account_id uuid, max_depth integer default null)
returns table (id uuid, name text, parent_id uuid, level integer, depth integer, path text)
language sql stable
begin atomic
    with it as materialized (
        select place.tenant_id, place.level, place.path
        from cs.account_place(account_descendants.account_id) as place
    )
    select
        account.id,
        account.name,
        account.parent_id,
        account.hierarchy_level,
        account.hierarchy_level - (select it.level from it),
        account.hierarchy_path
    from cs.accounts as account
    where account.tenant_id = (select it.tenant_id from it)
        and account.hierarchy_path >= (select it.path || '/' from it)
        and account.hierarchy_path < (select it.path || '0' from it)
        and (
            account_descendants.max_depth is null
            or account.hierarchy_level <= (select it.level from it) + account_descendants.max_depth
        );
end;

alter function cs.account_descendants(uuid, integer) owner to cs_owner;
revoke execute on function cs.account_descendants(uuid, integer) from public;
comment on function cs.account_descendants(uuid, integer) is
    'The accounts below this one that the caller sees; depth counts from this one, max_depth NULL: all. Ordered by path, each follows its parent. Errors: P0002 no such account.';

create or replace view cs.account_tree
with (security_invoker = true) as
with member as materialized (
    select
        account.tenant_id,
        account.id,
        account.parent_id,
        account.name,
        account.hierarchy_level as level,
        account.hierarchy_path as path,
        account.status,
        account.current_stage,
        account.contract_end_date,
        case when account.status = 'Churned' then 0 else coalesce(account.arr, 0) end as arr,
        coalesce(cs.parent_arr_includes_children(tenant.settings), false) as includes_children,
        score.overall_score,
        score.risk_level,
        score.confidence
    from cs.accounts as account
    join cs.tenants as tenant on tenant.id = account.tenant_id
    left join cs.health_scores as score
        on score.tenant_id = account.tenant_id and score.account_id = account.id and score.is_current
), below as (
    select member.tenant_id, member.parent_id, count(*)::integer as children, sum(member.arr) as arr
    from member
    where member.parent_id is not null
    group by member.tenant_id, member.parent_id
), counted as materialized (
    select
        member.*,
        coalesce(below.children, 0) as children,
        case
            when member.includes_children
                then greatest(0, member.arr - coalesce(below.arr, 0) - coalesce(hidden.arr, 0))
            else member.arr
        end as own_arr,
        member.status = 'Active' and member.overall_score is not null and member.confidence is distinct from 'low' as is_scored
    from member
    left join below on below.tenant_id = member.tenant_id and below.parent_id = member.id
    left join cs.hidden_children() as hidden on hidden.tenant_id = member.tenant_id and hidden.parent_id = member.id
), family as (
    -- Each account once for itself and once for every account above it.
    select
        counted.tenant_id,
        step.id,
        count(*)::integer as accounts,
        sum(counted.own_arr) as arr,
        round(coalesce(
            sum(counted.own_arr * counted.overall_score) filter (where counted.is_scored)
                / nullif(sum(counted.own_arr) filter (where counted.is_scored), 0),
            avg(counted.overall_score) filter (where counted.is_scored)
        ))::integer as score,
        min(counted.overall_score) filter (where counted.is_scored) as worst_score,
        count(*) filter (where counted.is_scored and counted.risk_level = 'Critical')::integer as critical,
        coalesce(
            sum(counted.own_arr) filter (where counted.is_scored and counted.risk_level in ('At Risk', 'Critical')), 0
        ) as arr_at_risk,
        min(counted.contract_end_date) filter (where counted.status <> 'Churned') as earliest_renewal
    from counted
    cross join lateral unnest(string_to_array(counted.path, '/')) as step (id)
    group by counted.tenant_id, step.id
)
select
    counted.tenant_id,
    counted.id,
    counted.parent_id,
    counted.name,
    counted.level,
    counted.path,
    counted.children,
    family.accounts - 1 as descendants,
    counted.status::text as status,
    counted.current_stage,
    counted.own_arr,
    family.arr as family_arr,
    counted.overall_score,
    counted.risk_level::text as risk_level,
    counted.confidence,
    family.score as family_score,
    family.worst_score as family_worst_score,
    family.critical as family_critical,
    family.arr_at_risk as family_arr_at_risk,
    family.earliest_renewal as family_earliest_renewal
from counted
join family on family.tenant_id = counted.tenant_id and family.id = counted.id::text;

alter view cs.account_tree owner to cs_owner;
comment on view cs.account_tree is
    'The tree of accounts, each with the totals of its family: itself and all below it that the reader sees. Ordered by path, a child follows its parent.';
comment on column cs.account_tree.level is 'Depth in the tree, 0 for a root.';
comment on column cs.account_tree.path is 'Ids from the root to this account, joined by /.';
comment on column cs.account_tree.children is 'Accounts directly below.';
comment on column cs.account_tree.descendants is 'Accounts below, at any depth.';
comment on column cs.account_tree.own_arr is
    'ARR that counts for this account alone: 0 once it has churned; with the setting parent_arr_includes_children, without that of its children.';
comment on column cs.account_tree.family_arr is 'Sum of own_arr over the family.';
comment on column cs.account_tree.family_score is
    'Mean health of the family weighted by own_arr; accounts that are lost, paused or without a score, and scores of low confidence, left out, as in all figures of health.';
comment on column cs.account_tree.family_worst_score is 'The lowest score in the family, of the accounts that family_score is of.';
comment on column cs.account_tree.family_critical is 'The number of accounts in the family that are Critical, of those that family_score is of.';
comment on column cs.account_tree.family_arr_at_risk is 'Sum of own_arr over accounts of the family that are At Risk or Critical, of those that family_score is of.';
comment on column cs.account_tree.family_earliest_renewal is 'The earliest end of a contract in the family; lost customers left out.';
