-- $1 tenant, $2 type, $3 reason, $4 who, $5 the last row of the type: what was accepted since then still stands
with standing as (
    select id
    from cs.feed_silences
    where tenant_id = $1 and metric_type = $2::text::cs.metric_type and withdrawn_at is null and accepted_at >= $5
    order by accepted_at desc
    limit 1
), accepted as (
    insert into cs.feed_silences (tenant_id, metric_type, reason, accepted_by)
    select $1, $2::text::cs.metric_type, $3, $4
    where not exists (select from standing)
    returning id
)
select id, true as is_new from accepted
union all
select id, false from standing
