//! Whatever is killed and however receivers fail, each delivery arrives at least once, or is a dead letter that says why.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cs_tests::cluster::Cluster;
use cs_tests::database::Database;
use cs_tests::outbox;
use cs_tests::raw_receiver::{RawReceiver, Reply, Then};
use cs_tests::{process, stack, wait};
use uuid::Uuid;

use super::Outbox;
use crate::support::{SOON, is_long, long, wait_for_worker, wait_within, worker_pid};

/// Each answer takes as long, so that there is something under way to be killed.
const ANSWER_AFTER: Duration = Duration::from_millis(25);

/// Numbers that look random: SplitMix64. The seed is told, and `CS_SEED` sets it.
struct Random(AtomicU64);

impl Random {
    fn new() -> Self {
        let of_now = || UNIX_EPOCH.elapsed().unwrap().subsec_nanos().into();
        let given = std::env::var("CS_SEED").ok().and_then(|it| it.parse().ok());
        let seed = given.unwrap_or_else(of_now);
        eprintln!("CS_SEED={seed}");
        Self(AtomicU64::new(seed))
    }

    fn below(&self, end: usize) -> usize {
        let step = 0x9e37_79b9_7f4a_7c15;
        let mut it = self.0.fetch_add(step, Ordering::Relaxed).wrapping_add(step);
        it = (it ^ (it >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((it ^ (it >> 31)) % u64::try_from(end).unwrap()).unwrap()
    }
}

/// By turns -9 for the worker, which makes the server end all others, and a stop of the server without a checkpoint.
fn kill(cluster: &mut Cluster, database: &Database, round: usize) {
    if round.is_multiple_of(2) {
        let mut client = database.connect().unwrap();
        let worker = wait_for_worker(&mut client, &database.name, SOON).unwrap();
        assert!(process::signal(worker, libc::SIGKILL));
        drop(client);
        // The restart ends every session, so each look is a new one, and some are turned away.
        wait::until_true("another worker", Duration::from_secs(60), || {
            let Ok(mut client) = database.connect() else {
                return Ok(false);
            };
            let found = worker_pid(&mut client, &database.name).unwrap_or_default();
            Ok(found.is_some_and(|pid| pid != worker))
        })
        .unwrap();
    } else {
        cluster.stop_immediately().unwrap();
        cluster.run().unwrap();
    }
}

#[test]
fn killed_at_random_points_nothing_is_lost_and_what_repeats_is_the_same() {
    let (points, count) = if is_long() { (100, 10_000) } else { (5, 2000) };
    let random = Random::new();
    let mut cluster = stack::own_cluster(&[]).unwrap();
    let receiver = RawReceiver::always(Reply::status(200, "").after(ANSWER_AFTER)).unwrap();
    let mut outbox = Outbox::of(Database::clone_template(&cluster).unwrap());
    let playbooks: Vec<_> = ["/a", "/b"]
        .map(|path| outbox.playbook(&format!("{}{path}", receiver.url())))
        .to_vec();
    let ids = outbox::queue_many(&mut outbox.client, &playbooks, count / 2).unwrap();
    let Outbox {
        database, client, ..
    } = outbox;
    drop(client);
    let step = ids.len() / points;
    for round in 0..points {
        let point = round * step + random.below(step);
        receiver.wait(point, Duration::from_secs(120)).unwrap();
        kill(&mut cluster, &database, round);
    }
    let mut client = database.connect().unwrap();
    let done = "select not exists (select from cs.webhook_queue where status <> 'completed')";
    wait_within(&mut client, "all completed", Duration::from_secs(180), done);

    let mut arrived: HashMap<Uuid, Vec<Vec<u8>>> = HashMap::new();
    for request in receiver.requests() {
        let id = request.header("webhook-id").parse().unwrap();
        arrived.entry(id).or_default().push(request.body);
    }
    let queued: HashSet<_> = ids.iter().copied().collect();
    let lost = queued
        .iter()
        .filter(|id| !arrived.contains_key(*id))
        .count();
    assert_eq!(lost, 0, "some never arrived");
    let repeated: usize = arrived.values().map(|it| it.len() - 1).sum();
    eprintln!("{repeated} of {count} deliveries were repeated, over {points} kills");
    for (id, bodies) in &arrived {
        assert!(queued.contains(id), "{id} was never queued");
        assert!(bodies.windows(2).all(|it| it[0] == it[1]), "{id} changed");
        assert!(
            bodies.len() <= points + 1,
            "{id} came {} times",
            bodies.len()
        );
    }
    drop(client);
}

/// Of a hundred answers 30 are 503, 5 never come, 5 are a reset. An answer that never comes costs half a minute and then a minute
/// of rest.
#[test]
fn receivers_that_fail_hang_and_reset_at_random_lose_nothing() {
    if !long() {
        return;
    }
    let (each, tries) = (250, 10);
    let random = std::sync::Arc::new(Random::new());
    let mut outbox = Outbox::new();
    let began = SystemTime::now();
    let receivers: Vec<_> = (0..8)
        .map(|_| {
            let random = std::sync::Arc::clone(&random);
            RawReceiver::start(move |_, _| match random.below(100) {
                0..30 => Reply::status(503, ""),
                30..35 => Reply::new("", Then::Reset),
                35..40 => Reply::new("", Then::Hang),
                _ => Reply::status(200, ""),
            })
            .unwrap()
        })
        .collect();
    let urls: Vec<_> = receivers.iter().map(RawReceiver::url).collect();
    let playbooks = outbox::make_playbooks(&mut outbox.client, outbox.tenant, &urls).unwrap();
    outbox
        .client
        .execute("update cs.playbooks set max_attempts = $1", &[&tries])
        .unwrap();
    let ids = outbox::queue_many(&mut outbox.client, &playbooks, each).unwrap();
    let within = Duration::from_mins(30);
    let over = "select not exists (select from cs.webhook_queue where status in ('pending', 'processing'))";
    wait_within(&mut outbox.client, "the end of all", within, over);
    eprintln!("{} deliveries in {:?}", ids.len(), began.elapsed().unwrap());

    // A completed one was answered 200; a dead letter used its tries up and says why it failed.
    assert_eq!(outbox.count("true"), i64::try_from(ids.len()).unwrap());
    let kept = "status = 'completed' and response_status = 200
        or status = 'failed' and attempts = max_attempts and last_error is not null";
    assert_eq!(outbox.count(&format!("not ({kept})")), 0);
    let arrived: HashSet<Uuid> = receivers
        .iter()
        .flat_map(RawReceiver::requests)
        .map(|it| it.header("webhook-id").parse().unwrap())
        .collect();
    assert_eq!(arrived, ids.into_iter().collect());
    let unexplained = "select count(*) from cs.webhook_queue as delivery
        where attempts <> (status = 'completed')::integer
            + (select count(*) from cs.webhook_attempts as try where try.delivery_id = delivery.id)";
    let unexplained: i64 = outbox.client.query_one(unexplained, &[]).unwrap().get(0);
    assert_eq!(unexplained, 0, "tries that are not recorded");
}
