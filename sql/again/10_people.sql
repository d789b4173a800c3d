-- Owns the checks of tenants before a row is written, the identity that follows a change of people at once, and the settings of
-- a tenant with their defaults.

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

-- The planner replaces a call of these by their expression, so each has to stay one expression, not strict, and at least as
-- volatile as what it calls.
create or replace function cs.time_zone(settings jsonb)
returns text
language sql immutable parallel safe
return coalesce(settings ->> 'time_zone', 'UTC');

alter function cs.time_zone(jsonb) owner to cs_owner;
revoke execute on function cs.time_zone(jsonb) from public;
comment on function cs.time_zone(jsonb) is 'Internal: the time zone that settings of a tenant name; UTC unless set.';

create or replace function cs.tenant_time_zone()
returns text
language sql stable parallel safe
return (select cs.time_zone(tenant.settings) from cs.tenants as tenant where tenant.id = cs.current_tenant_id());

alter function cs.tenant_time_zone() owner to cs_owner;
revoke execute on function cs.tenant_time_zone() from public;
comment on function cs.tenant_time_zone() is
    'The time zone of the own tenant, in which its days begin: recorded_at at time zone cs.tenant_time_zone(). NULL without a tenant.';

create or replace function cs.local_time(settings jsonb, at timestamptz)
returns timestamp
language sql immutable parallel safe
return local_time.at at time zone cs.time_zone(settings);

alter function cs.local_time(jsonb, timestamptz) owner to cs_owner;
revoke execute on function cs.local_time(jsonb, timestamptz) from public;
comment on function cs.local_time(jsonb, timestamptz) is
    'Internal: the local time of a moment in the time zone of a tenant with these settings.';

create or replace function cs.local_day(settings jsonb, at timestamptz)
returns date
language sql immutable parallel safe
return cs.local_time(settings, at)::date;

alter function cs.local_day(jsonb, timestamptz) owner to cs_owner;
revoke execute on function cs.local_day(jsonb, timestamptz) from public;
comment on function cs.local_day(jsonb, timestamptz) is
    'Internal: the day that a moment is in, in the time zone of a tenant with these settings.';

create or replace function cs.high_value_arr(settings jsonb)
returns numeric
language sql immutable parallel safe
return coalesce((settings ->> 'high_value_arr')::numeric, 50000);

alter function cs.high_value_arr(jsonb) owner to cs_owner;
revoke execute on function cs.high_value_arr(jsonb) from public;
comment on function cs.high_value_arr(jsonb) is
    'Internal: from which ARR a tenant with these settings counts an account as of high value; 50000 unless set.';

create or replace function cs.parent_arr_includes_children(settings jsonb)
returns boolean
language sql immutable parallel safe
return settings -> 'parent_arr_includes_children' = 'true';

alter function cs.parent_arr_includes_children(jsonb) owner to cs_owner;
revoke execute on function cs.parent_arr_includes_children(jsonb) from public;
comment on function cs.parent_arr_includes_children(jsonb) is
    'Internal: whether the ARR of a parent includes that of its children for a tenant with these settings; NULL, as false, unless set.';
