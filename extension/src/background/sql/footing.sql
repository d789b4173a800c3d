-- One table stands for all: a restore without owners or privileges leaves out every one.
with ours as (
    select relation.oid, relation.relname, relation.relowner, schema.oid as schema_oid
    from pg_catalog.pg_class as relation
    join pg_catalog.pg_namespace as schema on schema.oid = relation.relnamespace
    where schema.nspname = 'cs' and relation.relkind = 'r'
)
select
    exists (
        select
        from ours
        join pg_catalog.pg_roles as owner on owner.oid = ours.relowner
        where ours.relname = 'webhook_queue'
            and owner.rolname = 'cs_owner'
            and pg_catalog.has_schema_privilege('cs_member', ours.schema_oid, 'usage')
            and pg_catalog.has_table_privilege('cs_worker', ours.oid, 'select')
    ) as is_complete,
    exists (
        select
        from pg_catalog.pg_subscription_rel as filled
        join ours on ours.oid = filled.srrelid
    ) as is_filled
