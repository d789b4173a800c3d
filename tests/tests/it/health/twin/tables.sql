-- Owns what the twin writes down step by step, each step once per question; every later step reads the ones before it.
-- Moments are mapped by clocks: on a clock only some local days pass. There is one clock for each type of usage, and the
-- account's own (`account`), on which all days pass but the quiet ones.

-- What is asked: one row.
create unlogged table twin.question (
    tenant_id uuid, as_of timestamptz, zone text,
    weights jsonb, targets jsonb, thresholds jsonb, caps jsonb, key_features jsonb, aliases jsonb, quiet_periods jsonb
);

-- The rows recorded by then, with the local day of each.
create unlogged table twin.facts (
    account_id uuid, id uuid, metric text, at timestamptz, metadata jsonb, quantity numeric, day date
);

-- Local days: when each begins and how long it is.
create unlogged table twin.days (day date primary key, begins timestamptz, seconds numeric);

-- Days that do not pass on a clock.
create unlogged table twin.stopped (clock text, day date, primary key (clock, day));

-- Every day on every clock. `ordinal` counts the days that have passed, this one included if it passes; `elapsed` the
-- seconds that have passed when it begins; `mapped_to` is the moment that all moments of a day that does not pass are.
create unlogged table twin.calendar (
    clock text, day date, passes boolean, ordinal integer, begins timestamptz, seconds numeric, elapsed numeric,
    mapped_to timestamptz, primary key (clock, day)
);
create index on twin.calendar (clock, ordinal) where passes;

-- Which accounts told of a type on which days.
create unlogged table twin.feed_days (metric text, day date, account_id uuid);

-- When somebody said that a silence is real, and until when that held (a row of the type or the withdrawal ends it).
create unlogged table twin.acceptances (metric text, since timestamptz, until timestamptz);

-- One row per type: is it out, and the moment that its parts are evaluated at. `real_now` is not mapped, `now` is;
-- `position` is what has passed on the clock by then, in seconds. ttl in days, weight in the usage component.
create unlogged table twin.clocks (
    metric text primary key, ttl integer, weight integer, target numeric,
    last_row timestamptz, is_out boolean, real_now timestamptz, now timestamptz, position numeric,
    window_start timestamptz
);

-- The rows as their type's clock sees them.
create unlogged table twin.rows (
    account_id uuid, id uuid, metric text, at timestamptz, metadata jsonb, quantity numeric,
    moment timestamptz, position numeric, ordinal integer
);
create index on twin.rows (account_id, metric, moment);
create index on twin.rows (id);

-- One row per account and type. `first_position` is the account's first row of all, on the clock of this type; days are
-- from it to `now`; length is L. `days_since` is since the last row with a quantity. `unused_since`: no longer used.
create unlogged table twin.feats (
    account_id uuid, metric text, weight integer, target numeric, is_observed boolean, days numeric, length numeric,
    amount numeric, weekly numeric, baseline numeric, days_since numeric, unused_since timestamptz,
    primary key (account_id, metric)
);

create unlogged table twin.accounts (
    account_id uuid primary key, crm_attributes jsonb, first_seen timestamptz, history numeric, seats numeric
);

create unlogged table twin.tickets (
    account_id uuid, key text, ticket text, points numeric, moment timestamptz, status text,
    is_urgent boolean, opened timestamptz
);

-- The uses that name a feature, names folded and aliases applied.
create unlogged table twin.feature_uses (account_id uuid, id uuid, moment timestamptz, feature text);

-- What is usual, as of this very moment.
create unlogged table twin.norms_now (catalogue text[], median_depth numeric, accounts integer);
-- What is usual as the question is to be answered with: the kept one, or the above.
create unlogged table twin.norms (catalogue text[], median_depth numeric);

create unlogged table twin.usage_parts (account_id uuid primary key, level numeric, trend numeric, recency numeric);
create unlogged table twin.engagement_parts (
    account_id uuid primary key, people numeric, frequency numeric, breadth numeric, recency numeric
);
create unlogged table twin.support_parts (
    account_id uuid primary key, load numeric, trend numeric, open_urgent numeric, csat numeric,
    is_silent boolean, urgent_open_days numeric
);
create unlogged table twin.adoption_parts (account_id uuid primary key, breadth numeric, stickiness numeric, depth numeric);
create unlogged table twin.best_quarters (account_id uuid primary key, usage_of_best numeric);

-- The answer.
create unlogged table twin.told (
    account_id uuid primary key,
    usage_score integer, engagement_score integer, support_score integer, adoption_score integer,
    raw_score integer, overall_score integer, cap_reason text, coverage numeric, confidence text,
    risk_level text, stale_feed boolean,
    usage_level numeric, usage_trend numeric, usage_recency numeric,
    engagement_frequency numeric, engagement_breadth numeric, engagement_recency numeric,
    support_load numeric, support_trend numeric, support_open_urgent numeric, support_csat numeric,
    adoption_breadth numeric, adoption_stickiness numeric, adoption_depth numeric,
    urgent_open_days numeric, seat_share numeric, usage_of_best numeric, seats numeric
);
