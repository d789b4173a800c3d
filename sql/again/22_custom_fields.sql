-- Owns the check of a custom field before it is written; a change takes effect at once where accounts are checked.

create trigger t10_check
    before insert or update on cs.custom_fields
    for each row execute function cs.tg_custom_fields__check();

create trigger t90_forget
    after insert or update or delete on cs.custom_fields
    for each statement execute function cs.tg_custom_fields__forget();
