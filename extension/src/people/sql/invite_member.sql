insert into cs.invitations (tenant_id, email, role, token_hash, invited_by, expires_at)
values ($1, $2, $3::cs.member_role, $4, $5, now() + interval '7 days')
on conflict (tenant_id, email) where accepted_at is null
do update set
    role = excluded.role,
    token_hash = excluded.token_hash,
    invited_by = excluded.invited_by,
    created_at = now(),
    expires_at = excluded.expires_at
returning jsonb_build_object('id', id, 'email', email, 'role', role, 'expires_at', expires_at) as invitation
