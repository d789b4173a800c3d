select token.user_id, token.tenant_id
from cs.api_tokens as token
join cs.profiles as profile on profile.tenant_id = token.tenant_id and profile.user_id = token.user_id and profile.is_active
join cs.users as person on person.id = token.user_id and person.is_active
join cs.tenants as tenant on tenant.id = token.tenant_id and tenant.is_active
where token.token_hash = $1 and token.revoked_at is null and (token.expires_at is null or token.expires_at > now())
