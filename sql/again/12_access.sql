-- Owns what makes a new link of a database role, or the end of one, take effect at once.

create trigger t90_forget
    after insert or update or delete on cs.database_logins
    for each statement execute function cs.tg_people__forget();
