do $do$
declare
    of_table record;
begin
    set local session_replication_role = replica;
    for of_table in
        select
            columns.table_name,
            string_agg(
                format(
                    case columns.data_type when 'date' then '%1$I = %1$I - <days>' else '%1$I = %1$I - interval ''<days> days''' end,
                    columns.column_name
                ),
                ', '
            ) as changes
        from information_schema.columns
        join information_schema.tables using (table_schema, table_name)
        where columns.table_schema = 'cs'
            and tables.table_type = 'BASE TABLE'
            and columns.data_type in ('timestamp with time zone', 'date')
            and columns.is_generated = 'NEVER'
        group by columns.table_name
    loop
        execute format('update cs.%I set %s', of_table.table_name, of_table.changes);
    end loop;
    update cs.accounts
    set crm_attributes = crm_attributes || jsonb_build_object(
        'contract_end_date', ((crm_attributes ->> 'contract_end_date')::date - <days>)::text
    )
    where crm_attributes ->> 'contract_end_date' is not null;
    update cs.audit_log
    set before = jsonb_set(
        before, '{crm_attributes,contract_end_date}',
        to_jsonb(((before -> 'crm_attributes' ->> 'contract_end_date')::date - <days>)::text)
    )
    where before -> 'crm_attributes' ->> 'contract_end_date' is not null;
    update cs.audit_log
    set after = jsonb_set(
        after, '{crm_attributes,contract_end_date}',
        to_jsonb(((after -> 'crm_attributes' ->> 'contract_end_date')::date - <days>)::text)
    )
    where after -> 'crm_attributes' ->> 'contract_end_date' is not null;
    update cs.playbook_entries
    set subject = (subject::date - <days>)::text
    where subject ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$';
    update cs.health_models
    set quiet_periods = (
        select jsonb_agg(jsonb_build_object(
            'from', ((period ->> 'from')::date - <days>)::text, 'to', ((period ->> 'to')::date - <days>)::text
        ))
        from jsonb_array_elements(quiet_periods) as period
    )
    where quiet_periods <> '[]';
    set local session_replication_role = origin;
end
$do$
