//! Who is calling, what they see, and what they may change.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn an_unknown_caller_is_no_one() {
        run(WORLD);
        assert_eq!(text("select cs.current_user_id()::text"), None);
        assert_eq!(text("select cs.current_tenant_id()::text"), None);
        assert_eq!(text("select cs.me()::text"), None);
    }

    #[pg_test]
    fn a_member_sees_only_their_own_tenant() {
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
    fn a_renewed_session_is_a_new_one_in_a_tenant_of_the_person() {
        run(WORLD);
        run("create temp table mine on commit drop as
         select cs.open_session(id, null, null) as jti from cs.users where email = 'ada@one.test'");
        let tenant = |slug| format!("(select id from cs.tenants where slug = '{slug}')");
        let renewed = |slug| {
            format!(
                "select cs.renew_session(jti, {}) from pg_temp.mine",
                tenant(slug)
            )
        };
        assert!(fails_with(&renewed("two")).starts_with("P0002"));
        run("select cs.check_session(jti) from pg_temp.mine");
        run(&format!(
            "create temp table next on commit drop as {}",
            renewed("one")
        ));
        assert!(fails_with("select cs.check_session(jti) from pg_temp.mine").starts_with("28000"));
        assert!(fails_with(&renewed("one")).starts_with("28000"));
        assert_eq!(
            number(
                "select count(*) from pg_temp.next, cs.tenants where cs.session_tenant(renew_session) = id and slug = 'one'"
            ),
            1
        );
    }

    #[pg_test]
    fn a_new_password_ends_what_the_old_one_opened() {
        run(WORLD);
        run("update cs.users set encrypted_password = '$2b$12$' || repeat('o', 53)");
        run("create temp table mine on commit drop as
         select cs.open_session(id, null, null) as jti, cs.open_session(id, null, null) as other
         from cs.users where email = 'ada@one.test'");
        assert_eq!(
            lines(
                "select email from pg_temp.mine, cs.session_person(jti) where encrypted_password like '%oo'"
            ),
            ["ada@one.test"]
        );
        let change = |old: &str, new: &str| {
            let hash = |text| format!("'$2b$12$' || repeat('{text}', 53)");
            format!(
                "select cs.change_password(jti, {}, {}) as now from pg_temp.mine",
                hash(old),
                hash(new)
            )
        };
        assert!(fails_with(&change("x", "n")).starts_with("27000"));
        assert!(
            fails_with("select cs.change_password(jti, 'x', 'secret') from pg_temp.mine")
                .starts_with("22023")
        );
        run(&format!(
            "create temp table next on commit drop as {}",
            change("o", "n")
        ));
        for ended in ["jti", "other"] {
            let check = format!("select cs.check_session({ended}) from pg_temp.mine");
            assert!(fails_with(&check).starts_with("28000"), "{ended}");
        }
        run("select cs.check_session(now) from pg_temp.next");
        assert_eq!(
            number(
                "select count(*) from cs.users where encrypted_password like '%nn' and password_changed_at = now()"
            ),
            1
        );
        assert!(
            fails_with("select * from cs.session_person(gen_random_uuid())").starts_with("28000")
        );
    }

    #[pg_test]
    fn the_log_in_finds_active_people_regardless_of_case() {
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
