//! What the audit log keeps of a row: which row and whose, and of an update only what changed.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, lines, number, run};
    use pgrx::prelude::*;

    #[pg_test]
    fn a_row_is_identified_by_its_key_in_every_tenant_it_belongs_to() {
        run(WORLD);
        for statement in [
            "insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Ben', 'Viewer' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'one' and person.email = 'ben@two.test'",
            "update cs.users set email = 'ben@three.test' where email = 'ben@two.test'",
            "update cs.tenants set name = 'Uno' where slug = 'one'",
            "insert into cs.account_members (tenant_id, account_id, user_id)
             select account.tenant_id, account.id, profile.user_id from cs.accounts as account
             join cs.profiles as profile using (tenant_id) where account.name = 'First' and profile.full_name = 'Ben'",
            "delete from cs.account_members",
            "insert into cs.database_logins (tenant_id, role_name, user_id)
             select tenant_id, 'cs_reporting', user_id from cs.profiles where full_name = 'Ada'",
            "update cs.database_logins set user_id = (select user_id from cs.profiles where full_name = 'Ben' limit 1)",
        ] {
            run(statement);
        }
        assert_eq!(
            lines(
                "select concat_ws(' ', tenant.slug, log.action, log.table_name, key.named,
                        coalesce(
                            log.row_key ->> 'role_name',
                            case log.row_key ->> 'id' when known.id::text then 'its own' end,
                            case when coalesce(log.before, log.after) @> log.row_key then 'its own' end
                        ))
                 from cs.audit_log as log
                 join cs.tenants as tenant on tenant.id = log.tenant_id
                 left join (
                     select 'users' as table_name, id from cs.users where email = 'ben@three.test'
                     union all
                     select 'tenants', id from cs.tenants where slug = 'one'
                 ) as known using (table_name)
                 cross join lateral (
                     select string_agg(name, ',' order by name) as named from jsonb_object_keys(log.row_key) as name
                 ) as key
                 where log.table_name in ('account_members', 'database_logins')
                     or log.table_name in ('users', 'tenants') and log.action = 'update'
                 order by log.table_name, log.action, tenant.slug"
            ),
            [
                "one delete account_members account_id,user_id its own",
                "one insert account_members account_id,user_id its own",
                "one insert database_logins role_name cs_reporting",
                "one update database_logins role_name cs_reporting",
                "one update tenants id its own",
                "one update users id its own",
                "two update users id its own",
            ]
        );
    }

    #[pg_test]
    fn an_update_leaves_out_what_stays_row_by_row() {
        run(WORLD);
        let changes = "select concat_ws(' ', log.before, log.after) from cs.audit_log as log
            where table_name = 'accounts' and action = 'update' order by 1";
        run("update cs.accounts
             set name = case name when 'First' then 'Uno' else name end,
                 external_id = case name when 'Second' then 'S-2' end
             where name in ('First', 'Second')");
        let both = [
            r#"{"external_id": null} {"external_id": "S-2"}"#,
            r#"{"name": "First"} {"name": "Uno"}"#,
        ];
        assert_eq!(lines(changes), both);
        run("update cs.accounts set name = name, updated_at = now()");
        assert_eq!(lines(changes), both);
        // other bytes, the same document
        let tiers = r#"{"crm_attributes": {}} {"crm_attributes": {"tier": 1.0}}"#;
        for tier in ["1.0", "1.00"] {
            run(&format!(
                "update cs.accounts set crm_attributes = '{{\"tier\": {tier}}}' where name = 'Uno'"
            ));
            assert_eq!(lines(changes), [tiers, both[0], both[1]]);
        }
    }

    #[pg_test]
    fn many_rows_are_recorded_as_few_are() {
        run(WORLD);
        run(
            "insert into cs.accounts (tenant_id, name) select id, 'A' || number from cs.tenants, generate_series(1, 20) as number
             where slug = 'one'",
        );
        run("update cs.accounts set name = name || 'x' where name ~ '^A'");
        assert_eq!(
            number(
                "select count(*) from cs.audit_log as log
                 join cs.accounts as account on account.tenant_id = log.tenant_id and account.id = (log.row_key ->> 'id')::uuid
                 where log.action = 'update' and log.before || jsonb_build_object('x', log.before ->> 'name' || 'x')
                     = jsonb_build_object('name', rtrim(account.name, 'x'), 'x', log.after ->> 'name')"
            ),
            20
        );
    }
}
