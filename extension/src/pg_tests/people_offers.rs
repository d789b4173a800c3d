//! Database roles offered to a tenant: its administrators link them, nobody else's, and no more than was offered.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{
        WORLD, become_person, fails_with, hire_colleagues, lines, number, run, text,
    };
    use pgrx::prelude::*;

    fn world() {
        run(WORLD);
        hire_colleagues();
        run("create role test_analyst; select cs.offer_database_role('test_analyst', 'one')");
    }

    fn linking(email: &str, role: &str) -> String {
        format!(
            "select cs.link_analyst((select id from cs.users where email = '{email}'), '{role}')"
        )
    }

    /// As the gateway calls.
    fn told_to(caller: &str, call: &str) -> String {
        become_person(caller);
        run("set local role cs_member");
        let told = fails_with(call);
        run("reset role");
        told
    }

    fn offers(caller: &str) -> Vec<String> {
        become_person(caller);
        run("set local role cs_member");
        let seen = lines(
            "select concat_ws(' ', role_name, offered_at = now(), linked_email) from cs.database_role_offers",
        );
        run("reset role");
        seen
    }

    #[pg_test]
    fn an_admin_links_what_was_offered_and_ends_it() {
        world();
        run("set local session authorization test_analyst");
        assert_eq!(number("select count(*) from cs.accounts"), 0);
        run("reset session authorization");
        assert_eq!(offers("ada@one.test"), ["test_analyst t"]);
        assert_eq!(
            told_to("ada@one.test", &linking("vera@one.test", "test_analyst")),
            "nothing"
        );
        assert_eq!(offers("ada@one.test"), ["test_analyst t vera@one.test"]);
        run("set local app.current_user_id = ''");
        run("set local session authorization test_analyst");
        assert_eq!(
            text("select cs.current_member_role()").as_deref(),
            Some("Viewer")
        );
        assert_eq!(
            lines("select name from cs.account_overview order by 1"),
            ["First", "Second"]
        );
        run("reset session authorization");
        assert_eq!(
            told_to("ada@one.test", &linking("paul@one.test", "test_analyst")),
            "nothing"
        );
        assert_eq!(offers("ada@one.test"), ["test_analyst t paul@one.test"]);
        assert_eq!(
            told_to("ada@one.test", "select cs.unlink_analyst('test_analyst')"),
            "nothing"
        );
        assert_eq!(offers("ada@one.test"), ["test_analyst t"]);
        assert_eq!(
            told_to("ada@one.test", "select cs.unlink_analyst('test_analyst')"),
            "P0002 no such linked database role"
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', log.action, actor.email) from cs.audit_log as log
                 join cs.users as actor on actor.id = log.actor_id
                 where log.table_name = 'database_logins' order by log.at"
            ),
            [
                "insert ada@one.test",
                "delete ada@one.test",
                "insert ada@one.test",
                "delete ada@one.test"
            ]
        );
    }

    #[pg_test]
    fn an_offer_is_one_tenants_and_its_admins() {
        world();
        run(
            "insert into cs.users (email) values ('tess@two.test');
             insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Tess', 'Tenant Admin' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'two' and person.email = 'tess@two.test'; create role test_other",
        );
        for (caller, email, role, refused) in [
            (
                "tess@two.test",
                "ben@two.test",
                "test_analyst",
                "P0002 no such offered",
            ),
            (
                "ada@one.test",
                "vera@one.test",
                "test_other",
                "P0002 no such offered",
            ),
            (
                "ada@one.test",
                "ben@two.test",
                "test_analyst",
                "P0002 no such member",
            ),
            (
                "paul@one.test",
                "vera@one.test",
                "test_analyst",
                "42501 your role may not",
            ),
        ] {
            let told = told_to(caller, &linking(email, role));
            assert!(told.starts_with(refused), "{caller} {email}: {told}");
        }
        assert_eq!(offers("tess@two.test"), Vec::<String>::new());
        assert_eq!(offers("paul@one.test"), Vec::<String>::new());
        for call in [
            "select cs.offer_database_role('test_other', 'one')",
            "select cs.withdraw_database_role_offer('test_analyst')",
        ] {
            let told = told_to("ada@one.test", call);
            assert!(told.starts_with("42501"), "{told}");
        }
        for call in [
            "select cs.offer_database_role('test_analyst', 'two')",
            "select cs.link_database_role('test_analyst', 'ben@two.test')",
        ] {
            assert!(fails_with(call).starts_with("23505 the role"), "{call}");
        }
        // What a DBA has linked, a DBA ends.
        run("select cs.link_database_role('test_other', 'vera@one.test')");
        assert_eq!(
            told_to("ada@one.test", "select cs.unlink_analyst('test_other')"),
            "P0002 no such linked database role"
        );
        assert!(
            fails_with("select cs.offer_database_role('test_other', 'two')").starts_with("23505")
        );
    }

    #[pg_test]
    fn only_what_could_be_linked_is_offered_or_stays_of_use() {
        world();
        run("create role test_mighty superuser");
        for (role, slug, refused) in [
            ("'test_mighty'", "'one'", "22023 the role"),
            ("'test_nobody'", "'one'", "P0002 no such database role"),
            ("'test_analyst'", "'nowhere'", "P0002 no such active tenant"),
            ("null", "'one'", "22023"),
        ] {
            let told = fails_with(&format!("select cs.offer_database_role({role}, {slug})"));
            assert!(told.starts_with(refused), "{role} {slug}: {told}");
        }
        run("select cs.offer_database_role('test_analyst', 'one')");
        run("alter role test_analyst bypassrls");
        let told = told_to("ada@one.test", &linking("vera@one.test", "test_analyst"));
        assert!(told.starts_with("22023 the role"), "{told}");
    }

    #[pg_test]
    fn what_is_withdrawn_is_over_at_once() {
        world();
        told_to("ada@one.test", &linking("vera@one.test", "test_analyst"));
        // A DBA ends the link alone: the offer stays.
        run("select cs.unlink_database_role('test_analyst')");
        assert_eq!(offers("ada@one.test"), ["test_analyst t"]);
        told_to("ada@one.test", &linking("vera@one.test", "test_analyst"));
        run("select cs.withdraw_database_role_offer('test_analyst')");
        assert_eq!(offers("ada@one.test"), Vec::<String>::new());
        assert_eq!(number("select count(*) from cs.database_logins"), 0);
        run("set local session authorization test_analyst");
        assert!(fails_with("select name from cs.account_overview").starts_with("42501"));
        run("reset session authorization");
        assert_eq!(
            fails_with("select cs.withdraw_database_role_offer('test_analyst')"),
            "P0002 no such offered database role"
        );
    }
}
