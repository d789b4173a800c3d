-- Owns what a person saves of the pages: filtered lists under a name, and how they like things shown.
-- In: save_view, save_preferences. Out: tabs, side bar and search.

create table cs.saved_views (
    tenant_id uuid not null,
    id uuid not null,
    owner_id uuid not null,
    page text not null,
    name text not null,
    criteria jsonb,
    settings jsonb not null default '{}',
    is_shared boolean not null default false,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    version integer not null default 1,
    constraint saved_views_pkey primary key (tenant_id, id),
    constraint saved_views_owner_id_fkey foreign key (tenant_id, owner_id)
        references cs.profiles (tenant_id, user_id) on delete cascade,
    constraint saved_views_name_check check (btrim(name) <> ''),
    constraint saved_views_settings_check check (jsonb_typeof(settings) = 'object')
);
comment on table cs.saved_views is 'Lists that people save under a name; all colleagues see a shared one, only its owner any other.';
comment on column cs.saved_views.page is 'The page it belongs to, such as accounts.';
comment on column cs.saved_views.criteria is 'Which accounts it shows, with ids for stages and members; NULL: all.';
comment on column cs.saved_views.settings is 'How it shows them: columns, sort, density, group and anything else the page saves. At most 64 kB.';
comment on column cs.saved_views.version is 'Counts the changes of this row, for expected_version; kept by a trigger.';

create table cs.user_preferences (
    tenant_id uuid not null,
    user_id uuid not null,
    preferences jsonb not null default '{}',
    updated_at timestamptz not null default clock_timestamp(),
    constraint user_preferences_pkey primary key (tenant_id, user_id),
    constraint user_preferences_user_id_fkey foreign key (tenant_id, user_id)
        references cs.profiles (tenant_id, user_id) on delete cascade,
    constraint user_preferences_preferences_check check (jsonb_typeof(preferences) = 'object')
);
comment on table cs.user_preferences is 'How each person likes the pages: one row each, which no one else sees. At most 16 kB.';

alter table cs.saved_views owner to cs_owner;
alter table cs.user_preferences owner to cs_owner;
