update cs.invitations as invitation
set accepted_at = now()
from cs.tenants as tenant
where invitation.token_hash = $1
    and invitation.accepted_at is null
    and invitation.expires_at > now()
    and tenant.id = invitation.tenant_id
    and tenant.is_active
returning invitation.tenant_id, invitation.email, invitation.role::text as role
