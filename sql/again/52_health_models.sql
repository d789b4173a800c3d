-- Owns the check of a version of the health model before it is written, and the days that count by the one in force.

create trigger t10_check
    before insert or update on cs.health_models
    for each row execute function cs.tg_health_models__check();

create or replace function cs.counted_days_ago(tenant_id uuid, days integer)
returns timestamptz
language sql stable
begin atomic
    select cs.counted_days_before(
        now(), counted_days_ago.days, cs.time_zone(tenant.settings), coalesce(model.quiet_periods, '[]')
    )
    from cs.tenants as tenant
    left join lateral (
        select version.quiet_periods
        from cs.health_models as version
        where version.tenant_id = tenant.id
        order by version.version desc
        limit 1
    ) as model on true
    where tenant.id = counted_days_ago.tenant_id;
end;

alter function cs.counted_days_ago(uuid, integer) owner to cs_owner;
revoke execute on function cs.counted_days_ago(uuid, integer) from public;
comment on function cs.counted_days_ago(uuid, integer) is
    'Internal: the moment this many days before now, at the same local time of the tenant; quiet days are left out.';
