//! The board: columns with their figures, cards in every order, pages of them.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::journey::{FIRST, id_of, milestone, move_to};
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    /// A column of the board, as SQL.
    fn column(stage: &str, arguments: &str) -> String {
        format!(
            "(select it from jsonb_array_elements(cs.board({arguments}) -> 'columns') as it where it ->> 'stage' = '{stage}')"
        )
    }

    #[pg_test]
    fn a_card_has_what_a_mover_needs_to_know() {
        run(WORLD);
        milestone("Adoption", "Live");
        milestone("Adoption", "Trained");
        milestone("Adoption", "Referenced");
        run("update cs.stage_milestones set is_required = false where title = 'Referenced'");
        become_person("ada@one.test");
        run(&format!(
            "update cs.accounts set crm_attributes = '{{\"arr\": 1200}}', csm_id = cs.current_user_id(),
                parent_id = (select id from cs.accounts where name = 'Second'), current_stage = 'Adoption' where name = 'First';
             insert into cs.health_scores (tenant_id, account_id, overall_score) select tenant_id, id, 55 from cs.accounts where name = 'First';
             update cs.journey_history set entered_at = now() - interval '1560 hours' where exited_at is null and account_id = {FIRST};
             select cs.complete_milestone({FIRST}, {})",
            id_of("Live")
        ));
        run("set local role cs_member");
        let card = format!("{} -> 'cards' -> 0", column("Adoption", ""));
        assert_eq!(
            lines(&format!(
                "select key || ' ' || value from jsonb_each({card}) where key not in ('id', 'since', 'history_id', 'csm_id') order by key"
            )),
            [
                "arr 1200",
                "confidence null",
                "csm_name \"Ada\"",
                "days_in_stage 65",
                "days_to_renewal null",
                "milestones_done 1",
                "milestones_total 3",
                "name \"First\"",
                "open_required [\"Trained\"]",
                "over_by_days 5",
                "overall_score 55",
                "parent_name \"Second\"",
                "risk_level \"At Risk\"",
                "score_change_30d null",
                "stage_state \"behind\"",
                "version 2"
            ]
        );
        assert_eq!(
            text(&format!(
                "select (
                    ({card} ->> 'id')::uuid = {FIRST}
                    and ({card} ->> 'csm_id')::uuid = cs.current_user_id()
                    and ({card} ->> 'since')::timestamptz = now() - interval '1560 hours'
                    and ({card} ->> 'history_id')::uuid = (
                        select id from cs.journey_history where account_id = {FIRST} and exited_at is null)
                 )::text"
            ))
            .as_deref(),
            Some("true")
        );
    }

    #[pg_test]
    fn figures_cover_all_cards_and_agree_with_the_view() {
        run(WORLD);
        become_person("ada@one.test");
        run(
            "insert into cs.accounts (tenant_id, name, current_stage, crm_attributes)
             select tenant_id, 'A' || place, 'Adoption', jsonb_build_object('arr', place)
             from cs.accounts, generate_series(1, 7) as place where name = 'First';
             update cs.journey_history as stay set entered_at = now() - substr(account.name, 2)::integer * interval '15 days'
             from cs.accounts as account where account.id = stay.account_id and account.name ~ '^A\\d';
             update cs.journey_stages set wip_limit = case name when 'Adoption' then 6 else 2 end where name in ('Adoption', 'Onboarding')",
        );
        run("set local role cs_member");
        // 60 days are the target: A1 to A4 on track, A5 and A6 behind, A7 stuck.
        assert_eq!(
            lines(
                "select concat_ws(' ', stage, accounts, arr, coalesce(median_days::text, '-'), overdue, behind, stuck, over_limit)
                 from cs.journey_board order by display_order"
            ),
            [
                "Onboarding 2 0 0.0 0 0 0 f",
                "Adoption 7 28 60.0 3 2 1 t",
                "Value Realization 0 0 - 0 0 0 f",
                "Expansion 0 0 - 0 0 0 f",
                "Renewal 0 0 - 0 0 0 f",
                "At Risk 0 0 - 0 0 0 f",
                "Churned 0 0 - 0 0 0 f"
            ]
        );
        let figures = "select concat_ws(' ', it ->> 'stage_id', it ->> 'stage', it ->> 'color_hex', it ->> 'is_side', it ->> 'is_end', it ->> 'wip_limit',
                it ->> 'target_duration_days', it ->> 'count', it ->> 'arr', it ->> 'median_days', it ->> 'overdue')
             from jsonb_array_elements(cs.board(per_column => 2) -> 'columns') as it";
        assert_eq!(
            lines(figures),
            lines(
                "select concat_ws(' ', stage_id, stage, color_hex, is_side::text, is_end::text, wip_limit, target_duration_days, accounts, arr, median_days, overdue)
                 from cs.journey_board order by display_order"
            )
        );
        assert_eq!(
            text(&format!(
                "select string_agg(card ->> 'name', ' ') from jsonb_array_elements({} -> 'cards') as card",
                column("Adoption", "per_column => 2")
            ))
            .as_deref(),
            Some("A7 A6")
        );
        assert_eq!(
            text("select (cs.board() ->> 'version' = cs.stages_version())::text").as_deref(),
            Some("true")
        );
    }

    #[pg_test]
    fn criteria_narrow_it_and_empty_columns_stay() {
        run(WORLD);
        move_to("Adoption");
        become_person("ada@one.test");
        run("update cs.journey_stages set is_active = false where name = 'Expansion'");
        run("set local role cs_member");
        let counts = |name: &str| {
            lines(&format!(
                "select concat_ws(' ', it ->> 'stage', it ->> 'count', jsonb_array_length(it -> 'cards'), it ->> 'next')
                 from jsonb_array_elements(cs.board('{{\"field\": \"name\", \"op\": \"eq\", \"value\": \"{name}\"}}') -> 'columns') as it"
            ))
        };
        assert_eq!(
            counts("First"),
            [
                "Onboarding 0 0",
                "Adoption 1 1",
                "Value Realization 0 0",
                "Renewal 0 0",
                "At Risk 0 0",
                "Churned 0 0"
            ]
        );
        assert!(counts("Nobody").iter().all(|line| line.ends_with(" 0 0")));
    }

    #[pg_test]
    fn pages_follow_each_other_in_every_order() {
        run(WORLD);
        become_person("ada@one.test");
        // Ties and missing values everywhere; names twice.
        run("insert into cs.accounts (tenant_id, name, crm_attributes)
             select tenant_id, 'Name ' || place / 2 % 9, jsonb_strip_nulls(jsonb_build_object('arr', nullif(place % 4, 3) + 0.5,
                'contract_end_date', case when place % 3 > 0 then current_date + place % 5 - 2 end))
             from cs.accounts, generate_series(1, 23) as place where name = 'First';
             insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, 10 * (1 + (arr)::integer) from cs.accounts where arr is not null;
             update cs.journey_history as stay set entered_at = now() - coalesce(account.arr, 7) * interval '10.5 days'
             from cs.accounts as account where account.id = stay.account_id");
        run("set local role cs_member");
        for (sort, key) in [
            ("overdue", "extract(epoch from stage_since)"),
            ("arr", "coalesce(- arr, 'Infinity')"),
            ("score", "coalesce(overall_score, 'Infinity'::numeric)"),
            ("renewal", "coalesce(days_to_renewal, 'Infinity'::numeric)"),
            ("name", "name"),
        ] {
            let expected = lines(&format!(
                "select id::text from cs.account_overview where current_stage = 'Onboarding' order by {key}, name, id"
            ));
            assert_eq!(expected.len(), 25);
            let first = column("Onboarding", &format!("null, '{sort}', 4"));
            let paged = lines(&format!(
                "with recursive page (it) as (
                    select {first}
                    union all
                    select cs.board_cards((select id from cs.journey_stages where name = 'Onboarding'), null, '{sort}', page.it ->> 'next', 4)
                    from page where page.it ->> 'next' is not null
                 ), numbered as (select it, row_number() over () as number from page)
                 select card.it ->> 'id' from numbered cross join lateral jsonb_array_elements(numbered.it -> 'cards') with ordinality as card (it, place)
                 order by numbered.number, card.place"
            ));
            assert_eq!(paged, expected, "{sort}");
        }
        let all = "select jsonb_array_length(it -> 'cards') || coalesce(it ->> 'next', ' all')
             from cs.board_cards((select id from cs.journey_stages where name = 'Onboarding'), page_size => 25) as it";
        assert_eq!(text(all).as_deref(), Some("25 all"));
    }

    #[pg_test]
    fn what_cannot_be_shown_is_refused() {
        run(WORLD);
        run("create temp table foreign_one on commit drop as
                select id from cs.journey_stages where tenant_id = (select id from cs.tenants where slug = 'two') limit 1;
             grant select on foreign_one to cs_member");
        become_person("ada@one.test");
        run("set local role cs_member");
        let own = "(select id from cs.journey_stages where name = 'Adoption')";
        let first = "(select id from cs.journey_stages where name = 'Onboarding')";
        for (call, expected) in [
            (
                "cs.board(sort => 'health')".to_owned(),
                "22023 cards cannot be sorted by",
            ),
            (
                "cs.board(per_column => 0)".to_owned(),
                "22023 per_column must be from 1 to 500",
            ),
            ("cs.board('{\"field\": \"nothing\"}')".to_owned(), "22023"),
            (
                format!("cs.board_cards({own}, page_size => 501)"),
                "22023 page_size must be from 1 to 500",
            ),
            (
                format!("cs.board_cards({own}, after => 'x')"),
                "22023 after is not a cursor of this list",
            ),
            (
                format!(
                    "cs.board_cards({own}, null, 'arr', (select it ->> 'next' from cs.board_cards({first}, page_size => 1) as it))"
                ),
                "22023 after is a cursor of a different order",
            ),
            ("cs.board_cards(null)".to_owned(), "P0002 no such stage"),
            (
                "cs.board_cards((select id from pg_temp.foreign_one))".to_owned(),
                "P0002 no such stage",
            ),
        ] {
            let complaint = fails_with(&format!("select {call}"));
            assert!(complaint.starts_with(expected), "{call}: {complaint}");
        }
        assert_eq!(
            number("select count(*) from jsonb_array_elements(cs.board() -> 'columns')"),
            7
        );
    }
}
