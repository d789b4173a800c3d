-- Owns the checks before a saved view or preferences are written, and the reading of the caller's own preferences.

create trigger t10_check
    before insert or update on cs.saved_views
    for each row execute function cs.tg_saved_views__check();

alter table cs.saved_views add constraint saved_views_criteria_check
    check (criteria is null or cs.criteria_shape(criteria));

create trigger t10_check
    before insert or update on cs.user_preferences
    for each row execute function cs.tg_user_preferences__check();

create or replace function cs.my_preferences()
returns jsonb
language sql stable
begin atomic
    select coalesce(
        (
            select own.preferences
            from cs.user_preferences as own
            where own.tenant_id = cs.current_tenant_id() and own.user_id = cs.current_user_id()
        ),
        '{}'
    );
end;

alter function cs.my_preferences() owner to cs_owner;
revoke execute on function cs.my_preferences() from public;
comment on function cs.my_preferences() is 'What save_preferences has saved for the caller in the current tenant; {} if nothing.';
