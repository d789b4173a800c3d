//! Signing up, inviting, roles, leaving, tokens, and what the audit log keeps of it.

#[pgrx::pg_schema]
mod tests {
    use crate::people::{FoundMember, find_members};
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::Uuid;
    use pgrx::prelude::*;

    const HASH: &str = "'$2b$12$' || repeat('a', 53)";

    fn ada() {
        run(WORLD);
        become_person("ada@one.test");
    }

    fn invite(address: &str, role: &str) {
        run(&format!(
            "select set_config('test.token', cs.invite_member('{address}', '{role}') ->> 'token', true)"
        ));
    }

    #[pg_test]
    fn a_member_is_found_by_full_name_too_but_counts_as_named_exactly_only_by_id_or_address() {
        ada();
        run("set local role cs_member");
        let id = |query: &str| Spi::get_one::<Uuid>(query).unwrap().unwrap();
        let (user, tenant) = (
            id("select cs.current_user_id()"),
            id("select cs.current_tenant_id()"),
        );
        let by_id = user.to_string().to_uppercase();
        let given = ["ADA@one.test", &by_id, "aDA", "ben@two.test", "Nobody"];
        let found = find_members(tenant, &given).unwrap();
        let exact = FoundMember::Exact {
            id: user,
            is_active: true,
        };
        assert_eq!(found.get("ADA@one.test"), Some(exact));
        assert_eq!(found.get(&by_id), Some(exact));
        assert_eq!(found.get("aDA"), Some(FoundMember::ByName { id: user }));
        let active = given.map(|it| found.active(it));
        assert_eq!(active, [Some(user), Some(user), None, None, None]);
        assert_eq!(
            (found.get("ben@two.test"), found.get("Nobody")),
            (None, None)
        );
    }

    #[pg_test]
    fn signing_up_makes_a_tenant_of_its_own_and_never_joins_one() {
        run(WORLD);
        run(&format!(
            "select cs.create_tenant('three', 'Three', 'Tess@three.test', 'Tess', {HASH})"
        ));
        become_person("tess@three.test");
        assert_eq!(
            text("select cs.current_member_role()").as_deref(),
            Some("Tenant Admin")
        );
        assert_eq!(
            number(
                "select count(*) from cs.journey_stages where tenant_id = cs.current_tenant_id()"
            ),
            7
        );
        for (arguments, refused) in [
            (
                format!("'one', 'X', 'x@x.test', 'X', {HASH}"),
                "23505 the short name",
            ),
            (
                format!("'four', 'X', 'ADA@one.test', 'X', {HASH}"),
                "23505 this e-mail",
            ),
            (
                format!("'Fo ur', 'X', 'x@x.test', 'X', {HASH}"),
                "22023 \"Fo ur\"",
            ),
            (
                format!("'four', ' ', 'x@x.test', 'X', {HASH}"),
                "22023 name",
            ),
            (
                "'four', 'X', 'x@x.test', 'X', 'password123'".to_owned(),
                "22023 password_hash must be a bcrypt hash",
            ),
        ] {
            let complaint = fails_with(&format!("select cs.create_tenant({arguments})"));
            assert!(complaint.starts_with(refused), "{arguments}: {complaint}");
        }
    }

    #[pg_test]
    fn a_short_name_is_free_until_somebody_has_it() {
        run(WORLD);
        run("set local role cs_gateway");
        assert_eq!(number("select cs.slug_is_free('one')::integer"), 0);
        assert_eq!(number("select cs.slug_is_free('four')::integer"), 1);
        assert!(fails_with("select cs.slug_is_free('Fo ur')").starts_with("22023"));
        // A sign-up that was refused has left nothing.
        let taken = format!("select cs.create_tenant('four', 'X', 'ada@one.test', 'X', {HASH})");
        assert!(fails_with(&taken).starts_with("23505 this e-mail"));
        assert_eq!(number("select cs.slug_is_free('four')::integer"), 1);
    }

    #[pg_test]
    fn an_invitation_is_taken_once_by_whom_it_is_for() {
        ada();
        invite("nora@one.test", "Contributor");
        let token = "current_setting('test.token')";
        assert_eq!(
            lines(&format!(
                "select email || ' ' || role || ' ' || tenant_name || ' ' || has_account from cs.read_invitation({token})"
            )),
            ["nora@one.test Contributor One false"]
        );
        assert_eq!(
            number("select count(*) from cs.invitations where token_hash like 'csi%'"),
            0
        );
        run(&format!(
            "select cs.accept_invitation({token}, 'Nora', {HASH})"
        ));
        assert!(
            fails_with(&format!(
                "select cs.accept_invitation({token}, 'Nora', {HASH})"
            ))
            .starts_with("P0002")
        );
        become_person("nora@one.test");
        assert_eq!(
            text("select cs.current_member_role()").as_deref(),
            Some("Contributor")
        );
    }

    #[pg_test]
    fn an_invitation_changes_no_existing_password() {
        ada();
        invite("ben@two.test", "Viewer");
        let token = "current_setting('test.token')";
        assert!(
            fails_with(&format!(
                "select cs.accept_invitation({token}, 'Ben', {HASH})"
            ))
            .starts_with("23505")
        );
        assert!(fails_with(&format!("select cs.join_tenant({token}, 'Ada')")).starts_with("42501"));
        become_person("ben@two.test");
        run(&format!("select cs.join_tenant({token}, 'Ben of One')"));
        assert_eq!(
            lines("select slug || ' ' || role from cs.my_tenants()"),
            ["one Viewer", "two Viewer"]
        );
        assert_eq!(text("select cs.current_tenant_id()::text"), None);
    }

    #[pg_test]
    fn a_tenant_keeps_its_last_admin() {
        ada();
        let ada = "(select id from cs.users where email = 'ada@one.test')";
        for call in [
            format!("cs.set_member_role({ada}, 'Viewer')"),
            format!("cs.deactivate_member({ada})"),
        ] {
            let complaint = fails_with(&format!("select {call}"));
            assert!(
                complaint.starts_with("22023 a tenant must keep at least one"),
                "{call}: {complaint}"
            );
        }
        invite("nora@one.test", "Tenant Admin");
        run(&format!(
            "select cs.accept_invitation(current_setting('test.token'), 'Nora', {HASH})"
        ));
        run(&format!("select cs.set_member_role({ada}, 'Viewer')"));
        assert!(fails_with("select cs.invite_member('x@x.test', 'Viewer')").starts_with("42501"));
    }

    #[pg_test]
    fn who_leaves_hands_over_and_is_gone_at_once() {
        ada();
        invite("nora@one.test", "Practitioner");
        run(&format!(
            "select cs.accept_invitation(current_setting('test.token'), 'Nora', {HASH})"
        ));
        let (ada, nora) = (
            "(select id from cs.users where email = 'ada@one.test')",
            "(select id from cs.users where email = 'nora@one.test')",
        );
        run(&format!(
            "update cs.accounts set csm_id = {nora} where name = 'First'"
        ));
        run(&format!(
            "create temp table session on commit drop as select cs.open_session({nora}, null, null) as jti"
        ));
        assert!(
            fails_with(&format!("select cs.deactivate_member({nora})"))
                .starts_with("22023 this person looks after 1")
        );
        assert_eq!(
            number(&format!("select cs.deactivate_member({nora}, {ada})")),
            1
        );
        assert_eq!(
            lines("select csm_name from cs.account_overview where name = 'First'"),
            ["Ada"]
        );
        assert!(
            fails_with("select cs.check_session(jti) from pg_temp.session").starts_with("28000")
        );
        become_person("nora@one.test");
        assert_eq!(text("select cs.current_tenant_id()::text"), None);
    }

    #[pg_test]
    fn people_of_another_tenant_are_as_if_they_did_not_exist() {
        ada();
        let ben = "(select id from cs.users where email = 'ben@two.test')";
        for call in [
            format!("cs.set_member_role({ben}, 'Viewer')"),
            format!("cs.deactivate_member({ben})"),
            "cs.set_member_role(gen_random_uuid(), 'Viewer')".to_owned(),
        ] {
            assert_eq!(
                fails_with(&format!("select {call}")),
                "P0002 no such member",
                "{call}"
            );
        }
        run("set local role cs_member");
        assert_eq!(
            lines("select full_name || ' ' || email || ' ' || accounts from cs.members"),
            ["Ada ada@one.test 0"]
        );
    }

    #[pg_test]
    fn a_token_holds_until_it_is_revoked() {
        ada();
        run("create temp table made on commit drop as select cs.create_api_token('n8n') as token");
        let hash = "encode(sha256((token ->> 'token')::bytea), 'hex')";
        let holder = format!("select count(*) from pg_temp.made, cs.check_token({hash}) as holder, cs.users as person
            where holder.user_id = person.id and person.email = 'ada@one.test'");
        assert_eq!(number(&holder), 1);
        assert!(
            fails_with("select cs.create_api_token('late', now() - interval '1 s')")
                .starts_with("22023")
        );
        run("select cs.revoke_api_token((token ->> 'id')::uuid) from pg_temp.made");
        assert!(fails_with(&holder).starts_with("28000"));
    }

    #[pg_test]
    fn a_tenant_changes_by_its_admin_alone() {
        ada();
        run(
            r#"select cs.update_tenant('{"name": "Uno", "settings": {"currency": "EUR", "time_zone": "Europe/Berlin"}}')"#,
        );
        run(r#"select cs.update_tenant('{"settings": {"time_zone": null}}')"#);
        assert_eq!(
            lines("select name || ' ' || settings from cs.tenants where slug = 'one'"),
            [r#"Uno {"currency": "EUR"}"#]
        );
        assert!(fails_with(r#"select cs.update_tenant('{"slug": "uno"}')"#).starts_with("22023"));
        become_person("ben@two.test");
        assert!(fails_with(r#"select cs.update_tenant('{"name": "Dos"}')"#).starts_with("42501"));
    }

    #[pg_test]
    fn the_audit_log_says_who_changed_what_without_secrets() {
        ada();
        run("set local role cs_member");
        run("update cs.accounts set name = 'Renamed' where name = 'First'");
        run(
            "update cs.playbooks set webhook_secret = 'whsec_' || encode(repeat('k', 24)::bytea, 'base64') where name = 'Drop'",
        );
        assert_eq!(
            lines(
                "select table_name || ' ' || (actor_id = cs.current_user_id()) || ' ' || before || ' ' || after
                 from cs.audit_log where action = 'update' order by at, id"
            ),
            [
                r#"accounts true {"name": "First"} {"name": "Renamed"}"#,
                r#"playbooks true {"webhook_secret": "changed"} {"webhook_secret": "changed"}"#
            ]
        );
        run("reset role");
        assert_eq!(
            number(
                "select count(*) from cs.audit_log where coalesce(before, '{}')::text || after::text ~ 'whsec_'"
            ),
            0
        );
        for statement in [
            "update cs.audit_log set at = now()",
            "delete from cs.audit_log",
            "truncate cs.audit_log",
        ] {
            assert_eq!(
                fails_with(statement),
                "42501 the audit log can only be added to",
                "{statement}"
            );
        }
    }
}
