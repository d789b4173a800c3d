update cs.sessions as session
set ended_at = now()
from cs.users as person
where session.id = $1
    and session.ended_at is null
    and session.expires_at > now()
    and person.id = session.user_id
    and person.is_active
returning session.user_id, session.tenant_id
