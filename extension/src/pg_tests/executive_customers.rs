//! Whom the executive page counts: who was a customer then, whose score says too little, who is paused.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::executive_world::small_world;
    use crate::pg_tests::{lines, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn too_little_data_is_no_revenue_at_risk_and_a_pause_is_apart() {
        small_world();
        run("reset role");
        run(
            "update cs.health_scores set confidence = 'low' where is_current and overall_score in (10, 35)",
        );
        run("set local role cs_member");
        assert_eq!(
            lines(
                "select concat_ws(' | ', name, arr, arr_at_risk, critical_arr, uncertain, high_value, coalesce(main_component, '-'),
                    coalesce(points_lost, 0)) from cs.revenue_at_risk order by name"
            ),
            [
                "Big | 80000 | 80000 | 0 | f | t | support | 19",
                "Mid | 20000 | 0 | 0 | t | f | - | 0"
            ]
        );
        let tile = "cast(cs.executive_dashboard() #> '{kpis,revenue_at_risk}' as jsonb)";
        assert_eq!(
            text(&format!(
                "select concat_ws(' ', it -> 'value', it -> 'accounts', it #> '{{critical,accounts}}', it #> '{{uncertain,accounts}}',
                    it #> '{{uncertain,arr}}', (select string_agg(name, ',') from cs.accounts
                        where id in (select cs.matching_accounts(it #> '{{uncertain,list}}'))))
                 from {tile} as it"
            ))
            .as_deref(),
            Some("80000 1 0 1 20000 Mid")
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', risk_level, accounts, low_confidence, arr, coalesce(average_score::text, '-'))
                 from cs.health_distribution order by 1"
            ),
            [
                "At Risk 1 0 80000 70.0",
                "No data 1 0 10000 -",
                "Paused 1 1 5000 -",
                "Uncertain 1 1 20000 -"
            ]
        );
        assert_eq!(
            text("select cs.search_accounts() #>> '{summary,at_risk,arr}'").as_deref(),
            Some("80000")
        );
    }

    #[pg_test]
    fn before_is_who_was_a_customer_just_before() {
        small_world();
        run("reset role");
        // Made at the very moment, lost at it, back at it, and lost by mistake for a while.
        run("create temp table edge on commit drop as select now() - interval '20 days' as at;
             grant select on edge to cs_member;
             update cs.accounts set created_at = edge.at from edge where name = 'New';
             update cs.accounts set status = 'Churned' where name = 'Big';
             update cs.journey_history as stay set entered_at = edge.at from edge, cs.accounts as account
             where stay.account_id = account.id and account.name in ('Big', 'Lost') and stay.exited_at is null;
             update cs.journey_history as stay set exited_at = edge.at, duration_days = 0, entered_at = edge.at - interval '9 days'
             from edge, cs.accounts as account
             where stay.account_id = account.id and account.name in ('Big', 'Lost') and stay.exited_at is not null");
        let before = |since: &str| {
            text(&format!(
                "select it #>> '{{accounts,before}}' from edge, cast(cs.executive_dashboard(null, {since}) -> 'kpis' as jsonb) as it"
            ))
            .unwrap()
        };
        run("set local role cs_member");
        assert_eq!(before("edge.at"), "4");
        assert_eq!(before("edge.at + interval '1 microsecond'"), "3");
        run("reset role");
        run("update cs.accounts set status = 'Churned' where name = 'Mid'");
        run(
            "select cs.undo_stage_move(stay.id) from cs.journey_history as stay
             join cs.accounts as account on account.id = stay.account_id
             where account.name = 'Mid' and stay.exited_at is null",
        );
        run(
            "update cs.journey_history set entered_at = now() - interval '50 days' where is_undone",
        );
        run("set local role cs_member");
        assert_eq!(before("edge.at"), "4");
        // Conditions on status are left out, for no one would ever have been lost; all others are asked.
        for (criteria, expected) in [
            (r#"{"field": "status", "op": "eq", "value": "Active"}"#, "4"),
            (
                r#"{"field": "name", "op": "in", "value": ["Lost", "Mid", "New"]}"#,
                "2",
            ),
        ] {
            assert_eq!(
                text(&format!(
                    "select it #>> '{{accounts,before}}' from edge, cast(cs.executive_dashboard('{criteria}', edge.at) -> 'kpis' as jsonb) as it"
                ))
                .as_deref(),
                Some(expected),
                "{criteria}"
            );
        }
    }

    #[pg_test]
    fn who_was_loaded_yesterday_has_been_a_customer_since_it_paid() {
        small_world();
        run("reset role; update cs.accounts set created_at = now() - interval '1 day'");
        run("set local role cs_member");
        // Of the four, New began to pay after that.
        assert_eq!(
            text(
                "select concat_ws(' ', it #> '{kpis,accounts,before}', it #> '{kpis,total_arr,before}')
                 from cs.executive_dashboard(null, now() - interval '20 days') as it"
            )
            .as_deref(),
            Some("4 145000")
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', point -> 'accounts', point -> 'arr')
                 from jsonb_array_elements(cs.executive_trends(null, now() - interval '20 days', null, 2) -> 'points') as point"
            )[0],
            "4 145000"
        );
        // What was told as 0 is no customer yet.
        run(
            "reset role; update cs.arr_history set arr = 0 where valid_from < now() - interval '50 days' and arr = 5000",
        );
        run("set local role cs_member");
        assert_eq!(
            text(
                "select cs.executive_dashboard(null, now() - interval '20 days') #>> '{kpis,accounts,before}'"
            )
            .as_deref(),
            Some("3")
        );
    }
}
