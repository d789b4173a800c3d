-- A tenant with a tree of 100,112 accounts: 10 by 10 by 10 by 99 below one root, and one more below one of the last.
-- The triggers would do nothing for these rows but take time, so they are left out.
set session_replication_role = replica;
insert into cs.tenants (id, slug, name) select cs.uuid_v7(), 'bench', 'Bench';
insert into cs.users (id, email) select cs.uuid_v7(), 'viewer@bench';
insert into cs.profiles (tenant_id, id, user_id, full_name, role)
select tenant.id, cs.uuid_v7(), person.id, 'viewer', 'Viewer' from cs.tenants as tenant, cs.users as person;
insert into cs.journey_stages (tenant_id, id, name, display_order)
select id, cs.uuid_v7(), 'Onboarding', 1 from cs.tenants;
create schema bare;
create table bare.plan as
with recursive it as (
    select cs.uuid_v7() as id, null::uuid as parent_id, 0 as level
    union all
    select cs.uuid_v7(), it.id, it.level + 1
    from it
    cross join lateral generate_series(1, case it.level when 3 then 99 else 10 end) as number
    where it.level < 4
)
select * from it;
insert into bare.plan (id, parent_id, level)
select cs.uuid_v7(), (array_agg(id order by id))[500], 5 from bare.plan where level = 4;
create table bare.walk as
with recursive it as (
    select id, parent_id, level, id::text as path from bare.plan where parent_id is null
    union all
    select plan.id, plan.parent_id, plan.level, it.path || '/' || plan.id
    from it
    join bare.plan on plan.parent_id = it.id
)
select * from it;
-- Without order, so that a family's rows lie scattered, as they do after years of work.
insert into cs.accounts (tenant_id, id, name, parent_id, hierarchy_level, hierarchy_path, current_stage)
select tenant.id, walk.id, 'Account ' || walk.id, walk.parent_id, walk.level, walk.path, 'Onboarding'
from bare.walk
cross join cs.tenants as tenant
order by md5(walk.id::text);
set session_replication_role = origin;
create extension ltree schema bare;
-- The same rows in the same order, without policies; a path of ltree in place of ours, with the index its manual recommends.
create table bare.accounts (like cs.accounts including all, line bare.ltree not null);
insert into bare.accounts (tenant_id, id, name, parent_id, hierarchy_level, hierarchy_path, current_stage, line)
select
    tenant_id, id, name, parent_id, hierarchy_level, hierarchy_path, current_stage,
    bare.text2ltree(replace(replace(hierarchy_path, '-', '_'), '/', '.'))
from cs.accounts;
create index accounts_line_idx on bare.accounts using gist (line bare.gist_ltree_ops);
analyze;
