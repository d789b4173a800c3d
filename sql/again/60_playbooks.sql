-- Owns the feed of playbooks: events are matched in the transaction in which they happen.

create trigger t10_check
    before insert or update on cs.playbooks
    for each row execute function cs.tg_playbooks__check();

create trigger t50_version_inserted
    after insert on cs.playbooks
    referencing new table as new_rows
    for each statement execute function cs.tg_playbooks__record_version();
create trigger t50_version_updated
    after update on cs.playbooks
    referencing new table as new_rows
    for each statement execute function cs.tg_playbooks__record_version();

create trigger t70_enter_inserted
    after insert on cs.playbooks
    referencing new table as new_rows
    for each statement execute function cs.tg_playbooks__enter();
create trigger t70_enter_updated
    after update on cs.playbooks
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_playbooks__enter();

create trigger t60_match
    after insert on cs.journey_history
    referencing new table as new_rows
    for each statement execute function cs.tg_playbooks__match();

create trigger t60_match
    after insert on cs.health_scores
    referencing new table as new_rows
    for each statement execute function cs.tg_playbooks__match();

create trigger t60_match
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_playbooks__match();
