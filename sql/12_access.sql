-- Owns the other ways in: database roles that are linked or offered, invitations, and tokens for programs.
-- In: administrators. Out: profiles, and identity.

create table cs.database_logins (
    tenant_id uuid not null,
    role_name text not null,
    user_id uuid not null,
    created_at timestamptz not null default now(),
    constraint database_logins_pkey primary key (tenant_id, role_name),
    constraint database_logins_role_name_key unique (role_name),
    constraint database_logins_user_id_fkey foreign key (tenant_id, user_id)
        references cs.profiles (tenant_id, user_id) on delete cascade
);
create index database_logins_user_id_idx on cs.database_logins (tenant_id, user_id);
comment on table cs.database_logins is
    'Database roles that act for a person: analysts and BI tools that connect as themselves. Written by link_database_role().';
comment on column cs.database_logins.role_name is 'Name of the database role; each is in one tenant.';

create table cs.offered_roles (
    tenant_id uuid not null,
    role_name text not null,
    offered_at timestamptz not null default now(),
    constraint offered_roles_pkey primary key (tenant_id, role_name),
    constraint offered_roles_role_name_key unique (role_name),
    constraint offered_roles_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id) on delete cascade
);
comment on table cs.offered_roles is
    'Database roles that a DBA has offered to a tenant, for its administrators to link. Written by offer_database_role().';
comment on column cs.offered_roles.role_name is 'Name of the database role; each is offered to one tenant.';

create table cs.invitations (
    tenant_id uuid not null,
    id uuid not null,
    email text not null,
    role cs.member_role not null,
    token_hash text not null,
    invited_by uuid,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    accepted_at timestamptz,
    constraint invitations_pkey primary key (tenant_id, id),
    constraint invitations_token_hash_key unique (token_hash),
    constraint invitations_tenant_id_fkey foreign key (tenant_id) references cs.tenants (id),
    constraint invitations_invited_by_fkey foreign key (tenant_id, invited_by)
        references cs.profiles (tenant_id, user_id)
);
create unique index invitations_open_key on cs.invitations (tenant_id, email) where accepted_at is null;
create index invitations_invited_by_idx on cs.invitations (tenant_id, invited_by);
comment on table cs.invitations is 'Offers of a role in a tenant to an e-mail address; one open offer per address.';
comment on column cs.invitations.token_hash is 'SHA-256 of the token, in hexadecimal; the token itself is shown only once.';

create table cs.api_tokens (
    tenant_id uuid not null,
    id uuid not null,
    user_id uuid not null,
    name text not null,
    token_hash text not null,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    constraint api_tokens_pkey primary key (tenant_id, id),
    constraint api_tokens_token_hash_key unique (token_hash),
    constraint api_tokens_user_id_fkey foreign key (tenant_id, user_id) references cs.profiles (tenant_id, user_id),
    constraint api_tokens_name_check check (btrim(name) <> '')
);
create index api_tokens_user_id_idx on cs.api_tokens (tenant_id, user_id);
comment on table cs.api_tokens is 'Tokens with which programs act as the person who created them.';
comment on column cs.api_tokens.token_hash is 'SHA-256 of the token, in hexadecimal; the token itself is shown only once.';
comment on column cs.api_tokens.expires_at is 'NULL: valid until it is revoked.';

alter table cs.database_logins owner to cs_owner;
alter table cs.offered_roles owner to cs_owner;
alter table cs.invitations owner to cs_owner;
alter table cs.api_tokens owner to cs_owner;
