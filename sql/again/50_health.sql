-- Owns the feed of health: what makes a score stale marks its account, and one score succeeds the other.

create or replace trigger t10_check
    before insert or update on cs.health_models
    for each row execute function cs.tg_health_models__check();

create or replace trigger t10_succeed
    before insert on cs.health_scores
    for each row execute function cs.tg_health_scores__succeed();

create or replace trigger t40_mark_inserted
    after insert on cs.usage_metrics
    referencing new table as new_rows
    for each statement execute function cs.tg_usage_metrics__mark();
create or replace trigger t40_mark_updated
    after update on cs.usage_metrics
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_usage_metrics__mark();
create or replace trigger t40_mark_deleted
    after delete on cs.usage_metrics
    referencing old table as old_rows
    for each statement execute function cs.tg_usage_metrics__mark();

create or replace trigger t40_mark
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_accounts__mark_health();
