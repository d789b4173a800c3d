-- Owns the installer's record: which structure files ran, and the state of the repeatable ones.

create table cs.schema_versions (
    file text not null,
    applied_at timestamptz not null default now(),
    hash text not null,
    constraint schema_versions_pkey primary key (file)
);
comment on table cs.schema_versions is
    'Structure files that ran, each once. The row "again" holds the hash of the repeatable files and the extension''s oid.';
alter table cs.schema_versions owner to cs_owner;
