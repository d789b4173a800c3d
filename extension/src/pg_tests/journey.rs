//! Moves between stages: history, milestones that hold, status and end stage together, editing of stages.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    const FIRST: &str = "(select id from cs.accounts where name = 'First')";

    fn go(stage: &str) {
        run(&format!(
            "update cs.accounts set current_stage = '{stage}' where name = 'First'"
        ));
    }

    fn milestone(stage: &str, title: &str) {
        run(&format!(
            "insert into cs.stage_milestones (tenant_id, stage_id, title)
             select tenant_id, id, '{title}' from cs.journey_stages as stage
             where name = '{stage}' and tenant_id = (select id from cs.tenants where slug = 'one')"
        ));
    }

    fn id_of(title: &str) -> String {
        format!("(select id from cs.stage_milestones where title = '{title}')")
    }

    fn stands() -> String {
        text("select current_stage || ' ' || status from cs.accounts where name = 'First'").unwrap()
    }

    /// SQLSTATE and the detail's JSON of a failing statement.
    fn detail_of(statement: &str) -> String {
        run(&format!(
            "do $do$ declare told text; begin
                execute $statement${statement}$statement$;
             exception when others then
                get stacked diagnostics told = pg_exception_detail;
                perform set_config('test.complaint', sqlstate || ' ' || told, true);
             end $do$"
        ));
        text("select current_setting('test.complaint')").unwrap()
    }

    #[pg_test]
    fn a_move_by_name_or_id_keeps_its_note_and_answers_with_the_account() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        let answer = format!(
            "select it ->> 'current_stage' from cs.move_account_stage({FIRST}, ' adoption ', 'ONBOARDING', 'went well') as it"
        );
        assert_eq!(text(&answer).as_deref(), Some("Adoption"));
        let by_id = format!(
            "select it ->> 'current_stage' from cs.move_account_stage({FIRST}, (select id::text from cs.journey_stages where name = 'Renewal')) as it"
        );
        assert_eq!(text(&by_id).as_deref(), Some("Renewal"));
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Renewal', note => 'again')"
        ));
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', to_stage, coalesce(notes, '-'), triggered_by = cs.current_user_id(), override_reason is null)
                 from cs.journey_history where account_id = {FIRST} order by entered_at, id"
            )),
            ["Onboarding - t", "Adoption went well t t", "Renewal - t t"]
        );
    }

    #[pg_test]
    fn a_note_of_a_failed_move_is_not_the_next_ones() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        let held = format!("select cs.move_account_stage({FIRST}, 'Adoption', note => 'lost')");
        assert!(fails_with(&held).starts_with("55000"));
        go("At Risk");
        assert_eq!(
            number("select count(*) from cs.journey_history where notes is not null"),
            0
        );
    }

    #[pg_test]
    fn who_saw_another_stage_is_told_who_moved_it() {
        run(WORLD);
        become_person("ada@one.test");
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption')"
        ));
        let late = format!("select cs.move_account_stage({FIRST}, 'Renewal', 'Onboarding')");
        assert_eq!(
            fails_with(&late),
            "27000 Ada has moved this account to \"Adoption\""
        );
        let detail = detail_of(&late);
        assert!(
            detail.starts_with("27000 {\"current\":{\"moved_at\":\"2")
                && detail.contains("\"moved_by\":\"Ada\"")
                && detail.contains("\"stage\":\"Adoption\""),
            "{detail}"
        );
        let unknown = format!("select cs.move_account_stage({FIRST}, 'Renewal', 'Nowhere')");
        assert!(fails_with(&unknown).starts_with("27000"));
    }

    #[pg_test]
    fn unknown_accounts_and_stages_are_said_to_be_none() {
        run(WORLD);
        become_person("ada@one.test");
        run("create temp table foreign_one on commit drop as select id from cs.accounts where name = 'Other';
             grant select on foreign_one to cs_member");
        run("set local role cs_member");
        for (call, expected) in [
            (
                format!("cs.move_account_stage({FIRST}, 'Nowhere')"),
                "P0002 no such stage",
            ),
            (
                format!("cs.move_account_stage({FIRST}, null)"),
                "P0002 no such stage",
            ),
            (
                "cs.move_account_stage(null, 'Adoption')".into(),
                "P0002 no such account",
            ),
            (
                "cs.move_account_stage((select id from pg_temp.foreign_one), 'Adoption')".into(),
                "P0002 no such account",
            ),
            (
                "cs.suggested_stage((select id from pg_temp.foreign_one))".into(),
                "P0002 no such account",
            ),
            (
                format!("cs.complete_milestone({FIRST}, cs.uuid_v7())"),
                "P0002 no such milestone",
            ),
            (
                "cs.save_milestones(cs.uuid_v7(), '[]')".into(),
                "P0002 no such stage",
            ),
            (
                "cs.delete_stage(cs.uuid_v7())".into(),
                "P0002 no such stage",
            ),
        ] {
            assert_eq!(fails_with(&format!("select {call}")), expected, "{call}");
        }
    }

    #[pg_test]
    fn open_milestones_hold_a_move_forward_through_every_door() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        milestone("Onboarding", "Training");
        run("update cs.stage_milestones set is_required = false where title = 'Training'");
        let bare = "update cs.accounts set current_stage = 'Adoption' where name = 'First'";
        assert_eq!(
            fails_with(bare),
            "55000 before \"Adoption\" these milestones have to be done or waived: Kick-off"
        );
        let listed = text("select jsonb_build_object('open_milestones', jsonb_build_array(jsonb_build_object('id', id, 'title', title)))::text
             from cs.stage_milestones where title = 'Kick-off'").unwrap();
        assert_eq!(
            detail_of(bare).replace(' ', ""),
            format!("55000{}", listed.replace(' ', ""))
        );
        become_person("ada@one.test");
        run("set local role cs_member");
        assert!(fails_with(bare).starts_with("55000"));
        assert!(
            fails_with(&format!(
                "select cs.move_account_stage({FIRST}, 'Adoption')"
            ))
            .starts_with("55000")
        );
        run(&format!(
            "select cs.complete_milestone({FIRST}, {})",
            id_of("Kick-off")
        ));
        run(bare);
        assert_eq!(stands(), "Adoption Active");
    }

    #[pg_test]
    fn a_waiver_lets_through_and_is_kept_with_its_reason() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        become_person("ada@one.test");
        run("set local role cs_member");
        let blank =
            format!("select cs.move_account_stage({FIRST}, 'Adoption', waive_reason => ' ')");
        assert_eq!(fails_with(&blank), "22023 a waiver needs a reason");
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption', null, 'on we go', 'they know it all')"
        ));
        assert_eq!(
            lines(
                "select concat_ws(' ', state, reason, settled_by = cs.current_user_id()) from cs.account_milestones"
            ),
            ["waived they know it all t"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' | ', notes, override_reason) from cs.journey_history where to_stage = 'Adoption'"
            ),
            ["on we go | they know it all"]
        );
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Renewal', waive_reason => 'nothing to waive')"
        ));
        assert_eq!(
            number("select count(*) from cs.journey_history where override_reason is not null"),
            1
        );
    }

    #[pg_test]
    fn side_stages_and_steps_back_are_free_and_the_way_out_of_the_side_is_not() {
        run(WORLD);
        go("Adoption");
        milestone("Adoption", "Live");
        go("Onboarding");
        go("Adoption");
        go("At Risk");
        let forward = "update cs.accounts set current_stage = 'Renewal' where name = 'First'";
        assert!(fails_with(forward).starts_with("55000"));
        go("Adoption");
        go("At Risk");
        go("Onboarding");
        go("At Risk");
        // Back from Onboarding on, Adoption's milestones are not asked for.
        go("Renewal");
        assert_eq!(stands(), "Renewal Active");
    }

    #[pg_test]
    fn a_milestone_made_later_does_not_reopen_the_stage_left() {
        run(WORLD);
        go("At Risk");
        milestone("Onboarding", "Too late");
        go("Renewal");
        assert_eq!(stands(), "Renewal Active");
    }

    #[pg_test]
    fn without_a_main_stage_before_it_the_side_is_left_freely() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        run("insert into cs.accounts (tenant_id, name, current_stage)
             select tenant_id, 'Third', 'At Risk' from cs.accounts where name = 'First'");
        run("update cs.accounts set current_stage = 'Renewal' where name = 'Third'");
        assert_eq!(
            number("select count(*) from cs.accounts where current_stage = 'Renewal'"),
            1
        );
    }

    #[pg_test]
    fn status_and_end_stage_go_together_both_ways() {
        run(WORLD);
        go("Adoption");
        go("At Risk");
        go("Churned");
        assert_eq!(stands(), "Churned Churned");
        run("update cs.accounts set status = 'Paused' where name = 'First'");
        assert_eq!(stands(), "At Risk Paused");
        run("update cs.accounts set status = 'Churned' where name = 'First'");
        assert_eq!(stands(), "Churned Churned");
        go("Renewal");
        assert_eq!(stands(), "Renewal Active");
        run(
            "update cs.accounts set status = 'Churned', current_stage = 'Churned' where name = 'First'",
        );
        run(
            "update cs.accounts set status = 'Paused', current_stage = 'Adoption' where name = 'First'",
        );
        assert_eq!(stands(), "Adoption Paused");
        assert_eq!(
            number(&format!(
                "select count(*) from cs.journey_history where account_id = {FIRST} and exited_at is null"
            )),
            1
        );
    }

    #[pg_test]
    fn contradictions_are_refused() {
        run(WORLD);
        for change in [
            "status = 'Churned', current_stage = 'Adoption'",
            "status = 'Paused', current_stage = 'Churned'",
        ] {
            let statement = format!("update cs.accounts set {change} where name = 'First'");
            assert!(
                fails_with(&statement).starts_with("22023 status "),
                "{change}"
            );
        }
        let born = |status: &str, stage: &str| {
            fails_with(&format!(
                "insert into cs.accounts (tenant_id, name, status, current_stage)
                 select tenant_id, 'Third', '{status}', {stage} from cs.accounts where name = 'First'"
            ))
        };
        assert!(born("Paused", "'Churned'").starts_with("22023"));
        assert!(born("Churned", "'Adoption'").starts_with("22023"));
        assert_eq!(born("Churned", "null"), "nothing");
        assert_eq!(
            text("select current_stage from cs.accounts where name = 'Third'").as_deref(),
            Some("Churned")
        );
    }

    #[pg_test]
    fn without_an_end_stage_the_status_leaves_the_stage_and_back_is_the_first() {
        run(WORLD);
        run("insert into cs.accounts (tenant_id, name, current_stage)
             select tenant_id, 'Third', 'Churned' from cs.accounts where name = 'First'");
        run("update cs.accounts set status = 'Active' where name = 'Third'");
        assert_eq!(
            text("select current_stage || ' ' || status from cs.accounts where name = 'Third'")
                .as_deref(),
            Some("Onboarding Active")
        );
        run("update cs.journey_stages set is_end = false");
        run("update cs.accounts set status = 'Churned' where name = 'First'");
        assert_eq!(stands(), "Onboarding Churned");
        go("Adoption");
        assert_eq!(stands(), "Adoption Churned");
    }

    #[pg_test]
    fn rights_are_asked_for_what_the_caller_changed() {
        run(WORLD);
        run("insert into cs.users (email) values ('cleo@one.test')");
        run("insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Cleo', 'Contributor' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'one' and person.email = 'cleo@one.test'");
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test') where name = 'First'",
        );
        milestone("Onboarding", "Kick-off");
        run("create temp table second on commit drop as select id from cs.accounts where name = 'Second';
             grant select on second to cs_member");
        become_person("cleo@one.test");
        run("set local role cs_member");
        run(&format!(
            "select cs.move_account_stage({FIRST}, 'Adoption', waive_reason => 'known')"
        ));
        go("Churned");
        assert_eq!(stands(), "Churned Churned");
        assert!(
            fails_with("update cs.accounts set status = 'Active' where name = 'First'")
                .starts_with("42501")
        );
        for call in [
            "cs.move_account_stage((select id from pg_temp.second), 'Adoption')".to_owned(),
            format!(
                "cs.complete_milestone((select id from pg_temp.second), {})",
                id_of("Kick-off")
            ),
        ] {
            assert_eq!(
                fails_with(&format!("select {call}")),
                "P0002 no such account",
                "{call}"
            );
        }
        for call in [
            "cs.save_milestones((select id from cs.journey_stages limit 1), '[]')",
            "cs.save_stages('[]')",
            "cs.delete_stage((select id from cs.journey_stages limit 1))",
        ] {
            assert!(
                fails_with(&format!("select {call}")).starts_with("42501"),
                "{call}"
            );
        }
        assert!(
            fails_with("insert into cs.stage_milestones (stage_id, title) select id, 'Mine' from cs.journey_stages limit 1")
                .starts_with("42501")
        );
        assert!(
            fails_with("insert into cs.account_milestones (account_id, milestone_id, settled_by) values (cs.uuid_v7(), cs.uuid_v7(), cs.uuid_v7())")
                .starts_with("42501")
        );
        assert!(fails_with("delete from cs.account_milestones").starts_with("42501"));
    }

    #[pg_test]
    fn a_milestone_is_settled_once_and_overdue_until_then() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        run("update cs.stage_milestones set due_after_days = 2");
        run("update cs.journey_history set entered_at = now() - interval '50 hours'");
        let state = "select concat_ws(' ', state, is_overdue, due_at < now()) from cs.account_milestone_status where account_name = 'First'";
        assert_eq!(lines(state), ["open t t"]);
        let complete = format!(
            "select cs.complete_milestone({FIRST}, {}",
            id_of("Kick-off")
        );
        assert!(fails_with(&format!("{complete}, '')")).starts_with("22023"));
        run(&format!("{complete})"));
        run(&format!("{complete}, 'no need')"));
        assert_eq!(lines(state), ["done f t"]);
        assert_eq!(
            number("select count(*) from cs.account_milestones where reason is null"),
            1
        );
    }

    #[pg_test]
    fn milestones_are_added_changed_and_checked() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        let stage = "(select id from cs.journey_stages where name = 'Onboarding')";
        run(&format!(
            "select cs.save_milestones({stage}, '[{{\"title\": \"One\", \"due_after_days\": 5}},
                {{\"title\": \"Two\", \"is_required\": false, \"criteria\": {{\"field\": \"stage\", \"op\": \"eq\", \"value\": \"adoption\"}}}}]')"
        ));
        run(&format!(
            "select cs.save_milestones({stage}, jsonb_build_array(jsonb_build_object('id', id, 'due_after_days', null, 'title', 'Uno')))
             from cs.stage_milestones where title = 'One'"
        ));
        assert_eq!(
            lines("select concat_ws(' ', title, is_required, display_order, due_after_days is null, criteria ->> 'value' = (
                     select id::text from cs.journey_stages where name = 'Adoption'))
                   from cs.stage_milestones order by display_order"),
            ["Uno t 1 t", "Two f 2 t t"]
        );
        for (changes, expected) in [
            ("{}", "22023 changes must be a list of objects"),
            (
                "[{\"titel\": \"x\"}]",
                "22023 changes[0] has no key \"titel\"",
            ),
            (
                "[{\"is_required\": 1}]",
                "22023 changes[0].is_required must be true or false",
            ),
            ("[{}]", "22023 title must be given"),
            ("[{\"title\": \" \"}]", "22023 a milestone needs a title"),
            (
                "[{\"title\": \"x\", \"due_after_days\": 0}]",
                "22023 due_after_days must be at least 1",
            ),
            (
                "[{\"title\": \"x\", \"criteria\": {\"field\": \"nothing\"}}]",
                "22023",
            ),
            (
                "[{\"id\": \"00000000-0000-0000-0000-000000000000\"}]",
                "P0002 no such milestone",
            ),
        ] {
            let complaint = fails_with(&format!("select cs.save_milestones({stage}, '{changes}')"));
            assert!(complaint.starts_with(expected), "{changes}: {complaint}");
        }
    }

    #[pg_test]
    fn stages_are_renamed_swapped_and_ordered_against_the_version_seen() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        let seen = text("select cs.stages_version()").unwrap();
        go("Adoption");
        run("select cs.save_stages(jsonb_build_array(
                jsonb_build_object('id', (select id from cs.journey_stages where name = 'Onboarding'), 'name', 'Adoption'),
                jsonb_build_object('id', (select id from cs.journey_stages where name = 'Adoption'), 'name', 'Onboarding', 'wip_limit', 7),
                jsonb_build_object('name', 'Advocacy', 'target_duration_days', 10)), cs.stages_version())");
        assert_eq!(stands(), "Onboarding Active");
        assert_eq!(
            lines(&format!(
                "select concat_ws(' ', coalesce(from_stage, '-'), to_stage) from cs.journey_history where account_id = {FIRST} order by entered_at"
            )),
            ["- Adoption", "Adoption Onboarding"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', display_order, name, wip_limit) from cs.journey_stages where display_order in (1, 2, 8) order by 1"
            ),
            ["1 Adoption", "2 Onboarding 7", "8 Advocacy"]
        );
        assert_eq!(
            fails_with(&format!("select cs.save_stages('[]', '{seen}')")),
            "27000 somebody else has changed the stages"
        );
        for (changes, expected) in [
            (
                "[{\"name\": \"renewal\"}]",
                "23505 two stages would be called",
            ),
            (
                "[{\"name\": \"x\", \"color_hex\": \"red\"}]",
                "22023 \"red\" is no colour",
            ),
            ("[{\"id\": \"nobody\"}]", "P0002 no such stage"),
        ] {
            let complaint = fails_with(&format!("select cs.save_stages('{changes}')"));
            assert!(complaint.starts_with(expected), "{changes}: {complaint}");
        }
    }

    #[pg_test]
    fn another_stage_can_become_the_end_while_only_the_lost_are_in_it() {
        run(WORLD);
        become_person("ada@one.test");
        run("set local role cs_member");
        let hand_over = "select cs.save_stages(jsonb_build_array(
            jsonb_build_object('id', (select id from cs.journey_stages where name = 'At Risk'), 'is_end', true),
            jsonb_build_object('id', (select id from cs.journey_stages where name = 'Churned'), 'is_end', false)))";
        go("At Risk");
        assert!(
            fails_with(hand_over).starts_with("22023 a stage with accounts that are not Churned")
        );
        go("Adoption");
        run(hand_over);
        run("update cs.accounts set status = 'Churned' where name = 'First'");
        assert_eq!(stands(), "At Risk Churned");
    }

    #[pg_test]
    fn a_stage_is_deleted_or_kept_for_its_history() {
        run(WORLD);
        milestone("Onboarding", "Kick-off");
        become_person("ada@one.test");
        run("set local role cs_member");
        let delete = |name: &str, to: &str| {
            format!(
                "select cs.delete_stage((select id from cs.journey_stages where name = '{name}'){to})::text"
            )
        };
        assert_eq!(
            fails_with(&delete("Onboarding", "")),
            "22023 accounts are in the stage \"Onboarding\": 2"
        );
        assert!(fails_with(&delete("Onboarding", ", 'onboarding'")).starts_with("22023"));
        assert!(fails_with(&delete("Onboarding", ", 'nowhere'")).starts_with("P0002"));
        assert!(
            fails_with("update cs.journey_stages set is_active = false where name = 'Onboarding'")
                .starts_with("22023 accounts are in this stage: 2")
        );
        assert_eq!(
            text(&delete("Onboarding", ", 'adoption'")).as_deref(),
            Some("{\"kept\": true, \"moved\": 2}")
        );
        assert_eq!(
            text(&delete("Expansion", "")).as_deref(),
            Some("{\"kept\": false, \"moved\": 0}")
        );
        assert_eq!(
            lines(
                "select name || ' ' || is_active from cs.journey_stages where name in ('Onboarding', 'Expansion')"
            ),
            ["Onboarding false"]
        );
        assert_eq!(
            fails_with("update cs.accounts set current_stage = 'Onboarding'"),
            "22023 the stage \"Onboarding\" is no longer in use"
        );
        go("Churned");
        assert_eq!(
            text(&delete("Churned", ", 'At Risk'")).as_deref(),
            Some("{\"kept\": true, \"moved\": 1}")
        );
        assert_eq!(stands(), "At Risk Churned");
    }

    #[pg_test]
    fn the_stage_before_a_side_stage_is_suggested() {
        run(WORLD);
        go("Adoption");
        let suggested = format!("select coalesce(cs.suggested_stage({FIRST}), 'none')");
        assert_eq!(text(&suggested).as_deref(), Some("none"));
        go("At Risk");
        assert_eq!(text(&suggested).as_deref(), Some("Adoption"));
        go("Churned");
        assert_eq!(text(&suggested).as_deref(), Some("At Risk"));
    }

    #[pg_test]
    fn velocity_keeps_open_stays_apart_and_counts_who_went_on() {
        run(WORLD);
        go("Adoption");
        go("At Risk");
        go("Adoption");
        // First: 40 days Onboarding, 10 Adoption, 2 At Risk, and 4 in Adoption by now.
        run(&format!(
            "update cs.journey_history as stay
             set entered_at = now() - told.began * interval '24 hours',
                 exited_at = case when told.ended > 0 then now() - told.ended * interval '24 hours' end,
                 duration_days = case when told.ended > 0 then told.began - told.ended end
             from (values (1, 56, 16), (2, 16, 6), (3, 6, 4), (4, 4, 0)) as told (place, began, ended)
             join (select id, row_number() over (order by entered_at, id) as place from cs.journey_history
                   where account_id = {FIRST}) as walked using (place)
             where stay.id = walked.id"
        ));
        assert_eq!(
            lines(
                "select concat_ws(' ', stage, entered, completed, mean_days, median_days, p90_days, open_now,
                    open_mean_days, coalesce(over_target::text, '-'), coalesce(conversion::text, '-'))
                 from cs.stage_velocity as it join cs.tenants as tenant on tenant.id = it.tenant_id
                 where tenant.slug = 'one' and stage in ('Onboarding', 'Adoption', 'At Risk') order by display_order"
            ),
            [
                "Onboarding 2 1 40.0 40.0 40.0 1 0.0 1.000 1.000",
                "Adoption 2 1 10.0 10.0 10.0 1 4.0 0.000 0.000",
                "At Risk 1 1 2.0 2.0 2.0 0 - -"
            ]
        );
        assert_eq!(
            number(
                "select sum(entries) from cs.portfolio_growth where from_stage is null and extract(isodow from week) = 1"
            ),
            3
        );
    }
}
