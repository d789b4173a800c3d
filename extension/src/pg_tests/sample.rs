//! The sample data: what surrounds its three accounts, and that none of it gets in the way of the demo.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{become_person, fails_with, lines, run};
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
}
