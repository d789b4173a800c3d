-- Owns the check of a version of the health model before it is written.

create trigger t10_check
    before insert or update on cs.health_models
    for each row execute function cs.tg_health_models__check();
