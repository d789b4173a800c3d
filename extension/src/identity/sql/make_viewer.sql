-- $1 tenant, $2 e-mail address, $3 name. Whoever left comes back, with the rights of a Viewer.
with made as (
    insert into cs.users (email) values ($2) on conflict do nothing returning id
), person as (
    select id from made
    union all
    select id from cs.users where email = $2
)
insert into cs.profiles (tenant_id, user_id, full_name, role)
select $1, id, $3, 'Viewer' from person
on conflict (tenant_id, user_id) do update set is_active = true, role = 'Viewer'
