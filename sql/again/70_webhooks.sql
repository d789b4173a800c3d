-- Owns the feed of the worker: where each delivery goes, and the word to the worker as soon as it has committed.

create trigger t10_address
    before insert on cs.webhook_queue
    for each row execute function cs.tg_webhook_queue__address();

create trigger t90_due
    after update on cs.webhook_queue
    for each row
    when (
        new.status = 'pending' and new.held is null
        and (old.status <> 'pending' or old.held is not null or new.run_at <> old.run_at or new.host <> old.host)
    )
    execute function cs.tg_webhook_queue__due();

create trigger t91_reorder
    after update on cs.webhook_queue
    for each row
    when (
        new.is_ordered
        and (new.processed_at is not null and old.processed_at is null or new.held is distinct from old.held and new.held is not null)
    )
    execute function cs.tg_webhook_queue__reorder();
create trigger t92_reorder
    after delete on cs.webhook_queue
    for each row
    when (old.is_ordered and old.processed_at is null)
    execute function cs.tg_webhook_queue__reorder();

create trigger t92_release
    after update of is_active, paused_at, deleted_at on cs.playbooks
    for each row
    when (
        new.deleted_at is distinct from old.deleted_at
        or new.is_active and new.paused_at is null and (not old.is_active or old.paused_at is not null)
    )
    execute function cs.tg_webhook_queue__release();
create trigger t92_release
    after update of is_active on cs.tenants
    for each row
    when (new.is_active and not old.is_active)
    execute function cs.tg_webhook_queue__release();
