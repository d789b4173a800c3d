-- Owns the marks: what makes a score stale marks its account, for the worker to score again.

create trigger t40_mark_inserted
    after insert on cs.usage_metrics
    referencing new table as new_rows
    for each statement execute function cs.tg_usage_metrics__mark();
create trigger t40_mark_updated
    after update on cs.usage_metrics
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_usage_metrics__mark();
create trigger t40_mark_deleted
    after delete on cs.usage_metrics
    referencing old table as old_rows
    for each statement execute function cs.tg_usage_metrics__mark();

create trigger t40_mark
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_accounts__mark_health();
