-- Owns what people and monitors read of deliveries: each with what it waits for, runs with what became of them, and how
-- automation is doing as a whole.

create or replace view cs.webhook_deliveries
with (security_invoker = true) as
select
    delivery.tenant_id,
    delivery.id,
    delivery.playbook_id,
    playbook.name as playbook_name,
    delivery.account_id,
    coalesce(account.name, gone.name) as account_name,
    delivery.event_id,
    delivery.action,
    delivery.payload ->> 'event_type' as event_type,
    delivery.channel,
    delivery.host,
    delivery.status::text as status,
    delivery.held,
    waits.word as waits_for,
    case waits.word
        when 'copy' then 'This database is a copy: nothing of this is sent before a superuser calls cs.confirm_webhooks().'
        when 'tenant' then 'The tenant is inactive.'
        when 'playbook' then
            case
                when playbook.deleted_at is not null then 'Its playbook was deleted: it will be cancelled.'
                when playbook.id is null then 'Its playbook is gone.'
                when not playbook.is_active then 'Its playbook is switched off: it is sent, or dropped, when someone switches it on.'
                else 'Its playbook is paused: it is sent, or dropped, when someone switches it on.'
            end
        when 'order' then 'An earlier delivery for this account comes first: its playbook sends in order.'
        when 'receiver' then
            delivery.host || ' failed ' || breaker.failures || ' times in a row and is left alone; one delivery is tried again soon.'
        when 'time' then
            case when delivery.attempts = 0 then 'Its time has not come.' else 'The last try failed; its next one is not due yet.' end
        when 'worker' then
            case
                when current_setting('customer_success.webhooks_enabled', true) = 'off'
                    then 'Nothing is sent at present: customer_success.webhooks_enabled is off.'
                else 'It is due and waits for its turn.'
            end
    end as waits_because,
    delivery.attempts,
    delivery.max_attempts,
    case waits.word
        when 'receiver' then greatest(delivery.run_at, breaker.probe_at)
        when 'time' then delivery.run_at
        when 'worker' then delivery.run_at
    end as next_try_at,
    delivery.run_at,
    delivery.response_status,
    delivery.response_body,
    delivery.last_error,
    delivery.duration_ms,
    delivery.is_ordered,
    delivery.is_test,
    delivery.sequence,
    delivery.bytes,
    delivery.created_at,
    delivery.processed_at,
    delivery.payload,
    (
        select coalesce(jsonb_agg(try.it order by try.tried_at, try.attempt), '[]')
        from (
            select
                attempt.tried_at, attempt.attempt,
                jsonb_build_object(
                    'attempt', attempt.attempt, 'tried_at', attempt.tried_at, 'response_status', attempt.response_status,
                    'response_body', attempt.response_body, 'error', attempt.error, 'duration_ms', attempt.duration_ms
                ) as it
            from cs.webhook_attempts as attempt
            where attempt.tenant_id = delivery.tenant_id and attempt.delivery_id = delivery.id
            union all
            select
                delivery.processed_at, delivery.attempts,
                jsonb_build_object(
                    'attempt', delivery.attempts, 'tried_at', delivery.processed_at,
                    'response_status', delivery.response_status, 'response_body', delivery.response_body,
                    'error', delivery.last_error, 'duration_ms', delivery.duration_ms
                )
            where delivery.status = 'completed'
        ) as try
    ) as tries
from cs.webhook_queue as delivery
join cs.tenants as tenant on tenant.id = delivery.tenant_id
left join cs.playbooks as playbook on playbook.tenant_id = delivery.tenant_id and playbook.id = delivery.playbook_id
left join cs.accounts as account on account.tenant_id = delivery.tenant_id and account.id = delivery.account_id
left join cs.deleted_accounts as gone on gone.tenant_id = delivery.tenant_id and gone.id = delivery.account_id
left join cs.webhook_breakers as breaker
    on breaker.tenant_id = delivery.tenant_id and breaker.host = delivery.host and delivery.status = 'pending'
cross join lateral (
    select
        case
            when delivery.status <> 'pending' then null
            when delivery.held = 'copy' then 'copy'
            when delivery.held = 'tenant' or not tenant.is_active then 'tenant'
            when delivery.held = 'playbook' or playbook.id is null or playbook.deleted_at is not null then 'playbook'
            when not delivery.is_test and (not playbook.is_active or playbook.paused_at is not null) then 'playbook'
            when delivery.held = 'order' then 'order'
            when delivery.run_at > clock_timestamp() and delivery.run_at >= coalesce(breaker.probe_at, '-infinity') then 'time'
            when breaker.host is not null then 'receiver'
            else 'worker'
        end as word
) as waits;

alter view cs.webhook_deliveries owner to cs_owner;
comment on view cs.webhook_deliveries is
    'Deliveries with everything that is known of them: playbook, account, what they wait for, all tries. Sent again by retry_webhook, ended by cancel_webhook.';
comment on column cs.webhook_deliveries.id is 'Sent as webhook-id, the same for all tries.';
comment on column cs.webhook_deliveries.account_name is 'Of an account that was deleted, its last name. NULL where the reader does not see it.';
comment on column cs.webhook_deliveries.event_type is 'What happened, as the payload of a webhook says it.';
comment on column cs.webhook_deliveries.channel is 'How it leaves: webhook, slack or email.';
comment on column cs.webhook_deliveries.host is 'host:port that it goes to, or smtp.';
comment on column cs.webhook_deliveries.status is 'pending, processing, completed or failed.';
comment on column cs.webhook_deliveries.held is 'What keeps it out of the line at present, as the worker found it.';
comment on column cs.webhook_deliveries.waits_for is
    'What a pending one waits for: copy (this database is one), tenant (inactive), playbook (off, paused or deleted), order (an earlier one), receiver (left alone for failing), time (its next try), worker (its turn). NULL: nothing.';
comment on column cs.webhook_deliveries.waits_because is 'The same as a sentence.';
comment on column cs.webhook_deliveries.next_try_at is 'When it is tried next, as far as that is known.';
comment on column cs.webhook_deliveries.duration_ms is 'How long the last try took.';
comment on column cs.webhook_deliveries.processed_at is 'When it arrived or was given up; NULL: neither yet.';
comment on column cs.webhook_deliveries.payload is 'What is sent: the webhook''s body, the Slack message, or the mail.';
comment on column cs.webhook_deliveries.tries is
    'All tries in order, the one that completed it included: [{attempt, tried_at, response_status, response_body, error, duration_ms}].';

create or replace view cs.execution_log
with (security_invoker = true) as
select
    run.tenant_id,
    run.id,
    run.executed_at,
    run.playbook_id,
    playbook.name as playbook_name,
    run.playbook_version,
    run.account_id,
    coalesce(account.name, gone.name) as account_name,
    run.event ->> 'kind' as event_kind,
    run.result,
    cs.run_reason(run.result, run.error_message) as reason,
    run.event,
    run.chain,
    run.sequence,
    run.actions,
    run.webhook_id,
    delivery.status as delivery_status,
    delivery.waits_for as delivery_waits_for,
    delivery.waits_because as delivery_waits_because,
    delivery.attempts as delivery_attempts,
    delivery.response_status,
    delivery.last_error as delivery_error,
    delivery.duration_ms as delivery_ms,
    delivery.processed_at as delivered_at,
    delivery.payload,
    run.burst_id,
    run.is_open
from cs.playbook_executions as run
join cs.playbooks as playbook on playbook.tenant_id = run.tenant_id and playbook.id = run.playbook_id
left join cs.accounts as account on account.tenant_id = run.tenant_id and account.id = run.account_id
left join cs.deleted_accounts as gone on gone.tenant_id = run.tenant_id and gone.id = run.account_id
left join cs.webhook_deliveries as delivery on delivery.tenant_id = run.tenant_id and delivery.id = run.webhook_id;

alter view cs.execution_log owner to cs_owner;
comment on view cs.execution_log is
    'Every match of a playbook, the latest where executed_at is highest: what happened, what held it back or what it did, and what became of its delivery.';
comment on column cs.execution_log.account_name is 'Of an account that was deleted, its last name.';
comment on column cs.execution_log.reason is 'Why it came to this, as a sentence.';
comment on column cs.execution_log.event is 'What happened: kind, event_id and the values that matched.';
comment on column cs.execution_log.chain is 'How many playbooks led to it, itself included.';
comment on column cs.execution_log.actions is 'What it did: per action its kind, result and the id of what it made.';
comment on column cs.execution_log.delivery_status is 'Of its first webhook: pending, processing, completed or failed; NULL without one, and once it is purged.';
comment on column cs.execution_log.delivery_waits_for is 'What its first webhook waits for, as in webhook_deliveries.';
comment on column cs.execution_log.payload is 'What was sent, or is to be.';
comment on column cs.execution_log.is_open is 'It is held back by what may end, and decided anew once it does.';

create or replace view cs.automation_health
with (security_invoker = true) as
select
    figures.tenant_id,
    figures.tenant,
    figures.problem,
    counted.worker_is_running,
    counted.worker_beat_at,
    counted.chores_are_running,
    counted.pending,
    counted.due,
    counted.oldest_due_at,
    counted.oldest_due_seconds,
    counted.held,
    counted.processing,
    counted.completed_minute,
    counted.failed_minute,
    counted.completed_hour,
    counted.failed_hour,
    counted.completed_day,
    counted.failed_day,
    counted.failed_percent_day,
    counted.breakers,
    counted.bytes_waiting,
    counted.dead_letters,
    counted.marked_accounts,
    counted.is_copy
from cs.automation_figures() as figures
cross join lateral jsonb_to_record(figures.figures) as counted (
    worker_is_running boolean, worker_beat_at timestamptz, chores_are_running boolean,
    pending bigint, due bigint, oldest_due_at timestamptz, oldest_due_seconds bigint, held jsonb, processing bigint,
    completed_minute bigint, failed_minute bigint, completed_hour bigint, failed_hour bigint,
    completed_day bigint, failed_day bigint, failed_percent_day numeric,
    breakers jsonb, bytes_waiting bigint, dead_letters bigint, marked_accounts bigint, is_copy boolean
);

alter view cs.automation_health owner to cs_owner;
comment on view cs.automation_health is
    'How automation is doing, a row per tenant: whether the workers run, what waits and for how long, what arrived and what was given up. Of one''s own tenant for who may see playbooks; of all for superusers and members of pg_monitor. Counts are of the whole tenant.';
comment on column cs.automation_health.problem is 'What is wrong and what to do, as a sentence, the worst first; NULL: nothing.';
comment on column cs.automation_health.worker_is_running is 'Whether the worker that sends deliveries runs.';
comment on column cs.automation_health.worker_beat_at is 'When it was last seen at work; NULL: unknown.';
comment on column cs.automation_health.chores_are_running is 'Whether the worker for scores and what comes by time runs.';
comment on column cs.automation_health.pending is 'Deliveries still to be sent and not under way, held ones included.';
comment on column cs.automation_health.due is 'Those of them that nothing holds and whose time has come.';
comment on column cs.automation_health.oldest_due_seconds is 'For how long the oldest of those has been due; NULL without any.';
comment on column cs.automation_health.held is 'How many are held, by reason: {"playbook": 3}; reasons as in webhook_queue.held.';
comment on column cs.automation_health.processing is 'Deliveries of which a try takes longer than a moment.';
comment on column cs.automation_health.completed_minute is
    'Deliveries that arrived in the last minute. This and the other counts by time are of deliveries made in the last four days, at most the latest 200,000.';
comment on column cs.automation_health.failed_minute is 'Deliveries that were given up or cancelled in the last minute.';
comment on column cs.automation_health.failed_percent_day is
    'Of the deliveries that ended in the last 24 hours, the share that was given up or cancelled, in percent; NULL without any.';
comment on column cs.automation_health.breakers is
    'Receivers that are left alone at present: [{host, opened_at, probe_at, failures, last_error}].';
comment on column cs.automation_health.bytes_waiting is
    'Length of the payloads that wait; of more than 100,000 deliveries an estimate.';
comment on column cs.automation_health.dead_letters is 'Deliveries that were given up or cancelled and not sent again since; kept for customer_success.dead_letter_retention_days.';
comment on column cs.automation_health.marked_accounts is 'Accounts that wait to be scored again.';
comment on column cs.automation_health.is_copy is
    'This database is a copy of another, or was moved, and sends nothing of its own before a superuser calls confirm_webhooks().';

create or replace function cs.webhook_allowed_hosts()
returns text[]
language sql stable
begin atomic
    select case
        when cs.tenant_where('playbook.read') is not null then array(
            select btrim(host.it)
            from unnest(
                string_to_array(current_setting('customer_success.webhook_allowed_hosts', true), ',')
            ) with ordinality as host (it, place)
            where btrim(host.it) <> ''
            order by host.place
        )
    end;
end;

alter function cs.webhook_allowed_hosts() owner to cs_owner;
revoke execute on function cs.webhook_allowed_hosts() from public;
comment on function cs.webhook_allowed_hosts() is
    'The receivers on private addresses or without TLS that an administrator of the server allows (customer_success.webhook_allowed_hosts), for who may see playbooks; else NULL.';
