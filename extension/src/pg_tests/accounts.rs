//! Changes of accounts: one by one, by external id, in bulk, by import; rights, refusals, and what they leave behind.

use super::{WORLD, become_person, run, text};

/// Tenant one has, beside its admin Ada, a person of each role: Cleo (Contributor, CSM of First), Pia (Practitioner), Vic (Viewer).
pub fn staffed_world() {
    run(WORLD);
    run(
        "insert into cs.users (email) values ('cleo@one.test'), ('pia@one.test'), ('vic@one.test');
         insert into cs.profiles (tenant_id, user_id, full_name, role)
         select tenant.id, person.id, who.name, who.role::cs.member_role
         from (values ('cleo', 'Cleo', 'Contributor'), ('pia', 'Pia', 'Practitioner'), ('vic', 'Vic', 'Viewer'))
            as who (nick, name, role)
         join cs.users as person on person.email = who.nick || '@one.test'
         join cs.tenants as tenant on tenant.slug = 'one';
         update cs.accounts set external_id = left(name, 1) || '-1';
         update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test') where name = 'First';
         create temp table ids on commit drop as
            select name, id from cs.accounts
            union all select 'nobody', gen_random_uuid()
            union all select 'ben', id from cs.users where email = 'ben@two.test'
            union all select 'pia', id from cs.users where email = 'pia@one.test';
         grant select on ids to cs_member",
    );
}

/// Calls as this person from here on, under row security.
pub fn call_as(nick: &str) {
    run("reset role");
    become_person(&format!("{nick}@one.test"));
    run("set local role cs_member");
}

/// The id remembered under a name.
pub fn id(name: &str) -> String {
    format!("(select id from pg_temp.ids where name = '{name}')")
}

/// SQLSTATE and detail that a statement fails with, or `nothing`.
pub fn detail_of(statement: &str) -> String {
    run(&format!(
        "do $do$ declare told text; begin
            perform set_config('test.complaint', 'nothing', true);
            execute $statement${statement}$statement$;
         exception when others then
            get stacked diagnostics told = pg_exception_detail;
            perform set_config('test.complaint', sqlstate || ' ' || told, true);
         end $do$"
    ));
    text("select current_setting('test.complaint')").unwrap()
}

/// All that a change of accounts may leave behind, to be compared. Ends with the superuser as caller.
pub fn traces() -> Option<String> {
    run("reset role");
    text(
        "select md5(concat(
            (select string_agg(to_jsonb(it)::text, ',' order by it.id) from cs.accounts as it),
            (select count(*) from cs.journey_history), (select count(*) from cs.audit_log),
            (select count(*) from cs.webhook_queue), (select count(*) from cs.playbook_executions),
            (select count(*) from cs.health_dirty), (select count(*) from cs.contacts)
         ))",
    )
}

#[pgrx::pg_schema]
mod tests {
    use super::{call_as, detail_of, id, staffed_world, traces};
    use crate::pg_tests::{fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    fn update(account: &str, patch: &str) -> String {
        format!("select cs.update_account({}, '{patch}')", id(account))
    }

    fn bulk(change: &str, dry_run: bool) -> String {
        format!("select cs.bulk_update_accounts('{{\"all\": []}}', '{change}', {dry_run})::text")
    }

    fn import(rows: &str, options: &str) -> String {
        format!("select cs.import_accounts('{rows}'{options})::text")
    }

    fn milestone() {
        run("insert into cs.stage_milestones (tenant_id, stage_id, title)
             select tenant_id, id, 'Kick-off' from cs.journey_stages
             where name = 'Onboarding' and tenant_id = (select id from cs.tenants where slug = 'one');
             insert into cs.account_milestones (tenant_id, account_id, milestone_id)
             select account.tenant_id, account.id, milestone.id
             from cs.accounts as account join cs.stage_milestones as milestone using (tenant_id)
             where account.name = 'First'");
    }

    #[pg_test]
    fn a_patch_changes_what_it_names_and_answers_with_the_account() {
        staffed_world();
        call_as("pia");
        run(&update(
            "First",
            r#"{"crm_attributes": {"arr": 12345678901234567890.10, "plan": {"tier": "a", "seats": 3}}}"#,
        ));
        let patch = r#"{"name": "Erste", "csm_id": null, "status": "Paused", "current_stage": "Adoption",
            "crm_attributes": {"plan": {"tier": null}, "industry": "Steel"}}"#;
        let answer = format!(
            "select concat_ws(' ', it ->> 'name', it ->> 'external_id', it ->> 'csm_id', it ->> 'status', it ->> 'current_stage',
                it ->> 'industry', it ->> 'version')
             from cs.update_account({}, '{patch}') as it",
            id("First")
        );
        assert_eq!(
            text(&answer).as_deref(),
            Some("Erste F-1 Paused Adoption Steel 5")
        );
        assert_eq!(
            lines("select crm_attributes::text from cs.accounts where name = 'Erste'"),
            [r#"{"arr": 12345678901234567890.10, "plan": {"seats": 3}, "industry": "Steel"}"#],
            "every digit is kept"
        );
        run(&update(
            "First",
            r#"{"external_id": null, "crm_attributes": null}"#,
        ));
        assert_eq!(
            lines(
                "select concat_ws(' ', name, external_id, crm_attributes) from cs.accounts where name = 'Erste'"
            ),
            ["Erste {}"]
        );
    }

    #[pg_test]
    fn nothing_changed_is_nothing_written() {
        staffed_world();
        call_as("pia");
        run(&update(
            "First",
            r#"{"crm_attributes": {"arr": 10, "a": {"b": 1}}}"#,
        ));
        let before = traces();
        for patch in [
            "{}",
            r#"{"name": "First", "csm_id": "CLEO@one.test", "status": "Active", "current_stage": "Onboarding", "parent_id": null}"#,
            r#"{"crm_attributes": {"arr": 10.00, "a": {"b": 1, "c": null}, "z": null}}"#,
            r#"{"crm_attributes": {}, "external_id": "F-1"}"#,
        ] {
            call_as("pia");
            run(&update("First", patch));
            assert_eq!(traces(), before, "{patch}");
        }
    }

    #[pg_test]
    fn a_csm_is_an_active_member_by_id_or_address() {
        staffed_world();
        call_as("ada");
        run(&update("First", r#"{"csm_id": "pia@ONE.test"}"#));
        assert_eq!(
            text("select csm_name from cs.account_overview where name = 'First'").as_deref(),
            Some("Pia")
        );
        run(&format!(
            "select cs.update_account({}, jsonb_build_object('csm_id', {}))",
            id("Second"),
            id("pia")
        ));
        for stranger in ["ben", "nobody"] {
            let call = format!(
                "select cs.update_account({}, jsonb_build_object('csm_id', {}))",
                id("First"),
                id(stranger)
            );
            assert_eq!(
                fails_with(&call),
                "22023 csm_id is no active member of this tenant",
                "{stranger}"
            );
            assert_eq!(detail_of(&call), r#"22023 {"field":"csm_id"}"#);
        }
        for (given, told) in [
            ("ben@two.test", "csm_id is no active member of this tenant"),
            (
                "Pia",
                "csm_id must be the id or e-mail address of a member, or null",
            ),
        ] {
            let call = update("First", &format!(r#"{{"csm_id": "{given}"}}"#));
            assert_eq!(fails_with(&call), format!("22023 {told}"));
        }
        run("reset role; update cs.profiles set is_active = false where full_name = 'Cleo'");
        call_as("ada");
        assert!(
            fails_with(&update("First", r#"{"csm_id": "cleo@one.test"}"#)).starts_with("22023")
        );
    }

    #[pg_test]
    fn who_saw_an_older_version_is_told_both_values() {
        staffed_world();
        run(
            "update cs.accounts set crm_attributes = '{\"arr\": 1, \"seats\": 5, \"plan\": \"a\"}' where name = 'First'",
        );
        call_as("pia");
        let version = number("select version::bigint from cs.accounts where name = 'First'");
        run(&update(
            "First",
            r#"{"name": "Erste", "status": "Paused", "crm_attributes": {"arr": 2}}"#,
        ));
        let late = format!(
            r#"select cs.update_account({}, '{{"name": "Uno", "status": "Paused", "external_id": "U",
                "crm_attributes": {{"arr": 3, "seats": 5, "plan": null, "new": [1]}}}}', {version})"#,
            id("First")
        );
        let before = traces();
        call_as("pia");
        assert_eq!(
            fails_with(&late),
            "27000 this account has changed since you saw it"
        );
        let expected = serde_json::json!({
            "current": {
                "version": version + 1, "name": "Erste", "external_id": "F-1",
                "crm_attributes": { "arr": 2, "plan": "a", "new": null }
            },
            "yours": { "name": "Uno", "external_id": "U", "crm_attributes": { "arr": 3, "plan": null, "new": [1] } }
        });
        let detail = detail_of(&late);
        let detail: serde_json::Value =
            serde_json::from_str(detail.strip_prefix("27000 ").unwrap()).unwrap();
        assert_eq!(detail, expected);
        call_as("ada");
        let told = fails_with(&late);
        assert!(
            told.starts_with("27000 Pia has changed this account at 20"),
            "{told}"
        );
        assert_eq!(traces(), before);
        call_as("pia");
        run(&late.replace(&format!(", {version})"), &format!(", {})", version + 1)));
        assert_eq!(
            number("select count(*) from cs.accounts where name = 'Uno' and external_id = 'U'"),
            1
        );
    }

    #[pg_test]
    fn each_role_may_what_it_may() {
        staffed_world();
        let before = traces();
        let (edit, go) = (r#"{"name": "X"}"#, r#"{"current_stage": "Adoption"}"#);
        for (nick, account, patch, expected) in [
            (
                "vic",
                "First",
                edit,
                "42501 your role may not edit accounts",
            ),
            (
                "vic",
                "First",
                go,
                "42501 your role may not move accounts to another stage",
            ),
            (
                "cleo",
                "First",
                edit,
                "42501 your role may not edit accounts",
            ),
            (
                "cleo",
                "First",
                r#"{"current_stage": "Adoption", "status": "Paused"}"#,
                "42501 your role may not edit accounts",
            ),
            ("cleo", "Second", go, "P0002 no such account"),
            ("cleo", "Other", go, "P0002 no such account"),
            ("cleo", "nobody", go, "P0002 no such account"),
            ("pia", "Other", edit, "P0002 no such account"),
            ("pia", "nobody", edit, "P0002 no such account"),
        ] {
            call_as(nick);
            assert_eq!(
                fails_with(&update(account, patch)),
                expected,
                "{nick} {account} {patch}"
            );
        }
        for nick in ["vic", "cleo"] {
            call_as(nick);
            for call in [
                "select cs.upsert_account('F-1', '{\"name\": \"X\"}')",
                "select cs.upsert_account('new', '{\"name\": \"X\"}')",
                "select cs.import_accounts('[]')",
                "select cs.bulk_update_accounts('{\"all\": []}', '{\"name\": \"X\"}')",
            ] {
                assert!(
                    fails_with(call).starts_with("42501 your role may not"),
                    "{nick} {call}"
                );
            }
        }
        call_as("vic");
        assert!(fails_with(&bulk(go, true)).starts_with("42501"));
        assert_eq!(traces(), before);
        call_as("cleo");
        run(&update("First", go));
        call_as("pia");
        run(&update("First", edit));
    }

    #[pg_test]
    fn what_is_wrong_with_a_patch_is_said_of_its_field() {
        staffed_world();
        let before = traces();
        for (patch, field) in [
            (r#"{"nam": "X"}"#, "nam"),
            (r#"{"version": 3}"#, "version"),
            ("[]", "patch"),
            (
                r#"{"name": "X", "current_stage": "Nowhere"}"#,
                "current_stage",
            ),
            (
                r#"{"name": "X", "status": "Churned", "current_stage": "Adoption"}"#,
                "status",
            ),
            (
                r#"{"name": "X", "parent_id": "00000000-0000-7000-8000-000000000000"}"#,
                "parent_id",
            ),
        ] {
            call_as("pia");
            let call = update("First", patch);
            assert_eq!(
                detail_of(&call),
                format!("22023 {{\"field\":\"{field}\"}}"),
                "{patch}"
            );
        }
        call_as("pia");
        assert!(
            fails_with(&format!("select cs.update_account({}, null)", id("First")))
                .starts_with("22023")
        );
        assert_eq!(
            fails_with("select cs.update_account(null, '{}')"),
            "P0002 no such account"
        );
        assert_eq!(
            fails_with(&update("First", r#"{"external_id": "S-1"}"#)),
            "23505 the external_id \"S-1\" is another account's"
        );
        let foreign_parent = format!(
            "select cs.update_account({}, jsonb_build_object('parent_id', {}))",
            id("First"),
            id("Other")
        );
        assert_eq!(
            fails_with(&foreign_parent),
            "22023 there is no such parent account in this tenant"
        );
        // The same external id may stand in another tenant.
        assert_eq!(
            fails_with(&update(
                "First",
                r#"{"external_id": "F-1", "name": "First"}"#
            )),
            "nothing"
        );
        assert_eq!(traces(), before);
    }

    /// Values that no column could hold, as JSON, and the key each is given to.
    const NONSENSE: [(&str, &str); 11] = [
        ("arr", "-1"),
        ("arr", "-0.01"),
        ("arr", "\"12\""),
        ("arr", "\"NaN\""),
        ("arr", "true"),
        ("arr", "1e400"),
        ("contract_end_date", "\"2027-02-30\""),
        ("contract_end_date", "\"10000-01-01\""),
        ("contract_end_date", "\"0000-01-01\""),
        ("contract_end_date", "20270131"),
        ("seats", "1e400"),
    ];

    #[pg_test]
    fn nonsense_is_refused_at_every_door() {
        staffed_world();
        let before = traces();
        for (key, value) in NONSENSE {
            let patch = format!(r#"{{"name": "X", "crm_attributes": {{"{key}": {value}}}}}"#);
            let field = format!("crm_attributes.{key}");
            let expected = format!("22023 {{\"field\":\"{field}\"}}");
            call_as("pia");
            assert_eq!(detail_of(&update("First", &patch)), expected, "{value}");
            assert_eq!(
                detail_of(&format!("select cs.upsert_account('F-1', '{patch}')")),
                expected
            );
            assert_eq!(
                detail_of(&format!("select cs.upsert_account('new', '{patch}')")),
                expected
            );
            assert_eq!(detail_of(&bulk(&patch, false)), expected);
            assert_eq!(
                detail_of(&format!(
                    "update cs.accounts set crm_attributes = '{{\"{key}\": {value}}}'"
                )),
                expected
            );
            for external_id in ["F-1", "new"] {
                let rows = format!(
                    r#"[{{"external_id": "{external_id}", "name": "X", "crm_attributes": {{"{key}": {value}}}}}]"#
                );
                let told = detail_of(&import(&rows, ", false"));
                assert!(
                    told.contains(&format!("\"field\":\"{field}\",\"index\":0")),
                    "{told}"
                );
            }
            let told = fails_with(&update("First", &patch));
            assert!(
                told.starts_with(&format!("22023 crm_attributes.{key} ")) && told.len() < 220,
                "{told}"
            );
        }
        assert_eq!(traces(), before);
    }

    #[pg_test]
    fn odd_but_sound_values_are_kept() {
        staffed_world();
        call_as("pia");
        for (value, arr) in [
            ("-0", "0"),
            ("1e3", "1000"),
            ("-0.0", "0.0"),
            ("0.005", "0.005"),
            ("null", ""),
        ] {
            run(&update(
                "First",
                &format!(r#"{{"crm_attributes": {{"arr": {value}}}}}"#),
            ));
            assert_eq!(
                text("select coalesce(arr::text, '') from cs.accounts where name = 'First'")
                    .as_deref(),
                Some(arr),
                "{value}"
            );
        }
        run(&update(
            "First",
            r#"{"crm_attributes": {"contract_end_date": "9999-12-31"}}"#,
        ));
        run(&update(
            "First",
            r#"{"crm_attributes": {"contract_end_date": "0001-01-01"}}"#,
        ));
    }

    #[pg_test]
    fn an_upsert_makes_or_changes() {
        staffed_world();
        call_as("pia");
        let made = "select concat_ws(' ', it ->> 'name', it ->> 'external_id', it ->> 'current_stage', it ->> 'csm_name', it ->> 'arr', it ->> 'version')
            from cs.upsert_account('N-1', '{\"name\": \"New\", \"csm_id\": \"pia@one.test\", \"crm_attributes\": {\"arr\": 5, \"x\": null}}') as it";
        assert_eq!(text(made).as_deref(), Some("New N-1 Onboarding Pia 5 1"));
        let changed = "select concat_ws(' ', it ->> 'name', it ->> 'arr', it ->> 'version')
            from cs.upsert_account('N-1', '{\"external_id\": \"N-1\", \"crm_attributes\": {\"arr\": 6}}') as it";
        assert_eq!(text(changed).as_deref(), Some("New 6 2"));
        assert_eq!(
            lines(
                "select external_id || ' ' || crm_attributes from cs.accounts where external_id = 'N-1'"
            ),
            ["N-1 {\"arr\": 6}"]
        );
        // Tenant two has an O-1; here it is a new one.
        assert_eq!(
            fails_with("select cs.upsert_account('O-1', '{}')"),
            "22023 a new account needs a name"
        );
        run("select cs.upsert_account('O-1', '{\"name\": \"Ours\"}')");
        for (call, field) in [
            (
                "cs.upsert_account('N-2', '{\"crm_attributes\": {}}')",
                "name",
            ),
            (
                "cs.upsert_account('N-1', '{\"external_id\": \"N-2\"}')",
                "external_id",
            ),
            (
                "cs.upsert_account('N-1', '{\"external_id\": null}')",
                "external_id",
            ),
            ("cs.upsert_account('', '{\"name\": \"X\"}')", "external_id"),
            (
                "cs.upsert_account(null, '{\"name\": \"X\"}')",
                "external_id",
            ),
            ("cs.upsert_account('N-1', null)", "patch"),
        ] {
            assert_eq!(
                detail_of(&format!("select {call}")),
                format!("22023 {{\"field\":\"{field}\"}}"),
                "{call}"
            );
        }
        run("reset role");
        assert_eq!(
            lines("select name from cs.accounts where external_id = 'O-1' order by 1"),
            ["Other", "Ours"]
        );
    }

    #[pg_test]
    fn one_refusal_stops_no_other() {
        staffed_world();
        milestone();
        let before = traces();
        call_as("pia");
        let go = r#"{"current_stage": "Adoption", "crm_attributes": {"wave": 2}}"#;
        let expected = format!(
            r#"{{"changed": 1, "matched": 2, "refused": [{{"name": "Second", "reason": "before \"Adoption\" these milestones have to be done or waived: Kick-off", "account_id": "{}"}}]}}"#,
            text(&format!("select {}::text", id("Second"))).unwrap()
        );
        assert_eq!(text(&bulk(go, true)).as_deref(), Some(expected.as_str()));
        assert_eq!(traces(), before, "a dry run leaves nothing");
        call_as("pia");
        assert_eq!(text(&bulk(go, false)).as_deref(), Some(expected.as_str()));
        assert_eq!(
            lines(
                "select concat_ws(' ', name, current_stage, crm_attributes) from cs.accounts order by name"
            ),
            ["First Adoption {\"wave\": 2}", "Second Onboarding {}"]
        );
        run("reset role");
        assert_eq!(number("select count(*) from cs.webhook_queue"), 1);
        call_as("pia");
        let again = r#"{"crm_attributes": {"wave": 2}}"#;
        assert_eq!(
            text(&bulk(again, false)).as_deref(),
            Some(r#"{"changed": 1, "matched": 2, "refused": []}"#)
        );
    }

    #[pg_test]
    fn a_bulk_change_of_many_finds_the_few_that_are_refused() {
        staffed_world();
        run("insert into cs.accounts (tenant_id, name, parent_id)
             select account.tenant_id, 'Many ' || number, account.id
             from cs.accounts as account, generate_series(1, 300) as number where account.name = 'First'");
        call_as("pia");
        // First cannot stand below one of its own subsidiaries, nor that one below itself.
        let change =
            "select jsonb_build_object('changed', it -> 'changed', 'matched', it -> 'matched', 'names',
                (select jsonb_agg(refused ->> 'name' order by refused ->> 'name') from jsonb_array_elements(it -> 'refused') as refused))::text
             from (select cs.bulk_update_accounts('{\"all\": []}',
                jsonb_build_object('parent_id', (select id from cs.accounts where name = 'Many 77')), false)) as bulk (it)";
        assert_eq!(
            text(change).as_deref(),
            Some(r#"{"names": ["First", "Many 77"], "changed": 300, "matched": 302}"#)
        );
        assert_eq!(
            number("select count(*) from cs.accounts where hierarchy_level = 2"),
            300
        );
        run("reset role");
        assert_eq!(
            number("select count(*) from cs.accounts where hierarchy_path = ''"),
            0
        );
    }

    #[pg_test]
    fn a_bulk_change_says_which_accounts_are_meant() {
        staffed_world();
        let before = traces();
        call_as("pia");
        for (call, field) in [
            ("cs.bulk_update_accounts(null, '{}', false)", "criteria"),
            ("cs.bulk_update_accounts('null', '{}')", "criteria"),
            (
                "cs.bulk_update_accounts('{\"all\": []}', '{\"external_id\": \"X\"}', false)",
                "external_id",
            ),
            (
                "cs.bulk_update_accounts('{\"all\": []}', '{\"nam\": \"X\"}', false)",
                "nam",
            ),
            (
                "cs.bulk_update_accounts('{\"all\": []}', '{\"csm_id\": \"ben@two.test\"}', false)",
                "csm_id",
            ),
            (
                "cs.bulk_update_accounts('{\"all\": []}', null, false)",
                "change",
            ),
        ] {
            assert_eq!(
                detail_of(&format!("select {call}")),
                format!("22023 {{\"field\":\"{field}\"}}"),
                "{call}"
            );
        }
        run("select cs.bulk_update_accounts('{\"all\": []}', '{\"name\": \"X\"}', null)");
        assert_eq!(traces(), before, "null is the careful default");
        call_as("cleo");
        assert_eq!(
            text(&bulk(r#"{"current_stage": "Adoption"}"#, false)).as_deref(),
            Some(r#"{"changed": 1, "matched": 1, "refused": []}"#)
        );
    }

    const ROWS: &str = r#"[
        {"external_id": "C", "name": "Child", "parent_external_id": "P", "csm": "PIA@one.test", "crm_attributes": {"arr": 7.50}},
        {"external_id": "F-1", "parent_external_id": "C", "csm": null, "status": "Paused"},
        {"external_id": "P", "name": "Parent", "current_stage": "Adoption"},
        {"external_id": "S-1", "name": "Second"}
    ]"#;

    #[pg_test]
    fn an_import_makes_and_changes_parents_first() {
        staffed_world();
        let before = traces();
        call_as("pia");
        let expected = r#"{"updated": 1, "inserted": 2, "rejected": [], "unchanged": 1}"#;
        assert_eq!(text(&import(ROWS, "")).as_deref(), Some(expected));
        assert_eq!(traces(), before, "a dry run leaves nothing");
        call_as("pia");
        assert_eq!(text(&import(ROWS, ", false")).as_deref(), Some(expected));
        assert_eq!(
            lines(
                "select concat_ws(' ', name, parent_name, hierarchy_level, csm_name, status, current_stage, arr, version)
                 from cs.account_overview order by name"
            ),
            [
                "Child Parent 1 Pia Active Onboarding 7.50 1",
                "First Child 2 Paused Onboarding 4",
                "Parent 0 Active Adoption 1",
                "Second 0 Active Onboarding 2"
            ]
        );
        let before = traces();
        call_as("pia");
        assert_eq!(
            text(&import(ROWS, ", false")).as_deref(),
            Some(r#"{"updated": 0, "inserted": 0, "rejected": [], "unchanged": 4}"#)
        );
        assert_eq!(traces(), before, "the same again writes nothing");
    }

    const FAULTY: &str = r#"[
        {"external_id": "A", "name": "A", "parent_external_id": "B"},
        {"external_id": "B", "name": "B", "parent_external_id": "A"},
        {"external_id": "D", "name": "D", "parent_external_id": "O-1"},
        {"external_id": "E"},
        {"external_id": "F-1", "csm": "ben@two.test"},
        {"external_id": "G", "name": "G", "current_stage": "Nowhere"},
        {"external_id": "H", "name": "H", "parent_external_id": "G"},
        {"external_id": "I", "name": "I", "crm_attributes": {"colour": "red", "seats": 1}},
        {"external_id": "S-1", "current_stage": "Adoption"},
        {"external_id": "S-1", "name": "Twice"},
        {"external_id": "K", "name": "K"}
    ]"#;

    #[pg_test]
    fn an_import_tells_all_that_is_wrong_and_writes_nothing() {
        staffed_world();
        milestone();
        let before = traces();
        call_as("pia");
        let told = format!(
            "select concat_ws(' ', it ->> 'index', it ->> 'field') from jsonb_array_elements(
                cs.import_accounts('{FAULTY}') -> 'rejected') as it"
        );
        assert_eq!(
            lines(&told),
            [
                "0 parent_external_id",
                "1 parent_external_id",
                "2 parent_external_id",
                "3 name",
                "4 csm",
                "5 current_stage",
                "6 parent_external_id",
                "7 crm_attributes.colour",
                "8 rows",
                "9 external_id"
            ]
        );
        assert_eq!(
            fails_with(&import(FAULTY, ", false")),
            "22023 10 of 11 rows are faulty"
        );
        assert!(
            detail_of(&import(FAULTY, ", false"))
                .starts_with("22023 {\"rejected\":[{\"field\":\"parent_external_id\",\"index\":0")
        );
        assert_eq!(traces(), before);
        call_as("pia");
        let kept = text(&import(FAULTY, ", false, true, true")).unwrap();
        assert!(
            kept.starts_with(r#"{"updated": 0, "inserted": 2, "rejected": [{"#),
            "{kept}"
        );
        assert_eq!(
            lines("select name from cs.accounts where external_id is not null order by 1"),
            ["First", "I", "K", "Second"]
        );
        for rows in ["{}", "3", "null"] {
            assert_eq!(
                detail_of(&import(rows, "")),
                r#"22023 {"field":"rows"}"#,
                "{rows}"
            );
        }
    }
}
