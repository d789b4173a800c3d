-- A row that moves to another account marks both.
insert into cs.health_dirty (tenant_id, account_id, by_usage)
select tenant_id, account_id, true from new_rows
union
select tenant_id, account_id, true from old_rows
returning 1 as marked
