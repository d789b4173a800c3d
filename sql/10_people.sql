-- Owns who there is: tenants, users, their profiles per tenant, the sessions of the gateway, and links for forgotten passwords.
-- In: sign-up, invitations, log-in. Out: identity, which every policy depends on.

create type cs.member_role as enum ('Practitioner', 'Contributor', 'Viewer', 'Tenant Admin');
alter type cs.member_role owner to cs_owner;

create table cs.tenants (
    id uuid not null,
    slug text not null,
    name text not null,
    settings jsonb not null default '{}',
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    constraint tenants_pkey primary key (id),
    constraint tenants_slug_key unique (slug),
    constraint tenants_slug_check check (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    constraint tenants_name_check check (btrim(name) <> ''),
    constraint tenants_settings_check check (jsonb_typeof(settings) = 'object')
);
comment on table cs.tenants is 'Organisations that use the platform. Every other row belongs to exactly one of them.';
comment on column cs.tenants.slug is 'Short name for addresses: lower-case letters, digits and hyphens, unique.';
comment on column cs.tenants.settings is
    'currency (ISO 4217, USD), time_zone (IANA, UTC), high_value_arr (number >= 0, 50000), parent_arr_includes_children (boolean, false); other keys are refused.';
comment on column cs.tenants.is_active is 'false: no member of this tenant can see or do anything.';

create table cs.users (
    id uuid not null,
    email text not null,
    encrypted_password text,
    is_active boolean not null default true,
    email_verified_at timestamptz,
    password_changed_at timestamptz,
    created_at timestamptz not null default now(),
    constraint users_pkey primary key (id)
);
create unique index users_email_key on cs.users (email);
comment on table cs.users is 'People who can log in. A person may have a profile in several tenants.';
comment on column cs.users.email is 'Unique; kept as cs.fold_email() has it, so that whoever signs up can sign in.';
comment on column cs.users.encrypted_password is 'bcrypt hash, cost 12, readable by the log-in alone. NULL: no log-in by password.';

create table cs.profiles (
    tenant_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    full_name text not null,
    role cs.member_role not null default 'Viewer',
    is_active boolean not null default true,
    created_at timestamptz not null default now(),
    constraint profiles_pkey primary key (tenant_id, id),
    constraint profiles_tenant_id_user_id_key unique (tenant_id, user_id),
    constraint profiles_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id),
    constraint profiles_user_id_fkey foreign key (user_id) references cs.users (id),
    constraint profiles_full_name_check check (btrim(full_name) <> '')
);
create index profiles_user_id_idx on cs.profiles (user_id);
comment on table cs.profiles is 'A person in a tenant: name and role there.';
comment on column cs.profiles.full_name is 'The name of this person in this tenant, in lists, payloads and pages alike.';
comment on column cs.profiles.role is
    'Viewer reads; Contributor works on own accounts; Practitioner works on all; Tenant Admin also configures.';

create table cs.sessions (
    id uuid not null default gen_random_uuid(),
    user_id uuid not null,
    tenant_id uuid,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    ended_at timestamptz,
    constraint sessions_pkey primary key (id),
    constraint sessions_user_id_fkey foreign key (user_id) references cs.users (id) on delete cascade,
    constraint sessions_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id) on delete cascade
);
create index sessions_user_id_idx on cs.sessions (user_id);
create index sessions_tenant_id_idx on cs.sessions (tenant_id);
comment on table cs.sessions is
    'Log-ins of the gateway. The id is the jti of the token; ended_at ends it at once, even if the token has not expired.';
comment on column cs.sessions.tenant_id is 'The tenant of this session; NULL until a person with several has chosen one.';

create table cs.password_resets (
    user_id uuid not null,
    tenant_id uuid,
    made_by uuid,
    token_hash text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at timestamptz,
    constraint password_resets_pkey primary key (user_id),
    constraint password_resets_token_hash_key unique (token_hash),
    constraint password_resets_user_id_fkey foreign key (user_id) references cs.users (id) on delete cascade,
    constraint password_resets_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id) on delete cascade,
    constraint password_resets_made_by_fkey foreign key (tenant_id, made_by) references cs.profiles (tenant_id, user_id)
);
create index password_resets_made_by_idx on cs.password_resets (tenant_id, made_by);
comment on table cs.password_resets is 'Links for a forgotten password: the last of each person, for an hour, used once.';
comment on column cs.password_resets.tenant_id is
    'The tenant whose administrator made it, and the only one of this person; NULL: made by a superuser.';
comment on column cs.password_resets.made_by is 'The administrator who made it; NULL: a superuser.';
comment on column cs.password_resets.token_hash is 'SHA-256 of the token, in hexadecimal; the token itself is shown only once.';

alter table cs.tenants owner to cs_owner;
alter table cs.users owner to cs_owner;
alter table cs.profiles owner to cs_owner;
alter table cs.sessions owner to cs_owner;
alter table cs.password_resets owner to cs_owner;
