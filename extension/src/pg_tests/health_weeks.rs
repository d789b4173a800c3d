//! The way of scores week by week.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run};
    use pgrx::prelude::*;

    fn world() {
        run(WORLD);
        run(
            "insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select account.tenant_id, account.id, it.score, now() - it.days * interval '1 day'
             from cs.accounts as account,
                (values ('First', 50, 22), ('First', 60, 21), ('First', 90, 10), ('First', 10, 8), ('First', 80, 1)) as it (name, score, days)
             where account.name = it.name order by it.days desc",
        );
        run("create temporary table accounts_of_all as select id, name from cs.accounts");
        run("grant select on accounts_of_all to public");
    }

    fn weeks(more: &str) -> Vec<String> {
        lines(&format!(
            "select account.name || ' ' || array_to_string(found.scores, ',', '-')
             from cs.weekly_scores((select array_agg(id) from accounts_of_all){more}) as found
             join accounts_of_all as account on account.id = found.account_id order by account.name"
        ))
    }

    #[pg_test]
    fn each_week_has_the_score_that_was_shown_at_its_end() {
        world();
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(weeks(", 5")[0], "First -,60,60,10,80");
        assert_eq!(weeks("")[0], "First -,-,-,-,-,-,-,-,60,60,10,80");
        assert_eq!(weeks(", 1")[0], "First 80");
        assert!(weeks("").len() > 1, "who has no score has a row, too");
        assert!(weeks("")[1].ends_with(" -,-,-,-,-,-,-,-,-,-,-,-"));
    }

    #[pg_test]
    fn of_accounts_that_the_caller_does_not_see_there_is_no_row() {
        world();
        become_person("ben@two.test");
        run("set local role cs_member");
        assert!(weeks("").iter().all(|it| !it.starts_with("First ")));
    }

    #[pg_test]
    fn too_much_is_refused() {
        world();
        become_person("ada@one.test");
        for (arguments, message) in [
            ("'{}', 0", "22023 weeks must be from 1 to 104, not 0"),
            ("'{}', 105", "22023 weeks must be from 1 to 104, not 105"),
            (
                "(select array_agg(gen_random_uuid()) from generate_series(1, 1001))",
                "22023 account_ids has 1001 entries, at most 1000 are answered at once",
            ),
        ] {
            let statement = format!("select cs.weekly_scores({arguments})");
            assert_eq!(fails_with(&statement), message);
        }
    }

    #[pg_test]
    fn each_day_has_the_score_that_was_shown_at_its_end() {
        run(WORLD);
        // Twice on one day: the later one counts. 21:00 in UTC is the next day in Tokyo.
        run(
            "update cs.tenants set settings = settings || '{\"time_zone\": \"Asia/Tokyo\"}' where slug = 'one';
             insert into cs.health_scores (tenant_id, account_id, overall_score, created_at)
             select account.tenant_id, account.id, it.score,
                date_trunc('day', now() at time zone 'Asia/Tokyo') at time zone 'Asia/Tokyo' - it.before::interval
             from cs.accounts as account,
                (values (50, '5 days'), (60, '101 hours'), (90, '49 hours'), (20, '1 second')) as it (score, before)
             where account.name = 'First' order by it.before::interval desc",
        );
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(
            lines(
                "select concat_ws(' ', account_name, (now() at time zone 'Asia/Tokyo')::date - day, overall_score, risk_level)
                 from cs.health_days where account_name = 'First' order by day"
            ),
            [
                "First 5 60 At Risk",
                "First 4 60 At Risk",
                "First 3 90 Healthy",
                "First 2 90 Healthy",
                "First 1 20 Critical",
                "First 0 20 Critical",
            ]
        );
        run("reset role");
        become_person("ben@two.test");
        run("set local role cs_member");
        assert_eq!(number("select count(*) from cs.health_days"), 0);
    }
}
