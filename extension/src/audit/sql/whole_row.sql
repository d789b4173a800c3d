-- Whose row it is, and what is recorded of a row that is new or gone.
cross join lateral (<owner>) as owner
cross join lateral (
    select jsonb_object_agg(
        field.key,
        case when field.key = any ($4::text[]) then '"changed"'::jsonb else field.value end
    ) as fields
    from jsonb_each(to_jsonb(it)) as field
    where field.key <> all ($5::text[]) and field.value <> 'null'
) as shown
