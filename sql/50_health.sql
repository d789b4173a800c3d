-- Owns health scores: the current one of each account and all before it.
-- In: the health engine, imports, overrides. Out: views, and playbooks that fire on a drop.

create type cs.risk_level as enum ('Healthy', 'At Risk', 'Critical');
alter type cs.risk_level owner to cs_owner;

create table cs.health_scores (
    tenant_id uuid not null,
    id uuid not null,
    account_id uuid not null,
    overall_score integer not null,
    usage_score integer,
    engagement_score integer,
    support_score integer,
    adoption_score integer,
    risk_level cs.risk_level not null,
    is_current boolean not null default true,
    created_at timestamptz not null,
    previous_score integer,
    model_version integer,
    coverage numeric,
    confidence text,
    source text not null default 'imported',
    cause text,
    inputs jsonb,
    raw_score integer,
    stale_feed boolean not null default false,
    constraint health_scores_pkey primary key (tenant_id, id),
    constraint health_scores_account_id_fkey foreign key (tenant_id, account_id)
        references cs.accounts (tenant_id, id) on delete cascade,
    constraint health_scores_overall_score_check check (overall_score between 0 and 100),
    constraint health_scores_usage_score_check check (usage_score between 0 and 100),
    constraint health_scores_engagement_score_check check (engagement_score between 0 and 100),
    constraint health_scores_support_score_check check (support_score between 0 and 100),
    constraint health_scores_adoption_score_check check (adoption_score between 0 and 100),
    constraint health_scores_raw_score_check check (raw_score between 0 and 100),
    constraint health_scores_coverage_check check (coverage between 0 and 1),
    constraint health_scores_confidence_check check (confidence in ('high', 'medium', 'low')),
    constraint health_scores_source_check check (source in ('computed', 'imported', 'override')),
    constraint health_scores_cause_check
        check (cause in ('data', 'time', 'refresh', 'heartbeat', 'model', 'override', 'account'))
);
create unique index health_scores_current_key on cs.health_scores (tenant_id, account_id) where is_current;
create index health_scores_account_idx on cs.health_scores (tenant_id, account_id, created_at desc);
comment on table cs.health_scores is
    'Health of accounts from 0 to 100, one current row each; every new row closes the one before it.';
comment on column cs.health_scores.risk_level is
    'From the score and the tenant''s bands (80 and 40 unless configured); kept by a trigger.';
comment on column cs.health_scores.is_current is 'The latest score of the account; kept by a trigger.';
comment on column cs.health_scores.created_at is
    'When the score applied. Absent: now. Older than the current row: the score becomes history and fires nothing.';
comment on column cs.health_scores.previous_score is 'The score before this one; kept by a trigger.';
comment on column cs.health_scores.coverage is 'Share of the weights that had data, 0 to 1.';
comment on column cs.health_scores.confidence is 'high, medium or low; NULL counts as medium. A low one fires no playbook.';
comment on column cs.health_scores.source is 'computed by the engine, imported by hand, or an override.';
comment on column cs.health_scores.cause is
    'Why the row was added: data (usage arrived), time (the daily pass), refresh (asked for), heartbeat (nothing changed since yesterday), model (published), override, account (its own attributes changed); NULL: imported.';
comment on column cs.health_scores.inputs is
    'The score of each part when it was computed, by component and part; urgent_open_days, seat_share, usage_trend, usage_of_best and seats, which are fields of criteria; cap: the maximum and reason that held the score.';
comment on column cs.health_scores.raw_score is
    'The mean of the components by weight, before a cap or an override; NULL where imported, or without data under an override.';
comment on column cs.health_scores.stale_feed is
    'A feed is out, so some parts are as of its last row; such a score fires no playbook.';

alter table cs.health_scores owner to cs_owner;
