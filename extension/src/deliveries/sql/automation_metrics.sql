with free as (
    select
        count(*) as number,
        count(*) filter (where run_at <= clock_timestamp()) as due,
        min(run_at) filter (where run_at <= clock_timestamp()) as oldest
    from cs.webhook_queue
    where status = 'pending' and held is null
), held as (
    select held as reason, count(*) as number
    from cs.webhook_queue
    where held is not null and status = 'pending'
    group by held
)
select 'deliveries_pending' as name, null as of, (free.number + coalesce((select sum(held.number) from held), 0))::float8 as value
from free
union all
select 'deliveries_due', null, free.due from free
union all
select 'deliveries_oldest_due_seconds', null, coalesce(extract(epoch from clock_timestamp() - free.oldest)::float8, 0) from free
union all
select 'deliveries_held', reason.it, coalesce(held.number, 0)
from unnest(array['playbook', 'tenant', 'copy', 'order']) as reason (it)
left join held on held.reason = reason.it
union all
select 'deliveries_dead_letters', null, count(*) from cs.webhook_queue where status = 'failed'
union all
select 'receivers_left_alone', null, count(*) from cs.webhook_breakers
union all
select 'accounts_marked', null, count(distinct account_id) from cs.health_dirty
