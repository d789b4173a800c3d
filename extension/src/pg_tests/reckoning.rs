//! The figures of revenue and journey against a reckoning of their definition, moment by moment, on random tenants: changes at
//! local midnights, families, losses and returns, moves that were taken back, in two time zones.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, lines, number, run};
    use pgrx::prelude::*;

    const STORY: &str = include_str!("sql/reckoning_world.sql");
    const RECKONING: &str = include_str!("sql/reckoning.sql");
    const SHOWN: &str = include_str!("sql/reckoning_shown.sql");

    fn check(seed: f64, zone: &str, includes: bool) {
        run(WORLD);
        run(&format!(
            "select setseed({seed}), set_config('reckoning.zone', '{zone}', true), set_config('reckoning.includes', '{includes}', true)"
        ));
        become_person("ada@one.test");
        run(STORY);
        run(RECKONING);
        // Everything there is to get wrong has happened.
        for happened in [
            "select count(*) from cs.journey_history where is_undone",
            "select count(*) from cs.arr_bridge where returned_arr > 0",
            "select count(*) from cs.arr_bridge where churned_arr > 0",
            "select count(*) from pg_temp.paid join pg_temp.months on months.since = paid.at where paid.arr > 0",
            "select count(*) from pg_temp.stays join pg_temp.months on months.since = stays.entered_at",
        ] {
            assert!(number(happened) > 2, "{happened}");
        }
        run(
            "create table pg_temp.lines as select 'reckoned' as by, line from pg_temp.reckoned;
             grant select on pg_temp.months to cs_member;
             grant insert on pg_temp.lines to cs_member;
             set local role cs_member",
        );
        run(&format!(
            "insert into pg_temp.lines select 'shown', it.line from ({SHOWN}) as it"
        ));
        run("reset role");
        assert!(number("select count(*) from pg_temp.lines") > 500);
        assert_eq!(
            lines(
                "select min(by) || ' alone: ' || line from pg_temp.lines group by line having count(*) <> 2 order by line limit 20"
            ),
            Vec::<String>::new(),
            "seed {seed} in {zone}, {includes}"
        );
    }

    #[pg_test]
    fn figures_are_what_is_reckoned_in_new_york() {
        check(0.11, "America/New_York", false);
    }

    #[pg_test]
    fn figures_are_what_is_reckoned_on_lord_howe() {
        check(0.22, "Australia/Lord_Howe", false);
    }

    #[pg_test]
    fn families_are_what_is_reckoned_in_new_york() {
        check(0.33, "America/New_York", true);
    }

    #[pg_test]
    fn families_are_what_is_reckoned_on_lord_howe() {
        check(0.44, "Australia/Lord_Howe", true);
    }
}
