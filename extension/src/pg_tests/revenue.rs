//! The history of ARR: what writes a row, what does not, and who reads it.

#[pgrx::pg_schema]
mod tests {
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run};
    use pgrx::prelude::*;

    /// The history of an account, oldest first: ARR, whether it is open, whether it begins as the one before ends.
    fn history(name: &str) -> Vec<String> {
        lines(&format!(
            "select concat_ws(' ', history.arr, history.valid_until is null,
                history.valid_from = lag(history.valid_until) over (order by history.valid_from, history.valid_until))
             from cs.arr_history as history
             join cs.accounts as account on account.tenant_id = history.tenant_id and account.id = history.account_id
             where account.name = '{name}'
             order by history.valid_from, history.valid_until"
        ))
    }

    fn set_arr(name: &str, arr: &str) {
        run(&format!(
            "update cs.accounts set crm_attributes = crm_attributes || '{{\"arr\": {arr}}}' where name = '{name}'"
        ));
    }

    #[pg_test]
    fn however_arr_and_status_change_their_history_has_no_gaps() {
        run(WORLD);
        assert_eq!(history("First"), ["0 t"]);
        set_arr("First", "1000");
        set_arr("First", "1000");
        set_arr("First", "1000.00");
        run("update cs.accounts set name = 'First', status = 'Paused' where name = 'First'");
        assert_eq!(history("First"), ["0 f", "1000 t t"]);
        run(
            "update cs.accounts set current_stage = 'Churned', status = 'Churned' where name = 'First'",
        );
        set_arr("First", "2500");
        run("update cs.accounts set status = 'Active' where name = 'First'");
        set_arr("First", "null");
        assert_eq!(
            history("First"),
            ["0 f", "1000 f t", "0 f t", "2500 f t", "0 t t"]
        );
        assert_eq!(history("Second"), ["0 t"]);
    }

    #[pg_test]
    fn many_rows_at_once_are_recorded_as_one_by_one() {
        run(WORLD);
        run("insert into cs.accounts (tenant_id, name, status, crm_attributes)
             select tenant.id, 'Bulk ' || number, case when number % 5 = 0 then 'Churned' else 'Active' end::cs.account_status,
                jsonb_build_object('arr', number)
             from cs.tenants as tenant, generate_series(1, 50) as number where tenant.slug = 'one'");
        run("update cs.accounts set crm_attributes = jsonb_build_object('arr', arr + (id::text < '0')::integer + 1)
             where name like 'Bulk %'");
        run("update cs.accounts set status = 'Churned' where name like 'Bulk 1%'");
        let wrong = lines(
            "select account.name
             from cs.accounts as account
             left join cs.arr_history as held
                on held.tenant_id = account.tenant_id and held.account_id = account.id and held.valid_until is null
             where held.arr is distinct from case when account.status = 'Churned' then 0 else coalesce(account.arr, 0) end
             union all
             select 'gap ' || it.account_id from (
                select account_id, valid_from, lag(valid_until) over (partition by account_id order by valid_from, valid_until) as ended,
                    row_number() over (partition by account_id order by valid_from, valid_until) as place
                from cs.arr_history
             ) as it where it.place > 1 and it.ended is distinct from it.valid_from",
        );
        assert_eq!(wrong, Vec::<String>::new());
        // 50 begin; 40 are Active and change; 9 of the 11 whose name begins with 1 were not lost before.
        assert_eq!(
            number(
                "select count(*) from cs.arr_history as history join cs.accounts as account on account.id = history.account_id
                 where account.name like 'Bulk %'"
            ),
            50 + 40 + 9
        );
    }

    #[pg_test]
    fn a_change_within_a_change_ends_with_what_the_account_has() {
        run(WORLD);
        set_arr("First", "1000");
        // Fires before ours, and changes the account once more.
        run("create function pg_temp.raise_again() returns trigger language plpgsql as $$ begin
                if pg_trigger_depth() = 1 then
                    update cs.accounts set crm_attributes = '{\"arr\": 3000}' where name = 'First' and arr = 2000;
                end if;
                return null;
             end $$");
        run("create trigger t01_again after update on cs.accounts
             for each statement execute function pg_temp.raise_again()");
        set_arr("First", "2000");
        assert_eq!(history("First"), ["0 f", "1000 f t", "3000 t t"]);
    }

    #[pg_test]
    fn an_account_without_history_gets_one_with_its_next_change() {
        run(WORLD);
        run("delete from cs.arr_history");
        run("update cs.accounts set name = 'Renamed' where name = 'Second'");
        set_arr("First", "700");
        assert_eq!(history("Renamed"), Vec::<String>::new());
        assert_eq!(history("First"), ["700 t"]);
    }

    #[pg_test]
    fn a_clock_behind_the_last_change_makes_no_row_of_negative_length() {
        run(WORLD);
        set_arr("First", "1000");
        run(
            "update cs.arr_history set valid_from = valid_from + interval '1 hour'
             where valid_until is null and arr = 1000",
        );
        set_arr("First", "2000");
        assert_eq!(
            lines(
                "select concat_ws(' ', arr, valid_until - valid_from) from cs.arr_history where arr > 0 order by arr"
            ),
            ["1000 00:00:00", "2000"]
        );
    }

    #[pg_test]
    fn a_restore_brings_its_own_history() {
        run(WORLD);
        run("set local row_security = off");
        set_arr("First", "1000");
        assert_eq!(history("First"), ["0 t"]);
    }

    #[pg_test]
    fn people_read_the_history_of_accounts_they_see_and_write_none() {
        run(WORLD);
        set_arr("First", "1000");
        become_person("ben@two.test");
        run("set local role cs_member");
        assert_eq!(lines("select arr::text from cs.arr_history"), ["0"]);
        run("reset role");
        become_person("ada@one.test");
        run("set local role cs_member");
        assert_eq!(number("select count(*) from cs.arr_history"), 3);
        for statement in [
            "insert into cs.arr_history (account_id, arr, valid_from) select id, 1, now() from cs.accounts",
            "update cs.arr_history set arr = 1",
            "delete from cs.arr_history",
        ] {
            assert!(
                fails_with(statement).starts_with("42501 permission denied"),
                "{statement}"
            );
        }
        set_arr("First", "1500");
        assert_eq!(history("First"), ["0 f", "1000 f t", "1500 t t"]);
    }
}
