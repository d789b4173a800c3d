//! Tests of natives that need a backend; each runs in a transaction that is rolled back.

#[pgrx::pg_schema]
mod tests {
    use pgrx::prelude::*;

    /// A tenant with an admin, an account and a playbook of each kind that posts to receiver.test.
    const WORLD: &str = include_str!("pg_tests/world.sql");

    fn run(statement: &str) {
        Spi::run(statement).unwrap();
    }

    fn text(query: &str) -> Option<String> {
        Spi::connect_mut(|client| {
            client
                .update(query, Some(1), &[])
                .unwrap()
                .first()
                .get_one::<String>()
                .unwrap()
        })
    }

    fn number(query: &str) -> i64 {
        Spi::get_one::<i64>(query).unwrap().unwrap()
    }

    fn lines(query: &str) -> Vec<String> {
        text(&format!(
            "select coalesce(string_agg(line, E'\\n'), '') from ({query}) as lines (line)"
        ))
        .map(|all| all.lines().map(str::to_owned).collect())
        .unwrap_or_default()
    }

    fn become_person(email: &str) {
        run(&format!(
            "select set_config('app.current_user_id', (select id::text from cs.users where email = '{email}'), true)"
        ));
    }

    fn fails_with(statement: &str) -> String {
        let quoted = statement.replace('\'', "''");
        run("create or replace function pg_temp.complaint(statement text) returns text language plpgsql as
         $$ begin execute statement; return 'nothing'; exception when others then return sqlstate || ' ' || sqlerrm; end $$");
        text(&format!("select pg_temp.complaint('{quoted}')")).unwrap()
    }

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
    fn stages_leave_a_gapless_chain_and_a_rename_is_no_move() {
        run(WORLD);
        run("update cs.accounts set current_stage = 'Adoption' where name = 'First'");
        run("update cs.journey_stages set name = 'Adopting' where name = 'Adoption'");
        run("update cs.accounts set current_stage = 'Renewal' where name = 'First'");
        assert_eq!(
        lines(
            "select concat_ws(' ', coalesce(from_stage, '-'), to_stage, exited_at is null,
                entered_at is not distinct from lag(exited_at) over (order by entered_at, id))
             from cs.journey_history where account_id = (select id from cs.accounts where name = 'First')
             order by entered_at, id"
        ),
        ["- Onboarding f f", "Onboarding Adopting f t", "Adopting Renewal t t"]
    );
    }

    #[pg_test]
    fn one_score_is_current_and_an_older_one_is_history() {
        run(WORLD);
        let score = |value: i32, at: &str| {
            run(&format!(
            "insert into cs.health_scores (tenant_id, account_id, overall_score, is_current, created_at)
             select tenant_id, id, {value}, false, {at} from cs.accounts where name = 'First'"
        ));
        };
        score(90, "null");
        score(60, "null");
        score(10, "now() - interval '1 day'");
        assert_eq!(
        lines(
            "select concat_ws(' ', overall_score, coalesce(previous_score::text, '-'), risk_level, is_current)
             from cs.health_scores order by created_at"
        ),
        ["10 - Critical f", "90 - Healthy f", "60 90 At Risk t"]
    );
        assert_eq!(
            number(
                "select count(*) from cs.playbook_executions where event ->> 'kind' = 'health_drop'"
            ),
            0
        );
    }

    #[pg_test]
    fn a_drop_fires_once_and_then_cools_down() {
        run(WORLD);
        for value in [72, 38, 33, 60, 20] {
            run(&format!(
                "insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, {value} from cs.accounts where name = 'First'"
            ));
        }
        assert_eq!(
        lines(
            "select concat_ws(' ', result, event ->> 'previous_score', event ->> 'score', webhook_id is not null)
             from cs.playbook_executions where event ->> 'kind' = 'health_drop' order by executed_at, id"
        ),
        ["fired 72 38 t", "cooldown 60 20 f"]
    );
        assert_eq!(
            lines(
                "select host from cs.webhook_queue where payload ->> 'event_type' = 'health_drop'"
            ),
            ["receiver.test:443"]
        );
    }

    #[pg_test]
    fn one_statement_is_matched_as_a_whole_and_keeps_the_daily_cap() {
        run(WORLD);
        run("update cs.playbooks set max_executions_per_day = 1");
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score) select tenant_id, id, 10 from cs.accounts",
        );
        assert_eq!(
        lines(
            "select concat_ws(' ', tenant.slug, execution.result)
             from cs.playbook_executions as execution join cs.tenants as tenant on tenant.id = execution.tenant_id
             where execution.event ->> 'kind' = 'health_drop' order by 1"
        ),
        ["one daily_cap", "one fired"]
    );
    }

    #[pg_test]
    fn gates_hold_paused_accounts_and_uncertain_scores() {
        run(WORLD);
        run("update cs.accounts set status = 'Paused' where name = 'First'");
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score, confidence)
         select tenant_id, id, 10, 'low' from cs.accounts",
        );
        assert_eq!(
            lines(
                "select result from cs.playbook_executions where event ->> 'kind' = 'health_drop' order by result"
            ),
            ["low_confidence", "paused"]
        );
        assert_eq!(
            number(
                "select count(*) from cs.webhook_queue where payload ->> 'event_type' = 'health_drop'"
            ),
            0
        );
    }

    #[pg_test]
    fn a_playbook_stores_its_stage_by_id_and_follows_a_rename() {
        run(WORLD);
        run("insert into cs.playbooks (tenant_id, name, trigger_criteria, webhook_url)
         select id, 'Renewals', '{\"event\": {\"kind\": \"stage_enter\", \"stage\": \"renewal\"}}', 'https://receiver.test/'
         from cs.tenants where slug = 'one'");
        run("update cs.journey_stages set name = 'Renewing' where name = 'Renewal'");
        run("update cs.accounts set current_stage = 'Renewing' where name = 'First'");
        assert_eq!(
        lines(
            "select execution.result from cs.playbook_executions as execution
             join cs.playbooks as playbook on playbook.id = execution.playbook_id where playbook.name = 'Renewals'"
        ),
        ["fired"]
    );
    }

    #[pg_test]
    fn bad_input_is_refused_in_the_readers_words() {
        run(WORLD);
        for (statement, expected) in [
            (
                "update cs.accounts set current_stage = 'Nowhere'",
                "22023 there is no stage \"Nowhere\"",
            ),
            (
                "update cs.accounts set crm_attributes = '{\"arr\": \"a lot\"}'",
                "22023 crm_attributes.arr must be a number from 0, not \"a lot\"",
            ),
            (
                "update cs.journey_stages set color_hex = 'red'",
                "22023 \"red\" is no colour",
            ),
            (
                "insert into cs.health_scores (tenant_id, account_id, overall_score) select tenant_id, id, 101 from cs.accounts",
                "22023 overall_score must be from 0 to 100, not 101",
            ),
            (
                "update cs.tenants set settings = '{\"colour\": 1}'",
                "22023 there is no setting \"colour\"",
            ),
            (
                "update cs.playbooks set webhook_url = 'ftp://receiver.test/'",
                "22023 a webhook is sent by http or https, not by ftp",
            ),
            (
                "select cs.risk_level(101)",
                "22023 score must be from 0 to 100, not 101",
            ),
            (
                "select cs.check_session(gen_random_uuid())",
                "28000 the session has ended",
            ),
        ] {
            assert_eq!(fails_with(statement), expected, "{statement}");
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

    #[pg_test]
    fn installing_twice_changes_nothing() {
        let state = "select string_agg(file || hash || applied_at, ',' order by file) from cs.schema_versions";
        let before = text(state);
        run("select cs.install()");
        assert_eq!(text(state), before);
    }

    #[pg_test]
    fn every_native_function_is_described_and_none_is_publics() {
        let natives = "from pg_proc as native join pg_depend as member on member.objid = native.oid and member.deptype = 'e'
                   where native.pronamespace = 'cs'::regnamespace";
        assert_eq!(
            lines(&format!(
                "select native.oid::regprocedure::text {natives} and obj_description(native.oid) is null"
            )),
            Vec::<String>::new()
        );
        assert_eq!(
            lines(&format!(
                "select native.oid::regprocedure::text {natives} and has_function_privilege('public', native.oid, 'execute')"
            )),
            Vec::<String>::new()
        );
    }
}
