with latest as (
    select id, overall_score, created_at
    from cs.health_scores
    where tenant_id = $1 and account_id = $2 and is_current
), moment as (
    select
        coalesce($3::timestamptz, greatest(clock_timestamp(), max(latest.created_at))) as at,
        $3::timestamptz > clock_timestamp() as in_future
    from latest
), closed as (
    update cs.health_scores as score
    set is_current = false
    from latest, moment
    where score.tenant_id = $1 and score.id = latest.id and latest.created_at <= moment.at
    returning score.overall_score
)
select
    moment.at::text as created_at,
    coalesce(moment.in_future, false) as in_future,
    exists (select from closed) or not exists (select from latest) as is_current,
    coalesce(
        (select closed.overall_score from closed),
        (select score.overall_score from cs.score_at($1, $2, moment.at) as score)
    ) as previous_score
from moment
