-- Owns what keeps people and accounts right: checks before a row is written, identity that follows a change of people.

create or replace trigger t10_check
    before insert or update on cs.tenants
    for each row execute function cs.tg_tenants__check();

create or replace trigger t50_begin
    after insert on cs.tenants
    for each row execute function cs.tg_tenants__begin();

create or replace trigger t90_forget
    after insert or update or delete on cs.tenants
    for each statement execute function cs.tg_people__forget();
create or replace trigger t90_forget
    after insert or update or delete on cs.users
    for each statement execute function cs.tg_people__forget();
create or replace trigger t90_forget
    after insert or update or delete on cs.profiles
    for each statement execute function cs.tg_people__forget();

create or replace trigger t90_forget
    after insert or update or delete on cs.database_logins
    for each statement execute function cs.tg_people__forget();
create or replace trigger t90_forget
    after insert or update or delete on cs.account_members
    for each statement execute function cs.tg_people__forget();
create or replace trigger t90_forget
    after insert or delete or update of csm_id on cs.accounts
    for each statement execute function cs.tg_people__forget();

create or replace trigger t10_check
    before insert or update on cs.journey_stages
    for each row execute function cs.tg_journey_stages__check();

create or replace trigger t10_check
    before insert or update on cs.accounts
    for each row execute function cs.tg_accounts__check();
