//! The worker's memory is bounded, however large the payloads and however slow their receivers.

use std::fs;
use std::time::{Duration, Instant};

use cs_tests::outbox;
use cs_tests::tally::Tally;
use cs_tests::wait;

use super::Outbox;
use crate::support::{SOON, long, wait_for_worker};

const ROWS: i32 = 3000;
const HOSTS: usize = 60;
/// What the worker may hold of deliveries, in kB.
const BOUND: u64 = 64 * 1024;
/// For connections, buffers of the kernel's and the allocator's, and the statement that reads the rows.
const MARGIN: u64 = 64 * 1024;

/// The memory of a process that is not shared with the server, in kB.
fn memory(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find_map(|it| it.strip_prefix("RssAnon:"));
    let number = line.and_then(|it| it.split_whitespace().next());
    number.unwrap().parse().unwrap()
}

#[test]
fn three_thousand_payloads_of_a_mebibyte_that_hang_take_bounded_memory() {
    if !long() {
        return;
    }
    let receiver = Tally::start(HOSTS + 1).unwrap();
    let mut outbox = Outbox::new();
    let pid = wait_for_worker(&mut outbox.client, &outbox.database.name, SOON).unwrap();
    let urls: Vec<_> = (1..=HOSTS)
        .map(|it| format!("{}/hang", receiver.url_of(it)))
        .collect();
    let playbooks = outbox::make_playbooks(&mut outbox.client, outbox.tenant, &urls).unwrap();
    let quiet = outbox::make_tenant(&mut outbox.client, "quiet").unwrap();
    let quiet = outbox::make_playbook(&mut outbox.client, quiet, "Quiet", &receiver.url()).unwrap();
    let before = memory(pid);
    let ids: Vec<_> = playbooks.iter().map(|it| it.id).collect();
    let queue = "insert into cs.webhook_queue (tenant_id, playbook_id, account_id, payload)
        select $1, ($2::uuid[])[1 + number % cardinality($2)], gen_random_uuid(), payload
          from generate_series(0, $3::integer - 1) as number,
               (select jsonb_build_object('text', repeat('0123456789abcdef', 65000))) as large (payload)";
    let queued = outbox
        .client
        .execute(queue, &[&outbox.tenant, &ids, &ROWS])
        .unwrap();
    assert_eq!(queued, 3000);
    wait::until_true("payloads under way", SOON, || Ok(receiver.hanging()? > 10)).unwrap();
    let (began, mut most) = (Instant::now(), 0);
    while began.elapsed() < Duration::from_secs(45) {
        most = most.max(memory(pid));
        std::thread::sleep(Duration::from_millis(20));
    }
    let grown = most.saturating_sub(before);
    eprintln!("the worker grew by {grown} kB from {before} kB");
    assert!(grown < BOUND + MARGIN, "the worker grew by {grown} kB");
    // It is as well as before.
    let delivery = outbox.queue(quiet);
    outbox.wait(delivery, SOON, "status = 'completed'");
    let still = wait_for_worker(&mut outbox.client, &outbox.database.name, SOON).unwrap();
    assert_eq!(still, pid);
}
