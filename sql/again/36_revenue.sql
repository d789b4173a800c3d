-- Owns the ARR that counts, now and at any moment: lost customers have none, that of a parent may include that of its children.

create or replace view cs.counted_arr
with (security_invoker = true) as
select
    account.tenant_id,
    account.id as account_id,
    case
        when account.status = 'Churned' then 0
        when cs.parent_arr_includes_children(tenant.settings) then greatest(
            0,
            coalesce(account.arr, 0) - coalesce(
                (
                    select sum(child.arr)
                    from cs.accounts as child
                    where child.tenant_id = account.tenant_id
                        and child.parent_id = account.id
                        and child.status <> 'Churned'
                ),
                0
            )
        )
        else coalesce(account.arr, 0)
    end as arr
from cs.accounts as account
join cs.tenants as tenant on tenant.id = account.tenant_id;

alter view cs.counted_arr owner to cs_owner;
comment on view cs.counted_arr is 'The ARR of each account as every sum counts it, in the tenant''s currency.';
comment on column cs.counted_arr.arr is
    '0 once the account has churned or where ARR is unknown; with the setting parent_arr_includes_children, without that of its direct children and never below 0.';

create trigger t55_open_arr
    after insert on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__record_arr();

create trigger t55_record_arr
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_accounts__record_arr();

-- The only place that reads what was valid at a moment. A change at that very moment is included; infinity is now.
create or replace function cs.arr_at(earlier timestamptz, since timestamptz, until timestamptz)
returns table (
    tenant_id uuid,
    account_id uuid,
    earlier_arr numeric,
    start_arr numeric,
    end_arr numeric,
    paying_since timestamptz
)
language sql stable rows 10000
begin atomic
    select
        held.tenant_id,
        held.account_id,
        greatest(0, held.earlier_arr - coalesce(below.earlier_arr, 0)),
        greatest(0, held.start_arr - coalesce(below.start_arr, 0)),
        greatest(0, held.end_arr - coalesce(below.end_arr, 0)),
        held.paying_since
    from (
        select
            history.tenant_id,
            history.account_id,
            -- At most one row is valid at a moment: max is that row, and cheaper than sum.
            coalesce(max(history.arr) filter (
                where history.valid_from <= moment.earlier and (history.valid_until is null or history.valid_until > moment.earlier)
            ), 0) as earlier_arr,
            coalesce(max(history.arr) filter (
                where history.valid_from <= moment.since and (history.valid_until is null or history.valid_until > moment.since)
            ), 0) as start_arr,
            coalesce(max(history.arr) filter (
                where history.valid_from <= moment.until and (history.valid_until is null or history.valid_until > moment.until)
            ), 0) as end_arr,
            min(history.valid_from) filter (
                where history.arr > 0 and (history.valid_until is null or history.valid_until > history.valid_from)
            ) as paying_since
        -- With offset the moments are computed once, not for every row of the history.
        from (
            select
                arr_at.earlier, arr_at.since, arr_at.until, greatest(arr_at.earlier, arr_at.since, arr_at.until) as last
            offset 0
        ) as moment
        join cs.arr_history as history on history.valid_from <= moment.last
        group by history.tenant_id, history.account_id
    ) as held
    left join (
        select
            child.tenant_id,
            child.parent_id,
            sum(history.arr) filter (
                where history.valid_from <= moment.earlier and (history.valid_until is null or history.valid_until > moment.earlier)
            ) as earlier_arr,
            sum(history.arr) filter (
                where history.valid_from <= moment.since and (history.valid_until is null or history.valid_until > moment.since)
            ) as start_arr,
            sum(history.arr) filter (
                where history.valid_from <= moment.until and (history.valid_until is null or history.valid_until > moment.until)
            ) as end_arr
        from (select arr_at.earlier, arr_at.since, arr_at.until offset 0) as moment
        cross join cs.tenants as tenant
        join cs.accounts as child on child.tenant_id = tenant.id and child.parent_id is not null
        join cs.arr_history as history on history.tenant_id = child.tenant_id and history.account_id = child.id
        where cs.parent_arr_includes_children(tenant.settings)
        group by child.tenant_id, child.parent_id
    ) as below on below.tenant_id = held.tenant_id and below.parent_id = held.account_id;
end;

alter function cs.arr_at(timestamptz, timestamptz, timestamptz) owner to cs_owner;
revoke execute on function cs.arr_at(timestamptz, timestamptz, timestamptz) from public;
comment on function cs.arr_at(timestamptz, timestamptz, timestamptz) is
    'Internal: the ARR of each account that had any row of arr_history by then, at three moments at once (infinity: now), and since when it has had any. With parent_arr_includes_children a parent counts by how much its ARR exceeds that of its current direct children at the time.';

-- The only place that says what is new, kept and lost. A change at the very moment `since` belongs to the start, one at
-- `until` to the end, so that consecutive periods add up.
create or replace function cs.arr_between(since timestamptz, until timestamptz)
returns table (
    tenant_id uuid,
    account_id uuid,
    start_arr numeric,
    new_arr numeric,
    returned_arr numeric,
    expansion numeric,
    contraction numeric,
    churned_arr numeric,
    end_arr numeric,
    kept numeric,
    paying_since timestamptz
)
language sql stable rows 10000
begin atomic
    select
        held.tenant_id,
        held.account_id,
        held.start_arr,
        case when held.start_arr = 0 and held.paying_since > since then held.end_arr else 0 end,
        case when held.start_arr = 0 and held.paying_since <= since then held.end_arr else 0 end,
        case when held.start_arr > 0 then greatest(0, held.end_arr - held.start_arr) else 0 end,
        case when held.end_arr > 0 then greatest(0, held.start_arr - held.end_arr) else 0 end,
        case when held.end_arr = 0 then held.start_arr else 0 end,
        held.end_arr,
        least(held.start_arr, held.end_arr),
        held.paying_since
    from cs.arr_at(arr_between.since, arr_between.since, arr_between.until) as held;
end;

alter function cs.arr_between(timestamptz, timestamptz) owner to cs_owner;
revoke execute on function cs.arr_between(timestamptz, timestamptz) from public;
comment on function cs.arr_between(timestamptz, timestamptz) is
    'What became of each account''s ARR between two moments, until infinity for now: start + new + returned + expansion - contraction - churned = end. New: its first ARR ever. Returned: had ARR before, but none at the start. Churned: has none at the end, in any status. An account that leaves and comes back in between did neither. With parent_arr_includes_children a parent counts by how much its ARR exceeds that of its current direct children at the time.';
