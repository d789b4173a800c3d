-- Owns the feed of the worker: the host of each delivery, and the wake-up as soon as it has committed.

create trigger t10_address
    before insert on cs.webhook_queue
    for each row execute function cs.tg_webhook_queue__address();

create trigger t90_wake
    after insert or update on cs.webhook_queue
    for each statement execute function cs.tg_webhook_queue__wake();
