-- Owns the checks of stages and accounts before a row is written, how far off a renewal is, and what each member looks after.

create trigger t90_forget
    after insert or update or delete on cs.account_members
    for each statement execute function cs.tg_people__forget();
create trigger t90_forget
    after insert or delete or update of csm_id on cs.accounts
    for each statement execute function cs.tg_people__forget();

create trigger t10_check
    before insert or update on cs.journey_stages
    for each row execute function cs.tg_journey_stages__check();

create trigger t10_check
    before insert or update on cs.accounts
    for each row execute function cs.tg_accounts__check();

create trigger t50_keep_deleted
    after delete on cs.accounts
    referencing old table as old_rows
    for each statement execute function cs.tg_accounts__keep_deleted();

create or replace function cs.days_to_renewal(contract_end_date date, settings jsonb, at timestamptz)
returns integer
language sql immutable parallel safe
return contract_end_date - cs.local_day(settings, at);

alter function cs.days_to_renewal(date, jsonb, timestamptz) owner to cs_owner;
revoke execute on function cs.days_to_renewal(date, jsonb, timestamptz) from public;
comment on function cs.days_to_renewal(date, jsonb, timestamptz) is
    'Internal: days from a moment, in the time zone of a tenant with these settings, to the end of a contract; negative once it has passed.';

create or replace view cs.members
with (security_invoker = true) as
select
    profile.tenant_id,
    profile.user_id,
    profile.full_name,
    person.email,
    profile.role::text as role,
    profile.is_active and person.is_active as is_active,
    owned.accounts,
    profile.created_at
from cs.profiles as profile
join cs.users as person on person.id = profile.user_id
cross join lateral (
    select count(*)::integer as accounts
    from cs.accounts as account
    where account.tenant_id = profile.tenant_id and account.csm_id = profile.user_id
) as owned;

alter view cs.members owner to cs_owner;
comment on view cs.members is 'The people of a tenant with their role.';
comment on column cs.members.is_active is 'false: can no longer see or do anything here.';
comment on column cs.members.accounts is 'How many accounts this person looks after, of those the reader sees.';
