-- Owns what happened with an account, told from the tables that know it: the events of one, the view over all, a family's page
-- by page, the history of fields, the way through the stages.

-- Each branch finds its newest by an index and stops at `most`, so that a page costs what it shows. The planner takes this
-- function apart: it has to stay one query, stable and not strict.
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
            and activity.happened_at <= coalesce(account_events.before, 'infinity')
            and (activity.happened_at, activity.id::text collate "C")
                < (coalesce(account_events.before, 'infinity'), coalesce(account_events.before_key, ''))
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
            and stay.entered_at <= coalesce(account_events.before, 'infinity')
            and (stay.entered_at, stay.id::text collate "C")
                < (coalesce(account_events.before, 'infinity'), coalesce(account_events.before_key, ''))
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
            and score.created_at <= coalesce(account_events.before, 'infinity')
            and (score.created_at, score.id::text collate "C")
                < (coalesce(account_events.before, 'infinity'), coalesce(account_events.before_key, ''))
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
            and (moment.at, moment.event_key)
                < (coalesce(account_events.before, 'infinity'), coalesce(account_events.before_key, ''))
        order by moment.at desc, moment.event_key desc
        limit account_events.most
    )
    union all
    (
        select
            settled.settled_at,
            'milestone' as kind,
            case settled.state when 'done' then 'Milestone done: ' else 'Milestone waived: ' end || milestone.title,
            settled.reason,
            settled.settled_by,
            settled.milestone_id,
            jsonb_build_object('state', settled.state, 'milestone', milestone.title),
            (settled.milestone_id || '/' || settled.account_id) collate "C" as event_key
        from cs.account_milestones as settled
        join cs.stage_milestones as milestone
            on milestone.tenant_id = settled.tenant_id and milestone.id = settled.milestone_id
        where settled.tenant_id = account_events.tenant_id
            and settled.account_id = account_events.account_id
            and (account_events.kinds is null or 'milestone' = any (account_events.kinds))
            and (settled.settled_at, (settled.milestone_id || '/' || settled.account_id) collate "C")
                < (coalesce(account_events.before, 'infinity'), coalesce(account_events.before_key, ''))
        order by settled.settled_at desc, event_key desc
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
            and run.executed_at <= coalesce(account_events.before, 'infinity')
            and (run.executed_at, run.id::text collate "C")
                < (coalesce(account_events.before, 'infinity'), coalesce(account_events.before_key, ''))
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
        -- The first row is no change.
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
            and change.valid_from <= coalesce(account_events.before, 'infinity')
            and (change.valid_from, change.id::text collate "C")
                < (coalesce(account_events.before, 'infinity'), coalesce(account_events.before_key, ''))
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
    'Internal: the newest events of one account, for account_timeline and family_timeline, which are what to read.';

create or replace view cs.account_timeline
with (security_invoker = true) as
select
    account.tenant_id,
    account.id as account_id,
    account.name as account_name,
    account.hierarchy_path,
    event.at,
    event.kind,
    event.title,
    event.body,
    event.actor_id,
    actor.full_name as actor_name,
    event.source_id,
    event.details,
    event.event_key
from cs.accounts as account
cross join lateral cs.account_events(account.tenant_id, account.id, null, null, null, null) as event
left join cs.profiles as actor on actor.tenant_id = account.tenant_id and actor.user_id = event.actor_id;

alter view cs.account_timeline owner to cs_owner;
comment on view cs.account_timeline is
    'Everything that happened with each account. For one account, a family, or page by page, family_timeline is faster.';
comment on column cs.account_timeline.at is 'When it happened; an open task stands where it is due.';
comment on column cs.account_timeline.kind is
    'call, email, meeting, note, task, stage, health (another level of risk), override, milestone, playbook (also where a gate held it back), arr (what counts: 0 while lost) or field (any other).';
comment on column cs.account_timeline.actor_id is 'Who did it; NULL: the database itself, and for arr, whose change field_history tells with its author.';
comment on column cs.account_timeline.source_id is 'The id of the row that tells it: of an activity, stay, score, override, milestone, run, step of ARR or audit entry.';
comment on column cs.account_timeline.event_key is 'Unique, and orders what happened at the same moment: before_key of family_timeline.';

-- Few accounts have large families; taken for a thousand, each page would be compiled first.
alter function cs.timeline_scope(uuid, text) rows 10;
alter function cs.account_changes(uuid, boolean, timestamptz, text, integer) rows 20;

create or replace function cs.family_timeline(
    account_id uuid,
    scope text default 'account',
    kinds text[] default null,
    before timestamptz default null,
    page_size integer default 50,
    before_key text default null
)
returns setof cs.account_timeline
language sql stable rows 50
begin atomic
    select
        account.tenant_id,
        account.id,
        account.name,
        account.hierarchy_path,
        event.at,
        event.kind,
        event.title,
        event.body,
        event.actor_id,
        actor.full_name,
        event.source_id,
        event.details,
        event.event_key
    from cs.timeline_scope(family_timeline.account_id, family_timeline.scope) as place
    join cs.accounts as account on account.tenant_id = place.tenant_id and account.id = place.id
    cross join lateral cs.account_events(
        account.tenant_id,
        account.id,
        family_timeline.kinds,
        family_timeline.before,
        family_timeline.before_key,
        least(greatest(family_timeline.page_size, 1), 200)
    ) as event
    left join cs.profiles as actor on actor.tenant_id = account.tenant_id and actor.user_id = event.actor_id
    order by event.at desc, event.event_key collate "C" desc
    limit least(greatest(family_timeline.page_size, 1), 200);
end;

alter function cs.family_timeline(uuid, text, text[], timestamptz, integer, text) owner to cs_owner;
revoke execute on function cs.family_timeline(uuid, text, text[], timestamptz, integer, text) from public;
comment on function cs.family_timeline(uuid, text, text[], timestamptz, integer, text) is
    'What happened with an account, newest first: scope account, parents (with those above), children (with those below) or all (the whole family), as far as the caller sees them; kinds NULL: every kind. At most page_size events, up to 200, before a moment; at and event_key of the last one as before and before_key give the next page. Errors: P0002 no such account, 22023 unknown scope.';

create or replace function cs.field_history(account_id uuid, field text default null)
returns table (at timestamptz, field_name text, old jsonb, new jsonb, actor_id uuid, actor_name text)
language sql stable rows 50
begin atomic
    select
        change.at,
        one ->> 'field',
        nullif(one -> 'old', 'null'),
        nullif(one -> 'new', 'null'),
        change.actor_id,
        actor.full_name
    from cs.account_changes(field_history.account_id) as change
    cross join lateral jsonb_array_elements(change.changes::jsonb) as one
    left join cs.profiles as actor on actor.tenant_id = change.tenant_id and actor.user_id = change.actor_id
    where field_history.field is null or one ->> 'field' = field_history.field
    order by change.at desc, change.event_key collate "C" desc, one ->> 'field';
end;

alter function cs.field_history(uuid, text) owner to cs_owner;
revoke execute on function cs.field_history(uuid, text) from public;
comment on function cs.field_history(uuid, text) is
    'What was changed in an account since it was made, newest first: name, external_id, csm_id, parent_id, status and each outermost key of crm_attributes (as crm_attributes.industry), with the values before and after. Errors: P0002 no such account.';

create or replace function cs.journey_steps(account_id uuid)
returns table (
    stage_id uuid, stage text, display_order integer, color_hex text, is_side boolean, is_end boolean, is_current boolean,
    entered integer, first_entered_at timestamptz, last_entered_at timestamptz, days numeric, target_days integer, state text
)
language sql stable rows 10
begin atomic
    with it as materialized (
        select place.tenant_id from cs.account_place(journey_steps.account_id) as place
    ), walked as (
        select
            stay.to_stage,
            count(*)::integer as entered,
            min(stay.entered_at) as first_entered_at,
            max(stay.entered_at) as last_entered_at,
            sum(extract(epoch from coalesce(stay.exited_at, now()) - stay.entered_at)) as seconds,
            bool_or(stay.exited_at is null) as is_current
        from cs.journey_history as stay
        where stay.tenant_id = (select it.tenant_id from it) and stay.account_id = journey_steps.account_id
        group by stay.to_stage
    )
    select
        stage.id,
        stage.name,
        stage.display_order,
        stage.color_hex,
        stage.is_side,
        stage.is_end,
        coalesce(walked.is_current, false),
        coalesce(walked.entered, 0),
        walked.first_entered_at,
        walked.last_entered_at,
        round(coalesce(walked.seconds, 0) / 86400, 1),
        stage.target_duration_days,
        case
            when walked.entered is null or stage.target_duration_days is null then null
            when walked.seconds <= stage.target_duration_days * 86400.0 then 'on_track'
            when walked.seconds <= stage.target_duration_days * 86400.0 * 1.5 then 'behind'
            else 'stuck'
        end
    from cs.journey_stages as stage
    left join walked on walked.to_stage = stage.name
    where stage.tenant_id = (select it.tenant_id from it)
        and (walked.entered is not null or stage.is_active and not stage.is_side and not stage.is_end)
    order by stage.display_order, stage.name;
end;

alter function cs.journey_steps(uuid) owner to cs_owner;
revoke execute on function cs.journey_steps(uuid) from public;
comment on function cs.journey_steps(uuid) is
    'The way of an account through the stages, a row per main stage in order, and per other stage it has been in: how often it entered, how many days of 24 hours it was there in all, and how these stand to the target (on_track, behind from the target, stuck from 1.5 times it; NULL without target or stay). Errors: P0002 no such account.';
