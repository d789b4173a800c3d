//! Links for a forgotten password: who makes one for whom, how long it holds, and what it leaves.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{
        WORLD, become_person, fails_with, hint_of, hire_colleagues, lines, number, run, text,
    };
    use pgrx::prelude::*;

    const NEW_HASH: &str = "'$2b$12$' || repeat('b', 53)";
    const TOKEN: &str = "current_setting('test.token')";

    fn world() {
        run(WORLD);
        hire_colleagues();
    }

    fn person(email: &str) -> String {
        format!("(select id from cs.users where email = '{email}')")
    }

    fn making_for(email: &str) -> String {
        format!(
            "select set_config('test.token', cs.create_password_reset({}) ->> 'token', true)",
            person(email)
        )
    }

    /// As the gateway calls: what a superuser may does not count.
    fn ada_makes_for(email: &str) {
        become_person("ada@one.test");
        run("set local role cs_member");
        run(&making_for(email));
        run("reset role");
    }

    fn refusal_to(caller: &str, call: &str) -> String {
        become_person(caller);
        run("set local role cs_member");
        let told = fails_with(call);
        run("reset role");
        told
    }

    fn using() -> String {
        format!("select cs.reset_password({TOKEN}, {NEW_HASH})")
    }

    fn open_links() -> i64 {
        number(&format!(
            "select count(*) from cs.read_password_reset({TOKEN})"
        ))
    }

    #[pg_test]
    fn a_link_sets_the_password_once_and_ends_all_sessions() {
        world();
        let paul = person("paul@one.test");
        run(&format!(
            "create temp table session on commit drop as select cs.open_session({paul}, null, null) as jti"
        ));
        ada_makes_for("paul@one.test");
        assert!(
            text(&format!("select {TOKEN}"))
                .unwrap()
                .starts_with("csr_")
        );
        run("set local role cs_gateway");
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', email, full_name, expires_at = now() + interval '1 hour') from cs.read_password_reset({TOKEN})"
            )),
            ["paul@one.test Practitioner t"]
        );
        let not_hashed = format!("select cs.reset_password({TOKEN}, 'password123')");
        assert!(fails_with(&not_hashed).starts_with("22023 password_hash"));
        run(&using());
        assert_eq!(open_links(), 0);
        assert_eq!(fails_with(&using()), "P0002 no such open link");
        run("reset role");
        assert!(
            fails_with("select cs.check_session(jti) from pg_temp.session").starts_with("28000")
        );
        assert_eq!(
            text("select encrypted_password from cs.login_lookup('paul@one.test')"),
            text(&format!("select {NEW_HASH}"))
        );
    }

    #[pg_test]
    fn who_made_a_link_and_that_it_was_used_is_recorded_without_the_token() {
        world();
        ada_makes_for("paul@one.test");
        run("set local role cs_gateway");
        run("set local app.current_user_id = ''");
        run(&using());
        run("reset role");
        assert_eq!(
            lines(
                "select concat_ws(' ', log.action, coalesce(actor.email, 'nobody'), person.email, log.after ->> 'token_hash',
                        case when log.after ? 'used_at' then 'used' end)
                 from cs.audit_log as log
                 join cs.users as person on person.id = (log.row_key ->> 'user_id')::uuid
                 left join cs.users as actor on actor.id = log.actor_id
                 where log.table_name = 'password_resets' order by log.at"
            ),
            [
                "insert ada@one.test paul@one.test changed",
                "update nobody paul@one.test used"
            ]
        );
        for table in ["audit_log", "password_resets"] {
            assert_eq!(
                number(&format!(
                    "select count(*) from cs.{table} as it where strpos(to_jsonb(it)::text, {TOKEN}) > 0 or to_jsonb(it)::text ~ 'csr_'"
                )),
                0,
                "{table}"
            );
        }
    }

    #[pg_test]
    fn a_new_link_replaces_the_former_and_an_old_one_opens_nothing() {
        world();
        ada_makes_for("paul@one.test");
        run(&format!("select set_config('test.former', {TOKEN}, true)"));
        ada_makes_for("paul@one.test");
        assert_eq!(
            number("select count(*) from cs.read_password_reset(current_setting('test.former'))"),
            0
        );
        assert_eq!(open_links(), 1);
        assert_eq!(number("select count(*) from cs.password_resets"), 1);
        run("update cs.password_resets set expires_at = now()");
        assert_eq!(open_links(), 0);
        assert_eq!(fails_with(&using()), "P0002 no such open link");
        assert_eq!(
            fails_with(&format!("select cs.reset_password('csr_x', {NEW_HASH})")),
            "P0002 no such open link"
        );
    }

    #[pg_test]
    fn only_admins_make_links_and_only_for_their_own_colleagues() {
        world();
        run(
            "insert into cs.profiles (tenant_id, user_id, full_name, role, is_active)
             select tenant.id, person.id, 'Cleo of Two', 'Viewer', false
             from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'two' and person.email = 'cleo@one.test';
             update cs.profiles set is_active = false where full_name = 'Viewer'",
        );
        for (caller, email, refused) in [
            ("paul@one.test", "ada@one.test", "42501 your role may not"),
            ("ada@one.test", "ben@two.test", "P0002 no such member"),
            ("ada@one.test", "vera@one.test", "P0002 no such member"),
            ("ada@one.test", "nobody@one.test", "P0002 no such member"),
            (
                "ada@one.test",
                "cleo@one.test",
                "42501 this person belongs to another tenant too",
            ),
            (
                "ada@one.test",
                "ada@one.test",
                "42501 you cannot make a link",
            ),
        ] {
            let told = refusal_to(caller, &making_for(email));
            assert!(told.starts_with(refused), "{caller} {email}: {told}");
        }
        become_person("ada@one.test");
        run("set local role cs_member");
        assert!(hint_of(&making_for("cleo@one.test")).contains("Whoever runs the server"));
        run("reset role");
        // A superuser may, for people of several tenants and of none.
        run(&making_for("cleo@one.test"));
        assert_eq!(open_links(), 1);
        assert_eq!(
            lines("select coalesce(tenant_id::text, 'none') from cs.password_resets"),
            ["none"]
        );
        assert_eq!(
            fails_with("select cs.create_password_reset(gen_random_uuid())"),
            "P0002 no such person"
        );
        run(&using());
    }

    #[pg_test]
    fn a_link_does_not_outlive_the_right_it_was_made_by() {
        for change in [
            "update cs.users set is_active = false where email = 'paul@one.test'",
            "update cs.profiles set is_active = false where full_name = 'Practitioner'",
            "update cs.profiles set is_active = false where full_name = 'Ada'",
            "update cs.profiles set role = 'Viewer' where full_name = 'Ada'",
            "update cs.tenants set is_active = false where slug = 'one'",
            "insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Paul of Two', 'Viewer' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'two' and person.email = 'paul@one.test'",
        ] {
            if number("select count(*) from cs.users where email = 'paul@one.test'") == 0 {
                world();
            }
            ada_makes_for("paul@one.test");
            assert_eq!(open_links(), 1);
            run(&format!(
                "do $do$ begin {change};
                    assert (select count(*) = 0 from cs.read_password_reset({TOKEN})), 'still open';
                    begin perform cs.reset_password({TOKEN}, {NEW_HASH}); assert false, 'still usable';
                    exception when no_data_found then null; end;
                    raise exception 'undone';
                 exception when raise_exception then null; end $do$"
            ));
        }
    }

    #[pg_test]
    fn a_member_reads_neither_links_nor_for_whom_they_are() {
        world();
        ada_makes_for("paul@one.test");
        for call in [
            "select count(*) from cs.password_resets".to_owned(),
            format!("select count(*) from cs.read_password_reset({TOKEN})"),
            using(),
        ] {
            let told = refusal_to("ada@one.test", &call);
            assert!(told.starts_with("42501 permission denied"), "{told}");
        }
    }
}
