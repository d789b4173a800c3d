-- What has begun, what has ended, and what a gate held back that may be open now. The names in braces stand for the query of
-- what is so, whose first two arguments are the tenant and the accounts to look among, and for the numbers of further
-- arguments: the playbook, how many rows at most, whether it is about stays. A stay that has ended is not over before its end
-- can no longer be undone.
with standing as (
    {standing}
), entry as (
    select account_id, subject, entered_at, held_by
    from cs.playbook_entries
    where tenant_id = $1 and playbook_id = {playbook} and ($2::uuid[] is null or account_id = any ($2))
)
select
    coalesce(standing.account_id, entry.account_id) as account_id,
    coalesce(standing.subject, entry.subject) as subject,
    coalesce(standing.event, '{}') as event,
    coalesce(standing.stale, false) as stale,
    coalesce(standing.uncertain, false) as uncertain,
    standing.account_id is null as has_ended,
    entry.held_by,
    to_json(entry.entered_at) #>> '{}' as since
from standing
full join entry on entry.account_id = standing.account_id and entry.subject = standing.subject
where case
    when entry.account_id is null then true
    when standing.account_id is null then not (
        {is_of_stay}
        and exists (
            select
            from cs.journey_history as stay
            where stay.tenant_id = $1
                and stay.account_id = entry.account_id
                and stay.exited_at is null
                and stay.entered_at > now() - cs.undo_time()
        )
    )
    when entry.held_by is null then false
    else not standing.stale and (
        select account.status <> 'Paused' from cs.accounts as account where account.tenant_id = $1 and account.id = entry.account_id
    )
end
order by account_id, subject
limit {most}
