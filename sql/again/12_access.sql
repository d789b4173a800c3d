-- Owns what makes a new link of a database role, or the end of one, take effect at once, and the offers a tenant's administrators see.

create trigger t90_forget
    after insert or update or delete on cs.database_logins
    for each statement execute function cs.tg_people__forget();

create or replace view cs.database_role_offers
with (security_invoker = true) as
select
    offer.tenant_id,
    offer.role_name,
    offer.offered_at,
    login.user_id as linked_user_id,
    person.email as linked_email
from cs.offered_roles as offer
left join cs.database_logins as login on login.tenant_id = offer.tenant_id and login.role_name = offer.role_name
left join cs.users as person on person.id = login.user_id;

alter view cs.database_role_offers owner to cs_owner;
comment on view cs.database_role_offers is
    'Database roles that a DBA has offered to the tenant, and who each is linked to by link_analyst(). Tenant Admins.';
comment on column cs.database_role_offers.role_name is 'Name of the database role.';
comment on column cs.database_role_offers.offered_at is 'When the DBA offered it.';
comment on column cs.database_role_offers.linked_user_id is 'The member it acts for; NULL: nobody.';
comment on column cs.database_role_offers.linked_email is 'The e-mail address of that member; NULL: nobody.';
