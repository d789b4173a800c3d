-- Owns the timeline: the view over all accounts, a family's page by page, the history of fields.

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
    'Everything that happened to each account. For one account, a family, or page by page, family_timeline is faster.';
comment on column cs.account_timeline.at is 'When it happened; for an open task, when it is due.';
comment on column cs.account_timeline.kind is
    'call, email, meeting, note, task, stage, health (another risk level), override, milestone, playbook (also one that was held back), arr (what counts: 0 while lost) or field (any other).';
comment on column cs.account_timeline.actor_id is 'Who did it; NULL: the database, and for arr, whose author field_history shows.';
comment on column cs.account_timeline.source_id is 'The id of the row it comes from: an activity, stay, score, override, milestone, run, step of ARR or audit entry.';
comment on column cs.account_timeline.event_key is 'Unique; orders what happened at the same moment. What family_timeline takes as before_key.';

-- Few accounts have large families; if a thousand were expected, each page would be compiled first.
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
    'What happened to an account, newest first: scope account, parents (with those above), children (with those below) or all (the whole family), as far as the caller sees them; kinds NULL: every kind. At most page_size events, up to 200, before a moment; at and event_key of the last one as before and before_key give the next page. Errors: P0002 no such account, 22023 unknown scope.';

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
    'What was changed in an account since it was created, newest first: name, external_id, csm_id, parent_id, status and each outermost key of crm_attributes (as crm_attributes.industry), with the values before and after. Errors: P0002 no such account.';
