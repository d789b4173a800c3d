left join lateral (
    select
        score.*,
        not score.is_current and not exists (
            select
            from cs.health_scores as later
            where later.tenant_id = score.tenant_id
                and later.account_id = score.account_id
                and (later.created_at, later.id) > (score.created_at, score.id)
        ) as has_ended
    from cs.health_scores as score
    where score.tenant_id = account.tenant_id and score.account_id = account.id and score.created_at <= account.at
    order by score.created_at desc, score.id desc
    limit 1
) as health on true
