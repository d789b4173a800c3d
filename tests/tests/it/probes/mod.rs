//! Random statements over every table, view and function, by every kind of caller: nothing of another tenant is shown,
//! told by an error, or changed. Numbers are drawn by proptest; a failing probe is shrunk and printed with its seed.

mod caller;
mod checks;
mod dice;
mod judge;
mod mode;
mod run;
mod schema;
mod session;
mod speech;
mod tally;
mod twin;

use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Instant;

use crate::support::is_long;
use crate::world::World;
use run::Prober;
use tally::Tally;

/// Each in a database of its own, since probes of one lock rows of both tenants.
const THREADS: u32 = 2;

/// The same probes at each run, unless `CS_PROBE_SEED` says otherwise.
fn seed() -> u64 {
    let named = std::env::var("CS_PROBE_SEED").ok();
    named.map_or(20_250_101, |text| {
        text.parse().expect("CS_PROBE_SEED is a number")
    })
}

#[test]
fn random_statements_show_nothing_of_another_tenant() {
    let wanted = if is_long() { 1_000_000 } else { 10_000 };
    let (seed, start, next) = (seed(), Instant::now(), AtomicU32::new(0));
    let (mut tally, mut reachable) = (Tally::default(), [vec![], vec![]]);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    let mut prober = Prober::new(World::new());
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        if number >= wanted {
                            return prober.finish();
                        }
                        if let Err(leak) = prober.probe(seed, number) {
                            next.store(wanted, Ordering::Relaxed);
                            panic!("CS_PROBE_SEED={seed}, probe {number}: {leak}");
                        }
                        if number.is_multiple_of(wanted / 10) {
                            eprintln!(
                                "probes: {number} of {wanted}, {} s",
                                start.elapsed().as_secs()
                            );
                        }
                    }
                })
            })
            .collect();
        for thread in threads {
            match thread.join() {
                Ok((part, names)) => {
                    tally.add(&part);
                    reachable = names;
                }
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    let seconds = start.elapsed().as_secs_f64();
    eprintln!(
        "{tally}{:.0} probes per second",
        f64::from(wanted) / seconds
    );
    tally.assert_not_idle();
    let [relations, functions] = &reachable;
    tally.assert_reached(relations, functions);
}

/// Whether the probes find a hole of this kind.
fn finds(hole: &str) -> Option<String> {
    let world = World::new();
    world
        .database
        .connect()
        .unwrap()
        .batch_execute(hole)
        .unwrap();
    let mut prober = Prober::new(world);
    (0..20_000).find_map(|number| prober.probe(seed(), number).err())
}

#[test]
fn a_hole_is_found() {
    for hole in [
        // A table that lets everybody read, another that lets everybody write.
        "drop policy fence on cs.accounts; create policy hole on cs.accounts for select using (cs.uuid_v7() is not null)",
        "drop policy fence on cs.journey_stages; create policy hole on cs.journey_stages for update using (cs.uuid_v7() is not null)",
        // A view with the rights of its owner, who is a superuser.
        "create view cs.hole as select tenant_id, id, status from cs.accounts; grant select on cs.hole to cs_member",
        // A function that looks beyond its caller.
        "create function cs.hole(account_id uuid) returns text security definer
         begin atomic select name from cs.accounts where id = account_id; end;
         grant execute on function cs.hole(uuid) to cs_member",
        // An error that quotes what it must not.
        "create function cs.hole(account_id uuid) returns void language plpgsql security definer as $$
         begin raise 'no such account' using detail = (select name from cs.accounts a where a.id = account_id); end $$;
         grant execute on function cs.hole(uuid) to cs_member",
        // One that says only whether there is such an account.
        "create function cs.hole(account_id uuid) returns void language plpgsql security definer as $$
         begin if exists (select from cs.accounts a where a.id = account_id) then raise 'yours it is not'; end if; end $$;
         grant execute on function cs.hole(uuid) to cs_member",
        // A count of everybody's.
        "create function cs.hole(uuid) returns boolean stable security definer
         begin atomic select count(*) > 0 from cs.accounts; end;
         drop policy fence on cs.account_members;
         create policy hole on cs.account_members for select using (cs.hole(account_id))",
    ] {
        let found = finds(hole);
        let found = found.unwrap_or_else(|| panic!("not found: {hole}"));
        eprintln!("found: {}", found.lines().next().unwrap_or_default());
    }
}
