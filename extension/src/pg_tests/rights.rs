//! What depends on the account, and people who connect as their own database role.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    /// Cleo, a Contributor in tenant one, is the CSM of First.
    fn cleo() {
        run(WORLD);
        run("insert into cs.users (email) values ('cleo@one.test')");
        run(
            "insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Cleo', 'Contributor' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'one' and person.email = 'cleo@one.test'",
        );
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test')
             where name = 'First'",
        );
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, 30 from cs.accounts",
        );
    }

    #[pg_test]
    fn a_contributor_sees_own_accounts_and_what_hangs_on_them() {
        cleo();
        become_person("cleo@one.test");
        run("set local role cs_member");
        assert_eq!(lines("select name from cs.account_overview"), ["First"]);
        for table in [
            "health_scores",
            "journey_history",
            "arr_history",
            "playbook_executions",
            "webhook_queue",
        ] {
            let others = format!(
                "select count(*) from cs.{table} as hanging where not exists (
                    select from cs.accounts as account where account.id = hanging.account_id)"
            );
            assert_eq!(number(&others), 0, "{table}");
            assert!(
                number(&format!("select count(*) from cs.{table}")) > 0,
                "{table}"
            );
        }
    }

    #[pg_test]
    fn sharing_counts_at_once_and_so_does_its_end() {
        cleo();
        let ids = "(select id from cs.accounts where name = 'Second'), (select id from cs.users where email = 'cleo@one.test')";
        become_person("cleo@one.test");
        run("set local role cs_member");
        assert_eq!(number("select count(*) from cs.accounts"), 1);
        run("reset role");
        run(&format!("select cs.share_account({ids})"));
        run("set local role cs_member");
        assert_eq!(
            lines("select name from cs.accounts order by name"),
            ["First", "Second"]
        );
        run("reset role");
        run(&format!("select cs.unshare_account({ids})"));
        run("set local role cs_member");
        assert_eq!(lines("select name from cs.accounts"), ["First"]);
    }

    #[pg_test]
    fn a_contributor_moves_own_accounts_and_edits_none() {
        cleo();
        become_person("cleo@one.test");
        run("set local role cs_member");
        run("update cs.accounts set current_stage = 'Adoption'");
        assert!(
            fails_with("update cs.accounts set name = 'Mine'")
                .starts_with("42501 your role may not edit or share accounts")
        );
        assert!(
            fails_with("update cs.accounts set current_stage = 'Renewal', status = 'Paused'")
                .starts_with("42501")
        );
        assert!(
            fails_with("insert into cs.accounts (name, current_stage) values ('New', 'Adoption')")
                .starts_with("42501")
        );
        assert!(
            fails_with("select cs.share_account(id, cs.current_user_id()) from cs.accounts")
                .starts_with("42501 your role may not edit or share")
        );
        run("reset role");
        assert_eq!(
            lines("select name || ' ' || current_stage from cs.accounts order by name"),
            ["First Adoption", "Other Onboarding", "Second Onboarding"]
        );
    }

    #[pg_test]
    fn what_one_cannot_see_is_as_if_it_did_not_exist() {
        cleo();
        run("create temp table ids on commit drop as select
                (select id from cs.accounts where name = 'Second') as unseen,
                (select id from cs.accounts where name = 'Other') as foreign_one,
                gen_random_uuid() as unknown;
             grant select on ids to cs_member");
        become_person("cleo@one.test");
        run("set local role cs_member");
        for id in ["unseen", "foreign_one", "unknown"] {
            let call =
                format!("select cs.share_account({id}, cs.current_user_id()) from pg_temp.ids");
            assert_eq!(fails_with(&call), "P0002 no such account", "{id}");
        }
    }

    #[pg_test]
    fn a_linked_database_role_is_its_person() {
        run(WORLD);
        run("create role cs_test_analyst");
        assert!(
            fails_with("select cs.link_database_role('cs_test_analyst', 'ada@one.test')")
                .starts_with("22023")
        );
        run("alter role cs_test_analyst rename to test_analyst");
        run("select cs.link_database_role('test_analyst', 'ben@two.test')");
        run("set local session authorization test_analyst");
        assert_eq!(
            text("select cs.current_member_role()").as_deref(),
            Some("Viewer")
        );
        assert_eq!(lines("select name from cs.account_overview"), ["Other"]);
        assert!(fails_with("set app.current_user_id = ''").starts_with("42501"));
        assert!(
            fails_with("select cs.link_database_role('test_analyst', 'ada@one.test')")
                .starts_with("42501")
        );
        run("reset session authorization");
        run("select cs.link_database_role('test_analyst', 'ada@one.test')");
        run("set local session authorization test_analyst");
        assert_eq!(
            lines("select name from cs.account_overview order by 1"),
            ["First", "Second"]
        );
        run("reset session authorization");
        run("select cs.unlink_database_role('test_analyst')");
        run("set local session authorization test_analyst");
        assert!(fails_with("select name from cs.account_overview").starts_with("42501"));
    }

    #[pg_test]
    fn a_viewer_for_a_tool_is_one_call() {
        run(WORLD);
        run("create role \"Test Tool\"; create role test_mighty superuser");
        for _ in 0..2 {
            run("select cs.link_viewer('Test Tool', 'one')");
        }
        assert_eq!(
            lines(
                "select concat_ws(' ', email, role, is_active) from cs.members where full_name = 'Test Tool'"
            ),
            ["_54_est_20__54_ool@one.invalid Viewer t"]
        );
        run("set local session authorization \"Test Tool\"");
        assert_eq!(
            lines("select name from cs.account_overview order by 1"),
            ["First", "Second"]
        );
        assert_eq!(text("select cs.tenant_time_zone()").as_deref(), Some("UTC"));
        assert!(fails_with("select cs.link_viewer('Test Tool', 'one')").starts_with("42501"));
        run("reset session authorization");
        for (role, slug, complaint) in [
            ("'test_nobody'", "'one'", "P0002 no such database role"),
            ("'Test Tool'", "'nowhere'", "P0002 no such active tenant"),
            ("'test_mighty'", "'one'", "22023"),
            ("null", "'one'", "22023"),
            ("'Test Tool'", "null", "22023"),
        ] {
            let told = fails_with(&format!("select cs.link_viewer({role}, {slug})"));
            assert!(told.starts_with(complaint), "{role} {slug}: {told}");
        }
    }

    #[pg_test]
    fn no_view_gives_an_enum() {
        // Tools for analysts filter text by what people type: an enum refuses a pattern, and a label it does not know.
        let enums = lines(
            "select view.relname || '.' || attribute.attname
             from pg_class as view
             join pg_attribute as attribute on attribute.attrelid = view.oid and attribute.attnum > 0
             join pg_type as type on type.oid = attribute.atttypid and type.typtype = 'e'
             where view.relnamespace = 'cs'::regnamespace and view.relkind = 'v'",
        );
        assert!(enums.is_empty(), "{enums:?}");
    }

    #[pg_test]
    fn every_column_of_every_view_says_what_it_means() {
        assert_eq!(
            lines(
                "select format('%s.%s', it.relname, attribute.attname)
                 from pg_class as it
                 join pg_attribute as attribute on attribute.attrelid = it.oid and attribute.attnum > 0
                 where it.relnamespace = 'cs'::regnamespace and it.relkind = 'v'
                    and attribute.attname <> 'tenant_id'
                    and coalesce(col_description(it.oid, attribute.attnum), '') = ''
                 order by 1"
            ),
            Vec::<String>::new()
        );
    }

    #[pg_test]
    fn only_roles_that_row_security_narrows_can_be_linked() {
        run(WORLD);
        run(
            "create role test_mighty superuser; create role test_free bypassrls; create role test_kin in role cs_gateway",
        );
        for role in ["test_mighty", "test_free", "test_kin", "cs_worker"] {
            let complaint = fails_with(&format!(
                "select cs.link_database_role('{role}', 'ada@one.test')"
            ));
            assert!(
                complaint.starts_with("22023 the role"),
                "{role}: {complaint}"
            );
        }
        run("create role test_plain");
        for (role, email) in [
            ("test_nobody", "ada@one.test"),
            ("test_plain", "nobody@one.test"),
        ] {
            let complaint = fails_with(&format!(
                "select cs.link_database_role('{role}', '{email}')"
            ));
            assert!(complaint.starts_with("P0002"), "{role}: {complaint}");
        }
        assert!(fails_with("select cs.unlink_database_role('test_plain')").starts_with("P0002"));
    }

    #[pg_test]
    fn a_person_of_two_tenants_is_linked_to_a_named_one() {
        run(WORLD);
        run(
            "insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Ada', 'Viewer' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'two' and person.email = 'ada@one.test'",
        );
        run("create role test_plain");
        assert!(
            fails_with("select cs.link_database_role('test_plain', 'ada@one.test')")
                .starts_with("22023 this person belongs to several tenants")
        );
        run("select cs.link_database_role('test_plain', 'ada@one.test', 'two')");
        run("set local session authorization test_plain");
        assert_eq!(lines("select name from cs.accounts"), ["Other"]);
    }

    #[pg_test]
    fn the_self_test_tries_everything_and_leaves_nothing() {
        run(WORLD);
        let before = text("select string_agg(slug, ',' order by slug) from cs.tenants");
        run("create temp table tried on commit drop as select * from cs.isolation_selftest()");
        assert_eq!(
            lines(
                "select concat_ws(' | ', caller, object, action, happened) from pg_temp.tried where not ok"
            ),
            Vec::<String>::new()
        );
        assert_eq!(
            text("select string_agg(slug, ',' order by slug) from cs.tenants"),
            before
        );
        let untried = "select relname from pg_class where relnamespace = 'cs'::regnamespace and relkind in ('r', 'v')
            and relname not in (select object from pg_temp.tried)";
        assert_eq!(lines(untried), Vec::<String>::new());
        assert_eq!(
            number("select count(distinct caller) from pg_temp.tried"),
            4
        );
    }

    #[pg_test]
    fn the_self_test_notices_a_hole() {
        run(WORLD);
        run(
            "drop policy fence on cs.accounts; create policy hole on cs.accounts for select to public using (true)",
        );
        assert!(
            number(
                "select count(*) from cs.isolation_selftest() where not ok and object = 'accounts'"
            ) > 0
        );
    }
}
