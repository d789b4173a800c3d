-- Owns what live clients are sent: which table belongs to which topic, and who may receive it.
-- Ids are of accounts where a topic is about accounts, else of the rows themselves, or of people. The topics access and
-- sessions go to no client; from them the gateway learns whose view has changed and whose session it has to check.
-- Usage sends nothing: the score that it changes a second later does.

insert into cs.event_channel (name)
select 'cs_events_' || replace(gen_random_uuid()::text, '-', '')
on conflict do nothing;

do $$
declare
    told record;
begin
    for told in
        select *
        from (values
            ('accounts', 'accounts', 'id', 'csm_id'),
            ('account_members', 'accounts', 'account_id', 'user_id'),
            ('journey_history', 'journey', 'account_id', ''),
            ('account_milestones', 'journey', 'account_id', ''),
            ('activities', 'activities', 'account_id', ''),
            ('contacts', 'contacts', 'account_id', ''),
            ('arr_history', 'revenue', 'account_id', ''),
            ('custom_fields', 'fields', 'id', ''),
            ('health_scores', 'health', 'account_id', ''),
            ('health_overrides', 'health', 'account_id', ''),
            ('health_models', 'models', 'id', ''),
            ('feed_silences', 'models', 'id', ''),
            ('journey_stages', 'stages', 'id', ''),
            ('stage_milestones', 'stages', 'stage_id', ''),
            ('playbooks', 'playbooks', 'id', ''),
            ('playbook_bursts', 'playbooks', 'playbook_id', ''),
            ('playbook_executions', 'runs', 'account_id', ''),
            ('webhook_queue', 'webhooks', 'account_id', ''),
            ('tenants', 'tenant', 'id', ''),
            ('profiles', 'people', 'user_id', ''),
            ('invitations', 'people', '', ''),
            ('api_tokens', 'people', 'user_id', ''),
            ('profiles', 'sessions', 'user_id', ''),
            ('sessions', 'sessions', 'user_id', ''),
            ('api_tokens', 'sessions', 'user_id', '')
        ) as changes (relation, topic, id, person)
    loop
        execute format(
            'create trigger t95_%2$s_inserted after insert on cs.%1$I
                referencing new table as new_rows
                for each statement execute function cs.tg_events__gather(%2$L, %3$L, %4$L)',
            told.relation, told.topic, told.id, told.person
        );
        execute format(
            'create trigger t95_%2$s_updated after update on cs.%1$I
                referencing old table as old_rows new table as new_rows
                for each statement execute function cs.tg_events__gather(%2$L, %3$L, %4$L)',
            told.relation, told.topic, told.id, told.person
        );
        -- Only what has long been over is purged from the queue: no page has to read anew for it.
        continue when told.relation = 'webhook_queue';
        execute format(
            'create trigger t95_%2$s_deleted after delete on cs.%1$I
                referencing old table as old_rows
                for each statement execute function cs.tg_events__gather(%2$L, %3$L, %4$L)',
            told.relation, told.topic, told.id, told.person
        );
    end loop;
end
$$;

-- A caller who may see an account that does not exist sees all accounts.
create or replace function cs.event_topics()
returns table (topic text, by_account boolean)
language sql stable
begin atomic
    select
        known.topic,
        known.by_account and not cs.may_see_account('00000000-0000-0000-0000-000000000000')
    from (values
        ('accounts', 'account.read', true),
        ('journey', 'account.read', true),
        ('activities', 'account.read', true),
        ('contacts', 'account.read', true),
        ('revenue', 'account.read', true),
        ('fields', 'stage.read', false),
        ('health', 'account.read', true),
        ('models', 'account.read', false),
        ('stages', 'stage.read', false),
        ('playbooks', 'playbook.read', false),
        ('runs', 'playbook.read', true),
        ('webhooks', 'playbook.read', true),
        ('tenant', 'people.read', false),
        ('people', 'people.read', false)
    ) as known (topic, action, by_account)
    where cs.tenant_where(known.action) is not null;
end;

alter function cs.event_topics() owner to cs_owner;
revoke execute on function cs.event_topics() from public;
comment on function cs.event_topics() is
    'The topics of live events that the caller may receive; by_account: only with ids of accounts for which may_see_account() is true.';
