-- Owns what is recorded: one trigger per kind of statement, over its transition tables, so a bulk change is one insert.

do $$
declare
    audited text;
begin
    foreach audited in array array[
        'tenants', 'users', 'profiles', 'password_resets', 'database_logins', 'offered_roles', 'invitations', 'api_tokens',
        'journey_stages', 'accounts',
        'account_members', 'custom_fields', 'contacts', 'stage_milestones', 'activities', 'playbooks', 'feed_silences'
    ] loop
        -- An activity is its own record of having been made.
        if audited <> 'activities' then
            execute format(
                'create trigger t80_audit_insert after insert on cs.%I
                    referencing new table as new_rows
                    for each statement execute function cs.tg_audit__record()',
                audited
            );
        end if;
        execute format(
            'create trigger t80_audit_update after update on cs.%I
                referencing old table as old_rows new table as new_rows
                for each statement execute function cs.tg_audit__record()',
            audited
        );
        execute format(
            'create trigger t80_audit_delete after delete on cs.%I
                referencing old table as old_rows
                for each statement execute function cs.tg_audit__record()',
            audited
        );
    end loop;
end
$$;

create trigger t10_refuse
    before update or delete or truncate on cs.audit_log
    for each statement execute function cs.tg_audit_log__refuse();
