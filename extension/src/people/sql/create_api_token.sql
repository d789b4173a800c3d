insert into cs.api_tokens (tenant_id, user_id, name, token_hash, expires_at)
select $1, $2, $3, $4, $5
where $5 is null or $5 > now()
returning jsonb_build_object('id', id, 'name', name, 'expires_at', expires_at) as token
