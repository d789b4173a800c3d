with due as (
    select waiting.tenant_id, waiting.id
    from cs.unknown_usage as waiting
    where waiting.ended_at is null and waiting.kept_at < now() - interval '30 days'
    order by waiting.kept_at
    limit 1000
    for update skip locked
), ended as (
    update cs.unknown_usage as waiting
    set ended_at = now(), reason = 'no account had its external_id within 30 days'
    from due
    where waiting.tenant_id = due.tenant_id and waiting.id = due.id
)
select count(*) as rows
from due
