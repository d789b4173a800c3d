select person.email, person.encrypted_password
from cs.sessions as session
join cs.users as person on person.id = session.user_id
where session.id = $1 and session.ended_at is null and session.expires_at > now() and person.is_active
