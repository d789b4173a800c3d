-- Drops what the repeatable files attach to the tables of schema cs: policies, triggers, defaults and CHECKs that call a
-- function of schema cs. Takes the comments off the columns of views, which replacing a view would leave.
do $$
declare
    attached record;
begin
    for attached in
        with calling as (
            select dependency.classid, dependency.objid
            from pg_depend as dependency
            join pg_proc as called on called.oid = dependency.refobjid and called.pronamespace = 'cs'::regnamespace
            where dependency.refclassid = 'pg_proc'::regclass
        )
        select format('drop policy %I on %s', policy.polname, policy.polrelid::regclass) as statement
        from pg_policy as policy
        join pg_class as relation on relation.oid = policy.polrelid and relation.relnamespace = 'cs'::regnamespace
        where exists (
            select from calling where calling.classid = 'pg_policy'::regclass and calling.objid = policy.oid
        )
        union all
        select format('drop trigger %I on %s', fired.tgname, fired.tgrelid::regclass)
        from pg_trigger as fired
        join pg_class as relation on relation.oid = fired.tgrelid and relation.relnamespace = 'cs'::regnamespace
        join pg_proc as called on called.oid = fired.tgfoid and called.pronamespace = 'cs'::regnamespace
        where not fired.tgisinternal and fired.tgparentid = 0
        union all
        select format('alter table %s alter column %I drop default', preset.adrelid::regclass, attribute.attname)
        from pg_attrdef as preset
        join pg_class as relation on relation.oid = preset.adrelid and relation.relnamespace = 'cs'::regnamespace
        join pg_attribute as attribute on attribute.attrelid = preset.adrelid and attribute.attnum = preset.adnum
        where attribute.attgenerated = ''
            and exists (
                select from calling where calling.classid = 'pg_attrdef'::regclass and calling.objid = preset.oid
            )
        union all
        select format('alter table %s drop constraint %I', rule.conrelid::regclass, rule.conname)
        from pg_constraint as rule
        join pg_class as relation on relation.oid = rule.conrelid and relation.relnamespace = 'cs'::regnamespace
        where rule.contype = 'c'
            and exists (
                select from calling where calling.classid = 'pg_constraint'::regclass and calling.objid = rule.oid
            )
        union all
        select format('comment on column %s.%I is null', described.objoid::regclass, attribute.attname)
        from pg_description as described
        join pg_class as relation
            on relation.oid = described.objoid
            and relation.relnamespace = 'cs'::regnamespace
            and relation.relkind = 'v'
            and relation.relowner = 'cs_owner'::regrole
        join pg_attribute as attribute on attribute.attrelid = relation.oid and attribute.attnum = described.objsubid
        where described.classoid = 'pg_class'::regclass and described.objsubid > 0
    loop
        execute attached.statement;
    end loop;
end
$$;
