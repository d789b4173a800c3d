-- Owns the succession of health scores.

create or replace trigger t10_succeed
    before insert on cs.health_scores
    for each row execute function cs.tg_health_scores__succeed();
