//! What is read from the tree: the way to an account, what is below it, what a family comes to, and for whom.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::hierarchy::{family, moving};
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run};
    use pgrx::prelude::*;

    fn of(name: &str) -> String {
        format!("(select id from cs.accounts where name = '{name}')")
    }

    /// A > B > C > D and A > E, with ARR, scores and contracts; Cleo looks after A, B and D.
    fn world() {
        run(WORLD);
        family("A AB BC CD AE");
        run("insert into cs.users (email) values ('cleo@one.test')");
        run("insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Cleo', 'Contributor' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'one' and person.email = 'cleo@one.test'");
        run("update cs.accounts set csm_id = (select id from cs.users where email = 'cleo@one.test')
             where name in ('A', 'B', 'D')");
        run("update cs.accounts as account
             set crm_attributes = jsonb_strip_nulls(jsonb_build_object('arr', it.arr, 'contract_end_date', it.ends))
             from (values ('A', 1000, '2031-01-01'), ('B', 300, '2030-06-01'), ('C', 100, null), ('D', null, '2030-01-01'), ('E', 600, '2029-01-01'))
                 as it (name, arr, ends)
             where account.name = it.name");
        run("insert into cs.health_scores (tenant_id, account_id, overall_score, confidence)
             select account.tenant_id, account.id, it.score, it.confidence
             from (values ('A', 90, null), ('B', 30, 'high'), ('C', 10, 'low'), ('E', 20, 'high')) as it (name, score, confidence)
             join cs.accounts as account using (name)");
        run("update cs.accounts set status = 'Churned' where name = 'E'");
    }

    const SUMS: &str = "concat_ws(' ', accounts, own_arr, family_arr, coalesce(health::text, '-'), coalesce(risk_level, '-'),
        coalesce(worst_score::text, '-'), coalesce(worst_name, '-'), critical, arr_at_risk, coalesce(earliest_renewal::text, '-'), partial)";

    fn rollup(name: &str) -> String {
        lines(&format!(
            "select {SUMS} from cs.account_rollup({})",
            of(name)
        ))
        .join("|")
    }

    #[pg_test]
    fn the_way_to_an_account_and_what_is_below_it() {
        world();
        assert_eq!(
            lines(&format!(
                "select position || ' ' || name from cs.account_breadcrumb({}) order by position",
                of("C")
            )),
            ["0 One", "1 A", "2 B", "3 C"]
        );
        assert_eq!(
            number(&format!(
                "select count(*) from cs.account_breadcrumb({}) as it join cs.tenants as tenant using (id) where it.position = 0",
                of("C")
            )),
            1
        );
        assert_eq!(
            lines(&format!(
                "select name || level from cs.account_ancestors({})",
                of("D")
            )),
            ["A0", "B1", "C2"]
        );
        assert_eq!(
            lines(&format!(
                "select name from cs.account_ancestors({})",
                of("A")
            )),
            Vec::<String>::new()
        );
        let below = |arguments: &str| {
            lines(&format!(
                "select name || level || depth from cs.account_descendants({arguments}) order by 1"
            ))
        };
        assert_eq!(below(&of("A")), ["B11", "C22", "D33", "E11"]);
        assert_eq!(below(&format!("{}, 1", of("B"))), ["C21"]);
        assert_eq!(below(&format!("{}, 0", of("B"))), Vec::<String>::new());
        assert_eq!(below(&of("D")), Vec::<String>::new());
    }

    #[pg_test]
    fn a_family_is_summed_without_those_who_left() {
        world();
        // (1000 * 90 + 300 * 30) / 1300 = 76.2; C has low confidence, D no score, E left.
        assert_eq!(
            rollup("A"),
            "5 1000 1400 76 At Risk 30 B 1 300 2030-01-01 f"
        );
        assert_eq!(rollup("D"), "1 0 0 - - - - 0 0 2030-01-01 f");
        assert_eq!(rollup("E"), "1 0 0 - - - - 0 0 - f");
        run(
            "update cs.tenants set settings = settings || '{\"parent_arr_includes_children\": true}'",
        );
        // A 1000 - 300, B 300 - 100, C 100: (700 * 90 + 200 * 30) / 900 = 76.7.
        assert_eq!(rollup("A"), "5 700 1000 77 At Risk 30 B 1 200 2030-01-01 f");
        run(&moving("-B"));
        assert_eq!(rollup("A"), "2 1000 1000 90 Healthy 90 A 0 0 2031-01-01 f");
        run("update cs.accounts set status = 'Paused' where name = 'A'");
        assert_eq!(rollup("A"), "2 1000 1000 - - - - 0 0 2031-01-01 f");
        run("update cs.accounts set crm_attributes = '{}'");
        assert_eq!(rollup("B"), "3 0 0 30 Critical 30 B 1 0 - f");
    }

    #[pg_test]
    fn the_view_says_what_the_functions_say() {
        world();
        for setting in ["false", "true"] {
            run(&format!(
                "update cs.tenants set settings = settings || '{{\"parent_arr_includes_children\": {setting}}}'"
            ));
            assert_eq!(
                lines(
                    "select tree.name from cs.account_tree as tree
                     cross join lateral cs.account_rollup(tree.id) as it
                     where (tree.descendants + 1, tree.own_arr, tree.family_arr, tree.family_score, tree.family_worst_score,
                            tree.family_critical, tree.family_arr_at_risk, tree.family_earliest_renewal)
                         is distinct from
                         (it.accounts, it.own_arr, it.family_arr, it.health, it.worst_score, it.critical, it.arr_at_risk,
                            it.earliest_renewal)
                        or tree.children <> (select count(*) from cs.account_descendants(tree.id, 1))"
                ),
                Vec::<String>::new()
            );
        }
        assert_eq!(number("select count(*) from cs.account_tree"), 8);
    }

    /// What every reader who sees the account is told of its ARR, and whether they are told that some of it is hidden.
    fn counted() -> Vec<String> {
        lines(
            "select concat_ws(' ', account.name, counted.arr, counted.partial, tree.own_arr, it.own_arr,
                (select held.end_arr from cs.arr_at('infinity', 'infinity', 'infinity') as held where held.account_id = account.id))
             from cs.accounts as account
             join cs.counted_arr as counted on counted.account_id = account.id
             join cs.account_tree as tree on tree.id = account.id
             cross join lateral cs.account_rollup(account.id) as it
             where length(account.name) = 1 order by account.name",
        )
    }

    #[pg_test]
    fn a_parent_counts_the_same_for_every_reader() {
        world();
        run(
            "update cs.tenants set settings = settings || '{\"parent_arr_includes_children\": true}'",
        );
        let all = [
            "A 700 f 700 700 700",
            "B 200 f 200 200 200",
            "C 100 f 100 100 100",
            "D 0 f 0 0 0",
            "E 0 f 0 0 0",
        ];
        assert_eq!(counted(), all);
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(counted(), all);
        // Cleo sees neither C nor E. B without C would be 300; E is lost, and partial all the same.
        run("reset role");
        become_person("cleo@one.test");
        run("set local role cs_member");
        assert_eq!(
            counted(),
            ["A 700 t 700 700 700", "B 200 t 200 200 200", "D 0 f 0 0 0"]
        );
        run("reset role");
        run("update cs.tenants set settings = settings - 'parent_arr_includes_children'");
        run("set local role cs_member");
        assert_eq!(
            counted(),
            [
                "A 1000 f 1000 1000 1000",
                "B 300 f 300 300 300",
                "D 0 f 0 0 0"
            ]
        );
        assert_eq!(number("select count(*) from cs.hidden_children()"), 0);
        assert_eq!(
            number("select count(*) from cs.hidden_children_history()"),
            0
        );
    }

    #[pg_test]
    fn a_caller_who_sees_a_part_gets_its_sums_and_that_there_is_more() {
        world();
        let (c, other) = (
            lines("select id::text from cs.accounts where name = 'C'").join(""),
            lines("select id::text from cs.accounts where name = 'Other'").join(""),
        );
        become_person("cleo@one.test");
        run("set local role cs_member");
        assert_eq!(
            lines(&format!(
                "select position || ' ' || name from cs.account_breadcrumb({}) order by position",
                of("D")
            )),
            ["0 One", "1 A", "2 B", "3 D"]
        );
        assert_eq!(
            lines(&format!(
                "select name from cs.account_ancestors({})",
                of("D")
            )),
            ["A", "B"]
        );
        assert_eq!(
            lines(&format!(
                "select name || depth from cs.account_descendants({})",
                of("A")
            )),
            ["B1", "D3"]
        );
        assert_eq!(
            rollup("A"),
            "3 1000 1300 76 At Risk 30 B 1 300 2030-01-01 t"
        );
        assert_eq!(rollup("D"), "1 0 0 - - - - 0 0 2030-01-01 f");
        assert_eq!(
            lines("select name || descendants from cs.account_tree order by 1"),
            ["A2", "B1", "D0"]
        );
        for unseen in [c, other, "00000000-0000-0000-0000-000000000001".to_owned()] {
            for call in ["breadcrumb", "ancestors", "descendants", "rollup"] {
                assert_eq!(
                    fails_with(&format!("select * from cs.account_{call}('{unseen}')")),
                    "P0002 no such account",
                    "{call}"
                );
            }
        }
    }
}
