-- $1 numbers of days. The score that the time begins with counts too.
select new.id, asked.days, shown.peak
from new_rows as new
cross join unnest($1) as asked (days)
cross join lateral (select new.created_at - asked.days * interval '1 day' as since) as window_start
cross join lateral (
    select max(earlier.overall_score) as peak
    from (
        (
            select score.overall_score
            from cs.health_scores as score
            where score.tenant_id = new.tenant_id and score.account_id = new.account_id
                and score.created_at <= window_start.since
            order by score.created_at desc
            limit 1
        )
        union all
        select score.overall_score
        from cs.health_scores as score
        where score.tenant_id = new.tenant_id and score.account_id = new.account_id
            and score.created_at > window_start.since and (score.created_at, score.id) < (new.created_at, new.id)
    ) as earlier
) as shown
where new.is_current and shown.peak is not null
