with due as (
    select waiting.tenant_id, waiting.id
    from cs.unknown_usage as waiting
    where waiting.ended_at < now() - interval '30 days'
    limit 1000
    for update skip locked
), forgotten as (
    delete from cs.unknown_usage as waiting
    using due
    where waiting.tenant_id = due.tenant_id and waiting.id = due.id
)
select count(*) as rows
from due
