-- Owns the indexes by which the timeline of an account is read, newest first, from tables that others keep.

create index health_scores_change_idx on cs.health_scores (tenant_id, account_id, created_at desc)
    where previous_score is distinct from overall_score or cause = 'model';
comment on index cs.health_scores_change_idx is 'The scores that may have changed the risk level; most rows repeat the one before.';

-- For reading one row's history beyond row security, where no policy keeps the planner from using this expression.
create index audit_log_row_idx on cs.audit_log (tenant_id, table_name, (row_key ->> 'id'), at desc);
