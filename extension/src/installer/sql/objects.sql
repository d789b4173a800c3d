-- The views and SQL functions of ours. Each by the name that DROP takes, with its shape (`create or replace` can bring a
-- shape that begins with this one), what others were granted on it, and what depends on it, directly or not.
with recursive ours as (
    select
        'pg_class'::regclass::oid as class_id,
        view.oid as object_id,
        'view ' || view.oid::regclass as name,
        'table ' || view.oid::regclass as grantable,
        view.relacl as privileges,
        array(
            select concat_ws(
                ' ', attribute.attname, format_type(attribute.atttypid, attribute.atttypmod), attribute.attcollation
            )
            from pg_attribute as attribute
            where attribute.attrelid = view.oid and attribute.attnum > 0
            order by attribute.attnum
        ) as shape
    from pg_class as view
    where view.relnamespace = 'cs'::regnamespace and view.relkind = 'v' and view.relowner = 'cs_owner'::regrole
    union all
    select
        'pg_proc'::regclass,
        function.oid,
        'function ' || function.oid::regprocedure,
        'function ' || function.oid::regprocedure,
        function.proacl,
        -- The same but for further defaults.
        array[concat_ws(' ', function.proargnames::text, function.proargmodes::text, pg_get_function_result(function.oid))]
            || array_fill('default'::text, array[function.pronargdefaults::integer])
    from pg_proc as function
    where function.pronamespace = 'cs'::regnamespace
        and function.proowner = 'cs_owner'::regrole
        and not exists (
            select
            from pg_depend as member
            where member.classid = 'pg_proc'::regclass and member.objid = function.oid and member.deptype = 'e'
        )
), dependent as (
    select ours.class_id as root_class, ours.object_id as root, ours.class_id, ours.object_id, false as is_whole
    from ours
    union
    select before.root_class, before.root, next.class_id, next.object_id, next.is_whole
    from dependent as before
    cross join lateral (
        -- What belongs to another object, as a row type does to its view, is not told apart from it.
        select dependency.classid, dependency.objid, dependency.deptype = 'n' and dependency.classid <> 'pg_rewrite'::regclass
        from pg_depend as dependency
        where dependency.refclassid = before.class_id
            and dependency.refobjid = before.object_id
            and dependency.deptype in ('n', 'a', 'i')
        union all
        select 'pg_class'::regclass, rule.ev_class, true
        from pg_rewrite as rule
        where before.class_id = 'pg_rewrite'::regclass and rule.oid = before.object_id
    ) as next (class_id, object_id, is_whole)
)
select
    ours.name,
    ours.shape,
    array(
        select format(
            'grant %s on %s to %s%s',
            held.privilege_type,
            ours.grantable,
            held.grantee::regrole,
            case when held.is_grantable then ' with grant option' else '' end
        )
        from aclexplode(ours.privileges) as held
        where held.grantee <> 0
            and held.grantee::regrole::text not in ('cs_owner', 'cs_member', 'cs_gateway', 'cs_worker', 'cs_backup')
    ) as grants,
    array(
        select distinct also.name
        from dependent
        join ours as also on also.class_id = dependent.class_id and also.object_id = dependent.object_id
        where dependent.root_class = ours.class_id and dependent.root = ours.object_id and also.name <> ours.name
    ) as dependents,
    array(
        select distinct pg_describe_object(dependent.class_id, dependent.object_id, 0)
        from dependent
        where dependent.root_class = ours.class_id
            and dependent.root = ours.object_id
            and dependent.is_whole
            and not exists (
                select from ours as also where also.class_id = dependent.class_id and also.object_id = dependent.object_id
            )
        order by 1
    ) as others
from ours
order by ours.name;
