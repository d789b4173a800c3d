-- Owns what the other accounts paid before: those that grew did so by one or two thirds, some of the unhealthy ones
-- shrank, and lost ones paid until they left. It replaces the history that their insert and status changes have made.
create temporary table sample_arr on commit drop as
with known as (
    select
        it.tenant_id, it.id as account_id, it.number, it.profile, coalesce(it.arr, 0) as arr,
        it.ends[cardinality(it.ends)] as age,
        -- The share of today's ARR with which they began, and how long ago that changed.
        case
            when it.arr is null then 1
            when it.profile = 'growing' then 0.6
            when it.stage = 'Expansion' and it.number % 3 > 0 then 0.75
            when it.profile in ('declining', 'slipping') and it.number % 2 = 0 then 1.3
            else 1
        end as began_with,
        20 + it.number * 53 % 150 as changed,
        case when it.stage = 'Churned' then
            it.ends[cardinality(it.ends)] - it.ends[cardinality(it.ends) - 1]
        end as lost
    from pg_temp.sample_crowd as it
), step as (
    select tenant_id, account_id, round(arr * began_with, -2) as arr, age as began, least(changed, age - 1) as ended
    from known
    where began_with <> 1 and age > 1
    union all
    select tenant_id, account_id, arr, case when began_with <> 1 and age > 1 then least(changed, age - 1) else age end, lost
    from known
    union all
    select tenant_id, account_id, 0, lost, null
    from known
    where lost is not null
)
select
    tenant_id, account_id, arr,
    now() - began * interval '24 hours' as valid_from,
    now() - ended * interval '24 hours' as valid_until
from step;
delete from cs.arr_history as history
using pg_temp.sample_crowd as it
where history.tenant_id = it.tenant_id and history.account_id = it.id;
insert into cs.arr_history (tenant_id, account_id, arr, valid_from, valid_until)
select tenant_id, account_id, arr, valid_from, valid_until
from pg_temp.sample_arr
