-- $1 tenant, $2 accounts, $3 since, which is not asked for, $4 until: the stays of accounts in order, each with when it had begun, were it
-- not for moves that were taken back.
select
    stay.account_id,
    stay.entered_at,
    case
        when stay.resumes is null then stay.entered_at
        else (
            select first.entered_at
            from cs.journey_history as first
            where first.tenant_id = stay.tenant_id and first.id = stay.resumes
        )
    end,
    stage.id::text
from cs.journey_history as stay
join cs.journey_stages as stage on stage.tenant_id = stay.tenant_id and stage.name = stay.to_stage
where stay.tenant_id = $1 and stay.account_id = any ($2) and stay.entered_at <= $4 and $3::timestamptz is not null
order by stay.account_id, stay.entered_at, stay.id
