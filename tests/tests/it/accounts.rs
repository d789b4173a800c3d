//! Accounts made and changed by many at once: each is made once, no change is lost, who came too late hears of it.

use std::sync::{Arc, Barrier};
use std::thread;

use cs_tests::database::Database;
use cs_tests::stack;
use postgres::error::SqlState;
use postgres::{Client, Error};

use crate::support::number;

const SESSIONS: usize = 8;

fn tenant_one() -> Database {
    let database = stack::database().unwrap();
    database
        .connect()
        .unwrap()
        .batch_execute(
            "insert into cs.tenants (slug, name) values ('one', 'One');
             insert into cs.users (email) values ('a@one');
             insert into cs.profiles (tenant_id, user_id, full_name, role)
             select tenant.id, person.id, 'Somebody', 'Tenant Admin' from cs.tenants as tenant, cs.users as person",
        )
        .unwrap();
    database
}

/// Does the same in sessions of the admin that begin together, each told its number.
fn at_once<T: Send + 'static>(
    database: &Database,
    work: impl Fn(usize, &mut Client) -> T + Send + Sync + 'static,
) -> Vec<T> {
    let (start, work) = (Arc::new(Barrier::new(SESSIONS)), Arc::new(work));
    let admin: String = database
        .connect()
        .unwrap()
        .query_one("select id::text from cs.users", &[])
        .unwrap()
        .get(0);
    let sessions: Vec<_> = (0..SESSIONS)
        .map(|session| {
            let mut client = database.connect_member(&admin).unwrap();
            let (start, work) = (Arc::clone(&start), Arc::clone(&work));
            thread::spawn(move || {
                start.wait();
                work(session, &mut client)
            })
        })
        .collect();
    sessions
        .into_iter()
        .map(|session| session.join().unwrap())
        .collect()
}

#[test]
fn an_account_that_many_upsert_is_made_once_with_what_each_said() {
    const ACCOUNTS: i64 = 40;
    let database = tenant_one();
    at_once(&database, |session, client| {
        for account in 0..ACCOUNTS {
            let patch = format!(
                r#"{{"name": "Account {account}", "crm_attributes": {{"from_{session}": {account}}}}}"#
            );
            client
                .execute(
                    "select cs.upsert_account($1, $2::text::jsonb)",
                    &[&format!("x-{account}"), &patch],
                )
                .unwrap();
        }
    });
    let mut client = database.connect().unwrap();
    let complete = format!(
        "select count(*) from cs.accounts where (
            select count(*) from jsonb_each(crm_attributes) as said
            where 'x-' || (said.value #>> '{{}}') = external_id and said.key like 'from\\_%'
         ) = {SESSIONS}"
    );
    assert_eq!(number(&mut client, &complete), ACCOUNTS);
    assert_eq!(
        number(&mut client, "select count(*) from cs.accounts"),
        ACCOUNTS
    );
    assert_eq!(
        number(&mut client, "select count(*) from cs.journey_history"),
        ACCOUNTS
    );
    // Made once and changed by each of the others.
    assert_eq!(
        number(&mut client, "select sum(version)::bigint from cs.accounts"),
        ACCOUNTS * i64::try_from(SESSIONS).unwrap()
    );
}

#[test]
fn imports_of_the_same_accounts_make_each_once_whatever_their_order() {
    const ROUNDS: usize = 10;
    const ACCOUNTS: usize = 200;
    let database = tenant_one();
    for round in 0..ROUNDS {
        let told = at_once(&database, move |session, client| {
            let mut rows: Vec<String> = (0..ACCOUNTS)
                .map(|account| {
                    // What only the table refuses: the rows around it are written in parts then.
                    let stage = match account % 100 {
                        50 => r#", "current_stage": "Nowhere""#,
                        _ => "",
                    };
                    format!(
                        r#"{{"external_id": "r{round}-{account}", "name": "Account {account}"{stage}}}"#
                    )
                })
                .collect();
            if session % 2 == 1 {
                rows.reverse();
            }
            let row = client
                .query_one(
                    "select (it -> 'inserted')::bigint, (it -> 'unchanged')::bigint, jsonb_array_length(it -> 'rejected')::bigint
                     from cs.import_accounts($1::text::jsonb, dry_run => false, keep_good => true) as it",
                    &[&format!("[{}]", rows.join(", "))],
                )
                .unwrap();
            [0, 1, 2].map(|place| row.get::<_, i64>(place))
        });
        let all = i64::try_from(ACCOUNTS).unwrap();
        assert_eq!(told.iter().map(|it| it[0]).sum::<i64>(), all - all / 100);
        // Of each row every import says what became of it.
        assert!(
            told.iter().all(|it| it.iter().sum::<i64>() == all),
            "{told:?}"
        );
    }
    assert_eq!(
        number(
            &mut database.connect().unwrap(),
            "select count(*) from cs.accounts"
        ),
        i64::try_from(ROUNDS * (ACCOUNTS - ACCOUNTS / 100)).unwrap()
    );
}

#[test]
fn of_changes_to_what_all_saw_one_is_made_and_the_others_hear_of_it() {
    let database = tenant_one();
    let mut client = database.connect().unwrap();
    client
        .batch_execute(
            "insert into cs.accounts (tenant_id, name) select id, 'Seen' from cs.tenants",
        )
        .unwrap();
    let outcomes: Vec<Result<u64, Error>> = at_once(&database, |session, client| {
        let patch = format!(r#"{{"name": "By {session}"}}"#);
        client.execute(
            "select cs.update_account(id, $1::text::jsonb, 1) from cs.accounts",
            &[&patch],
        )
    });
    let refused: Vec<&Error> = outcomes.iter().filter_map(|it| it.as_ref().err()).collect();
    assert_eq!(refused.len(), SESSIONS - 1);
    let name: String = client
        .query_one("select name from cs.accounts", &[])
        .unwrap()
        .get(0);
    for error in refused {
        let told = error.as_db_error().unwrap();
        assert_eq!(told.code(), &SqlState::TRIGGERED_DATA_CHANGE_VIOLATION);
        assert!(told.detail().unwrap().contains(&name), "{told:?}");
    }
}
