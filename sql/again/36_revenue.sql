-- Owns the ARR that counts, now and at any moment: lost customers have none, that of a parent may include that of its children.

-- Who sees a parent and not all its children gets its ARR less that of all: what is hidden comes as a sum.
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
            ) - coalesce(
                (
                    select hidden.arr
                    from cs.hidden_children() as hidden
                    where hidden.tenant_id = account.tenant_id and hidden.parent_id = account.id
                ),
                0
            )
        )
        else coalesce(account.arr, 0)
    end as arr,
    coalesce(cs.parent_arr_includes_children(tenant.settings), false) and (account.tenant_id, account.id) in (
        select hidden.tenant_id, hidden.parent_id from cs.hidden_children() as hidden
    ) as partial
from cs.accounts as account
join cs.tenants as tenant on tenant.id = account.tenant_id;

alter view cs.counted_arr owner to cs_owner;
comment on view cs.counted_arr is
    'The ARR of each account as every sum counts it, in the tenant''s currency: the same number for every reader.';
comment on column cs.counted_arr.arr is
    '0 once the account has churned or where ARR is unknown; with the setting parent_arr_includes_children, without that of its direct children and never below 0.';
comment on column cs.counted_arr.partial is
    'Whether ARR of direct children was taken out that the reader does not see.';

-- A native function cannot declare this itself; the planner would expect 1000.
alter function cs.hidden_children() rows 10;
alter function cs.hidden_children_history() rows 10;

create trigger t55_open_arr
    after insert on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__record_arr();

create trigger t55_record_arr
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_accounts__record_arr();

-- Internal to the functions below.
create or replace view cs.family_places
with (security_invoker = true) as
select account.tenant_id, account.id as account_id, account.parent_id, split_part(account.hierarchy_path, '/', 1)::uuid as root_id
from cs.tenants as tenant
join cs.accounts as account on account.tenant_id = tenant.id
where cs.parent_arr_includes_children(tenant.settings)
union all
-- The family of the account it stood below may have moved since.
select gone.tenant_id, gone.id, gone.parent_id, coalesce(split_part(parent.hierarchy_path, '/', 1)::uuid, gone.root_id)
from cs.tenants as tenant
join cs.deleted_accounts as gone on gone.tenant_id = tenant.id
left join cs.accounts as parent on parent.tenant_id = gone.tenant_id and parent.id = gone.parent_id
where cs.parent_arr_includes_children(tenant.settings);

alter view cs.family_places owner to cs_owner;
comment on view cs.family_places is
    'Internal: where accounts stand, or stood when they were deleted, in tenants with the setting parent_arr_includes_children.';
comment on column cs.family_places.root_id is 'The account at the root of its family; its own id at a root.';

create or replace view cs.child_arr_history
with (security_invoker = true) as
select child.tenant_id, child.parent_id, history.arr, history.valid_from, history.valid_until
from cs.family_places as child
join cs.arr_history as history on history.tenant_id = child.tenant_id and history.account_id = child.account_id
where child.parent_id is not null
union all
select hidden.tenant_id, hidden.parent_id, hidden.arr, hidden.valid_from, hidden.valid_until
from cs.hidden_children_history() as hidden;

alter view cs.child_arr_history owner to cs_owner;
comment on view cs.child_arr_history is
    'Internal: what is taken out of the ARR of accounts that have children, over time; empty for tenants without the setting parent_arr_includes_children. What the reader does not see comes as one sum per parent.';

-- The only place, with arr_ranges, that reads what was valid at a moment: what held just before it, so that a change at that very moment belongs
-- to the period that it begins. Infinity is now.
create or replace function cs.arr_at(earlier timestamptz, since timestamptz, until timestamptz)
returns table (
    tenant_id uuid,
    account_id uuid,
    customer_id uuid,
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
        coalesce(family.root_id, held.account_id),
        greatest(0, held.earlier_arr - coalesce(below.earlier_arr, 0)),
        greatest(0, held.start_arr - coalesce(below.start_arr, 0)),
        greatest(0, held.end_arr - coalesce(below.end_arr, 0)),
        case when below.parent_id is null then held.paying_since else below.paying_since end
    from (
        select
            history.tenant_id,
            history.account_id,
            -- At most one row is valid at a moment: max is that row, and cheaper than sum.
            coalesce(max(history.arr) filter (
                where history.valid_from < moment.earlier and (history.valid_until is null or history.valid_until >= moment.earlier)
            ), 0) as earlier_arr,
            coalesce(max(history.arr) filter (
                where history.valid_from < moment.since and (history.valid_until is null or history.valid_until >= moment.since)
            ), 0) as start_arr,
            coalesce(max(history.arr) filter (
                where history.valid_from < moment.until and (history.valid_until is null or history.valid_until >= moment.until)
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
        join cs.arr_history as history on history.valid_from < moment.last
        group by history.tenant_id, history.account_id
    ) as held
    left join cs.family_places as family on family.tenant_id = held.tenant_id and family.account_id = held.account_id
    left join (
        select sums.*, first.paying_since
        from (
            select
                child.tenant_id,
                child.parent_id,
                sum(child.arr) filter (
                    where child.valid_from < moment.earlier and (child.valid_until is null or child.valid_until >= moment.earlier)
                ) as earlier_arr,
                sum(child.arr) filter (
                    where child.valid_from < moment.since and (child.valid_until is null or child.valid_until >= moment.since)
                ) as start_arr,
                sum(child.arr) filter (
                    where child.valid_from < moment.until and (child.valid_until is null or child.valid_until >= moment.until)
                ) as end_arr
            from (select arr_at.earlier, arr_at.since, arr_at.until offset 0) as moment
            cross join cs.child_arr_history as child
            group by child.tenant_id, child.parent_id
        ) as sums
        left join (
            -- When a parent first had more than its children: what it counts changes where its own ARR or theirs does.
            select counted.tenant_id, counted.account_id, min(counted.at) filter (where counted.arr > 0) as paying_since
            from (
                select
                    change.tenant_id, change.account_id, change.at,
                    sum(change.arr) over (partition by change.tenant_id, change.account_id order by change.at) as arr
                from (
                    select own.tenant_id, own.account_id, step.at, step.arr
                    from (select distinct child.tenant_id, child.parent_id from cs.child_arr_history as child) as parent
                    join cs.arr_history as own on own.tenant_id = parent.tenant_id and own.account_id = parent.parent_id
                    cross join lateral (values (own.valid_from, own.arr), (own.valid_until, - own.arr)) as step (at, arr)
                    union all
                    select child.tenant_id, child.parent_id, step.at, step.arr
                    from cs.child_arr_history as child
                    cross join lateral (values (child.valid_from, - child.arr), (child.valid_until, child.arr)) as step (at, arr)
                ) as change
                where change.at < greatest(arr_at.earlier, arr_at.since, arr_at.until)
            ) as counted
            group by counted.tenant_id, counted.account_id
        ) as first on first.tenant_id = sums.tenant_id and first.account_id = sums.parent_id
    ) as below on below.tenant_id = held.tenant_id and below.parent_id = held.account_id;
end;

alter function cs.arr_at(timestamptz, timestamptz, timestamptz) owner to cs_owner;
revoke execute on function cs.arr_at(timestamptz, timestamptz, timestamptz) from public;
comment on function cs.arr_at(timestamptz, timestamptz, timestamptz) is
    'Internal: the ARR that counted, of each account that had any row of arr_history by then, just before three moments at once (infinity: now), and since when it has counted any. customer_id: whom retention takes as one customer, the account itself or, with parent_arr_includes_children, the root of its family. With that setting a parent counts by how much its ARR exceeds that of its current direct children at the time.';

-- The same for many moments at once: read once, each row for all moments it covers. width_bucket says how many moments are not
-- after a time.
create or replace function cs.arr_ranges(moments timestamptz[])
returns table (
    tenant_id uuid,
    account_id uuid,
    customer_id uuid,
    first integer,
    beyond integer,
    arr numeric
)
language sql stable rows 10000
begin atomic
    with own as (
        select
            history.tenant_id,
            history.account_id,
            width_bucket(history.valid_from, arr_ranges.moments) as first,
            coalesce(width_bucket(history.valid_until, arr_ranges.moments), cardinality(arr_ranges.moments)) as beyond,
            history.arr
        from cs.arr_history as history
        where history.arr > 0
    ), child as materialized (
        select
            child.tenant_id,
            child.parent_id as account_id,
            width_bucket(child.valid_from, arr_ranges.moments) as first,
            coalesce(width_bucket(child.valid_until, arr_ranges.moments), cardinality(arr_ranges.moments)) as beyond,
            child.arr
        from cs.child_arr_history as child
    ), swept as (
        -- What a parent counts changes where its own ARR or that of a child does.
        select
            step.tenant_id,
            step.account_id,
            step.place as first,
            lead(step.place, 1, cardinality(arr_ranges.moments)) over (
                partition by step.tenant_id, step.account_id order by step.place
            ) as beyond,
            greatest(0, sum(sum(step.arr)) over (
                partition by step.tenant_id, step.account_id order by step.place
            )) as arr
        from (
            select own.tenant_id, own.account_id, edge.place, edge.arr
            from own
            cross join lateral (values (own.first, own.arr), (own.beyond, - own.arr)) as edge (place, arr)
            where (own.tenant_id, own.account_id) in (select child.tenant_id, child.account_id from child)
            union all
            select child.tenant_id, child.account_id, edge.place, edge.arr
            from child
            cross join lateral (values (child.first, - child.arr), (child.beyond, child.arr)) as edge (place, arr)
        ) as step
        group by step.tenant_id, step.account_id, step.place
    )
    select
        held.tenant_id,
        held.account_id,
        coalesce(family.root_id, held.account_id),
        held.first,
        held.beyond,
        held.arr
    from (
        select own.tenant_id, own.account_id, own.first, own.beyond, own.arr
        from own
        where (own.tenant_id, own.account_id) not in (select child.tenant_id, child.account_id from child)
        union all
        select swept.tenant_id, swept.account_id, swept.first, swept.beyond, swept.arr
        from swept
        where swept.arr > 0
    ) as held
    left join cs.family_places as family on family.tenant_id = held.tenant_id and family.account_id = held.account_id
    where held.first < held.beyond;
end;

alter function cs.arr_ranges(timestamptz[]) owner to cs_owner;
revoke execute on function cs.arr_ranges(timestamptz[]) from public;
comment on function cs.arr_ranges(timestamptz[]) is
    'Internal: what arr_at says of each of these moments (ascending; infinity: now), as ranges of moments in which it is the same: first, the place of the first one, counted from 0; beyond, the place after the last one. Nothing where an account counts no ARR.';

-- Each customer's ARR in the same way: with parent_arr_includes_children the sum of a family.
create or replace function cs.customer_arr_ranges(moments timestamptz[])
returns table (tenant_id uuid, customer_id uuid, first integer, beyond integer, arr numeric)
language sql stable rows 10000
begin atomic
    with held as materialized (
        select it.tenant_id, it.account_id, it.customer_id, it.first, it.beyond, it.arr
        from cs.arr_ranges(customer_arr_ranges.moments) as it
    ), family as (
        select held.tenant_id, held.customer_id from held where held.account_id <> held.customer_id
    )
    select held.tenant_id, held.customer_id, held.first, held.beyond, held.arr
    from held
    where (held.tenant_id, held.customer_id) not in (select family.tenant_id, family.customer_id from family)
    union all
    select swept.tenant_id, swept.customer_id, swept.first, swept.beyond, swept.arr
    from (
        select
            held.tenant_id,
            held.customer_id,
            edge.place as first,
            lead(edge.place, 1, cardinality(customer_arr_ranges.moments)) over (
                partition by held.tenant_id, held.customer_id order by edge.place
            ) as beyond,
            sum(sum(edge.arr)) over (partition by held.tenant_id, held.customer_id order by edge.place) as arr
        from held
        cross join lateral (values (held.first, held.arr), (held.beyond, - held.arr)) as edge (place, arr)
        where (held.tenant_id, held.customer_id) in (select family.tenant_id, family.customer_id from family)
        group by held.tenant_id, held.customer_id, edge.place
    ) as swept
    where swept.arr > 0 and swept.first < swept.beyond;
end;

alter function cs.customer_arr_ranges(timestamptz[]) owner to cs_owner;
revoke execute on function cs.customer_arr_ranges(timestamptz[]) from public;
comment on function cs.customer_arr_ranges(timestamptz[]) is
    'Internal: as arr_ranges, summed over whom retention takes as one customer.';

-- The only place that says what is new, kept and lost. Each period starts with what the one before ended with, so that
-- consecutive periods add up.
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
        held.customer_id,
        held.start_arr,
        case when held.start_arr = 0 and held.paying_since >= since then held.end_arr else 0 end,
        case when held.start_arr = 0 and held.paying_since < since then held.end_arr else 0 end,
        case when held.start_arr > 0 then greatest(0, held.end_arr - held.start_arr) else 0 end,
        case when held.end_arr > 0 then greatest(0, held.start_arr - held.end_arr) else 0 end,
        case when held.end_arr = 0 then held.start_arr else 0 end,
        held.end_arr,
        least(held.start_arr, held.end_arr),
        held.paying_since
    from (
        select
            account.tenant_id,
            account.customer_id,
            sum(account.start_arr) as start_arr,
            sum(account.end_arr) as end_arr,
            min(account.paying_since) as paying_since
        from cs.arr_at(arr_between.since, arr_between.since, arr_between.until) as account
        group by account.tenant_id, account.customer_id
    ) as held;
end;

alter function cs.arr_between(timestamptz, timestamptz) owner to cs_owner;
revoke execute on function cs.arr_between(timestamptz, timestamptz) from public;
comment on function cs.arr_between(timestamptz, timestamptz) is
    'What became of each customer''s ARR from since to before until, infinity for now: start + new + returned + expansion - contraction - churned = end. A customer is an account or, with parent_arr_includes_children, a family, under the id of its root. New: its first ARR that counted. Returned: had ARR before, but none at the start. Churned: has none at the end, in any status. One that leaves and comes back in between did neither. A change at the very moment since belongs to the period, one at until to the next.';
