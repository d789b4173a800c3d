select tenant_id, hierarchy_level, hierarchy_path
from cs.accounts
where id = $1
