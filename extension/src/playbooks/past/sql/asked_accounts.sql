-- $1 tenant, $2 accounts, $3 moments, $4 moments of the rows; then what each was at its moment: $5 settings of the tenant, $6 its
-- quiet periods, $7 since when the row is recorded, $8 when it was made, $9 name, $10 external id, $11 parent, $12 CSM, $13 status,
-- $14 CRM attributes, $15 level, $16 the ids of its children as far as their ARR is taken out, as the text of an array.
from (
    select
        $1::uuid as tenant_id,
        asked.place::integer,
        asked.id,
        asked.at,
        asked.row_at,
        asked.settings::jsonb,
        asked.quiet_periods::jsonb,
        asked.recorded_since,
        asked.created_at,
        asked.name,
        asked.external_id,
        asked.parent_id::uuid,
        asked.csm_id::uuid,
        asked.status::cs.account_status,
        asked.crm_attributes::jsonb,
        (asked.crm_attributes::jsonb ->> 'arr')::numeric as arr,
        make_date(
            split_part(asked.crm_attributes::jsonb ->> 'contract_end_date', '-', 1)::integer,
            split_part(asked.crm_attributes::jsonb ->> 'contract_end_date', '-', 2)::integer,
            split_part(asked.crm_attributes::jsonb ->> 'contract_end_date', '-', 3)::integer
        ) as contract_end_date,
        asked.hierarchy_level,
        asked.children::uuid[]
    from unnest(
        $2::uuid[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::text[],
        $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::integer[], $16::text[]
    ) with ordinality as asked (
        id, at, row_at, settings, quiet_periods, recorded_since, created_at, name, external_id, parent_id, csm_id, status,
        crm_attributes, hierarchy_level, children, place
    )
) as account
