-- Owns what is recorded: one trigger per kind of statement, over its transition tables, so a bulk change is one insert.

create or replace trigger t80_audit_insert
    after insert on cs.tenants
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.tenants
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.tenants
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.users
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.users
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.users
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.profiles
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.profiles
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.profiles
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.database_logins
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.database_logins
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.database_logins
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.invitations
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.invitations
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.invitations
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.api_tokens
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.api_tokens
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.api_tokens
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.journey_stages
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.journey_stages
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.journey_stages
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.stage_milestones
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.stage_milestones
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.stage_milestones
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.accounts
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.accounts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.accounts
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.account_members
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.account_members
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.account_members
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

-- An activity is its own record of having been made.
create or replace trigger t80_audit_update
    after update on cs.activities
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.activities
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.custom_fields
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.custom_fields
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.custom_fields
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.contacts
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.contacts
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.contacts
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t80_audit_insert
    after insert on cs.playbooks
    referencing new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_update
    after update on cs.playbooks
    referencing old table as old_rows new table as new_rows
    for each statement execute function cs.tg_audit__record();
create or replace trigger t80_audit_delete
    after delete on cs.playbooks
    referencing old table as old_rows
    for each statement execute function cs.tg_audit__record();

create or replace trigger t10_refuse
    before update or delete or truncate on cs.audit_log
    for each statement execute function cs.tg_audit_log__refuse();
