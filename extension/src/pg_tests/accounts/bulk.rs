//! Many accounts at once: one refusal stops no other.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::accounts::{bulk, call_as, id, milestone, staffed_world, traces};
    use crate::pg_tests::{detail_of, lines, number, run, text};
    use pgrx::prelude::*;

    #[pg_test]
    fn one_refusal_stops_no_other() {
        staffed_world();
        milestone();
        let before = traces();
        call_as("pia");
        let go = r#"{"current_stage": "Adoption", "crm_attributes": {"wave": 2}}"#;
        let expected = format!(
            r#"{{"changed": 1, "matched": 2, "refused": [{{"name": "Second", "reason": "these milestones must be done or waived before \"Adoption\": Kick-off", "account_id": "{}"}}]}}"#,
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
        // First cannot be placed below one of its own subsidiaries, nor that one below itself.
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
    fn a_bulk_change_must_say_which_accounts_to_change() {
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
}
