//! What people did with an account: who may log, change and complete what, and when an account was last in touch.

#[pgrx::pg_schema]
pub(super) mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    /// Tenant one with everyone: Ada (Tenant Admin), Paul (Practitioner), Cleo (Contributor, CSM of First), Vera (Viewer);
    /// and ids that a member may read although their rows may be hidden.
    pub fn staff() {
        run(WORLD);
        run(
            "insert into cs.users (email) values ('paul@one.test'), ('cleo@one.test'), ('vera@one.test')",
        );
        run("insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, it.name, it.role::cs.member_role
             from (values ('paul', 'Paul', 'Practitioner'), ('cleo', 'Cleo', 'Contributor'), ('vera', 'Vera', 'Viewer'))
                as it (slug, name, role)
             join cs.users as person on person.email = it.slug || '@one.test'
             join cs.tenants as tenant on tenant.slug = 'one'");
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test') where name = 'First'",
        );
        run(
            "create temp table ids on commit drop as select name, id from cs.accounts union all select email, id from cs.users union all select slug, id from cs.tenants",
        );
        run("grant select on ids to cs_member");
    }

    /// From now on a member.
    pub fn act_as(email: &str) {
        run("reset role");
        become_person(email);
        run("set local role cs_member");
    }

    /// The id of an account or person, whoever calls.
    pub fn id(name: &str) -> String {
        format!("(select id from pg_temp.ids where name = '{name}')")
    }

    fn log(account: &str, rest: &str) -> String {
        format!("select cs.log_activity({}, {rest})", id(account))
    }

    #[pg_test]
    fn who_may_log_depends_on_role_and_account() {
        staff();
        for email in ["ada@one.test", "paul@one.test", "cleo@one.test"] {
            act_as(email);
            assert_eq!(
                fails_with(&log("First", "'call', 'Hello'")),
                "nothing",
                "{email}"
            );
            assert_eq!(
                fails_with(&log("Other", "'call', 'Hello'")),
                "P0002 no such account",
                "{email}"
            );
        }
        assert_eq!(
            fails_with(&log("Second", "'call', 'Hello'")),
            "P0002 no such account"
        );
        assert_eq!(
            fails_with("select cs.log_activity(null, 'call', 'x')"),
            "P0002 no such account"
        );
        assert!(
            fails_with("insert into cs.activities (account_id, kind, body) select id, 'call', 'x' from pg_temp.ids where name = 'Second'")
                .starts_with("42501")
        );
        act_as("vera@one.test");
        assert_eq!(
            fails_with(&log("First", "'call', 'Hello'")),
            "42501 your role may not log activities"
        );
        assert_eq!(number("select count(*) from cs.activities"), 3);
        act_as("ben@two.test");
        assert_eq!(number("select count(*) from cs.activities"), 0);
        run("reset role");
        assert_eq!(
            lines(
                "select person.full_name || ' ' || it.kind from cs.activities as it
                   join cs.profiles as person on person.user_id = it.created_by order by 1"
            ),
            ["Ada call", "Cleo call", "Paul call"]
        );
    }

    #[pg_test]
    fn what_is_logged_is_checked() {
        staff();
        act_as("paul@one.test");
        for (rest, expected) in [
            (
                "'visit', 'x'",
                "22023 there is no kind of activity \"visit\"",
            ),
            ("null, 'x'", "22023 kind must be given"),
            (
                "'call', ' '",
                "22023 an activity needs a body of at most 20000 characters",
            ),
            (
                "'call', repeat('x', 20001)",
                "22023 an activity needs a body of at most 20000 characters",
            ),
            (
                "'call', 'x', now() + interval '1 hour'",
                "22023 at must be in the past",
            ),
            ("'task', 'x', 'infinity'", "22023 at must be in the past"),
            (
                "'task', 'x', null, gen_random_uuid()",
                "P0002 no such member",
            ),
        ] {
            assert_eq!(fails_with(&log("First", rest)), expected, "{rest}");
        }
        assert_eq!(
            fails_with(&log(
                "First",
                &format!("'note', 'x', null, {}", id("cleo@one.test"))
            )),
            "22023 only a task has assigned_to, but this activity is of kind note"
        );
        assert_eq!(
            fails_with(&log(
                "First",
                &format!("'task', 'x', null, {}", id("ben@two.test"))
            )),
            "P0002 no such member"
        );
        run(&log(
            "First",
            "'call', 'in a moment', now() + interval '1 minute'",
        ));
        run(&log(
            "First",
            &format!(
                "'task', 'later', now() + interval '9 days', {}",
                id("cleo@one.test")
            ),
        ));
        assert_eq!(
            lines("select kind from cs.activities order by 1"),
            ["call", "task"]
        );
    }

    #[pg_test]
    fn an_author_may_change_an_activity_for_15_minutes_and_an_admin_always() {
        staff();
        act_as("cleo@one.test");
        run(&log("First", "'call', 'Helo'"));
        let update = |patch: &str| {
            format!("select cs.update_activity((select id from cs.activities), '{patch}')")
        };
        run(&update(
            r#"{"body": "Hello", "at": "2020-02-01T10:00:00+02:00"}"#,
        ));
        assert_eq!(
            text("select body || ' ' || (at at time zone 'UTC') from cs.activities").as_deref(),
            Some("Hello 2020-02-01 08:00:00")
        );
        for (patch, expected) in [
            (r#"{"at": "soon"}"#, "22023 at is not a valid time"),
            (r#"{"body": null}"#, "22023 body must be a string"),
            (r#"{"color": 1}"#, "22023 patch has no key \"color\""),
            (
                r#"{"id": "x"}"#,
                "22023 the id of an activity never changes",
            ),
            ("[]", "22023 patch must be an object"),
            (r#"{"assigned_to": "x"}"#, "P0002 no such member"),
        ] {
            assert_eq!(fails_with(&update(patch)), expected, "{patch}");
        }
        assert_eq!(
            fails_with("select cs.update_activity(gen_random_uuid(), '{}')"),
            "P0002 no such activity"
        );
        act_as("paul@one.test");
        assert_eq!(
            fails_with(&update(r#"{"body": "mine"}"#)),
            "42501 only its author or a Tenant Admin may change an activity"
        );
        assert!(
            fails_with("update cs.activities set body = 'mine'")
                .starts_with("42501 only its author")
        );
        act_as("vera@one.test");
        assert!(fails_with(&update(r#"{"body": "mine"}"#)).starts_with("42501 your role may not"));
        run("reset role");
        run("alter table cs.activities disable trigger t10_check");
        run("update cs.activities set created_at = now() - interval '16 minutes'");
        run("alter table cs.activities enable trigger t10_check");
        act_as("cleo@one.test");
        assert!(fails_with(&update(r#"{"body": "late"}"#)).starts_with("42501 15 minutes after"));
        act_as("ada@one.test");
        run(&update(r#"{"body": "by Ada"}"#));
        assert_eq!(
            lines(
                "select before ->> 'body' || ' > ' || (after ->> 'body') from cs.audit_log where table_name = 'activities' and after ? 'body' order by at"
            ),
            ["Helo > Hello", "Hello > by Ada"]
        );
    }

    #[pg_test]
    fn a_task_is_completed_by_anyone_who_may_log() {
        staff();
        act_as("paul@one.test");
        run(&log(
            "First",
            "'task', 'Send the quote', now() + interval '3 days'",
        ));
        run(&log("Second", "'task', 'Hidden'"));
        run(&log("First", "'call', 'Hello'"));
        run("reset role");
        run("insert into ids select body, id from cs.activities");
        let complete = |body: &str| format!("select cs.complete_task({})", id(body));
        act_as("vera@one.test");
        assert!(fails_with(&complete("Send the quote")).starts_with("42501"));
        act_as("ben@two.test");
        assert_eq!(
            fails_with(&complete("Send the quote")),
            "P0002 no such activity"
        );
        act_as("cleo@one.test");
        assert_eq!(fails_with(&complete("Hidden")), "P0002 no such activity");
        assert_eq!(
            fails_with(&complete("Hello")),
            "22023 only a task can be completed, but this activity is of kind call"
        );
        run(&complete("Send the quote"));
        let done = text("select done_at::text from cs.activities where done_at is not null");
        run(&complete("Send the quote"));
        assert_eq!(
            text("select done_at::text from cs.activities where done_at is not null"),
            done
        );
        assert!(
            fails_with("update cs.activities set done_at = null where done_at is not null")
                .starts_with("42501")
        );
    }

    #[pg_test]
    fn the_last_touch_is_the_last_that_happened() {
        staff();
        let touch = "select name || ' ' || coalesce((last_touch_at at time zone 'UTC')::text, '-') from cs.account_overview
                     where name <> 'Other' order by name";
        assert_eq!(lines(touch), ["First -", "Second -"]);
        run(&log("First", "'note', 'old', '2026-01-01'"));
        run(&log("First", "'email', 'newer', '2026-02-01'"));
        run(&log("First", "'task', 'open and overdue', '2026-03-01'"));
        assert_eq!(lines(touch), ["First 2026-02-01 00:00:00", "Second -"]);
        run("update cs.activities set done_at = '2026-03-05' where kind = 'task'");
        assert_eq!(lines(touch), ["First 2026-03-05 00:00:00", "Second -"]);
        run(&log(
            "Second",
            "'task', 'to come', now() + interval '1 day'",
        ));
        assert_eq!(lines(touch)[1], "Second -");
    }

    #[pg_test]
    fn an_account_that_was_never_touched_counts_from_when_it_was_made() {
        staff();
        run(
            "update cs.accounts set created_at = now() - interval '12 days' where name in ('First', 'Second')",
        );
        run("update cs.accounts set created_at = now() - interval '2 days' where name = 'Other'");
        run(&log("First", "'call', 'Hello', now() - interval '5 days'"));
        run(&log("Second", "'task', 'never done'"));
        let met = |condition: &str| {
            let criteria = format!(r#"{{"field": "days_since_touch", {condition}}}"#);
            let found = lines(&format!(
                "select name from cs.accounts where id in (select cs.matching_accounts('{criteria}')) order by name"
            ));
            // Evaluated account by account, too.
            let explained = lines(&format!(
                "select name from cs.accounts
                 where (select it.holds from cs.explain_criteria(accounts.id, '{criteria}') as it limit 1) order by name"
            ));
            assert_eq!(explained, found, "{criteria}");
            found
        };
        assert_eq!(met(r#""op": "eq", "value": 5"#), ["First"]);
        assert_eq!(met(r#""op": "eq", "value": 12"#), ["Second"]);
        assert_eq!(met(r#""op": "gt", "value": 2"#), ["First", "Second"]);
        assert_eq!(met(r#""op": "lte", "value": 5"#), ["First", "Other"]);
        assert!(met(r#""op": "is_not_set""#).is_empty());
        let sorted = "select string_agg(it ->> 'name', ' ' order by place)
            from jsonb_array_elements(cs.search_accounts(sort => 'days_since_touch.desc') -> 'rows')
            with ordinality as rows (it, place)";
        assert_eq!(text(sorted).as_deref(), Some("Second First Other"));
    }
}
