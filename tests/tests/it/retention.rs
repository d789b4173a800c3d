//! What is over goes by itself, a few rows at a time; what waits stays, however old it is.

use cs_tests::stack;

use crate::support::{number, wait_sql};

#[test]
fn the_worker_purges_what_is_over_and_nothing_that_waits() {
    let (database, _receiver) = stack::sample_database().unwrap();
    let mut client = database.connect().unwrap();
    // More than a step takes, and some made in the same moment. Of a copy nothing is sent in the meantime.
    client
        .batch_execute(
            "insert into cs.webhook_queue (tenant_id, playbook_id, account_id, payload, status, created_at, processed_at)
             select playbook.tenant_id, playbook.id, account.id, '{\"old\": true}', state.status::cs.webhook_status,
                now() - interval '400 days' + (n / 3) * interval '1 second',
                case when state.status <> 'pending' then now() - interval '399 days' end
             from cs.playbooks as playbook
             join cs.accounts as account on account.tenant_id = playbook.tenant_id and account.external_id = 'GT-001'
             cross join (values ('completed'), ('failed'), ('pending')) as state (status)
             cross join generate_series(1, 700) as n;
             insert into cs.webhook_attempts (tenant_id, delivery_id, account_id, attempt)
             select tenant_id, id, account_id, 1 from cs.webhook_queue where payload ? 'old'",
        )
        .unwrap();
    let others = "select count(*) from cs.webhook_queue where not payload ? 'old'";
    let before = number(&mut client, others);
    // It looks every few minutes, and when it begins.
    client
        .batch_execute(
            "select pg_terminate_backend(pid) from cs.worker_vitals() where duty = 'chores'",
        )
        .unwrap();
    wait_sql(
        &mut client,
        "all that is over has gone",
        "select not exists (select from cs.webhook_queue where payload ? 'old' and status in ('completed', 'failed'))",
    );
    let waiting =
        "select count(*) from cs.webhook_queue where payload ? 'old' and status = 'pending'";
    assert_eq!(number(&mut client, waiting), 1400);
    assert_eq!(number(&mut client, others), before);
    let tries = "select count(*) from cs.webhook_attempts as it
         join cs.webhook_queue as delivery on delivery.id = it.delivery_id where delivery.payload ? 'old'";
    assert_eq!(number(&mut client, tries), 1400);
    let lost = "select count(*) from cs.webhook_attempts as it
         where not exists (select from cs.webhook_queue as delivery where delivery.id = it.delivery_id)";
    assert_eq!(number(&mut client, lost), 0);
}
