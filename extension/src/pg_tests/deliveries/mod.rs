//! Deliveries after they were queued: what people do with them, what is shown of them, how they end.

mod cancel;
mod retention;
mod retry;
mod secrets;
mod views;

use crate::pg_tests::activities::tests::staff;
use crate::pg_tests::{lines, run};

/// The staff of tenant one, and a delivery of the playbook Drop for each of its accounts, both pending.
pub fn two_deliveries() {
    staff();
    run(
        "insert into cs.health_scores (tenant_id, account_id, overall_score)
         select tenant_id, id, 30 from cs.accounts where name in ('First', 'Second')",
    );
    run("create temp table made on commit drop as
         select account.name, delivery.id from cs.webhook_queue as delivery
         join cs.accounts as account on account.id = delivery.account_id");
    run("grant select on made to cs_member");
}

/// The delivery of an account, whoever calls and whatever has become of the account.
pub fn delivery_of(account: &str) -> String {
    format!("(select id from pg_temp.made where name = '{account}')")
}

/// As the worker leaves a delivery that was given up after its last try.
pub fn fail(account: &str) {
    let id = delivery_of(account);
    run(&format!(
        "insert into cs.webhook_attempts (tenant_id, delivery_id, account_id, attempt, response_status, error, duration_ms)
         select tenant_id, id, account_id, max_attempts, 503, 'the receiver answered 503', 12 from cs.webhook_queue where id = {id}"
    ));
    run(&format!(
        "update cs.webhook_queue set status = 'failed', attempts = max_attempts, processed_at = now(), response_status = 503,
            last_error = 'the receiver answered 503' where id = {id}"
    ));
}

/// As the worker leaves a delivery that arrived.
pub fn complete(account: &str) {
    run(&format!(
        "update cs.webhook_queue set status = 'completed', attempts = 1, processed_at = now(), response_status = 200,
            response_body = 'ok', duration_ms = 7 where id = {}",
        delivery_of(account)
    ));
}

/// Account, status, attempts and what holds each delivery.
pub fn states() -> Vec<String> {
    lines(
        "select concat_ws(' ', made.name, delivery.status, delivery.attempts, delivery.held)
         from cs.webhook_queue as delivery join pg_temp.made on made.id = delivery.id order by made.name",
    )
}
