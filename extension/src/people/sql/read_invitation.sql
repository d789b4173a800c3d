select
    invitation.email, invitation.role::text as role, tenant.name as tenant_name,
    exists (select from cs.users as person where person.email = invitation.email) as has_account,
    invitation.invited_by
from cs.invitations as invitation
join cs.tenants as tenant on tenant.id = invitation.tenant_id and tenant.is_active
where invitation.token_hash = $1 and invitation.accepted_at is null and invitation.expires_at > now()
