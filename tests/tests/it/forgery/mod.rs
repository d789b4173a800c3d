//! Nobody becomes somebody else, by settings or roles, on a connection or at its start.

mod hijack;
mod plans;

use cs_tests::database::Database;
use cs_tests::stack;
use postgres::{Client, Config, NoTls};

use crate::world::{Tenant, World};

/// Who the database thinks is calling, and what they see.
#[derive(Debug, PartialEq, Eq)]
struct Seen {
    user: Option<String>,
    tenant: Option<String>,
    accounts: Vec<String>,
}

fn seen(client: &mut impl postgres::GenericClient) -> Seen {
    let row = client
        .query_one(
            "select cs.current_user_id()::text, cs.current_tenant_id()::text, array(select name from cs.accounts order by name)",
            &[],
        )
        .unwrap();
    Seen {
        user: row.get(0),
        tenant: row.get(1),
        accounts: row.get(2),
    }
}

/// What a caller may try, to be this person of another tenant.
fn tries(victim: &Tenant, own_role: &str, database: &str) -> Vec<String> {
    let mut all = Vec::new();
    for (setting, value) in [
        ("app.current_user_id", &victim.people[0]),
        ("app.current_tenant_id", &victim.id),
    ] {
        all.extend([
            format!("set {setting} = '{value}'"),
            format!("set local {setting} = '{value}'"),
            format!("set session {setting} to '{value}'"),
            format!("select set_config('{setting}', '{value}', false)"),
            format!("select set_config('{setting}', '{value}', true)"),
            format!("do $$ begin perform set_config('{setting}', '{value}', false); end $$"),
            format!("update pg_settings set setting = '{value}' where name = '{setting}'"),
            format!("alter role {own_role} set {setting} = '{value}'"),
            format!("alter role {own_role} in database {database} set {setting} = '{value}'"),
            format!("alter role all set {setting} = '{value}'"),
            format!("alter database {database} set {setting} = '{value}'"),
            format!("alter system set {setting} = '{value}'"),
            format!("grant set on parameter {setting} to {own_role}"),
            format!(
                "create function pg_temp.forged() returns setof text language sql set {setting} = '{value}'
                 as 'select name from cs.accounts'"
            ),
            format!("create function pg_temp.honest() returns integer language sql as 'select 1'; \
                     alter function pg_temp.honest() set {setting} = '{value}'"),
            format!("reset {setting}"),
            format!("set {setting} to default"),
        ]);
    }
    let become_another = [
        "postgres",
        "cs_owner",
        "cs_worker",
        "cs_backup",
        "cs_gateway",
        "cs_web",
        &victim.analyst,
    ];
    for role in become_another {
        all.extend([
            format!("set role {role}"),
            format!("set local role {role}"),
            format!("set session authorization {role}"),
            format!("grant {role} to {own_role}"),
            format!("select set_config('role', '{role}', false)"),
            format!("select set_config('session_authorization', '{role}', false)"),
        ]);
    }
    all.extend(
        [
            "reset all",
            "reset role",
            "set role none",
            "reset session authorization",
            "set row_security = off",
            "set session_replication_role = replica",
            "discard all",
            "discard plans",
            "load 'customer_success'",
        ]
        .map(str::to_owned),
    );
    all
}

#[test]
fn a_database_role_stays_who_it_is() {
    let world = World::new();
    let [left, right] = &world.tenants;
    for (role, user) in [(&left.analyst, Some(&left.people[0])), (&world.bare, None)] {
        let mut client = world.database.connect_as(role).unwrap();
        let before = seen(&mut client);
        assert_eq!(before.user.as_ref(), user);
        assert_eq!(before.accounts.is_empty(), user.is_none());
        for attempt in tries(right, role, &world.database.name) {
            // Whether it is refused or does nothing is the same to the victim.
            let _ = client.batch_execute(&attempt);
            if attempt == "set row_security = off" {
                let refused = client.query("select name from cs.accounts", &[]);
                assert!(refused.is_err(), "{role} reads past the policies");
                client.batch_execute("set row_security = on").unwrap();
            }
            assert_eq!(seen(&mut client), before, "{role}: {attempt}");
            if attempt.starts_with("alter") {
                let mut again = world.database.connect_as(role).unwrap();
                assert_eq!(seen(&mut again), before, "{role}, next session: {attempt}");
            }
        }
    }
}

/// RESET ROLE gives the gateway itself back, which may state whom it likes, by design; a member cannot send it that, since
/// the gateway calls functions and reads views by name. Left in place is what was stated before the role was taken.
#[test]
fn the_gateway_as_a_member_stays_who_it_said() {
    let world = World::new();
    let [left, right] = &world.tenants;
    let mut client = world.database.connect_as("cs_web").unwrap();
    for person in 0..left.people.len() {
        for attempt in tries(right, "cs_web", &world.database.name) {
            let mut work = client.transaction().unwrap();
            work.batch_execute(&format!(
                "{}; set local role cs_member",
                left.identity(person)
            ))
            .unwrap();
            let before = seen(&mut work);
            assert_eq!(before.user.as_ref(), Some(&left.people[person]));
            let mut inner = work.transaction().unwrap();
            let done = inner.batch_execute(&attempt);
            match done {
                Ok(()) => inner.commit().unwrap(),
                Err(_) => inner.rollback().unwrap(),
            }
            let owns_role = work.query_one("select current_user::text", &[]).unwrap();
            if owns_role.get::<_, String>(0) == "cs_member" && !attempt.contains("row_security") {
                let after = seen(&mut work);
                // RESET ALL is anybody's and forgets who was stated: then nobody is.
                let is_nobody = after.user.is_none() && after.accounts.is_empty();
                assert!(after == before || is_nobody, "{attempt}: {after:?}");
            } else {
                let after = work.query("select name from cs.accounts", &[]);
                let foreign = after.is_ok_and(|rows| {
                    rows.iter()
                        .any(|row| row.get::<_, String>(0).contains(right.marker))
                });
                assert!(!foreign, "{attempt}");
            }
            work.rollback().unwrap();
        }
    }
    // Nothing of a transaction is left for the next one.
    let after = seen(&mut client);
    assert_eq!((after.user, after.accounts.len()), (None, 0));
}

fn connect_with(database: &Database, role: &str, options: &str) -> Result<Client, postgres::Error> {
    Config::new()
        .host("127.0.0.1")
        .port(database.port)
        .user(role)
        .dbname(&database.name)
        .options(options)
        .connect(NoTls)
}

fn nothing_is_gained_at_the_start_of_a_session(world: &World) {
    let [left, right] = &world.tenants;
    for role in [&left.analyst, &world.bare] {
        let before = seen(&mut world.database.connect_as(role).unwrap());
        for (setting, value) in [
            ("app.current_user_id", &right.people[0]),
            ("app.current_tenant_id", &right.id),
            ("role", &right.analyst),
            ("session_authorization", &right.analyst),
        ] {
            for options in [
                format!("-c {setting}={value}"),
                format!("--{}={value}", setting.replace('_', "-")),
                format!("-c {setting}={value} -c local_preload_libraries=customer_success"),
                format!("-c local_preload_libraries=customer_success -c {setting}={value}"),
            ] {
                // Refused at the door is as good as ignored.
                if let Ok(mut client) = connect_with(&world.database, role, &options) {
                    assert_eq!(seen(&mut client), before, "{role}: {options}");
                }
            }
        }
    }
}

#[test]
fn options_at_the_start_of_a_session_state_nobody() {
    nothing_is_gained_at_the_start_of_a_session(&World::new());
}

/// Then a setting of an unknown prefix is anybody's, until the library declares it.
#[test]
fn settings_made_before_the_library_is_loaded_state_nobody() {
    let cluster =
        stack::own_cluster(&[("shared_preload_libraries".to_owned(), String::new())]).unwrap();
    let world = World::inside(Database::clone_template(&cluster).unwrap());
    nothing_is_gained_at_the_start_of_a_session(&world);
    let [left, right] = &world.tenants;
    for role in [&left.analyst, &world.bare] {
        let before = seen(&mut world.database.connect_as(role).unwrap());
        for attempt in tries(right, role, &world.database.name) {
            let mut client = world.database.connect_as(role).unwrap();
            // The first statement of the session: nothing has loaded the library yet.
            let _ = client.batch_execute(&attempt);
            let _ = client.batch_execute("set row_security = on");
            assert_eq!(seen(&mut client), before, "{role}: {attempt}");
        }
        let mut again = world.database.connect_as(role).unwrap();
        assert_eq!(seen(&mut again), before, "{role} in the next session");
    }
}
