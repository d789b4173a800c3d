-- $1 tenant, $2 account to keep, $3 merged. Those that name it, and what people prefer, name the other one from now on.
with preferred as (
    update cs.user_preferences
    set preferences = replace(preferences::text, $3::text, $2::text)::jsonb
    where tenant_id = $1 and strpos(preferences::text, $3::text) > 0
)
update cs.saved_views
set criteria = replace(criteria::text, $3::text, $2::text)::jsonb,
    settings = replace(settings::text, $3::text, $2::text)::jsonb
where tenant_id = $1 and strpos(coalesce(criteria::text, '') || settings::text, $3::text) > 0
returning 1 as moved
