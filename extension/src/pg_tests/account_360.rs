//! The one call of an account's page.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::{act_as, id, staff};
    use crate::pg_tests::{lines, run, text};
    use pgrx::prelude::*;

    fn page(path: &str) -> String {
        text(&format!("select cs.account_360({}) {path}", id("First"))).unwrap()
    }

    fn world() {
        staff();
        run(
            "insert into cs.accounts (tenant_id, name, parent_id, crm_attributes)
             select tenant_id, 'Below', id, '{\"arr\": 10}' from cs.accounts where name = 'First'",
        );
        run("insert into cs.stage_milestones (tenant_id, stage_id, title, is_required)
             select stage.tenant_id, stage.id, 'Signed', true from cs.journey_stages as stage
             join cs.tenants as tenant on tenant.id = stage.tenant_id and tenant.slug = 'one' where stage.name = 'Onboarding'");
        run("insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select tenant_id, id, 70, now() - interval '20 days' from cs.accounts where name = 'First'");
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select tenant_id, id, 30, now() - interval '1 minute' from cs.accounts where name = 'First'",
        );
        run("insert into cs.usage_metrics (tenant_id, account_id, metric_type, metric_value, recorded_at, metadata)
             select tenant_id, id, 'logins', 3, now() - make_interval(days => day), '{\"user_id\": \"u1\"}'
             from cs.accounts cross join generate_series(1, 50, 7) as day where name = 'First'");
        run(
            "insert into cs.activities (tenant_id, account_id, kind, body)
             select tenant_id, id, 'note', 'number ' || number
             from cs.accounts cross join generate_series(1, 25) as number where name = 'First'",
        );
    }

    #[pg_test]
    fn a_page_has_all_of_its_account() {
        world();
        act_as("ada@one.test");
        assert_eq!(
            lines(&format!(
                "select jsonb_object_keys(cs.account_360({})) order by 1",
                id("First")
            )),
            [
                "account",
                "breadcrumb",
                "child_count",
                "children",
                "contacts",
                "deliveries",
                "explain_top",
                "fields",
                "health",
                "milestones",
                "permissions",
                "rollup",
                "stage",
                "timeline",
                "version"
            ]
        );
        for (path, expected) in [
            ("#>> '{account,name}'", "First"),
            ("#>> '{breadcrumb,1,name}'", "First"),
            ("#>> '{stage,name}'", "Onboarding"),
            ("#>> '{stage,target_days}'", "30"),
            ("#>> '{milestones,0,title}'", "Signed"),
            ("#>> '{milestones,0,state}'", "open"),
            ("#>> '{health,current,overall_score}'", "30"),
            ("#>> '{health,history,8,score}'", ""),
            ("#>> '{health,history,9,score}'", "70"),
            ("#>> '{health,history,11,score}'", "30"),
            ("#>> '{rollup,accounts}'", "2"),
            ("#>> '{children,0,name}'", "Below"),
            ("->> 'child_count'", "1"),
            ("->> 'version'", "2"),
        ] {
            let found = lines(&format!(
                "select coalesce(cs.account_360({}) {path}, '')",
                id("First")
            ))
            .concat();
            assert_eq!(found, expected, "{path}");
        }
        let gain = "#>> '{explain_top,largest_gain,points}'";
        assert_eq!(page(gain), page("#>> '{explain_top,parts,0,points_lost}'"));
        assert_eq!(
            lines(&format!(
                "select jsonb_array_length(cs.account_360({}) -> 'timeline')::text",
                id("First")
            )),
            ["20"]
        );
        assert_eq!(page("#>> '{timeline,0,kind}'"), "note");
        assert_eq!(
            lines(&format!(
                "select delivery ->> 'playbook_name' || ' ' || (delivery ->> 'status') || (delivery ? 'payload')
                 from jsonb_array_elements(cs.account_360({}) -> 'deliveries') as delivery order by 1",
                id("First")
            )),
            ["Drop pendingfalse"]
        );
    }

    #[pg_test]
    fn fields_and_contacts_are_on_the_page() {
        staff();
        run("insert into cs.custom_fields (tenant_id, key, label, type, options, is_required, display_order, is_active)
             select tenant.id, it.key, it.label, it.type, it.options::jsonb, it.is_required, it.place, it.is_active
             from (values
                ('tier', 'Tier', 'choice', '[\"A\", \"B\"]', true, 2, true),
                ('since', 'Customer since', 'date', null, false, 1, true),
                ('old', 'Archived', 'text', null, false, 0, false)
             ) as it (key, label, type, options, is_required, place, is_active)
             join cs.tenants as tenant on tenant.slug = 'one'");
        run(
            "update cs.accounts set crm_attributes = '{\"tier\": \"B\", \"old\": \"x\"}' where name = 'First'",
        );
        run("insert into cs.contacts (tenant_id, account_id, full_name, is_primary)
             select tenant_id, id, it.name, it.name = 'Zoe' from cs.accounts cross join (values ('Abe'), ('Zoe'), ('Bea')) as it (name)
             where accounts.name in ('First', 'Second')");
        act_as("vera@one.test");
        assert_eq!(
            page("-> 'fields' #>> '{}'"),
            "[{\"key\": \"since\", \"type\": \"date\", \"label\": \"Customer since\", \"value\": null, \"options\": null, \"is_required\": false}, \
              {\"key\": \"tier\", \"type\": \"choice\", \"label\": \"Tier\", \"value\": \"B\", \"options\": [\"A\", \"B\"], \"is_required\": true}]"
        );
        assert_eq!(
            lines(&format!(
                "select contact ->> 'full_name' from jsonb_array_elements(cs.account_360({}) -> 'contacts') as contact",
                id("First")
            )),
            ["Zoe", "Abe", "Bea"]
        );
    }

    #[pg_test]
    fn what_may_be_done_and_seen_depends_on_the_role() {
        world();
        let answer = |path: &str| {
            lines(&format!(
                "select concat_ws(' ', jsonb_array_length(it -> 'deliveries'), jsonb_array_length(it -> 'children'), {path})
                 from cs.account_360({}) as it",
                id("First")
            ))
            .concat()
        };
        let permissions = "(select string_agg(action, ' ') from jsonb_array_elements_text(it -> 'permissions') as action)";
        for (email, expected) in [
            ("vera@one.test", "0 1 account.read"),
            (
                "cleo@one.test",
                "1 0 account.read playbook.read playbook.run stage.move activity.log",
            ),
            (
                "paul@one.test",
                "1 1 account.read playbook.read playbook.run stage.move activity.log account.edit usage.record score.override",
            ),
        ] {
            act_as(email);
            assert_eq!(answer(permissions), expected, "{email}");
        }
    }

    #[pg_test]
    fn an_account_without_anything_has_a_page_too() {
        staff();
        act_as("vera@one.test");
        let bare = format!("select cs.account_360({})", id("Second"));
        assert_eq!(
            text(&format!("{bare} #>> '{{explain_top,parts}}'")).as_deref(),
            Some("[]")
        );
        assert_eq!(text(&format!("{bare} #>> '{{health,current}}'")), None);
        assert_eq!(
            text(&format!("{bare} #>> '{{milestones}}'")).as_deref(),
            Some("[]")
        );
    }
}
