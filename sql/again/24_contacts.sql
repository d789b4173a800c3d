-- Owns the check of a contact before it is written.

create trigger t10_check
    before insert or update on cs.contacts
    for each row execute function cs.tg_contacts__check();
