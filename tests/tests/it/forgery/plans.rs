//! Plans that outlive a person, and conditions that tell what they are asked about.

use std::sync::{Arc, Mutex};

use postgres::{Client, Config, NoTls};

use crate::world::{self, World};

#[test]
fn a_prepared_statement_shows_each_person_only_their_own() {
    let world = World::new();
    let mut client = world.database.connect().unwrap();
    let relations = world::readable(&mut client, "cs_member");
    for mode in ["force_generic_plan", "force_custom_plan", "auto"] {
        client
            .batch_execute(&format!("set plan_cache_mode = {mode}"))
            .unwrap();
        for (relation, columns) in &relations {
            client
                .batch_execute(&format!(
                    "prepare p as select {} from cs.{relation}",
                    columns.join(", ")
                ))
                .unwrap();
            // Many turns: `auto` changes to a generic plan after five.
            for turn in 0..14_usize {
                let of = &world.tenants[turn % 2];
                let other = &world.tenants[1 - turn % 2];
                let text = execute(&mut client, &of.identity(turn / 2 % 2));
                assert!(!text.contains(other.marker), "{mode}, {relation}: {text}");
                assert!(
                    text.contains(of.marker)
                        || turn / 2 % 2 == 1
                        || text.contains(&of.id)
                        || world::MOSTLY_EMPTY.contains(&relation.as_str()),
                    "{mode}, {relation}: nothing of one's own: {text}"
                );
            }
            assert!(!within_one_transaction(&mut client, &world));
            client.batch_execute("deallocate p").unwrap();
        }
    }
}

fn execute(client: &mut Client, identity: &str) -> String {
    let mut work = client.transaction().unwrap();
    work.batch_execute(&format!("{identity}; set local role cs_member"))
        .unwrap();
    world::text_of(&work.simple_query("execute p").unwrap())
}

/// Whether somebody sees the other's rows when the person changes between two executions of one transaction.
fn within_one_transaction(client: &mut Client, world: &World) -> bool {
    let mut work = client.transaction().unwrap();
    world.tenants.iter().any(|tenant| {
        work.batch_execute(&format!(
            "reset role; {}; set local role cs_member",
            tenant.identity(0)
        ))
        .unwrap();
        let text = world::text_of(&work.simple_query("execute p").unwrap());
        world
            .tenants
            .iter()
            .any(|other| other.marker != tenant.marker && text.contains(other.marker))
    })
}

#[test]
fn a_condition_that_tells_is_asked_about_own_rows_only() {
    let world = World::new();
    let [left, right] = &world.tenants;
    let mut admin = world.database.connect().unwrap();
    let relations = world::readable(&mut admin, "cs_member");
    admin
        .batch_execute(
            "create schema tell; grant usage on schema tell to public;
             create function tell.tell(text) returns boolean cost 0.000001 language plpgsql
                 as $$ begin raise notice 'told %', $1; return true; end $$;
             create function tell.raise(text) returns boolean cost 0.000001 language plpgsql
                 as $$ begin if $1 like '%rqz%' then raise 'told %', $1; end if; return true; end $$;
             create operator tell.## (rightarg = text, function = tell.tell)",
        )
        .unwrap();
    for (role, tells) in [(&left.analyst, true), (&world.bare, false)] {
        let told = Arc::new(Mutex::new(String::new()));
        let mut client = listening(&world, role, &told);
        for (relation, columns) in &relations {
            for column in columns {
                for condition in [
                    format!("tell.tell({column}::text)"),
                    format!("tell.raise({column}::text)"),
                    format!("operator(tell.##) {column}::text"),
                    format!("{column}::text::bytea is not null and {column}::text::xid8 is null"),
                    format!("case when tell.tell({column}::text) then true end"),
                ] {
                    for query in [
                        format!("select count(*) from cs.{relation} where {condition}"),
                        format!("select 1 from cs.{relation} where {condition} offset 0 limit 3"),
                        format!(
                            "select 1 from cs.{relation} r join cs.{relation} s on {}",
                            condition.replace(column, &format!("r.{column}"))
                        ),
                    ] {
                        if let Err(error) = client.simple_query(&query) {
                            let why = format!("{:?}", error.as_db_error());
                            assert!(!why.contains(right.marker), "{query}: {why}");
                        }
                    }
                }
            }
        }
        let told = told.lock().unwrap();
        assert!(
            !told.contains(right.marker),
            "{role} was told of another's rows"
        );
        assert_eq!(told.contains(left.marker), tells, "{role}: {}", told.len());
    }
}

/// A session whose notices are kept.
fn listening(world: &World, role: &str, told: &Arc<Mutex<String>>) -> Client {
    let told = Arc::clone(told);
    Config::new()
        .host("127.0.0.1")
        .port(world.database.port)
        .user(role)
        .dbname(&world.database.name)
        .notice_callback(move |notice| told.lock().unwrap().push_str(notice.message()))
        .connect(NoTls)
        .unwrap()
}
