//! A member leaves by themselves: what they hand over, what ends, and who cannot.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{
        WORLD, become_person, fails_with, hint_of, hire_colleagues, lines, number, run, text,
    };
    use pgrx::prelude::*;

    fn id_of(name: &str) -> String {
        format!("(select id from cs.users where email = '{name}@one.test')")
    }

    /// As the gateway calls: nothing reaches beyond what a member may.
    fn as_member(email: &str, statement: &str) -> String {
        become_person(email);
        run("set local role cs_member");
        let told = fails_with(statement);
        run("reset role");
        told
    }

    #[pg_test]
    fn whoever_leaves_hands_over_and_is_gone_at_once() {
        run(WORLD);
        hire_colleagues();
        let (ada, paul) = (id_of("ada"), id_of("paul"));
        run(&format!(
            "update cs.accounts set csm_id = {paul} where name in ('First', 'Second');
             create temp table session on commit drop as select cs.open_session({paul}, null, null) as jti;
             insert into cs.api_tokens (tenant_id, user_id, name, token_hash)
             select tenant_id, user_id, 'n8n', 'x' from cs.profiles where user_id = {paul}"
        ));
        become_person("paul@one.test");
        assert!(
            fails_with("select cs.leave_tenant()")
                .starts_with("22023 this person looks after 2 accounts")
        );
        assert!(hint_of("select cs.leave_tenant()").contains("Name the colleague"));
        for (to, refused) in [
            (&paul, "22023 accounts cannot be handed over"),
            (
                &"(select id from cs.users where email = 'ben@two.test')".to_owned(),
                "P0002 no such member",
            ),
        ] {
            let told = fails_with(&format!("select cs.leave_tenant({to})"));
            assert!(told.starts_with(refused), "{told}");
        }
        run("set local role cs_member");
        assert_eq!(number(&format!("select cs.leave_tenant({ada})")), 2);
        assert_eq!(text("select cs.current_tenant_id()::text"), None);
        assert_eq!(
            fails_with("select cs.leave_tenant()"),
            "P0002 no such tenant of yours to leave"
        );
        run("reset role");
        assert!(
            fails_with("select cs.check_session(jti) from pg_temp.session").starts_with("28000")
        );
        assert_eq!(
            number("select count(*) from cs.api_tokens where revoked_at is null"),
            0
        );
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', log.table_name, log.action, log.actor_id = {paul}) from cs.audit_log as log
                 where log.action = 'update' and log.table_name in ('profiles', 'accounts', 'api_tokens')
                     and log.actor_id is not null
                 order by 1"
            )),
            [
                "accounts update t",
                "accounts update t",
                "api_tokens update t",
                "profiles update t"
            ]
        );
    }

    #[pg_test]
    fn every_role_may_leave_but_the_last_admin_stays() {
        run(WORLD);
        hire_colleagues();
        let leaving = |email: &str| as_member(email, "select cs.leave_tenant()");
        for email in ["paul@one.test", "cleo@one.test", "vera@one.test"] {
            assert_eq!(leaving(email), "nothing", "{email}");
        }
        assert_eq!(
            leaving("ada@one.test"),
            "22023 a tenant must keep at least one active Tenant Admin"
        );
        assert_eq!(
            number("select count(*) from cs.profiles where is_active"),
            2
        );
    }

    #[pg_test]
    fn leaving_one_tenant_changes_nothing_in_another() {
        run(WORLD);
        hire_colleagues();
        let paul = id_of("paul");
        run(&format!(
            "insert into cs.profiles (tenant_id, user_id, full_name, role)
             select id, {paul}, 'Paul of Two', 'Viewer' from cs.tenants where slug = 'two';
             create temp table session on commit drop as
             select tenant.slug, cs.open_session({paul}, tenant.id, null) as jti from cs.tenants as tenant"
        ));
        become_person("paul@one.test");
        run(
            "select set_config('app.current_tenant_id', (select id::text from cs.tenants where slug = 'one'), true)",
        );
        run("select cs.leave_tenant()");
        assert_eq!(
            lines("select slug || ' ' || role from cs.my_tenants()"),
            ["two Viewer"]
        );
        run("select cs.check_session(jti) from pg_temp.session where slug = 'two'");
        assert!(
            fails_with("select cs.check_session(jti) from pg_temp.session where slug = 'one'")
                .starts_with("28000")
        );
    }
}
