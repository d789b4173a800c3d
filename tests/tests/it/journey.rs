//! Many movers at once leave gapless histories, whatever door they use; renames and what others saw come in between.

use std::thread;

use cs_tests::database::Database;
use cs_tests::stack;
use postgres::Client;

use crate::support::number;

const MOVERS: i32 = 8;
const MOVES: i32 = 125;

/// Ten accounts of the sample's tenant and a Tenant Admin to move them; the playbooks, which would be capped, and
/// the milestones, which would hold them, switched off.
fn prepare() -> (Database, String) {
    let (database, _receiver) = stack::sample_database().unwrap();
    let mut client = database.connect().unwrap();
    client
        .batch_execute(
            "update cs.playbooks set is_active = false;
             update cs.stage_milestones set is_active = false;
             insert into cs.accounts (tenant_id, name)
             select t.id, 'Walker ' || n from cs.tenants t, generate_series(1, 10) n where t.slug = 'acme'",
        )
        .unwrap();
    let alice = client
        .query_one(
            "select id::text from cs.users where email = 'admin@acme.com'",
            &[],
        )
        .unwrap()
        .get(0);
    (database, alice)
}

/// One move of one walker by one of three doors: the call, a bare update, a change of status. Refusals that a mover has to
/// expect are retried, all others are returned.
fn step(client: &mut Client, mover: i32, turn: i32) -> Result<(), postgres::Error> {
    let walker = format!("Walker {}", 1 + (mover * 7 + turn * 3) % 10);
    let stage = 1 + (mover + turn) % 6;
    let statement = match turn % 5 {
        0 => format!(
            "update cs.accounts set status = case status when 'Churned' then 'Active' else 'Churned' end::cs.account_status
              where name = '{walker}'"
        ),
        1 => format!(
            "update cs.accounts set current_stage = (select name from cs.journey_stages where display_order = {stage})
              where name = '{walker}'"
        ),
        _ => format!(
            "select cs.move_account_stage((select id from cs.accounts where name = '{walker}'),
                (select id::text from cs.journey_stages where display_order = {stage}), note => 'by {mover} in {turn}')"
        ),
    };
    loop {
        match client.batch_execute(&statement) {
            Err(error)
                if error
                    .code()
                    .is_some_and(|code| ["40P01", "23503", "22023"].contains(&code.code())) => {}
            done => return done,
        }
    }
}

fn walk(database: &Database, alice: &str, mover: i32) {
    let mut client = database.connect().unwrap();
    client
        .batch_execute(&format!(
            "set app.current_user_id = '{alice}'; set role cs_member"
        ))
        .unwrap();
    for turn in 0..MOVES {
        step(&mut client, mover, turn).unwrap();
    }
}

/// What breaks a chain: rows that do not begin where the one before ended, in time or in stage; more or less than one open
/// row; a last stage that is not the account's; a wrong number of days.
const BREAKS: &str = "
    with chain as (
        select h.*, lag(exited_at) over walk as left_at, lag(to_stage) over walk as came_from,
               row_number() over walk as place
          from cs.journey_history h
          window walk as (partition by tenant_id, account_id order by entered_at, exited_at nulls last, id)
    ), broken as (
        select account_id from chain where place > 1 and (left_at is distinct from entered_at or came_from is distinct from from_stage)
        union all
        select account_id from chain where exited_at is not null
           and duration_days <> floor(extract(epoch from exited_at - entered_at) / 86400)
        union all
        select a.id from cs.accounts a
         where 1 <> (select count(*) from cs.journey_history h
                      where h.account_id = a.id and h.exited_at is null and h.to_stage = a.current_stage)
        union all
        select a.id from cs.accounts a where (a.status = 'Churned') <> (a.current_stage = (
            select name from cs.journey_stages s where s.tenant_id = a.tenant_id and s.is_end))
    )
    select count(*) from broken";

#[test]
fn a_thousand_concurrent_moves_leave_gapless_chains() {
    let (database, alice) = prepare();
    thread::scope(|scope| {
        for mover in 0..MOVERS {
            let (database, alice) = (&database, &alice);
            scope.spawn(move || walk(database, alice, mover));
        }
    });
    let mut client = database.connect().unwrap();
    assert_eq!(number(&mut client, BREAKS), 0);
    let rows = number(
        &mut client,
        "select count(*) from cs.journey_history h join cs.accounts a on a.id = h.account_id where a.name like 'Walker %'",
    );
    assert!(rows > 500, "hardly anybody moved: {rows}");
}

#[test]
fn moves_and_renames_at_once_are_kept_apart() {
    let (database, alice) = prepare();
    thread::scope(|scope| {
        for mover in 0..4 {
            let (database, alice) = (&database, &alice);
            scope.spawn(move || walk(database, alice, mover));
        }
        let mut admin = database.connect().unwrap();
        admin
            .batch_execute(&format!(
                "set app.current_user_id = '{alice}'; set role cs_member"
            ))
            .unwrap();
        for turn in 0..40 {
            let rename = format!(
                "select cs.save_stages(jsonb_build_array(jsonb_build_object(
                    'id', id, 'name', 'Stage {turn}'))) from cs.journey_stages where display_order = {}",
                1 + turn % 6
            );
            while let Err(error) = admin.batch_execute(&rename) {
                assert_eq!(error.code().unwrap().code(), "40P01", "{error:?}");
            }
        }
    });
    let mut client = database.connect().unwrap();
    assert_eq!(number(&mut client, BREAKS), 0);
    assert_eq!(
        number(
            &mut client,
            "select count(*) from cs.journey_history where from_stage = to_stage"
        ),
        0,
        "a rename was taken for a move"
    );
}

#[test]
fn of_two_who_saw_the_same_stage_one_is_told_who_was_first() {
    let (database, alice) = prepare();
    let outcomes: Vec<Option<String>> = thread::scope(|scope| {
        let movers: Vec<_> = ["Adoption", "Renewal"]
            .into_iter()
            .map(|stage| {
                let (database, alice) = (&database, &alice);
                scope.spawn(move || {
                    let mut client = database.connect().unwrap();
                    client
                        .batch_execute(&format!("set app.current_user_id = '{alice}'; set role cs_member"))
                        .unwrap();
                    let call = format!(
                        "select cs.move_account_stage((select id from cs.accounts where name = 'Walker 1'), '{stage}', 'Onboarding')"
                    );
                    let refused = client.batch_execute(&call).err()?;
                    let error = refused.as_db_error().unwrap().clone();
                    Some(format!("{} {}", error.code().code(), error.message()))
                })
            })
            .collect();
        movers.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let refused: Vec<&String> = outcomes.iter().flatten().collect();
    assert_eq!(refused.len(), 1, "{outcomes:?}");
    assert!(
        refused[0].starts_with("27000 Alice Administrator moved this account to"),
        "{refused:?}"
    );
}
