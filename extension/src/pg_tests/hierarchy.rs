//! The tree of accounts: level and path follow parent_id, whatever statement changes it, or the statement is refused.

/// Accounts of tenant one by letter, a parent's letter before the letter: `family("A AB BC")` is A > B > C.
pub fn family(kin: &str) {
    super::run(&format!(
        "insert into cs.accounts (tenant_id, name, parent_id)
         select tenant.id, right(kin, 1), null from cs.tenants as tenant
         cross join regexp_split_to_table('{kin}', ' ') as kin where tenant.slug = 'one' and length(kin) = 1"
    ));
    for pair in kin.split(' ').filter(|it| it.len() == 2) {
        let (parent, child) = pair.split_at(1);
        super::run(&format!(
            "insert into cs.accounts (tenant_id, name, parent_id)
             select tenant_id, '{child}', id from cs.accounts where name = '{parent}'"
        ));
    }
}

/// A statement that gives each second letter the first one as parent; `-A` makes A a root.
pub fn moving(kin: &str) -> String {
    format!(
        "update cs.accounts as account
         set parent_id = (select parent.id from cs.accounts as parent where parent.name = left(kin, 1))
         from regexp_split_to_table('{kin}', ' ') as kin where account.name = right(kin, 1)"
    )
}

/// The accounts whose level or path is not what their parents say.
pub const ASTRAY: &str = "with recursive walk as (
        select tenant_id, id, 0 as level, id::text as path from cs.accounts where parent_id is null
        union all
        select child.tenant_id, child.id, walk.level + 1, walk.path || '/' || child.id
        from walk join cs.accounts as child on child.tenant_id = walk.tenant_id and child.parent_id = walk.id
    )
    select account.name from cs.accounts as account left join walk using (tenant_id, id)
    where (account.hierarchy_level, account.hierarchy_path) is distinct from (walk.level, walk.path collate \"C\")";

/// The tree by names: `A AB ABC`.
pub const SHAPE: &str = "select (
        select string_agg(step.name, '' order by step.hierarchy_level) from cs.accounts as step
        where step.id = any (string_to_array(account.hierarchy_path, '/')::uuid[])
    ) from cs.accounts as account where length(account.name) = 1 order by 1";

#[pgrx::pg_schema]
mod tests {
    use super::{ASTRAY, SHAPE, family, moving};
    use crate::pg_tests::{WORLD, become_person, fails_with, lines, number, run, text};
    use pgrx::prelude::*;

    const CYCLE: &str =
        "22023 an account cannot be placed below itself or below one of its own subsidiaries";
    const NO_PARENT: &str = "22023 there is no such parent account in this tenant";
    const TOO_DEEP: &str = "22023 accounts can be nested at most 10 levels below a root";

    fn shape() -> Vec<String> {
        assert_eq!(lines(ASTRAY), Vec::<String>::new());
        lines(SHAPE)
    }

    #[pg_test]
    fn a_move_takes_the_subtree_along_and_edits_one_account() {
        run(WORLD);
        family("A AB BC CD E");
        run(&moving("EB"));
        assert_eq!(shape(), ["A", "E", "EB", "EBC", "EBCD"]);
        run(&moving("-C"));
        assert_eq!(shape(), ["A", "C", "CD", "E", "EB"]);
        assert_eq!(
            lines("select name || version from cs.accounts where length(name) = 1 order by 1"),
            ["A1", "B2", "C2", "D1", "E1"]
        );
        assert_eq!(
            lines(
                "select (select name from cs.accounts where id = (row_key ->> 'id')::uuid)
                        || ' ' || (select string_agg(key, ',') from jsonb_object_keys(after) as key)
                 from cs.audit_log where table_name = 'accounts' and action = 'update' order by 1"
            ),
            ["B parent_id", "C parent_id"]
        );
        assert_eq!(
            number("select count(*) from cs.journey_history where to_stage <> 'Onboarding'"),
            0
        );
    }

    #[pg_test]
    fn a_moved_account_returns_its_new_place() {
        run(WORLD);
        family("A AB C");
        let returned = text(&format!(
            "{} returning hierarchy_level || ' ' || (hierarchy_path like '%_/' || account.parent_id || '/' || account.id)",
            moving("BC")
        ));
        assert_eq!(returned.as_deref(), Some("2 true"));
    }

    #[pg_test]
    fn the_longest_name_at_the_deepest_place_fits_its_index() {
        run(WORLD);
        family("A AB BC CD DE EF FG GH HI IJ JK");
        let renamed = |characters: i32| {
            format!(
                "update cs.accounts set name = (
                     select string_agg(chr(131072 + (random() * 40000)::integer), '') from generate_series(1, {characters})
                 ) where name = 'K'"
            )
        };
        assert!(fails_with(&renamed(501)).starts_with("23514"));
        run(&renamed(500));
        assert_eq!(
            number("select hierarchy_level from cs.accounts where char_length(name) = 500"),
            10
        );
    }

    #[pg_test]
    fn parents_and_children_change_places_in_one_statement() {
        run(WORLD);
        family("A AB BC CD E");
        run(&moving("AC CB"));
        assert_eq!(shape(), ["A", "AC", "ACB", "ACD", "E"]);
        run(&moving("CA -C"));
        assert_eq!(shape(), ["C", "CA", "CB", "CD", "E"]);
        run(&moving("EC AD CB BA"));
        assert_eq!(shape(), ["E", "EC", "ECB", "ECBA", "ECBAD"]);
    }

    #[pg_test]
    fn children_may_come_before_their_parents() {
        run(WORLD);
        run("insert into cs.accounts (tenant_id, id, name, parent_id)
             select tenant.id, overlay('00000000-0000-0000-0000-000000000000' placing it.id from 36)::uuid, it.name,
                 overlay('00000000-0000-0000-0000-000000000000' placing it.parent from 36)::uuid
             from cs.tenants as tenant
             cross join (values ('4', 'D', '3'), ('3', 'C', '2'), ('5', 'E', '3'), ('2', 'B', '1'), ('1', 'A', null), ('6', 'F', '1'))
                 as it (id, name, parent)
             where tenant.slug = 'one'");
        assert_eq!(shape(), ["A", "AB", "ABC", "ABCD", "ABCE", "AF"]);
        assert_eq!(
            number("select count(*) from cs.accounts where version <> 1"),
            0
        );
        run("with above as (
                 insert into cs.accounts (tenant_id, name) select id, 'G' from cs.tenants where slug = 'one' returning tenant_id, id
             ), moved as (
                 update cs.accounts set parent_id = above.id from above where name = 'C' returning accounts.tenant_id, accounts.id
             )
             insert into cs.accounts (tenant_id, name, parent_id) select tenant_id, 'H', id from moved");
        assert_eq!(shape(), ["A", "AB", "AF", "G", "GC", "GCD", "GCE", "GCH"]);
    }

    #[pg_test]
    fn what_is_no_tree_is_refused_and_nothing_of_it_stays() {
        run(WORLD);
        family("A AB BC CD DE EF FG GH HI IJ JK P PQ QR");
        let before = shape();
        let insert = |name: &str, id: &str, parent: &str| {
            format!(
                "insert into cs.accounts (tenant_id, id, name, parent_id)
                 select id, {id}, '{name}', {parent} from cs.tenants where slug = 'one'"
            )
        };
        let id = "'00000000-0000-0000-0000-000000000001'::uuid";
        let of = |name: &str| format!("(select id from cs.accounts where name = '{name}')");
        for (statement, expected) in [
            (moving("AA"), CYCLE),
            (moving("CA"), CYCLE),
            (moving("RP PQ"), CYCLE),
            (insert("L", id, id), CYCLE),
            (insert("L", "cs.uuid_v7()", &of("K")), TOO_DEEP),
            (moving("JP"), TOO_DEEP),
            (moving("PA"), TOO_DEEP),
            (insert("L", "cs.uuid_v7()", &of("Other")), NO_PARENT),
            (insert("L", "cs.uuid_v7()", id), NO_PARENT),
            (
                format!(
                    "update cs.accounts set parent_id = {} where name = 'P'",
                    of("Other")
                ),
                NO_PARENT,
            ),
            (
                format!("update cs.accounts set parent_id = {id} where name = 'P'"),
                NO_PARENT,
            ),
            (
                "delete from cs.accounts where name = 'Q'".to_owned(),
                "23503 an account that has subsidiaries cannot be deleted",
            ),
        ] {
            assert_eq!(fails_with(&statement), expected, "{statement}");
        }
        assert_eq!(shape(), before);
        assert_eq!(fails_with(&moving("-B BA")), "nothing");
        assert_eq!(
            fails_with("delete from cs.accounts where name in ('P', 'Q', 'R')"),
            "nothing"
        );
    }

    #[pg_test]
    fn faults_name_their_field_and_say_how_to_mend_them() {
        run(WORLD);
        family("A AB");
        for statement in [
            moving("BA"),
            "update cs.accounts set parent_id = cs.uuid_v7() where name = 'B'".to_owned(),
        ] {
            run(&format!(
                "do $do$ declare told text; advice text; begin
                    {statement};
                 exception when others then
                    get stacked diagnostics told = pg_exception_detail, advice = pg_exception_hint;
                    perform set_config('test.told', told || (advice <> ''), true);
                 end $do$"
            ));
            assert_eq!(
                text("select current_setting('test.told')").as_deref(),
                Some("{\"field\":\"parent_id\"}true")
            );
        }
    }

    #[pg_test]
    fn random_moves_leave_what_a_recursive_query_says() {
        run(WORLD);
        run("insert into cs.accounts (tenant_id, name)
             select tenant.id, 'n' || number from cs.tenants as tenant cross join generate_series(1, 60) as number
             where tenant.slug = 'one'");
        let mut dice = 20_240_229_u64;
        let mut roll = |sides: u64| {
            dice = dice
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (dice >> 33) % sides
        };
        let (mut done, mut refused) = (0, 0);
        for _ in 0..300 {
            let moves = (0..=roll(4))
                .map(|_| format!("({}, {})", roll(60) + 1, roll(66) + 1))
                .collect::<Vec<_>>()
                .join(", ");
            let outcome = fails_with(&format!(
                "update cs.accounts as account
                 set parent_id = (select parent.id from cs.accounts as parent where parent.name = 'n' || it.parent)
                 from (select distinct on (child) * from (values {moves}) as it (child, parent)) as it
                 where account.name = 'n' || it.child"
            ));
            match outcome.as_str() {
                "nothing" => done += 1,
                CYCLE | TOO_DEEP => refused += 1,
                other => panic!("{other}"),
            }
            assert_eq!(lines(ASTRAY), Vec::<String>::new());
        }
        assert!(done > 50 && refused > 50, "{done} done, {refused} refused");
    }

    #[pg_test]
    fn only_a_parent_that_changes_locks_the_tree() {
        run(WORLD);
        let modes = "select mode from pg_locks where locktype = 'object' and classid = 'cs.accounts'::regclass
                     and objsubid in (1, 2) and pid = pg_backend_pid() order by 1";
        run(
            "update cs.accounts set current_stage = 'Adoption', status = 'Paused' where name = 'First'",
        );
        run("update cs.accounts set name = name || '!'");
        assert_eq!(lines(modes), Vec::<String>::new());
        family("A AB");
        assert_eq!(lines(modes), ["ShareLock", "ShareLock"]);
        become_person("ada@one.test");
        run("set local role cs_member");
        run(&moving("-B"));
        run("reset role");
        assert_eq!(
            lines(&format!(
                "select distinct mode from ({modes}) as held order by 1"
            )),
            ["ExclusiveLock", "ShareLock"]
        );
    }

    #[pg_test]
    fn a_member_moves_what_they_may_edit() {
        run(WORLD);
        family("A AB BC D");
        run("insert into cs.users (email) values ('vic@one.test')");
        run("insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Vic', 'Contributor' from cs.tenants as tenant, cs.users as person
             where tenant.slug = 'one' and person.email = 'vic@one.test'");
        run(
            "update cs.accounts set csm_id = (select id from cs.users where email = 'vic@one.test') where length(name) = 1",
        );
        become_person("vic@one.test");
        run("set local role cs_member");
        assert_eq!(
            fails_with(&moving("DB")),
            "42501 your role may not edit or share accounts"
        );
        run("reset role");
        become_person("ada@one.test");
        run("set local role cs_member");
        run(&moving("DB"));
        assert_eq!(shape(), ["A", "D", "DB", "DBC"]);
    }
}
