insert into cs.password_resets (user_id, tenant_id, made_by, token_hash, expires_at)
values ($1, $2, $3, $4, now() + interval '1 hour')
on conflict (user_id)
do update set
    tenant_id = excluded.tenant_id,
    made_by = excluded.made_by,
    token_hash = excluded.token_hash,
    created_at = now(),
    expires_at = excluded.expires_at,
    used_at = null
returning jsonb_build_object('expires_at', expires_at) as reset
