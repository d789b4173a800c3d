-- Owns what keeps custom fields sound, and their definitions fresh where accounts are checked by them.

create trigger t10_check
    before insert or update on cs.custom_fields
    for each row execute function cs.tg_custom_fields__check();

create trigger t90_forget
    after insert or update or delete on cs.custom_fields
    for each statement execute function cs.tg_custom_fields__forget();
