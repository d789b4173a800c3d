-- Owns what is unique or sound by the reading of its text, which is native: made anew where the extension had to go.

create unique index if not exists journey_stages_name_ci_key on cs.journey_stages (tenant_id, cs.fold_name(name));
create unique index if not exists playbooks_name_key
    on cs.playbooks (tenant_id, cs.fold_name(name)) where deleted_at is null;
create unique index if not exists saved_views_name_key
    on cs.saved_views (tenant_id, owner_id, page, cs.fold_name(name));

alter table cs.users drop constraint if exists users_email_check;
alter table cs.users add constraint users_email_check check (email = cs.fold_email(email));
