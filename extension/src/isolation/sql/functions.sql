-- $1 the slug of the other tenant, whose ids are given. Arguments with a default are left out unless they are ids.
with ids (argument, id) as (
    select argument, account.id
    from unnest('{account_id, keep, merged}'::text[]) as argument
    cross join cs.accounts as account
    join cs.tenants as tenant on tenant.id = account.tenant_id
    where tenant.slug = $1 and account.external_id like '%-Contributor'
    union all
    select 'playbook_id', (array_agg(playbook.id order by playbook.name))[1] from cs.playbooks as playbook
    join cs.tenants as tenant on tenant.id = playbook.tenant_id where tenant.slug = $1
    union all
    select 'webhook_id', (array_agg(delivery.id order by delivery.id))[1] from cs.webhook_queue as delivery
    join cs.tenants as tenant on tenant.id = delivery.tenant_id where tenant.slug = $1
    union all
    select 'ids', (array_agg(delivery.id order by delivery.id))[1] from cs.webhook_queue as delivery
    join cs.tenants as tenant on tenant.id = delivery.tenant_id where tenant.slug = $1
    union all
    select 'user_id', profile.user_id from cs.profiles as profile join cs.tenants as tenant on tenant.id = profile.tenant_id
    where tenant.slug = $1 and profile.role = 'Viewer'
    union all
    select 'token_id', token.id from cs.api_tokens as token join cs.tenants as tenant on tenant.id = token.tenant_id
    where tenant.slug = $1
    union all
    select 'id', field.id from cs.custom_fields as field join cs.tenants as tenant on tenant.id = field.tenant_id
    where tenant.slug = $1
    union all
    select 'contact_id', contact.id from cs.contacts as contact join cs.accounts as account on account.id = contact.account_id
    join cs.tenants as tenant on tenant.id = contact.tenant_id
    where tenant.slug = $1 and account.external_id like '%-Contributor'
    union all
    select argument, milestone.stage_id
    from unnest('{stage_id, subject}'::text[]) as argument
    cross join cs.stage_milestones as milestone
    join cs.tenants as tenant on tenant.id = milestone.tenant_id where tenant.slug = $1
    union all
    select 'milestone_id', milestone.id from cs.stage_milestones as milestone
    join cs.tenants as tenant on tenant.id = milestone.tenant_id where tenant.slug = $1
    union all
    select 'activity_id', (array_agg(activity.id order by activity.id))[1] from cs.activities as activity
    join cs.tenants as tenant on tenant.id = activity.tenant_id where tenant.slug = $1
    union all
    select 'view_id', view.id from cs.saved_views as view join cs.tenants as tenant on tenant.id = view.tenant_id
    where tenant.slug = $1
    union all
    select 'history_id', (array_agg(stay.id order by stay.id))[1] from cs.journey_history as stay
    join cs.tenants as tenant on tenant.id = stay.tenant_id where tenant.slug = $1 and stay.exited_at is null
    union all
    select 'tenant_id', tenant.id from cs.tenants as tenant where tenant.slug = $1
), argument as (
    select
        native.oid, name, kind, place,
        coalesce(
            (
                select quote_literal(case kind when 'uuid[]'::regtype then '{' || ids.id || '}' else ids.id::text end)
                from ids
                where ids.argument = name
            ),
            case kind
                when 'uuid'::regtype then (select quote_literal(ids.id) from ids where ids.argument = 'user_id')
                when 'text'::regtype then quote_literal('Viewer')
                when 'integer'::regtype then '1'
                when 'jsonb'::regtype then quote_literal('{}')
                else 'null'
            end
        ) as value,
        place > native.pronargs - native.pronargdefaults as has_default
    from pg_proc as native
    cross join lateral unnest(native.proargnames[1:native.pronargs], native.proargtypes::regtype[]) with ordinality
        as it (name, kind, place)
    where native.pronamespace = 'cs'::regnamespace
        and native.prokind = 'f'
        and has_function_privilege('cs_member', native.oid, 'execute')
)
select
    argument.oid::regprocedure::text as signature,
    format(
        'select coalesce(jsonb_agg(to_jsonb(it)), ''[]'')::text as it from %s(%s) as it',
        argument.oid::regproc,
        string_agg(format('%I => %s::%s', name, value, kind), ', ' order by place)
            filter (where not has_default or name in (select ids.argument from ids))
    ) as call
from argument
group by argument.oid
having bool_or(name in (select ids.argument from ids))
order by signature
