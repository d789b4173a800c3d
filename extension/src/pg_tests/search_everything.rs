//! Search over everything that has a name: what is found, in which order, and by whom.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::activities::tests::{act_as, staff};
    use crate::pg_tests::{lines, run};
    use pgrx::prelude::*;

    fn world() {
        staff();
        run("insert into cs.accounts (tenant_id, name, external_id, crm_attributes)
             select tenant.id, it.name, it.external_id, it.attributes::jsonb
             from (values
                ('GlobalTech Corporation', 'GT-001', '{\"arr\": 150000, \"domain\": \"globaltech.example\"}'),
                ('GlobalTech Europe', 'GT-002', '{\"website\": \"https://eu.globaltech.example\"}'),
                ('TechStart Solutions', 'TS-001', '{\"domain\": \"techstart.example\"}'),
                ('Österreichische Post', null, '{}')
             ) as it (name, external_id, attributes)
             join cs.tenants as tenant on tenant.slug = 'one'");
        run(
            "insert into cs.accounts (tenant_id, name) select id, 'GlobalTech Foreign' from cs.tenants where slug = 'two'",
        );
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score)
             select tenant_id, id, 85 from cs.accounts where name = 'GlobalTech Corporation'",
        );
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test') where name = 'TechStart Solutions'",
        );
        act_as("paul@one.test");
        run(r#"select cs.save_view('{"page": "accounts", "name": "Global accounts"}')"#);
        run(
            r#"select cs.save_view('{"page": "accounts", "name": "Shared tech", "is_shared": true}')"#,
        );
    }

    fn found(query: &str) -> Vec<String> {
        lines(&format!(
            "select kind || ' ' || title from cs.search_everything('{query}')"
        ))
    }

    #[pg_test]
    fn names_are_found_the_best_first() {
        world();
        act_as("paul@one.test");
        for (query, expected) in [
            ("gt-002", vec!["account GlobalTech Europe"]),
            (
                "GLOBALTECH",
                vec![
                    "account GlobalTech Europe",
                    "account GlobalTech Corporation",
                ],
            ),
            (
                "tech",
                vec![
                    "account TechStart Solutions",
                    "view Shared tech",
                    "account GlobalTech Europe",
                    "account GlobalTech Corporation",
                ],
            ),
            ("österr", vec!["account Österreichische Post"]),
            ("techstart.example", vec!["account TechStart Solutions"]),
            ("eu.global", vec!["account GlobalTech Europe"]),
            ("tchstart", vec!["account TechStart Solutions"]),
            ("europe globaltech", vec!["account GlobalTech Europe"]),
            ("onboardng", vec!["stage Onboarding"]),
            ("#re", vec!["stage Renewal", "stage Value Realization"]),
            ("@cleo", vec!["person Cleo"]),
            (
                "@one.test",
                vec!["person Ada", "person Cleo", "person Paul", "person Vera"],
            ),
            ("ada@one.test", vec!["person Ada"]),
            ("drop", vec!["playbook Drop"]),
            ("global acc", vec!["view Global accounts"]),
            ("", vec![]),
            (" g ", vec![]),
            ("@", vec![]),
            ("zzzz", vec![]),
        ] {
            let mut hits = found(query);
            if query == "@one.test" {
                hits.sort();
            }
            assert_eq!(hits, expected, "{query}");
        }
        assert_eq!(
            lines(
                "select concat_ws('|', title, subtitle, level, round(score::numeric, 2)) from cs.search_everything('globaltech corporation', 1)"
            ),
            ["GlobalTech Corporation|Onboarding · 150,000 USD|Healthy|1.00"]
        );
        assert_eq!(
            lines("select subtitle from cs.search_everything('@cleo')"),
            ["cleo@one.test · Contributor"]
        );
        assert_eq!(
            lines("select count(*)::text from cs.search_everything('tech', 2)"),
            ["2"]
        );
        assert_eq!(
            lines("select count(*)::text from cs.search_everything('tech', 0)"),
            ["0"]
        );
    }

    #[pg_test]
    fn only_what_the_caller_sees_is_found() {
        world();
        for (email, query, expected) in [
            (
                "cleo@one.test",
                "tech",
                vec!["account TechStart Solutions", "view Shared tech"],
            ),
            ("cleo@one.test", "globaltech", vec![]),
            ("cleo@one.test", "drop", vec!["playbook Drop"]),
            ("vera@one.test", "drop", vec![]),
            ("vera@one.test", "global acc", vec![]),
            (
                "ben@two.test",
                "globaltech",
                vec!["account GlobalTech Foreign"],
            ),
            ("ben@two.test", "tech", vec!["account GlobalTech Foreign"]),
            ("ben@two.test", "@ada", vec![]),
        ] {
            act_as(email);
            assert_eq!(found(query), expected, "{email} {query}");
        }
    }
}
