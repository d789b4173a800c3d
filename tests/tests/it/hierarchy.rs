//! The tree of accounts while several change it: it stays a tree, and level and path stay what the parents say.

use std::thread;

use cs_tests::database::Database;
use cs_tests::stack;
use postgres::error::SqlState;
use postgres::{Client, Error};

use crate::support::{number, wait_sql};

/// Tenants one and two with an admin each, and this many roots a1, a2 … in the first, b1, b2 … in the second.
fn forest(roots: u32) -> Database {
    let database = stack::database().unwrap();
    database
        .connect()
        .unwrap()
        .batch_execute(&format!(
            "insert into cs.tenants (slug, name) values ('one', 'One'), ('two', 'Two');
             insert into cs.users (email) values ('a@one'), ('b@two');
             insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Somebody', 'Tenant Admin'
             from cs.tenants as tenant join cs.users as person on person.email like '%@' || tenant.slug;
             insert into cs.accounts (tenant_id, name)
             select tenant.id, case tenant.slug when 'one' then 'a' else 'b' end || number
             from cs.tenants as tenant cross join generate_series(1, {roots}) as number"
        ))
        .unwrap();
    database
}

/// A connection as the admin of one of the tenants, or as superuser.
fn session(database: &Database, email: Option<&str>) -> Client {
    let mut client = database.connect().unwrap();
    if let Some(email) = email {
        client
            .batch_execute(&format!(
                "select set_config('app.current_user_id', id::text, false) from cs.users where email = '{email}';
                 set role cs_member"
            ))
            .unwrap();
    }
    client
}

/// Gives an account another parent.
fn moving(child: &str, parent: &str) -> String {
    format!(
        "update cs.accounts set parent_id = (select id from cs.accounts where name = '{parent}') where name = '{child}'"
    )
}

/// Adds an account below another.
fn adding(child: &str, parent: &str) -> String {
    format!(
        "insert into cs.accounts (tenant_id, name, parent_id)
         select tenant_id, '{child}', id from cs.accounts where name = '{parent}'"
    )
}

/// Accounts whose level or path is not what a recursive query over the parents says; those in a cycle have no answer.
fn assert_tree(client: &mut Client) {
    let astray = client
        .query(
            "with recursive walk as (
                 select tenant_id, id, 0 as level, id::text as path from cs.accounts where parent_id is null
                 union all
                 select child.tenant_id, child.id, walk.level + 1, walk.path || '/' || child.id
                 from walk join cs.accounts as child on child.tenant_id = walk.tenant_id and child.parent_id = walk.id
             )
             select account.name from cs.accounts as account left join walk using (tenant_id, id)
             where (account.hierarchy_level, account.hierarchy_path) is distinct from (walk.level, walk.path collate \"C\")",
            &[],
        )
        .unwrap();
    let names: Vec<String> = astray.iter().map(|row| row.get(0)).collect();
    assert_eq!(names, Vec::<String>::new());
}

/// Numbers without a pattern, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

fn is_refusal(error: &Error) -> bool {
    error.code() == Some(&SqlState::INVALID_PARAMETER_VALUE)
}

/// Runs a statement in a session of its own; `None` while it has to wait.
fn in_background(mut client: Client, statement: String) -> thread::JoinHandle<Result<(), Error>> {
    thread::spawn(move || client.batch_execute(&statement))
}

fn wait_until_one_waits(client: &mut Client) {
    wait_sql(
        client,
        "a session that waits for the tree",
        "select count(*) > 0 from pg_locks where not granted and locktype = 'object'
           and database = (select oid from pg_database where datname = current_database())",
    );
}

#[test]
fn a_hundred_moves_at_once_leave_a_tree() {
    let database = forest(40);
    let workers: Vec<_> = (0..10_u64)
        .map(|number| {
            let email = (number % 3 > 0).then_some("a@one");
            let mut client = session(&database, email);
            thread::spawn(move || {
                let mut dice = Dice(number);
                let (mut done, mut refused) = (0, 0);
                for round in 0..20 {
                    let (one, other) = (dice.roll(40) + 1, dice.roll(44) + 1);
                    let statement = match number {
                        8 => adding(&format!("c{round}"), &format!("a{one}")),
                        9 => format!(
                            "update cs.accounts set current_stage = 'Adoption', name = name where name = 'a{one}'"
                        ),
                        _ => moving(&format!("a{one}"), &format!("a{other}")),
                    };
                    match client.batch_execute(&statement) {
                        Ok(()) => done += 1,
                        Err(error) if is_refusal(&error) => refused += 1,
                        Err(error) => panic!("{statement}: {error:?}"),
                    }
                }
                (done, refused)
            })
        })
        .collect();
    let sums = workers
        .into_iter()
        .map(|worker| worker.join().unwrap())
        .fold((0, 0), |(all, none), (done, refused)| {
            (all + done, none + refused)
        });
    assert!(sums.0 > 100 && sums.1 > 0, "{sums:?}");
    let mut client = database.connect().unwrap();
    assert_tree(&mut client);
    assert!(
        number(
            &mut client,
            "select max(hierarchy_level)::bigint from cs.accounts"
        ) > 1
    );
}

#[test]
fn of_two_that_make_a_cycle_together_one_is_refused() {
    for (first, second) in [
        (Some("a@one"), Some("a@one")),
        (None, Some("a@one")),
        (Some("a@one"), None),
        (None, None),
    ] {
        let database = forest(3);
        let mut client = database.connect().unwrap();
        let mut one = session(&database, first);
        let mut work = one.transaction().unwrap();
        work.batch_execute(&moving("a1", "a2")).unwrap();
        let other = in_background(session(&database, second), moving("a2", "a1"));
        wait_until_one_waits(&mut client);
        work.commit().unwrap();
        let error = other.join().unwrap().unwrap_err();
        assert!(is_refusal(&error), "{error:?}");
        assert_tree(&mut client);
    }
}

#[test]
fn a_child_and_the_move_of_its_parent_wait_for_each_other() {
    let database = forest(3);
    let mut client = database.connect().unwrap();
    let mut one = session(&database, Some("a@one"));

    let mut work = one.transaction().unwrap();
    work.batch_execute(&moving("a1", "a2")).unwrap();
    let child = in_background(session(&database, Some("a@one")), adding("c1", "a1"));
    wait_until_one_waits(&mut client);
    work.commit().unwrap();
    child.join().unwrap().unwrap();
    assert_tree(&mut client);

    let mut work = one.transaction().unwrap();
    work.batch_execute(&adding("c2", "c1")).unwrap();
    let mover = in_background(session(&database, None), moving("a1", "a3"));
    wait_until_one_waits(&mut client);
    work.commit().unwrap();
    mover.join().unwrap().unwrap();
    assert_tree(&mut client);
    assert_eq!(
        number(
            &mut client,
            "select hierarchy_level::bigint from cs.accounts where name = 'c2'"
        ),
        3
    );
}

#[test]
fn whoever_sees_the_past_changes_no_tree_by_it() {
    let database = forest(3);
    let mut client = database.connect().unwrap();
    let mut one = session(&database, None);
    let mut late = one
        .build_transaction()
        .isolation_level(postgres::IsolationLevel::RepeatableRead)
        .start()
        .unwrap();
    late.batch_execute("select count(*) from cs.accounts")
        .unwrap();
    client.batch_execute(&moving("a1", "a2")).unwrap();
    let error = late.batch_execute(&adding("c1", "a1")).unwrap_err();
    assert_eq!(error.code(), Some(&SqlState::T_R_SERIALIZATION_FAILURE));
    late.rollback().unwrap();
    assert_tree(&mut client);
}

#[test]
fn nobody_else_waits_for_a_move() {
    let database = forest(3);
    let mut client = database.connect().unwrap();
    let mut one = session(&database, Some("a@one"));
    let mut work = one.transaction().unwrap();
    work.batch_execute(&moving("a1", "a2")).unwrap();
    for (email, statement) in [
        ("b@two", moving("b1", "b2")),
        ("b@two", adding("c", "b1")),
        (
            "a@one",
            "update cs.accounts set current_stage = 'Adoption' where name = 'a3'".to_owned(),
        ),
        (
            "a@one",
            "insert into cs.accounts (name) values ('root')".to_owned(),
        ),
    ] {
        let mut other = session(&database, Some(email));
        other.batch_execute("set lock_timeout = '1s'").unwrap();
        other.batch_execute(&statement).unwrap();
    }
    work.commit().unwrap();
    assert_tree(&mut client);
}
