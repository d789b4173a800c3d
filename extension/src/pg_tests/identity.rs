//! Who is calling, what they see, and what they may change.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn nobody_is_nobody() {
        run(WORLD);
        assert_eq!(text("select cs.current_user_id()::text"), None);
        assert_eq!(text("select cs.current_tenant_id()::text"), None);
        assert_eq!(text("select cs.me()::text"), None);
    }

    #[pg_test]
    fn a_member_sees_the_own_tenant_alone() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(
            lines("select name from cs.accounts order by name"),
            ["First", "Second"]
        );
        assert_eq!(
            lines("select name from cs.account_overview order by name"),
            ["First", "Second"]
        );
        assert_eq!(number("select count(*) from cs.tenants"), 1);
    }

    #[pg_test]
    fn a_changed_setting_counts_at_once() {
        run(WORLD);
        become_person("ada@one.test");
        assert_eq!(
            text("select cs.current_member_role()").as_deref(),
            Some("Tenant Admin")
        );
        become_person("ben@two.test");
        assert_eq!(
            text("select cs.current_member_role()").as_deref(),
            Some("Viewer")
        );
        run("select set_config('app.current_user_id', '', true)");
        assert_eq!(text("select cs.current_member_role()"), None);
    }

    #[pg_test]
    fn a_change_of_people_counts_at_once() {
        run(WORLD);
        become_person("ada@one.test");
        assert!(text("select cs.current_tenant_id()::text").is_some());
        run("update cs.profiles set role = 'Viewer'");
        assert_eq!(
            text("select cs.current_member_role()").as_deref(),
            Some("Viewer")
        );
        run("update cs.tenants set is_active = false");
        assert_eq!(text("select cs.current_tenant_id()::text"), None);
        run("update cs.users set is_active = false");
        assert_eq!(text("select cs.current_user_id()::text"), None);
    }

    #[pg_test]
    fn an_aborted_subtransaction_leaves_no_identity_behind() {
        run(WORLD);
        run("do $$ begin
            perform set_config('app.current_user_id', (select id::text from cs.users where email = 'ada@one.test'), true);
            if cs.current_tenant_id() is null then raise 'no tenant'; end if;
            raise 'back' using errcode = 'P0001';
         exception when raise_exception then null; end $$");
        assert_eq!(text("select cs.current_tenant_id()::text"), None);
    }

    #[pg_test]
    fn a_person_with_two_tenants_has_to_choose() {
        run(WORLD);
        run(
            "insert into cs.profiles (tenant_id, user_id, full_name, role)
         select tenant.id, person.id, 'Ada', 'Viewer' from cs.tenants as tenant, cs.users as person
         where tenant.slug = 'two' and person.email = 'ada@one.test'",
        );
        become_person("ada@one.test");
        assert_eq!(text("select cs.current_tenant_id()::text"), None);
        run(
            "select set_config('app.current_tenant_id', (select id::text from cs.tenants where slug = 'two'), true)",
        );
        assert_eq!(
            text("select cs.current_member_role()").as_deref(),
            Some("Viewer")
        );
        run("select set_config('app.current_tenant_id', gen_random_uuid()::text, true)");
        assert_eq!(text("select cs.current_tenant_id()::text"), None);
    }

    #[pg_test]
    fn a_viewer_changes_nothing() {
        run(WORLD);
        become_person("ben@two.test");
        run("set local role cs_member");
        assert!(fails_with("insert into cs.accounts (name) values ('x')").starts_with("42501"));
        assert!(fails_with("insert into cs.health_scores (account_id, overall_score) select id, 1 from cs.accounts")
        .starts_with("42501"));
        run("update cs.accounts set name = 'x'");
        assert_eq!(lines("select name from cs.accounts"), ["Other"]);
    }

    #[pg_test]
    fn an_admin_cannot_write_into_another_tenant() {
        run(WORLD);
        run("create temp table theirs on commit drop as
         select account.tenant_id, account.id from cs.accounts as account where name = 'Other';
         grant select on theirs to cs_member");
        become_person("ada@one.test");
        run("set local role cs_member");
        // The other tenant's stages are invisible too, so an account finds none to start in.
        for (values, refused) in [
            ("cs.accounts (tenant_id, name) select tenant_id, 'x'", "22023"),
            ("cs.usage_metrics (tenant_id, account_id, metric_type, metric_value) select tenant_id, id, 'logins', 1", "42501"),
            ("cs.health_scores (tenant_id, account_id, overall_score) select tenant_id, id, 1", "42501"),
            (
                "cs.playbooks (tenant_id, name, trigger_criteria, webhook_url)
                 select tenant_id, 'x', '{\"event\": {\"kind\": \"stage_enter\"}}', 'https://receiver.test/'",
                "42501",
            ),
        ] {
            let complaint = fails_with(&format!("insert into {values} from pg_temp.theirs"));
            assert!(complaint.starts_with(refused), "{values}: {complaint}");
        }
    }

    #[pg_test]
    fn a_session_holds_until_it_is_ended_or_its_person_leaves() {
        run(WORLD);
        run("create temp table mine on commit drop as
         select cs.open_session(id, null, now() + interval '1 hour') as jti from cs.users where email = 'ada@one.test'");
        run("select cs.check_session(jti) from pg_temp.mine");
        assert_eq!(
            number(
                "select count(*) from pg_temp.mine, cs.tenants where cs.session_tenant(jti) = id and slug = 'one'"
            ),
            1
        );
        run("update cs.users set is_active = false");
        assert!(fails_with("select cs.check_session(jti) from pg_temp.mine").starts_with("28000"));
        run("update cs.users set is_active = true");
        run("select cs.end_session(jti) from pg_temp.mine");
        assert!(fails_with("select cs.check_session(jti) from pg_temp.mine").starts_with("28000"));
    }

    #[pg_test]
    fn the_log_in_finds_active_people_without_case() {
        run(WORLD);
        assert_eq!(
            number("select count(*) from cs.login_lookup('ADA@one.test')"),
            1
        );
        assert_eq!(
            number("select count(*) from cs.login_lookup('nobody@one.test')"),
            0
        );
        run("update cs.users set is_active = false");
        assert_eq!(
            number("select count(*) from cs.login_lookup('ada@one.test')"),
            0
        );
    }
}
