left join lateral (
    select
        stay.id,
        stay.to_stage,
        case
            when stay.resumes is null then stay.entered_at
            else (
                select first.entered_at
                from cs.journey_history as first
                where first.tenant_id = stay.tenant_id and first.id = stay.resumes
            )
        end as entered_at
    from cs.journey_history as stay
    where stay.tenant_id = account.tenant_id and stay.account_id = account.id and stay.entered_at <= account.at
    order by stay.entered_at desc, stay.id desc
    limit 1
) as stay on true
