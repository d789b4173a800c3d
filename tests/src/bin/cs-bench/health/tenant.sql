-- A tenant of <accounts> accounts with <rows> rows of usage each, made at once. The triggers would mark every account and
-- take time, so they are left out; its day counts as passed: the worker keeps away.
set session_replication_role = replica;
insert into cs.tenants (id, slug, name) values (cs.uuid_v7(), '<name>', 'Bench');
insert into cs.health_passes (tenant_id, passed_on)
select id, current_date + 2 from cs.tenants where slug = '<name>';
insert into cs.users (id, email) values (cs.uuid_v7(), 'admin@<name>');
insert into cs.profiles (tenant_id, id, user_id, full_name, role)
select tenant.id, cs.uuid_v7(), person.id, 'admin', 'Tenant Admin'
from cs.tenants as tenant
join cs.users as person on person.email = 'admin@' || tenant.slug
where tenant.slug = '<name>';
insert into cs.journey_stages (tenant_id, id, name, display_order)
select id, cs.uuid_v7(), 'Adoption', 1 from cs.tenants where slug = '<name>';
insert into cs.accounts (tenant_id, id, name, hierarchy_path, current_stage, created_at, crm_attributes)
select
    tenant.id, account.id, 'Account ' || account.number, account.id::text, 'Adoption', now() - interval '220 days',
    jsonb_build_object('arr', account.number * 10, 'industry', 'Software', 'seats', 5 + account.number % 60)
from cs.tenants as tenant
cross join lateral (select cs.uuid_v7() as id, number from generate_series(1, <accounts>) as number) as account
where tenant.slug = '<name>';
-- Making the indexes after the rows takes less time.
create temporary table later as
select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
from pg_index
where indrelid = 'cs.usage_metrics'::regclass and not indisunique;
do $$ begin execute (select string_agg('drop index ' || name, '; ') from later); end $$;
-- In the order in which it would arrive: a row of every account, then the next of every account, over 180 days. One
-- account in ten is six weeks old, one in 25 has been silent for 40 days. Of 20 rows of an account eight are log-ins,
-- eight features, three calls and one a ticket, of which each has three: opened, taken up, closed.
insert into cs.usage_metrics (tenant_id, id, account_id, metric_type, metric_value, metadata, recorded_at)
select
    it.tenant_id,
    cs.uuid_v7(),
    it.account_id,
    it.kind::cs.metric_type,
    case it.kind when 'feature_usage' then 1 + it.chance % 5 when 'api_calls' then 10 + it.chance % 300 else 1 end,
    case it.kind
        when 'logins' then jsonb_build_object('user_id', 'person-' || it.chance % (2 + it.number % 40))
        when 'feature_usage' then jsonb_build_object(
            'feature', 'feature ' || it.chance % (2 + it.number % 30), 'user_id', 'person-' || it.chance % 17
        )
        when 'api_calls' then jsonb_build_object('endpoint', '/v1/items')
        else jsonb_strip_nulls(jsonb_build_object(
            'ticket_id', 'T-' || it.step / 60,
            'severity', (array['low', 'normal', 'high', 'urgent'])[1 + (it.step / 60 + it.number) % 4],
            'status', (array['open', 'pending', 'closed'])[1 + it.step / 20 % 3],
            'csat', case when it.step / 20 % 3 = 2 then 1 + it.chance % 5 end
        ))
    end,
    now()
        - case when it.number % 10 = 1 then 45 else 180 end
            * (1 - (it.step - it.chance % 1000 / 1000.0) / <rows>) * interval '1 day'
        - case when it.number % 25 = 0 then interval '40 days' else interval '0' end
from (
    select
        account.tenant_id, account.account_id, account.number, step,
        case
            when (step * 7 + account.number) % 20 < 8 then 'logins'
            when (step * 7 + account.number) % 20 < 16 then 'feature_usage'
            when (step * 7 + account.number) % 20 < 19 then 'api_calls'
            else 'support_tickets'
        end as kind,
        hashint8(step * 1000003::bigint + account.number) & 2147483647 as chance
    from generate_series(1, <rows>) as step
    cross join (
        select account.tenant_id, account.id as account_id, row_number() over (order by account.id) as number
        from cs.accounts as account
        join cs.tenants as tenant on tenant.id = account.tenant_id
        where tenant.slug = '<name>'
    ) as account
    order by step, account.number
) as it;
set maintenance_work_mem = '512MB';
do $$ begin execute (select string_agg(definition, '; ') from later); end $$;
-- What is usual, as the daily pass would have kept it.
insert into cs.health_norms (tenant_id, taken_at, catalogue, median_depth, accounts)
select id, now(), array(select 'feature ' || number from generate_series(0, 27) as number), 3, <accounts>
from cs.tenants
where slug = '<name>';
set session_replication_role = origin;
