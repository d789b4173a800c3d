select new.tenant_id, new.id
from new_rows as new
join old_rows as old using (tenant_id, id)
where new.parent_id is distinct from old.parent_id
union
select account.tenant_id, account.id
from cs.accounts as account
where account.hierarchy_path = '' and account.tenant_id in (select distinct tenant_id from new_rows)
