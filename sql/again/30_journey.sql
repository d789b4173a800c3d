-- Owns the feed of journey_history: every door to accounts.current_stage passes here.

create or replace trigger t50_open_history
    after insert on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_accounts__record_stage();

create or replace trigger t50_record_stage
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_accounts__record_stage();
