-- Owns which tables every backend remembers from one transaction to the next, and that a write to one of them ends that.
-- Always enabled: what a replica or a restored dump writes counts as well. Before the row, so that anyone who
-- writes reads what they wrote.

do $$
declare
    remembered text;
begin
    foreach remembered in array array[
        'tenants', 'users', 'profiles', 'journey_stages', 'stage_milestones', 'health_models', 'playbooks', 'event_channel'
    ] loop
        execute format(
            'create trigger t00_forget before insert or update or delete on cs.%I
                for each row execute function cs.tg_configuration__forget()',
            remembered
        );
        execute format('alter table cs.%I enable always trigger t00_forget', remembered);
    end loop;
end
$$;
