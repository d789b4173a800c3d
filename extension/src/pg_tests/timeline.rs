//! What happened with an account: every source, who sees which, a family page by page, the history of fields and stages.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::{act_as, id, staff};
    use crate::pg_tests::hierarchy::family;
    use crate::pg_tests::{fails_with, lines, number, run};
    use pgrx::prelude::*;

    /// First has a bit of everything.
    fn eventful() {
        staff();
        act_as("ada@one.test");
        run(&format!(
            "select cs.log_activity({}, 'meeting', 'Kick-off')",
            id("First")
        ));
        run(&format!(
            "select cs.log_activity({}, 'task', 'Send minutes')",
            id("First")
        ));
        run("select cs.complete_task(id) from cs.activities where kind = 'task'");
        run("insert into cs.stage_milestones (tenant_id, stage_id, title, is_required)
             select tenant_id, id, 'Signed', false from cs.journey_stages where name = 'Onboarding'");
        run(&format!(
            "select cs.complete_milestone({}, milestone.id, 'not needed') from cs.stage_milestones as milestone",
            id("First")
        ));
        run(&format!(
            "select cs.move_account_stage({}, 'Adoption', note => 'went well')",
            id("First")
        ));
        for score in [90, 88, 30, 35] {
            run(&format!(
                "insert into cs.health_scores (account_id, overall_score) values ({}, {score})",
                id("First")
            ));
        }
        run(&format!(
            "select cs.set_health_override({}, 60, 'new contact')",
            id("First")
        ));
        run(&format!(
            "select cs.set_health_override({}, null)",
            id("First")
        ));
        for attributes in [
            r#"{"arr": 1000}"#,
            r#"{"arr": 1250.50, "industry": "Steel"}"#,
            r#"{"industry": "Iron"}"#,
        ] {
            run(&format!(
                "update cs.accounts set crm_attributes = '{attributes}' where id = {}",
                id("First")
            ));
        }
    }

    fn of_first(kinds: &str) -> Vec<String> {
        lines(&format!(
            "select kind || ': ' || title || coalesce(' (' || body || ')', '') || coalesce(' by ' || actor_name, '')
             from cs.family_timeline({}, kinds => {kinds}) order by at, event_key",
            id("First")
        ))
    }

    #[pg_test]
    fn every_source_adds_its_events() {
        eventful();
        assert_eq!(
            of_first(
                "array['call', 'meeting', 'note', 'task', 'stage', 'milestone', 'health', 'override']"
            ),
            [
                // Set at the moment its transaction began, which here is the test's.
                "override: Score set to 60 (new contact) by Ada",
                "stage: Started in Onboarding",
                "meeting: Meeting (Kick-off) by Ada",
                "task: Task done (Send minutes) by Ada",
                "milestone: Milestone waived: Signed (not needed) by Ada",
                "stage: Moved from Onboarding to Adoption (went well) by Ada",
                "health: First score: Healthy",
                "health: Health went from Healthy to Critical",
                "health: Health went from Critical to At Risk",
                "override: Score no longer set by hand by Ada",
            ]
        );
        assert_eq!(
            of_first("array['arr', 'field']"),
            [
                "field: Changed csm_id",
                "arr: ARR went from 0 to 1000",
                "arr: ARR went from 1000 to 1250.50",
                "field: Changed industry by Ada",
                "arr: ARR went from 1250.50 to 0",
                "field: Changed industry by Ada",
            ]
        );
        assert_eq!(
            of_first("array['playbook']"),
            [
                "playbook: Playbook ran: Move",
                "playbook: Playbook ran: Drop"
            ]
        );
        // One view, one function: the same events.
        let differ = format!(
            "select count(*) from (
                (select * from cs.account_timeline where account_id = {0} except all select * from cs.family_timeline({0}, page_size => 200))
                union all
                (select * from cs.family_timeline({0}, page_size => 200) except all select * from cs.account_timeline where account_id = {0})
             ) as differing",
            id("First")
        );
        assert_eq!(number(&differ), 0);
        assert_eq!(
            number("select count(*) - count(distinct event_key) from cs.account_timeline"),
            0
        );
    }

    #[pg_test]
    fn everyone_sees_what_the_sources_show_them() {
        eventful();
        let all = number("select count(*) from cs.account_timeline where account_name = 'First'");
        let others =
            number("select count(*) from cs.account_timeline where account_name = 'Second'");
        assert!(all > 15 && others > 0, "{all} {others}");
        act_as("cleo@one.test");
        assert_eq!(number("select count(*) from cs.account_timeline"), all);
        act_as("vera@one.test");
        assert_eq!(
            number("select count(*) from cs.account_timeline where kind = 'playbook'"),
            0
        );
        assert_eq!(
            number("select count(*) from cs.account_timeline where account_name = 'First'"),
            all - 2
        );
        act_as("ben@two.test");
        assert_eq!(
            lines("select distinct account_name from cs.account_timeline"),
            ["Other"]
        );
        for call in [
            "family_timeline",
            "field_history",
            "journey_steps",
            "account_changes",
            "account_360",
        ] {
            let call = format!("select * from cs.{call}({})", id("First"));
            assert_eq!(fails_with(&call), "P0002 no such account", "{call}");
        }
        let foreign = format!(
            "select count(*) from cs.account_events({}, {}, array['stage', 'health', 'meeting'], null, null, 9)",
            id("one"),
            id("First")
        );
        assert_eq!(number(&foreign), 0);
    }

    #[pg_test]
    fn a_family_is_covered_as_far_as_it_is_seen() {
        staff();
        family("A AB BC CD AE");
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test') where name in ('A', 'B', 'D')",
        );
        run("insert into ids select name, id from cs.accounts where length(name) = 1");
        run(
            "insert into cs.activities (tenant_id, account_id, kind, body)
             select tenant_id, id, 'note', name from cs.accounts where length(name) = 1",
        );
        let timeline_of = |account: &str, scope: &str| {
            lines(&format!(
                "select body from cs.family_timeline({}, '{scope}', array['note']) order by body",
                id(account)
            ))
            .concat()
        };
        for (email, account, scopes) in [
            ("ada@one.test", "B", ["B", "AB", "BCD", "ABCDE"]),
            ("cleo@one.test", "B", ["B", "AB", "BD", "ABD"]),
            ("cleo@one.test", "D", ["D", "ABD", "D", "ABD"]),
            ("paul@one.test", "E", ["E", "AE", "E", "ABCDE"]),
        ] {
            act_as(email);
            let seen =
                ["account", "parents", "children", "all"].map(|scope| timeline_of(account, scope));
            assert_eq!(seen, scopes, "{email} {account}");
        }
        assert_eq!(
            fails_with(&format!(
                "select * from cs.family_timeline({}, 'cousins')",
                id("E")
            )),
            "22023 there is no scope \"cousins\""
        );
        act_as("cleo@one.test");
        assert_eq!(
            fails_with(&format!(
                "select * from cs.family_timeline({}, 'all')",
                id("C")
            )),
            "P0002 no such account"
        );
    }

    #[pg_test]
    fn pages_skip_and_repeat_nothing_of_one_moment() {
        eventful();
        run("reset role");
        family("F FG");
        run(
            "update cs.accounts set parent_id = (select id from cs.accounts where name = 'First') where name = 'F'",
        );
        run("alter table cs.activities disable trigger t10_check");
        run("insert into cs.activities (tenant_id, account_id, kind, body, at)
             select account.tenant_id, account.id, 'note', 'at once', '2026-01-01'
             from cs.accounts as account cross join generate_series(1, 9) where account.name in ('First', 'G')");
        // One moment for the events of other tables, too.
        run("update cs.journey_history set entered_at = '2026-01-01' where exited_at is null");
        run("insert into cs.account_milestones (tenant_id, account_id, milestone_id, completed_at)
             select account.tenant_id, account.id, milestone.id, '2026-01-01'
             from cs.accounts as account cross join cs.stage_milestones as milestone where account.name in ('F', 'G')");
        run("update cs.arr_history set valid_from = '2026-01-01'");
        run("alter table cs.audit_log disable trigger t10_refuse");
        run("update cs.audit_log set at = '2026-01-01' where table_name = 'accounts'");
        act_as("ada@one.test");
        let whole = format!(
            "select event_key from cs.family_timeline({}, 'all', page_size => 200)",
            id("First")
        );
        let whole = lines(&whole);
        assert!(whole.len() > 35, "{}", whole.len());
        for size in [1, 4, 7] {
            let pages = format!(
                "with recursive page as (
                    select 1 as number, (
                        select jsonb_agg(jsonb_build_object('at', at, 'key', event_key) order by at desc, event_key collate \"C\" desc)
                        from cs.family_timeline({0}, 'all', page_size => {size})
                    ) as events
                    union all
                    select page.number + 1, (
                        select jsonb_agg(jsonb_build_object('at', at, 'key', event_key) order by at desc, event_key collate \"C\" desc)
                        from cs.family_timeline(
                            {0}, 'all', page_size => {size}, before => (page.events -> -1 ->> 'at')::timestamptz,
                            before_key => page.events -> -1 ->> 'key'
                        )
                    )
                    from page where jsonb_array_length(page.events) = {size}
                 )
                 select event ->> 'key' from page cross join lateral jsonb_array_elements(page.events) with ordinality as it (event, place)
                 order by page.number, it.place",
                id("First")
            );
            assert_eq!(lines(&pages), whole, "{size}");
        }
        let before = format!(
            "select count(*) from cs.family_timeline({}, 'all', before => '2026-01-01', page_size => 200)",
            id("First")
        );
        assert_eq!(number(&before), 0);
    }

    #[pg_test]
    fn fields_have_a_history_for_anyone_who_sees_the_account() {
        eventful();
        run(&format!(
            "update cs.accounts set name = 'First!', status = 'Paused' where id = {}",
            id("First")
        ));
        for email in ["vera@one.test", "cleo@one.test"] {
            act_as(email);
            assert_eq!(number("select count(*) from cs.audit_log"), 0);
            let history = format!(
                "select concat_ws(' ', field_name, coalesce(old::text, '-'), '>', coalesce(new::text, '-'), actor_name)
                 from cs.field_history({}) where field_name <> 'csm_id'",
                id("First")
            );
            assert_eq!(
                lines(&history),
                [
                    "name \"First\" > \"First!\" Ada",
                    "status \"Active\" > \"Paused\" Ada",
                    "crm_attributes.arr 1250.50 > - Ada",
                    "crm_attributes.industry \"Steel\" > \"Iron\" Ada",
                    "crm_attributes.arr 1000 > 1250.50 Ada",
                    "crm_attributes.industry - > \"Steel\" Ada",
                    "crm_attributes.arr - > 1000 Ada",
                ],
                "{email}"
            );
        }
        assert_eq!(
            lines(&format!(
                "select new::text from cs.field_history({}, 'status')",
                id("First")
            )),
            ["\"Paused\""]
        );
    }

    #[pg_test]
    fn the_way_through_the_stages() {
        staff();
        for stage in ["Adoption", "At Risk", "Adoption"] {
            run(&format!(
                "update cs.accounts set current_stage = '{stage}' where id = {}",
                id("First")
            ));
        }
        run("update cs.journey_history as stay set entered_at = it.since, exited_at = it.until,
                duration_days = case when it.until is null then null else 0 end
             from (select id, now() - (5 - row_number() over way) * interval '720 hours' as since,
                    case when exited_at is null then null else now() - (4 - row_number() over way) * interval '720 hours' end as until
                   from cs.journey_history where account_id = (select id from cs.accounts where name = 'First')
                   window way as (order by entered_at)) as it
             where it.id = stay.id");
        act_as("cleo@one.test");
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', stage, entered, days, coalesce(target_days::text, '-'), coalesce(state, '-'), is_current)
                 from cs.journey_steps({})",
                id("First")
            )),
            [
                "Onboarding 1 30.0 30 on_track f",
                "Adoption 2 60.0 60 on_track t",
                "Value Realization 0 0.0 90 - f",
                "Expansion 0 0.0 - - f",
                "Renewal 0 0.0 90 - f",
                "At Risk 1 30.0 - - f",
            ]
        );
    }
}
