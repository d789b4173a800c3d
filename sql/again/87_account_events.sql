-- Owns what happened to one account, gathered from the tables that record it: its newest events before a moment.

-- The moment is compared by itself as well, so that an index can be used. The planner replaces a call by this expression, so it
-- has to stay one expression, immutable and not strict.
create or replace function cs.is_before(at timestamptz, event_key text, before timestamptz, before_key text)
returns boolean
language sql immutable
return at <= coalesce(before, 'infinity')
    and (at, event_key collate "C") < (coalesce(before, 'infinity'), coalesce(before_key, ''));

alter function cs.is_before(timestamptz, text, timestamptz, text) owner to cs_owner;
revoke execute on function cs.is_before(timestamptz, text, timestamptz, text) from public;
comment on function cs.is_before(timestamptz, text, timestamptz, text) is
    'Internal: whether an event of this moment and key comes after the page that ended here, newest first; NULL for both: any.';

-- Each branch finds its newest by an index and stops at `most`, so that a page costs what it shows. The planner replaces a
-- call by this query, so it has to stay one query, stable and not strict.
create or replace function cs.account_events(
    tenant_id uuid, account_id uuid, kinds text[], before timestamptz, before_key text, most integer
)
returns table (
    at timestamptz, kind text, title text, body text, actor_id uuid, source_id uuid, details jsonb, event_key text
)
language sql stable rows 50
begin atomic
    (
        select
            activity.happened_at,
            activity.kind,
            case
                when activity.kind = 'task' and activity.done_at is not null then 'Task done'
                when activity.kind = 'email' then 'E-mail'
                else initcap(activity.kind)
            end,
            activity.body,
            activity.created_by,
            activity.id,
            jsonb_build_object('created_at', activity.created_at) || case
                when activity.kind = 'task' then jsonb_build_object(
                    'due_at', activity.at, 'done_at', activity.done_at, 'assigned_to', activity.assigned_to
                )
                else '{}'
            end,
            activity.id::text collate "C" as event_key
        from cs.activities as activity
        where activity.tenant_id = account_events.tenant_id
            and activity.account_id = account_events.account_id
            and (account_events.kinds is null or activity.kind = any (account_events.kinds))
            and cs.is_before(activity.happened_at, activity.id::text, account_events.before, account_events.before_key)
        order by activity.happened_at desc, event_key desc
        limit account_events.most
    )
    union all
    (
        select
            stay.entered_at,
            'stage' as kind,
            coalesce('Moved from ' || stay.from_stage || ' to ' || stay.to_stage, 'Started in ' || stay.to_stage),
            stay.notes,
            stay.triggered_by,
            stay.id,
            jsonb_build_object(
                'from_stage', stay.from_stage, 'to_stage', stay.to_stage, 'override_reason', stay.override_reason
            ),
            stay.id::text collate "C" as event_key
        from cs.journey_history as stay
        where stay.tenant_id = account_events.tenant_id
            and stay.account_id = account_events.account_id
            and (account_events.kinds is null or 'stage' = any (account_events.kinds))
            and cs.is_before(stay.entered_at, stay.id::text, account_events.before, account_events.before_key)
        order by stay.entered_at desc, event_key desc
        limit account_events.most
    )
    union all
    (
        select
            score.created_at,
            'health' as kind,
            coalesce('Health went from ' || earlier.risk_level || ' to ' || score.risk_level, 'First score: ' || score.risk_level),
            null as body,
            null::uuid as actor_id,
            score.id,
            jsonb_build_object(
                'overall_score', score.overall_score,
                'previous_score', score.previous_score,
                'risk_level', score.risk_level,
                'previous_risk_level', earlier.risk_level,
                'source', score.source,
                'cause', score.cause
            ),
            score.id::text collate "C" as event_key
        from cs.health_scores as score
        left join lateral (
            select previous.risk_level
            from cs.health_scores as previous
            where previous.tenant_id = score.tenant_id
                and previous.account_id = score.account_id
                and (previous.created_at, previous.id) < (score.created_at, score.id)
            order by previous.created_at desc, previous.id desc
            limit 1
        ) as earlier on true
        where score.tenant_id = account_events.tenant_id
            and score.account_id = account_events.account_id
            and (account_events.kinds is null or 'health' = any (account_events.kinds))
            and (score.previous_score is distinct from score.overall_score or score.cause = 'model')
            and earlier.risk_level is distinct from score.risk_level
            and cs.is_before(score.created_at, score.id::text, account_events.before, account_events.before_key)
        order by score.created_at desc, event_key desc
        limit account_events.most
    )
    union all
    (
        select
            moment.at,
            'override' as kind,
            moment.title,
            moment.body,
            moment.actor_id,
            overruled.id,
            jsonb_build_object('score', overruled.score, 'until', overruled.until),
            moment.event_key
        from cs.health_overrides as overruled
        cross join lateral (
            values
                (
                    overruled.set_at, 'Score set to ' || overruled.score, overruled.reason, overruled.set_by,
                    overruled.id::text collate "C"
                ),
                (
                    overruled.ended_at, 'Score no longer set by hand', null, overruled.ended_by,
                    (overruled.id || '/end') collate "C"
                )
        ) as moment (at, title, body, actor_id, event_key)
        where overruled.tenant_id = account_events.tenant_id
            and overruled.account_id = account_events.account_id
            and (account_events.kinds is null or 'override' = any (account_events.kinds))
            and cs.is_before(moment.at, moment.event_key, account_events.before, account_events.before_key)
        order by moment.at desc, moment.event_key desc
        limit account_events.most
    )
    union all
    (
        select
            settled.completed_at,
            'milestone' as kind,
            case settled.state when 'done' then 'Milestone done: ' else 'Milestone waived: ' end || milestone.title,
            settled.reason,
            settled.completed_by,
            settled.milestone_id,
            jsonb_build_object('state', settled.state, 'milestone', milestone.title),
            (settled.milestone_id || '/' || settled.account_id) collate "C" as event_key
        from cs.account_milestones as settled
        join cs.stage_milestones as milestone
            on milestone.tenant_id = settled.tenant_id and milestone.id = settled.milestone_id
        where settled.tenant_id = account_events.tenant_id
            and settled.account_id = account_events.account_id
            and (account_events.kinds is null or 'milestone' = any (account_events.kinds))
            and cs.is_before(
                settled.completed_at, settled.milestone_id || '/' || settled.account_id,
                account_events.before, account_events.before_key
            )
        order by settled.completed_at desc, event_key desc
        limit account_events.most
    )
    union all
    (
        select
            run.executed_at,
            'playbook' as kind,
            case run.result
                when 'fired' then 'Playbook ran: '
                when 'failed' then 'Playbook failed: '
                else 'Playbook held back: '
            end || coalesce(playbook.name, '?'),
            run.error_message,
            null::uuid as actor_id,
            run.id,
            jsonb_build_object(
                'playbook_id', run.playbook_id, 'result', run.result, 'event', run.event ->> 'kind', 'webhook_id', run.webhook_id
            ),
            run.id::text collate "C" as event_key
        from cs.playbook_executions as run
        left join cs.playbooks as playbook on playbook.tenant_id = run.tenant_id and playbook.id = run.playbook_id
        where run.tenant_id = account_events.tenant_id
            and run.account_id = account_events.account_id
            and (account_events.kinds is null or 'playbook' = any (account_events.kinds))
            and cs.is_before(run.executed_at, run.id::text, account_events.before, account_events.before_key)
        order by run.executed_at desc, event_key desc
        limit account_events.most
    )
    union all
    (
        select
            change.valid_from,
            'arr' as kind,
            'ARR went from ' || earlier.arr || ' to ' || change.arr,
            null as body,
            null::uuid as actor_id,
            change.id,
            jsonb_build_object('from', earlier.arr, 'to', change.arr),
            change.id::text collate "C" as event_key
        from cs.arr_history as change
        -- The first row is not a change.
        join lateral (
            select previous.arr
            from cs.arr_history as previous
            where previous.tenant_id = change.tenant_id
                and previous.account_id = change.account_id
                and (previous.valid_from, previous.id) < (change.valid_from, change.id)
            order by previous.valid_from desc, previous.id desc
            limit 1
        ) as earlier on true
        where change.tenant_id = account_events.tenant_id
            and change.account_id = account_events.account_id
            and (account_events.kinds is null or 'arr' = any (account_events.kinds))
            and cs.is_before(change.valid_from, change.id::text, account_events.before, account_events.before_key)
        order by change.valid_from desc, event_key desc
        limit account_events.most
    )
    union all
    select
        change.at,
        'field' as kind,
        'Changed ' || (
            select string_agg(regexp_replace(one ->> 'field', '^crm_attributes\.', ''), ', ')
            from jsonb_array_elements(change.changes::jsonb) as one
        ),
        null as body,
        change.actor_id,
        change.change_id,
        jsonb_build_object('changes', change.changes::jsonb),
        change.event_key
    from cs.account_changes(
        account_events.account_id, false, account_events.before, account_events.before_key, account_events.most
    ) as change
    where account_events.kinds is null or 'field' = any (account_events.kinds);
end;

alter function cs.account_events(uuid, uuid, text[], timestamptz, text, integer) owner to cs_owner;
revoke execute on function cs.account_events(uuid, uuid, text[], timestamptz, text, integer) from public;
comment on function cs.account_events(uuid, uuid, text[], timestamptz, text, integer) is
    'Internal: the newest events of one account. Read account_timeline or family_timeline instead.';
