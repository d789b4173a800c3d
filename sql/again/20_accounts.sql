-- Owns the checks of stages and accounts before a row is written, and how many accounts each member looks after.

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

create or replace view cs.members
with (security_invoker = true) as
select
    profile.tenant_id,
    profile.user_id,
    profile.full_name,
    person.email,
    profile.role,
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
comment on column cs.members.is_active is 'false: sees and does nothing here any more.';
comment on column cs.members.accounts is 'How many accounts this person looks after, of those the reader sees.';
