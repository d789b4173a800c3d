with left_accounts as (
    delete from cs.account_members where tenant_id = $1 and user_id = $2
), revoked as (
    update cs.api_tokens set revoked_at = now() where tenant_id = $1 and user_id = $2 and revoked_at is null
)
update cs.profiles set is_active = false where tenant_id = $1 and user_id = $2
