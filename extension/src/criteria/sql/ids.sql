-- $1 tenant, $2 stages and $3 members as entered. An id or e-mail goes before a name that reads the same.
with stage as (
    select
        'stage' as kind,
        wanted.entered,
        stage.id::text as id,
        stage.id::text = lower(wanted.entered) as is_exact
    from unnest($2::text[]) as wanted (entered)
    join cs.journey_stages as stage
        on stage.tenant_id = $1
        and (stage.id::text = lower(wanted.entered) or lower(stage.name) = lower(wanted.entered))
), member as (
    select
        'member' as kind,
        wanted.entered,
        profile.user_id::text as id,
        profile.user_id::text = lower(wanted.entered) or lower(person.email) = lower(wanted.entered) as is_exact
    from unnest($3::text[]) as wanted (entered)
    join (cs.profiles as profile join cs.users as person on person.id = profile.user_id)
        on profile.tenant_id = $1
        and (
            profile.user_id::text = lower(wanted.entered)
            or lower(person.email) = lower(wanted.entered)
            or lower(profile.full_name) = lower(wanted.entered)
        )
), found as (
    select kind, entered, id, is_exact, max(is_exact::integer) over (partition by kind, entered) = 1 as has_exact
    from (select * from stage union all select * from member) as either
)
select kind, entered, min(id) as id, count(*) > 1 as is_ambiguous
from found
where is_exact = has_exact
group by kind, entered
