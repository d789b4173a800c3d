//! The sample data: what surrounds its three accounts, and that none of it gets in the way of the demo.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::health::run_daily_passes;
    use crate::pg_tests::{become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn the_three_have_people_and_work_around_them() {
        run("select cs.load_sample_data()");
        become_person("bob@acme.com");
        run("set local role cs_member");
        assert_eq!(
            lines(
                "select concat_ws(
                    ' ', it -> 'account' ->> 'external_id', jsonb_array_length(it -> 'contacts'), it #>> '{contacts,0,is_primary}',
                    it #>> '{fields,0,value}', (
                        select string_agg(event ->> 'kind', ' ' order by event ->> 'kind')
                        from jsonb_array_elements(it -> 'timeline') as event
                        where event ->> 'kind' in ('call', 'email', 'meeting', 'task')
                    ), (select count(*) from jsonb_array_elements(it -> 'milestones'))
                 )
                 from cs.accounts as account cross join cs.account_360(account.id) as it order by 1"
            ),
            [
                "GT-001 2 true Premium email meeting task 0",
                "GT-002 1 true Standard call email 1",
                "TS-001 2 true Standard call email task 0"
            ]
        );
        assert_eq!(
            lines(
                "select view.name || ': ' || account.name
                 from cs.saved_views as view cross join cs.matching_accounts(view.criteria) as it (id)
                 join cs.accounts as account on account.id = it.id"
            ),
            ["Renewals to win: TechStart Solutions"]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', status, count(*)) from cs.webhook_queue group by status order by 1"
            ),
            ["failed 1", "pending 3"]
        );
    }

    #[pg_test]
    fn the_three_have_their_scores_and_one_of_them_fires() {
        run("select cs.load_sample_data()");
        assert_eq!(
            lines(
                "select concat_ws(' ', account.external_id, score.usage_score, score.engagement_score, score.support_score,
                     score.adoption_score, score.overall_score, score.raw_score, score.confidence, score.inputs ->> 'cap')
                 from cs.health_scores as score join cs.accounts as account on account.id = score.account_id
                 where score.is_current order by 1"
            ),
            [
                "GT-001 90 85 80 85 85 85 high",
                "GT-002 70 75 70 72 72 72 high",
                "TS-001 25 30 45 40 35 35 high"
            ]
        );
        assert_eq!(
            lines(
                "select concat_ws(' ', playbook.name, account.external_id, execution.result)
                 from cs.playbook_executions as execution
                 join cs.playbooks as playbook on playbook.id = execution.playbook_id
                 join cs.accounts as account on account.id = execution.account_id order by 1"
            ),
            ["Health alert TS-001 fired", "Stage transition TS-001 fired"]
        );
        // The day after, what is usual is kept and measures the same.
        run("update cs.health_passes set passed_on = passed_on - 1");
        run_daily_passes();
        assert_eq!(
            lines(
                "select concat_ws(' ', cardinality(catalogue), median_depth, accounts) from cs.health_norms"
            ),
            ["12 1 3"]
        );
        assert_eq!(
            lines("select overall_score::text from cs.health_scores where is_current order by 1"),
            ["35", "72", "85"]
        );
    }

    #[pg_test]
    fn milestones_hold_none_of_the_three() {
        run("select cs.load_sample_data()");
        become_person("bob@acme.com");
        run("set local role cs_member");
        for (account, stages) in [
            ("TS-001", ["Renewal", "Onboarding", "Expansion"]),
            ("GT-002", ["Value Realization", "Onboarding", "Renewal"]),
            ("GT-001", ["Renewal", "Onboarding", "Adoption"]),
        ] {
            for stage in stages {
                let call = format!(
                    "select cs.move_account_stage(id, '{stage}') from cs.accounts where external_id = '{account}'"
                );
                assert_eq!(fails_with(&call), "nothing", "{account} {stage}");
            }
        }
    }

    #[pg_test]
    fn a_crowd_has_gaps_as_any_crm_and_was_talked_to() {
        run("select cs.load_sample_data('http://localhost:5678', 200)");
        become_person("admin@acme.com");
        run("set local role cs_member");
        for gap in [
            "csm_id is null",
            "arr is null",
            "seats is null",
            "last_touch_at is null",
        ] {
            let share = text(&format!(
                "select (count(*) filter (where {gap}) * 100 / count(*))::text from cs.account_overview"
            ));
            let share: i32 = share.as_deref().unwrap_or_default().parse().unwrap();
            assert!((1..50).contains(&share), "{gap}: {share} %");
        }
        let of_accounts = |table: &str| {
            number(&format!(
                "select count(distinct account_id) from cs.{table}"
            ))
        };
        assert!(of_accounts("contacts") > 120, "{}", of_accounts("contacts"));
        assert!(
            of_accounts("activities") > 100,
            "{}",
            of_accounts("activities")
        );
        assert_eq!(
            number(
                "select count(*) from cs.activities as it join cs.accounts as account on account.id = it.account_id
                  where it.kind <> 'task' and (it.at > now() or it.at < account.created_at)"
            ),
            0
        );
    }
}
