//! A linked role holds no lock that another tenant could wait for.

use crate::world::World;
use postgres::error::SqlState;

/// All modes of LOCK TABLE but the one that reading takes.
const MODES: [&str; 7] = [
    "row share",
    "row exclusive",
    "share update exclusive",
    "share",
    "share row exclusive",
    "exclusive",
    "access exclusive",
];

/// Every table and view of today's catalogue, and so of tomorrow's.
const RELATIONS: &str = "
    select relname::text from pg_class
     where relnamespace = 'cs'::regnamespace and relkind in ('r', 'p', 'v', 'm', 'f') order by 1";

#[test]
fn no_linked_role_locks_a_table_or_view() {
    let world = World::new();
    let mut admin = world.database.connect().unwrap();
    let relations: Vec<String> = admin
        .query(RELATIONS, &[])
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert!(relations.len() > 40, "{relations:?}");
    let mut granted = Vec::new();
    for role in [&world.tenants[0].analyst, &world.bare] {
        let mut member = world.database.connect_as(role).unwrap();
        for relation in &relations {
            for mode in MODES {
                let mut work = member.transaction().unwrap();
                let lock = format!("lock table cs.{relation} in {mode} mode nowait");
                match work.batch_execute(&lock) {
                    Ok(()) => granted.push(format!("{role}: {lock}")),
                    Err(error) => assert_eq!(
                        error.code(),
                        Some(&SqlState::INSUFFICIENT_PRIVILEGE),
                        "{role}: {lock}: {error}"
                    ),
                }
            }
        }
    }
    assert_eq!(granted, Vec::<String>::new());
}
