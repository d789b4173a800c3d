-- $1 tenant, $2 activity, $3 the patch, which has been checked, $4 its moment.
update cs.activities as it
set
    kind = coalesce($3 ->> 'kind', it.kind),
    body = coalesce($3 ->> 'body', it.body),
    at = coalesce($4, it.at),
    assigned_to = case when $3 ? 'assigned_to' then ($3 ->> 'assigned_to')::uuid else it.assigned_to end
where it.tenant_id = $1 and it.id = $2
returning to_jsonb(it) as it
