// Members of the sample's tenant with other roles.
import { person } from './fixtures'

/** Made as superuser; the password is that of the sample's administrator. */
export function makeMember(sql: (statement: string) => string, email: string, name: string, role: string) {
  sql(`insert into cs.users (email, encrypted_password, email_verified_at, password_changed_at)
         select '${email}', encrypted_password, now(), now() from cs.users where email = '${person.email}' on conflict do nothing;
       insert into cs.profiles (tenant_id, user_id, full_name, role)
         select tenant.id, person.id, '${name}', '${role}' from cs.tenants as tenant, cs.users as person
         where tenant.slug = 'acme' and person.email = '${email}' on conflict do nothing`)
}
