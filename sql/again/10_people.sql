-- Owns the checks of people and tenants: what a row must be before it is written, identity that follows a change at once.

create trigger t10_check
    before insert or update on cs.tenants
    for each row execute function cs.tg_tenants__check();

create trigger t50_begin
    after insert on cs.tenants
    for each row execute function cs.tg_tenants__begin();

create trigger t90_forget
    after insert or update or delete on cs.tenants
    for each statement execute function cs.tg_people__forget();
create trigger t90_forget
    after insert or update or delete on cs.users
    for each statement execute function cs.tg_people__forget();
create trigger t90_forget
    after insert or update or delete on cs.profiles
    for each statement execute function cs.tg_people__forget();
