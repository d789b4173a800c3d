-- That the link $1 is open, for an active person. One of a tenant holds while that person is a member there and nowhere else,
-- and whoever made it is still its Tenant Admin: it must not outlive the right it was made by.
where reset.token_hash = $1
    and reset.used_at is null
    and reset.expires_at > now()
    and person.id = reset.user_id
    and person.is_active
    and (
        reset.tenant_id is null
        or (
            (
                select bool_and(profile.tenant_id = reset.tenant_id and profile.is_active and tenant.is_active)
                from cs.profiles as profile
                join cs.tenants as tenant on tenant.id = profile.tenant_id
                where profile.user_id = reset.user_id
            )
            and exists (
                select
                from cs.profiles as maker
                join cs.users as login on login.id = maker.user_id and login.is_active
                where maker.tenant_id = reset.tenant_id
                    and maker.user_id = reset.made_by
                    and maker.role = 'Tenant Admin'
                    and maker.is_active
            )
        )
    )
