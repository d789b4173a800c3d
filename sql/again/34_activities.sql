-- Owns the checks before an activity is written.

create trigger t10_check
    before insert or update on cs.activities
    for each row execute function cs.tg_activities__check();
