-- Owns the checks before an activity is written, and when an account was last touched.

create trigger t10_check
    before insert or update on cs.activities
    for each row execute function cs.tg_activities__check();

-- The planner replaces a call by this query, so it has to stay one query, stable and not strict.
create or replace function cs.last_touch(tenant_id uuid, account_id uuid, at timestamptz)
returns table (happened_at timestamptz)
language sql stable parallel safe rows 1
begin atomic
    select activity.happened_at
    from cs.activities as activity
    where activity.tenant_id = last_touch.tenant_id
        and activity.account_id = last_touch.account_id
        and activity.happened_at <= last_touch.at
        and (activity.kind <> 'task' or activity.done_at is not null)
    order by activity.happened_at desc
    limit 1;
end;

alter function cs.last_touch(uuid, uuid, timestamptz) owner to cs_owner;
revoke execute on function cs.last_touch(uuid, uuid, timestamptz) from public;
comment on function cs.last_touch(uuid, uuid, timestamptz) is
    'Internal: when the last call, e-mail, meeting, note or task done of an account was, as of a moment; no row: none.';
