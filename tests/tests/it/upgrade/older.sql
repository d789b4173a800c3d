-- Turns a fresh schema into one that an older version left: other names, another order of columns, other signatures, and
-- things that have gone since. All of it belongs to cs_owner, as the installer leaves it.

-- Policies: one under another name, one that let in more.
alter policy may_read on cs.accounts rename to readers;
create policy may_read_more on cs.contacts for select to public using (tenant_id = cs.tenant_where('people.read'));

-- Triggers: one under another name, one that has gone.
alter trigger t10_check on cs.accounts rename to t11_check;
create trigger t90_forget after insert on cs.contacts for each statement execute function cs.tg_people__forget();

-- Defaults and CHECKs: one of each that has gone.
alter table cs.contacts alter column title set default cs.current_member_role();
alter table cs.playbooks add constraint playbooks_shape_check check (cs.criteria_shape(trigger_criteria) is not null);

-- A view under another name; views of ours follow it.
alter view cs.current_stays rename to present_stays;

-- A view with other columns first, with the function that returns its rows, then without an argument it has now.
drop view cs.renewals cascade;
create view cs.renewals with (security_invoker = true) as
select account.tenant_id, account.contract_end_date, account.name, account.id as account_id from cs.accounts as account;
create function cs.renewals_between(from_day date, to_day date)
returns setof cs.renewals
language sql stable
begin atomic
    select renewal.* from cs.renewals as renewal where renewal.contract_end_date between from_day and to_day;
end;
create view cs.late_renewals with (security_invoker = true) as
select late.* from cs.renewals_between('-infinity', '2020-01-01') as late;

-- A view that had fewer columns: replaced in place, whoever depends on it. Its columns were explained in other words.
drop view cs.members;
create view cs.members with (security_invoker = true) as
select profile.tenant_id, profile.user_id, profile.full_name from cs.profiles as profile;
comment on column cs.members.full_name is 'As they write it.';

-- Functions: one that has gone, one that returned another type, one whose argument had another name.
create function cs.account_siblings(account_id uuid)
returns table (id uuid)
language sql stable
begin atomic
    select sibling.id
    from cs.accounts as account
    join cs.accounts as sibling on sibling.tenant_id = account.tenant_id and sibling.parent_id = account.parent_id
    where account.id = account_siblings.account_id;
end;
drop function cs.my_preferences();
create function cs.my_preferences() returns text language sql stable return 'none';
drop function cs.field_history(uuid, text);
create function cs.field_history(account uuid, field text default null)
returns table (at timestamptz, field_name text, old jsonb, new jsonb, actor_id uuid, actor_name text)
language sql stable
begin atomic
    select now(), field_history.field, null::jsonb, null::jsonb, field_history.account, null::text;
end;

do $$
declare
    made text;
begin
    foreach made in array array[
        'view cs.renewals', 'view cs.late_renewals', 'view cs.members', 'function cs.renewals_between(date, date)',
        'function cs.account_siblings(uuid)', 'function cs.my_preferences()', 'function cs.field_history(uuid, text)'
    ] loop
        execute format('alter %s owner to cs_owner', made);
    end loop;
end
$$;

-- Grants that have gone.
grant delete on cs.accounts to cs_member;
grant select on cs.audit_log to cs_gateway;
grant execute on function cs.confirm_webhooks(), cs.account_siblings(uuid) to cs_member;

-- The files of then had another hash.
update cs.schema_versions set hash = 'of an older version' where file = 'again';
