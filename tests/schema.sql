--
-- PostgreSQL database dump
--

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: cs; Type: SCHEMA; Schema: -; Owner: postgres
--

CREATE SCHEMA cs;

ALTER SCHEMA cs OWNER TO postgres;

--
-- Name: account_status; Type: TYPE; Schema: cs; Owner: cs_owner
--

CREATE TYPE cs.account_status AS ENUM (
    'Active',
    'Paused',
    'Churned'
);

ALTER TYPE cs.account_status OWNER TO cs_owner;

--
-- Name: member_role; Type: TYPE; Schema: cs; Owner: cs_owner
--

CREATE TYPE cs.member_role AS ENUM (
    'Practitioner',
    'Contributor',
    'Viewer',
    'Tenant Admin'
);

ALTER TYPE cs.member_role OWNER TO cs_owner;

--
-- Name: metric_type; Type: TYPE; Schema: cs; Owner: cs_owner
--

CREATE TYPE cs.metric_type AS ENUM (
    'logins',
    'feature_usage',
    'api_calls',
    'support_tickets'
);

ALTER TYPE cs.metric_type OWNER TO cs_owner;

--
-- Name: risk_level; Type: TYPE; Schema: cs; Owner: cs_owner
--

CREATE TYPE cs.risk_level AS ENUM (
    'Healthy',
    'At Risk',
    'Critical'
);

ALTER TYPE cs.risk_level OWNER TO cs_owner;

--
-- Name: webhook_status; Type: TYPE; Schema: cs; Owner: cs_owner
--

CREATE TYPE cs.webhook_status AS ENUM (
    'pending',
    'processing',
    'completed',
    'failed'
);

ALTER TYPE cs.webhook_status OWNER TO cs_owner;

SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: accounts; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.accounts (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    name text NOT NULL,
    external_id text,
    parent_id uuid,
    hierarchy_level integer DEFAULT 0 NOT NULL,
    hierarchy_path text NOT NULL COLLATE pg_catalog."C",
    current_stage text NOT NULL,
    status cs.account_status DEFAULT 'Active'::cs.account_status NOT NULL,
    crm_attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
    csm_id uuid,
    arr numeric GENERATED ALWAYS AS (((crm_attributes ->> 'arr'::text))::numeric) STORED,
    contract_end_date date GENERATED ALWAYS AS (make_date((split_part((crm_attributes ->> 'contract_end_date'::text), '-'::text, 1))::integer, (split_part((crm_attributes ->> 'contract_end_date'::text), '-'::text, 2))::integer, (split_part((crm_attributes ->> 'contract_end_date'::text), '-'::text, 3))::integer)) STORED,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT accounts_arr_check CHECK (((arr >= (0)::numeric) AND (arr < '1000000000000000'::numeric))),
    CONSTRAINT accounts_crm_attributes_check CHECK ((jsonb_typeof(crm_attributes) = 'object'::text)),
    CONSTRAINT accounts_external_id_check CHECK ((char_length(external_id) <= 500)),
    CONSTRAINT accounts_hierarchy_level_check CHECK (((hierarchy_level >= 0) AND (hierarchy_level <= 10))),
    CONSTRAINT accounts_name_check CHECK (((btrim(name) <> ''::text) AND (char_length(name) <= 500)))
);

ALTER TABLE ONLY cs.accounts FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.accounts OWNER TO cs_owner;

--
-- Name: TABLE accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.accounts IS 'Customers, in a tree of parents and subsidiaries.';

--
-- Name: COLUMN accounts.external_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.accounts.external_id IS 'The id of this account in the system it comes from; unique per tenant.';

--
-- Name: COLUMN accounts.hierarchy_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.accounts.hierarchy_level IS 'Depth in the tree, 0 for a root; kept by a trigger.';

--
-- Name: COLUMN accounts.hierarchy_path; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.accounts.hierarchy_path IS 'Ids from the root to this account, joined by /; kept by a trigger. A subtree is path = p or path like p || ''/%''.';

--
-- Name: COLUMN accounts.current_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.accounts.current_stage IS 'Name of the stage; the first main stage where an insert names none.';

--
-- Name: COLUMN accounts.crm_attributes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.accounts.crm_attributes IS 'Anything the CRM knows. Known keys: arr and seats (numbers >= 0, also as text), contract_end_date (YYYY-MM-DD), industry, api_only (true: used by programs alone).';

--
-- Name: COLUMN accounts.csm_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.accounts.csm_id IS 'The user who looks after this account.';

--
-- Name: COLUMN accounts.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.accounts.arr IS 'Annual recurring revenue in the tenant''s currency, from crm_attributes.arr.';

--
-- Name: COLUMN accounts.version; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.accounts.version IS 'Counts the changes of this row, for expected_version; kept by a trigger.';

--
-- Name: account_ancestors(uuid); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.account_ancestors(account_id uuid) RETURNS TABLE(id uuid, name text, parent_id uuid, level integer)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH it AS MATERIALIZED (
          SELECT place.tenant_id,
             place.path
            FROM cs.account_place(account_ancestors.account_id) place(tenant_id, level, path)
         )
  SELECT account.id,
     account.name,
     account.parent_id,
     account.hierarchy_level
    FROM cs.accounts account
   WHERE ((account.tenant_id = ( SELECT it.tenant_id
            FROM it)) AND (account.id = ANY (( SELECT (string_to_array(it.path, '/'::text))::uuid[] AS string_to_array
            FROM it)::uuid[])) AND (account.id <> account_ancestors.account_id))
   ORDER BY account.hierarchy_level;
END;

ALTER FUNCTION cs.account_ancestors(account_id uuid) OWNER TO cs_owner;

--
-- Name: FUNCTION account_ancestors(account_id uuid); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.account_ancestors(account_id uuid) IS 'The accounts above this one that the caller sees, the root first. Errors: P0002 no such account.';

--
-- Name: account_descendants(uuid, integer); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.account_descendants(account_id uuid, max_depth integer DEFAULT NULL::integer) RETURNS TABLE(id uuid, name text, parent_id uuid, level integer, depth integer, path text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH it AS MATERIALIZED (
          SELECT place.tenant_id,
             place.level,
             place.path
            FROM cs.account_place(account_descendants.account_id) place(tenant_id, level, path)
         )
  SELECT account.id,
     account.name,
     account.parent_id,
     account.hierarchy_level,
     (account.hierarchy_level - ( SELECT it.level
            FROM it)),
     account.hierarchy_path
    FROM cs.accounts account
   WHERE ((account.tenant_id = ( SELECT it.tenant_id
            FROM it)) AND (account.hierarchy_path >= ( SELECT (it.path || '/'::text)
            FROM it)) AND (account.hierarchy_path < ( SELECT (it.path || '0'::text)
            FROM it)) AND ((account_descendants.max_depth IS NULL) OR (account.hierarchy_level <= (( SELECT it.level
            FROM it) + account_descendants.max_depth))));
END;

ALTER FUNCTION cs.account_descendants(account_id uuid, max_depth integer) OWNER TO cs_owner;

--
-- Name: FUNCTION account_descendants(account_id uuid, max_depth integer); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.account_descendants(account_id uuid, max_depth integer) IS 'The accounts below this one that the caller sees; depth counts from this one, max_depth NULL: all. Ordered by path, each follows its parent. Errors: P0002 no such account.';

--
-- Name: is_before(timestamp with time zone, text, timestamp with time zone, text); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.is_before(at timestamp with time zone, event_key text, before timestamp with time zone, before_key text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    RETURN ((at <= COALESCE(before, 'infinity'::timestamp with time zone)) AND (ROW(at, (event_key COLLATE "C")) < ROW(COALESCE(before, 'infinity'::timestamp with time zone), COALESCE(before_key, ''::text))));

ALTER FUNCTION cs.is_before(at timestamp with time zone, event_key text, before timestamp with time zone, before_key text) OWNER TO cs_owner;

--
-- Name: FUNCTION is_before(at timestamp with time zone, event_key text, before timestamp with time zone, before_key text); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.is_before(at timestamp with time zone, event_key text, before timestamp with time zone, before_key text) IS 'Internal: whether an event of this moment and key comes after the page that ended here, newest first; NULL for both: any.';

--
-- Name: account_milestones; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.account_milestones (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    account_id uuid NOT NULL,
    milestone_id uuid NOT NULL,
    state text DEFAULT 'done'::text NOT NULL,
    reason text,
    completed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    completed_by uuid DEFAULT cs.current_user_id(),
    CONSTRAINT account_milestones_reason_check CHECK (((state = 'done'::text) OR ((btrim(reason) <> ''::text) AND (reason IS NOT NULL)))),
    CONSTRAINT account_milestones_state_check CHECK ((state = ANY (ARRAY['done'::text, 'waived'::text])))
);

ALTER TABLE ONLY cs.account_milestones FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.account_milestones OWNER TO cs_owner;

--
-- Name: TABLE account_milestones; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.account_milestones IS 'Milestones that an account has done or that were waived for it; no row: open.';

--
-- Name: COLUMN account_milestones.state; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestones.state IS 'done, or waived with a reason.';

--
-- Name: COLUMN account_milestones.completed_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestones.completed_by IS 'Who completed or waived it; NULL: the database.';

--
-- Name: activities; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.activities (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    kind text NOT NULL,
    body text NOT NULL,
    at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    assigned_to uuid,
    done_at timestamp with time zone,
    happened_at timestamp with time zone GENERATED ALWAYS AS (COALESCE(done_at, at)) STORED,
    created_by uuid DEFAULT cs.current_user_id(),
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT activities_body_check CHECK ((btrim(body) <> ''::text)),
    CONSTRAINT activities_kind_check CHECK ((kind = ANY (ARRAY['task'::text, 'call'::text, 'email'::text, 'meeting'::text, 'note'::text]))),
    CONSTRAINT activities_task_check CHECK (((kind = 'task'::text) OR ((assigned_to IS NULL) AND (done_at IS NULL))))
);

ALTER TABLE ONLY cs.activities FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.activities OWNER TO cs_owner;

--
-- Name: TABLE activities; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.activities IS 'What people did for an account, or plan to do: a row per call, e-mail, meeting, note or task.';

--
-- Name: COLUMN activities.at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.activities.at IS 'When it happened; for a task when it is due.';

--
-- Name: COLUMN activities.assigned_to; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.activities.assigned_to IS 'Whose task it is; NULL: anyone''s.';

--
-- Name: COLUMN activities.done_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.activities.done_at IS 'When a task was done; NULL while it is open, and for all other kinds.';

--
-- Name: COLUMN activities.happened_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.activities.happened_at IS 'Its place in the timeline: when it happened, or a task was done, or an open one is due.';

--
-- Name: COLUMN activities.created_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.activities.created_by IS 'Who wrote it, and may change it for 15 minutes; NULL: the database.';

--
-- Name: arr_history; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.arr_history (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    arr numeric NOT NULL,
    valid_from timestamp with time zone NOT NULL,
    valid_until timestamp with time zone,
    CONSTRAINT arr_history_arr_check CHECK ((arr >= (0)::numeric)),
    CONSTRAINT arr_history_valid_from_check CHECK (isfinite(valid_from)),
    CONSTRAINT arr_history_valid_until_check CHECK ((valid_until >= valid_from))
);

ALTER TABLE ONLY cs.arr_history FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.arr_history OWNER TO cs_owner;

--
-- Name: TABLE arr_history; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.arr_history IS 'The ARR of every account over time. The open row (valid_until is null) is the current one; each row begins when the one before it ends. Accounts older than this table have no row until their ARR or status changes. No foreign key: the history of a deleted account stays, ended with 0, so that sums of the past stay what they were.';

--
-- Name: COLUMN arr_history.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_history.arr IS 'What counts, in the tenant''s currency: 0 while Churned, else ARR as entered, unknown as 0. A parent''s may include that of its children, which is taken out when it is read.';

--
-- Name: COLUMN arr_history.valid_until; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_history.valid_until IS 'The first moment at which it is no longer valid; NULL: it is valid now.';

--
-- Name: health_overrides; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.health_overrides (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    score integer NOT NULL,
    reason text NOT NULL,
    set_by uuid,
    set_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    ended_by uuid,
    CONSTRAINT health_overrides_reason_check CHECK ((btrim(reason) <> ''::text)),
    CONSTRAINT health_overrides_score_check CHECK (((score >= 0) AND (score <= 100))),
    CONSTRAINT health_overrides_until_check CHECK (((until >= set_at) AND (until <= (set_at + '90 days 02:00:00'::interval))))
);

ALTER TABLE ONLY cs.health_overrides FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.health_overrides OWNER TO cs_owner;

--
-- Name: TABLE health_overrides; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.health_overrides IS 'Scores that a person set by hand, for a limited time and with a reason.';

--
-- Name: COLUMN health_overrides.until; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_overrides.until IS 'When the computed score returns: at most 90 days after it was set.';

--
-- Name: COLUMN health_overrides.ended_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_overrides.ended_at IS 'When it ended, by itself or by a person; NULL while it applies.';

--
-- Name: health_scores; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.health_scores (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    overall_score integer NOT NULL,
    usage_score integer,
    engagement_score integer,
    support_score integer,
    adoption_score integer,
    risk_level cs.risk_level NOT NULL,
    is_current boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone NOT NULL,
    previous_score integer,
    model_version integer,
    coverage numeric,
    confidence text,
    source text DEFAULT 'imported'::text NOT NULL,
    cause text,
    inputs jsonb,
    raw_score integer,
    stale_feed boolean DEFAULT false NOT NULL,
    CONSTRAINT health_scores_adoption_score_check CHECK (((adoption_score >= 0) AND (adoption_score <= 100))),
    CONSTRAINT health_scores_cause_check CHECK ((cause = ANY (ARRAY['data'::text, 'time'::text, 'refresh'::text, 'heartbeat'::text, 'model'::text, 'override'::text, 'account'::text]))),
    CONSTRAINT health_scores_confidence_check CHECK ((confidence = ANY (ARRAY['high'::text, 'medium'::text, 'low'::text]))),
    CONSTRAINT health_scores_coverage_check CHECK (((coverage >= (0)::numeric) AND (coverage <= (1)::numeric))),
    CONSTRAINT health_scores_engagement_score_check CHECK (((engagement_score >= 0) AND (engagement_score <= 100))),
    CONSTRAINT health_scores_overall_score_check CHECK (((overall_score >= 0) AND (overall_score <= 100))),
    CONSTRAINT health_scores_raw_score_check CHECK (((raw_score >= 0) AND (raw_score <= 100))),
    CONSTRAINT health_scores_source_check CHECK ((source = ANY (ARRAY['computed'::text, 'imported'::text, 'override'::text]))),
    CONSTRAINT health_scores_support_score_check CHECK (((support_score >= 0) AND (support_score <= 100))),
    CONSTRAINT health_scores_usage_score_check CHECK (((usage_score >= 0) AND (usage_score <= 100)))
);

ALTER TABLE ONLY cs.health_scores FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.health_scores OWNER TO cs_owner;

--
-- Name: TABLE health_scores; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.health_scores IS 'Health of accounts from 0 to 100, one current row each; every new row closes the one before it.';

--
-- Name: COLUMN health_scores.risk_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.risk_level IS 'From the score and the tenant''s bands (80 and 40 unless configured); kept by a trigger.';

--
-- Name: COLUMN health_scores.is_current; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.is_current IS 'The latest score of the account; kept by a trigger.';

--
-- Name: COLUMN health_scores.created_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.created_at IS 'When the score applied. Absent: now. Older than the current row: the score becomes history and fires nothing.';

--
-- Name: COLUMN health_scores.previous_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.previous_score IS 'The score before this one; kept by a trigger.';

--
-- Name: COLUMN health_scores.coverage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.coverage IS 'Share of the weights that had data, 0 to 1.';

--
-- Name: COLUMN health_scores.confidence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.confidence IS 'high, medium or low; NULL counts as medium. A low one fires no playbook.';

--
-- Name: COLUMN health_scores.source; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.source IS 'computed by the engine, imported by hand, or an override.';

--
-- Name: COLUMN health_scores.cause; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.cause IS 'Why the row was added: data (usage arrived), time (the daily pass), refresh (asked for), heartbeat (nothing changed since yesterday), model (published), override, account (its own attributes changed); NULL: imported.';

--
-- Name: COLUMN health_scores.inputs; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.inputs IS 'The score of each part when it was computed, by component and part; urgent_open_days, seat_share, usage_trend, usage_of_best and seats, which are fields of criteria; cap: the maximum and reason that held the score.';

--
-- Name: COLUMN health_scores.raw_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.raw_score IS 'The mean of the components by weight, before a cap or an override; NULL where imported, or without data under an override.';

--
-- Name: COLUMN health_scores.stale_feed; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.stale_feed IS 'A feed is out, so some parts are as of its last row; such a score fires no playbook.';

--
-- Name: journey_history; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.journey_history (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    from_stage text,
    to_stage text NOT NULL,
    entered_at timestamp with time zone NOT NULL,
    exited_at timestamp with time zone,
    duration_days integer,
    triggered_by uuid,
    notes text,
    override_reason text,
    waived uuid[],
    is_undone boolean DEFAULT false NOT NULL,
    is_resumed boolean DEFAULT false NOT NULL,
    resumes uuid,
    status_before cs.account_status,
    CONSTRAINT journey_history_duration_days_check CHECK (((duration_days IS NULL) = (exited_at IS NULL))),
    CONSTRAINT journey_history_exited_at_check CHECK ((exited_at >= entered_at))
);

ALTER TABLE ONLY cs.journey_history FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.journey_history OWNER TO cs_owner;

--
-- Name: TABLE journey_history; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.journey_history IS 'Every stay of an account in a stage. The open row (exited_at is null) is the current one; each row begins when the one before it ends.';

--
-- Name: COLUMN journey_history.from_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_history.from_stage IS 'The stage before; NULL for the first.';

--
-- Name: COLUMN journey_history.duration_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_history.duration_days IS 'Whole days of 24 hours, floor((exited_at - entered_at) / 86400 s).';

--
-- Name: COLUMN journey_history.triggered_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_history.triggered_by IS 'The person who moved it; NULL for the database or a playbook.';

--
-- Name: COLUMN journey_history.override_reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_history.override_reason IS 'Why milestones were waived for this move.';

--
-- Name: COLUMN journey_history.waived; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_history.waived IS 'The milestones waived for this move: undo_stage_move takes these waivers back.';

--
-- Name: COLUMN journey_history.is_undone; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_history.is_undone IS 'This stay was taken back by undo_stage_move: it counts nowhere, neither as a stage the account was in nor for the milestones that hold it back.';

--
-- Name: COLUMN journey_history.is_resumed; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_history.is_resumed IS 'The move that ended this stay was taken back: it went on, and counts as part of the row that resumes it. counted_stays shows it as one.';

--
-- Name: COLUMN journey_history.resumes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_history.resumes IS 'Of a stay that undo_stage_move opened: the row with which it first began, whose entered_at and from_stage it has. NULL for all others.';

--
-- Name: COLUMN journey_history.status_before; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_history.status_before IS 'The status before this move, where the move changed it: undo_stage_move gives it back.';

--
-- Name: playbook_executions; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.playbook_executions (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    playbook_id uuid NOT NULL,
    account_id uuid NOT NULL,
    executed_at timestamp with time zone DEFAULT now() NOT NULL,
    result text NOT NULL,
    error_message text,
    playbook_version integer,
    event jsonb DEFAULT '{}'::jsonb NOT NULL,
    chain integer DEFAULT 1 NOT NULL,
    actions jsonb DEFAULT '[]'::jsonb NOT NULL,
    webhook_id uuid,
    sequence bigint,
    burst_id uuid,
    is_open boolean DEFAULT false NOT NULL,
    CONSTRAINT playbook_executions_result_check CHECK ((result = ANY (ARRAY['fired'::text, 'paused'::text, 'churned'::text, 'stale_feed'::text, 'low_confidence'::text, 'chain'::text, 'cooldown'::text, 'daily_cap'::text, 'burst'::text, 'dropped'::text, 'failed'::text])))
);

ALTER TABLE ONLY cs.playbook_executions FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.playbook_executions OWNER TO cs_owner;

--
-- Name: TABLE playbook_executions; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.playbook_executions IS 'Every match of a playbook: fired, or what held it back. No foreign key to accounts: what was done is told though its account is gone.';

--
-- Name: COLUMN playbook_executions.result; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.result IS 'fired; the first gate that held it back: paused, churned, stale_feed, low_confidence, chain, cooldown, daily_cap, burst; dropped: a burst that a person dropped; failed: it ran, but one of its actions was refused.';

--
-- Name: COLUMN playbook_executions.error_message; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.error_message IS 'Why an action was refused.';

--
-- Name: COLUMN playbook_executions.event; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.event IS 'What happened: kind, event_id and the values that matched.';

--
-- Name: COLUMN playbook_executions.chain; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.chain IS 'How many playbooks led to it, itself included: 1 where it was no playbook that changed the account.';

--
-- Name: COLUMN playbook_executions.actions; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.actions IS 'What the run did, an object per action: kind, result (queued, done, refused) and the id of what it made.';

--
-- Name: COLUMN playbook_executions.webhook_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.webhook_id IS 'The first delivery in webhook_queue. No foreign key: deliveries are purged earlier than runs.';

--
-- Name: COLUMN playbook_executions.sequence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.sequence IS 'Grows with every run of this playbook for this account, as the payload says it; NULL: nothing ran.';

--
-- Name: COLUMN playbook_executions.burst_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.burst_id IS 'The burst that holds it, or held it until it was released or dropped.';

--
-- Name: COLUMN playbook_executions.is_open; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.is_open IS 'Held back by what may end (paused, stale_feed, low_confidence), and decided anew once it does, as long as what matched still holds.';

--
-- Name: playbooks; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.playbooks (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    name text NOT NULL,
    description text,
    trigger_criteria jsonb NOT NULL,
    event_kind text NOT NULL,
    event_stage text,
    actions jsonb DEFAULT '[]'::jsonb NOT NULL,
    webhook_url text,
    webhook_secret text,
    previous_secret text,
    signing_changed_at timestamp with time zone,
    is_ordered boolean DEFAULT false NOT NULL,
    max_attempts integer,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    cooldown_minutes integer DEFAULT 60 NOT NULL,
    max_executions_per_day integer,
    is_active boolean DEFAULT true NOT NULL,
    activated_at timestamp with time zone,
    paused_at timestamp with time zone,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT playbooks_actions_check CHECK ((jsonb_typeof(actions) = 'array'::text)),
    CONSTRAINT playbooks_cooldown_minutes_check CHECK ((cooldown_minutes >= 0)),
    CONSTRAINT playbooks_headers_check CHECK ((jsonb_typeof(headers) = 'object'::text)),
    CONSTRAINT playbooks_max_attempts_check CHECK (((max_attempts >= 1) AND (max_attempts <= 100))),
    CONSTRAINT playbooks_max_executions_per_day_check CHECK ((max_executions_per_day > 0)),
    CONSTRAINT playbooks_name_check CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT playbooks_trigger_criteria_check CHECK ((jsonb_typeof(trigger_criteria) = 'object'::text))
);

ALTER TABLE ONLY cs.playbooks FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.playbooks OWNER TO cs_owner;

--
-- Name: TABLE playbooks; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.playbooks IS 'If this happens to an account, do that. Matched in the transaction of the change itself.';

--
-- Name: COLUMN playbooks.trigger_criteria; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.trigger_criteria IS '{"event": {"kind": "health_drop", "threshold": 40}, "when": criteria}: what it waits for, and what must be true of the account besides; without when, nothing. Stages, milestones and members may be written by name and are stored by id.';

--
-- Name: COLUMN playbooks.event_kind; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.event_kind IS 'The kind of event it waits for; kept by a trigger.';

--
-- Name: COLUMN playbooks.event_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.event_stage IS 'Id of the stage that its event names; NULL: none, or any. Kept by a trigger.';

--
-- Name: COLUMN playbooks.actions; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.actions IS 'Up to five of {"kind": "webhook", "url"}, {"kind": "slack", "url", "text"}, {"kind": "email", "to", "subject", "body"}, {"kind": "task", "title", "due_in_days", "assignee"}, {"kind": "stage", "stage"}, carried out in order after the webhook of webhook_url.';

--
-- Name: COLUMN playbooks.webhook_secret; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.webhook_secret IS 'whsec_ and base64 of 24 to 64 bytes, made by the database if absent; signs every delivery. Members can write it, never read it.';

--
-- Name: COLUMN playbooks.previous_secret; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.previous_secret IS 'The secret before the last change: for 24 hours deliveries are signed with both. Kept by a trigger.';

--
-- Name: COLUMN playbooks.signing_changed_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.signing_changed_at IS 'When webhook_secret was last changed; NULL: never. Kept by a trigger.';

--
-- Name: COLUMN playbooks.is_ordered; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.is_ordered IS 'Deliveries of one account leave one at a time, in order: the next only once the one before has arrived or was given up.';

--
-- Name: COLUMN playbooks.max_attempts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.max_attempts IS 'Tries of each delivery; NULL: 10, or 5 where is_ordered.';

--
-- Name: COLUMN playbooks.headers; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.headers IS 'Further HTTP headers of each delivery, as an object of strings.';

--
-- Name: COLUMN playbooks.cooldown_minutes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.cooldown_minutes IS 'The least time between two runs for the same account, in minutes; 0: none.';

--
-- Name: COLUMN playbooks.max_executions_per_day; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.max_executions_per_day IS 'Most runs per day of the tenant''s time zone; NULL: any number.';

--
-- Name: COLUMN playbooks.is_active; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.is_active IS 'false: a draft, or switched off; it waits for nothing.';

--
-- Name: COLUMN playbooks.activated_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.activated_at IS 'Since when it waits, or waited last; NULL: never. Kept by a trigger.';

--
-- Name: COLUMN playbooks.paused_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.paused_at IS 'Since when it is paused: it waits for nothing until activate_playbook. NULL: it is not.';

--
-- Name: COLUMN playbooks.version; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.version IS 'Counts the changes of what it waits for and does; kept by a trigger.';

--
-- Name: COLUMN playbooks.deleted_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.deleted_at IS 'Since when it is gone; its runs are kept.';

--
-- Name: stage_milestones; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.stage_milestones (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    stage_id uuid NOT NULL,
    title text NOT NULL,
    description text,
    is_required boolean DEFAULT true NOT NULL,
    due_after_days integer,
    display_order integer DEFAULT 0 NOT NULL,
    criteria jsonb,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT stage_milestones_criteria_check CHECK (((criteria IS NULL) OR cs.criteria_shape(criteria))),
    CONSTRAINT stage_milestones_due_after_days_check CHECK ((due_after_days > 0)),
    CONSTRAINT stage_milestones_title_check CHECK ((btrim(title) <> ''::text))
);

ALTER TABLE ONLY cs.stage_milestones FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.stage_milestones OWNER TO cs_owner;

--
-- Name: TABLE stage_milestones; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.stage_milestones IS 'What an account should reach while it is in a stage.';

--
-- Name: COLUMN stage_milestones.is_required; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_milestones.is_required IS 'Whether it has to be done or waived before an account moves forward from its stage.';

--
-- Name: COLUMN stage_milestones.due_after_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_milestones.due_after_days IS 'Days of 24 hours after entering the stage; NULL: never due.';

--
-- Name: COLUMN stage_milestones.criteria; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_milestones.criteria IS 'What an account in the stage has to meet; once it does, the milestone is done for good. NULL: people complete it.';

--
-- Name: COLUMN stage_milestones.is_active; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_milestones.is_active IS 'false: no longer required of any account; kept for those that have done it.';

--
-- Name: COLUMN stage_milestones.created_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_milestones.created_at IS 'It does not hold back an account that left the stage before this.';

--
-- Name: account_events(uuid, uuid, text[], timestamp with time zone, text, integer); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.account_events(tenant_id uuid, account_id uuid, kinds text[], before timestamp with time zone, before_key text, most integer) RETURNS TABLE(at timestamp with time zone, kind text, title text, body text, actor_id uuid, source_id uuid, details jsonb, event_key text)
    LANGUAGE sql STABLE ROWS 50
    BEGIN ATOMIC
( SELECT activity.happened_at,
     activity.kind,
         CASE
             WHEN ((activity.kind = 'task'::text) AND (activity.done_at IS NOT NULL)) THEN 'Task done'::text
             WHEN (activity.kind = 'email'::text) THEN 'E-mail'::text
             ELSE initcap(activity.kind)
         END AS initcap,
     activity.body,
     activity.created_by,
     activity.id,
     (jsonb_build_object('created_at', activity.created_at) ||
         CASE
             WHEN (activity.kind = 'task'::text) THEN jsonb_build_object('due_at', activity.at, 'done_at', activity.done_at, 'assigned_to', activity.assigned_to)
             ELSE '{}'::jsonb
         END),
     ((activity.id)::text COLLATE "C") AS event_key
    FROM cs.activities activity
   WHERE ((activity.tenant_id = account_events.tenant_id) AND (activity.account_id = account_events.account_id) AND ((account_events.kinds IS NULL) OR (activity.kind = ANY (account_events.kinds))) AND cs.is_before(activity.happened_at, (activity.id)::text, account_events.before, account_events.before_key))
   ORDER BY activity.happened_at DESC, ((activity.id)::text COLLATE "C") DESC
  LIMIT account_events.most)
 UNION ALL
 ( SELECT stay.entered_at,
     'stage'::text AS kind,
     COALESCE(((('Moved from '::text || stay.from_stage) || ' to '::text) || stay.to_stage), ('Started in '::text || stay.to_stage)) AS "coalesce",
     stay.notes,
     stay.triggered_by,
     stay.id,
     jsonb_build_object('from_stage', stay.from_stage, 'to_stage', stay.to_stage, 'override_reason', stay.override_reason) AS jsonb_build_object,
     ((stay.id)::text COLLATE "C") AS event_key
    FROM cs.journey_history stay
   WHERE ((stay.tenant_id = account_events.tenant_id) AND (stay.account_id = account_events.account_id) AND ((account_events.kinds IS NULL) OR ('stage'::text = ANY (account_events.kinds))) AND cs.is_before(stay.entered_at, (stay.id)::text, account_events.before, account_events.before_key))
   ORDER BY stay.entered_at DESC, ((stay.id)::text COLLATE "C") DESC
  LIMIT account_events.most)
 UNION ALL
 ( SELECT score.created_at,
     'health'::text AS kind,
     COALESCE(((('Health went from '::text || earlier.risk_level) || ' to '::text) || score.risk_level), ('First score: '::text || score.risk_level)) AS "coalesce",
     NULL::text AS body,
     NULL::uuid AS actor_id,
     score.id,
     jsonb_build_object('overall_score', score.overall_score, 'previous_score', score.previous_score, 'risk_level', score.risk_level, 'previous_risk_level', earlier.risk_level, 'source', score.source, 'cause', score.cause) AS jsonb_build_object,
     ((score.id)::text COLLATE "C") AS event_key
    FROM (cs.health_scores score
      LEFT JOIN LATERAL ( SELECT previous.risk_level
            FROM cs.health_scores previous
           WHERE ((previous.tenant_id = score.tenant_id) AND (previous.account_id = score.account_id) AND (ROW(previous.created_at, previous.id) < ROW(score.created_at, score.id)))
           ORDER BY previous.created_at DESC, previous.id DESC
          LIMIT 1) earlier ON (true))
   WHERE ((score.tenant_id = account_events.tenant_id) AND (score.account_id = account_events.account_id) AND ((account_events.kinds IS NULL) OR ('health'::text = ANY (account_events.kinds))) AND ((score.previous_score IS DISTINCT FROM score.overall_score) OR (score.cause = 'model'::text)) AND (earlier.risk_level IS DISTINCT FROM score.risk_level) AND cs.is_before(score.created_at, (score.id)::text, account_events.before, account_events.before_key))
   ORDER BY score.created_at DESC, ((score.id)::text COLLATE "C") DESC
  LIMIT account_events.most)
 UNION ALL
 ( SELECT moment.at,
     'override'::text AS kind,
     moment.title,
     moment.body,
     moment.actor_id,
     overruled.id,
     jsonb_build_object('score', overruled.score, 'until', overruled.until) AS jsonb_build_object,
     moment.event_key
    FROM (cs.health_overrides overruled
      CROSS JOIN LATERAL ( VALUES (overruled.set_at,('Score set to '::text || overruled.score),overruled.reason,overruled.set_by,((overruled.id)::text COLLATE "C")), (overruled.ended_at,'Score no longer set by hand'::text,NULL::text,overruled.ended_by,((overruled.id || '/end'::text) COLLATE "C"))) moment(at, title, body, actor_id, event_key))
   WHERE ((overruled.tenant_id = account_events.tenant_id) AND (overruled.account_id = account_events.account_id) AND ((account_events.kinds IS NULL) OR ('override'::text = ANY (account_events.kinds))) AND cs.is_before(moment.at, moment.event_key, account_events.before, account_events.before_key))
   ORDER BY moment.at DESC, moment.event_key DESC
  LIMIT account_events.most)
 UNION ALL
 ( SELECT settled.completed_at,
     'milestone'::text AS kind,
     (
         CASE settled.state
             WHEN 'done'::text THEN 'Milestone done: '::text
             ELSE 'Milestone waived: '::text
         END || milestone.title),
     settled.reason,
     settled.completed_by,
     settled.milestone_id,
     jsonb_build_object('state', settled.state, 'milestone', milestone.title) AS jsonb_build_object,
     (((settled.milestone_id || '/'::text) || settled.account_id) COLLATE "C") AS event_key
    FROM (cs.account_milestones settled
      JOIN cs.stage_milestones milestone ON (((milestone.tenant_id = settled.tenant_id) AND (milestone.id = settled.milestone_id))))
   WHERE ((settled.tenant_id = account_events.tenant_id) AND (settled.account_id = account_events.account_id) AND ((account_events.kinds IS NULL) OR ('milestone'::text = ANY (account_events.kinds))) AND cs.is_before(settled.completed_at, ((settled.milestone_id || '/'::text) || settled.account_id), account_events.before, account_events.before_key))
   ORDER BY settled.completed_at DESC, (((settled.milestone_id || '/'::text) || settled.account_id) COLLATE "C") DESC
  LIMIT account_events.most)
 UNION ALL
 ( SELECT run.executed_at,
     'playbook'::text AS kind,
     (
         CASE run.result
             WHEN 'fired'::text THEN 'Playbook ran: '::text
             WHEN 'failed'::text THEN 'Playbook failed: '::text
             ELSE 'Playbook held back: '::text
         END || COALESCE(playbook.name, '?'::text)),
     run.error_message,
     NULL::uuid AS actor_id,
     run.id,
     jsonb_build_object('playbook_id', run.playbook_id, 'result', run.result, 'event', (run.event ->> 'kind'::text), 'webhook_id', run.webhook_id) AS jsonb_build_object,
     ((run.id)::text COLLATE "C") AS event_key
    FROM (cs.playbook_executions run
      LEFT JOIN cs.playbooks playbook ON (((playbook.tenant_id = run.tenant_id) AND (playbook.id = run.playbook_id))))
   WHERE ((run.tenant_id = account_events.tenant_id) AND (run.account_id = account_events.account_id) AND ((account_events.kinds IS NULL) OR ('playbook'::text = ANY (account_events.kinds))) AND cs.is_before(run.executed_at, (run.id)::text, account_events.before, account_events.before_key))
   ORDER BY run.executed_at DESC, ((run.id)::text COLLATE "C") DESC
  LIMIT account_events.most)
 UNION ALL
 ( SELECT change.valid_from,
     'arr'::text AS kind,
     ((('ARR went from '::text || earlier.arr) || ' to '::text) || change.arr),
     NULL::text AS body,
     NULL::uuid AS actor_id,
     change.id,
     jsonb_build_object('from', earlier.arr, 'to', change.arr) AS jsonb_build_object,
     ((change.id)::text COLLATE "C") AS event_key
    FROM (cs.arr_history change
      JOIN LATERAL ( SELECT previous.arr
            FROM cs.arr_history previous
           WHERE ((previous.tenant_id = change.tenant_id) AND (previous.account_id = change.account_id) AND (ROW(previous.valid_from, previous.id) < ROW(change.valid_from, change.id)))
           ORDER BY previous.valid_from DESC, previous.id DESC
          LIMIT 1) earlier ON (true))
   WHERE ((change.tenant_id = account_events.tenant_id) AND (change.account_id = account_events.account_id) AND ((account_events.kinds IS NULL) OR ('arr'::text = ANY (account_events.kinds))) AND cs.is_before(change.valid_from, (change.id)::text, account_events.before, account_events.before_key))
   ORDER BY change.valid_from DESC, ((change.id)::text COLLATE "C") DESC
  LIMIT account_events.most)
 UNION ALL
  SELECT change.at,
     'field'::text AS kind,
     ('Changed '::text || ( SELECT string_agg(regexp_replace((one.value ->> 'field'::text), '^crm_attributes\.'::text, ''::text), ', '::text) AS string_agg
            FROM jsonb_array_elements((change.changes)::jsonb) one(value))),
     NULL::text AS body,
     change.actor_id,
     change.change_id,
     jsonb_build_object('changes', (change.changes)::jsonb) AS jsonb_build_object,
     change.event_key
    FROM cs.account_changes(account_events.account_id, false, account_events.before, account_events.before_key, account_events.most) change(tenant_id, change_id, at, actor_id, changes, event_key)
   WHERE ((account_events.kinds IS NULL) OR ('field'::text = ANY (account_events.kinds)));
END;

ALTER FUNCTION cs.account_events(tenant_id uuid, account_id uuid, kinds text[], before timestamp with time zone, before_key text, most integer) OWNER TO cs_owner;

--
-- Name: FUNCTION account_events(tenant_id uuid, account_id uuid, kinds text[], before timestamp with time zone, before_key text, most integer); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.account_events(tenant_id uuid, account_id uuid, kinds text[], before timestamp with time zone, before_key text, most integer) IS 'Internal: the newest events of one account. Read account_timeline or family_timeline instead.';

--
-- Name: parent_arr_includes_children(jsonb); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.parent_arr_includes_children(settings jsonb) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN ((settings -> 'parent_arr_includes_children'::text) = 'true'::jsonb);

ALTER FUNCTION cs.parent_arr_includes_children(settings jsonb) OWNER TO cs_owner;

--
-- Name: FUNCTION parent_arr_includes_children(settings jsonb); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.parent_arr_includes_children(settings jsonb) IS 'Internal: whether the ARR of a parent includes that of its children for a tenant with these settings; NULL, as false, unless set.';

--
-- Name: deleted_accounts; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.deleted_accounts (
    tenant_id uuid NOT NULL,
    id uuid NOT NULL,
    name text NOT NULL,
    external_id text,
    parent_id uuid,
    root_id uuid NOT NULL,
    deleted_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    deleted_by uuid,
    reason text,
    merged_into uuid
);

ALTER TABLE ONLY cs.deleted_accounts FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.deleted_accounts OWNER TO cs_owner;

--
-- Name: TABLE deleted_accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.deleted_accounts IS 'Accounts that are gone: what their ARR history, runs and deliveries, which outlive them, still need to be read with. Kept by a trigger.';

--
-- Name: COLUMN deleted_accounts.parent_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.deleted_accounts.parent_id IS 'The account it stood below, which may be gone too.';

--
-- Name: COLUMN deleted_accounts.root_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.deleted_accounts.root_id IS 'The top of the family it was of; itself where it had no parent.';

--
-- Name: COLUMN deleted_accounts.deleted_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.deleted_accounts.deleted_by IS 'The person; NULL: the database or a superuser. No foreign key: the record outlives people.';

--
-- Name: COLUMN deleted_accounts.reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.deleted_accounts.reason IS 'As told to delete_account; NULL where the row was deleted by hand.';

--
-- Name: COLUMN deleted_accounts.merged_into; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.deleted_accounts.merged_into IS 'The account that took over all it had, by merge_accounts; NULL: none did.';

--
-- Name: tenants; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.tenants (
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    slug text NOT NULL,
    name text NOT NULL,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT tenants_name_check CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT tenants_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text)),
    CONSTRAINT tenants_slug_check CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'::text))
);

ALTER TABLE ONLY cs.tenants FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.tenants OWNER TO cs_owner;

--
-- Name: TABLE tenants; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.tenants IS 'Organisations that use the platform. Every other row belongs to exactly one of them.';

--
-- Name: COLUMN tenants.slug; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.tenants.slug IS 'Short name for addresses: lower-case letters, digits and hyphens, unique.';

--
-- Name: COLUMN tenants.settings; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.tenants.settings IS 'currency (ISO 4217, USD), time_zone (IANA, UTC), high_value_arr (number >= 0, 50000), parent_arr_includes_children (boolean, false); other keys are refused.';

--
-- Name: COLUMN tenants.is_active; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.tenants.is_active IS 'false: no member of this tenant can see or do anything.';

--
-- Name: family_places; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.family_places WITH (security_invoker='true') AS
 SELECT account.tenant_id,
    account.id AS account_id,
    account.parent_id,
    (split_part(account.hierarchy_path, '/'::text, 1))::uuid AS root_id
   FROM (cs.tenants tenant
     JOIN cs.accounts account ON ((account.tenant_id = tenant.id)))
  WHERE cs.parent_arr_includes_children(tenant.settings)
UNION ALL
 SELECT gone.tenant_id,
    gone.id AS account_id,
    gone.parent_id,
    COALESCE((split_part(parent.hierarchy_path, '/'::text, 1))::uuid, gone.root_id) AS root_id
   FROM ((cs.tenants tenant
     JOIN cs.deleted_accounts gone ON ((gone.tenant_id = tenant.id)))
     LEFT JOIN cs.accounts parent ON (((parent.tenant_id = gone.tenant_id) AND (parent.id = gone.parent_id))))
  WHERE cs.parent_arr_includes_children(tenant.settings);

ALTER TABLE cs.family_places OWNER TO cs_owner;

--
-- Name: VIEW family_places; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.family_places IS 'Internal: where accounts stand, or stood when they were deleted, in tenants with the setting parent_arr_includes_children.';

--
-- Name: COLUMN family_places.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.family_places.account_id IS 'The account.';

--
-- Name: COLUMN family_places.parent_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.family_places.parent_id IS 'The account above it; NULL: it is a root.';

--
-- Name: COLUMN family_places.root_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.family_places.root_id IS 'The account at the root of its family; its own id at a root.';

--
-- Name: child_arr_history; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.child_arr_history WITH (security_invoker='true') AS
 SELECT child.tenant_id,
    child.parent_id,
    history.arr,
    history.valid_from,
    history.valid_until
   FROM (cs.family_places child
     JOIN cs.arr_history history ON (((history.tenant_id = child.tenant_id) AND (history.account_id = child.account_id))))
  WHERE (child.parent_id IS NOT NULL)
UNION ALL
 SELECT hidden.tenant_id,
    hidden.parent_id,
    hidden.arr,
    hidden.valid_from,
    hidden.valid_until
   FROM cs.hidden_children_history() hidden(tenant_id, parent_id, arr, valid_from, valid_until);

ALTER TABLE cs.child_arr_history OWNER TO cs_owner;

--
-- Name: VIEW child_arr_history; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.child_arr_history IS 'Internal: what is taken out of the ARR of accounts that have children, over time; empty for tenants without the setting parent_arr_includes_children. What the reader does not see comes as one sum per parent.';

--
-- Name: COLUMN child_arr_history.parent_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.child_arr_history.parent_id IS 'The account above it; NULL: it is a root.';

--
-- Name: COLUMN child_arr_history.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.child_arr_history.arr IS 'Annual recurring revenue, in the tenant''s currency.';

--
-- Name: COLUMN child_arr_history.valid_from; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.child_arr_history.valid_from IS 'From when on it was so.';

--
-- Name: COLUMN child_arr_history.valid_until; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.child_arr_history.valid_until IS 'Until when it was so; NULL: it still is.';

--
-- Name: arr_at(timestamp with time zone, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.arr_at(earlier timestamp with time zone, since timestamp with time zone, until timestamp with time zone) RETURNS TABLE(tenant_id uuid, account_id uuid, customer_id uuid, earlier_arr numeric, start_arr numeric, end_arr numeric, paying_since timestamp with time zone)
    LANGUAGE sql STABLE ROWS 10000
    BEGIN ATOMIC
 SELECT held.tenant_id,
     held.account_id,
     COALESCE(family.root_id, held.account_id) AS "coalesce",
     GREATEST((0)::numeric, (held.earlier_arr - COALESCE(below.earlier_arr, (0)::numeric))) AS "greatest",
     GREATEST((0)::numeric, (held.start_arr - COALESCE(below.start_arr, (0)::numeric))) AS "greatest",
     GREATEST((0)::numeric, (held.end_arr - COALESCE(below.end_arr, (0)::numeric))) AS "greatest",
         CASE
             WHEN (below.parent_id IS NULL) THEN held.paying_since
             ELSE below.paying_since
         END AS paying_since
    FROM ((( SELECT history.tenant_id,
             history.account_id,
             COALESCE(max(history.arr) FILTER (WHERE ((history.valid_from < moment.earlier) AND ((history.valid_until IS NULL) OR (history.valid_until >= moment.earlier)))), (0)::numeric) AS earlier_arr,
             COALESCE(max(history.arr) FILTER (WHERE ((history.valid_from < moment.since) AND ((history.valid_until IS NULL) OR (history.valid_until >= moment.since)))), (0)::numeric) AS start_arr,
             COALESCE(max(history.arr) FILTER (WHERE ((history.valid_from < moment.until) AND ((history.valid_until IS NULL) OR (history.valid_until >= moment.until)))), (0)::numeric) AS end_arr,
             min(history.valid_from) FILTER (WHERE ((history.arr > (0)::numeric) AND ((history.valid_until IS NULL) OR (history.valid_until > history.valid_from)))) AS paying_since
            FROM (( SELECT arr_at.earlier AS earlier,
                     arr_at.since AS since,
                     arr_at.until AS until,
                     GREATEST(arr_at.earlier, arr_at.since, arr_at.until) AS last
                  OFFSET 0) moment
              JOIN cs.arr_history history ON ((history.valid_from < moment.last)))
           GROUP BY history.tenant_id, history.account_id) held
      LEFT JOIN cs.family_places family ON (((family.tenant_id = held.tenant_id) AND (family.account_id = held.account_id))))
      LEFT JOIN ( SELECT sums.tenant_id,
             sums.parent_id,
             sums.earlier_arr,
             sums.start_arr,
             sums.end_arr,
             first.paying_since
            FROM (( SELECT child.tenant_id,
                     child.parent_id,
                     sum(child.arr) FILTER (WHERE ((child.valid_from < moment.earlier) AND ((child.valid_until IS NULL) OR (child.valid_until >= moment.earlier)))) AS earlier_arr,
                     sum(child.arr) FILTER (WHERE ((child.valid_from < moment.since) AND ((child.valid_until IS NULL) OR (child.valid_until >= moment.since)))) AS start_arr,
                     sum(child.arr) FILTER (WHERE ((child.valid_from < moment.until) AND ((child.valid_until IS NULL) OR (child.valid_until >= moment.until)))) AS end_arr
                    FROM (( SELECT arr_at.earlier AS earlier,
                             arr_at.since AS since,
                             arr_at.until AS until
                          OFFSET 0) moment
                      CROSS JOIN cs.child_arr_history child)
                   GROUP BY child.tenant_id, child.parent_id) sums
              LEFT JOIN ( SELECT counted.tenant_id,
                     counted.account_id,
                     min(counted.at) FILTER (WHERE (counted.arr > (0)::numeric)) AS paying_since
                    FROM ( SELECT change.tenant_id,
                             change.account_id,
                             change.at,
                             sum(change.arr) OVER (PARTITION BY change.tenant_id, change.account_id ORDER BY change.at) AS arr
                            FROM ( SELECT own.tenant_id,
                                     own.account_id,
                                     step.at,
                                     step.arr
                                    FROM ((( SELECT DISTINCT child.tenant_id,
    child.parent_id
   FROM cs.child_arr_history child) parent
                                      JOIN cs.arr_history own ON (((own.tenant_id = parent.tenant_id) AND (own.account_id = parent.parent_id))))
                                      CROSS JOIN LATERAL ( VALUES (own.valid_from,own.arr), (own.valid_until,(- own.arr))) step(at, arr))
                                 UNION ALL
                                  SELECT child.tenant_id,
                                     child.parent_id,
                                     step.at,
                                     step.arr
                                    FROM (cs.child_arr_history child
                                      CROSS JOIN LATERAL ( VALUES (child.valid_from,(- child.arr)), (child.valid_until,child.arr)) step(at, arr))) change
                           WHERE (change.at < GREATEST(arr_at.earlier, arr_at.since, arr_at.until))) counted
                   GROUP BY counted.tenant_id, counted.account_id) first ON (((first.tenant_id = sums.tenant_id) AND (first.account_id = sums.parent_id))))) below ON (((below.tenant_id = held.tenant_id) AND (below.parent_id = held.account_id))));
END;

ALTER FUNCTION cs.arr_at(earlier timestamp with time zone, since timestamp with time zone, until timestamp with time zone) OWNER TO cs_owner;

--
-- Name: FUNCTION arr_at(earlier timestamp with time zone, since timestamp with time zone, until timestamp with time zone); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.arr_at(earlier timestamp with time zone, since timestamp with time zone, until timestamp with time zone) IS 'Internal: the ARR that counted, of each account that had any row of arr_history by then, just before three moments at once (infinity: now), and since when it has counted any. customer_id: whom retention takes as one customer, the account itself or, with parent_arr_includes_children, the root of its family. With that setting a parent counts by how much its ARR exceeds that of its current direct children at the time.';

--
-- Name: arr_between(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.arr_between(since timestamp with time zone, until timestamp with time zone) RETURNS TABLE(tenant_id uuid, account_id uuid, start_arr numeric, new_arr numeric, returned_arr numeric, expansion numeric, contraction numeric, churned_arr numeric, end_arr numeric, kept numeric, paying_since timestamp with time zone)
    LANGUAGE sql STABLE ROWS 10000
    BEGIN ATOMIC
 SELECT held.tenant_id,
     held.customer_id,
     held.start_arr,
         CASE
             WHEN ((held.start_arr = (0)::numeric) AND (held.paying_since >= arr_between.since)) THEN held.end_arr
             ELSE (0)::numeric
         END AS "case",
         CASE
             WHEN ((held.start_arr = (0)::numeric) AND (held.paying_since < arr_between.since)) THEN held.end_arr
             ELSE (0)::numeric
         END AS "case",
         CASE
             WHEN (held.start_arr > (0)::numeric) THEN GREATEST((0)::numeric, (held.end_arr - held.start_arr))
             ELSE (0)::numeric
         END AS "case",
         CASE
             WHEN (held.end_arr > (0)::numeric) THEN GREATEST((0)::numeric, (held.start_arr - held.end_arr))
             ELSE (0)::numeric
         END AS "case",
         CASE
             WHEN (held.end_arr = (0)::numeric) THEN held.start_arr
             ELSE (0)::numeric
         END AS "case",
     held.end_arr,
     LEAST(held.start_arr, held.end_arr) AS "least",
     held.paying_since
    FROM ( SELECT account.tenant_id,
             account.customer_id,
             sum(account.start_arr) AS start_arr,
             sum(account.end_arr) AS end_arr,
             min(account.paying_since) AS paying_since
            FROM cs.arr_at(arr_between.since, arr_between.since, arr_between.until) account(tenant_id, account_id, customer_id, earlier_arr, start_arr, end_arr, paying_since)
           GROUP BY account.tenant_id, account.customer_id) held;
END;

ALTER FUNCTION cs.arr_between(since timestamp with time zone, until timestamp with time zone) OWNER TO cs_owner;

--
-- Name: FUNCTION arr_between(since timestamp with time zone, until timestamp with time zone); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.arr_between(since timestamp with time zone, until timestamp with time zone) IS 'What became of each customer''s ARR from since to before until, infinity for now: start + new + returned + expansion - contraction - churned = end. A customer is an account or, with parent_arr_includes_children, a family, under the id of its root. New: its first ARR that counted. Returned: had ARR before, but none at the start. Churned: has none at the end, in any status. One that leaves and comes back in between did neither. A change at the very moment since belongs to the period, one at until to the next.';

--
-- Name: arr_bridge_between(timestamp with time zone, timestamp with time zone, jsonb); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.arr_bridge_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb DEFAULT NULL::jsonb) RETURNS TABLE(start_arr numeric, new_arr numeric, returned_arr numeric, expansion numeric, contraction numeric, churned_arr numeric, end_arr numeric)
    LANGUAGE sql STABLE ROWS 1
    BEGIN ATOMIC
 WITH lasting AS MATERIALIZED (
          SELECT cs.retention_criteria(arr_bridge_between.criteria) AS criteria
         )
  SELECT COALESCE(sum(flow.start_arr), (0)::numeric) AS "coalesce",
     COALESCE(sum(flow.new_arr), (0)::numeric) AS "coalesce",
     COALESCE(sum(flow.returned_arr), (0)::numeric) AS "coalesce",
     COALESCE(sum(flow.expansion), (0)::numeric) AS "coalesce",
     COALESCE(sum(flow.contraction), (0)::numeric) AS "coalesce",
     COALESCE(sum(flow.churned_arr), (0)::numeric) AS "coalesce",
     COALESCE(sum(flow.end_arr), (0)::numeric) AS "coalesce"
    FROM cs.arr_between(arr_bridge_between.since, arr_bridge_between.until) flow(tenant_id, account_id, start_arr, new_arr, returned_arr, expansion, contraction, churned_arr, end_arr, kept, paying_since)
   WHERE (( SELECT (lasting.criteria IS NULL)
            FROM lasting) OR (flow.account_id IN ( SELECT cs.matching_accounts(( SELECT lasting.criteria
                    FROM lasting)) AS matching_accounts)));
END;

ALTER FUNCTION cs.arr_bridge_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) OWNER TO cs_owner;

--
-- Name: FUNCTION arr_bridge_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.arr_bridge_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) IS 'From the ARR at since to that at until (infinity: now): start + new + returned + expansion - contraction - churned = end, as in arr_between, summed over customers. A change at since belongs to the period, one at until to the next. criteria and customers as in retention_between.';

--
-- Name: arr_ranges(timestamp with time zone[]); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.arr_ranges(moments timestamp with time zone[]) RETURNS TABLE(tenant_id uuid, account_id uuid, customer_id uuid, first integer, beyond integer, arr numeric)
    LANGUAGE sql STABLE ROWS 10000
    BEGIN ATOMIC
 WITH own AS (
          SELECT history.tenant_id,
             history.account_id,
             width_bucket(history.valid_from, arr_ranges.moments) AS first,
             COALESCE(width_bucket(history.valid_until, arr_ranges.moments), cardinality(arr_ranges.moments)) AS beyond,
             history.arr
            FROM cs.arr_history history
           WHERE (history.arr > (0)::numeric)
         ), child AS MATERIALIZED (
          SELECT child.tenant_id,
             child.parent_id AS account_id,
             width_bucket(child.valid_from, arr_ranges.moments) AS first,
             COALESCE(width_bucket(child.valid_until, arr_ranges.moments), cardinality(arr_ranges.moments)) AS beyond,
             child.arr
            FROM cs.child_arr_history child
         ), swept AS (
          SELECT step.tenant_id,
             step.account_id,
             step.place AS first,
             lead(step.place, 1, cardinality(arr_ranges.moments)) OVER (PARTITION BY step.tenant_id, step.account_id ORDER BY step.place) AS beyond,
             GREATEST((0)::numeric, sum(sum(step.arr)) OVER (PARTITION BY step.tenant_id, step.account_id ORDER BY step.place)) AS arr
            FROM ( SELECT own.tenant_id,
                     own.account_id,
                     edge.place,
                     edge.arr
                    FROM (own
                      CROSS JOIN LATERAL ( VALUES (own.first,own.arr), (own.beyond,(- own.arr))) edge(place, arr))
                   WHERE ((own.tenant_id, own.account_id) IN ( SELECT child.tenant_id,
                             child.account_id
                            FROM child))
                 UNION ALL
                  SELECT child.tenant_id,
                     child.account_id,
                     edge.place,
                     edge.arr
                    FROM (child
                      CROSS JOIN LATERAL ( VALUES (child.first,(- child.arr)), (child.beyond,child.arr)) edge(place, arr))) step
           GROUP BY step.tenant_id, step.account_id, step.place
         )
  SELECT held.tenant_id,
     held.account_id,
     COALESCE(family.root_id, held.account_id) AS "coalesce",
     held.first,
     held.beyond,
     held.arr
    FROM (( SELECT own.tenant_id,
             own.account_id,
             own.first,
             own.beyond,
             own.arr
            FROM own
           WHERE (NOT ((own.tenant_id, own.account_id) IN ( SELECT child.tenant_id,
                     child.account_id
                    FROM child)))
         UNION ALL
          SELECT swept.tenant_id,
             swept.account_id,
             swept.first,
             swept.beyond,
             swept.arr
            FROM swept
           WHERE (swept.arr > (0)::numeric)) held
      LEFT JOIN cs.family_places family ON (((family.tenant_id = held.tenant_id) AND (family.account_id = held.account_id))))
   WHERE (held.first < held.beyond);
END;

ALTER FUNCTION cs.arr_ranges(moments timestamp with time zone[]) OWNER TO cs_owner;

--
-- Name: FUNCTION arr_ranges(moments timestamp with time zone[]); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.arr_ranges(moments timestamp with time zone[]) IS 'Internal: what arr_at says of each of these moments (ascending; infinity: now), as ranges of moments in which it is the same: first, the place of the first one, counted from 0; beyond, the place after the last one. Nothing where an account counts no ARR.';

--
-- Name: time_zone(jsonb); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.time_zone(settings jsonb) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN COALESCE((settings ->> 'time_zone'::text), 'UTC'::text);

ALTER FUNCTION cs.time_zone(settings jsonb) OWNER TO cs_owner;

--
-- Name: FUNCTION time_zone(settings jsonb); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.time_zone(settings jsonb) IS 'Internal: the time zone that settings of a tenant name; UTC unless set.';

--
-- Name: health_models; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.health_models (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    version integer NOT NULL,
    weights jsonb DEFAULT '{}'::jsonb NOT NULL,
    thresholds jsonb DEFAULT '{}'::jsonb NOT NULL,
    targets jsonb DEFAULT '{}'::jsonb NOT NULL,
    caps jsonb NOT NULL,
    key_features jsonb DEFAULT '[]'::jsonb NOT NULL,
    feature_aliases jsonb DEFAULT '{}'::jsonb NOT NULL,
    quiet_periods jsonb DEFAULT '[]'::jsonb NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    created_by uuid,
    CONSTRAINT health_models_version_check CHECK ((version > 0))
);

ALTER TABLE ONLY cs.health_models FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.health_models OWNER TO cs_owner;

--
-- Name: TABLE health_models; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.health_models IS 'How a tenant''s scores are computed, by version; the highest is in force. Never edited: a change is the next version.';

--
-- Name: COLUMN health_models.weights; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_models.weights IS 'usage, engagement, support, adoption: numbers from 0, not all 0; 25 each unless given. Shown as shares of their sum.';

--
-- Name: COLUMN health_models.thresholds; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_models.thresholds IS 'critical and healthy, whole numbers, 0 < critical < healthy <= 100: 40 and 80 unless given.';

--
-- Name: COLUMN health_models.targets; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_models.targets IS 'logins, feature_usage, api_calls: quantities per 30 days that give 100; 40, 100 and 500 unless given.';

--
-- Name: COLUMN health_models.caps; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_models.caps IS 'In order [{"when": criteria, "max": 0 to 100 or "at_risk", "reason": text with {field}, "is_active": boolean}]: the first that matches limits the score; the raw one is kept as well. at_risk is one under the healthy threshold. Unless given, the four that a new tenant has.';

--
-- Name: COLUMN health_models.key_features; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_models.key_features IS 'Names of the features that count for adoption; empty: those that a tenth of the accounts that use features used within 90 days, and any account within 30.';

--
-- Name: COLUMN health_models.feature_aliases; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_models.feature_aliases IS 'Old names of features and the names they have now, {"old": "new"}: what was told under the old name counts for the new one.';

--
-- Name: COLUMN health_models.quiet_periods; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_models.quiet_periods IS 'Days on which customers are not expected to use the product, [{"from": date, "to": date}], both included, at most 60 in a year: no time passes on them for usage, only for tickets, contracts and people.';

--
-- Name: counted_days_ago(uuid, integer); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.counted_days_ago(tenant_id uuid, days integer) RETURNS timestamp with time zone
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT cs.counted_days_before(now(), counted_days_ago.days, cs.time_zone(tenant.settings), COALESCE(model.quiet_periods, '[]'::jsonb)) AS counted_days_before
    FROM (cs.tenants tenant
      LEFT JOIN LATERAL ( SELECT version.quiet_periods
            FROM cs.health_models version
           WHERE (version.tenant_id = tenant.id)
           ORDER BY version.version DESC
          LIMIT 1) model ON (true))
   WHERE (tenant.id = counted_days_ago.tenant_id);
END;

ALTER FUNCTION cs.counted_days_ago(tenant_id uuid, days integer) OWNER TO cs_owner;

--
-- Name: FUNCTION counted_days_ago(tenant_id uuid, days integer); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.counted_days_ago(tenant_id uuid, days integer) IS 'Internal: the moment this many days before now, at the same local time of the tenant; quiet days are left out.';

--
-- Name: customer_arr_ranges(timestamp with time zone[]); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.customer_arr_ranges(moments timestamp with time zone[]) RETURNS TABLE(tenant_id uuid, customer_id uuid, first integer, beyond integer, arr numeric)
    LANGUAGE sql STABLE ROWS 10000
    BEGIN ATOMIC
 WITH held AS MATERIALIZED (
          SELECT it.tenant_id,
             it.account_id,
             it.customer_id,
             it.first,
             it.beyond,
             it.arr
            FROM cs.arr_ranges(customer_arr_ranges.moments) it(tenant_id, account_id, customer_id, first, beyond, arr)
         ), family AS (
          SELECT held.tenant_id,
             held.customer_id
            FROM held
           WHERE (held.account_id <> held.customer_id)
         )
  SELECT held.tenant_id,
     held.customer_id,
     held.first,
     held.beyond,
     held.arr
    FROM held
   WHERE (NOT ((held.tenant_id, held.customer_id) IN ( SELECT family.tenant_id,
             family.customer_id
            FROM family)))
 UNION ALL
  SELECT swept.tenant_id,
     swept.customer_id,
     swept.first,
     swept.beyond,
     swept.arr
    FROM ( SELECT held.tenant_id,
             held.customer_id,
             edge.place AS first,
             lead(edge.place, 1, cardinality(customer_arr_ranges.moments)) OVER (PARTITION BY held.tenant_id, held.customer_id ORDER BY edge.place) AS beyond,
             sum(sum(edge.arr)) OVER (PARTITION BY held.tenant_id, held.customer_id ORDER BY edge.place) AS arr
            FROM (held
              CROSS JOIN LATERAL ( VALUES (held.first,held.arr), (held.beyond,(- held.arr))) edge(place, arr))
           WHERE ((held.tenant_id, held.customer_id) IN ( SELECT family.tenant_id,
                     family.customer_id
                    FROM family))
           GROUP BY held.tenant_id, held.customer_id, edge.place) swept
   WHERE ((swept.arr > (0)::numeric) AND (swept.first < swept.beyond));
END;

ALTER FUNCTION cs.customer_arr_ranges(moments timestamp with time zone[]) OWNER TO cs_owner;

--
-- Name: FUNCTION customer_arr_ranges(moments timestamp with time zone[]); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.customer_arr_ranges(moments timestamp with time zone[]) IS 'Internal: as arr_ranges, summed over whom retention takes as one customer.';

--
-- Name: days_between(timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.days_between(since timestamp with time zone, until timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (GREATEST((0)::numeric, floor((EXTRACT(epoch FROM (until - since)) / (86400)::numeric))))::integer;

ALTER FUNCTION cs.days_between(since timestamp with time zone, until timestamp with time zone) OWNER TO cs_owner;

--
-- Name: FUNCTION days_between(since timestamp with time zone, until timestamp with time zone); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.days_between(since timestamp with time zone, until timestamp with time zone) IS 'Internal: whole days of 24 hours from one moment to another, in any time zone; 0 where the first is the later one, as what was written in the transaction that asks.';

--
-- Name: local_time(jsonb, timestamp with time zone); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.local_time(settings jsonb, at timestamp with time zone) RETURNS timestamp without time zone
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (at AT TIME ZONE cs.time_zone(settings));

ALTER FUNCTION cs.local_time(settings jsonb, at timestamp with time zone) OWNER TO cs_owner;

--
-- Name: FUNCTION local_time(settings jsonb, at timestamp with time zone); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.local_time(settings jsonb, at timestamp with time zone) IS 'Internal: the local time of a moment in the time zone of a tenant with these settings.';

--
-- Name: local_day(jsonb, timestamp with time zone); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.local_day(settings jsonb, at timestamp with time zone) RETURNS date
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (cs.local_time(settings, at))::date;

ALTER FUNCTION cs.local_day(settings jsonb, at timestamp with time zone) OWNER TO cs_owner;

--
-- Name: FUNCTION local_day(settings jsonb, at timestamp with time zone); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.local_day(settings jsonb, at timestamp with time zone) IS 'Internal: the day that a moment is in, in the time zone of a tenant with these settings.';

--
-- Name: days_to_renewal(date, jsonb, timestamp with time zone); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.days_to_renewal(contract_end_date date, settings jsonb, at timestamp with time zone) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (contract_end_date - cs.local_day(settings, at));

ALTER FUNCTION cs.days_to_renewal(contract_end_date date, settings jsonb, at timestamp with time zone) OWNER TO cs_owner;

--
-- Name: FUNCTION days_to_renewal(contract_end_date date, settings jsonb, at timestamp with time zone); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.days_to_renewal(contract_end_date date, settings jsonb, at timestamp with time zone) IS 'Internal: days from a moment, in the time zone of a tenant with these settings, to the end of a contract; negative once it has passed.';

--
-- Name: event_topics(); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.event_topics() RETURNS TABLE(topic text, by_account boolean)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT known.topic,
     (known.by_account AND (NOT cs.may_see_account('00000000-0000-0000-0000-000000000000'::uuid)))
    FROM ( VALUES ('accounts'::text,'account.read'::text,true), ('journey'::text,'account.read'::text,true), ('activities'::text,'account.read'::text,true), ('contacts'::text,'account.read'::text,true), ('revenue'::text,'account.read'::text,true), ('fields'::text,'stage.read'::text,false), ('health'::text,'account.read'::text,true), ('models'::text,'account.read'::text,false), ('stages'::text,'stage.read'::text,false), ('playbooks'::text,'playbook.read'::text,false), ('runs'::text,'playbook.read'::text,true), ('webhooks'::text,'playbook.read'::text,true), ('tenant'::text,'people.read'::text,false), ('people'::text,'people.read'::text,false)) known(topic, action, by_account)
   WHERE (cs.tenant_where(known.action) IS NOT NULL);
END;

ALTER FUNCTION cs.event_topics() OWNER TO cs_owner;

--
-- Name: FUNCTION event_topics(); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.event_topics() IS 'The topics of live events that the caller may receive; by_account: only with ids of accounts for which may_see_account() is true.';

--
-- Name: health_band(cs.account_status, text, text); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.health_band(status cs.account_status, risk_level text, confidence text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE WHEN (status = 'Paused'::cs.account_status) THEN 'Paused'::text WHEN (risk_level IS NULL) THEN 'No data'::text WHEN (confidence = 'low'::text) THEN 'Uncertain'::text ELSE risk_level END;

ALTER FUNCTION cs.health_band(status cs.account_status, risk_level text, confidence text) OWNER TO cs_owner;

--
-- Name: FUNCTION health_band(status cs.account_status, risk_level text, confidence text); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.health_band(status cs.account_status, risk_level text, confidence text) IS 'Internal: which part of a chart of health an account is in: Healthy, At Risk or Critical; or No data, Uncertain (a score of low confidence) or Paused, which no average counts.';

--
-- Name: score_at(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.score_at(tenant_id uuid, account_id uuid, at timestamp with time zone) RETURNS TABLE(overall_score integer, risk_level cs.risk_level, confidence text, source text, created_at timestamp with time zone)
    LANGUAGE sql STABLE ROWS 1 PARALLEL SAFE
    BEGIN ATOMIC
 SELECT score.overall_score,
     score.risk_level,
     score.confidence,
     score.source,
     score.created_at
    FROM cs.health_scores score
   WHERE ((score.tenant_id = score_at.tenant_id) AND (score.account_id = score_at.account_id) AND (score.created_at <= score_at.at))
   ORDER BY score.created_at DESC
  LIMIT 1;
END;

ALTER FUNCTION cs.score_at(tenant_id uuid, account_id uuid, at timestamp with time zone) OWNER TO cs_owner;

--
-- Name: FUNCTION score_at(tenant_id uuid, account_id uuid, at timestamp with time zone); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.score_at(tenant_id uuid, account_id uuid, at timestamp with time zone) IS 'Internal: the score that was shown for an account at a moment; no row: none yet.';

--
-- Name: counted_arr; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.counted_arr WITH (security_invoker='true') AS
 SELECT account.tenant_id,
    account.id AS account_id,
        CASE
            WHEN (account.status = 'Churned'::cs.account_status) THEN (0)::numeric
            WHEN cs.parent_arr_includes_children(tenant.settings) THEN GREATEST((0)::numeric, ((COALESCE(account.arr, (0)::numeric) - COALESCE(( SELECT sum(child.arr) AS sum
               FROM cs.accounts child
              WHERE ((child.tenant_id = account.tenant_id) AND (child.parent_id = account.id) AND (child.status <> 'Churned'::cs.account_status))), (0)::numeric)) - COALESCE(( SELECT hidden.arr
               FROM cs.hidden_children() hidden(tenant_id, parent_id, arr)
              WHERE ((hidden.tenant_id = account.tenant_id) AND (hidden.parent_id = account.id))), (0)::numeric)))
            ELSE COALESCE(account.arr, (0)::numeric)
        END AS arr,
    (COALESCE(cs.parent_arr_includes_children(tenant.settings), false) AND ((account.tenant_id, account.id) IN ( SELECT hidden.tenant_id,
            hidden.parent_id
           FROM cs.hidden_children() hidden(tenant_id, parent_id, arr)))) AS partial
   FROM (cs.accounts account
     JOIN cs.tenants tenant ON ((tenant.id = account.tenant_id)));

ALTER TABLE cs.counted_arr OWNER TO cs_owner;

--
-- Name: VIEW counted_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.counted_arr IS 'The ARR of each account as every sum counts it, in the tenant''s currency: the same number for every reader.';

--
-- Name: COLUMN counted_arr.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.counted_arr.account_id IS 'The account.';

--
-- Name: COLUMN counted_arr.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.counted_arr.arr IS '0 once the account has churned or where ARR is unknown; with the setting parent_arr_includes_children, without that of its direct children and never below 0.';

--
-- Name: COLUMN counted_arr.partial; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.counted_arr.partial IS 'Whether ARR of direct children was taken out that the reader does not see.';

--
-- Name: counted_stays; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.counted_stays WITH (security_invoker='true') AS
 SELECT stay.tenant_id,
    stay.account_id,
    stay.id AS history_id,
        CASE
            WHEN (stay.resumes IS NULL) THEN stay.from_stage
            ELSE ( SELECT first.from_stage
               FROM cs.journey_history first
              WHERE ((first.tenant_id = stay.tenant_id) AND (first.id = stay.resumes)))
        END AS from_stage,
    stay.to_stage,
        CASE
            WHEN (stay.resumes IS NULL) THEN stay.entered_at
            ELSE ( SELECT first.entered_at
               FROM cs.journey_history first
              WHERE ((first.tenant_id = stay.tenant_id) AND (first.id = stay.resumes)))
        END AS entered_at,
    stay.exited_at
   FROM cs.journey_history stay
  WHERE ((NOT stay.is_undone) AND (NOT stay.is_resumed));

ALTER TABLE cs.counted_stays OWNER TO cs_owner;

--
-- Name: VIEW counted_stays; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.counted_stays IS 'The stays that clocks and statistics count: what was taken back is left out, and the stay it interrupted is one row, from when it first began.';

--
-- Name: COLUMN counted_stays.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.counted_stays.account_id IS 'The account.';

--
-- Name: COLUMN counted_stays.history_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.counted_stays.history_id IS 'Its row of journey_history; of a stay that goes on after an undo, the last.';

--
-- Name: COLUMN counted_stays.from_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.counted_stays.from_stage IS 'The stage before; NULL for the first.';

--
-- Name: COLUMN counted_stays.to_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.counted_stays.to_stage IS 'The stage that was entered.';

--
-- Name: COLUMN counted_stays.entered_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.counted_stays.entered_at IS 'When the account entered the stage.';

--
-- Name: COLUMN counted_stays.exited_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.counted_stays.exited_at IS 'When it ended; NULL for the current stay.';

--
-- Name: first_arr; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.first_arr WITH (security_invoker='true') AS
 SELECT history.tenant_id,
    history.account_id,
    min(history.valid_from) AS since
   FROM cs.arr_history history
  WHERE (history.arr > (0)::numeric)
  GROUP BY history.tenant_id, history.account_id;

ALTER TABLE cs.first_arr OWNER TO cs_owner;

--
-- Name: VIEW first_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.first_arr IS 'Since when each account has paid: a customer of years that was loaded yesterday has been one for years. No row: it never paid.';

--
-- Name: COLUMN first_arr.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.first_arr.account_id IS 'The account.';

--
-- Name: COLUMN first_arr.since; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.first_arr.since IS 'When its first ARR above 0 began.';

--
-- Name: journey_stages; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.journey_stages (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    name text NOT NULL,
    display_order integer NOT NULL,
    target_duration_days integer,
    color_hex text DEFAULT '#64748b'::text NOT NULL,
    is_side boolean DEFAULT false NOT NULL,
    is_end boolean DEFAULT false NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    wip_limit integer,
    CONSTRAINT journey_stages_color_hex_check CHECK ((color_hex ~ '^#[0-9a-fA-F]{6}$'::text)),
    CONSTRAINT journey_stages_name_check CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT journey_stages_target_duration_days_check CHECK ((target_duration_days > 0)),
    CONSTRAINT journey_stages_wip_limit_check CHECK ((wip_limit > 0))
);

ALTER TABLE ONLY cs.journey_stages FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.journey_stages OWNER TO cs_owner;

--
-- Name: TABLE journey_stages; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.journey_stages IS 'The stages of a tenant''s customer journey, in display order.';

--
-- Name: COLUMN journey_stages.target_duration_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_stages.target_duration_days IS 'How long an account should stay, in days of 24 hours. NULL: no target, so never behind.';

--
-- Name: COLUMN journey_stages.color_hex; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_stages.color_hex IS '#rrggbb, shown as a swatch next to the name.';

--
-- Name: COLUMN journey_stages.is_side; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_stages.is_side IS 'A stage off the main line, such as At Risk: entered and left freely.';

--
-- Name: COLUMN journey_stages.is_end; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_stages.is_end IS 'The stage of lost customers; at most one active.';

--
-- Name: COLUMN journey_stages.wip_limit; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_stages.wip_limit IS 'How many accounts the board''s column should hold. NULL: any number.';

--
-- Name: lost_stays; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.lost_stays WITH (security_invoker='true') AS
 SELECT stay.tenant_id,
    stay.account_id,
    stay.entered_at AS since,
    stay.exited_at AS until
   FROM (cs.journey_stages stage
     JOIN cs.counted_stays stay ON (((stay.tenant_id = stage.tenant_id) AND (stay.to_stage = stage.name))))
  WHERE stage.is_end;

ALTER TABLE cs.lost_stays OWNER TO cs_owner;

--
-- Name: VIEW lost_stays; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.lost_stays IS 'When accounts were lost: their stays in an end stage.';

--
-- Name: COLUMN lost_stays.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.lost_stays.account_id IS 'The account.';

--
-- Name: COLUMN lost_stays.since; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.lost_stays.since IS 'Since when.';

--
-- Name: COLUMN lost_stays.until; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.lost_stays.until IS 'When it came back; NULL: it is lost now.';

--
-- Name: executive_accounts(jsonb, timestamp with time zone); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.executive_accounts(criteria jsonb, since timestamp with time zone) RETURNS TABLE(tenant_id uuid, account_id uuid, name text, status cs.account_status, is_now boolean, was_there boolean, arr numeric, days_to_renewal integer, days_to_renewal_before integer, overall_score integer, risk_level text, band text, score_before integer, band_before text)
    LANGUAGE sql STABLE ROWS 10000
    BEGIN ATOMIC
 WITH asked AS MATERIALIZED (
          SELECT cs.dashboard_criteria(executive_accounts.criteria, NULL::jsonb) AS of_now,
             cs.retention_criteria(executive_accounts.criteria) AS of_then,
             (executive_accounts.since - '00:00:00.000001'::interval) AS just_before
         )
  SELECT account.tenant_id,
     account.id,
     account.name,
     account.status,
     account.is_now,
     account.was_there,
     counted.arr,
     cs.days_to_renewal(account.contract_end_date, account.settings, now()) AS days_to_renewal,
     cs.days_to_renewal(account.contract_end_date, account.settings, executive_accounts.since) AS days_to_renewal,
     health.overall_score,
     (health.risk_level)::text AS risk_level,
     cs.health_band(account.status, (health.risk_level)::text, health.confidence) AS health_band,
     earlier.overall_score,
     cs.health_band(account.status, (earlier.risk_level)::text, earlier.confidence) AS health_band
    FROM ((((( SELECT it.tenant_id,
             it.id,
             it.name,
             it.status,
             it.contract_end_date,
             tenant.settings,
             (it.id IN ( SELECT cs.matching_accounts(( SELECT asked_1.of_now
                            FROM asked asked_1)) AS matching_accounts)) AS is_now,
             ((LEAST(it.created_at, paid.since) < executive_accounts.since) AND (( SELECT (asked_1.of_then IS NULL)
                    FROM asked asked_1) OR (it.id IN ( SELECT cs.matching_accounts(( SELECT asked_1.of_then
                            FROM asked asked_1)) AS matching_accounts))) AND (NOT (it.id IN ( SELECT lost.account_id
                    FROM cs.lost_stays lost
                   WHERE ((lost.tenant_id = cs.current_tenant_id()) AND (lost.since < executive_accounts.since) AND ((lost.until IS NULL) OR (lost.until >= executive_accounts.since))))))) AS was_there
            FROM ((cs.tenants tenant
              JOIN cs.accounts it ON ((it.tenant_id = tenant.id)))
              LEFT JOIN cs.first_arr paid ON (((paid.tenant_id = it.tenant_id) AND (paid.account_id = it.id))))
           WHERE (tenant.id = cs.current_tenant_id())
          OFFSET 0) account
      JOIN cs.counted_arr counted ON (((counted.tenant_id = account.tenant_id) AND (counted.account_id = account.id))))
      LEFT JOIN cs.health_scores health ON (((health.tenant_id = account.tenant_id) AND (health.account_id = account.id) AND health.is_current)))
      CROSS JOIN asked)
      LEFT JOIN LATERAL cs.score_at(account.tenant_id, account.id, asked.just_before) earlier(overall_score, risk_level, confidence, source, created_at) ON (true))
   WHERE (account.is_now OR account.was_there);
END;

ALTER FUNCTION cs.executive_accounts(criteria jsonb, since timestamp with time zone) OWNER TO cs_owner;

--
-- Name: FUNCTION executive_accounts(criteria jsonb, since timestamp with time zone); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.executive_accounts(criteria jsonb, since timestamp with time zone) IS 'Internal: the accounts of the own tenant that the executive page covers: is_now, those that meet criteria as dashboard_criteria reads them; was_there, those that were customers just before an earlier moment and meet criteria as retention_criteria reads them, those lost since included.';

--
-- Name: high_value_arr(jsonb); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.high_value_arr(settings jsonb) RETURNS numeric
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN COALESCE(((settings ->> 'high_value_arr'::text))::numeric, (50000)::numeric);

ALTER FUNCTION cs.high_value_arr(settings jsonb) OWNER TO cs_owner;

--
-- Name: FUNCTION high_value_arr(settings jsonb); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.high_value_arr(settings jsonb) IS 'Internal: from which ARR a tenant with these settings counts an account as of high value; 50000 unless set.';

--
-- Name: last_touch(uuid, uuid, timestamp with time zone); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.last_touch(tenant_id uuid, account_id uuid, at timestamp with time zone) RETURNS TABLE(happened_at timestamp with time zone)
    LANGUAGE sql STABLE ROWS 1 PARALLEL SAFE
    BEGIN ATOMIC
 SELECT activity.happened_at
    FROM cs.activities activity
   WHERE ((activity.tenant_id = last_touch.tenant_id) AND (activity.account_id = last_touch.account_id) AND (activity.happened_at <= last_touch.at) AND ((activity.kind <> 'task'::text) OR (activity.done_at IS NOT NULL)))
   ORDER BY activity.happened_at DESC
  LIMIT 1;
END;

ALTER FUNCTION cs.last_touch(tenant_id uuid, account_id uuid, at timestamp with time zone) OWNER TO cs_owner;

--
-- Name: FUNCTION last_touch(tenant_id uuid, account_id uuid, at timestamp with time zone); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.last_touch(tenant_id uuid, account_id uuid, at timestamp with time zone) IS 'Internal: when the last call, e-mail, meeting, note or task done of an account was, as of a moment; no row: none.';

--
-- Name: stage_state(numeric, integer); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.stage_state(seconds numeric, target_days integer) RETURNS text
    LANGUAGE sql IMMUTABLE
    RETURN CASE WHEN (target_days IS NOT NULL) THEN CASE width_bucket((- seconds), ARRAY[((target_days)::numeric * '-129600.0'::numeric), ((target_days)::numeric * '-86400.0'::numeric)]) WHEN 2 THEN 'on_track'::text WHEN 1 THEN 'behind'::text WHEN 0 THEN 'stuck'::text ELSE NULL::text END ELSE NULL::text END;

ALTER FUNCTION cs.stage_state(seconds numeric, target_days integer) OWNER TO cs_owner;

--
-- Name: FUNCTION stage_state(seconds numeric, target_days integer); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.stage_state(seconds numeric, target_days integer) IS 'Internal: this many seconds in a stage against its target in days of 24 hours: on_track up to it, behind up to 1.5 times it, stuck beyond; NULL without a target or a stay.';

--
-- Name: profiles; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.profiles (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    full_name text NOT NULL,
    role cs.member_role DEFAULT 'Viewer'::cs.member_role NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT profiles_full_name_check CHECK ((btrim(full_name) <> ''::text))
);

ALTER TABLE ONLY cs.profiles FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.profiles OWNER TO cs_owner;

--
-- Name: TABLE profiles; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.profiles IS 'A person in a tenant: name and role there.';

--
-- Name: COLUMN profiles.full_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.profiles.full_name IS 'The name of this person in this tenant, in lists, payloads and pages alike.';

--
-- Name: COLUMN profiles.role; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.profiles.role IS 'Viewer reads; Contributor works on own accounts; Practitioner works on all; Tenant Admin also configures.';

--
-- Name: users; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.users (
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    email text NOT NULL,
    encrypted_password text,
    is_active boolean DEFAULT true NOT NULL,
    email_verified_at timestamp with time zone,
    password_changed_at timestamp with time zone,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT users_email_check CHECK ((email = cs.fold_email(email)))
);

ALTER TABLE ONLY cs.users FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.users OWNER TO cs_owner;

--
-- Name: TABLE users; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.users IS 'People who can log in. A person may have a profile in several tenants.';

--
-- Name: COLUMN users.email; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.users.email IS 'Unique; kept as cs.fold_email() has it, so that whoever signs up can sign in.';

--
-- Name: COLUMN users.encrypted_password; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.users.encrypted_password IS 'bcrypt hash, cost 12, readable by the log-in alone. NULL: no log-in by password.';

--
-- Name: webhook_queue; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.webhook_queue (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    playbook_id uuid NOT NULL,
    account_id uuid NOT NULL,
    event_id uuid DEFAULT cs.uuid_v7() NOT NULL,
    action integer DEFAULT 0 NOT NULL,
    channel text DEFAULT 'webhook'::text NOT NULL,
    host text NOT NULL,
    payload jsonb NOT NULL,
    bytes integer GENERATED ALWAYS AS (octet_length((payload)::text)) STORED,
    status cs.webhook_status DEFAULT 'pending'::cs.webhook_status NOT NULL,
    held text,
    is_ordered boolean DEFAULT false NOT NULL,
    is_test boolean DEFAULT false NOT NULL,
    sequence bigint,
    attempts integer DEFAULT 0 NOT NULL,
    max_attempts integer NOT NULL,
    run_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    installation text NOT NULL,
    claim_token uuid,
    response_status integer,
    response_body text,
    last_error text,
    duration_ms integer,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    processed_at timestamp with time zone,
    CONSTRAINT webhook_queue_attempts_check CHECK (((attempts >= 0) AND (max_attempts > 0))),
    CONSTRAINT webhook_queue_channel_check CHECK ((channel = ANY (ARRAY['webhook'::text, 'slack'::text, 'email'::text]))),
    CONSTRAINT webhook_queue_claim_check CHECK (((status = 'processing'::cs.webhook_status) = (claim_token IS NOT NULL))),
    CONSTRAINT webhook_queue_held_check CHECK ((held = ANY (ARRAY['playbook'::text, 'tenant'::text, 'copy'::text, 'order'::text]))),
    CONSTRAINT webhook_queue_held_pending_check CHECK (((held IS NULL) OR (status = 'pending'::cs.webhook_status))),
    CONSTRAINT webhook_queue_processed_at_check CHECK (((status = ANY (ARRAY['completed'::cs.webhook_status, 'failed'::cs.webhook_status])) = (processed_at IS NOT NULL))),
    CONSTRAINT webhook_queue_run_at_check CHECK (isfinite(run_at))
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_insert_scale_factor='0', autovacuum_vacuum_insert_threshold='50000');

ALTER TABLE ONLY cs.webhook_queue FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.webhook_queue OWNER TO cs_owner;

--
-- Name: TABLE webhook_queue; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.webhook_queue IS 'Deliveries. pending -> completed, or back to pending for another try, or failed once max_attempts are used up; processing while a try takes longer than a moment. No foreign keys: what was queued is sent though its account is gone.';

--
-- Name: COLUMN webhook_queue.id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.id IS 'Sent as webhook-id, the same for all tries.';

--
-- Name: COLUMN webhook_queue.event_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.event_id IS 'The change that caused it; one delivery per playbook, account, event and action.';

--
-- Name: COLUMN webhook_queue.action; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.action IS 'Which action of the playbook: 0 is its webhook_url, from 1 on the place in its actions.';

--
-- Name: COLUMN webhook_queue.channel; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.channel IS 'How it leaves: webhook, slack or email; kept by a trigger.';

--
-- Name: COLUMN webhook_queue.host; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.host IS 'host:port of the URL when the row was made, or smtp; kept by a trigger. Deliveries of a tenant to a host are sent in turn, and rest together.';

--
-- Name: COLUMN webhook_queue.payload; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.payload IS 'What is sent: the webhook''s body, the Slack message, or the mail as {to, subject, text}.';

--
-- Name: COLUMN webhook_queue.bytes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.bytes IS 'Length of the payload as text, in bytes.';

--
-- Name: COLUMN webhook_queue.held; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.held IS 'Why it is not sent at present though due: playbook (off or paused), tenant (inactive), copy (this database is not the installation it was made for), order (behind another of its account). NULL: nothing holds it. Kept by the worker.';

--
-- Name: COLUMN webhook_queue.is_ordered; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.is_ordered IS 'Its playbook sends in order: one at a time per account, by sequence.';

--
-- Name: COLUMN webhook_queue.is_test; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.is_test IS 'It tests a receiver, and is sent also while its playbook is not active.';

--
-- Name: COLUMN webhook_queue.sequence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.sequence IS 'The place among the runs of its playbook for its account, as the payload says it.';

--
-- Name: COLUMN webhook_queue.max_attempts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.max_attempts IS 'Tries before it is given up; kept by a trigger where absent: the playbook''s own number, else 10, or 5 where ordered.';

--
-- Name: COLUMN webhook_queue.run_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.run_at IS 'Not sent before this moment.';

--
-- Name: COLUMN webhook_queue.installation; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.installation IS 'The installation that may send it, as system identifier of the cluster / oid of the database; kept by a trigger where absent.';

--
-- Name: COLUMN webhook_queue.claim_token; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.claim_token IS 'Identifies the try in progress; a result with another token is not recorded.';

--
-- Name: COLUMN webhook_queue.response_body; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.response_body IS 'The first 2 kB of the last answer.';

--
-- Name: account_overview; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.account_overview WITH (security_invoker='true') AS
 SELECT account.id,
    account.tenant_id,
    account.name,
    account.external_id,
    account.parent_id,
    parent.name AS parent_name,
    account.hierarchy_level,
    account.hierarchy_path,
    account.current_stage,
    stage.color_hex AS stage_color,
    stay.entered_at AS stage_since,
    cs.days_between(stay.entered_at, now()) AS days_in_stage,
    cs.stage_state(stay.seconds, stage.target_duration_days) AS stage_state,
    (account.status)::text AS status,
    account.arr,
    account.contract_end_date,
    cs.days_to_renewal(account.contract_end_date, tenant.settings, now()) AS days_to_renewal,
    (account.crm_attributes ->> 'industry'::text) AS industry,
    COALESCE(((health.inputs ->> 'seats'::text))::numeric,
        CASE
            WHEN (jsonb_typeof((account.crm_attributes -> 'seats'::text)) = 'number'::text) THEN ((account.crm_attributes ->> 'seats'::text))::numeric
            ELSE NULL::numeric
        END) AS seats,
    account.csm_id,
    csm.full_name AS csm_name,
    person.email AS csm_email,
    health.overall_score,
    health.previous_score,
    (health.overall_score - ( SELECT month_ago.overall_score
           FROM cs.score_at(account.tenant_id, account.id, (now() - '30 days'::interval)) month_ago(overall_score, risk_level, confidence, source, created_at))) AS score_change_30d,
    (health.risk_level)::text AS risk_level,
    health.confidence,
    health.usage_score,
    health.engagement_score,
    health.support_score,
    health.adoption_score,
    ( SELECT touch.happened_at
           FROM cs.last_touch(account.tenant_id, account.id, now()) touch(happened_at)) AS last_touch_at,
    ( SELECT (count(*))::integer AS count
           FROM cs.webhook_queue delivery
          WHERE ((delivery.tenant_id = account.tenant_id) AND (delivery.account_id = account.id) AND (delivery.status = ANY (ARRAY['pending'::cs.webhook_status, 'processing'::cs.webhook_status])))) AS open_runs,
    account.crm_attributes,
    account.created_at,
    account.updated_at,
    account.version
   FROM (((((((cs.accounts account
     JOIN cs.tenants tenant ON ((tenant.id = account.tenant_id)))
     JOIN cs.journey_stages stage ON (((stage.tenant_id = account.tenant_id) AND (stage.name = account.current_stage))))
     LEFT JOIN cs.accounts parent ON (((parent.tenant_id = account.tenant_id) AND (parent.id = account.parent_id))))
     LEFT JOIN cs.profiles csm ON (((csm.tenant_id = account.tenant_id) AND (csm.user_id = account.csm_id))))
     LEFT JOIN cs.users person ON ((person.id = csm.user_id)))
     LEFT JOIN LATERAL ( SELECT history.entered_at,
            EXTRACT(epoch FROM (now() - history.entered_at)) AS seconds
           FROM cs.counted_stays history
          WHERE ((history.tenant_id = account.tenant_id) AND (history.account_id = account.id) AND (history.exited_at IS NULL))) stay ON (true))
     LEFT JOIN cs.health_scores health ON (((health.tenant_id = account.tenant_id) AND (health.account_id = account.id) AND health.is_current)));

ALTER TABLE cs.account_overview OWNER TO cs_owner;

--
-- Name: VIEW account_overview; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.account_overview IS 'One row per account with stage, health, revenue and owner: the list of accounts.';

--
-- Name: COLUMN account_overview.id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.id IS 'Its id.';

--
-- Name: COLUMN account_overview.name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.name IS 'Its name.';

--
-- Name: COLUMN account_overview.external_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.external_id IS 'The account''s id in the system it comes from; NULL: none.';

--
-- Name: COLUMN account_overview.parent_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.parent_id IS 'The account above it; NULL: it is a root.';

--
-- Name: COLUMN account_overview.parent_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.parent_name IS 'The name of the account above it, as far as the reader sees that.';

--
-- Name: COLUMN account_overview.hierarchy_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.hierarchy_level IS 'How many accounts are above it: 0 at a root.';

--
-- Name: COLUMN account_overview.hierarchy_path; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.hierarchy_path IS 'The ids from the root to the account itself, joined by /.';

--
-- Name: COLUMN account_overview.current_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.current_stage IS 'The stage of the journey the account is in.';

--
-- Name: COLUMN account_overview.stage_color; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.stage_color IS 'The colour of the stage, #rrggbb.';

--
-- Name: COLUMN account_overview.stage_since; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.stage_since IS 'When the account entered its current stage; a move that was taken back does not change it.';

--
-- Name: COLUMN account_overview.days_in_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.days_in_stage IS 'Whole days of 24 hours in the current stage.';

--
-- Name: COLUMN account_overview.stage_state; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.stage_state IS 'on_track up to the stage''s target, behind up to 1.5 times it, stuck beyond; NULL where the stage has no target.';

--
-- Name: COLUMN account_overview.status; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.status IS 'Active, Paused or Churned.';

--
-- Name: COLUMN account_overview.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.arr IS 'Annual recurring revenue as entered, in the tenant''s currency.';

--
-- Name: COLUMN account_overview.contract_end_date; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.contract_end_date IS 'The last day of the contract, crm_attributes.contract_end_date; NULL: not set.';

--
-- Name: COLUMN account_overview.days_to_renewal; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.days_to_renewal IS 'Days from today, in the tenant''s time zone, to the end of the contract; negative once it has passed.';

--
-- Name: COLUMN account_overview.industry; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.industry IS 'The industry, crm_attributes.industry.';

--
-- Name: COLUMN account_overview.seats; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.seats IS 'How many seats the account has, as its health takes them; else crm_attributes.seats. NULL: not known.';

--
-- Name: COLUMN account_overview.csm_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.csm_id IS 'The user who is the account''s CSM; NULL: nobody is.';

--
-- Name: COLUMN account_overview.csm_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.csm_name IS 'The name of the account''s CSM; NULL: nobody is.';

--
-- Name: COLUMN account_overview.csm_email; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.csm_email IS 'The e-mail address of the account''s CSM; NULL: nobody is.';

--
-- Name: COLUMN account_overview.overall_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.overall_score IS 'Current health, 0 to 100; NULL: no data.';

--
-- Name: COLUMN account_overview.previous_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.previous_score IS 'The score before this one; NULL: it is the first.';

--
-- Name: COLUMN account_overview.score_change_30d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.score_change_30d IS 'Points gained or lost since the score of 30 days ago; NULL: there was none.';

--
-- Name: COLUMN account_overview.risk_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.risk_level IS 'The level of the score: Healthy, At Risk or Critical; NULL: no score.';

--
-- Name: COLUMN account_overview.confidence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.confidence IS 'How much data the score rests on: high, medium or low.';

--
-- Name: COLUMN account_overview.usage_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.usage_score IS 'The component usage of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN account_overview.engagement_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.engagement_score IS 'The component engagement of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN account_overview.support_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.support_score IS 'The component support of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN account_overview.adoption_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.adoption_score IS 'The component adoption of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN account_overview.last_touch_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.last_touch_at IS 'The last call, e-mail, meeting, note or task done; NULL: none.';

--
-- Name: COLUMN account_overview.open_runs; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.open_runs IS 'Deliveries of playbooks still in progress; 0 for readers who may not see them.';

--
-- Name: COLUMN account_overview.crm_attributes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.crm_attributes IS 'All attributes of the account, as a JSON object.';

--
-- Name: COLUMN account_overview.created_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.created_at IS 'When it was made.';

--
-- Name: COLUMN account_overview.updated_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.updated_at IS 'When it was last changed.';

--
-- Name: COLUMN account_overview.version; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.version IS 'How often it was changed, from 1: told back with a change, it refuses to overwrite another''s.';

--
-- Name: health_current; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.health_current WITH (security_invoker='true') AS
 SELECT score.tenant_id,
    score.account_id,
    account.name AS account_name,
    score.overall_score,
    (score.risk_level)::text AS risk_level,
    score.previous_score,
    score.usage_score,
    score.engagement_score,
    score.support_score,
    score.adoption_score,
    score.raw_score,
    score.coverage,
    score.confidence,
    score.stale_feed,
    score.source,
    score.cause,
    overruled.reason AS override_reason,
    overruled.until AS override_until,
    overruled.set_at AS override_since,
    setter.full_name AS override_by,
    ((score.inputs -> 'cap'::text) ->> 'reason'::text) AS cap_reason,
    score.model_version,
    score.created_at AS computed_at
   FROM (((cs.health_scores score
     JOIN cs.accounts account ON (((account.tenant_id = score.tenant_id) AND (account.id = score.account_id))))
     LEFT JOIN cs.health_overrides overruled ON (((overruled.tenant_id = score.tenant_id) AND (overruled.account_id = score.account_id) AND (overruled.ended_at IS NULL) AND (score.source = 'override'::text))))
     LEFT JOIN cs.profiles setter ON (((setter.tenant_id = overruled.tenant_id) AND (setter.user_id = overruled.set_by))))
  WHERE score.is_current;

ALTER TABLE cs.health_current OWNER TO cs_owner;

--
-- Name: VIEW health_current; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.health_current IS 'The current health of each account that has a score.';

--
-- Name: COLUMN health_current.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.account_id IS 'The account.';

--
-- Name: COLUMN health_current.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.account_name IS 'The name of the account.';

--
-- Name: COLUMN health_current.overall_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.overall_score IS 'The health score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_current.risk_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.risk_level IS 'The level of the score: Healthy, At Risk or Critical; NULL: no score.';

--
-- Name: COLUMN health_current.previous_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.previous_score IS 'The score before this one; NULL: it is the first.';

--
-- Name: COLUMN health_current.usage_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.usage_score IS 'The component usage of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_current.engagement_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.engagement_score IS 'The component engagement of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_current.support_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.support_score IS 'The component support of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_current.adoption_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.adoption_score IS 'The component adoption of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_current.raw_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.raw_score IS 'The mean of the components by weight, before a cap or an override.';

--
-- Name: COLUMN health_current.coverage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.coverage IS 'Share of the weights that had data, 0 to 1.';

--
-- Name: COLUMN health_current.confidence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.confidence IS 'high, medium or low; low: too little data to act on. NULL, for imported scores, counts as medium.';

--
-- Name: COLUMN health_current.stale_feed; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.stale_feed IS 'Whether usage of its tenant has stopped coming, so that the score may be of yesterday.';

--
-- Name: COLUMN health_current.source; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.source IS 'Where the score is from: computed, imported or override.';

--
-- Name: COLUMN health_current.cause; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.cause IS 'Why there is this score: data, time, refresh, heartbeat, model, override or account.';

--
-- Name: COLUMN health_current.override_reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.override_reason IS 'Why the score was set by hand; NULL: it was not.';

--
-- Name: COLUMN health_current.override_until; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.override_until IS 'Until when the score is set by hand; NULL: it is not.';

--
-- Name: COLUMN health_current.override_since; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.override_since IS 'Since when the score is set by hand; NULL: it is not.';

--
-- Name: COLUMN health_current.override_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.override_by IS 'Who set the score by hand; NULL: no one did, or it was the database.';

--
-- Name: COLUMN health_current.cap_reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.cap_reason IS 'Why the score is capped; NULL where it is not.';

--
-- Name: COLUMN health_current.model_version; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.model_version IS 'The version of the health model that made the score.';

--
-- Name: COLUMN health_current.computed_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.computed_at IS 'When this score became the current one.';

--
-- Name: revenue_at_risk; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.revenue_at_risk WITH (security_invoker='true') AS
 SELECT overview.tenant_id,
    overview.id AS account_id,
    overview.name,
    counted.arr,
        CASE
            WHEN ((overview.risk_level = 'Critical'::text) AND (NOT sure.uncertain)) THEN counted.arr
            ELSE (0)::numeric
        END AS critical_arr,
    round(((counted.arr * ((100 - overview.overall_score))::numeric) / (100)::numeric), 2) AS exposure,
    (counted.arr >= cs.high_value_arr(tenant.settings)) AS high_value,
    overview.overall_score,
    overview.score_change_30d,
    overview.risk_level,
    overview.confidence,
        CASE
            WHEN (health.source = 'override'::text) THEN format('Override: %s'::text, health.override_reason)
            WHEN (health.cap_reason IS NOT NULL) THEN health.cap_reason
            WHEN (worst.component IS NOT NULL) THEN format('%s %s, -%s'::text, initcap(worst.component), worst.score, worst.points_lost)
            ELSE NULL::text
        END AS main_reason,
    overview.contract_end_date,
    overview.days_to_renewal,
    overview.current_stage AS stage,
    overview.stage_color,
    overview.stage_state,
    overview.csm_id,
    overview.csm_name,
    sure.uncertain,
        CASE
            WHEN sure.uncertain THEN (0)::numeric
            ELSE counted.arr
        END AS arr_at_risk,
    worst.component AS main_component,
    worst.points_lost
   FROM ((((((cs.account_overview overview
     JOIN cs.tenants tenant ON ((tenant.id = overview.tenant_id)))
     CROSS JOIN LATERAL ( SELECT COALESCE((overview.confidence = 'low'::text), false) AS uncertain) sure)
     JOIN cs.counted_arr counted ON (((counted.tenant_id = overview.tenant_id) AND (counted.account_id = overview.id))))
     JOIN cs.health_current health ON (((health.tenant_id = overview.tenant_id) AND (health.account_id = overview.id))))
     LEFT JOIN cs.health_models model ON (((model.tenant_id = health.tenant_id) AND (model.version = health.model_version))))
     LEFT JOIN LATERAL ( SELECT part.name AS component,
            part.score,
            (round(((part.weight * ((100 - part.score))::numeric) / part.whole)))::integer AS points_lost
           FROM ( SELECT known.name,
                    known.score,
                    known.weight,
                    sum(known.weight) OVER () AS whole
                   FROM ( VALUES ('usage'::text,health.usage_score,COALESCE(((model.weights ->> 'usage'::text))::numeric, (25)::numeric)), ('engagement'::text,health.engagement_score,COALESCE(((model.weights ->> 'engagement'::text))::numeric, (25)::numeric)), ('support'::text,health.support_score,COALESCE(((model.weights ->> 'support'::text))::numeric, (25)::numeric)), ('adoption'::text,health.adoption_score,COALESCE(((model.weights ->> 'adoption'::text))::numeric, (25)::numeric))) known(name, score, weight)
                  WHERE (known.score IS NOT NULL)) part
          WHERE ((part.whole > (0)::numeric) AND (part.score < 100))
          ORDER BY (part.weight * ((100 - part.score))::numeric) DESC, part.name
         LIMIT 1) worst ON (true))
  WHERE ((overview.status = 'Active'::text) AND (overview.risk_level = ANY (ARRAY['At Risk'::text, 'Critical'::text])));

ALTER TABLE cs.revenue_at_risk OWNER TO cs_owner;

--
-- Name: VIEW revenue_at_risk; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.revenue_at_risk IS 'The Active accounts that are At Risk or Critical, with the ARR that counts. An account without a score has no data, which is not a risk; one whose score is of low confidence is listed as uncertain and adds nothing to arr_at_risk.';

--
-- Name: COLUMN revenue_at_risk.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.account_id IS 'The account.';

--
-- Name: COLUMN revenue_at_risk.name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.name IS 'Its name.';

--
-- Name: COLUMN revenue_at_risk.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.arr IS 'Annual recurring revenue, in the tenant''s currency.';

--
-- Name: COLUMN revenue_at_risk.critical_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.critical_arr IS 'The ARR of Critical accounts; 0 for the others, and where it is uncertain.';

--
-- Name: COLUMN revenue_at_risk.exposure; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.exposure IS 'ARR times the points the score lacks, in percent: what to look at first.';

--
-- Name: COLUMN revenue_at_risk.high_value; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.high_value IS 'Whether the ARR that counts reaches the tenant''s setting high_value_arr, 50000 unless set.';

--
-- Name: COLUMN revenue_at_risk.overall_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.overall_score IS 'The health score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN revenue_at_risk.score_change_30d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.score_change_30d IS 'Points gained or lost since the score of 30 days ago; NULL: there was none.';

--
-- Name: COLUMN revenue_at_risk.risk_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.risk_level IS 'The level of the score: Healthy, At Risk or Critical; NULL: no score.';

--
-- Name: COLUMN revenue_at_risk.confidence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.confidence IS 'How much data the score rests on: high, medium or low.';

--
-- Name: COLUMN revenue_at_risk.main_reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.main_reason IS 'Why the score is what it is: the reason of an override or cap, else the component that costs most, with its score and the points it costs, such as Support 25, -18. NULL for an imported score without components.';

--
-- Name: COLUMN revenue_at_risk.contract_end_date; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.contract_end_date IS 'The last day of the contract, crm_attributes.contract_end_date; NULL: not set.';

--
-- Name: COLUMN revenue_at_risk.days_to_renewal; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.days_to_renewal IS 'Days from today, in the tenant''s time zone, to the end of the contract; negative once it has passed.';

--
-- Name: COLUMN revenue_at_risk.stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.stage IS 'The name of the stage.';

--
-- Name: COLUMN revenue_at_risk.stage_color; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.stage_color IS 'The colour of the stage, #rrggbb.';

--
-- Name: COLUMN revenue_at_risk.stage_state; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.stage_state IS 'on_track up to the stage''s target, behind up to 1.5 times it, stuck beyond; NULL where the stage has no target.';

--
-- Name: COLUMN revenue_at_risk.csm_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.csm_id IS 'The user who is the account''s CSM; NULL: nobody is.';

--
-- Name: COLUMN revenue_at_risk.csm_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.csm_name IS 'The name of the account''s CSM; NULL: nobody is.';

--
-- Name: COLUMN revenue_at_risk.uncertain; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.uncertain IS 'Whether the score is of low confidence: too little data to call it a risk.';

--
-- Name: COLUMN revenue_at_risk.arr_at_risk; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.arr_at_risk IS 'What the account adds to revenue at risk: its ARR, or 0 where it is uncertain.';

--
-- Name: COLUMN revenue_at_risk.main_component; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.main_component IS 'The component that costs most: usage, engagement, support or adoption; NULL for an imported score without components.';

--
-- Name: COLUMN revenue_at_risk.points_lost; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.revenue_at_risk.points_lost IS 'The points of the score that main_component costs.';

--
-- Name: executive_dashboard(jsonb, timestamp with time zone, timestamp with time zone); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.executive_dashboard(criteria jsonb DEFAULT NULL::jsonb, since timestamp with time zone DEFAULT NULL::timestamp with time zone, until timestamp with time zone DEFAULT NULL::timestamp with time zone) RETURNS jsonb
    LANGUAGE sql STABLE
    SET jit TO 'off'
    SET random_page_cost TO '1.1'
    BEGIN ATOMIC
 WITH asked AS MATERIALIZED (
          SELECT tenant.id AS tenant_id,
             tenant.settings,
             cs.high_value_arr(tenant.settings) AS high_value_arr,
             COALESCE(cs.parent_arr_includes_children(tenant.settings), false) AS has_families,
             period.since,
             COALESCE(executive_dashboard.until, now()) AS until,
             COALESCE(executive_dashboard.until, 'infinity'::timestamp with time zone) AS last_change,
             (period.since - (COALESCE(executive_dashboard.until, now()) - period.since)) AS since_before,
             '{"all": [{"op": "eq", "field": "status", "value": "Active"}, {"op": "in", "field": "health_band", "value": ["At Risk", "Critical"]}]}'::jsonb AS at_risk,
             '{"all": [{"op": "eq", "field": "status", "value": "Active"}, {"op": "eq", "field": "health_band", "value": "Critical"}]}'::jsonb AS critical,
             '{"all": [{"op": "eq", "field": "status", "value": "Active"}, {"op": "eq", "field": "health_band", "value": "Uncertain"}, {"op": "in", "field": "risk_level", "value": ["At Risk", "Critical"]}]}'::jsonb AS uncertain,
             '{"op": "between", "field": "days_to_renewal", "value": [0, 90]}'::jsonb AS renewing
            FROM (cs.tenants tenant
              CROSS JOIN ( SELECT COALESCE(executive_dashboard.since, (now() - '720:00:00'::interval)) AS since) period)
           WHERE (tenant.id = cs.current_tenant_id())
         ), held AS MATERIALIZED (
          SELECT held.tenant_id,
             held.account_id,
             held.customer_id,
             held.earlier_arr,
             held.start_arr,
             held.end_arr
            FROM (asked asked_1
              CROSS JOIN LATERAL cs.arr_at(asked_1.since_before, asked_1.since, asked_1.last_change) held(tenant_id, account_id, customer_id, earlier_arr, start_arr, end_arr, paying_since))
         ), member AS MATERIALIZED (
          SELECT account.tenant_id,
             account.account_id,
             account.name,
             account.status,
             account.is_now,
             account.was_there,
             account.arr,
             account.days_to_renewal,
             account.days_to_renewal_before,
             account.overall_score,
             account.risk_level,
             account.band,
             account.score_before,
             account.band_before,
             COALESCE(held.start_arr, (0)::numeric) AS arr_before,
             ((account.status = 'Active'::cs.account_status) AND (account.band = ANY (ARRAY['At Risk'::text, 'Critical'::text]))) AS is_at_risk,
             ((account.status = 'Active'::cs.account_status) AND (account.band = 'Uncertain'::text) AND (account.risk_level = ANY (ARRAY['At Risk'::text, 'Critical'::text]))) AS is_uncertain,
             (account.band = ANY (ARRAY['Healthy'::text, 'At Risk'::text, 'Critical'::text])) AS is_reliable,
             (account.band_before = ANY (ARRAY['Healthy'::text, 'At Risk'::text, 'Critical'::text])) AS was_reliable,
             (account.overall_score - account.score_before) AS change
            FROM ((asked asked_1
              CROSS JOIN LATERAL cs.executive_accounts(executive_dashboard.criteria, asked_1.since) account(tenant_id, account_id, name, status, is_now, was_there, arr, days_to_renewal, days_to_renewal_before, overall_score, risk_level, band, score_before, band_before))
              LEFT JOIN held ON (((held.tenant_id = account.tenant_id) AND (held.account_id = account.account_id))))
         ), total AS (
          SELECT count(*) AS accounts,
             COALESCE(sum(member.arr), (0)::numeric) AS arr,
             count(*) FILTER (WHERE member.is_reliable) AS reliable,
             COALESCE(sum(member.arr) FILTER (WHERE member.is_reliable), (0)::numeric) AS reliable_arr,
             round(COALESCE((sum((member.arr * (member.overall_score)::numeric)) FILTER (WHERE member.is_reliable) / NULLIF(sum(member.arr) FILTER (WHERE member.is_reliable), (0)::numeric)), avg(member.overall_score) FILTER (WHERE member.is_reliable)), 1) AS weighted,
             round(avg(member.overall_score) FILTER (WHERE member.is_reliable), 1) AS mean,
             count(*) FILTER (WHERE member.is_at_risk) AS at_risk,
             COALESCE(sum(member.arr) FILTER (WHERE member.is_at_risk), (0)::numeric) AS at_risk_arr,
             count(*) FILTER (WHERE (member.is_at_risk AND (member.band = 'Critical'::text))) AS critical,
             COALESCE(sum(member.arr) FILTER (WHERE (member.is_at_risk AND (member.band = 'Critical'::text))), (0)::numeric) AS critical_arr,
             COALESCE(sum(round(((member.arr * ((100 - member.overall_score))::numeric) / (100)::numeric), 2)) FILTER (WHERE member.is_at_risk), (0)::numeric) AS exposure,
             count(*) FILTER (WHERE member.is_uncertain) AS uncertain,
             COALESCE(sum(member.arr) FILTER (WHERE member.is_uncertain), (0)::numeric) AS uncertain_arr,
             count(*) FILTER (WHERE (member.is_at_risk AND (member.arr >= asked_1.high_value_arr))) AS high_value,
             COALESCE(sum(member.arr) FILTER (WHERE (member.is_at_risk AND (member.arr >= asked_1.high_value_arr))), (0)::numeric) AS high_value_arr,
             count(*) FILTER (WHERE ((member.days_to_renewal >= 0) AND (member.days_to_renewal <= 90))) AS renewals,
             COALESCE(sum(member.arr) FILTER (WHERE ((member.days_to_renewal >= 0) AND (member.days_to_renewal <= 90))), (0)::numeric) AS renewals_arr,
             count(*) FILTER (WHERE (member.is_at_risk AND ((member.days_to_renewal >= 0) AND (member.days_to_renewal <= 90)))) AS renewals_at_risk,
             COALESCE(sum(member.arr) FILTER (WHERE (member.is_at_risk AND ((member.days_to_renewal >= 0) AND (member.days_to_renewal <= 90)))), (0)::numeric) AS renewals_at_risk_arr,
             bool_or((member.overall_score IS NOT NULL)) AS has_scores
            FROM (asked asked_1
              CROSS JOIN member)
           WHERE member.is_now
         ), earlier AS (
          SELECT count(*) AS accounts,
             COALESCE(sum(member.arr_before), (0)::numeric) AS arr,
             round(COALESCE((sum((member.arr_before * (member.score_before)::numeric)) FILTER (WHERE member.was_reliable) / NULLIF(sum(member.arr_before) FILTER (WHERE member.was_reliable), (0)::numeric)), avg(member.score_before) FILTER (WHERE member.was_reliable)), 1) AS weighted,
             round(avg(member.score_before) FILTER (WHERE member.was_reliable), 1) AS mean,
             COALESCE(sum(member.arr_before) FILTER (WHERE (member.band_before = ANY (ARRAY['At Risk'::text, 'Critical'::text]))), (0)::numeric) AS at_risk_arr,
             count(*) FILTER (WHERE ((member.days_to_renewal_before >= 0) AND (member.days_to_renewal_before <= 90))) AS renewals
            FROM member
           WHERE member.was_there
         ), lasting AS MATERIALIZED (
          SELECT cs.retention_criteria(executive_dashboard.criteria) AS criteria
         ), retained AS (
          SELECT COALESCE(sum(customer.start_arr), (0)::numeric) AS start_arr,
             COALESCE(sum(customer.end_arr) FILTER (WHERE (customer.start_arr > (0)::numeric)), (0)::numeric) AS end_arr,
             count(*) FILTER (WHERE (customer.start_arr > (0)::numeric)) AS accounts_start,
             count(*) FILTER (WHERE ((customer.start_arr > (0)::numeric) AND (customer.end_arr = (0)::numeric))) AS accounts_lost,
             round((sum(customer.end_arr) FILTER (WHERE (customer.start_arr > (0)::numeric)) / NULLIF(sum(customer.start_arr), (0)::numeric)), 4) AS nrr,
             round((sum(LEAST(customer.start_arr, customer.end_arr)) / NULLIF(sum(customer.start_arr), (0)::numeric)), 4) AS grr,
             round((sum(customer.start_arr) FILTER (WHERE (customer.earlier_arr > (0)::numeric)) / NULLIF(sum(customer.earlier_arr), (0)::numeric)), 4) AS nrr_before,
             round((sum(LEAST(customer.earlier_arr, customer.start_arr)) / NULLIF(sum(customer.earlier_arr), (0)::numeric)), 4) AS grr_before
            FROM ( SELECT it.customer_id,
                     it.earlier_arr,
                     it.start_arr,
                     it.end_arr
                    FROM held it
                   WHERE (NOT ( SELECT asked_1.has_families
                            FROM asked asked_1))
                 UNION ALL
                  SELECT it.customer_id,
                     sum(it.earlier_arr) AS sum,
                     sum(it.start_arr) AS sum,
                     sum(it.end_arr) AS sum
                    FROM held it
                   WHERE ( SELECT asked_1.has_families
                            FROM asked asked_1)
                   GROUP BY it.customer_id) customer
           WHERE (( SELECT (lasting.criteria IS NULL)
                    FROM lasting) OR (customer.customer_id IN ( SELECT cs.matching_accounts(( SELECT lasting.criteria
                            FROM lasting)) AS matching_accounts)))
         )
  SELECT jsonb_build_object('as_of', now(), 'since', asked.since, 'until', asked.until, 'currency', COALESCE((asked.settings ->> 'currency'::text), 'USD'::text), 'time_zone', cs.time_zone(asked.settings), 'has_accounts', (EXISTS ( SELECT
            FROM cs.accounts account
           WHERE (account.tenant_id = asked.tenant_id))), 'has_scores', COALESCE(total.has_scores, false), 'kpis', jsonb_build_object('total_arr', jsonb_build_object('value', total.arr, 'before', earlier.arr, 'accounts', total.accounts, 'arr', total.arr, 'list', cs.dashboard_criteria(executive_dashboard.criteria, NULL::jsonb)), 'accounts', jsonb_build_object('value', total.accounts, 'before', earlier.accounts, 'accounts', total.accounts, 'arr', total.arr, 'list', cs.dashboard_criteria(executive_dashboard.criteria, NULL::jsonb)), 'health', jsonb_build_object('value', total.weighted, 'before', earlier.weighted, 'mean', total.mean, 'mean_before', earlier.mean, 'accounts', total.reliable, 'arr', total.reliable_arr, 'list', cs.dashboard_criteria(executive_dashboard.criteria, '{"op": "in", "field": "health_band", "value": ["Healthy", "At Risk", "Critical"]}'::jsonb)), 'revenue_at_risk', jsonb_build_object('value', total.at_risk_arr, 'before', earlier.at_risk_arr, 'accounts', total.at_risk, 'arr', total.at_risk_arr, 'exposure', total.exposure, 'list', cs.dashboard_criteria(executive_dashboard.criteria, asked.at_risk), 'critical', jsonb_build_object('accounts', total.critical, 'arr', total.critical_arr, 'list', cs.dashboard_criteria(executive_dashboard.criteria, asked.critical)), 'uncertain', jsonb_build_object('accounts', total.uncertain, 'arr', total.uncertain_arr, 'list', cs.dashboard_criteria(executive_dashboard.criteria, asked.uncertain)), 'high_value', jsonb_build_object('setting', asked.high_value_arr, 'accounts', total.high_value, 'arr', total.high_value_arr, 'list', cs.dashboard_criteria(executive_dashboard.criteria, jsonb_insert(asked.at_risk, '{all,0}'::text[], jsonb_build_object('field', 'counted_arr', 'op', 'gte', 'value', asked.high_value_arr))))), 'renewals_90d', jsonb_build_object('value', total.renewals, 'before', earlier.renewals, 'accounts', total.renewals, 'arr', total.renewals_arr, 'list', cs.dashboard_criteria(executive_dashboard.criteria, asked.renewing), 'at_risk', jsonb_build_object('accounts', total.renewals_at_risk, 'arr', total.renewals_at_risk_arr, 'list', cs.dashboard_criteria(executive_dashboard.criteria, jsonb_insert(asked.at_risk, '{all,0}'::text[], asked.renewing)), 'first', ( SELECT jsonb_build_object('account_id', account.id, 'name', account.name, 'contract_end_date', account.contract_end_date, 'days_to_renewal', soonest.days_to_renewal) AS jsonb_build_object
            FROM (( SELECT member.tenant_id,
                     member.account_id,
                     member.days_to_renewal
                    FROM member
                   WHERE (member.is_now AND member.is_at_risk AND ((member.days_to_renewal >= 0) AND (member.days_to_renewal <= 90)))
                   ORDER BY member.days_to_renewal, member.arr DESC, member.name, member.account_id
                  LIMIT 1) soonest
              JOIN cs.accounts account ON (((account.tenant_id = soonest.tenant_id) AND (account.id = soonest.account_id))))))), 'retention', jsonb_build_object('value', retained.nrr, 'before', retained.nrr_before, 'grr', retained.grr, 'grr_before', retained.grr_before, 'start_arr', retained.start_arr, 'end_arr', retained.end_arr, 'accounts_start', retained.accounts_start, 'accounts_lost', retained.accounts_lost, 'reason',
         CASE
             WHEN (retained.nrr IS NOT NULL) THEN NULL::text
             WHEN (EXISTS ( SELECT
                FROM cs.arr_history history
               WHERE ((history.tenant_id = asked.tenant_id) AND (history.valid_from < asked.since)))) THEN 'no account had ARR at the start of the period'::text
             ELSE 'ARR is not known as far back as the start of the period'::text
         END, 'list', ( SELECT lasting.criteria
            FROM lasting))), 'distribution', ( SELECT jsonb_agg(jsonb_build_object('risk_level', band.name, 'accounts', COALESCE(part.accounts, (0)::bigint), 'accounts_before', COALESCE(part.accounts_before, (0)::bigint), 'arr', COALESCE(part.arr, (0)::numeric), 'list', cs.dashboard_criteria(executive_dashboard.criteria, jsonb_build_object('field', 'health_band', 'op', 'eq', 'value', band.name))) ORDER BY band.place) AS jsonb_agg
            FROM (unnest(ARRAY['Healthy'::text, 'At Risk'::text, 'Critical'::text, 'No data'::text, 'Uncertain'::text, 'Paused'::text]) WITH ORDINALITY band(name, place)
              LEFT JOIN ( SELECT one.band,
                     count(*) FILTER (WHERE one.is_now) AS accounts,
                     sum(one.arr) AS arr,
                     count(*) FILTER (WHERE one.was_there) AS accounts_before
                    FROM ( SELECT member.band,
                             member.arr,
                             true AS is_now,
                             false AS was_there
                            FROM member
                           WHERE member.is_now
                         UNION ALL
                          SELECT member.band_before,
                             0,
                             false,
                             true
                            FROM member
                           WHERE member.was_there) one
                   GROUP BY one.band) part ON ((part.band = band.name)))), 'revenue_at_risk', ( SELECT COALESCE(jsonb_agg((to_jsonb(risk.*) - 'tenant_id'::text) ORDER BY risk.exposure DESC, risk.name, risk.account_id), '[]'::jsonb) AS "coalesce"
            FROM cs.revenue_at_risk risk
           WHERE ((risk.tenant_id = asked.tenant_id) AND (risk.account_id = ANY (ARRAY( SELECT member.account_id
                    FROM member
                   WHERE (member.is_now AND member.is_at_risk)
                   ORDER BY (member.arr * ((100 - member.overall_score))::numeric) DESC, member.name, member.account_id
                  LIMIT 10))))), 'movers', ( SELECT jsonb_build_object('drops', COALESCE(jsonb_agg(moved.it ORDER BY moved.change, moved.arr DESC, moved.name) FILTER (WHERE (moved.change < 0)), '[]'::jsonb), 'rises', COALESCE(jsonb_agg(moved.it ORDER BY moved.change DESC, moved.arr DESC, moved.name) FILTER (WHERE (moved.change > 0)), '[]'::jsonb)) AS jsonb_build_object
            FROM ( SELECT extreme.change,
                     extreme.arr,
                     extreme.name,
                     jsonb_build_object('account_id', extreme.account_id, 'name', extreme.name, 'arr', extreme.arr, 'change', extreme.change, 'overall_score', extreme.overall_score, 'score_before', extreme.score_before, 'risk_level', extreme.band) AS it
                    FROM (( SELECT member.tenant_id,
                             member.account_id,
                             member.name,
                             member.status,
                             member.is_now,
                             member.was_there,
                             member.arr,
                             member.days_to_renewal,
                             member.days_to_renewal_before,
                             member.overall_score,
                             member.risk_level,
                             member.band,
                             member.score_before,
                             member.band_before,
                             member.arr_before,
                             member.is_at_risk,
                             member.is_uncertain,
                             member.is_reliable,
                             member.was_reliable,
                             member.change
                            FROM member
                           WHERE (member.is_now AND member.is_reliable AND member.was_reliable AND (member.change < 0))
                           ORDER BY member.change, member.arr DESC, member.name, member.account_id
                          LIMIT 5)
                         UNION ALL
                         ( SELECT member.tenant_id,
                             member.account_id,
                             member.name,
                             member.status,
                             member.is_now,
                             member.was_there,
                             member.arr,
                             member.days_to_renewal,
                             member.days_to_renewal_before,
                             member.overall_score,
                             member.risk_level,
                             member.band,
                             member.score_before,
                             member.band_before,
                             member.arr_before,
                             member.is_at_risk,
                             member.is_uncertain,
                             member.is_reliable,
                             member.was_reliable,
                             member.change
                            FROM member
                           WHERE (member.is_now AND member.is_reliable AND member.was_reliable AND (member.change > 0))
                           ORDER BY member.change DESC, member.arr DESC, member.name, member.account_id
                          LIMIT 5)) extreme) moved)) AS jsonb_build_object
    FROM (((asked
      CROSS JOIN total)
      CROSS JOIN earlier)
      CROSS JOIN retained);
END;

ALTER FUNCTION cs.executive_dashboard(criteria jsonb, since timestamp with time zone, until timestamp with time zone) OWNER TO cs_owner;

--
-- Name: FUNCTION executive_dashboard(criteria jsonb, since timestamp with time zone, until timestamp with time zone); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.executive_dashboard(criteria jsonb, since timestamp with time zone, until timestamp with time zone) IS 'The tiles of the executive page for the accounts of the own tenant that meet criteria; lost customers are left out unless the criteria mention status. value is as of now; before is as of since (30 days ago), of the accounts that were customers then and meet criteria, those lost since included: conditions on status left out as in retention, score and confidence those of then, all else as it is today. Paused accounts and scores of low confidence count in total ARR and accounts but in no average and no revenue at risk: the distribution shows them apart, as Paused and Uncertain. renewals_90d.at_risk: the revenue at risk whose contracts end within 90 days, and which of them ends first. Retention is between since and until (now), its before is the period of the same length that ended at since. list: criteria of the accounts behind a number, accounts and arr: how many matching_accounts finds for it, and their ARR that counts; for retention, the criteria it was computed over. NULL without a tenant.';

--
-- Name: executive_trends(jsonb, timestamp with time zone, timestamp with time zone, integer); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.executive_trends(criteria jsonb DEFAULT NULL::jsonb, since timestamp with time zone DEFAULT NULL::timestamp with time zone, until timestamp with time zone DEFAULT NULL::timestamp with time zone, points integer DEFAULT 12) RETURNS jsonb
    LANGUAGE sql STABLE
    SET jit TO 'off'
    SET enable_mergejoin TO 'off'
    SET work_mem TO '32MB'
    BEGIN ATOMIC
 WITH RECURSIVE asked AS MATERIALIZED (
          SELECT tenant.id AS tenant_id,
             tenant.settings,
             period.since,
             period.until,
             (period.until - period.since) AS length,
             LEAST(GREATEST(COALESCE(executive_trends.points, 12), 2), 400) AS points,
             cs.dashboard_criteria(executive_trends.criteria, NULL::jsonb) AS of_dashboard,
             cs.retention_criteria(executive_trends.criteria) AS of_retention
            FROM (cs.tenants tenant
              CROSS JOIN ( SELECT COALESCE(executive_trends.since, (now() - '720:00:00'::interval)) AS since,
                     COALESCE(executive_trends.until, now()) AS until) period)
           WHERE (tenant.id = cs.current_tenant_id())
         ), moment AS MATERIALIZED (
          SELECT number.number,
             point.at,
             cs.local_day(asked_1.settings, point.at) AS day,
             last.is_now,
                 CASE
                     WHEN last.is_now THEN 'infinity'::timestamp with time zone
                     ELSE point.at
                 END AS last_change
            FROM (((asked asked_1
              CROSS JOIN LATERAL generate_series(0, (asked_1.points - 1)) number(number))
              CROSS JOIN LATERAL ( SELECT (asked_1.since + (asked_1.length * ((number.number)::double precision / ((asked_1.points - 1))::double precision))) AS at) point)
              CROSS JOIN LATERAL ( SELECT ((number.number = (asked_1.points - 1)) AND (executive_trends.until IS NULL)) AS is_now) last)
         ), member AS MATERIALIZED (
          SELECT account.tenant_id,
             account.id AS account_id,
             account.status,
             account.contract_end_date,
             LEAST(account.created_at, paid.since) AS since,
             (account.id IN ( SELECT cs.matching_accounts(( SELECT asked_2.of_dashboard
                            FROM asked asked_2)) AS matching_accounts)) AS is_now,
             (( SELECT (asked_2.of_retention IS NULL)
                    FROM asked asked_2) OR (account.id IN ( SELECT cs.matching_accounts(( SELECT asked_2.of_retention
                            FROM asked asked_2)) AS matching_accounts))) AS is_lasting
            FROM ((asked asked_1
              JOIN cs.accounts account ON ((account.tenant_id = asked_1.tenant_id)))
              LEFT JOIN cs.first_arr paid ON (((paid.tenant_id = account.tenant_id) AND (paid.account_id = account.id))))
         ), mark AS MATERIALIZED (
          SELECT array_agg(moment.last_change ORDER BY moment.number) AS at,
             array_agg((moment.last_change - '00:00:00.000001'::interval) ORDER BY moment.number) AS just_before,
             array_agg(moment.day ORDER BY moment.number) AS days,
             (array_agg((moment.at - asked_1.length) ORDER BY moment.number) FILTER (WHERE (moment.number < (asked_1.points - 1))) || array_agg(moment.last_change ORDER BY moment.number)) AS stock,
             (count(*) FILTER (WHERE (NOT moment.is_now)))::integer AS past
            FROM (asked asked_1
              CROSS JOIN moment)
         ), held AS (
          SELECT member.tenant_id,
             member.account_id,
             NULL::integer AS overall_score,
             NULL::cs.risk_level AS risk_level,
             NULL::text AS confidence,
             asked_1.points AS too_late,
             asked_1.points AS beyond
            FROM (asked asked_1
              CROSS JOIN member)
           WHERE (member.is_now OR member.is_lasting)
         UNION ALL
          SELECT later.tenant_id,
             later.account_id,
             score.overall_score,
             score.risk_level,
             score.confidence,
             COALESCE(width_bucket(score.created_at, mark.at), 0) AS "coalesce",
             later.too_late
            FROM ((held later
              CROSS JOIN mark)
              LEFT JOIN LATERAL cs.score_at(later.tenant_id, later.account_id, mark.just_before[later.too_late]) score(overall_score, risk_level, confidence, source, created_at) ON (true))
           WHERE (later.too_late > 0)
         ), lost AS MATERIALIZED (
          SELECT stay.account_id,
             width_bucket(stay.since, mark.at) AS first,
             COALESCE(width_bucket(stay.until, mark.at), asked_1.points) AS beyond
            FROM ((asked asked_1
              CROSS JOIN mark)
              JOIN cs.lost_stays stay ON ((stay.tenant_id = asked_1.tenant_id)))
         ), present AS MATERIALIZED (
          SELECT member.account_id,
             member.status,
             member.contract_end_date,
             mark.past AS first,
             asked_1.points AS beyond
            FROM ((asked asked_1
              CROSS JOIN mark)
              CROSS JOIN member)
           WHERE (member.is_now AND (mark.past < asked_1.points))
         UNION ALL
          SELECT member.account_id,
             member.status,
             member.contract_end_date,
             width_bucket(member.since, mark.at) AS width_bucket,
             mark.past
            FROM (mark
              CROSS JOIN member)
           WHERE (member.is_lasting AND (NOT (member.account_id IN ( SELECT lost.account_id
                    FROM lost))))
         UNION ALL
          SELECT member.account_id,
             member.status,
             member.contract_end_date,
             moment.number,
             (moment.number + 1)
            FROM (member
              JOIN moment ON (((NOT moment.is_now) AND (member.since < moment.at))))
           WHERE (member.is_lasting AND (member.account_id IN ( SELECT lost.account_id
                    FROM lost)) AND (NOT (EXISTS ( SELECT
                    FROM lost
                   WHERE ((lost.account_id = member.account_id) AND (lost.first <= moment.number) AND (lost.beyond > moment.number))))))
         ), stock AS MATERIALIZED (
          SELECT held.account_id,
             GREATEST((held.first - (asked_1.points - 1)), 0) AS first,
             (held.beyond - (asked_1.points - 1)) AS beyond,
             held.arr
            FROM (asked asked_1
              CROSS JOIN LATERAL cs.arr_ranges(( SELECT mark.stock
                    FROM mark)) held(tenant_id, account_id, customer_id, first, beyond, arr))
           WHERE ((held.tenant_id = asked_1.tenant_id) AND (held.beyond > (asked_1.points - 1)))
         ), scored AS MATERIALIZED (
          SELECT present.account_id,
             GREATEST(present.first, held.too_late) AS first,
             LEAST(present.beyond, held.beyond) AS beyond,
             held.overall_score,
             cs.health_band(present.status, (held.risk_level)::text, held.confidence) AS band
            FROM (present
              JOIN held ON ((held.account_id = present.account_id)))
           WHERE (GREATEST(present.first, held.too_late) < LEAST(present.beyond, held.beyond))
         ), renewing AS MATERIALIZED (
          SELECT span.account_id,
             span.first,
             span.beyond
            FROM ((mark
              CROSS JOIN present)
              CROSS JOIN LATERAL ( SELECT present.account_id,
                     GREATEST(present.first, width_bucket((present.contract_end_date - 91), mark.days)) AS first,
                     LEAST(present.beyond, width_bucket(present.contract_end_date, mark.days)) AS beyond) span)
           WHERE ((present.contract_end_date IS NOT NULL) AND (span.first < span.beyond))
         ), span AS MATERIALIZED (
          SELECT scored.first,
             scored.beyond,
             scored.band,
             count(*) AS accounts,
             sum(scored.overall_score) AS score,
             (0)::numeric AS arr,
             (0)::numeric AS weighted,
             (0)::bigint AS renewals,
             (0)::numeric AS renewals_arr
            FROM scored
           GROUP BY scored.first, scored.beyond, scored.band
         UNION ALL
          SELECT GREATEST(scored.first, stock.first) AS "greatest",
             LEAST(scored.beyond, stock.beyond) AS "least",
             scored.band,
             0,
             0,
             sum(stock.arr) AS sum,
             sum((stock.arr * (scored.overall_score)::numeric)) AS sum,
             0,
             0
            FROM (scored
              JOIN stock ON (((stock.account_id = scored.account_id) AND (stock.first < scored.beyond) AND (scored.first < stock.beyond))))
           GROUP BY GREATEST(scored.first, stock.first), LEAST(scored.beyond, stock.beyond), scored.band
         UNION ALL
          SELECT renewing.first,
             renewing.beyond,
             NULL::text AS band,
             0,
             0,
             0,
             0,
             count(*) AS count,
             0
            FROM renewing
           GROUP BY renewing.first, renewing.beyond
         UNION ALL
          SELECT GREATEST(renewing.first, stock.first) AS "greatest",
             LEAST(renewing.beyond, stock.beyond) AS "least",
             NULL::text AS band,
             0,
             0,
             0,
             0,
             0,
             sum(stock.arr) AS sum
            FROM (renewing
              JOIN stock ON (((stock.account_id = renewing.account_id) AND (stock.first < renewing.beyond) AND (renewing.first < stock.beyond))))
           GROUP BY GREATEST(renewing.first, stock.first), LEAST(renewing.beyond, stock.beyond)
         ), standing AS (
          SELECT moment.number,
             sum(span.accounts) AS accounts,
             sum(span.arr) AS arr,
             sum(span.accounts) FILTER (WHERE (span.band = 'Healthy'::text)) AS healthy,
             sum(span.accounts) FILTER (WHERE (span.band = 'At Risk'::text)) AS at_risk,
             sum(span.accounts) FILTER (WHERE (span.band = 'Critical'::text)) AS critical,
             sum(span.accounts) FILTER (WHERE (span.band = 'No data'::text)) AS no_data,
             sum(span.accounts) FILTER (WHERE (span.band = 'Uncertain'::text)) AS uncertain,
             sum(span.accounts) FILTER (WHERE (span.band = 'Paused'::text)) AS paused,
             sum(span.arr) FILTER (WHERE (span.band = 'Healthy'::text)) AS healthy_arr,
             sum(span.arr) FILTER (WHERE (span.band = 'At Risk'::text)) AS at_risk_arr,
             sum(span.arr) FILTER (WHERE (span.band = 'Critical'::text)) AS critical_arr,
             sum(span.arr) FILTER (WHERE (span.band = 'No data'::text)) AS no_data_arr,
             sum(span.arr) FILTER (WHERE (span.band = 'Uncertain'::text)) AS uncertain_arr,
             sum(span.arr) FILTER (WHERE (span.band = 'Paused'::text)) AS paused_arr,
             sum(span.renewals) AS renewals,
             sum(span.renewals_arr) AS renewals_arr,
             round(COALESCE((sum(span.weighted) FILTER (WHERE reliable.it) / NULLIF(sum(span.arr) FILTER (WHERE reliable.it), (0)::numeric)), (sum(span.score) FILTER (WHERE reliable.it) / NULLIF(sum(span.accounts) FILTER (WHERE reliable.it), (0)::numeric))), 1) AS weighted_score,
             round((sum(span.score) FILTER (WHERE reliable.it) / NULLIF(sum(span.accounts) FILTER (WHERE reliable.it), (0)::numeric)), 1) AS mean_score
            FROM ((moment
              JOIN span ON (((moment.number >= span.first) AND (moment.number < span.beyond))))
              CROSS JOIN LATERAL ( SELECT (span.band = ANY (ARRAY['Healthy'::text, 'At Risk'::text, 'Critical'::text])) AS it) reliable)
           GROUP BY moment.number
         ), customer AS MATERIALIZED (
          SELECT held.customer_id,
             held.first,
             held.beyond,
             held.arr
            FROM (asked asked_1
              CROSS JOIN LATERAL cs.customer_arr_ranges(( SELECT mark.stock
                    FROM mark)) held(tenant_id, customer_id, first, beyond, arr))
           WHERE ((held.tenant_id = asked_1.tenant_id) AND ((asked_1.of_retention IS NULL) OR (held.customer_id IN ( SELECT member.account_id
                    FROM member
                   WHERE member.is_lasting))))
         ), period AS MATERIALIZED (
          SELECT held.first,
             held.beyond,
             sum(held.arr) AS start_arr,
             (0)::numeric AS end_arr
            FROM customer held
           GROUP BY held.first, held.beyond
         UNION ALL
          SELECT GREATEST(before.first, (later.first - (asked_1.points - 1))) AS "greatest",
             LEAST(before.beyond, (later.beyond - (asked_1.points - 1))) AS "least",
             0,
             sum(later.arr) AS sum
            FROM ((asked asked_1
              CROSS JOIN customer before)
              JOIN customer later ON ((later.customer_id = before.customer_id)))
           WHERE (GREATEST(before.first, (later.first - (asked_1.points - 1))) < LEAST(before.beyond, (later.beyond - (asked_1.points - 1))))
           GROUP BY GREATEST(before.first, (later.first - (asked_1.points - 1))), LEAST(before.beyond, (later.beyond - (asked_1.points - 1)))
         ), retained AS (
          SELECT moment.number,
             round((sum(period.end_arr) / NULLIF(sum(period.start_arr), (0)::numeric)), 4) AS nrr
            FROM (moment
              JOIN period ON (((moment.number >= period.first) AND (moment.number < period.beyond))))
           GROUP BY moment.number
         )
  SELECT jsonb_build_object('since', asked.since, 'until', asked.until, 'points', ( SELECT jsonb_agg(jsonb_build_object('at', moment.at, 'arr', COALESCE(standing.arr, (0)::numeric), 'accounts', COALESCE(standing.accounts, (0)::numeric), 'healthy', COALESCE(standing.healthy, (0)::numeric), 'at_risk', COALESCE(standing.at_risk, (0)::numeric), 'critical', COALESCE(standing.critical, (0)::numeric), 'no_data', COALESCE(standing.no_data, (0)::numeric), 'uncertain', COALESCE(standing.uncertain, (0)::numeric), 'paused', COALESCE(standing.paused, (0)::numeric), 'healthy_arr', COALESCE(standing.healthy_arr, (0)::numeric), 'at_risk_arr', COALESCE(standing.at_risk_arr, (0)::numeric), 'critical_arr', COALESCE(standing.critical_arr, (0)::numeric), 'no_data_arr', COALESCE(standing.no_data_arr, (0)::numeric), 'uncertain_arr', COALESCE(standing.uncertain_arr, (0)::numeric), 'paused_arr', COALESCE(standing.paused_arr, (0)::numeric), 'revenue_at_risk', (COALESCE(standing.at_risk_arr, (0)::numeric) + COALESCE(standing.critical_arr, (0)::numeric)), 'renewals', COALESCE(standing.renewals, (0)::numeric), 'renewals_arr', COALESCE(standing.renewals_arr, (0)::numeric), 'weighted_score', standing.weighted_score, 'mean_score', standing.mean_score, 'nrr', retained.nrr) ORDER BY moment.number) AS jsonb_agg
            FROM ((moment
              LEFT JOIN standing ON ((standing.number = moment.number)))
              LEFT JOIN retained ON ((retained.number = moment.number)))), 'marks', ( SELECT COALESCE(jsonb_agg(jsonb_build_object('at', model.created_at, 'kind', 'health_model', 'version', model.version) ORDER BY model.version), '[]'::jsonb) AS "coalesce"
            FROM cs.health_models model
           WHERE ((model.tenant_id = asked.tenant_id) AND (model.created_at >= asked.since) AND (model.created_at < asked.until)))) AS jsonb_build_object
    FROM asked;
END;

ALTER FUNCTION cs.executive_trends(criteria jsonb, since timestamp with time zone, until timestamp with time zone, points integer) OWNER TO cs_owner;

--
-- Name: FUNCTION executive_trends(criteria jsonb, since timestamp with time zone, until timestamp with time zone, points integer); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.executive_trends(criteria jsonb, since timestamp with time zone, until timestamp with time zone, points integer) IS 'The trends of the dashboard''s tiles from since to until, at this many moments (2 to 400), evenly spaced, both ends included: the accounts that were customers just before it and meet criteria, those lost since included, as the before of executive_dashboard has them, with their ARR and risk level of that time; without until the last moment is now, as the tiles are. The bands, no_data, uncertain and paused add up to accounts, those with _arr to arr; revenue_at_risk is the ARR At Risk or Critical; renewals end within 90 days of the moment, as the contracts are today; nrr over a period that ends there and is as long as the whole. marks: when a health model was published. NULL without a tenant.';

--
-- Name: account_timeline; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.account_timeline WITH (security_invoker='true') AS
 SELECT account.tenant_id,
    account.id AS account_id,
    account.name AS account_name,
    account.hierarchy_path,
    event.at,
    event.kind,
    event.title,
    event.body,
    event.actor_id,
    actor.full_name AS actor_name,
    event.source_id,
    event.details,
    event.event_key
   FROM ((cs.accounts account
     CROSS JOIN LATERAL cs.account_events(account.tenant_id, account.id, NULL::text[], NULL::timestamp with time zone, NULL::text, NULL::integer) event(at, kind, title, body, actor_id, source_id, details, event_key))
     LEFT JOIN cs.profiles actor ON (((actor.tenant_id = account.tenant_id) AND (actor.user_id = event.actor_id))));

ALTER TABLE cs.account_timeline OWNER TO cs_owner;

--
-- Name: VIEW account_timeline; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.account_timeline IS 'Everything that happened to each account. For one account, a family, or page by page, family_timeline is faster.';

--
-- Name: COLUMN account_timeline.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.account_id IS 'The account.';

--
-- Name: COLUMN account_timeline.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.account_name IS 'The name of the account.';

--
-- Name: COLUMN account_timeline.hierarchy_path; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.hierarchy_path IS 'The ids from the root to the account itself, joined by /.';

--
-- Name: COLUMN account_timeline.at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.at IS 'When it happened; for an open task, when it is due.';

--
-- Name: COLUMN account_timeline.kind; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.kind IS 'call, email, meeting, note, task, stage, health (another risk level), override, milestone, playbook (also one that was held back), arr (what counts: 0 while lost) or field (any other).';

--
-- Name: COLUMN account_timeline.title; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.title IS 'What it is, in a few words.';

--
-- Name: COLUMN account_timeline.body; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.body IS 'Its text.';

--
-- Name: COLUMN account_timeline.actor_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.actor_id IS 'Who did it; NULL: the database, and for arr, whose author field_history shows.';

--
-- Name: COLUMN account_timeline.actor_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.actor_name IS 'Who did it; NULL: nobody, or nobody that can be seen.';

--
-- Name: COLUMN account_timeline.source_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.source_id IS 'The id of the row it comes from: an activity, stay, score, override, milestone, run, step of ARR or audit entry.';

--
-- Name: COLUMN account_timeline.details; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.details IS 'What else is known of it, as a JSON object.';

--
-- Name: COLUMN account_timeline.event_key; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_timeline.event_key IS 'Unique; orders what happened at the same moment. What family_timeline takes as before_key.';

--
-- Name: family_timeline(uuid, text, text[], timestamp with time zone, integer, text); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.family_timeline(account_id uuid, scope text DEFAULT 'account'::text, kinds text[] DEFAULT NULL::text[], before timestamp with time zone DEFAULT NULL::timestamp with time zone, page_size integer DEFAULT 50, before_key text DEFAULT NULL::text) RETURNS SETOF cs.account_timeline
    LANGUAGE sql STABLE ROWS 50
    BEGIN ATOMIC
 SELECT account.tenant_id,
     account.id,
     account.name,
     account.hierarchy_path,
     event.at,
     event.kind,
     event.title,
     event.body,
     event.actor_id,
     actor.full_name,
     event.source_id,
     event.details,
     event.event_key
    FROM (((cs.timeline_scope(family_timeline.account_id, family_timeline.scope) place(tenant_id, id)
      JOIN cs.accounts account ON (((account.tenant_id = place.tenant_id) AND (account.id = place.id))))
      CROSS JOIN LATERAL cs.account_events(account.tenant_id, account.id, family_timeline.kinds, family_timeline.before, family_timeline.before_key, LEAST(GREATEST(family_timeline.page_size, 1), 200)) event(at, kind, title, body, actor_id, source_id, details, event_key))
      LEFT JOIN cs.profiles actor ON (((actor.tenant_id = account.tenant_id) AND (actor.user_id = event.actor_id))))
   ORDER BY event.at DESC, (event.event_key COLLATE "C") DESC
  LIMIT LEAST(GREATEST(family_timeline.page_size, 1), 200);
END;

ALTER FUNCTION cs.family_timeline(account_id uuid, scope text, kinds text[], before timestamp with time zone, page_size integer, before_key text) OWNER TO cs_owner;

--
-- Name: FUNCTION family_timeline(account_id uuid, scope text, kinds text[], before timestamp with time zone, page_size integer, before_key text); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.family_timeline(account_id uuid, scope text, kinds text[], before timestamp with time zone, page_size integer, before_key text) IS 'What happened to an account, newest first: scope account, parents (with those above), children (with those below) or all (the whole family), as far as the caller sees them; kinds NULL: every kind. At most page_size events, up to 200, before a moment; at and event_key of the last one as before and before_key give the next page. Errors: P0002 no such account, 22023 unknown scope.';

--
-- Name: feed_is_out(uuid, text); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.feed_is_out(tenant_id uuid, metric_type text) RETURNS boolean
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT (EXISTS ( SELECT
            FROM cs.tenant_outages(feed_is_out.tenant_id) outage(metric_type, since, is_accepted)
           WHERE ((outage.metric_type = feed_is_out.metric_type) AND (NOT outage.is_accepted)))) AS "exists";
END;

ALTER FUNCTION cs.feed_is_out(tenant_id uuid, metric_type text) OWNER TO cs_owner;

--
-- Name: FUNCTION feed_is_out(tenant_id uuid, metric_type text); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.feed_is_out(tenant_id uuid, metric_type text) IS 'Internal: whether a type of usage has been silent for too long now, and no one has said that the silence is real.';

--
-- Name: field_history(uuid, text); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.field_history(account_id uuid, field text DEFAULT NULL::text) RETURNS TABLE(at timestamp with time zone, field_name text, old jsonb, new jsonb, actor_id uuid, actor_name text)
    LANGUAGE sql STABLE ROWS 50
    BEGIN ATOMIC
 SELECT change.at,
     (one.value ->> 'field'::text),
     NULLIF((one.value -> 'old'::text), 'null'::jsonb) AS "nullif",
     NULLIF((one.value -> 'new'::text), 'null'::jsonb) AS "nullif",
     change.actor_id,
     actor.full_name
    FROM ((cs.account_changes(field_history.account_id) change(tenant_id, change_id, at, actor_id, changes, event_key)
      CROSS JOIN LATERAL jsonb_array_elements((change.changes)::jsonb) one(value))
      LEFT JOIN cs.profiles actor ON (((actor.tenant_id = change.tenant_id) AND (actor.user_id = change.actor_id))))
   WHERE ((field_history.field IS NULL) OR ((one.value ->> 'field'::text) = field_history.field))
   ORDER BY change.at DESC, (change.event_key COLLATE "C") DESC, (one.value ->> 'field'::text);
END;

ALTER FUNCTION cs.field_history(account_id uuid, field text) OWNER TO cs_owner;

--
-- Name: FUNCTION field_history(account_id uuid, field text); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.field_history(account_id uuid, field text) IS 'What was changed in an account since it was created, newest first: name, external_id, csm_id, parent_id, status and each outermost key of crm_attributes (as crm_attributes.industry), with the values before and after. Errors: P0002 no such account.';

--
-- Name: growth_between(timestamp with time zone, timestamp with time zone, jsonb); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.growth_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb DEFAULT NULL::jsonb) RETURNS jsonb
    LANGUAGE sql STABLE
    SET jit TO 'off'
    BEGIN ATOMIC
 WITH lasting AS MATERIALIZED (
          SELECT cs.retention_criteria(criteria) AS criteria
         ), move AS MATERIALIZED (
          SELECT walked.from_stage,
             walked.to_stage,
             walked.week,
             walked.days_before
            FROM ( SELECT history.account_id,
                     history.from_stage,
                     history.to_stage,
                     history.entered_at,
                     (date_trunc('week'::text, cs.local_time(tenant.settings, history.entered_at)))::date AS week,
                     (EXTRACT(epoch FROM (history.entered_at - lag(history.entered_at) OVER (PARTITION BY history.tenant_id, history.account_id ORDER BY history.entered_at, history.exited_at, history.history_id))) / (86400)::numeric) AS days_before
                    FROM (cs.counted_stays history
                      JOIN cs.tenants tenant ON ((tenant.id = history.tenant_id)))) walked
           WHERE ((walked.entered_at >= growth_between.since) AND (walked.entered_at < growth_between.until) AND (( SELECT (lasting.criteria IS NULL)
                    FROM lasting) OR (walked.account_id IN ( SELECT cs.matching_accounts(( SELECT lasting.criteria
                            FROM lasting)) AS matching_accounts))))
         )
  SELECT jsonb_build_object('weeks', ( SELECT COALESCE(jsonb_agg(jsonb_build_object('week', week.week, 'stage', week.to_stage, 'entries', week.entries) ORDER BY week.week, week.to_stage), '[]'::jsonb) AS "coalesce"
            FROM ( SELECT move.week,
                     move.to_stage,
                     count(*) AS entries
                    FROM move
                   GROUP BY move.week, move.to_stage) week), 'flows', ( SELECT COALESCE(jsonb_agg(jsonb_build_object('from_stage', flow.from_stage, 'to_stage', flow.to_stage, 'moves', flow.moves, 'median_days', flow.median_days) ORDER BY flow.moves DESC, flow.from_stage NULLS FIRST, flow.to_stage), '[]'::jsonb) AS "coalesce"
            FROM ( SELECT move.from_stage,
                     move.to_stage,
                     count(*) AS moves,
                     round((percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY ((move.days_before)::double precision)))::numeric, 1) AS median_days
                    FROM move
                   GROUP BY move.from_stage, move.to_stage) flow)) AS jsonb_build_object;
END;

ALTER FUNCTION cs.growth_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) OWNER TO cs_owner;

--
-- Name: FUNCTION growth_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.growth_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) IS 'Moves of accounts that meet criteria, from since to before until: weeks, how many entered each stage in the week that begins with this Monday in the tenant''s time zone; flows, how many went from which stage (NULL: new) to which, and the median of the days of 24 hours they had been there. Moves that were taken back, and the way back, count nowhere. Conditions on status alone are left out of the criteria, because no account would ever count as lost.';

--
-- Name: journey_steps(uuid); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.journey_steps(account_id uuid) RETURNS TABLE(stage_id uuid, stage text, display_order integer, color_hex text, is_side boolean, is_end boolean, is_current boolean, entered integer, first_entered_at timestamp with time zone, last_entered_at timestamp with time zone, days numeric, target_days integer, state text)
    LANGUAGE sql STABLE ROWS 10
    BEGIN ATOMIC
 WITH it AS MATERIALIZED (
          SELECT place.tenant_id
            FROM cs.account_place(journey_steps.account_id) place(tenant_id, level, path)
         ), walked AS (
          SELECT stay.to_stage,
             (count(*))::integer AS entered,
             min(stay.entered_at) AS first_entered_at,
             max(stay.entered_at) AS last_entered_at,
             sum(EXTRACT(epoch FROM (COALESCE(stay.exited_at, now()) - stay.entered_at))) AS seconds,
             bool_or((stay.exited_at IS NULL)) AS is_current
            FROM cs.counted_stays stay
           WHERE ((stay.tenant_id = ( SELECT it.tenant_id
                    FROM it)) AND (stay.account_id = journey_steps.account_id))
           GROUP BY stay.to_stage
         )
  SELECT stage.id,
     stage.name,
     stage.display_order,
     stage.color_hex,
     stage.is_side,
     stage.is_end,
     COALESCE(walked.is_current, false) AS "coalesce",
     COALESCE(walked.entered, 0) AS "coalesce",
     walked.first_entered_at,
     walked.last_entered_at,
     round((COALESCE(walked.seconds, (0)::numeric) / (86400)::numeric), 1) AS round,
     stage.target_duration_days,
     cs.stage_state(walked.seconds, stage.target_duration_days) AS stage_state
    FROM (cs.journey_stages stage
      LEFT JOIN walked ON ((walked.to_stage = stage.name)))
   WHERE ((stage.tenant_id = ( SELECT it.tenant_id
            FROM it)) AND ((walked.entered IS NOT NULL) OR (stage.is_active AND (NOT stage.is_side) AND (NOT stage.is_end))))
   ORDER BY stage.display_order, stage.name;
END;

ALTER FUNCTION cs.journey_steps(account_id uuid) OWNER TO cs_owner;

--
-- Name: FUNCTION journey_steps(account_id uuid); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.journey_steps(account_id uuid) IS 'The path of an account through the stages, a row per main stage in order, and per other stage it has been in: how often it entered, how many days of 24 hours it was there in total, and how these compare with the target (on_track up to it, behind up to 1.5 times it, stuck beyond; NULL without a target or a stay). Moves that were taken back are left out. Errors: P0002 no such account.';

--
-- Name: milestone_due_at(timestamp with time zone, integer); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.milestone_due_at(entered_at timestamp with time zone, due_after_days integer) RETURNS timestamp with time zone
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (entered_at + ((due_after_days)::double precision * '24:00:00'::interval));

ALTER FUNCTION cs.milestone_due_at(entered_at timestamp with time zone, due_after_days integer) OWNER TO cs_owner;

--
-- Name: FUNCTION milestone_due_at(entered_at timestamp with time zone, due_after_days integer); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.milestone_due_at(entered_at timestamp with time zone, due_after_days integer) IS 'Internal: when a milestone is due in a stay that began then; NULL: never.';

--
-- Name: user_preferences; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.user_preferences (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    user_id uuid DEFAULT cs.current_user_id() NOT NULL,
    preferences jsonb DEFAULT '{}'::jsonb NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    CONSTRAINT user_preferences_preferences_check CHECK ((jsonb_typeof(preferences) = 'object'::text))
);

ALTER TABLE ONLY cs.user_preferences FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.user_preferences OWNER TO cs_owner;

--
-- Name: TABLE user_preferences; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.user_preferences IS 'How each person likes the pages: one row each, which no one else sees. At most 16 kB.';

--
-- Name: my_preferences(); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.my_preferences() RETURNS jsonb
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT COALESCE(( SELECT own.preferences
            FROM cs.user_preferences own
           WHERE ((own.tenant_id = cs.current_tenant_id()) AND (own.user_id = cs.current_user_id()))), '{}'::jsonb) AS "coalesce";
END;

ALTER FUNCTION cs.my_preferences() OWNER TO cs_owner;

--
-- Name: FUNCTION my_preferences(); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.my_preferences() IS 'What save_preferences has saved for the caller in the current tenant; {} if nothing.';

--
-- Name: custom_fields; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.custom_fields (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    key text NOT NULL,
    label text NOT NULL,
    type text NOT NULL,
    description text,
    is_required boolean DEFAULT false NOT NULL,
    default_value jsonb,
    options jsonb,
    in_lists boolean DEFAULT false NOT NULL,
    in_import boolean DEFAULT true NOT NULL,
    display_order integer DEFAULT 0 NOT NULL,
    is_active boolean DEFAULT true NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT custom_fields_key_check CHECK (((key ~ '^[a-z][a-z0-9_]{0,62}$'::text) AND (key <> ALL (ARRAY['arr'::text, 'contract_end_date'::text, 'industry'::text, 'seats'::text])))),
    CONSTRAINT custom_fields_label_check CHECK ((btrim(label) <> ''::text)),
    CONSTRAINT custom_fields_options_check CHECK (((options IS NOT NULL) = (type = ANY (ARRAY['choice'::text, 'multi_choice'::text])))),
    CONSTRAINT custom_fields_type_check CHECK ((type = ANY (ARRAY['text'::text, 'number'::text, 'currency'::text, 'percent'::text, 'date'::text, 'boolean'::text, 'choice'::text, 'multi_choice'::text, 'url'::text, 'member'::text])))
);

ALTER TABLE ONLY cs.custom_fields FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.custom_fields OWNER TO cs_owner;

--
-- Name: TABLE custom_fields; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.custom_fields IS 'Fields that a tenant adds to its accounts. An active one is checked whenever its key of crm_attributes changes; older values stay as they are until then.';

--
-- Name: COLUMN custom_fields.key; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.custom_fields.key IS 'The key in accounts.crm_attributes; never changes.';

--
-- Name: COLUMN custom_fields.type; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.custom_fields.type IS 'text, number, currency (a number in the tenant''s currency), percent (0 to 100), date (YYYY-MM-DD), boolean, choice, multi_choice (an array), url (http or https), member (stored as the id of a member; an e-mail address is turned into it).';

--
-- Name: COLUMN custom_fields.is_required; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.custom_fields.is_required IS 'New accounts need a value, and it cannot be removed.';

--
-- Name: COLUMN custom_fields.default_value; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.custom_fields.default_value IS 'The value of a new account that is given none. NULL: none.';

--
-- Name: COLUMN custom_fields.options; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.custom_fields.options IS 'For choice and multi_choice: an array of strings, without duplicates.';

--
-- Name: COLUMN custom_fields.in_lists; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.custom_fields.in_lists IS 'Whether lists of accounts offer it as a column.';

--
-- Name: COLUMN custom_fields.in_import; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.custom_fields.in_import IS 'Whether an import offers it as a target.';

--
-- Name: COLUMN custom_fields.is_active; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.custom_fields.is_active IS 'false: archived. Values stay but are no longer checked.';

--
-- Name: saved_views; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.saved_views (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    owner_id uuid DEFAULT cs.current_user_id() NOT NULL,
    page text NOT NULL,
    name text NOT NULL,
    criteria jsonb,
    settings jsonb DEFAULT '{}'::jsonb NOT NULL,
    is_shared boolean DEFAULT false NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    updated_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    CONSTRAINT saved_views_criteria_check CHECK (((criteria IS NULL) OR cs.criteria_shape(criteria))),
    CONSTRAINT saved_views_name_check CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT saved_views_settings_check CHECK ((jsonb_typeof(settings) = 'object'::text))
);

ALTER TABLE ONLY cs.saved_views FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.saved_views OWNER TO cs_owner;

--
-- Name: TABLE saved_views; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.saved_views IS 'Lists that people save under a name; all colleagues see a shared one, only its owner any other.';

--
-- Name: COLUMN saved_views.page; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.saved_views.page IS 'The page it belongs to, such as accounts.';

--
-- Name: COLUMN saved_views.criteria; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.saved_views.criteria IS 'Which accounts it shows, with ids for stages and members; NULL: all.';

--
-- Name: COLUMN saved_views.settings; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.saved_views.settings IS 'How it shows them: columns, sort, density, group and anything else the page saves. At most 64 kB.';

--
-- Name: COLUMN saved_views.version; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.saved_views.version IS 'Counts the changes of this row, for expected_version; kept by a trigger.';

--
-- Name: named_by(uuid); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.named_by(subject uuid) RETURNS TABLE(kind text, id uuid, name text)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 WITH sought AS MATERIALIZED (
          SELECT account_field.tenant_id AS field_tenant_id,
             COALESCE((('"'::text || account_field.name) || '"'::text), (named_by.subject)::text) AS text
            FROM (( SELECT) it
              LEFT JOIN ( SELECT field.tenant_id,
                     ('crm_attributes.'::text || field.key) AS name
                    FROM cs.custom_fields field
                   WHERE (field.id = named_by.subject)) account_field ON (true))
         ), naming AS (
          SELECT view.tenant_id,
             'saved_view'::text AS kind,
             view.id,
             view.name,
             (view.criteria)::text AS text
            FROM cs.saved_views view
         UNION ALL
          SELECT playbook.tenant_id,
             'playbook'::text AS kind,
             playbook.id,
             playbook.name,
             ((playbook.trigger_criteria)::text || (playbook.actions)::text) AS text
            FROM cs.playbooks playbook
           WHERE (playbook.deleted_at IS NULL)
         UNION ALL
          SELECT model.tenant_id,
             'cap'::text AS kind,
             model.id,
             (cap.it ->> 'reason'::text) AS name,
             ((cap.it -> 'when'::text))::text AS text
            FROM (cs.health_models model
              CROSS JOIN LATERAL jsonb_array_elements(model.caps) cap(it))
           WHERE (NOT (EXISTS ( SELECT
                    FROM cs.health_models later
                   WHERE ((later.tenant_id = model.tenant_id) AND (later.version > model.version)))))
         UNION ALL
          SELECT milestone.tenant_id,
             'milestone'::text AS kind,
             milestone.id,
             milestone.title AS name,
             (milestone.criteria)::text AS text
            FROM cs.stage_milestones milestone
           WHERE milestone.is_active
         )
  SELECT naming.kind,
     naming.id,
     naming.name
    FROM (sought
      JOIN naming ON ((strpos(naming.text, sought.text) > 0)))
   WHERE (naming.tenant_id = COALESCE(sought.field_tenant_id, naming.tenant_id))
   ORDER BY naming.kind, naming.name, naming.id;
END;

ALTER FUNCTION cs.named_by(subject uuid) OWNER TO cs_owner;

--
-- Name: FUNCTION named_by(subject uuid); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.named_by(subject uuid) IS 'What names this stage, member or custom field in its criteria, of what the caller sees: kind (saved_view, playbook, cap, milestone), id (of a cap: of the version of the health model), name (of a cap: its reason). Nothing for an id that nothing names.';

--
-- Name: renewals; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.renewals WITH (security_invoker='true') AS
 SELECT account.tenant_id,
    account.id AS account_id,
    account.name,
    (date_trunc('month'::text, (account.contract_end_date)::timestamp without time zone))::date AS month,
    account.contract_end_date,
    cs.days_to_renewal(account.contract_end_date, tenant.settings, now()) AS days_to_renewal,
    counted.arr,
    COALESCE((health.risk_level)::text, 'No data'::text) AS risk_level,
    health.overall_score,
    health.confidence,
    (account.status)::text AS status,
    account.current_stage AS stage,
    account.csm_id,
    csm.full_name AS csm_name
   FROM ((((cs.accounts account
     JOIN cs.tenants tenant ON ((tenant.id = account.tenant_id)))
     JOIN cs.counted_arr counted ON (((counted.tenant_id = account.tenant_id) AND (counted.account_id = account.id))))
     LEFT JOIN cs.health_scores health ON (((health.tenant_id = account.tenant_id) AND (health.account_id = account.id) AND health.is_current)))
     LEFT JOIN cs.profiles csm ON (((csm.tenant_id = account.tenant_id) AND (csm.user_id = account.csm_id))))
  WHERE ((account.status <> 'Churned'::cs.account_status) AND (account.contract_end_date IS NOT NULL));

ALTER TABLE cs.renewals OWNER TO cs_owner;

--
-- Name: VIEW renewals; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.renewals IS 'When the contracts of customers end, with their ARR and health. Includes contracts that have ended, until they are marked as renewed or lost.';

--
-- Name: COLUMN renewals.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.account_id IS 'The account.';

--
-- Name: COLUMN renewals.name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.name IS 'Its name.';

--
-- Name: COLUMN renewals.month; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.month IS 'The first day of the month in which the contract ends.';

--
-- Name: COLUMN renewals.contract_end_date; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.contract_end_date IS 'The last day of the contract, crm_attributes.contract_end_date; NULL: not set.';

--
-- Name: COLUMN renewals.days_to_renewal; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.days_to_renewal IS 'Days from today, in the tenant''s time zone; negative once it has ended.';

--
-- Name: COLUMN renewals.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.arr IS 'Annual recurring revenue, in the tenant''s currency.';

--
-- Name: COLUMN renewals.risk_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.risk_level IS 'Healthy, At Risk, Critical, or No data.';

--
-- Name: COLUMN renewals.overall_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.overall_score IS 'The health score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN renewals.confidence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.confidence IS 'How much data the score rests on: high, medium or low.';

--
-- Name: COLUMN renewals.status; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.status IS 'Active, Paused or Churned.';

--
-- Name: COLUMN renewals.stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.stage IS 'The name of the stage.';

--
-- Name: COLUMN renewals.csm_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.csm_id IS 'The user who is the account''s CSM; NULL: nobody is.';

--
-- Name: COLUMN renewals.csm_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.renewals.csm_name IS 'The name of the account''s CSM; NULL: nobody is.';

--
-- Name: renewals_between(date, date, jsonb); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.renewals_between(from_day date, to_day date, criteria jsonb DEFAULT NULL::jsonb) RETURNS SETOF cs.renewals
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT renewal.tenant_id,
     renewal.account_id,
     renewal.name,
     renewal.month,
     renewal.contract_end_date,
     renewal.days_to_renewal,
     renewal.arr,
     renewal.risk_level,
     renewal.overall_score,
     renewal.confidence,
     renewal.status,
     renewal.stage,
     renewal.csm_id,
     renewal.csm_name
    FROM cs.renewals renewal
   WHERE ((renewal.contract_end_date >= renewals_between.from_day) AND (renewal.contract_end_date <= renewals_between.to_day) AND ((renewals_between.criteria IS NULL) OR (renewal.account_id IN ( SELECT cs.matching_accounts(renewals_between.criteria) AS matching_accounts))));
END;

ALTER FUNCTION cs.renewals_between(from_day date, to_day date, criteria jsonb) OWNER TO cs_owner;

--
-- Name: FUNCTION renewals_between(from_day date, to_day date, criteria jsonb); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.renewals_between(from_day date, to_day date, criteria jsonb) IS 'The renewals from one day to another, both included, of the accounts that meet criteria.';

--
-- Name: retention_between(timestamp with time zone, timestamp with time zone, jsonb); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.retention_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb DEFAULT NULL::jsonb) RETURNS TABLE(start_arr numeric, end_arr numeric, kept numeric, grr numeric, nrr numeric, expansion numeric, contraction numeric, churned_arr numeric, accounts_start integer, accounts_lost integer)
    LANGUAGE sql STABLE ROWS 1
    BEGIN ATOMIC
 WITH lasting AS MATERIALIZED (
          SELECT cs.retention_criteria(retention_between.criteria) AS criteria
         )
  SELECT COALESCE(sum(flow.start_arr), (0)::numeric) AS "coalesce",
     COALESCE(sum(flow.end_arr), (0)::numeric) AS "coalesce",
     COALESCE(sum(flow.kept), (0)::numeric) AS "coalesce",
     round((sum(flow.kept) / sum(flow.start_arr)), 4) AS round,
     round((sum(flow.end_arr) / sum(flow.start_arr)), 4) AS round,
     COALESCE(sum(flow.expansion), (0)::numeric) AS "coalesce",
     COALESCE(sum(flow.contraction), (0)::numeric) AS "coalesce",
     COALESCE(sum(flow.churned_arr), (0)::numeric) AS "coalesce",
     (count(*))::integer AS count,
     (count(*) FILTER (WHERE (flow.end_arr = (0)::numeric)))::integer AS count
    FROM cs.arr_between(retention_between.since, retention_between.until) flow(tenant_id, account_id, start_arr, new_arr, returned_arr, expansion, contraction, churned_arr, end_arr, kept, paying_since)
   WHERE ((flow.start_arr > (0)::numeric) AND (( SELECT (lasting.criteria IS NULL)
            FROM lasting) OR (flow.account_id IN ( SELECT cs.matching_accounts(( SELECT lasting.criteria
                    FROM lasting)) AS matching_accounts))));
END;

ALTER FUNCTION cs.retention_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) OWNER TO cs_owner;

--
-- Name: FUNCTION retention_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.retention_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) IS 'Of the customers that had ARR at since, just before any change of that moment: how much of it they still have at until (infinity: now). grr: without expansion, customer by customer, so that growth of one does not hide a loss of another; nrr: with it; shares from 0, NULL where there was no ARR. A customer is an account or, with the setting parent_arr_includes_children, a family: the sum of the ARR that counts over it, criteria asked of its root. criteria apply to the accounts as they are now; conditions on status alone are left out, because no account would ever count as lost.';

--
-- Name: search_accounts(jsonb, text, text, integer, boolean); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.search_accounts(criteria jsonb DEFAULT NULL::jsonb, sort text DEFAULT NULL::text, after text DEFAULT NULL::text, page_size integer DEFAULT 200, with_total boolean DEFAULT true) RETURNS jsonb
    LANGUAGE sql STABLE
    SET jit TO 'off'
    BEGIN ATOMIC
 SELECT jsonb_build_object('rows', COALESCE(( SELECT jsonb_agg(to_jsonb(overview.*) ORDER BY (array_position(found.ids, overview.id))) AS jsonb_agg
            FROM cs.account_overview overview
           WHERE (overview.id = ANY (found.ids))), '[]'::jsonb), 'next', found.next, 'total', ((found.summary)::jsonb -> 'accounts'::text), 'summary', (found.summary)::jsonb, 'problem', cs.criteria_problem(search_accounts.criteria)) AS jsonb_build_object
    FROM cs.search_page(search_accounts.criteria, search_accounts.sort, search_accounts.after, search_accounts.page_size, search_accounts.with_total) found(ids, next, summary);
END;

ALTER FUNCTION cs.search_accounts(criteria jsonb, sort text, after text, page_size integer, with_total boolean) OWNER TO cs_owner;

--
-- Name: FUNCTION search_accounts(criteria jsonb, sort text, after text, page_size integer, with_total boolean); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.search_accounts(criteria jsonb, sort text, after text, page_size integer, with_total boolean) IS 'A page of the accounts that meet criteria (NULL: all), of those the caller sees: {rows: as account_overview, next: what to pass as after for the next page, or null, total, summary, problem}. sort: field.desc,field.asc over fields of criteria, tree for the order of the tree; NULLs last, name.asc unless given. summary: {accounts, arr, at_risk, renewing, at_risk_renewing}, of Active accounts At Risk or Critical, and those whose contract ends within 90 days; null, as total, without with_total. problem: a sentence where criteria name a stage, member or field that is gone, and what to do; null: they do not. page_size 1 to 1000. Errors: 22023 with the path of the fault, also for an after of another sort.';

--
-- Name: tenant_time_zone(); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.tenant_time_zone() RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE
    RETURN (SELECT cs.time_zone(tenant.settings) AS time_zone FROM cs.tenants tenant WHERE (tenant.id = cs.current_tenant_id()));

ALTER FUNCTION cs.tenant_time_zone() OWNER TO cs_owner;

--
-- Name: FUNCTION tenant_time_zone(); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.tenant_time_zone() IS 'The time zone of the own tenant, in which its days begin: recorded_at at time zone cs.tenant_time_zone(). NULL without a tenant.';

--
-- Name: undo_time(); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.undo_time() RETURNS interval
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN '00:10:00'::interval;

ALTER FUNCTION cs.undo_time() OWNER TO cs_owner;

--
-- Name: FUNCTION undo_time(); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.undo_time() IS 'Internal: how long a move between stages can be undone.';

--
-- Name: webhook_allowed_hosts(); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.webhook_allowed_hosts() RETURNS text[]
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT
         CASE
             WHEN (cs.tenant_where('playbook.read'::text) IS NOT NULL) THEN ARRAY( SELECT btrim(host.it) AS btrim
                FROM unnest(string_to_array(current_setting('customer_success.webhook_allowed_hosts'::text, true), ','::text)) WITH ORDINALITY host(it, place)
               WHERE (btrim(host.it) <> ''::text)
               ORDER BY host.place)
             ELSE NULL::text[]
         END AS "case";
END;

ALTER FUNCTION cs.webhook_allowed_hosts() OWNER TO cs_owner;

--
-- Name: FUNCTION webhook_allowed_hosts(); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.webhook_allowed_hosts() IS 'The receivers on private addresses or without TLS that an administrator of the server allows (customer_success.webhook_allowed_hosts), for who may see playbooks; else NULL.';

--
-- Name: account_members; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.account_members (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    account_id uuid NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY cs.account_members FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.account_members OWNER TO cs_owner;

--
-- Name: TABLE account_members; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.account_members IS 'Who works on an account in addition to its CSM. A Contributor sees own accounts and these.';

--
-- Name: account_milestone_status; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.account_milestone_status WITH (security_invoker='true') AS
 SELECT account.tenant_id,
    account.id AS account_id,
    account.name AS account_name,
    milestone.id AS milestone_id,
    stage.name AS stage,
    milestone.title,
    milestone.is_required,
    COALESCE(settled.state, 'open'::text) AS state,
    settled.reason,
    settled.completed_at,
    settled.completed_by,
    due.at AS due_at,
    ((settled.state IS NULL) AND COALESCE((due.at < now()), false)) AS is_overdue,
    milestone.display_order
   FROM (((((cs.accounts account
     JOIN cs.journey_stages stage ON (((stage.tenant_id = account.tenant_id) AND (stage.name = account.current_stage))))
     JOIN cs.stage_milestones milestone ON (((milestone.tenant_id = stage.tenant_id) AND (milestone.stage_id = stage.id))))
     LEFT JOIN cs.account_milestones settled ON (((settled.tenant_id = account.tenant_id) AND (settled.account_id = account.id) AND (settled.milestone_id = milestone.id))))
     LEFT JOIN cs.counted_stays stay ON (((stay.tenant_id = account.tenant_id) AND (stay.account_id = account.id) AND (stay.exited_at IS NULL))))
     LEFT JOIN LATERAL ( SELECT cs.milestone_due_at(stay.entered_at, milestone.due_after_days) AS at) due ON (true))
  WHERE (milestone.is_active OR (settled.state IS NOT NULL));

ALTER TABLE cs.account_milestone_status OWNER TO cs_owner;

--
-- Name: VIEW account_milestone_status; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.account_milestone_status IS 'The milestones of each account''s current stage, and their state.';

--
-- Name: COLUMN account_milestone_status.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.account_id IS 'The account.';

--
-- Name: COLUMN account_milestone_status.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.account_name IS 'The name of the account.';

--
-- Name: COLUMN account_milestone_status.milestone_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.milestone_id IS 'The milestone.';

--
-- Name: COLUMN account_milestone_status.stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.stage IS 'The name of the stage.';

--
-- Name: COLUMN account_milestone_status.title; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.title IS 'What it is, in a few words.';

--
-- Name: COLUMN account_milestone_status.is_required; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.is_required IS 'Whether the account cannot go on before it is done or waived.';

--
-- Name: COLUMN account_milestone_status.state; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.state IS 'open, done or waived.';

--
-- Name: COLUMN account_milestone_status.reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.reason IS 'Why it was waived; NULL: it was not.';

--
-- Name: COLUMN account_milestone_status.completed_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.completed_at IS 'When it was completed or waived; NULL: it is open.';

--
-- Name: COLUMN account_milestone_status.completed_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.completed_by IS 'The name of who completed or waived it; NULL: it completed itself, or is open.';

--
-- Name: COLUMN account_milestone_status.due_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.due_at IS 'When it is due, counted from when the account entered the stage; NULL: never.';

--
-- Name: COLUMN account_milestone_status.is_overdue; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.is_overdue IS 'Open although its time has passed.';

--
-- Name: COLUMN account_milestone_status.display_order; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.display_order IS 'Its place among the others, the lowest first.';

--
-- Name: account_tree; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.account_tree WITH (security_invoker='true') AS
 WITH member AS MATERIALIZED (
         SELECT account.tenant_id,
            account.id,
            account.parent_id,
            account.name,
            account.hierarchy_level AS level,
            account.hierarchy_path AS path,
            account.status,
            account.current_stage,
            account.contract_end_date,
                CASE
                    WHEN (account.status = 'Churned'::cs.account_status) THEN (0)::numeric
                    ELSE COALESCE(account.arr, (0)::numeric)
                END AS arr,
            COALESCE(cs.parent_arr_includes_children(tenant.settings), false) AS includes_children,
            score.overall_score,
            score.risk_level,
            score.confidence
           FROM ((cs.accounts account
             JOIN cs.tenants tenant ON ((tenant.id = account.tenant_id)))
             LEFT JOIN cs.health_scores score ON (((score.tenant_id = account.tenant_id) AND (score.account_id = account.id) AND score.is_current)))
        ), below AS (
         SELECT member.tenant_id,
            member.parent_id,
            (count(*))::integer AS children,
            sum(member.arr) AS arr
           FROM member
          WHERE (member.parent_id IS NOT NULL)
          GROUP BY member.tenant_id, member.parent_id
        ), counted AS MATERIALIZED (
         SELECT member.tenant_id,
            member.id,
            member.parent_id,
            member.name,
            member.level,
            member.path,
            member.status,
            member.current_stage,
            member.contract_end_date,
            member.arr,
            member.includes_children,
            member.overall_score,
            member.risk_level,
            member.confidence,
            COALESCE(below.children, 0) AS children,
                CASE
                    WHEN member.includes_children THEN GREATEST((0)::numeric, ((member.arr - COALESCE(below.arr, (0)::numeric)) - COALESCE(hidden.arr, (0)::numeric)))
                    ELSE member.arr
                END AS own_arr,
            ((member.status = 'Active'::cs.account_status) AND (member.overall_score IS NOT NULL) AND (member.confidence IS DISTINCT FROM 'low'::text)) AS is_scored
           FROM ((member
             LEFT JOIN below ON (((below.tenant_id = member.tenant_id) AND (below.parent_id = member.id))))
             LEFT JOIN cs.hidden_children() hidden(tenant_id, parent_id, arr) ON (((hidden.tenant_id = member.tenant_id) AND (hidden.parent_id = member.id))))
        ), family AS (
         SELECT counted_1.tenant_id,
            step.id,
            (count(*))::integer AS accounts,
            sum(counted_1.own_arr) AS arr,
            (round(COALESCE((sum((counted_1.own_arr * (counted_1.overall_score)::numeric)) FILTER (WHERE counted_1.is_scored) / NULLIF(sum(counted_1.own_arr) FILTER (WHERE counted_1.is_scored), (0)::numeric)), avg(counted_1.overall_score) FILTER (WHERE counted_1.is_scored))))::integer AS score,
            min(counted_1.overall_score) FILTER (WHERE counted_1.is_scored) AS worst_score,
            (count(*) FILTER (WHERE (counted_1.is_scored AND (counted_1.risk_level = 'Critical'::cs.risk_level))))::integer AS critical,
            COALESCE(sum(counted_1.own_arr) FILTER (WHERE (counted_1.is_scored AND (counted_1.risk_level = ANY (ARRAY['At Risk'::cs.risk_level, 'Critical'::cs.risk_level])))), (0)::numeric) AS arr_at_risk,
            min(counted_1.contract_end_date) FILTER (WHERE (counted_1.status <> 'Churned'::cs.account_status)) AS earliest_renewal
           FROM (counted counted_1
             CROSS JOIN LATERAL unnest(string_to_array(counted_1.path, '/'::text)) step(id))
          GROUP BY counted_1.tenant_id, step.id
        )
 SELECT counted.tenant_id,
    counted.id,
    counted.parent_id,
    counted.name,
    counted.level,
    counted.path,
    counted.children,
    (family.accounts - 1) AS descendants,
    (counted.status)::text AS status,
    counted.current_stage,
    counted.own_arr,
    family.arr AS family_arr,
    counted.overall_score,
    (counted.risk_level)::text AS risk_level,
    counted.confidence,
    family.score AS family_score,
    family.worst_score AS family_worst_score,
    family.critical AS family_critical,
    family.arr_at_risk AS family_arr_at_risk,
    family.earliest_renewal AS family_earliest_renewal
   FROM (counted
     JOIN family ON (((family.tenant_id = counted.tenant_id) AND (family.id = (counted.id)::text))));

ALTER TABLE cs.account_tree OWNER TO cs_owner;

--
-- Name: VIEW account_tree; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.account_tree IS 'The tree of accounts, each with the totals of its family: itself and all below it that the reader sees. Ordered by path, a child follows its parent.';

--
-- Name: COLUMN account_tree.id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.id IS 'Its id.';

--
-- Name: COLUMN account_tree.parent_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.parent_id IS 'The account above it; NULL: it is a root.';

--
-- Name: COLUMN account_tree.name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.name IS 'Its name.';

--
-- Name: COLUMN account_tree.level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.level IS 'Depth in the tree, 0 for a root.';

--
-- Name: COLUMN account_tree.path; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.path IS 'Ids from the root to this account, joined by /.';

--
-- Name: COLUMN account_tree.children; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.children IS 'Accounts directly below.';

--
-- Name: COLUMN account_tree.descendants; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.descendants IS 'Accounts below, at any depth.';

--
-- Name: COLUMN account_tree.status; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.status IS 'Active, Paused or Churned.';

--
-- Name: COLUMN account_tree.current_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.current_stage IS 'The stage of the journey the account is in.';

--
-- Name: COLUMN account_tree.own_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.own_arr IS 'ARR that counts for this account alone: 0 once it has churned; with the setting parent_arr_includes_children, without that of its children.';

--
-- Name: COLUMN account_tree.family_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_arr IS 'Sum of own_arr over the family.';

--
-- Name: COLUMN account_tree.overall_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.overall_score IS 'The health score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN account_tree.risk_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.risk_level IS 'The level of the score: Healthy, At Risk or Critical; NULL: no score.';

--
-- Name: COLUMN account_tree.confidence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.confidence IS 'How much data the score rests on: high, medium or low.';

--
-- Name: COLUMN account_tree.family_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_score IS 'Mean health of the family weighted by own_arr; accounts that are lost, paused or without a score, and scores of low confidence, left out, as in all figures of health.';

--
-- Name: COLUMN account_tree.family_worst_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_worst_score IS 'The lowest score in the family, of the accounts that family_score is of.';

--
-- Name: COLUMN account_tree.family_critical; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_critical IS 'The number of accounts in the family that are Critical, of those that family_score is of.';

--
-- Name: COLUMN account_tree.family_arr_at_risk; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_arr_at_risk IS 'Sum of own_arr over accounts of the family that are At Risk or Critical, of those that family_score is of.';

--
-- Name: COLUMN account_tree.family_earliest_renewal; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_earliest_renewal IS 'The earliest end of a contract in the family; lost customers left out.';

--
-- Name: api_tokens; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.api_tokens (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    user_id uuid NOT NULL,
    name text NOT NULL,
    token_hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone,
    revoked_at timestamp with time zone,
    CONSTRAINT api_tokens_name_check CHECK ((btrim(name) <> ''::text))
);

ALTER TABLE ONLY cs.api_tokens FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.api_tokens OWNER TO cs_owner;

--
-- Name: TABLE api_tokens; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.api_tokens IS 'Tokens with which programs act as the person who created them.';

--
-- Name: COLUMN api_tokens.token_hash; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.api_tokens.token_hash IS 'SHA-256 of the token, in hexadecimal; the token itself is shown only once.';

--
-- Name: COLUMN api_tokens.expires_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.api_tokens.expires_at IS 'NULL: valid until it is revoked.';

--
-- Name: arr_months; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.arr_months WITH (security_invoker='true') AS
 SELECT tenant.id AS tenant_id,
    (month.local)::date AS month,
    (month.local AT TIME ZONE zone.name) AS since,
        CASE
            WHEN (month.local < date_trunc('month'::text, (now() AT TIME ZONE zone.name))) THEN ((month.local + '1 mon'::interval) AT TIME ZONE zone.name)
            ELSE NULL::timestamp with time zone
        END AS until
   FROM (((cs.tenants tenant
     CROSS JOIN LATERAL ( SELECT cs.time_zone(tenant.settings) AS name) zone)
     CROSS JOIN LATERAL ( SELECT min(history.valid_from) AS at
           FROM cs.arr_history history
          WHERE (history.tenant_id = tenant.id)) first)
     CROSS JOIN LATERAL generate_series(date_trunc('month'::text, (first.at AT TIME ZONE zone.name)), date_trunc('month'::text, (now() AT TIME ZONE zone.name)), '1 mon'::interval) month(local));

ALTER TABLE cs.arr_months OWNER TO cs_owner;

--
-- Name: VIEW arr_months; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.arr_months IS 'The months for which a tenant''s ARR is known, in its time zone, for views by month.';

--
-- Name: COLUMN arr_months.month; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_months.month IS 'The first day of the month, in the tenant''s time zone.';

--
-- Name: COLUMN arr_months.since; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_months.since IS 'Since when.';

--
-- Name: COLUMN arr_months.until; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_months.until IS 'The beginning of the next month; NULL for the current one.';

--
-- Name: arr_bridge; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.arr_bridge WITH (security_invoker='true') AS
 SELECT month.tenant_id,
    month.month,
    COALESCE(sum(flow.start_arr), (0)::numeric) AS start_arr,
    COALESCE(sum(flow.new_arr), (0)::numeric) AS new_arr,
    COALESCE(sum(flow.returned_arr), (0)::numeric) AS returned_arr,
    COALESCE(sum(flow.expansion), (0)::numeric) AS expansion,
    COALESCE(sum(flow.contraction), (0)::numeric) AS contraction,
    COALESCE(sum(flow.churned_arr), (0)::numeric) AS churned_arr,
    COALESCE(sum(flow.end_arr), (0)::numeric) AS end_arr
   FROM (cs.arr_months month
     LEFT JOIN LATERAL cs.arr_between(month.since, COALESCE(month.until, 'infinity'::timestamp with time zone)) flow(tenant_id, account_id, start_arr, new_arr, returned_arr, expansion, contraction, churned_arr, end_arr, kept, paying_since) ON ((flow.tenant_id = month.tenant_id)))
  GROUP BY month.tenant_id, month.month;

ALTER TABLE cs.arr_bridge OWNER TO cs_owner;

--
-- Name: VIEW arr_bridge; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.arr_bridge IS 'Month by month, the current one up to now: start + new + returned + expansion - contraction - churned = end. A month starts with what the month before ended with; what begins or ends at midnight of the 1st belongs to that month.';

--
-- Name: COLUMN arr_bridge.month; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_bridge.month IS 'The first day of the month, in the tenant''s time zone.';

--
-- Name: COLUMN arr_bridge.start_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_bridge.start_arr IS 'The ARR at the start.';

--
-- Name: COLUMN arr_bridge.new_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_bridge.new_arr IS 'The ARR of customers that pay for the first time.';

--
-- Name: COLUMN arr_bridge.returned_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_bridge.returned_arr IS 'The ARR of customers that were lost once and pay again.';

--
-- Name: COLUMN arr_bridge.expansion; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_bridge.expansion IS 'What customers that stay pay more.';

--
-- Name: COLUMN arr_bridge.contraction; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_bridge.contraction IS 'What customers that stay pay less.';

--
-- Name: COLUMN arr_bridge.churned_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_bridge.churned_arr IS 'The ARR of customers that were lost.';

--
-- Name: COLUMN arr_bridge.end_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.arr_bridge.end_arr IS 'The ARR at the end.';

--
-- Name: audit_log; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.audit_log (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    at timestamp with time zone NOT NULL,
    actor_id uuid,
    database_role text NOT NULL,
    client_id uuid,
    action text NOT NULL,
    table_name text NOT NULL,
    row_key jsonb NOT NULL,
    before jsonb,
    after jsonb,
    reason text,
    CONSTRAINT audit_log_action_check CHECK ((action = ANY (ARRAY['insert'::text, 'update'::text, 'delete'::text])))
);

ALTER TABLE ONLY cs.audit_log FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.audit_log OWNER TO cs_owner;

--
-- Name: TABLE audit_log; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.audit_log IS 'Every change of configuration, people and accounts: who, what, before, after. Nothing in it can be changed or removed.';

--
-- Name: COLUMN audit_log.actor_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.actor_id IS 'The person; NULL: the database or a superuser. No foreign key: the record outlives people.';

--
-- Name: COLUMN audit_log.database_role; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.database_role IS 'The database role of the session.';

--
-- Name: COLUMN audit_log.client_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.client_id IS 'The browser tab or integration, where the caller named one.';

--
-- Name: COLUMN audit_log.row_key; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.row_key IS 'The columns that identify the row within its table.';

--
-- Name: COLUMN audit_log.before; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.before IS 'The columns that changed, as they were; of secrets only that they changed.';

--
-- Name: COLUMN audit_log.after; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.after IS 'The columns that changed, as they became; of secrets only that they changed.';

--
-- Name: COLUMN audit_log.reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.reason IS 'Why, where it was asked for: of accounts that were deleted or merged.';

--
-- Name: automation_health; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.automation_health WITH (security_invoker='true') AS
 SELECT figures.tenant_id,
    figures.tenant,
    figures.problem,
    counted.worker_is_running,
    counted.worker_beat_at,
    counted.chores_are_running,
    counted.pending,
    counted.due,
    counted.oldest_due_at,
    counted.oldest_due_seconds,
    counted.held,
    counted.processing,
    counted.completed_minute,
    counted.failed_minute,
    counted.completed_hour,
    counted.failed_hour,
    counted.completed_day,
    counted.failed_day,
    counted.failed_percent_day,
    counted.breakers,
    counted.bytes_waiting,
    counted.dead_letters,
    counted.marked_accounts,
    counted.is_copy
   FROM (cs.automation_figures() figures(tenant_id, tenant, figures, problem)
     CROSS JOIN LATERAL jsonb_to_record(figures.figures) counted(worker_is_running boolean, worker_beat_at timestamp with time zone, chores_are_running boolean, pending bigint, due bigint, oldest_due_at timestamp with time zone, oldest_due_seconds bigint, held jsonb, processing bigint, completed_minute bigint, failed_minute bigint, completed_hour bigint, failed_hour bigint, completed_day bigint, failed_day bigint, failed_percent_day numeric, breakers jsonb, bytes_waiting bigint, dead_letters bigint, marked_accounts bigint, is_copy boolean));

ALTER TABLE cs.automation_health OWNER TO cs_owner;

--
-- Name: VIEW automation_health; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.automation_health IS 'How automation is doing, a row per tenant: whether the workers run, what waits and for how long, what arrived and what was given up. Of one''s own tenant for who may see playbooks; of all for superusers and members of pg_monitor. Counts are of the whole tenant.';

--
-- Name: COLUMN automation_health.tenant; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.tenant IS 'The short name of the tenant.';

--
-- Name: COLUMN automation_health.problem; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.problem IS 'What is wrong and what to do, as a sentence, the worst first; NULL: nothing.';

--
-- Name: COLUMN automation_health.worker_is_running; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.worker_is_running IS 'Whether the worker that sends deliveries runs.';

--
-- Name: COLUMN automation_health.worker_beat_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.worker_beat_at IS 'When it was last seen at work; NULL: unknown.';

--
-- Name: COLUMN automation_health.chores_are_running; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.chores_are_running IS 'Whether the worker for scores and what comes by time runs.';

--
-- Name: COLUMN automation_health.pending; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.pending IS 'Deliveries still to be sent and not under way, held ones included.';

--
-- Name: COLUMN automation_health.due; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.due IS 'Those of them that nothing holds and whose time has come.';

--
-- Name: COLUMN automation_health.oldest_due_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.oldest_due_at IS 'Since when the oldest delivery that is due has been waiting; NULL: none is due.';

--
-- Name: COLUMN automation_health.oldest_due_seconds; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.oldest_due_seconds IS 'For how long the oldest of those has been due; NULL without any.';

--
-- Name: COLUMN automation_health.held; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.held IS 'How many are held, by reason: {"playbook": 3}; reasons as in webhook_queue.held.';

--
-- Name: COLUMN automation_health.processing; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.processing IS 'Deliveries of which a try takes longer than a moment.';

--
-- Name: COLUMN automation_health.completed_minute; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.completed_minute IS 'Deliveries that arrived in the last minute. This and the other counts by time are of deliveries made in the last four days, at most the latest 200,000.';

--
-- Name: COLUMN automation_health.failed_minute; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.failed_minute IS 'Deliveries that were given up or cancelled in the last minute.';

--
-- Name: COLUMN automation_health.completed_hour; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.completed_hour IS 'How many deliveries ended well in the last hour.';

--
-- Name: COLUMN automation_health.failed_hour; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.failed_hour IS 'How many deliveries were given up in the last hour.';

--
-- Name: COLUMN automation_health.completed_day; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.completed_day IS 'How many deliveries ended well in the last 24 hours.';

--
-- Name: COLUMN automation_health.failed_day; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.failed_day IS 'How many deliveries were given up in the last 24 hours.';

--
-- Name: COLUMN automation_health.failed_percent_day; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.failed_percent_day IS 'Of the deliveries that ended in the last 24 hours, the share that was given up or cancelled, in percent; NULL without any.';

--
-- Name: COLUMN automation_health.breakers; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.breakers IS 'Receivers that are left alone at present: [{host, opened_at, probe_at, failures, last_error}].';

--
-- Name: COLUMN automation_health.bytes_waiting; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.bytes_waiting IS 'Length of the payloads that wait; of more than 100,000 deliveries an estimate.';

--
-- Name: COLUMN automation_health.dead_letters; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.dead_letters IS 'Deliveries that were given up or cancelled and not sent again since; kept for customer_success.dead_letter_retention_days.';

--
-- Name: COLUMN automation_health.marked_accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.marked_accounts IS 'Accounts that wait to be scored again.';

--
-- Name: COLUMN automation_health.is_copy; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.automation_health.is_copy IS 'This database is a copy of another, or was moved, and sends nothing of its own before a superuser calls confirm_webhooks().';

--
-- Name: cohorts; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.cohorts WITH (security_invoker='true') AS
 WITH month AS (
         SELECT month.tenant_id,
            month.month,
            ((row_number() OVER (PARTITION BY month.tenant_id ORDER BY month.month) - 1))::integer AS place,
            COALESCE(month.until, 'infinity'::timestamp with time zone) AS at
           FROM cs.arr_months month
        ), customer AS MATERIALIZED (
         SELECT held.tenant_id,
            held.customer_id,
            (date_trunc('month'::text, cs.local_time(tenant.settings, min(held.paying_since))))::date AS cohort
           FROM (cs.arr_at('infinity'::timestamp with time zone, 'infinity'::timestamp with time zone, 'infinity'::timestamp with time zone) held(tenant_id, account_id, customer_id, earlier_arr, start_arr, end_arr, paying_since)
             JOIN cs.tenants tenant ON ((tenant.id = held.tenant_id)))
          WHERE (held.paying_since IS NOT NULL)
          GROUP BY held.tenant_id, held.customer_id, tenant.settings
        ), began AS (
         SELECT customer.tenant_id,
            customer.cohort,
            (count(*))::integer AS accounts
           FROM customer
          GROUP BY customer.tenant_id, customer.cohort
        ), span AS (
         SELECT customer.tenant_id,
            customer.cohort,
            held.first,
            held.beyond,
            count(*) AS accounts,
            sum(held.arr) AS arr
           FROM ((( SELECT month.tenant_id,
                    array_agg(month.at ORDER BY month.place) AS at
                   FROM month
                  GROUP BY month.tenant_id) moment
             CROSS JOIN LATERAL cs.customer_arr_ranges(moment.at) held(tenant_id, customer_id, first, beyond, arr))
             JOIN customer ON (((customer.tenant_id = held.tenant_id) AND (customer.customer_id = held.customer_id))))
          WHERE (held.tenant_id = moment.tenant_id)
          GROUP BY customer.tenant_id, customer.cohort, held.first, held.beyond
        ), left_over AS (
         SELECT month.tenant_id,
            began.cohort,
            (((((12)::numeric * (EXTRACT(year FROM month.month) - EXTRACT(year FROM began.cohort))) + EXTRACT(month FROM month.month)) - EXTRACT(month FROM began.cohort)))::integer AS months_since,
            began.accounts AS accounts_started,
            (COALESCE(sum(span.accounts), (0)::numeric))::integer AS accounts,
            COALESCE(sum(span.arr), (0)::numeric) AS arr
           FROM ((began
             JOIN month ON (((month.tenant_id = began.tenant_id) AND (month.month >= began.cohort))))
             LEFT JOIN span ON (((span.tenant_id = began.tenant_id) AND (span.cohort = began.cohort) AND (span.first <= month.place) AND (span.beyond > month.place))))
          GROUP BY month.tenant_id, began.cohort, began.accounts, month.month
        )
 SELECT it.tenant_id,
    it.cohort,
    it.months_since,
    it.accounts_started,
    it.accounts,
    it.arr,
    round(((it.accounts)::numeric / (it.accounts_started)::numeric), 4) AS accounts_kept,
    round((it.arr / NULLIF(it.arr_started, (0)::numeric)), 4) AS arr_kept,
    it.arr_started
   FROM ( SELECT left_over.tenant_id,
            left_over.cohort,
            left_over.months_since,
            left_over.accounts_started,
            left_over.accounts,
            left_over.arr,
            first_value(left_over.arr) OVER (PARTITION BY left_over.tenant_id, left_over.cohort ORDER BY left_over.months_since) AS arr_started
           FROM left_over) it;

ALTER TABLE cs.cohorts OWNER TO cs_owner;

--
-- Name: VIEW cohorts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.cohorts IS 'Of the customers whose first ARR that counted began in a month, how many, and how much ARR, were left at the end of it and of each month since; the current month up to now. With parent_arr_includes_children a customer is a family, else an account.';

--
-- Name: COLUMN cohorts.cohort; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.cohorts.cohort IS 'The first day of the month in which their ARR began, in the tenant''s time zone.';

--
-- Name: COLUMN cohorts.months_since; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.cohorts.months_since IS '0: the month they began in.';

--
-- Name: COLUMN cohorts.accounts_started; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.cohorts.accounts_started IS 'The customers that began.';

--
-- Name: COLUMN cohorts.accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.cohorts.accounts IS 'How many accounts.';

--
-- Name: COLUMN cohorts.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.cohorts.arr IS 'Annual recurring revenue, in the tenant''s currency.';

--
-- Name: COLUMN cohorts.accounts_kept; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.cohorts.accounts_kept IS 'Share of the customers that began, 0 to 1.';

--
-- Name: COLUMN cohorts.arr_kept; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.cohorts.arr_kept IS 'ARR as a share of that at the end of the month they began in; above 1 where they grew. NULL where that was 0.';

--
-- Name: COLUMN cohorts.arr_started; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.cohorts.arr_started IS 'Their ARR at the end of the month they began in.';

--
-- Name: contacts; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.contacts (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    full_name text NOT NULL,
    email text,
    phone text,
    title text,
    is_primary boolean DEFAULT false NOT NULL,
    notes text,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT contacts_full_name_check CHECK ((btrim(full_name) <> ''::text))
);

ALTER TABLE ONLY cs.contacts FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.contacts OWNER TO cs_owner;

--
-- Name: TABLE contacts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.contacts IS 'People at a customer: names, e-mail addresses and phone numbers are personal data. Anyone who sees the account sees them; the audit log keeps former values.';

--
-- Name: COLUMN contacts.full_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.contacts.full_name IS 'Personal data.';

--
-- Name: COLUMN contacts.email; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.contacts.email IS 'Personal data.';

--
-- Name: COLUMN contacts.phone; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.contacts.phone IS 'Personal data; as written, not checked.';

--
-- Name: COLUMN contacts.title; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.contacts.title IS 'Job title at the customer, such as Head of Operations.';

--
-- Name: COLUMN contacts.is_primary; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.contacts.is_primary IS 'The person to contact first; at most one per account.';

--
-- Name: COLUMN contacts.notes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.contacts.notes IS 'May hold personal data.';

--
-- Name: criteria_fields; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.criteria_fields WITH (security_invoker='true') AS
 SELECT listed.tenant_id,
    listed.field,
    listed.label,
    listed.type,
    listed.operators,
    listed.choices,
    listed.description,
    (row_number() OVER (PARTITION BY listed.tenant_id ORDER BY listed.part, listed.place, listed.field))::integer AS display_order,
    listed.in_lists
   FROM ( SELECT tenant.id AS tenant_id,
            1 AS part,
            known.place,
            known.field,
            known.label,
            known.kind AS type,
            known.operators,
            known.choices,
            known.description,
            NULL::boolean AS in_lists
           FROM (cs.tenants tenant
             CROSS JOIN cs.criteria_field_list() known(place, field, label, kind, operators, choices, description))
          WHERE (known.field <> 'crm_attributes.*'::text)
        UNION ALL
         SELECT custom.tenant_id,
            2,
            custom.display_order,
            ('crm_attributes.'::text || custom.key),
            custom.label,
            custom.type,
            cs.custom_field_operators(custom.type) AS custom_field_operators,
                CASE
                    WHEN (custom.options IS NOT NULL) THEN ARRAY( SELECT jsonb_array_elements_text(custom.options) AS jsonb_array_elements_text)
                    ELSE NULL::text[]
                END AS "case",
            custom.description,
            custom.in_lists
           FROM cs.custom_fields custom
          WHERE custom.is_active
        UNION ALL
         SELECT attribute.tenant_id,
            3,
            0,
            ('crm_attributes.'::text || attribute.key),
            attribute.key,
            known.kind,
            known.operators,
            known.choices,
            known.description,
            NULL::boolean AS in_lists
           FROM (( SELECT DISTINCT account.tenant_id,
                    held.key
                   FROM (cs.accounts account
                     CROSS JOIN LATERAL jsonb_object_keys(account.crm_attributes) held(key))
                  WHERE ((held.key <> ''::text) AND (held.key !~~ '%.%'::text))) attribute
             JOIN cs.criteria_field_list() known(place, field, label, kind, operators, choices, description) ON ((known.field = 'crm_attributes.*'::text)))
          WHERE (NOT (EXISTS ( SELECT
                   FROM cs.custom_fields custom
                  WHERE ((custom.tenant_id = attribute.tenant_id) AND (custom.key = attribute.key) AND custom.is_active))))) listed;

ALTER TABLE cs.criteria_fields OWNER TO cs_owner;

--
-- Name: VIEW criteria_fields; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.criteria_fields IS 'The fields that criteria can use: the built-in ones, the active custom fields, and every other outermost key of crm_attributes on the accounts the reader sees. Dots lead to deeper keys, such as crm_attributes.plan.tier.';

--
-- Name: COLUMN criteria_fields.field; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.field IS 'As criteria write it.';

--
-- Name: COLUMN criteria_fields.label; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.label IS 'What people call it.';

--
-- Name: COLUMN criteria_fields.type; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.type IS 'number, text, date (YYYY-MM-DD), choice, stage (name or id), member (e-mail, name or id), account (id) or any: compared where it has the type of the value given; for a custom field its own type: url has the operators of text, currency and percent those of number, and contains of multi_choice looks for one of the choices.';

--
-- Name: COLUMN criteria_fields.operators; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.operators IS 'Its operators, the most likely ones first.';

--
-- Name: COLUMN criteria_fields.choices; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.choices IS 'The labels of a choice or multi_choice; NULL for all other types.';

--
-- Name: COLUMN criteria_fields.description; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.description IS 'What it is for, in words.';

--
-- Name: COLUMN criteria_fields.display_order; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.display_order IS 'Its place in a list: built-in fields, custom fields in their own order, then everything else that the CRM knows, by name.';

--
-- Name: COLUMN criteria_fields.in_lists; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.in_lists IS 'For custom fields: whether lists of accounts offer it as a column; NULL for all others.';

--
-- Name: csm_workload; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.csm_workload WITH (security_invoker='true') AS
 SELECT COALESCE(profile.tenant_id, load.tenant_id) AS tenant_id,
    profile.user_id,
    profile.full_name,
    profile.is_active,
    COALESCE(load.accounts, 0) AS accounts,
    COALESCE(load.arr, (0)::numeric) AS arr,
    load.average_score,
    COALESCE(load.at_risk, 0) AS at_risk,
    COALESCE(load.critical, 0) AS critical,
    COALESCE(load.stuck, 0) AS stuck,
    COALESCE(load.renewals_90d, 0) AS renewals_90d,
    COALESCE(overdue.milestones, 0) AS overdue_milestones,
    COALESCE(open.tasks, 0) AS open_tasks,
    load.oldest_touch_days,
    COALESCE(load.arr_at_risk, (0)::numeric) AS arr_at_risk,
    jsonb_build_object('all', jsonb_build_array(kept.lasting, kept.own)) AS list,
    jsonb_build_object('all', jsonb_build_array(kept.lasting, kept.own, kept.risky)) AS at_risk_list
   FROM ((((cs.profiles profile
     FULL JOIN ( SELECT overview.tenant_id,
            overview.csm_id,
            (count(*))::integer AS accounts,
            sum(counted.arr) AS arr,
            round(avg(overview.overall_score) FILTER (WHERE (band.name = ANY (ARRAY['Healthy'::text, 'At Risk'::text, 'Critical'::text]))), 1) AS average_score,
            (count(*) FILTER (WHERE (band.name = 'At Risk'::text)))::integer AS at_risk,
            (count(*) FILTER (WHERE (band.name = 'Critical'::text)))::integer AS critical,
            (count(*) FILTER (WHERE (overview.stage_state = 'stuck'::text)))::integer AS stuck,
            (count(*) FILTER (WHERE ((overview.days_to_renewal >= 0) AND (overview.days_to_renewal <= 90))))::integer AS renewals_90d,
            max(cs.days_between(COALESCE(overview.last_touch_at, account.created_at), now())) AS oldest_touch_days,
            sum(counted.arr) FILTER (WHERE (band.name = ANY (ARRAY['At Risk'::text, 'Critical'::text]))) AS arr_at_risk
           FROM (((cs.account_overview overview
             JOIN cs.accounts account ON (((account.tenant_id = overview.tenant_id) AND (account.id = overview.id))))
             JOIN cs.counted_arr counted ON (((counted.tenant_id = overview.tenant_id) AND (counted.account_id = overview.id))))
             CROSS JOIN LATERAL ( SELECT cs.health_band((overview.status)::cs.account_status, overview.risk_level, overview.confidence) AS name) band)
          WHERE (overview.status <> 'Churned'::text)
          GROUP BY overview.tenant_id, overview.csm_id) load ON (((load.tenant_id = profile.tenant_id) AND (load.csm_id = profile.user_id))))
     LEFT JOIN ( SELECT account.tenant_id,
            account.csm_id,
            (count(*))::integer AS milestones
           FROM (cs.account_milestone_status milestone
             JOIN cs.accounts account ON (((account.tenant_id = milestone.tenant_id) AND (account.id = milestone.account_id))))
          WHERE (milestone.is_overdue AND (account.status <> 'Churned'::cs.account_status))
          GROUP BY account.tenant_id, account.csm_id) overdue ON (((overdue.tenant_id = COALESCE(profile.tenant_id, load.tenant_id)) AND (NOT (overdue.csm_id IS DISTINCT FROM profile.user_id)))))
     LEFT JOIN ( SELECT account.tenant_id,
            COALESCE(task.assigned_to, account.csm_id) AS person_id,
            (count(*))::integer AS tasks
           FROM (cs.activities task
             JOIN cs.accounts account ON (((account.tenant_id = task.tenant_id) AND (account.id = task.account_id))))
          WHERE ((task.kind = 'task'::text) AND (task.done_at IS NULL) AND (account.status <> 'Churned'::cs.account_status))
          GROUP BY account.tenant_id, COALESCE(task.assigned_to, account.csm_id)) open ON (((open.tenant_id = COALESCE(profile.tenant_id, load.tenant_id)) AND (NOT (open.person_id IS DISTINCT FROM profile.user_id)))))
     CROSS JOIN LATERAL ( SELECT '{"op": "ne", "field": "status", "value": "Churned"}'::jsonb AS lasting,
                CASE
                    WHEN (profile.user_id IS NULL) THEN '{"op": "is_not_set", "field": "csm"}'::jsonb
                    ELSE jsonb_build_object('field', 'csm', 'op', 'eq', 'value', profile.user_id)
                END AS own,
            '{"op": "in", "field": "health_band", "value": ["At Risk", "Critical"]}'::jsonb AS risky) kept);

ALTER TABLE cs.csm_workload OWNER TO cs_owner;

--
-- Name: VIEW csm_workload; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.csm_workload IS 'What each member looks after, of the accounts that the reader sees; lost customers left out. Former members are listed too, for accounts they left behind; accounts without a CSM are one row, so that all rows together are the portfolio.';

--
-- Name: COLUMN csm_workload.user_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.user_id IS 'NULL, as are full_name and is_active, for the accounts without a CSM.';

--
-- Name: COLUMN csm_workload.full_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.full_name IS 'The name of the person in this tenant.';

--
-- Name: COLUMN csm_workload.is_active; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.is_active IS 'Whether it is in use; of a person, whether they may sign in.';

--
-- Name: COLUMN csm_workload.accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.accounts IS 'How many accounts.';

--
-- Name: COLUMN csm_workload.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.arr IS 'Annual recurring revenue, in the tenant''s currency.';

--
-- Name: COLUMN csm_workload.average_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.average_score IS 'Mean score; paused accounts and scores of low confidence left out, as in at_risk and critical.';

--
-- Name: COLUMN csm_workload.at_risk; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.at_risk IS 'How many of them are At Risk.';

--
-- Name: COLUMN csm_workload.critical; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.critical IS 'How many of them are Critical.';

--
-- Name: COLUMN csm_workload.stuck; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.stuck IS 'Accounts that have been in their stage longer than 1.5 times its target.';

--
-- Name: COLUMN csm_workload.renewals_90d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.renewals_90d IS 'Accounts whose contract ends within 90 days from today.';

--
-- Name: COLUMN csm_workload.overdue_milestones; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.overdue_milestones IS 'Open milestones that are past due.';

--
-- Name: COLUMN csm_workload.open_tasks; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.open_tasks IS 'Open tasks that are assigned to this person, or to no one and belong to one of these accounts.';

--
-- Name: COLUMN csm_workload.oldest_touch_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.oldest_touch_days IS 'Whole days since the last touch of the account that has waited longest; one never touched has waited since it was created. NULL without accounts.';

--
-- Name: COLUMN csm_workload.arr_at_risk; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.arr_at_risk IS 'The ARR of the accounts in at_risk and critical.';

--
-- Name: COLUMN csm_workload.list; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.list IS 'Criteria that match exactly these accounts.';

--
-- Name: COLUMN csm_workload.at_risk_list; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.csm_workload.at_risk_list IS 'Criteria that match exactly the accounts in at_risk and critical.';

--
-- Name: current_stays; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.current_stays WITH (security_invoker='true') AS
 SELECT stay.tenant_id,
    stay.account_id,
    stay.history_id,
    stage.id AS stage_id,
    stay.entered_at AS since,
    elapsed.seconds,
        CASE
            WHEN (elapsed.seconds > target.seconds) THEN (elapsed.seconds - target.seconds)
            ELSE NULL::numeric
        END AS over_seconds,
    cs.stage_state(elapsed.seconds, stage.target_duration_days) AS stage_state
   FROM (((cs.counted_stays stay
     JOIN cs.journey_stages stage ON (((stage.tenant_id = stay.tenant_id) AND (stage.name = stay.to_stage))))
     CROSS JOIN LATERAL ( SELECT EXTRACT(epoch FROM (now() - stay.entered_at)) AS seconds) elapsed)
     CROSS JOIN LATERAL ( SELECT ((stage.target_duration_days)::numeric * 86400.0) AS seconds) target)
  WHERE (stay.exited_at IS NULL);

ALTER TABLE cs.current_stays OWNER TO cs_owner;

--
-- Name: VIEW current_stays; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.current_stays IS 'The stay that each account is in, against the target of its stage.';

--
-- Name: COLUMN current_stays.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.current_stays.account_id IS 'The account.';

--
-- Name: COLUMN current_stays.history_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.current_stays.history_id IS 'Its row of journey_history: the argument of undo_stage_move.';

--
-- Name: COLUMN current_stays.stage_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.current_stays.stage_id IS 'The stage.';

--
-- Name: COLUMN current_stays.since; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.current_stays.since IS 'When it began; a move that was taken back does not end it.';

--
-- Name: COLUMN current_stays.seconds; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.current_stays.seconds IS 'How long it has lasted.';

--
-- Name: COLUMN current_stays.over_seconds; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.current_stays.over_seconds IS 'How long it has been beyond the target; NULL up to the target, and without one.';

--
-- Name: COLUMN current_stays.stage_state; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.current_stays.stage_state IS 'on_track up to the target, behind up to 1.5 times it, stuck beyond; NULL without a target.';

--
-- Name: database_logins; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.database_logins (
    tenant_id uuid NOT NULL,
    role_name text NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY cs.database_logins FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.database_logins OWNER TO cs_owner;

--
-- Name: TABLE database_logins; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.database_logins IS 'Database roles that act for a person: analysts and BI tools that connect as themselves. Written by link_database_role().';

--
-- Name: COLUMN database_logins.role_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.database_logins.role_name IS 'Name of the database role; each is in one tenant.';

--
-- Name: offered_roles; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.offered_roles (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    role_name text NOT NULL,
    offered_at timestamp with time zone DEFAULT now() NOT NULL
);

ALTER TABLE ONLY cs.offered_roles FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.offered_roles OWNER TO cs_owner;

--
-- Name: TABLE offered_roles; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.offered_roles IS 'Database roles that a DBA has offered to a tenant, for its administrators to link. Written by offer_database_role().';

--
-- Name: COLUMN offered_roles.role_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.offered_roles.role_name IS 'Name of the database role; each is offered to one tenant.';

--
-- Name: database_role_offers; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.database_role_offers WITH (security_invoker='true') AS
 SELECT offer.tenant_id,
    offer.role_name,
    offer.offered_at,
    login.user_id AS linked_user_id,
    person.email AS linked_email
   FROM ((cs.offered_roles offer
     LEFT JOIN cs.database_logins login ON (((login.tenant_id = offer.tenant_id) AND (login.role_name = offer.role_name))))
     LEFT JOIN cs.users person ON ((person.id = login.user_id)));

ALTER TABLE cs.database_role_offers OWNER TO cs_owner;

--
-- Name: VIEW database_role_offers; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.database_role_offers IS 'Database roles that a DBA has offered to the tenant, and who each is linked to by link_analyst(). Tenant Admins.';

--
-- Name: COLUMN database_role_offers.role_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.database_role_offers.role_name IS 'Name of the database role.';

--
-- Name: COLUMN database_role_offers.offered_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.database_role_offers.offered_at IS 'When the DBA offered it.';

--
-- Name: COLUMN database_role_offers.linked_user_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.database_role_offers.linked_user_id IS 'The member it acts for; NULL: nobody.';

--
-- Name: COLUMN database_role_offers.linked_email; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.database_role_offers.linked_email IS 'The e-mail address of that member; NULL: nobody.';

--
-- Name: event_channel; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.event_channel (
    only_row boolean DEFAULT true NOT NULL,
    name text NOT NULL,
    CONSTRAINT event_channel_only_row_check CHECK (only_row)
);

ALTER TABLE ONLY cs.event_channel FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.event_channel OWNER TO cs_owner;

--
-- Name: TABLE event_channel; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.event_channel IS 'Channel of the notifications that the gateway receives by listen_to_events(). Any role may LISTEN, so the name is random and no role may read it.';

--
-- Name: webhook_attempts; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.webhook_attempts (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    delivery_id uuid NOT NULL,
    account_id uuid NOT NULL,
    attempt integer NOT NULL,
    tried_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    response_status integer,
    response_body text,
    error text,
    duration_ms integer
);

ALTER TABLE ONLY cs.webhook_attempts FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.webhook_attempts OWNER TO cs_owner;

--
-- Name: TABLE webhook_attempts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.webhook_attempts IS 'Tries that did not complete a delivery, and those that did of deliveries that were sent again; the one that completed it last stands in webhook_queue. Purged together with their delivery.';

--
-- Name: COLUMN webhook_attempts.attempt; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_attempts.attempt IS 'Counted from 1, anew after the delivery was sent again by a person.';

--
-- Name: COLUMN webhook_attempts.tried_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_attempts.tried_at IS 'When it was over.';

--
-- Name: COLUMN webhook_attempts.response_body; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_attempts.response_body IS 'The first 2 kB of the answer.';

--
-- Name: COLUMN webhook_attempts.error; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_attempts.error IS 'Why there was no answer, or none that could be used.';

--
-- Name: webhook_breakers; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.webhook_breakers (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    host text NOT NULL,
    opened_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    probe_at timestamp with time zone NOT NULL,
    failures integer NOT NULL,
    last_error text
);

ALTER TABLE ONLY cs.webhook_breakers FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.webhook_breakers OWNER TO cs_owner;

--
-- Name: TABLE webhook_breakers; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.webhook_breakers IS 'Receivers that failed so often that they are left alone until one try in probe_at succeeds; deliveries to them wait, at the cost of no try. Kept by the worker.';

--
-- Name: COLUMN webhook_breakers.probe_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_breakers.probe_at IS 'When one delivery is tried again.';

--
-- Name: COLUMN webhook_breakers.failures; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_breakers.failures IS 'Failed tries one after the other.';

--
-- Name: webhook_deliveries; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.webhook_deliveries WITH (security_invoker='true') AS
 SELECT delivery.tenant_id,
    delivery.id,
    delivery.playbook_id,
    playbook.name AS playbook_name,
    delivery.account_id,
    COALESCE(account.name, gone.name) AS account_name,
    delivery.event_id,
    delivery.action,
    (delivery.payload ->> 'event_type'::text) AS event_type,
    delivery.channel,
    delivery.host,
    (delivery.status)::text AS status,
    delivery.held,
    waits.word AS waits_for,
        CASE waits.word
            WHEN 'copy'::text THEN 'This database is a copy: nothing of this is sent before a superuser calls cs.confirm_webhooks().'::text
            WHEN 'tenant'::text THEN 'The tenant is inactive.'::text
            WHEN 'playbook'::text THEN
            CASE
                WHEN (playbook.deleted_at IS NOT NULL) THEN 'Its playbook was deleted: it will be cancelled.'::text
                WHEN (playbook.id IS NULL) THEN 'Its playbook is gone.'::text
                WHEN (NOT playbook.is_active) THEN 'Its playbook is switched off: it is sent, or dropped, when someone switches it on.'::text
                ELSE 'Its playbook is paused: it is sent, or dropped, when someone switches it on.'::text
            END
            WHEN 'order'::text THEN 'An earlier delivery for this account comes first: its playbook sends in order.'::text
            WHEN 'receiver'::text THEN (((delivery.host || ' failed '::text) || breaker.failures) || ' times in a row and is left alone; one delivery is tried again soon.'::text)
            WHEN 'time'::text THEN
            CASE
                WHEN (delivery.attempts = 0) THEN 'Its time has not come.'::text
                ELSE 'The last try failed; its next one is not due yet.'::text
            END
            WHEN 'worker'::text THEN
            CASE
                WHEN (current_setting('customer_success.webhooks_enabled'::text, true) = 'off'::text) THEN 'Nothing is sent at present: customer_success.webhooks_enabled is off.'::text
                ELSE 'It is due and waits for its turn.'::text
            END
            ELSE NULL::text
        END AS waits_because,
    delivery.attempts,
    delivery.max_attempts,
        CASE waits.word
            WHEN 'receiver'::text THEN GREATEST(delivery.run_at, breaker.probe_at)
            WHEN 'time'::text THEN delivery.run_at
            WHEN 'worker'::text THEN delivery.run_at
            ELSE NULL::timestamp with time zone
        END AS next_try_at,
    delivery.run_at,
    delivery.response_status,
    delivery.response_body,
    delivery.last_error,
    delivery.duration_ms,
    delivery.is_ordered,
    delivery.is_test,
    delivery.sequence,
    delivery.bytes,
    delivery.created_at,
    delivery.processed_at,
    delivery.payload,
    ( SELECT COALESCE(jsonb_agg(try.it ORDER BY try.tried_at, try.attempt), '[]'::jsonb) AS "coalesce"
           FROM ( SELECT attempt.tried_at,
                    attempt.attempt,
                    jsonb_build_object('attempt', attempt.attempt, 'tried_at', attempt.tried_at, 'response_status', attempt.response_status, 'response_body', attempt.response_body, 'error', attempt.error, 'duration_ms', attempt.duration_ms) AS it
                   FROM cs.webhook_attempts attempt
                  WHERE ((attempt.tenant_id = delivery.tenant_id) AND (attempt.delivery_id = delivery.id))
                UNION ALL
                 SELECT delivery.processed_at,
                    delivery.attempts,
                    jsonb_build_object('attempt', delivery.attempts, 'tried_at', delivery.processed_at, 'response_status', delivery.response_status, 'response_body', delivery.response_body, 'error', delivery.last_error, 'duration_ms', delivery.duration_ms) AS jsonb_build_object
                  WHERE (delivery.status = 'completed'::cs.webhook_status)) try) AS tries
   FROM ((((((cs.webhook_queue delivery
     JOIN cs.tenants tenant ON ((tenant.id = delivery.tenant_id)))
     LEFT JOIN cs.playbooks playbook ON (((playbook.tenant_id = delivery.tenant_id) AND (playbook.id = delivery.playbook_id))))
     LEFT JOIN cs.accounts account ON (((account.tenant_id = delivery.tenant_id) AND (account.id = delivery.account_id))))
     LEFT JOIN cs.deleted_accounts gone ON (((gone.tenant_id = delivery.tenant_id) AND (gone.id = delivery.account_id))))
     LEFT JOIN cs.webhook_breakers breaker ON (((breaker.tenant_id = delivery.tenant_id) AND (breaker.host = delivery.host) AND (delivery.status = 'pending'::cs.webhook_status))))
     CROSS JOIN LATERAL ( SELECT
                CASE
                    WHEN (delivery.status <> 'pending'::cs.webhook_status) THEN NULL::text
                    WHEN (delivery.held = 'copy'::text) THEN 'copy'::text
                    WHEN ((delivery.held = 'tenant'::text) OR (NOT tenant.is_active)) THEN 'tenant'::text
                    WHEN ((delivery.held = 'playbook'::text) OR (playbook.id IS NULL) OR (playbook.deleted_at IS NOT NULL)) THEN 'playbook'::text
                    WHEN ((NOT delivery.is_test) AND ((NOT playbook.is_active) OR (playbook.paused_at IS NOT NULL))) THEN 'playbook'::text
                    WHEN (delivery.held = 'order'::text) THEN 'order'::text
                    WHEN ((delivery.run_at > clock_timestamp()) AND (delivery.run_at >= COALESCE(breaker.probe_at, '-infinity'::timestamp with time zone))) THEN 'time'::text
                    WHEN (breaker.host IS NOT NULL) THEN 'receiver'::text
                    ELSE 'worker'::text
                END AS word) waits);

ALTER TABLE cs.webhook_deliveries OWNER TO cs_owner;

--
-- Name: VIEW webhook_deliveries; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.webhook_deliveries IS 'Deliveries with everything that is known of them: playbook, account, what they wait for, all tries. Sent again by retry_webhook, ended by cancel_webhook.';

--
-- Name: COLUMN webhook_deliveries.id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.id IS 'Sent as webhook-id, the same for all tries.';

--
-- Name: COLUMN webhook_deliveries.playbook_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.playbook_id IS 'The playbook.';

--
-- Name: COLUMN webhook_deliveries.playbook_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.playbook_name IS 'The name of the playbook.';

--
-- Name: COLUMN webhook_deliveries.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.account_id IS 'The account.';

--
-- Name: COLUMN webhook_deliveries.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.account_name IS 'Of an account that was deleted, its last name. NULL where the reader does not see it.';

--
-- Name: COLUMN webhook_deliveries.event_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.event_id IS 'The id of the event, the same in each try: receivers that have seen it can leave it.';

--
-- Name: COLUMN webhook_deliveries.action; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.action IS 'Which of the playbook''s actions it is, from 0.';

--
-- Name: COLUMN webhook_deliveries.event_type; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.event_type IS 'What happened, as the payload of a webhook says it.';

--
-- Name: COLUMN webhook_deliveries.channel; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.channel IS 'How it leaves: webhook, slack or email.';

--
-- Name: COLUMN webhook_deliveries.host; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.host IS 'host:port that it goes to, or smtp.';

--
-- Name: COLUMN webhook_deliveries.status; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.status IS 'pending, processing, completed or failed.';

--
-- Name: COLUMN webhook_deliveries.held; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.held IS 'What keeps it out of the line at present, as the worker found it.';

--
-- Name: COLUMN webhook_deliveries.waits_for; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.waits_for IS 'What a pending one waits for: copy (this database is one), tenant (inactive), playbook (off, paused or deleted), order (an earlier one), receiver (left alone for failing), time (its next try), worker (its turn). NULL: nothing.';

--
-- Name: COLUMN webhook_deliveries.waits_because; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.waits_because IS 'The same as a sentence.';

--
-- Name: COLUMN webhook_deliveries.attempts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.attempts IS 'How many tries there were.';

--
-- Name: COLUMN webhook_deliveries.max_attempts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.max_attempts IS 'How many tries there are at most.';

--
-- Name: COLUMN webhook_deliveries.next_try_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.next_try_at IS 'When it is tried next, as far as that is known.';

--
-- Name: COLUMN webhook_deliveries.run_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.run_at IS 'When it is tried next.';

--
-- Name: COLUMN webhook_deliveries.response_status; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.response_status IS 'The status of the last answer; NULL: there was none.';

--
-- Name: COLUMN webhook_deliveries.response_body; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.response_body IS 'The beginning of the last answer.';

--
-- Name: COLUMN webhook_deliveries.last_error; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.last_error IS 'What the last try met; NULL: nothing.';

--
-- Name: COLUMN webhook_deliveries.duration_ms; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.duration_ms IS 'How long the last try took.';

--
-- Name: COLUMN webhook_deliveries.is_ordered; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.is_ordered IS 'Whether deliveries about one account go out one after the other.';

--
-- Name: COLUMN webhook_deliveries.is_test; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.is_test IS 'Whether somebody sent it to try the receiver.';

--
-- Name: COLUMN webhook_deliveries.sequence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.sequence IS 'Its place among the deliveries about one account.';

--
-- Name: COLUMN webhook_deliveries.bytes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.bytes IS 'The size of what is sent.';

--
-- Name: COLUMN webhook_deliveries.created_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.created_at IS 'When it was made.';

--
-- Name: COLUMN webhook_deliveries.processed_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.processed_at IS 'When it arrived or was given up; NULL: neither yet.';

--
-- Name: COLUMN webhook_deliveries.payload; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.payload IS 'What is sent: the webhook''s body, the Slack message, or the mail.';

--
-- Name: COLUMN webhook_deliveries.tries; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_deliveries.tries IS 'All tries in order, the one that completed it included: [{attempt, tried_at, response_status, response_body, error, duration_ms}].';

--
-- Name: execution_log; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.execution_log WITH (security_invoker='true') AS
 SELECT run.tenant_id,
    run.id,
    run.executed_at,
    run.playbook_id,
    playbook.name AS playbook_name,
    run.playbook_version,
    run.account_id,
    COALESCE(account.name, gone.name) AS account_name,
    (run.event ->> 'kind'::text) AS event_kind,
    run.result,
    cs.run_reason(run.result, run.error_message) AS reason,
    run.event,
    run.chain,
    run.sequence,
    run.actions,
    run.webhook_id,
    delivery.status AS delivery_status,
    delivery.waits_for AS delivery_waits_for,
    delivery.waits_because AS delivery_waits_because,
    delivery.attempts AS delivery_attempts,
    delivery.response_status,
    delivery.last_error AS delivery_error,
    delivery.duration_ms AS delivery_ms,
    delivery.processed_at AS delivered_at,
    delivery.payload,
    run.burst_id,
    run.is_open
   FROM ((((cs.playbook_executions run
     JOIN cs.playbooks playbook ON (((playbook.tenant_id = run.tenant_id) AND (playbook.id = run.playbook_id))))
     LEFT JOIN cs.accounts account ON (((account.tenant_id = run.tenant_id) AND (account.id = run.account_id))))
     LEFT JOIN cs.deleted_accounts gone ON (((gone.tenant_id = run.tenant_id) AND (gone.id = run.account_id))))
     LEFT JOIN cs.webhook_deliveries delivery ON (((delivery.tenant_id = run.tenant_id) AND (delivery.id = run.webhook_id))));

ALTER TABLE cs.execution_log OWNER TO cs_owner;

--
-- Name: VIEW execution_log; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.execution_log IS 'Every match of a playbook, the latest where executed_at is highest: what happened, what held it back or what it did, and what became of its delivery.';

--
-- Name: COLUMN execution_log.id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.id IS 'Its id.';

--
-- Name: COLUMN execution_log.executed_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.executed_at IS 'When it ran.';

--
-- Name: COLUMN execution_log.playbook_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.playbook_id IS 'The playbook.';

--
-- Name: COLUMN execution_log.playbook_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.playbook_name IS 'The name of the playbook.';

--
-- Name: COLUMN execution_log.playbook_version; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.playbook_version IS 'The version of the playbook it ran with.';

--
-- Name: COLUMN execution_log.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.account_id IS 'The account.';

--
-- Name: COLUMN execution_log.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.account_name IS 'Of an account that was deleted, its last name.';

--
-- Name: COLUMN execution_log.event_kind; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.event_kind IS 'The kind of event it waits for, such as health_drop or stage_enter.';

--
-- Name: COLUMN execution_log.result; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.result IS 'What came of it: fired, or why not.';

--
-- Name: COLUMN execution_log.reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.reason IS 'Why it came to this, as a sentence.';

--
-- Name: COLUMN execution_log.event; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.event IS 'What happened: kind, event_id and the values that matched.';

--
-- Name: COLUMN execution_log.chain; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.chain IS 'How many playbooks led to it, itself included.';

--
-- Name: COLUMN execution_log.sequence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.sequence IS 'Its place among the deliveries about one account.';

--
-- Name: COLUMN execution_log.actions; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.actions IS 'What it did: per action its kind, result and the id of what it made.';

--
-- Name: COLUMN execution_log.webhook_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.webhook_id IS 'Its delivery; NULL: it has none.';

--
-- Name: COLUMN execution_log.delivery_status; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.delivery_status IS 'Of its first webhook: pending, processing, completed or failed; NULL without one, and once it is purged.';

--
-- Name: COLUMN execution_log.delivery_waits_for; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.delivery_waits_for IS 'What its first webhook waits for, as in webhook_deliveries.';

--
-- Name: COLUMN execution_log.delivery_waits_because; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.delivery_waits_because IS 'Why its delivery waits; NULL: it does not.';

--
-- Name: COLUMN execution_log.delivery_attempts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.delivery_attempts IS 'How many tries its delivery took.';

--
-- Name: COLUMN execution_log.response_status; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.response_status IS 'The status of the last answer; NULL: there was none.';

--
-- Name: COLUMN execution_log.delivery_error; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.delivery_error IS 'What the last try of its delivery met.';

--
-- Name: COLUMN execution_log.delivery_ms; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.delivery_ms IS 'How long the last try of its delivery took, in milliseconds.';

--
-- Name: COLUMN execution_log.delivered_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.delivered_at IS 'When its delivery was received; NULL: it was not, or not yet.';

--
-- Name: COLUMN execution_log.payload; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.payload IS 'What was sent, or is to be.';

--
-- Name: COLUMN execution_log.burst_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.burst_id IS 'The burst in which it was held; NULL: in none.';

--
-- Name: COLUMN execution_log.is_open; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.execution_log.is_open IS 'It is held back by what may end, and decided anew once it does.';

--
-- Name: feed_silences; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.feed_silences (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    metric_type cs.metric_type NOT NULL,
    reason text NOT NULL,
    accepted_at timestamp with time zone DEFAULT now() NOT NULL,
    accepted_by uuid,
    withdrawn_at timestamp with time zone,
    withdrawn_by uuid,
    CONSTRAINT feed_silences_reason_check CHECK ((btrim(reason) <> ''::text)),
    CONSTRAINT feed_silences_withdrawn_at_check CHECK ((withdrawn_at >= accepted_at))
);

ALTER TABLE ONLY cs.feed_silences FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.feed_silences OWNER TO cs_owner;

--
-- Name: TABLE feed_silences; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.feed_silences IS 'Silences of a type of usage that a Tenant Admin has accepted as real: no fault of the sender, so they count against the customers. Written by accept_silence and withdraw_silence.';

--
-- Name: COLUMN feed_silences.accepted_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.feed_silences.accepted_at IS 'It counts from then on, until a row of the type comes again.';

--
-- Name: COLUMN feed_silences.withdrawn_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.feed_silences.withdrawn_at IS 'When it was taken back; NULL while it was not.';

--
-- Name: feed_outages; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.feed_outages WITH (security_invoker='true') AS
 SELECT tenant.id AS tenant_id,
    outage.metric_type,
    outage.since,
    outage.is_accepted,
    accepted.accepted_at,
    person.full_name AS accepted_by,
    accepted.reason
   FROM (((cs.tenants tenant
     CROSS JOIN LATERAL cs.tenant_outages(tenant.id) outage(metric_type, since, is_accepted))
     LEFT JOIN LATERAL ( SELECT silence.accepted_at,
            silence.accepted_by,
            silence.reason
           FROM cs.feed_silences silence
          WHERE ((silence.tenant_id = tenant.id) AND ((silence.metric_type)::text = outage.metric_type) AND (silence.withdrawn_at IS NULL) AND outage.is_accepted)
          ORDER BY silence.accepted_at DESC
         LIMIT 1) accepted ON (true))
     LEFT JOIN cs.profiles person ON (((person.tenant_id = tenant.id) AND (person.user_id = accepted.accepted_by))));

ALTER TABLE cs.feed_outages OWNER TO cs_owner;

--
-- Name: VIEW feed_outages; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.feed_outages IS 'Types of usage that came regularly and have been silent for too long now. Until rows come again, or a Tenant Admin says with accept_silence that the silence is real, scores are measured from the last row and no playbook fires.';

--
-- Name: COLUMN feed_outages.metric_type; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.feed_outages.metric_type IS 'The type of usage: logins, feature_usage, api_calls or support_tickets.';

--
-- Name: COLUMN feed_outages.since; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.feed_outages.since IS 'The last row of the type.';

--
-- Name: COLUMN feed_outages.is_accepted; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.feed_outages.is_accepted IS 'Someone has said that the silence is real; so it counts against the customers.';

--
-- Name: COLUMN feed_outages.accepted_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.feed_outages.accepted_at IS 'When an administrator said that the silence is real; NULL: not so.';

--
-- Name: COLUMN feed_outages.accepted_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.feed_outages.accepted_by IS 'Who said so.';

--
-- Name: COLUMN feed_outages.reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.feed_outages.reason IS 'Why.';

--
-- Name: health_days; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.health_days WITH (security_invoker='true') AS
 SELECT shown.tenant_id,
    shown.account_id,
    account.name AS account_name,
    (day.day)::date AS day,
    shown.overall_score,
    (shown.risk_level)::text AS risk_level,
    shown.confidence,
    shown.source
   FROM ((( SELECT score.tenant_id,
            score.account_id,
            score.overall_score,
            score.risk_level,
            score.confidence,
            score.source,
            cs.local_day(tenant.settings, score.created_at) AS first_day,
            COALESCE((lead(cs.local_day(tenant.settings, score.created_at)) OVER later - 1), cs.local_day(tenant.settings, now())) AS last_day
           FROM (cs.health_scores score
             JOIN cs.tenants tenant ON ((tenant.id = score.tenant_id)))
          WINDOW later AS (PARTITION BY score.tenant_id, score.account_id ORDER BY score.created_at)) shown
     JOIN cs.accounts account ON (((account.tenant_id = shown.tenant_id) AND (account.id = shown.account_id))))
     CROSS JOIN LATERAL generate_series((shown.first_day)::timestamp without time zone, (shown.last_day)::timestamp without time zone, '1 day'::interval) day(day));

ALTER TABLE cs.health_days OWNER TO cs_owner;

--
-- Name: VIEW health_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.health_days IS 'One row per account and day in the tenant''s time zone, from its first score to today: the score shown when the day ended, or now. For averages over time, which in health_history weigh a day by the number of changes. Ask it for some accounts, or for one sum: it has a row for every day of every account.';

--
-- Name: COLUMN health_days.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_days.account_id IS 'The account.';

--
-- Name: COLUMN health_days.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_days.account_name IS 'The name of the account.';

--
-- Name: COLUMN health_days.day; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_days.day IS 'The day, in the tenant''s time zone; the last is today.';

--
-- Name: COLUMN health_days.overall_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_days.overall_score IS 'The health score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_days.risk_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_days.risk_level IS 'The level of the score: Healthy, At Risk or Critical; NULL: no score.';

--
-- Name: COLUMN health_days.confidence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_days.confidence IS 'How much data the score rests on: high, medium or low.';

--
-- Name: COLUMN health_days.source; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_days.source IS 'Where the score is from: computed, imported or override.';

--
-- Name: health_dirty; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.health_dirty (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    by_usage boolean NOT NULL,
    marked_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_insert_scale_factor='0', autovacuum_vacuum_insert_threshold='50000');

ALTER TABLE ONLY cs.health_dirty FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.health_dirty OWNER TO cs_owner;

--
-- Name: TABLE health_dirty; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.health_dirty IS 'Accounts to compute again. Statements only add rows; the worker removes them once the scores are written.';

--
-- Name: COLUMN health_dirty.by_usage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_dirty.by_usage IS 'Usage arrived: it replaces an imported score from before then.';

--
-- Name: health_distribution; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.health_distribution WITH (security_invoker='true') AS
 SELECT account.tenant_id,
    band.name AS risk_level,
    (count(*))::integer AS accounts,
    (count(*) FILTER (WHERE (score.confidence = 'low'::text)))::integer AS low_confidence,
    COALESCE(sum(counted.arr), (0)::numeric) AS arr,
    round(avg(score.overall_score) FILTER (WHERE (band.name = ANY (ARRAY['Healthy'::text, 'At Risk'::text, 'Critical'::text]))), 1) AS average_score
   FROM (((cs.accounts account
     JOIN cs.counted_arr counted ON (((counted.tenant_id = account.tenant_id) AND (counted.account_id = account.id))))
     LEFT JOIN cs.health_scores score ON (((score.tenant_id = account.tenant_id) AND (score.account_id = account.id) AND score.is_current)))
     CROSS JOIN LATERAL ( SELECT cs.health_band(account.status, (score.risk_level)::text, score.confidence) AS name) band)
  WHERE (account.status <> 'Churned'::cs.account_status)
  GROUP BY account.tenant_id, band.name;

ALTER TABLE cs.health_distribution OWNER TO cs_owner;

--
-- Name: VIEW health_distribution; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.health_distribution IS 'How many accounts, and how much ARR, are at each risk level; lost customers left out.';

--
-- Name: COLUMN health_distribution.risk_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_distribution.risk_level IS 'Healthy, At Risk, Critical; No data, Uncertain (scores of low confidence), or Paused.';

--
-- Name: COLUMN health_distribution.accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_distribution.accounts IS 'How many accounts.';

--
-- Name: COLUMN health_distribution.low_confidence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_distribution.low_confidence IS 'Of these, accounts with too little data to act on.';

--
-- Name: COLUMN health_distribution.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_distribution.arr IS 'Annual recurring revenue, in the tenant''s currency.';

--
-- Name: COLUMN health_distribution.average_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_distribution.average_score IS 'Mean score; NULL for No data, Uncertain and Paused.';

--
-- Name: health_history; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.health_history WITH (security_invoker='true') AS
 SELECT score.tenant_id,
    score.account_id,
    account.name AS account_name,
    score.created_at,
    score.overall_score,
    (score.risk_level)::text AS risk_level,
    score.previous_score,
    (score.overall_score - score.previous_score) AS change,
    score.usage_score,
    score.engagement_score,
    score.support_score,
    score.adoption_score,
    score.raw_score,
    score.coverage,
    score.confidence,
    score.source,
    score.cause,
    score.model_version,
    score.is_current
   FROM (cs.health_scores score
     JOIN cs.accounts account ON (((account.tenant_id = score.tenant_id) AND (account.id = score.account_id))));

ALTER TABLE cs.health_history OWNER TO cs_owner;

--
-- Name: VIEW health_history; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.health_history IS 'Every score of each account: a row per change, and one a day where nothing changed.';

--
-- Name: COLUMN health_history.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.account_id IS 'The account.';

--
-- Name: COLUMN health_history.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.account_name IS 'The name of the account.';

--
-- Name: COLUMN health_history.created_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.created_at IS 'When it was made.';

--
-- Name: COLUMN health_history.overall_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.overall_score IS 'The health score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_history.risk_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.risk_level IS 'The level of the score: Healthy, At Risk or Critical; NULL: no score.';

--
-- Name: COLUMN health_history.previous_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.previous_score IS 'The score before this one; NULL: it is the first.';

--
-- Name: COLUMN health_history.change; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.change IS 'Points gained or lost against the score before.';

--
-- Name: COLUMN health_history.usage_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.usage_score IS 'The component usage of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_history.engagement_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.engagement_score IS 'The component engagement of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_history.support_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.support_score IS 'The component support of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_history.adoption_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.adoption_score IS 'The component adoption of the score, 0 to 100; NULL: no data.';

--
-- Name: COLUMN health_history.raw_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.raw_score IS 'The score before caps, 0 to 100.';

--
-- Name: COLUMN health_history.coverage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.coverage IS 'The share of the model''s weights for which there was data, 0 to 1.';

--
-- Name: COLUMN health_history.confidence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.confidence IS 'How much data the score rests on: high, medium or low.';

--
-- Name: COLUMN health_history.source; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.source IS 'Where the score is from: computed, imported or override.';

--
-- Name: COLUMN health_history.cause; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.cause IS 'data, time, refresh, heartbeat, model, override or account; NULL where imported.';

--
-- Name: COLUMN health_history.model_version; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.model_version IS 'The version of the health model that made the score.';

--
-- Name: COLUMN health_history.is_current; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.is_current IS 'Whether it is the score of now.';

--
-- Name: health_norms; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.health_norms (
    tenant_id uuid NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    catalogue text[] NOT NULL,
    median_depth double precision,
    accounts integer NOT NULL
);

ALTER TABLE ONLY cs.health_norms FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.health_norms OWNER TO cs_owner;

--
-- Name: TABLE health_norms; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.health_norms IS 'What is usual among a tenant''s accounts, taken once a day by the daily pass. A score is measured by the latest that was taken by its moment; without any, by what is usual at that moment.';

--
-- Name: COLUMN health_norms.catalogue; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_norms.catalogue IS 'The features that a tenth of the accounts that use any have used within 90 days, and any account within 30.';

--
-- Name: COLUMN health_norms.median_depth; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_norms.median_depth IS 'Median of feature usage per login over the accounts with logins.';

--
-- Name: COLUMN health_norms.accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_norms.accounts IS 'How many accounts used any named feature within 90 days; of fewer than 3 nothing is kept.';

--
-- Name: health_passes; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.health_passes (
    tenant_id uuid NOT NULL,
    passed_on date,
    passed_up_to uuid
);

ALTER TABLE ONLY cs.health_passes FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.health_passes OWNER TO cs_owner;

--
-- Name: TABLE health_passes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.health_passes IS 'Per tenant how far the daily pass has come.';

--
-- Name: COLUMN health_passes.passed_on; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_passes.passed_on IS 'The last day, in the tenant''s time zone, whose pass is done.';

--
-- Name: COLUMN health_passes.passed_up_to; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_passes.passed_up_to IS 'The last account of the pass under way; NULL between passes.';

--
-- Name: installation; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.installation (
    only_row boolean DEFAULT true NOT NULL,
    system_identifier text NOT NULL,
    database_oid oid NOT NULL,
    confirmed_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT installation_only_row_check CHECK (only_row)
);

ALTER TABLE ONLY cs.installation FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.installation OWNER TO cs_owner;

--
-- Name: TABLE installation; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.installation IS 'The cluster and database whose deliveries are made here. A copy finds that these are not its own, and sends nothing until confirm_webhooks().';

--
-- Name: invitations; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.invitations (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    email text NOT NULL,
    role cs.member_role NOT NULL,
    token_hash text NOT NULL,
    invited_by uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone
);

ALTER TABLE ONLY cs.invitations FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.invitations OWNER TO cs_owner;

--
-- Name: TABLE invitations; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.invitations IS 'Offers of a role in a tenant to an e-mail address; one open offer per address.';

--
-- Name: COLUMN invitations.token_hash; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.invitations.token_hash IS 'SHA-256 of the token, in hexadecimal; the token itself is shown only once.';

--
-- Name: journey_board; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.journey_board AS
SELECT
    NULL::uuid AS tenant_id,
    NULL::uuid AS stage_id,
    NULL::text AS stage,
    NULL::integer AS display_order,
    NULL::text AS color_hex,
    NULL::boolean AS is_side,
    NULL::boolean AS is_end,
    NULL::integer AS wip_limit,
    NULL::integer AS target_duration_days,
    NULL::integer AS accounts,
    NULL::numeric AS arr,
    NULL::numeric AS median_days,
    NULL::integer AS overdue,
    NULL::integer AS behind,
    NULL::integer AS stuck,
    NULL::boolean AS over_limit;

ALTER TABLE cs.journey_board OWNER TO cs_owner;

--
-- Name: VIEW journey_board; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.journey_board IS 'The columns of the board: every active stage, and the accounts in it that the reader sees. board(criteria) has the cards.';

--
-- Name: COLUMN journey_board.stage_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.stage_id IS 'The stage.';

--
-- Name: COLUMN journey_board.stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.stage IS 'The name of the stage.';

--
-- Name: COLUMN journey_board.display_order; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.display_order IS 'Its place among the others, the lowest first.';

--
-- Name: COLUMN journey_board.color_hex; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.color_hex IS 'The colour of the stage, #rrggbb.';

--
-- Name: COLUMN journey_board.is_side; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.is_side IS 'Whether the stage is off the main line.';

--
-- Name: COLUMN journey_board.is_end; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.is_end IS 'Whether it is the stage of lost customers.';

--
-- Name: COLUMN journey_board.wip_limit; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.wip_limit IS 'How many accounts the board''s column should hold; NULL: any number.';

--
-- Name: COLUMN journey_board.target_duration_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.target_duration_days IS 'How long an account should stay, in days of 24 hours; NULL: no target.';

--
-- Name: COLUMN journey_board.accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.accounts IS 'How many accounts.';

--
-- Name: COLUMN journey_board.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.arr IS 'ARR that counts, in the tenant''s currency.';

--
-- Name: COLUMN journey_board.median_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.median_days IS 'Median age of the stays in it, in days of 24 hours; NULL while it is empty.';

--
-- Name: COLUMN journey_board.overdue; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.overdue IS 'Accounts that have been in it longer than its target: behind and stuck together.';

--
-- Name: COLUMN journey_board.behind; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.behind IS 'Accounts beyond the target, up to 1.5 times it.';

--
-- Name: COLUMN journey_board.stuck; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.stuck IS 'Accounts beyond 1.5 times the target.';

--
-- Name: COLUMN journey_board.over_limit; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_board.over_limit IS 'More accounts than wip_limit.';

--
-- Name: members; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.members WITH (security_invoker='true') AS
 SELECT profile.tenant_id,
    profile.user_id,
    profile.full_name,
    person.email,
    (profile.role)::text AS role,
    (profile.is_active AND person.is_active) AS is_active,
    owned.accounts,
    profile.created_at
   FROM ((cs.profiles profile
     JOIN cs.users person ON ((person.id = profile.user_id)))
     CROSS JOIN LATERAL ( SELECT (count(*))::integer AS accounts
           FROM cs.accounts account
          WHERE ((account.tenant_id = profile.tenant_id) AND (account.csm_id = profile.user_id))) owned);

ALTER TABLE cs.members OWNER TO cs_owner;

--
-- Name: VIEW members; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.members IS 'The people of a tenant with their role.';

--
-- Name: COLUMN members.user_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.members.user_id IS 'The person.';

--
-- Name: COLUMN members.full_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.members.full_name IS 'The name of the person in this tenant.';

--
-- Name: COLUMN members.email; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.members.email IS 'The e-mail address, as it is kept and compared.';

--
-- Name: COLUMN members.role; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.members.role IS 'The role of the person in this tenant.';

--
-- Name: COLUMN members.is_active; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.members.is_active IS 'false: can no longer see or do anything here.';

--
-- Name: COLUMN members.accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.members.accounts IS 'How many accounts this person looks after, of those the reader sees.';

--
-- Name: COLUMN members.created_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.members.created_at IS 'When it was made.';

--
-- Name: my_tasks; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.my_tasks WITH (security_invoker='true') AS
 SELECT task.tenant_id,
    task.id,
    task.account_id,
    account.name AS account_name,
    task.body,
    task.at AS due_at,
    (task.at < now()) AS is_overdue,
    task.assigned_to,
    task.created_by
   FROM (cs.activities task
     JOIN cs.accounts account ON (((account.tenant_id = task.tenant_id) AND (account.id = task.account_id))))
  WHERE ((task.kind = 'task'::text) AND (task.done_at IS NULL) AND (account.status <> 'Churned'::cs.account_status) AND (COALESCE(task.assigned_to, account.csm_id) = cs.current_user_id()));

ALTER TABLE cs.my_tasks OWNER TO cs_owner;

--
-- Name: VIEW my_tasks; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.my_tasks IS 'The open tasks of whoever asks: assigned to them, or to no one in an account they look after; lost customers left out.';

--
-- Name: COLUMN my_tasks.id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.my_tasks.id IS 'Its id.';

--
-- Name: COLUMN my_tasks.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.my_tasks.account_id IS 'The account.';

--
-- Name: COLUMN my_tasks.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.my_tasks.account_name IS 'The name of the account.';

--
-- Name: COLUMN my_tasks.body; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.my_tasks.body IS 'Its text.';

--
-- Name: COLUMN my_tasks.due_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.my_tasks.due_at IS 'When it is due.';

--
-- Name: COLUMN my_tasks.is_overdue; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.my_tasks.is_overdue IS 'Whether that is past.';

--
-- Name: COLUMN my_tasks.assigned_to; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.my_tasks.assigned_to IS 'NULL: to no one, so it is theirs as the account''s CSM.';

--
-- Name: COLUMN my_tasks.created_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.my_tasks.created_by IS 'Who made it.';

--
-- Name: password_resets; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.password_resets (
    user_id uuid NOT NULL,
    tenant_id uuid,
    made_by uuid,
    token_hash text NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

ALTER TABLE ONLY cs.password_resets FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.password_resets OWNER TO cs_owner;

--
-- Name: TABLE password_resets; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.password_resets IS 'Links for a forgotten password: the last of each person, for an hour, used once.';

--
-- Name: COLUMN password_resets.tenant_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.password_resets.tenant_id IS 'The tenant whose administrator made it, and the only one of this person; NULL: made by a superuser.';

--
-- Name: COLUMN password_resets.made_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.password_resets.made_by IS 'The administrator who made it; NULL: a superuser.';

--
-- Name: COLUMN password_resets.token_hash; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.password_resets.token_hash IS 'SHA-256 of the token, in hexadecimal; the token itself is shown only once.';

--
-- Name: playbook_bursts; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.playbook_bursts (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    playbook_id uuid NOT NULL,
    event jsonb NOT NULL,
    account_ids uuid[] NOT NULL,
    created_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    ended_at timestamp with time zone,
    ended_by uuid
);

ALTER TABLE ONLY cs.playbook_bursts FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.playbook_bursts OWNER TO cs_owner;

--
-- Name: TABLE playbook_bursts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.playbook_bursts IS 'Accounts that a playbook matched beyond what it may run for within ten minutes. A person releases them with release_burst or drops them with drop_burst.';

--
-- Name: COLUMN playbook_bursts.event; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_bursts.event IS 'What the playbook waited for, as it was then.';

--
-- Name: COLUMN playbook_bursts.account_ids; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_bursts.account_ids IS 'The accounts that still wait, in order.';

--
-- Name: COLUMN playbook_bursts.ended_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_bursts.ended_at IS 'When the last was released, or the rest dropped; NULL: some still wait.';

--
-- Name: COLUMN playbook_bursts.ended_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_bursts.ended_by IS 'Who did that. No foreign key: the record outlives people.';

--
-- Name: playbook_entries; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.playbook_entries (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    playbook_id uuid NOT NULL,
    account_id uuid NOT NULL,
    subject text NOT NULL,
    entered_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    held_by uuid
);

ALTER TABLE ONLY cs.playbook_entries FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.playbook_entries OWNER TO cs_owner;

--
-- Name: TABLE playbook_entries; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.playbook_entries IS 'What playbooks that wait for something to last have seen begin and not yet end: each begins once. Kept by the worker.';

--
-- Name: COLUMN playbook_entries.subject; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_entries.subject IS 'What has lasted: the stay in a stage, the stay and the milestone, the end of the contract, the last day of a type of usage; empty where the account has only one.';

--
-- Name: COLUMN playbook_entries.held_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_entries.held_by IS 'The run that was held back by a gate that may open (paused, a feed that is out): the next pass asks again. No foreign key: runs are purged earlier.';

--
-- Name: playbook_overview; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.playbook_overview WITH (security_invoker='true') AS
 SELECT playbook.tenant_id,
    playbook.id,
    playbook.name,
    playbook.description,
        CASE
            WHEN (playbook.is_active AND (playbook.paused_at IS NULL)) THEN 'active'::text
            WHEN playbook.is_active THEN 'paused'::text
            WHEN (playbook.activated_at IS NULL) THEN 'draft'::text
            ELSE 'off'::text
        END AS state,
    playbook.event_kind,
    playbook.trigger_criteria,
    playbook.actions,
    playbook.webhook_url,
    playbook.cooldown_minutes,
    playbook.max_executions_per_day,
    playbook.is_ordered,
    playbook.max_attempts,
    playbook.signing_changed_at,
    playbook.version,
    playbook.activated_at,
    playbook.paused_at,
    playbook.created_at,
    playbook.updated_at,
    COALESCE(lately.ran, 0) AS ran_30d,
    COALESCE(lately.failed, 0) AS failed_30d,
    COALESCE(lately.held_back, 0) AS held_back_30d,
    COALESCE(lately.accounts, 0) AS accounts_30d,
        CASE
            WHEN (lately.matches > 0) THEN round(((100.0 * (lately.ran)::numeric) / (lately.matches)::numeric), 1)
            ELSE NULL::numeric
        END AS ran_percent_30d,
    last_run.executed_at AS last_match_at,
    last_run.result AS last_result,
    cs.run_reason(last_run.result, last_run.error_message) AS last_reason,
    sent.delivered AS delivered_30d,
    sent.undelivered AS undelivered_30d,
    sent.waiting AS deliveries_waiting,
    sent.held AS deliveries_held,
    burst.id AS burst_id,
    COALESCE(cardinality(burst.account_ids), 0) AS burst_accounts,
    cs.playbook_problem(playbook.trigger_criteria, playbook.actions) AS problem
   FROM ((((cs.playbooks playbook
     LEFT JOIN LATERAL ( SELECT (count(*))::integer AS matches,
            (count(*) FILTER (WHERE (run.result = ANY (ARRAY['fired'::text, 'failed'::text]))))::integer AS ran,
            (count(*) FILTER (WHERE (run.result = 'failed'::text)))::integer AS failed,
            (count(*) FILTER (WHERE (run.result <> ALL (ARRAY['fired'::text, 'failed'::text]))))::integer AS held_back,
            (count(DISTINCT run.account_id))::integer AS accounts
           FROM cs.playbook_executions run
          WHERE ((run.tenant_id = playbook.tenant_id) AND (run.playbook_id = playbook.id) AND (run.executed_at > (now() - '30 days'::interval)))) lately ON (true))
     LEFT JOIN LATERAL ( SELECT run.executed_at,
            run.result,
            run.error_message
           FROM cs.playbook_executions run
          WHERE ((run.tenant_id = playbook.tenant_id) AND (run.playbook_id = playbook.id))
          ORDER BY run.executed_at DESC, run.id DESC
         LIMIT 1) last_run ON (true))
     LEFT JOIN LATERAL ( SELECT (count(*) FILTER (WHERE (delivery.status = 'completed'::cs.webhook_status)))::integer AS delivered,
            (count(*) FILTER (WHERE (delivery.status = 'failed'::cs.webhook_status)))::integer AS undelivered,
            (count(*) FILTER (WHERE (delivery.status = ANY (ARRAY['pending'::cs.webhook_status, 'processing'::cs.webhook_status]))))::integer AS waiting,
            (count(*) FILTER (WHERE (delivery.held IS NOT NULL)))::integer AS held
           FROM cs.webhook_queue delivery
          WHERE ((delivery.tenant_id = playbook.tenant_id) AND (delivery.playbook_id = playbook.id) AND ((delivery.created_at > (now() - '30 days'::interval)) OR (delivery.status = ANY (ARRAY['pending'::cs.webhook_status, 'processing'::cs.webhook_status]))))) sent ON (true))
     LEFT JOIN cs.playbook_bursts burst ON (((burst.tenant_id = playbook.tenant_id) AND (burst.playbook_id = playbook.id) AND (burst.ended_at IS NULL))))
  WHERE (playbook.deleted_at IS NULL);

ALTER TABLE cs.playbook_overview OWNER TO cs_owner;

--
-- Name: VIEW playbook_overview; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.playbook_overview IS 'The playbooks of the tenant with what became of them in the last 30 days, over the accounts that the reader sees.';

--
-- Name: COLUMN playbook_overview.id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.id IS 'Its id.';

--
-- Name: COLUMN playbook_overview.name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.name IS 'Its name.';

--
-- Name: COLUMN playbook_overview.description; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.description IS 'What it is for, in words.';

--
-- Name: COLUMN playbook_overview.state; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.state IS 'active: it waits; paused: until activate_playbook; draft: it never waited; off: it was switched off.';

--
-- Name: COLUMN playbook_overview.event_kind; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.event_kind IS 'The kind of event it waits for, such as health_drop or stage_enter.';

--
-- Name: COLUMN playbook_overview.trigger_criteria; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.trigger_criteria IS 'When it fires, as criteria.';

--
-- Name: COLUMN playbook_overview.actions; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.actions IS 'What the playbook does besides its webhook, in order.';

--
-- Name: COLUMN playbook_overview.webhook_url; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.webhook_url IS 'Where it posts to.';

--
-- Name: COLUMN playbook_overview.cooldown_minutes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.cooldown_minutes IS 'How long it leaves an account alone after it has fired for it.';

--
-- Name: COLUMN playbook_overview.max_executions_per_day; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.max_executions_per_day IS 'Most runs per day of the tenant''s time zone; NULL: any number.';

--
-- Name: COLUMN playbook_overview.is_ordered; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.is_ordered IS 'Its deliveries of one account leave one at a time, in order.';

--
-- Name: COLUMN playbook_overview.max_attempts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.max_attempts IS 'Tries of each delivery; NULL: 10, or 5 where is_ordered.';

--
-- Name: COLUMN playbook_overview.signing_changed_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.signing_changed_at IS 'When its secret was last changed; for 24 hours deliveries are signed with the one before too. NULL: never.';

--
-- Name: COLUMN playbook_overview.version; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.version IS 'How often it was changed, from 1: told back with a change, it refuses to overwrite another''s.';

--
-- Name: COLUMN playbook_overview.activated_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.activated_at IS 'Since when it waits, or waited last; NULL: never.';

--
-- Name: COLUMN playbook_overview.paused_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.paused_at IS 'Since when it rests; NULL: it does not.';

--
-- Name: COLUMN playbook_overview.created_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.created_at IS 'When it was made.';

--
-- Name: COLUMN playbook_overview.updated_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.updated_at IS 'When it was last changed.';

--
-- Name: COLUMN playbook_overview.ran_30d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.ran_30d IS 'Runs of the last 30 days, those with a refused action included.';

--
-- Name: COLUMN playbook_overview.failed_30d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.failed_30d IS 'Runs of which an action was refused.';

--
-- Name: COLUMN playbook_overview.held_back_30d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.held_back_30d IS 'Matches that a gate held back.';

--
-- Name: COLUMN playbook_overview.accounts_30d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.accounts_30d IS 'Accounts that it matched.';

--
-- Name: COLUMN playbook_overview.ran_percent_30d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.ran_percent_30d IS 'How many of the matches ran, in percent; NULL without any.';

--
-- Name: COLUMN playbook_overview.last_match_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.last_match_at IS 'When it last fired; NULL: never.';

--
-- Name: COLUMN playbook_overview.last_result; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.last_result IS 'What came of the last match.';

--
-- Name: COLUMN playbook_overview.last_reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.last_reason IS 'Why, as a sentence.';

--
-- Name: COLUMN playbook_overview.delivered_30d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.delivered_30d IS 'Its deliveries of the last 30 days that a receiver has.';

--
-- Name: COLUMN playbook_overview.undelivered_30d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.undelivered_30d IS 'Its deliveries of the last 30 days that were given up.';

--
-- Name: COLUMN playbook_overview.deliveries_waiting; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.deliveries_waiting IS 'Its deliveries that are still to be sent.';

--
-- Name: COLUMN playbook_overview.deliveries_held; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.deliveries_held IS 'Those of them that something holds: webhook_deliveries says what.';

--
-- Name: COLUMN playbook_overview.burst_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.burst_id IS 'The burst that waits to be released or dropped; only Tenant Admins see it.';

--
-- Name: COLUMN playbook_overview.burst_accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.burst_accounts IS 'How many accounts are held in its open burst; NULL: none is open.';

--
-- Name: COLUMN playbook_overview.problem; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_overview.problem IS 'What it names that is gone or no longer in use, so that it cannot work as it was meant; NULL: nothing.';

--
-- Name: playbook_passes; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.playbook_passes (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    playbook_id uuid NOT NULL,
    passed_on date,
    next_at timestamp with time zone,
    zone text,
    moment timestamp with time zone,
    up_to uuid
);

ALTER TABLE ONLY cs.playbook_passes FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.playbook_passes OWNER TO cs_owner;

--
-- Name: TABLE playbook_passes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.playbook_passes IS 'How far playbooks that wait for something that comes by time have been looked at. Kept by the worker.';

--
-- Name: COLUMN playbook_passes.passed_on; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_passes.passed_on IS 'The last day, in the tenant''s time zone, on which it was looked who has come into the state; NULL for what is looked for every minute.';

--
-- Name: COLUMN playbook_passes.next_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_passes.next_at IS 'The next moment of its timetable.';

--
-- Name: COLUMN playbook_passes.zone; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_passes.zone IS 'The time zone that next_at is of: after a change of the tenant''s, it is found again.';

--
-- Name: COLUMN playbook_passes.moment; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_passes.moment IS 'The moment of its timetable that it runs for now; NULL between moments.';

--
-- Name: COLUMN playbook_passes.up_to; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_passes.up_to IS 'The last account that it has run for at that moment.';

--
-- Name: playbook_templates; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.playbook_templates WITH (security_invoker='true') AS
 SELECT tenant.id AS tenant_id,
    template.display_order,
    template.key,
    template.name,
    template.description,
    template.trigger_criteria,
    template.actions,
    template.cooldown_minutes
   FROM (cs.tenants tenant
     CROSS JOIN ( VALUES (1,'health_under_40'::text,'Health under 40'::text,'Tells the team when the health of a customer falls under 40.'::text,'{"event": {"kind": "health_drop", "threshold": 40}}'::jsonb,'[{"kind": "task", "title": "{{account_name}} is at {{health_score}}: find out why", "assignee": "csm", "due_in_days": 1}]'::jsonb,1440), (2,'enters_at_risk'::text,'Enters At Risk'::text,'Gives the CSM something to do when a customer enters At Risk.'::text,'{"event": {"kind": "stage_enter", "stage": "At Risk"}}'::jsonb,'[{"kind": "task", "title": "Save plan for {{account_name}}", "assignee": "csm", "due_in_days": 2}]'::jsonb,1440), (3,'renewal_in_60_days'::text,'Renewal in 60 days'::text,'Starts the talk about renewal two months before the contract ends.'::text,'{"event": {"days": 60, "kind": "contract_ending"}}'::jsonb,'[{"kind": "task", "title": "Renewal of {{account_name}}", "assignee": "csm", "due_in_days": 7}]'::jsonb,1440), (4,'logins_down_30_percent'::text,'Log-ins down 30 %'::text,'Notices when a customer logs in a third less than a month before.'::text,'{"event": {"days": 30, "kind": "usage_decline", "metric": "logins", "percent": 30}}'::jsonb,'[{"kind": "task", "title": "Log-ins of {{account_name}} are down", "assignee": "csm", "due_in_days": 3}]'::jsonb,10080), (5,'silent_for_14_days'::text,'Silent for 14 days'::text,'Notices when nobody of a customer has logged in for two weeks.'::text,'{"event": {"days": 14, "kind": "metric_absent", "metric": "logins"}}'::jsonb,'[{"kind": "task", "title": "Nobody of {{account_name}} logs in any more", "assignee": "csm", "due_in_days": 1}]'::jsonb,10080)) template(display_order, key, name, description, trigger_criteria, actions, cooldown_minutes));

ALTER TABLE cs.playbook_templates OWNER TO cs_owner;

--
-- Name: VIEW playbook_templates; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.playbook_templates IS 'Playbooks to begin with: name, description, trigger_criteria, actions and cooldown_minutes are keys of save_playbook.';

--
-- Name: COLUMN playbook_templates.display_order; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_templates.display_order IS 'Its place among the others, the lowest first.';

--
-- Name: COLUMN playbook_templates.key; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_templates.key IS 'Its fixed name.';

--
-- Name: COLUMN playbook_templates.name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_templates.name IS 'Its name.';

--
-- Name: COLUMN playbook_templates.description; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_templates.description IS 'What it is for, in words.';

--
-- Name: COLUMN playbook_templates.trigger_criteria; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_templates.trigger_criteria IS 'When it fires, as criteria.';

--
-- Name: COLUMN playbook_templates.actions; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_templates.actions IS 'What the playbook does besides its webhook, in order.';

--
-- Name: COLUMN playbook_templates.cooldown_minutes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_templates.cooldown_minutes IS 'How long it leaves an account alone after it has fired for it.';

--
-- Name: playbook_versions; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.playbook_versions (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    playbook_id uuid NOT NULL,
    version integer NOT NULL,
    definition jsonb NOT NULL,
    saved_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    saved_by uuid
);

ALTER TABLE ONLY cs.playbook_versions FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.playbook_versions OWNER TO cs_owner;

--
-- Name: TABLE playbook_versions; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.playbook_versions IS 'Every version of each playbook, so that a run can be read with what it ran with.';

--
-- Name: COLUMN playbook_versions.definition; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_versions.definition IS 'name, description, trigger_criteria, actions, webhook_url, headers (their names alone), cooldown_minutes, max_executions_per_day, is_ordered and max_attempts.';

--
-- Name: COLUMN playbook_versions.saved_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_versions.saved_by IS 'Who saved it; NULL: the database. No foreign key: the record outlives people.';

--
-- Name: portfolio_growth; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.portfolio_growth WITH (security_invoker='true') AS
 SELECT history.tenant_id,
    (date_trunc('week'::text, cs.local_time(tenant.settings, history.entered_at)))::date AS week,
    history.from_stage,
    history.to_stage,
    (count(*))::integer AS entries
   FROM (cs.counted_stays history
     JOIN cs.tenants tenant ON ((tenant.id = history.tenant_id)))
  GROUP BY history.tenant_id, ((date_trunc('week'::text, cs.local_time(tenant.settings, history.entered_at)))::date), history.from_stage, history.to_stage;

ALTER TABLE cs.portfolio_growth OWNER TO cs_owner;

--
-- Name: VIEW portfolio_growth; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.portfolio_growth IS 'How many accounts entered each stage, from which, week by week; moves that were taken back are left out.';

--
-- Name: COLUMN portfolio_growth.week; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.portfolio_growth.week IS 'The Monday it begins with, in the tenant''s time zone.';

--
-- Name: COLUMN portfolio_growth.from_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.portfolio_growth.from_stage IS 'NULL: new accounts.';

--
-- Name: COLUMN portfolio_growth.to_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.portfolio_growth.to_stage IS 'The stage that was entered.';

--
-- Name: COLUMN portfolio_growth.entries; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.portfolio_growth.entries IS 'How often accounts entered the stage.';

--
-- Name: retention; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.retention WITH (security_invoker='true') AS
 SELECT month.tenant_id,
    month.month,
    COALESCE(sum(flow.start_arr), (0)::numeric) AS start_arr,
    COALESCE(sum(flow.end_arr), (0)::numeric) AS end_arr,
    COALESCE(sum(flow.kept), (0)::numeric) AS kept,
    round((sum(flow.kept) / sum(flow.start_arr)), 4) AS grr,
    round((sum(flow.end_arr) / sum(flow.start_arr)), 4) AS nrr,
    COALESCE(sum(flow.expansion), (0)::numeric) AS expansion,
    COALESCE(sum(flow.contraction), (0)::numeric) AS contraction,
    COALESCE(sum(flow.churned_arr), (0)::numeric) AS churned_arr,
    (count(flow.account_id))::integer AS accounts_start,
    (count(flow.account_id) FILTER (WHERE (flow.end_arr = (0)::numeric)))::integer AS accounts_lost
   FROM (cs.arr_months month
     LEFT JOIN LATERAL cs.arr_between(month.since, COALESCE(month.until, 'infinity'::timestamp with time zone)) flow(tenant_id, account_id, start_arr, new_arr, returned_arr, expansion, contraction, churned_arr, end_arr, kept, paying_since) ON (((flow.tenant_id = month.tenant_id) AND (flow.start_arr > (0)::numeric))))
  GROUP BY month.tenant_id, month.month;

ALTER TABLE cs.retention OWNER TO cs_owner;

--
-- Name: VIEW retention; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.retention IS 'Month by month: how much of the ARR at its beginning is left at its end, of the customers that had it. The current month up to now. What begins or ends at midnight of the 1st belongs to that month. With parent_arr_includes_children a customer is a family, else an account.';

--
-- Name: COLUMN retention.month; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.month IS 'The first day of the month, in the tenant''s time zone.';

--
-- Name: COLUMN retention.start_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.start_arr IS 'The ARR at the start.';

--
-- Name: COLUMN retention.end_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.end_arr IS 'The ARR at the end.';

--
-- Name: COLUMN retention.kept; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.kept IS 'What is left of the start: the smaller of start and end, of each customer.';

--
-- Name: COLUMN retention.grr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.grr IS 'Gross revenue retention, from 0 to 1: expansion does not count. NULL without ARR at the start.';

--
-- Name: COLUMN retention.nrr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.nrr IS 'Net revenue retention, from 0: with expansion, without new customers. NULL without ARR at the start.';

--
-- Name: COLUMN retention.expansion; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.expansion IS 'What customers that stay pay more.';

--
-- Name: COLUMN retention.contraction; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.contraction IS 'What customers that stay pay less.';

--
-- Name: COLUMN retention.churned_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.churned_arr IS 'The ARR of customers that were lost.';

--
-- Name: COLUMN retention.accounts_start; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.accounts_start IS 'How many accounts paid at the start.';

--
-- Name: COLUMN retention.accounts_lost; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.retention.accounts_lost IS 'How many of the customers of the start were lost.';

--
-- Name: schema_versions; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.schema_versions (
    file text NOT NULL,
    applied_at timestamp with time zone DEFAULT now() NOT NULL,
    hash text NOT NULL
);

ALTER TABLE ONLY cs.schema_versions FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.schema_versions OWNER TO cs_owner;

--
-- Name: TABLE schema_versions; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.schema_versions IS 'Structure files that ran, each once. The row "again" holds the hash of the repeatable files and the extension''s oid.';

--
-- Name: sessions; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.sessions (
    id uuid DEFAULT gen_random_uuid() NOT NULL,
    user_id uuid NOT NULL,
    tenant_id uuid,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone
);

ALTER TABLE ONLY cs.sessions FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.sessions OWNER TO cs_owner;

--
-- Name: TABLE sessions; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.sessions IS 'Log-ins of the gateway. The id is the jti of the token; ended_at ends it at once, even if the token has not expired.';

--
-- Name: COLUMN sessions.tenant_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.sessions.tenant_id IS 'The tenant of this session; NULL until a person with several has chosen one.';

--
-- Name: stage_stays; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.stage_stays WITH (security_invoker='true') AS
 SELECT stay.tenant_id,
    stay.account_id,
    account.name AS account_name,
    stay.to_stage AS stage,
    stay.from_stage,
    lead(stay.to_stage) OVER later AS next_stage,
    stay.entered_at,
    stay.exited_at,
    round((EXTRACT(epoch FROM (COALESCE(stay.exited_at, now()) - stay.entered_at)) / (86400)::numeric), 2) AS days,
    stage.target_duration_days AS target_days,
    account.csm_id,
    person.full_name AS csm_name
   FROM (((cs.counted_stays stay
     JOIN cs.accounts account ON (((account.tenant_id = stay.tenant_id) AND (account.id = stay.account_id))))
     LEFT JOIN cs.journey_stages stage ON (((stage.tenant_id = stay.tenant_id) AND (stage.name = stay.to_stage))))
     LEFT JOIN cs.profiles person ON (((person.tenant_id = account.tenant_id) AND (person.user_id = account.csm_id))))
  WINDOW later AS (PARTITION BY stay.tenant_id, stay.account_id ORDER BY stay.entered_at, stay.exited_at);

ALTER TABLE cs.stage_stays OWNER TO cs_owner;

--
-- Name: VIEW stage_stays; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.stage_stays IS 'Every stay of every account in a stage, with names, past ones and the current one: how long accounts take from a stage to the next, by CSM. What was taken back is left out, as in counted_stays.';

--
-- Name: COLUMN stage_stays.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.account_id IS 'The account.';

--
-- Name: COLUMN stage_stays.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.account_name IS 'The name of the account.';

--
-- Name: COLUMN stage_stays.stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.stage IS 'The name of the stage.';

--
-- Name: COLUMN stage_stays.from_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.from_stage IS 'The stage before; NULL for the first.';

--
-- Name: COLUMN stage_stays.next_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.next_stage IS 'The stage it went to; NULL for the current stay.';

--
-- Name: COLUMN stage_stays.entered_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.entered_at IS 'When the account entered the stage.';

--
-- Name: COLUMN stage_stays.exited_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.exited_at IS 'When it ended; NULL for the current stay.';

--
-- Name: COLUMN stage_stays.days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.days IS 'How long it lasted, in days of 24 hours; the current stay up to now.';

--
-- Name: COLUMN stage_stays.target_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.target_days IS 'How long the stage should take at most, as the stage says now; NULL: no target, or the stage is gone.';

--
-- Name: COLUMN stage_stays.csm_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.csm_id IS 'The user who is the account''s CSM; NULL: nobody is.';

--
-- Name: COLUMN stage_stays.csm_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_stays.csm_name IS 'The name of the account''s CSM of today; NULL: nobody is.';

--
-- Name: stage_velocity; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.stage_velocity AS
SELECT
    NULL::uuid AS tenant_id,
    NULL::uuid AS stage_id,
    NULL::text AS stage,
    NULL::integer AS display_order,
    NULL::integer AS target_duration_days,
    NULL::integer AS entered,
    NULL::integer AS completed,
    NULL::numeric AS mean_days,
    NULL::numeric AS median_days,
    NULL::numeric AS p90_days,
    NULL::integer AS open_now,
    NULL::numeric AS open_mean_days,
    NULL::numeric AS over_target,
    NULL::numeric AS conversion;

ALTER TABLE cs.stage_velocity OWNER TO cs_owner;

--
-- Name: VIEW stage_velocity; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.stage_velocity IS 'How fast accounts pass each stage, over all stays that the reader sees.';

--
-- Name: COLUMN stage_velocity.stage_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.stage_id IS 'The stage.';

--
-- Name: COLUMN stage_velocity.stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.stage IS 'The name of the stage.';

--
-- Name: COLUMN stage_velocity.display_order; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.display_order IS 'Its place among the others, the lowest first.';

--
-- Name: COLUMN stage_velocity.target_duration_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.target_duration_days IS 'How long an account should stay, in days of 24 hours; NULL: no target.';

--
-- Name: COLUMN stage_velocity.entered; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.entered IS 'Stays that began.';

--
-- Name: COLUMN stage_velocity.completed; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.completed IS 'Stays that ended: mean, median and 90th percentile are of these, in days of 24 hours.';

--
-- Name: COLUMN stage_velocity.mean_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.mean_days IS 'The mean of the days that completed stays lasted.';

--
-- Name: COLUMN stage_velocity.median_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.median_days IS 'The median of the days that completed stays lasted.';

--
-- Name: COLUMN stage_velocity.p90_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.p90_days IS 'The days within which nine of ten completed stays ended.';

--
-- Name: COLUMN stage_velocity.open_now; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.open_now IS 'How many accounts are in the stage now.';

--
-- Name: COLUMN stage_velocity.open_mean_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.open_mean_days IS 'Mean age of the stays that are still open.';

--
-- Name: COLUMN stage_velocity.over_target; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.over_target IS 'Share of the ended stays longer than the target, 0 to 1; NULL without a target.';

--
-- Name: COLUMN stage_velocity.conversion; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.conversion IS 'Share of the ended stays that led straight to a later main stage, 0 to 1; NULL for side stages.';

--
-- Name: told_moments; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.told_moments (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    account_id uuid NOT NULL,
    as_of timestamp with time zone NOT NULL,
    version integer NOT NULL
);

ALTER TABLE ONLY cs.told_moments FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.told_moments OWNER TO cs_owner;

--
-- Name: TABLE told_moments; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.told_moments IS 'The newest moment of which an account was told with as_of, by upsert_account() or import_accounts(): what is told with an earlier one changes nothing.';

--
-- Name: COLUMN told_moments.version; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.told_moments.version IS 'The version of the account then. At another version somebody has changed it since, which counts as told when it was done.';

--
-- Name: unknown_usage; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.unknown_usage (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    external_id text NOT NULL,
    metric_type cs.metric_type NOT NULL,
    metric_value numeric NOT NULL,
    metadata jsonb NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    event_id text,
    kept_at timestamp with time zone DEFAULT now() NOT NULL,
    ended_at timestamp with time zone,
    reason text,
    CONSTRAINT unknown_usage_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT unknown_usage_metric_value_check CHECK (((metric_value >= (0)::numeric) AND (metric_value < '1000000000000000'::numeric))),
    CONSTRAINT unknown_usage_reason_check CHECK (((reason IS NULL) = (ended_at IS NULL)))
);

ALTER TABLE ONLY cs.unknown_usage FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.unknown_usage OWNER TO cs_owner;

--
-- Name: TABLE unknown_usage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.unknown_usage IS 'Usage told with keep_unknown of accounts that do not exist yet, as it will be in usage_metrics. Read the view waiting_usage.';

--
-- Name: COLUMN unknown_usage.reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.unknown_usage.reason IS 'Why it ended without having counted.';

--
-- Name: usage_daily; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.usage_daily (
    tenant_id uuid NOT NULL,
    account_id uuid NOT NULL,
    metric_type cs.metric_type NOT NULL,
    day date NOT NULL,
    total numeric NOT NULL,
    zone text NOT NULL
);

ALTER TABLE ONLY cs.usage_daily FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.usage_daily OWNER TO cs_owner;

--
-- Name: TABLE usage_daily; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.usage_daily IS 'Usage summed up by account, type and day, so that scores need not read a year of rows; the worker brings it up to date about a second after rows came.';

--
-- Name: COLUMN usage_daily.day; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_daily.day IS 'A day in the tenant''s time zone.';

--
-- Name: COLUMN usage_daily.total; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_daily.total IS 'The sum of the quantities of that day.';

--
-- Name: COLUMN usage_daily.zone; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_daily.zone IS 'The time zone that the day is of: after a change of the tenant''s time zone, the former one until the next daily pass.';

--
-- Name: usage_daily_changes; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.usage_daily_changes (
    tenant_id uuid NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    metric_type cs.metric_type NOT NULL,
    day date NOT NULL,
    total numeric NOT NULL,
    zone text NOT NULL,
    is_correction boolean DEFAULT false NOT NULL
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_insert_scale_factor='0', autovacuum_vacuum_insert_threshold='50000');

ALTER TABLE ONLY cs.usage_daily_changes FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.usage_daily_changes OWNER TO cs_owner;

--
-- Name: TABLE usage_daily_changes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.usage_daily_changes IS 'What is still to be added to usage_daily. Statements only add rows, so that no writer of usage waits for another; the worker takes them away.';

--
-- Name: COLUMN usage_daily_changes.is_correction; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_daily_changes.is_correction IS 'Puts the sum of a day right, so that it is of the tenant''s present time zone from then on.';

--
-- Name: usage_metrics; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.usage_metrics (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    account_id uuid NOT NULL,
    metric_type cs.metric_type NOT NULL,
    metric_value numeric NOT NULL,
    metadata jsonb DEFAULT '{}'::jsonb NOT NULL,
    recorded_at timestamp with time zone DEFAULT now() NOT NULL,
    event_id text,
    CONSTRAINT usage_metrics_metadata_check CHECK ((jsonb_typeof(metadata) = 'object'::text)),
    CONSTRAINT usage_metrics_metric_value_check CHECK (((metric_value >= (0)::numeric) AND (metric_value < '1000000000000000'::numeric)))
);

ALTER TABLE ONLY cs.usage_metrics FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.usage_metrics OWNER TO cs_owner;

--
-- Name: TABLE usage_metrics; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.usage_metrics IS 'Raw usage, sent by record_usage(). A value is a quantity: sum it, never count rows.';

--
-- Name: COLUMN usage_metrics.metadata; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_metrics.metadata IS 'Optional: user_id or active_users, feature, seats, ticket_id, severity, status, opened_at, resolved_at, csat (1 to 5). Numbers may be told as text. Other keys are the sender''s.';

--
-- Name: COLUMN usage_metrics.recorded_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_metrics.recorded_at IS 'When it happened, not when it was sent.';

--
-- Name: COLUMN usage_metrics.event_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_metrics.event_id IS 'The sender''s id of this fact, unique per tenant, so that sending twice counts once.';

--
-- Name: usage_features; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.usage_features WITH (security_invoker='true') AS
 SELECT used.tenant_id,
    used.account_id,
    account.name AS account_name,
    COALESCE((model.feature_aliases ->> named.feature), named.feature) AS feature,
    sum(used.metric_value) AS uses,
    (count(DISTINCT cs.local_day(tenant.settings, used.recorded_at)))::integer AS days,
    max(used.recorded_at) AS last_used_at
   FROM ((((cs.usage_metrics used
     JOIN cs.accounts account ON (((account.tenant_id = used.tenant_id) AND (account.id = used.account_id))))
     JOIN cs.tenants tenant ON ((tenant.id = used.tenant_id)))
     CROSS JOIN LATERAL ( SELECT lower(btrim((used.metadata ->> 'feature'::text))) AS feature) named)
     LEFT JOIN LATERAL ( SELECT latest.feature_aliases
           FROM cs.health_models latest
          WHERE (latest.tenant_id = used.tenant_id)
          ORDER BY latest.version DESC
         LIMIT 1) model ON (true))
  WHERE ((used.metric_type = 'feature_usage'::cs.metric_type) AND (used.recorded_at > (now() - '30 days'::interval)) AND (named.feature <> ''::text))
  GROUP BY used.tenant_id, used.account_id, account.name, COALESCE((model.feature_aliases ->> named.feature), named.feature);

ALTER TABLE cs.usage_features OWNER TO cs_owner;

--
-- Name: VIEW usage_features; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.usage_features IS 'The features that each account used in the last 30 days, under their present names.';

--
-- Name: COLUMN usage_features.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_features.account_id IS 'The account.';

--
-- Name: COLUMN usage_features.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_features.account_name IS 'The name of the account.';

--
-- Name: COLUMN usage_features.feature; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_features.feature IS 'The name of the feature, as it was first told.';

--
-- Name: COLUMN usage_features.uses; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_features.uses IS 'The sum of the quantities.';

--
-- Name: COLUMN usage_features.days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_features.days IS 'Days with use, in the tenant''s time zone.';

--
-- Name: COLUMN usage_features.last_used_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_features.last_used_at IS 'When it was last used.';

--
-- Name: usage_weekly; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.usage_weekly WITH (security_invoker='true') AS
 SELECT account.tenant_id,
    account.id AS account_id,
    account.name AS account_name,
    (used.metric_type)::text AS metric_type,
    (week.day)::date AS week,
    COALESCE(summed.total, (0)::numeric) AS total,
    summed.days,
    used.last_day
   FROM ((((cs.accounts account
     JOIN cs.tenants tenant ON ((tenant.id = account.tenant_id)))
     CROSS JOIN LATERAL ( SELECT by_day.metric_type,
            min(by_day.day) AS first_day,
            max(by_day.day) AS last_day,
            array_agg(by_day.day ORDER BY by_day.day) AS days,
            array_agg(by_day.total ORDER BY by_day.day) AS totals
           FROM ( SELECT "row".metric_type,
                    cs.local_day(tenant.settings, "row".recorded_at) AS day,
                    sum("row".metric_value) AS total
                   FROM cs.usage_metrics "row"
                  WHERE (("row".tenant_id = account.tenant_id) AND ("row".account_id = account.id) AND ("row".recorded_at > (now() - '366 days'::interval)) AND ("row".recorded_at <= now()) AND ("row".metric_value > (0)::numeric))
                  GROUP BY "row".metric_type, (cs.local_day(tenant.settings, "row".recorded_at))) by_day
          GROUP BY by_day.metric_type) used)
     CROSS JOIN LATERAL generate_series(date_trunc('week'::text, (used.first_day)::timestamp without time zone), (cs.local_day(tenant.settings, now()))::timestamp without time zone, '7 days'::interval) week(day))
     CROSS JOIN LATERAL ( SELECT sum(one.total) AS total,
            (count(*))::integer AS days
           FROM UNNEST(used.days, used.totals) one(day, total)
          WHERE ((one.day >= (week.day)::date) AND (one.day < ((week.day)::date + 7)))) summed);

ALTER TABLE cs.usage_weekly OWNER TO cs_owner;

--
-- Name: VIEW usage_weekly; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.usage_weekly IS 'Usage of each account by type, week by week over the last year: a row for every week since the first one with use, also where nothing was used.';

--
-- Name: COLUMN usage_weekly.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_weekly.account_id IS 'The account.';

--
-- Name: COLUMN usage_weekly.account_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_weekly.account_name IS 'The name of the account.';

--
-- Name: COLUMN usage_weekly.metric_type; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_weekly.metric_type IS 'The type of usage: logins, feature_usage, api_calls or support_tickets.';

--
-- Name: COLUMN usage_weekly.week; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_weekly.week IS 'The Monday it begins with, in the tenant''s time zone; the last week is not over yet.';

--
-- Name: COLUMN usage_weekly.total; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_weekly.total IS 'The sum of the quantities of that week.';

--
-- Name: COLUMN usage_weekly.days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_weekly.days IS 'Days of that week with use.';

--
-- Name: COLUMN usage_weekly.last_day; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_weekly.last_day IS 'The last day with use of this type within the year.';

--
-- Name: waiting_usage; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.waiting_usage WITH (security_invoker='true') AS
 SELECT waiting.tenant_id,
    waiting.id,
    waiting.external_id,
    (waiting.metric_type)::text AS metric_type,
    waiting.metric_value,
    waiting.metadata,
    waiting.recorded_at,
    waiting.event_id,
    waiting.kept_at,
    (waiting.kept_at + '30 days'::interval) AS ends_at,
    waiting.ended_at,
    waiting.reason
   FROM cs.unknown_usage waiting;

ALTER TABLE cs.waiting_usage OWNER TO cs_owner;

--
-- Name: VIEW waiting_usage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.waiting_usage IS 'Usage told with keep_unknown of accounts that do not exist yet. It counts, and leaves this view, as soon as an account has its external_id; after 30 days it ends. For Practitioners and Tenant Admins.';

--
-- Name: COLUMN waiting_usage.id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.id IS 'Its id.';

--
-- Name: COLUMN waiting_usage.external_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.external_id IS 'The external_id the account has to have.';

--
-- Name: COLUMN waiting_usage.metric_type; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.metric_type IS 'logins, feature_usage, api_calls or support_tickets.';

--
-- Name: COLUMN waiting_usage.metric_value; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.metric_value IS 'The quantity.';

--
-- Name: COLUMN waiting_usage.metadata; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.metadata IS 'What came with it, as in usage_metrics.';

--
-- Name: COLUMN waiting_usage.recorded_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.recorded_at IS 'When it happened, not when it was sent.';

--
-- Name: COLUMN waiting_usage.event_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.event_id IS 'The sender''s id of this fact; NULL: it has none.';

--
-- Name: COLUMN waiting_usage.kept_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.kept_at IS 'When it was told.';

--
-- Name: COLUMN waiting_usage.ends_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.ends_at IS 'When it ends if there is no such account by then.';

--
-- Name: COLUMN waiting_usage.ended_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.ended_at IS 'When it ended without having counted; NULL: it waits. What has ended is shown for 30 days.';

--
-- Name: COLUMN waiting_usage.reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.waiting_usage.reason IS 'Why it ended without having counted.';

--
-- Name: worker_failures; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.worker_failures (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    step text NOT NULL,
    account_id uuid,
    playbook_id uuid,
    error text NOT NULL,
    failed_since timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    last_failed_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    tries integer DEFAULT 1 NOT NULL,
    CONSTRAINT worker_failures_step_check CHECK ((step = ANY (ARRAY['health'::text, 'daily pass'::text, 'norms'::text, 'overrides'::text, 'playbooks'::text])))
);

ALTER TABLE ONLY cs.worker_failures FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.worker_failures OWNER TO cs_owner;

--
-- Name: TABLE worker_failures; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.worker_failures IS 'Steps of the worker that stand still for a tenant, or for one account or playbook of it, until they succeed. No foreign key: who holds the row of a tenant must not keep the worker from saying so.';

--
-- Name: COLUMN worker_failures.step; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.worker_failures.step IS 'health: marked accounts; daily pass; norms: taking what is usual, which is kept from before; overrides: ending them; playbooks: what fires by time.';

--
-- Name: COLUMN worker_failures.account_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.worker_failures.account_id IS 'The account that cannot be computed; NULL: nothing of the tenant can.';

--
-- Name: COLUMN worker_failures.playbook_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.worker_failures.playbook_id IS 'The playbook that cannot be looked at; NULL: it is not about one.';

--
-- Name: COLUMN worker_failures.error; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.worker_failures.error IS 'What PostgreSQL or the extension said at the last try.';

--
-- Name: journey_stages journey_stages_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.journey_stages
    ADD CONSTRAINT journey_stages_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: velocity_between(timestamp with time zone, timestamp with time zone, jsonb); Type: FUNCTION; Schema: cs; Owner: cs_owner
--

CREATE FUNCTION cs.velocity_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb DEFAULT NULL::jsonb) RETURNS TABLE(tenant_id uuid, stage_id uuid, stage text, display_order integer, target_duration_days integer, entered integer, completed integer, mean_days numeric, median_days numeric, p90_days numeric, open_now integer, open_mean_days numeric, over_target numeric, conversion numeric)
    LANGUAGE sql STABLE
    BEGIN ATOMIC
 SELECT stage.tenant_id,
     stage.id,
     stage.name,
     stage.display_order,
     stage.target_duration_days,
     (count(*) FILTER (WHERE stay.has_begun))::integer AS count,
     (count(*) FILTER (WHERE stay.is_over))::integer AS count,
     round(avg(stay.days) FILTER (WHERE stay.is_over), 1) AS round,
     round((percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY ((stay.days)::double precision)) FILTER (WHERE stay.is_over))::numeric, 1) AS round,
     round((percentile_cont((0.9)::double precision) WITHIN GROUP (ORDER BY ((stay.days)::double precision)) FILTER (WHERE stay.is_over))::numeric, 1) AS round,
     (count(*) FILTER (WHERE stay.is_open))::integer AS count,
     round(avg(stay.days) FILTER (WHERE stay.is_open), 1) AS round,
     round(((count(*) FILTER (WHERE (stay.is_over AND (stay.days > (stage.target_duration_days)::numeric))))::numeric / (NULLIF(count(*) FILTER (WHERE (stay.is_over AND (stage.target_duration_days IS NOT NULL))), 0))::numeric), 3) AS round,
     round(((count(*) FILTER (WHERE (stay.is_over AND stay.went_on AND (NOT stage.is_side) AND (NOT stage.is_end))))::numeric / (NULLIF(count(*) FILTER (WHERE (stay.is_over AND (NOT stage.is_side) AND (NOT stage.is_end))), 0))::numeric), 3) AS round
    FROM (cs.journey_stages stage
      LEFT JOIN ( SELECT walked.tenant_id,
             walked.to_stage,
             (walked.entered_at >= velocity_between.since) AS has_begun,
             (walked.exited_at < velocity_between.until) AS is_over,
             ((walked.exited_at IS NULL) OR (walked.exited_at >= velocity_between.until)) AS is_open,
             (EXTRACT(epoch FROM (LEAST(walked.exited_at, velocity_between.until, now()) - walked.entered_at)) / (86400)::numeric) AS days,
             ((following.display_order > here.display_order) AND (NOT following.is_side) AND (NOT following.is_end)) AS went_on
            FROM ((( SELECT history.tenant_id,
                     history.to_stage,
                     history.entered_at,
                     history.exited_at,
                     lead(history.to_stage) OVER (PARTITION BY history.tenant_id, history.account_id ORDER BY history.entered_at, history.exited_at, history.history_id) AS next_stage
                    FROM cs.counted_stays history
                   WHERE ((velocity_between.criteria IS NULL) OR (history.account_id IN ( SELECT cs.matching_accounts(velocity_between.criteria) AS matching_accounts)))) walked
              JOIN cs.journey_stages here ON (((here.tenant_id = walked.tenant_id) AND (here.name = walked.to_stage))))
              LEFT JOIN cs.journey_stages following ON (((following.tenant_id = walked.tenant_id) AND (following.name = walked.next_stage))))
           WHERE ((walked.entered_at < velocity_between.until) AND ((walked.exited_at IS NULL) OR (walked.exited_at >= velocity_between.since)))) stay ON (((stay.tenant_id = stage.tenant_id) AND (stay.to_stage = stage.name))))
   WHERE cs.check_period(velocity_between.since, velocity_between.until)
   GROUP BY stage.tenant_id, stage.id;
END;

ALTER FUNCTION cs.velocity_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) OWNER TO cs_owner;

--
-- Name: FUNCTION velocity_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb); Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON FUNCTION cs.velocity_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) IS 'How fast accounts passed each stage from since to before until: entered and completed count stays that began and ended in the period; mean, median, 90th percentile, over_target and conversion are of those that ended in it; open_now and open_mean_days are of those still open at its end, at their age then. Moves that were taken back, and the way back, count nowhere. criteria: of which accounts; NULL: all. Errors: 22023 where since is not before until.';

--
-- Name: account_members account_members_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.account_members
    ADD CONSTRAINT account_members_pkey PRIMARY KEY (tenant_id, account_id, user_id);

--
-- Name: account_milestones account_milestones_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.account_milestones
    ADD CONSTRAINT account_milestones_pkey PRIMARY KEY (tenant_id, account_id, milestone_id);

--
-- Name: accounts accounts_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: accounts accounts_tenant_id_external_id_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.accounts
    ADD CONSTRAINT accounts_tenant_id_external_id_key UNIQUE (tenant_id, external_id);

--
-- Name: activities activities_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.activities
    ADD CONSTRAINT activities_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: api_tokens api_tokens_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.api_tokens
    ADD CONSTRAINT api_tokens_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: api_tokens api_tokens_token_hash_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.api_tokens
    ADD CONSTRAINT api_tokens_token_hash_key UNIQUE (token_hash);

--
-- Name: arr_history arr_history_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.arr_history
    ADD CONSTRAINT arr_history_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: audit_log audit_log_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: contacts contacts_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.contacts
    ADD CONSTRAINT contacts_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: custom_fields custom_fields_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.custom_fields
    ADD CONSTRAINT custom_fields_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: custom_fields custom_fields_tenant_id_key_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.custom_fields
    ADD CONSTRAINT custom_fields_tenant_id_key_key UNIQUE (tenant_id, key);

--
-- Name: database_logins database_logins_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.database_logins
    ADD CONSTRAINT database_logins_pkey PRIMARY KEY (tenant_id, role_name);

--
-- Name: database_logins database_logins_role_name_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.database_logins
    ADD CONSTRAINT database_logins_role_name_key UNIQUE (role_name);

--
-- Name: deleted_accounts deleted_accounts_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.deleted_accounts
    ADD CONSTRAINT deleted_accounts_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: event_channel event_channel_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.event_channel
    ADD CONSTRAINT event_channel_pkey PRIMARY KEY (only_row);

--
-- Name: feed_silences feed_silences_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.feed_silences
    ADD CONSTRAINT feed_silences_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: health_dirty health_dirty_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_dirty
    ADD CONSTRAINT health_dirty_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: health_models health_models_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_models
    ADD CONSTRAINT health_models_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: health_models health_models_tenant_id_version_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_models
    ADD CONSTRAINT health_models_tenant_id_version_key UNIQUE (tenant_id, version);

--
-- Name: health_norms health_norms_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_norms
    ADD CONSTRAINT health_norms_pkey PRIMARY KEY (tenant_id, taken_at);

--
-- Name: health_overrides health_overrides_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_overrides
    ADD CONSTRAINT health_overrides_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: health_passes health_passes_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_passes
    ADD CONSTRAINT health_passes_pkey PRIMARY KEY (tenant_id);

--
-- Name: health_scores health_scores_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_scores
    ADD CONSTRAINT health_scores_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: installation installation_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.installation
    ADD CONSTRAINT installation_pkey PRIMARY KEY (only_row);

--
-- Name: invitations invitations_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: invitations invitations_token_hash_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.invitations
    ADD CONSTRAINT invitations_token_hash_key UNIQUE (token_hash);

--
-- Name: journey_history journey_history_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.journey_history
    ADD CONSTRAINT journey_history_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: journey_stages journey_stages_tenant_id_name_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.journey_stages
    ADD CONSTRAINT journey_stages_tenant_id_name_key UNIQUE (tenant_id, name);

--
-- Name: offered_roles offered_roles_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.offered_roles
    ADD CONSTRAINT offered_roles_pkey PRIMARY KEY (tenant_id, role_name);

--
-- Name: offered_roles offered_roles_role_name_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.offered_roles
    ADD CONSTRAINT offered_roles_role_name_key UNIQUE (role_name);

--
-- Name: password_resets password_resets_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.password_resets
    ADD CONSTRAINT password_resets_pkey PRIMARY KEY (user_id);

--
-- Name: password_resets password_resets_token_hash_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.password_resets
    ADD CONSTRAINT password_resets_token_hash_key UNIQUE (token_hash);

--
-- Name: playbook_bursts playbook_bursts_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_bursts
    ADD CONSTRAINT playbook_bursts_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: playbook_entries playbook_entries_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_entries
    ADD CONSTRAINT playbook_entries_pkey PRIMARY KEY (tenant_id, playbook_id, account_id, subject);

--
-- Name: playbook_executions playbook_executions_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_executions
    ADD CONSTRAINT playbook_executions_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: playbook_passes playbook_passes_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_passes
    ADD CONSTRAINT playbook_passes_pkey PRIMARY KEY (tenant_id, playbook_id);

--
-- Name: playbook_versions playbook_versions_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_versions
    ADD CONSTRAINT playbook_versions_pkey PRIMARY KEY (tenant_id, playbook_id, version);

--
-- Name: playbooks playbooks_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbooks
    ADD CONSTRAINT playbooks_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: profiles profiles_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.profiles
    ADD CONSTRAINT profiles_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: profiles profiles_tenant_id_user_id_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.profiles
    ADD CONSTRAINT profiles_tenant_id_user_id_key UNIQUE (tenant_id, user_id);

--
-- Name: saved_views saved_views_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.saved_views
    ADD CONSTRAINT saved_views_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: schema_versions schema_versions_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.schema_versions
    ADD CONSTRAINT schema_versions_pkey PRIMARY KEY (file);

--
-- Name: sessions sessions_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.sessions
    ADD CONSTRAINT sessions_pkey PRIMARY KEY (id);

--
-- Name: stage_milestones stage_milestones_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.stage_milestones
    ADD CONSTRAINT stage_milestones_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: tenants tenants_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.tenants
    ADD CONSTRAINT tenants_pkey PRIMARY KEY (id);

--
-- Name: tenants tenants_slug_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.tenants
    ADD CONSTRAINT tenants_slug_key UNIQUE (slug);

--
-- Name: told_moments told_moments_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.told_moments
    ADD CONSTRAINT told_moments_pkey PRIMARY KEY (tenant_id, account_id);

--
-- Name: unknown_usage unknown_usage_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.unknown_usage
    ADD CONSTRAINT unknown_usage_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: usage_daily_changes usage_daily_changes_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.usage_daily_changes
    ADD CONSTRAINT usage_daily_changes_pkey PRIMARY KEY (tenant_id, account_id, id);

--
-- Name: usage_daily usage_daily_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.usage_daily
    ADD CONSTRAINT usage_daily_pkey PRIMARY KEY (tenant_id, account_id, metric_type, day);

--
-- Name: usage_metrics usage_metrics_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.usage_metrics
    ADD CONSTRAINT usage_metrics_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: usage_metrics usage_metrics_tenant_id_event_id_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.usage_metrics
    ADD CONSTRAINT usage_metrics_tenant_id_event_id_key UNIQUE (tenant_id, event_id);

--
-- Name: user_preferences user_preferences_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.user_preferences
    ADD CONSTRAINT user_preferences_pkey PRIMARY KEY (tenant_id, user_id);

--
-- Name: users users_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

--
-- Name: webhook_attempts webhook_attempts_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.webhook_attempts
    ADD CONSTRAINT webhook_attempts_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: webhook_breakers webhook_breakers_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.webhook_breakers
    ADD CONSTRAINT webhook_breakers_pkey PRIMARY KEY (tenant_id, host);

--
-- Name: webhook_queue webhook_queue_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.webhook_queue
    ADD CONSTRAINT webhook_queue_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: worker_failures worker_failures_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.worker_failures
    ADD CONSTRAINT worker_failures_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: worker_failures worker_failures_subject_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.worker_failures
    ADD CONSTRAINT worker_failures_subject_key UNIQUE NULLS NOT DISTINCT (tenant_id, step, account_id, playbook_id);

--
-- Name: account_members_user_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX account_members_user_id_idx ON cs.account_members USING btree (tenant_id, user_id);

--
-- Name: account_milestones_completed_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX account_milestones_completed_by_idx ON cs.account_milestones USING btree (completed_by);

--
-- Name: account_milestones_milestone_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX account_milestones_milestone_idx ON cs.account_milestones USING btree (tenant_id, milestone_id);

--
-- Name: accounts_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX accounts_id_idx ON cs.accounts USING btree (id);

--
-- Name: accounts_tenant_id_csm_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX accounts_tenant_id_csm_id_idx ON cs.accounts USING btree (tenant_id, csm_id);

--
-- Name: accounts_tenant_id_current_stage_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX accounts_tenant_id_current_stage_idx ON cs.accounts USING btree (tenant_id, current_stage);

--
-- Name: accounts_tenant_id_hierarchy_path_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX accounts_tenant_id_hierarchy_path_idx ON cs.accounts USING btree (tenant_id, hierarchy_path) INCLUDE (id, name, parent_id, hierarchy_level);

--
-- Name: accounts_tenant_id_parent_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX accounts_tenant_id_parent_id_idx ON cs.accounts USING btree (tenant_id, parent_id);

--
-- Name: activities_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX activities_account_idx ON cs.activities USING btree (tenant_id, account_id, happened_at DESC);

--
-- Name: activities_assigned_to_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX activities_assigned_to_idx ON cs.activities USING btree (tenant_id, assigned_to, at);

--
-- Name: activities_created_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX activities_created_by_idx ON cs.activities USING btree (created_by);

--
-- Name: api_tokens_user_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX api_tokens_user_id_idx ON cs.api_tokens USING btree (tenant_id, user_id);

--
-- Name: arr_history_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX arr_history_account_idx ON cs.arr_history USING btree (tenant_id, account_id, valid_from);

--
-- Name: arr_history_open_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX arr_history_open_key ON cs.arr_history USING btree (tenant_id, account_id) WHERE (valid_until IS NULL);

--
-- Name: audit_log_at_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX audit_log_at_idx ON cs.audit_log USING btree (tenant_id, at DESC);

--
-- Name: audit_log_row_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX audit_log_row_idx ON cs.audit_log USING btree (tenant_id, table_name, ((row_key ->> 'id'::text)), at DESC);

--
-- Name: contacts_account_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX contacts_account_id_idx ON cs.contacts USING btree (tenant_id, account_id);

--
-- Name: contacts_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX contacts_id_idx ON cs.contacts USING btree (id);

--
-- Name: contacts_primary_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX contacts_primary_key ON cs.contacts USING btree (tenant_id, account_id) WHERE is_primary;

--
-- Name: database_logins_user_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX database_logins_user_id_idx ON cs.database_logins USING btree (tenant_id, user_id);

--
-- Name: deleted_accounts_parent_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX deleted_accounts_parent_id_idx ON cs.deleted_accounts USING btree (tenant_id, parent_id);

--
-- Name: feed_silences_accepted_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX feed_silences_accepted_by_idx ON cs.feed_silences USING btree (accepted_by);

--
-- Name: feed_silences_accepted_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX feed_silences_accepted_idx ON cs.feed_silences USING btree (tenant_id, accepted_at);

--
-- Name: feed_silences_withdrawn_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX feed_silences_withdrawn_by_idx ON cs.feed_silences USING btree (withdrawn_by);

--
-- Name: health_models_created_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX health_models_created_by_idx ON cs.health_models USING btree (created_by);

--
-- Name: health_overrides_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX health_overrides_account_idx ON cs.health_overrides USING btree (tenant_id, account_id, set_at);

--
-- Name: health_overrides_due_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX health_overrides_due_idx ON cs.health_overrides USING btree (until) WHERE (ended_at IS NULL);

--
-- Name: health_overrides_ended_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX health_overrides_ended_by_idx ON cs.health_overrides USING btree (ended_by);

--
-- Name: health_overrides_open_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX health_overrides_open_key ON cs.health_overrides USING btree (tenant_id, account_id) WHERE (ended_at IS NULL);

--
-- Name: health_overrides_set_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX health_overrides_set_by_idx ON cs.health_overrides USING btree (set_by);

--
-- Name: health_scores_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX health_scores_account_idx ON cs.health_scores USING btree (tenant_id, account_id, created_at DESC);

--
-- Name: health_scores_change_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX health_scores_change_idx ON cs.health_scores USING btree (tenant_id, account_id, created_at DESC) WHERE ((previous_score IS DISTINCT FROM overall_score) OR (cause = 'model'::text));

--
-- Name: INDEX health_scores_change_idx; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON INDEX cs.health_scores_change_idx IS 'The scores that may have changed the risk level; most rows repeat the one before.';

--
-- Name: health_scores_current_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX health_scores_current_key ON cs.health_scores USING btree (tenant_id, account_id) WHERE is_current;

--
-- Name: invitations_invited_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX invitations_invited_by_idx ON cs.invitations USING btree (tenant_id, invited_by);

--
-- Name: invitations_open_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX invitations_open_key ON cs.invitations USING btree (tenant_id, email) WHERE (accepted_at IS NULL);

--
-- Name: journey_history_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX journey_history_account_idx ON cs.journey_history USING btree (tenant_id, account_id, entered_at);

--
-- Name: journey_history_from_stage_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX journey_history_from_stage_idx ON cs.journey_history USING btree (tenant_id, from_stage);

--
-- Name: journey_history_open_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX journey_history_open_key ON cs.journey_history USING btree (tenant_id, account_id) WHERE (exited_at IS NULL);

--
-- Name: journey_history_to_stage_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX journey_history_to_stage_idx ON cs.journey_history USING btree (tenant_id, to_stage);

--
-- Name: journey_history_triggered_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX journey_history_triggered_by_idx ON cs.journey_history USING btree (triggered_by);

--
-- Name: journey_stages_end_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX journey_stages_end_key ON cs.journey_stages USING btree (tenant_id) WHERE (is_end AND is_active);

--
-- Name: journey_stages_name_ci_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX journey_stages_name_ci_key ON cs.journey_stages USING btree (tenant_id, cs.fold_name(name));

--
-- Name: password_resets_made_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX password_resets_made_by_idx ON cs.password_resets USING btree (tenant_id, made_by);

--
-- Name: playbook_bursts_open_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX playbook_bursts_open_key ON cs.playbook_bursts USING btree (tenant_id, playbook_id) WHERE (ended_at IS NULL);

--
-- Name: playbook_bursts_playbook_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbook_bursts_playbook_idx ON cs.playbook_bursts USING btree (tenant_id, playbook_id, created_at DESC);

--
-- Name: playbook_entries_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbook_entries_account_idx ON cs.playbook_entries USING btree (tenant_id, account_id);

--
-- Name: playbook_executions_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbook_executions_account_idx ON cs.playbook_executions USING btree (tenant_id, account_id, executed_at DESC);

--
-- Name: playbook_executions_burst_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbook_executions_burst_idx ON cs.playbook_executions USING btree (tenant_id, burst_id) WHERE (burst_id IS NOT NULL);

--
-- Name: playbook_executions_open_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbook_executions_open_idx ON cs.playbook_executions USING btree (tenant_id, account_id) WHERE is_open;

--
-- Name: playbook_executions_playbook_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbook_executions_playbook_idx ON cs.playbook_executions USING btree (tenant_id, playbook_id, account_id, executed_at DESC);

--
-- Name: playbook_executions_ran_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbook_executions_ran_idx ON cs.playbook_executions USING btree (tenant_id, playbook_id, executed_at) WHERE (result = ANY (ARRAY['fired'::text, 'failed'::text]));

--
-- Name: playbooks_name_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX playbooks_name_key ON cs.playbooks USING btree (tenant_id, cs.fold_name(name)) WHERE (deleted_at IS NULL);

--
-- Name: playbooks_waiting_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbooks_waiting_idx ON cs.playbooks USING btree (tenant_id, event_kind) WHERE (is_active AND (paused_at IS NULL) AND (deleted_at IS NULL));

--
-- Name: profiles_user_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX profiles_user_id_idx ON cs.profiles USING btree (user_id);

--
-- Name: saved_views_name_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX saved_views_name_key ON cs.saved_views USING btree (tenant_id, owner_id, page, cs.fold_name(name));

--
-- Name: sessions_tenant_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX sessions_tenant_id_idx ON cs.sessions USING btree (tenant_id);

--
-- Name: sessions_user_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX sessions_user_id_idx ON cs.sessions USING btree (user_id);

--
-- Name: stage_milestones_criteria_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX stage_milestones_criteria_idx ON cs.stage_milestones USING btree (tenant_id) WHERE ((criteria IS NOT NULL) AND is_active);

--
-- Name: stage_milestones_stage_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX stage_milestones_stage_idx ON cs.stage_milestones USING btree (tenant_id, stage_id, display_order);

--
-- Name: unknown_usage_event_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX unknown_usage_event_id_idx ON cs.unknown_usage USING btree (tenant_id, event_id) WHERE (ended_at IS NULL);

--
-- Name: unknown_usage_external_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX unknown_usage_external_id_idx ON cs.unknown_usage USING btree (tenant_id, external_id) WHERE (ended_at IS NULL);

--
-- Name: unknown_usage_kept_at_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX unknown_usage_kept_at_idx ON cs.unknown_usage USING btree (kept_at);

--
-- Name: usage_metrics_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX usage_metrics_account_idx ON cs.usage_metrics USING btree (tenant_id, account_id, metric_type, recorded_at);

--
-- Name: usage_metrics_feed_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX usage_metrics_feed_idx ON cs.usage_metrics USING btree (tenant_id, metric_type, recorded_at);

--
-- Name: usage_metrics_seats_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX usage_metrics_seats_idx ON cs.usage_metrics USING btree (tenant_id, account_id, recorded_at) WHERE (metadata ? 'seats'::text);

--
-- Name: users_email_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX users_email_key ON cs.users USING btree (email);

--
-- Name: webhook_attempts_delivery_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX webhook_attempts_delivery_idx ON cs.webhook_attempts USING btree (tenant_id, delivery_id, tried_at);

--
-- Name: webhook_queue_due_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX webhook_queue_due_idx ON cs.webhook_queue USING btree (tenant_id, host, run_at, id) WHERE ((status = 'pending'::cs.webhook_status) AND (held IS NULL));

--
-- Name: webhook_queue_event_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX webhook_queue_event_key ON cs.webhook_queue USING btree (tenant_id, account_id, playbook_id, event_id, action) WHERE (status <> 'completed'::cs.webhook_status);

--
-- Name: webhook_queue_failed_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX webhook_queue_failed_idx ON cs.webhook_queue USING btree (tenant_id, processed_at) WHERE (status = 'failed'::cs.webhook_status);

--
-- Name: webhook_queue_held_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX webhook_queue_held_idx ON cs.webhook_queue USING btree (tenant_id, playbook_id, account_id, sequence, id) WHERE (held IS NOT NULL);

--
-- Name: webhook_queue_playbook_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX webhook_queue_playbook_idx ON cs.webhook_queue USING btree (tenant_id, playbook_id, created_at);

--
-- Name: journey_board _RETURN; Type: RULE; Schema: cs; Owner: cs_owner
--

CREATE OR REPLACE VIEW cs.journey_board WITH (security_invoker='true') AS
 SELECT stage.tenant_id,
    stage.id AS stage_id,
    stage.name AS stage,
    stage.display_order,
    stage.color_hex,
    stage.is_side,
    stage.is_end,
    stage.wip_limit,
    stage.target_duration_days,
    (count(here.account_id))::integer AS accounts,
    COALESCE(sum(here.arr), (0)::numeric) AS arr,
    round(((percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY ((here.seconds)::double precision)) / (86400)::double precision))::numeric, 1) AS median_days,
    (count(here.over_seconds))::integer AS overdue,
    (count(*) FILTER (WHERE (here.stage_state = 'behind'::text)))::integer AS behind,
    (count(*) FILTER (WHERE (here.stage_state = 'stuck'::text)))::integer AS stuck,
    COALESCE((count(here.account_id) > stage.wip_limit), false) AS over_limit
   FROM (cs.journey_stages stage
     LEFT JOIN ( SELECT stay.tenant_id,
            stay.stage_id,
            stay.account_id,
            stay.seconds,
            stay.over_seconds,
            stay.stage_state,
            counted.arr
           FROM (cs.current_stays stay
             JOIN cs.counted_arr counted ON (((counted.tenant_id = stay.tenant_id) AND (counted.account_id = stay.account_id))))) here ON (((here.tenant_id = stage.tenant_id) AND (here.stage_id = stage.id))))
  GROUP BY stage.tenant_id, stage.id
 HAVING (stage.is_active OR (count(here.account_id) > 0));

--
-- Name: stage_velocity _RETURN; Type: RULE; Schema: cs; Owner: cs_owner
--

CREATE OR REPLACE VIEW cs.stage_velocity WITH (security_invoker='true') AS
 SELECT velocity.tenant_id,
    velocity.stage_id,
    velocity.stage,
    velocity.display_order,
    velocity.target_duration_days,
    velocity.entered,
    velocity.completed,
    velocity.mean_days,
    velocity.median_days,
    velocity.p90_days,
    velocity.open_now,
    velocity.open_mean_days,
    velocity.over_target,
    velocity.conversion
   FROM cs.velocity_between('-infinity'::timestamp with time zone, 'infinity'::timestamp with time zone) velocity(tenant_id, stage_id, stage, display_order, target_duration_days, entered, completed, mean_days, median_days, p90_days, open_now, open_mean_days, over_target, conversion);

--
-- Name: accounts A10_relatives_of_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER "A10_relatives_of_deleted" AFTER DELETE ON cs.accounts FOR EACH ROW EXECUTE FUNCTION cs.tg_accounts__check_relatives();

--
-- Name: accounts A10_relatives_of_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER "A10_relatives_of_inserted" AFTER INSERT ON cs.accounts FOR EACH ROW WHEN ((new.hierarchy_path = ''::text)) EXECUTE FUNCTION cs.tg_accounts__check_relatives();

--
-- Name: accounts A10_relatives_of_moved; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER "A10_relatives_of_moved" AFTER UPDATE ON cs.accounts FOR EACH ROW WHEN ((new.hierarchy_path = ''::text)) EXECUTE FUNCTION cs.tg_accounts__check_relatives();

--
-- Name: event_channel t00_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t00_forget BEFORE INSERT OR DELETE OR UPDATE ON cs.event_channel FOR EACH ROW EXECUTE FUNCTION cs.tg_configuration__forget();

ALTER TABLE cs.event_channel ENABLE ALWAYS TRIGGER t00_forget;

--
-- Name: health_models t00_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t00_forget BEFORE INSERT OR DELETE OR UPDATE ON cs.health_models FOR EACH ROW EXECUTE FUNCTION cs.tg_configuration__forget();

ALTER TABLE cs.health_models ENABLE ALWAYS TRIGGER t00_forget;

--
-- Name: journey_stages t00_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t00_forget BEFORE INSERT OR DELETE OR UPDATE ON cs.journey_stages FOR EACH ROW EXECUTE FUNCTION cs.tg_configuration__forget();

ALTER TABLE cs.journey_stages ENABLE ALWAYS TRIGGER t00_forget;

--
-- Name: playbooks t00_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t00_forget BEFORE INSERT OR DELETE OR UPDATE ON cs.playbooks FOR EACH ROW EXECUTE FUNCTION cs.tg_configuration__forget();

ALTER TABLE cs.playbooks ENABLE ALWAYS TRIGGER t00_forget;

--
-- Name: profiles t00_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t00_forget BEFORE INSERT OR DELETE OR UPDATE ON cs.profiles FOR EACH ROW EXECUTE FUNCTION cs.tg_configuration__forget();

ALTER TABLE cs.profiles ENABLE ALWAYS TRIGGER t00_forget;

--
-- Name: stage_milestones t00_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t00_forget BEFORE INSERT OR DELETE OR UPDATE ON cs.stage_milestones FOR EACH ROW EXECUTE FUNCTION cs.tg_configuration__forget();

ALTER TABLE cs.stage_milestones ENABLE ALWAYS TRIGGER t00_forget;

--
-- Name: tenants t00_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t00_forget BEFORE INSERT OR DELETE OR UPDATE ON cs.tenants FOR EACH ROW EXECUTE FUNCTION cs.tg_configuration__forget();

ALTER TABLE cs.tenants ENABLE ALWAYS TRIGGER t00_forget;

--
-- Name: users t00_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t00_forget BEFORE INSERT OR DELETE OR UPDATE ON cs.users FOR EACH ROW EXECUTE FUNCTION cs.tg_configuration__forget();

ALTER TABLE cs.users ENABLE ALWAYS TRIGGER t00_forget;

--
-- Name: accounts t05_lock_tree; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t05_lock_tree BEFORE UPDATE OF parent_id ON cs.accounts FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__lock_tree();

--
-- Name: webhook_queue t10_address; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_address BEFORE INSERT ON cs.webhook_queue FOR EACH ROW EXECUTE FUNCTION cs.tg_webhook_queue__address();

--
-- Name: accounts t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.accounts FOR EACH ROW EXECUTE FUNCTION cs.tg_accounts__check();

--
-- Name: activities t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.activities FOR EACH ROW EXECUTE FUNCTION cs.tg_activities__check();

--
-- Name: contacts t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.contacts FOR EACH ROW EXECUTE FUNCTION cs.tg_contacts__check();

--
-- Name: custom_fields t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.custom_fields FOR EACH ROW EXECUTE FUNCTION cs.tg_custom_fields__check();

--
-- Name: health_models t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.health_models FOR EACH ROW EXECUTE FUNCTION cs.tg_health_models__check();

--
-- Name: journey_stages t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.journey_stages FOR EACH ROW EXECUTE FUNCTION cs.tg_journey_stages__check();

--
-- Name: playbooks t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.playbooks FOR EACH ROW EXECUTE FUNCTION cs.tg_playbooks__check();

--
-- Name: saved_views t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.saved_views FOR EACH ROW EXECUTE FUNCTION cs.tg_saved_views__check();

--
-- Name: stage_milestones t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.stage_milestones FOR EACH ROW EXECUTE FUNCTION cs.tg_stage_milestones__check();

--
-- Name: tenants t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.tenants FOR EACH ROW EXECUTE FUNCTION cs.tg_tenants__check();

--
-- Name: user_preferences t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.user_preferences FOR EACH ROW EXECUTE FUNCTION cs.tg_user_preferences__check();

--
-- Name: audit_log t10_refuse; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_refuse BEFORE DELETE OR UPDATE OR TRUNCATE ON cs.audit_log FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit_log__refuse();

--
-- Name: health_scores t10_supersede; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_supersede BEFORE INSERT ON cs.health_scores FOR EACH ROW EXECUTE FUNCTION cs.tg_health_scores__supersede();

--
-- Name: accounts t20_place_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t20_place_inserted AFTER INSERT ON cs.accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__place();

--
-- Name: accounts t20_place_moved; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t20_place_moved AFTER UPDATE ON cs.accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__place();

--
-- Name: accounts t40_mark; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t40_mark AFTER UPDATE ON cs.accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__mark_health();

--
-- Name: usage_metrics t40_mark_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t40_mark_deleted AFTER DELETE ON cs.usage_metrics REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_usage_metrics__mark();

--
-- Name: usage_metrics t40_mark_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t40_mark_inserted AFTER INSERT ON cs.usage_metrics REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_usage_metrics__mark();

--
-- Name: usage_metrics t40_mark_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t40_mark_updated AFTER UPDATE ON cs.usage_metrics REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_usage_metrics__mark();

--
-- Name: tenants t50_begin; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t50_begin AFTER INSERT ON cs.tenants FOR EACH ROW EXECUTE FUNCTION cs.tg_tenants__begin();

--
-- Name: accounts t50_keep_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t50_keep_deleted AFTER DELETE ON cs.accounts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__keep_deleted();

--
-- Name: accounts t50_open_history; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t50_open_history AFTER INSERT ON cs.accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__record_stage();

--
-- Name: accounts t50_record_stage; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t50_record_stage AFTER UPDATE ON cs.accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__record_stage();

--
-- Name: playbooks t50_version_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t50_version_inserted AFTER INSERT ON cs.playbooks REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_playbooks__record_version();

--
-- Name: playbooks t50_version_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t50_version_updated AFTER UPDATE ON cs.playbooks REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_playbooks__record_version();

--
-- Name: health_scores t55_auto_complete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t55_auto_complete AFTER INSERT ON cs.health_scores REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_health_scores__auto_complete();

--
-- Name: accounts t55_auto_complete_changed; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t55_auto_complete_changed AFTER UPDATE ON cs.accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__auto_complete();

--
-- Name: stage_milestones t55_auto_complete_changed; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t55_auto_complete_changed AFTER UPDATE ON cs.stage_milestones REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_stage_milestones__auto_complete();

--
-- Name: accounts t55_auto_complete_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t55_auto_complete_inserted AFTER INSERT ON cs.accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__auto_complete();

--
-- Name: stage_milestones t55_auto_complete_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t55_auto_complete_inserted AFTER INSERT ON cs.stage_milestones REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_stage_milestones__auto_complete();

--
-- Name: accounts t55_open_arr; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t55_open_arr AFTER INSERT ON cs.accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__record_arr();

--
-- Name: accounts t55_record_arr; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t55_record_arr AFTER UPDATE ON cs.accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__record_arr();

--
-- Name: accounts t57_count_waiting; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t57_count_waiting AFTER INSERT ON cs.accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__count_waiting();

--
-- Name: accounts t57_count_waiting_renamed; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t57_count_waiting_renamed AFTER UPDATE ON cs.accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__count_waiting();

--
-- Name: accounts t60_match; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t60_match AFTER UPDATE ON cs.accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_playbooks__match();

--
-- Name: health_scores t60_match; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t60_match AFTER INSERT ON cs.health_scores REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_playbooks__match();

--
-- Name: journey_history t60_match; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t60_match AFTER INSERT ON cs.journey_history REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_playbooks__match();

--
-- Name: playbooks t70_enter_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t70_enter_inserted AFTER INSERT ON cs.playbooks REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_playbooks__enter();

--
-- Name: playbooks t70_enter_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t70_enter_updated AFTER UPDATE ON cs.playbooks REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_playbooks__enter();

--
-- Name: account_members t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.account_members REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: accounts t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.accounts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: activities t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.activities REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: api_tokens t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.api_tokens REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: contacts t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.contacts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: custom_fields t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.custom_fields REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: database_logins t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.database_logins REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: feed_silences t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.feed_silences REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: invitations t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.invitations REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: journey_stages t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.journey_stages REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: offered_roles t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.offered_roles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: password_resets t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.password_resets REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: playbooks t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.playbooks REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: profiles t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.profiles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: stage_milestones t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.stage_milestones REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: tenants t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.tenants REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: users t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.users REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: account_members t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.account_members REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: accounts t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: api_tokens t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.api_tokens REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: contacts t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.contacts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: custom_fields t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.custom_fields REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: database_logins t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.database_logins REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: feed_silences t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.feed_silences REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: invitations t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.invitations REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: journey_stages t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.journey_stages REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: offered_roles t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.offered_roles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: password_resets t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.password_resets REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: playbooks t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.playbooks REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: profiles t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.profiles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: stage_milestones t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.stage_milestones REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: tenants t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.tenants REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: users t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.users REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: account_members t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.account_members REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: accounts t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: activities t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.activities REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: api_tokens t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.api_tokens REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: contacts t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: custom_fields t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.custom_fields REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: database_logins t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.database_logins REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: feed_silences t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.feed_silences REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: invitations t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.invitations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: journey_stages t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.journey_stages REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: offered_roles t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.offered_roles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: password_resets t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.password_resets REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: playbooks t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.playbooks REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: profiles t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.profiles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: stage_milestones t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.stage_milestones REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: tenants t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.tenants REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: users t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.users REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: webhook_queue t90_due; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_due AFTER UPDATE ON cs.webhook_queue FOR EACH ROW WHEN (((new.status = 'pending'::cs.webhook_status) AND (new.held IS NULL) AND ((old.status <> 'pending'::cs.webhook_status) OR (old.held IS NOT NULL) OR (new.run_at <> old.run_at) OR (new.host <> old.host)))) EXECUTE FUNCTION cs.tg_webhook_queue__due();

--
-- Name: account_members t90_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_forget AFTER INSERT OR DELETE OR UPDATE ON cs.account_members FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_people__forget();

--
-- Name: accounts t90_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_forget AFTER INSERT OR DELETE OR UPDATE OF csm_id ON cs.accounts FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_people__forget();

--
-- Name: custom_fields t90_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_forget AFTER INSERT OR DELETE OR UPDATE ON cs.custom_fields FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_custom_fields__forget();

--
-- Name: database_logins t90_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_forget AFTER INSERT OR DELETE OR UPDATE ON cs.database_logins FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_people__forget();

--
-- Name: profiles t90_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_forget AFTER INSERT OR DELETE OR UPDATE ON cs.profiles FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_people__forget();

--
-- Name: tenants t90_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_forget AFTER INSERT OR DELETE OR UPDATE ON cs.tenants FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_people__forget();

--
-- Name: users t90_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_forget AFTER INSERT OR DELETE OR UPDATE ON cs.users FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_people__forget();

--
-- Name: webhook_queue t91_reorder; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t91_reorder AFTER UPDATE ON cs.webhook_queue FOR EACH ROW WHEN ((new.is_ordered AND (((new.processed_at IS NOT NULL) AND (old.processed_at IS NULL)) OR ((new.held IS DISTINCT FROM old.held) AND (new.held IS NOT NULL))))) EXECUTE FUNCTION cs.tg_webhook_queue__reorder();

--
-- Name: playbooks t92_release; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t92_release AFTER UPDATE OF is_active, paused_at, deleted_at ON cs.playbooks FOR EACH ROW WHEN (((new.deleted_at IS DISTINCT FROM old.deleted_at) OR (new.is_active AND (new.paused_at IS NULL) AND ((NOT old.is_active) OR (old.paused_at IS NOT NULL))))) EXECUTE FUNCTION cs.tg_webhook_queue__release();

--
-- Name: tenants t92_release; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t92_release AFTER UPDATE OF is_active ON cs.tenants FOR EACH ROW WHEN ((new.is_active AND (NOT old.is_active))) EXECUTE FUNCTION cs.tg_webhook_queue__release();

--
-- Name: webhook_queue t92_reorder; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t92_reorder AFTER DELETE ON cs.webhook_queue FOR EACH ROW WHEN ((old.is_ordered AND (old.processed_at IS NULL))) EXECUTE FUNCTION cs.tg_webhook_queue__reorder();

--
-- Name: account_members t95_accounts_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_accounts_deleted AFTER DELETE ON cs.account_members REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('accounts', 'account_id', 'user_id');

--
-- Name: accounts t95_accounts_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_accounts_deleted AFTER DELETE ON cs.accounts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('accounts', 'id', 'csm_id');

--
-- Name: account_members t95_accounts_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_accounts_inserted AFTER INSERT ON cs.account_members REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('accounts', 'account_id', 'user_id');

--
-- Name: accounts t95_accounts_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_accounts_inserted AFTER INSERT ON cs.accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('accounts', 'id', 'csm_id');

--
-- Name: account_members t95_accounts_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_accounts_updated AFTER UPDATE ON cs.account_members REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('accounts', 'account_id', 'user_id');

--
-- Name: accounts t95_accounts_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_accounts_updated AFTER UPDATE ON cs.accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('accounts', 'id', 'csm_id');

--
-- Name: activities t95_activities_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_activities_deleted AFTER DELETE ON cs.activities REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('activities', 'account_id', '');

--
-- Name: activities t95_activities_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_activities_inserted AFTER INSERT ON cs.activities REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('activities', 'account_id', '');

--
-- Name: activities t95_activities_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_activities_updated AFTER UPDATE ON cs.activities REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('activities', 'account_id', '');

--
-- Name: contacts t95_contacts_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_contacts_deleted AFTER DELETE ON cs.contacts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('contacts', 'account_id', '');

--
-- Name: contacts t95_contacts_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_contacts_inserted AFTER INSERT ON cs.contacts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('contacts', 'account_id', '');

--
-- Name: contacts t95_contacts_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_contacts_updated AFTER UPDATE ON cs.contacts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('contacts', 'account_id', '');

--
-- Name: custom_fields t95_fields_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_fields_deleted AFTER DELETE ON cs.custom_fields REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('fields', 'id', '');

--
-- Name: custom_fields t95_fields_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_fields_inserted AFTER INSERT ON cs.custom_fields REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('fields', 'id', '');

--
-- Name: custom_fields t95_fields_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_fields_updated AFTER UPDATE ON cs.custom_fields REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('fields', 'id', '');

--
-- Name: health_overrides t95_health_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_health_deleted AFTER DELETE ON cs.health_overrides REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('health', 'account_id', '');

--
-- Name: health_scores t95_health_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_health_deleted AFTER DELETE ON cs.health_scores REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('health', 'account_id', '');

--
-- Name: health_overrides t95_health_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_health_inserted AFTER INSERT ON cs.health_overrides REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('health', 'account_id', '');

--
-- Name: health_scores t95_health_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_health_inserted AFTER INSERT ON cs.health_scores REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('health', 'account_id', '');

--
-- Name: health_overrides t95_health_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_health_updated AFTER UPDATE ON cs.health_overrides REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('health', 'account_id', '');

--
-- Name: health_scores t95_health_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_health_updated AFTER UPDATE ON cs.health_scores REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('health', 'account_id', '');

--
-- Name: account_milestones t95_journey_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_journey_deleted AFTER DELETE ON cs.account_milestones REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('journey', 'account_id', '');

--
-- Name: journey_history t95_journey_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_journey_deleted AFTER DELETE ON cs.journey_history REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('journey', 'account_id', '');

--
-- Name: account_milestones t95_journey_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_journey_inserted AFTER INSERT ON cs.account_milestones REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('journey', 'account_id', '');

--
-- Name: journey_history t95_journey_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_journey_inserted AFTER INSERT ON cs.journey_history REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('journey', 'account_id', '');

--
-- Name: account_milestones t95_journey_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_journey_updated AFTER UPDATE ON cs.account_milestones REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('journey', 'account_id', '');

--
-- Name: journey_history t95_journey_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_journey_updated AFTER UPDATE ON cs.journey_history REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('journey', 'account_id', '');

--
-- Name: feed_silences t95_models_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_models_deleted AFTER DELETE ON cs.feed_silences REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('models', 'id', '');

--
-- Name: health_models t95_models_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_models_deleted AFTER DELETE ON cs.health_models REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('models', 'id', '');

--
-- Name: feed_silences t95_models_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_models_inserted AFTER INSERT ON cs.feed_silences REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('models', 'id', '');

--
-- Name: health_models t95_models_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_models_inserted AFTER INSERT ON cs.health_models REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('models', 'id', '');

--
-- Name: feed_silences t95_models_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_models_updated AFTER UPDATE ON cs.feed_silences REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('models', 'id', '');

--
-- Name: health_models t95_models_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_models_updated AFTER UPDATE ON cs.health_models REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('models', 'id', '');

--
-- Name: api_tokens t95_people_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_people_deleted AFTER DELETE ON cs.api_tokens REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('people', 'user_id', '');

--
-- Name: invitations t95_people_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_people_deleted AFTER DELETE ON cs.invitations REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('people', '', '');

--
-- Name: profiles t95_people_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_people_deleted AFTER DELETE ON cs.profiles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('people', 'user_id', '');

--
-- Name: api_tokens t95_people_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_people_inserted AFTER INSERT ON cs.api_tokens REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('people', 'user_id', '');

--
-- Name: invitations t95_people_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_people_inserted AFTER INSERT ON cs.invitations REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('people', '', '');

--
-- Name: profiles t95_people_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_people_inserted AFTER INSERT ON cs.profiles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('people', 'user_id', '');

--
-- Name: api_tokens t95_people_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_people_updated AFTER UPDATE ON cs.api_tokens REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('people', 'user_id', '');

--
-- Name: invitations t95_people_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_people_updated AFTER UPDATE ON cs.invitations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('people', '', '');

--
-- Name: profiles t95_people_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_people_updated AFTER UPDATE ON cs.profiles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('people', 'user_id', '');

--
-- Name: playbook_bursts t95_playbooks_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_playbooks_deleted AFTER DELETE ON cs.playbook_bursts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('playbooks', 'playbook_id', '');

--
-- Name: playbooks t95_playbooks_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_playbooks_deleted AFTER DELETE ON cs.playbooks REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('playbooks', 'id', '');

--
-- Name: playbook_bursts t95_playbooks_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_playbooks_inserted AFTER INSERT ON cs.playbook_bursts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('playbooks', 'playbook_id', '');

--
-- Name: playbooks t95_playbooks_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_playbooks_inserted AFTER INSERT ON cs.playbooks REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('playbooks', 'id', '');

--
-- Name: playbook_bursts t95_playbooks_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_playbooks_updated AFTER UPDATE ON cs.playbook_bursts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('playbooks', 'playbook_id', '');

--
-- Name: playbooks t95_playbooks_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_playbooks_updated AFTER UPDATE ON cs.playbooks REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('playbooks', 'id', '');

--
-- Name: arr_history t95_revenue_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_revenue_deleted AFTER DELETE ON cs.arr_history REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('revenue', 'account_id', '');

--
-- Name: arr_history t95_revenue_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_revenue_inserted AFTER INSERT ON cs.arr_history REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('revenue', 'account_id', '');

--
-- Name: arr_history t95_revenue_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_revenue_updated AFTER UPDATE ON cs.arr_history REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('revenue', 'account_id', '');

--
-- Name: playbook_executions t95_runs_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_runs_deleted AFTER DELETE ON cs.playbook_executions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('runs', 'account_id', '');

--
-- Name: playbook_executions t95_runs_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_runs_inserted AFTER INSERT ON cs.playbook_executions REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('runs', 'account_id', '');

--
-- Name: playbook_executions t95_runs_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_runs_updated AFTER UPDATE ON cs.playbook_executions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('runs', 'account_id', '');

--
-- Name: api_tokens t95_sessions_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_sessions_deleted AFTER DELETE ON cs.api_tokens REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('sessions', 'user_id', '');

--
-- Name: profiles t95_sessions_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_sessions_deleted AFTER DELETE ON cs.profiles REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('sessions', 'user_id', '');

--
-- Name: sessions t95_sessions_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_sessions_deleted AFTER DELETE ON cs.sessions REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('sessions', 'user_id', '');

--
-- Name: api_tokens t95_sessions_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_sessions_inserted AFTER INSERT ON cs.api_tokens REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('sessions', 'user_id', '');

--
-- Name: profiles t95_sessions_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_sessions_inserted AFTER INSERT ON cs.profiles REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('sessions', 'user_id', '');

--
-- Name: sessions t95_sessions_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_sessions_inserted AFTER INSERT ON cs.sessions REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('sessions', 'user_id', '');

--
-- Name: api_tokens t95_sessions_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_sessions_updated AFTER UPDATE ON cs.api_tokens REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('sessions', 'user_id', '');

--
-- Name: profiles t95_sessions_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_sessions_updated AFTER UPDATE ON cs.profiles REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('sessions', 'user_id', '');

--
-- Name: sessions t95_sessions_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_sessions_updated AFTER UPDATE ON cs.sessions REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('sessions', 'user_id', '');

--
-- Name: journey_stages t95_stages_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_stages_deleted AFTER DELETE ON cs.journey_stages REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('stages', 'id', '');

--
-- Name: stage_milestones t95_stages_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_stages_deleted AFTER DELETE ON cs.stage_milestones REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('stages', 'stage_id', '');

--
-- Name: journey_stages t95_stages_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_stages_inserted AFTER INSERT ON cs.journey_stages REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('stages', 'id', '');

--
-- Name: stage_milestones t95_stages_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_stages_inserted AFTER INSERT ON cs.stage_milestones REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('stages', 'stage_id', '');

--
-- Name: journey_stages t95_stages_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_stages_updated AFTER UPDATE ON cs.journey_stages REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('stages', 'id', '');

--
-- Name: stage_milestones t95_stages_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_stages_updated AFTER UPDATE ON cs.stage_milestones REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('stages', 'stage_id', '');

--
-- Name: tenants t95_tenant_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_tenant_deleted AFTER DELETE ON cs.tenants REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('tenant', 'id', '');

--
-- Name: tenants t95_tenant_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_tenant_inserted AFTER INSERT ON cs.tenants REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('tenant', 'id', '');

--
-- Name: tenants t95_tenant_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_tenant_updated AFTER UPDATE ON cs.tenants REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('tenant', 'id', '');

--
-- Name: webhook_queue t95_webhooks_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_webhooks_inserted AFTER INSERT ON cs.webhook_queue REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('webhooks', 'account_id', '');

--
-- Name: webhook_queue t95_webhooks_updated; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t95_webhooks_updated AFTER UPDATE ON cs.webhook_queue REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_events__gather('webhooks', 'account_id', '');

--
-- Name: account_members account_members_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.account_members
    ADD CONSTRAINT account_members_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: account_members account_members_user_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.account_members
    ADD CONSTRAINT account_members_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES cs.profiles(tenant_id, user_id) ON DELETE CASCADE;

--
-- Name: account_milestones account_milestones_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.account_milestones
    ADD CONSTRAINT account_milestones_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: account_milestones account_milestones_completed_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.account_milestones
    ADD CONSTRAINT account_milestones_completed_by_fkey FOREIGN KEY (completed_by) REFERENCES cs.users(id) ON DELETE SET NULL;

--
-- Name: account_milestones account_milestones_milestone_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.account_milestones
    ADD CONSTRAINT account_milestones_milestone_id_fkey FOREIGN KEY (tenant_id, milestone_id) REFERENCES cs.stage_milestones(tenant_id, id) ON DELETE CASCADE;

--
-- Name: accounts accounts_csm_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.accounts
    ADD CONSTRAINT accounts_csm_id_fkey FOREIGN KEY (tenant_id, csm_id) REFERENCES cs.profiles(tenant_id, user_id);

--
-- Name: accounts accounts_current_stage_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.accounts
    ADD CONSTRAINT accounts_current_stage_fkey FOREIGN KEY (tenant_id, current_stage) REFERENCES cs.journey_stages(tenant_id, name) ON UPDATE CASCADE;

--
-- Name: accounts accounts_parent_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.accounts
    ADD CONSTRAINT accounts_parent_id_fkey FOREIGN KEY (tenant_id, parent_id) REFERENCES cs.accounts(tenant_id, id);

--
-- Name: accounts accounts_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.accounts
    ADD CONSTRAINT accounts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id);

--
-- Name: activities activities_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.activities
    ADD CONSTRAINT activities_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: activities activities_assigned_to_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.activities
    ADD CONSTRAINT activities_assigned_to_fkey FOREIGN KEY (tenant_id, assigned_to) REFERENCES cs.profiles(tenant_id, user_id) ON DELETE SET NULL (assigned_to);

--
-- Name: activities activities_created_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.activities
    ADD CONSTRAINT activities_created_by_fkey FOREIGN KEY (created_by) REFERENCES cs.users(id) ON DELETE SET NULL;

--
-- Name: api_tokens api_tokens_user_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.api_tokens
    ADD CONSTRAINT api_tokens_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES cs.profiles(tenant_id, user_id);

--
-- Name: audit_log audit_log_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.audit_log
    ADD CONSTRAINT audit_log_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id);

--
-- Name: contacts contacts_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.contacts
    ADD CONSTRAINT contacts_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: custom_fields custom_fields_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.custom_fields
    ADD CONSTRAINT custom_fields_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id);

--
-- Name: database_logins database_logins_user_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.database_logins
    ADD CONSTRAINT database_logins_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES cs.profiles(tenant_id, user_id) ON DELETE CASCADE;

--
-- Name: feed_silences feed_silences_accepted_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.feed_silences
    ADD CONSTRAINT feed_silences_accepted_by_fkey FOREIGN KEY (accepted_by) REFERENCES cs.users(id) ON DELETE SET NULL;

--
-- Name: feed_silences feed_silences_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.feed_silences
    ADD CONSTRAINT feed_silences_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id) ON DELETE CASCADE;

--
-- Name: feed_silences feed_silences_withdrawn_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.feed_silences
    ADD CONSTRAINT feed_silences_withdrawn_by_fkey FOREIGN KEY (withdrawn_by) REFERENCES cs.users(id) ON DELETE SET NULL;

--
-- Name: health_models health_models_created_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_models
    ADD CONSTRAINT health_models_created_by_fkey FOREIGN KEY (created_by) REFERENCES cs.users(id) ON DELETE SET NULL;

--
-- Name: health_models health_models_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_models
    ADD CONSTRAINT health_models_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id);

--
-- Name: health_norms health_norms_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_norms
    ADD CONSTRAINT health_norms_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id) ON DELETE CASCADE;

--
-- Name: health_overrides health_overrides_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_overrides
    ADD CONSTRAINT health_overrides_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: health_overrides health_overrides_ended_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_overrides
    ADD CONSTRAINT health_overrides_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES cs.users(id) ON DELETE SET NULL;

--
-- Name: health_overrides health_overrides_set_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_overrides
    ADD CONSTRAINT health_overrides_set_by_fkey FOREIGN KEY (set_by) REFERENCES cs.users(id) ON DELETE SET NULL;

--
-- Name: health_passes health_passes_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_passes
    ADD CONSTRAINT health_passes_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id) ON DELETE CASCADE;

--
-- Name: health_scores health_scores_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.health_scores
    ADD CONSTRAINT health_scores_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: invitations invitations_invited_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.invitations
    ADD CONSTRAINT invitations_invited_by_fkey FOREIGN KEY (tenant_id, invited_by) REFERENCES cs.profiles(tenant_id, user_id);

--
-- Name: invitations invitations_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.invitations
    ADD CONSTRAINT invitations_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id);

--
-- Name: journey_history journey_history_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.journey_history
    ADD CONSTRAINT journey_history_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: journey_history journey_history_from_stage_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.journey_history
    ADD CONSTRAINT journey_history_from_stage_fkey FOREIGN KEY (tenant_id, from_stage) REFERENCES cs.journey_stages(tenant_id, name) ON UPDATE CASCADE;

--
-- Name: journey_history journey_history_to_stage_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.journey_history
    ADD CONSTRAINT journey_history_to_stage_fkey FOREIGN KEY (tenant_id, to_stage) REFERENCES cs.journey_stages(tenant_id, name) ON UPDATE CASCADE;

--
-- Name: journey_history journey_history_triggered_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.journey_history
    ADD CONSTRAINT journey_history_triggered_by_fkey FOREIGN KEY (triggered_by) REFERENCES cs.users(id) ON DELETE SET NULL;

--
-- Name: journey_stages journey_stages_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.journey_stages
    ADD CONSTRAINT journey_stages_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id);

--
-- Name: offered_roles offered_roles_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.offered_roles
    ADD CONSTRAINT offered_roles_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id) ON DELETE CASCADE;

--
-- Name: password_resets password_resets_made_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.password_resets
    ADD CONSTRAINT password_resets_made_by_fkey FOREIGN KEY (tenant_id, made_by) REFERENCES cs.profiles(tenant_id, user_id);

--
-- Name: password_resets password_resets_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.password_resets
    ADD CONSTRAINT password_resets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id) ON DELETE CASCADE;

--
-- Name: password_resets password_resets_user_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.password_resets
    ADD CONSTRAINT password_resets_user_id_fkey FOREIGN KEY (user_id) REFERENCES cs.users(id) ON DELETE CASCADE;

--
-- Name: playbook_bursts playbook_bursts_playbook_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_bursts
    ADD CONSTRAINT playbook_bursts_playbook_id_fkey FOREIGN KEY (tenant_id, playbook_id) REFERENCES cs.playbooks(tenant_id, id);

--
-- Name: playbook_entries playbook_entries_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_entries
    ADD CONSTRAINT playbook_entries_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: playbook_entries playbook_entries_playbook_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_entries
    ADD CONSTRAINT playbook_entries_playbook_id_fkey FOREIGN KEY (tenant_id, playbook_id) REFERENCES cs.playbooks(tenant_id, id) ON DELETE CASCADE;

--
-- Name: playbook_executions playbook_executions_playbook_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_executions
    ADD CONSTRAINT playbook_executions_playbook_id_fkey FOREIGN KEY (tenant_id, playbook_id) REFERENCES cs.playbooks(tenant_id, id);

--
-- Name: playbook_passes playbook_passes_playbook_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_passes
    ADD CONSTRAINT playbook_passes_playbook_id_fkey FOREIGN KEY (tenant_id, playbook_id) REFERENCES cs.playbooks(tenant_id, id) ON DELETE CASCADE;

--
-- Name: playbook_versions playbook_versions_playbook_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_versions
    ADD CONSTRAINT playbook_versions_playbook_id_fkey FOREIGN KEY (tenant_id, playbook_id) REFERENCES cs.playbooks(tenant_id, id);

--
-- Name: playbooks playbooks_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbooks
    ADD CONSTRAINT playbooks_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id);

--
-- Name: profiles profiles_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.profiles
    ADD CONSTRAINT profiles_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id);

--
-- Name: profiles profiles_user_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.profiles
    ADD CONSTRAINT profiles_user_id_fkey FOREIGN KEY (user_id) REFERENCES cs.users(id);

--
-- Name: saved_views saved_views_owner_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.saved_views
    ADD CONSTRAINT saved_views_owner_id_fkey FOREIGN KEY (tenant_id, owner_id) REFERENCES cs.profiles(tenant_id, user_id) ON DELETE CASCADE;

--
-- Name: sessions sessions_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.sessions
    ADD CONSTRAINT sessions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id) ON DELETE CASCADE;

--
-- Name: sessions sessions_user_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.sessions
    ADD CONSTRAINT sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES cs.users(id) ON DELETE CASCADE;

--
-- Name: stage_milestones stage_milestones_stage_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.stage_milestones
    ADD CONSTRAINT stage_milestones_stage_id_fkey FOREIGN KEY (tenant_id, stage_id) REFERENCES cs.journey_stages(tenant_id, id) ON DELETE CASCADE;

--
-- Name: told_moments told_moments_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.told_moments
    ADD CONSTRAINT told_moments_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: unknown_usage unknown_usage_tenant_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.unknown_usage
    ADD CONSTRAINT unknown_usage_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES cs.tenants(id) ON DELETE CASCADE;

--
-- Name: usage_metrics usage_metrics_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.usage_metrics
    ADD CONSTRAINT usage_metrics_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: user_preferences user_preferences_user_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.user_preferences
    ADD CONSTRAINT user_preferences_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES cs.profiles(tenant_id, user_id) ON DELETE CASCADE;

--
-- Name: account_members; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.account_members ENABLE ROW LEVEL SECURITY;

--
-- Name: account_milestones; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.account_milestones ENABLE ROW LEVEL SECURITY;

--
-- Name: accounts; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.accounts ENABLE ROW LEVEL SECURITY;

--
-- Name: activities; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.activities ENABLE ROW LEVEL SECURITY;

--
-- Name: api_tokens; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.api_tokens ENABLE ROW LEVEL SECURITY;

--
-- Name: arr_history; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.arr_history ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_log; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.audit_log ENABLE ROW LEVEL SECURITY;

--
-- Name: contacts; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.contacts ENABLE ROW LEVEL SECURITY;

--
-- Name: custom_fields; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.custom_fields ENABLE ROW LEVEL SECURITY;

--
-- Name: database_logins; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.database_logins ENABLE ROW LEVEL SECURITY;

--
-- Name: deleted_accounts; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.deleted_accounts ENABLE ROW LEVEL SECURITY;

--
-- Name: event_channel; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.event_channel ENABLE ROW LEVEL SECURITY;

--
-- Name: feed_silences; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.feed_silences ENABLE ROW LEVEL SECURITY;

--
-- Name: account_members fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.account_members AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: account_milestones fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.account_milestones AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: accounts fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.accounts AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: activities fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.activities AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: api_tokens fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.api_tokens AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: arr_history fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.arr_history AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: audit_log fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.audit_log AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: contacts fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.contacts AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: custom_fields fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.custom_fields AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: database_logins fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.database_logins AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: deleted_accounts fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.deleted_accounts AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: feed_silences fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.feed_silences AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: health_dirty fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.health_dirty AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: health_models fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.health_models AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: health_norms fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.health_norms AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: health_overrides fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.health_overrides AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: health_passes fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.health_passes AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: health_scores fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.health_scores AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: invitations fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.invitations AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: journey_history fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.journey_history AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: journey_stages fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.journey_stages AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: offered_roles fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.offered_roles AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: password_resets fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.password_resets AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: playbook_bursts fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.playbook_bursts AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: playbook_entries fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.playbook_entries AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: playbook_executions fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.playbook_executions AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: playbook_passes fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.playbook_passes AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: playbook_versions fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.playbook_versions AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: playbooks fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.playbooks AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: profiles fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.profiles AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: saved_views fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.saved_views AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: sessions fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.sessions AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: stage_milestones fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.stage_milestones AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: tenants fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.tenants AS RESTRICTIVE USING ((id = cs.current_tenant_id()));

--
-- Name: told_moments fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.told_moments AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: unknown_usage fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.unknown_usage AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: usage_daily fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.usage_daily AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: usage_daily_changes fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.usage_daily_changes AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: usage_metrics fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.usage_metrics AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: user_preferences fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.user_preferences AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: users fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.users AS RESTRICTIVE USING (cs.may_see_user(id));

--
-- Name: webhook_attempts fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.webhook_attempts AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: webhook_breakers fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.webhook_breakers AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: webhook_queue fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.webhook_queue AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: worker_failures fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.worker_failures AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: health_dirty; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.health_dirty ENABLE ROW LEVEL SECURITY;

--
-- Name: health_models; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.health_models ENABLE ROW LEVEL SECURITY;

--
-- Name: health_norms; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.health_norms ENABLE ROW LEVEL SECURITY;

--
-- Name: health_overrides; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.health_overrides ENABLE ROW LEVEL SECURITY;

--
-- Name: health_passes; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.health_passes ENABLE ROW LEVEL SECURITY;

--
-- Name: health_scores; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.health_scores ENABLE ROW LEVEL SECURITY;

--
-- Name: installation; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.installation ENABLE ROW LEVEL SECURITY;

--
-- Name: invitations; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.invitations ENABLE ROW LEVEL SECURITY;

--
-- Name: journey_history; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.journey_history ENABLE ROW LEVEL SECURITY;

--
-- Name: journey_stages; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.journey_stages ENABLE ROW LEVEL SECURITY;

--
-- Name: account_members may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.account_members FOR INSERT WITH CHECK (((tenant_id = cs.tenant_where('account.edit'::text)) AND cs.may_see_account(account_id)));

--
-- Name: account_milestones may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.account_milestones FOR INSERT WITH CHECK (((tenant_id = cs.tenant_where('stage.move'::text)) AND cs.may_see_account(account_id)));

--
-- Name: accounts may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.accounts FOR INSERT WITH CHECK ((tenant_id = cs.tenant_where('account.edit'::text)));

--
-- Name: activities may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.activities FOR INSERT WITH CHECK (((tenant_id = cs.tenant_where('activity.log'::text)) AND cs.may_see_account(account_id)));

--
-- Name: contacts may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.contacts FOR INSERT WITH CHECK (((tenant_id = cs.tenant_where('account.edit'::text)) AND cs.may_see_account(account_id)));

--
-- Name: custom_fields may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.custom_fields FOR INSERT WITH CHECK ((tenant_id = cs.tenant_where('field.edit'::text)));

--
-- Name: health_scores may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.health_scores FOR INSERT WITH CHECK ((tenant_id = cs.tenant_where('score.import'::text)));

--
-- Name: journey_stages may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.journey_stages FOR INSERT WITH CHECK ((tenant_id = cs.tenant_where('stage.edit'::text)));

--
-- Name: playbooks may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.playbooks FOR INSERT WITH CHECK ((tenant_id = cs.tenant_where('playbook.edit'::text)));

--
-- Name: saved_views may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.saved_views FOR INSERT WITH CHECK (((tenant_id = cs.tenant_where('view.save'::text)) AND (owner_id = cs.current_user_id())));

--
-- Name: stage_milestones may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.stage_milestones FOR INSERT WITH CHECK ((tenant_id = cs.tenant_where('stage.edit'::text)));

--
-- Name: usage_metrics may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.usage_metrics FOR INSERT WITH CHECK ((tenant_id = cs.tenant_where('usage.record'::text)));

--
-- Name: user_preferences may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.user_preferences FOR INSERT WITH CHECK (((tenant_id = cs.tenant_where('view.save'::text)) AND (user_id = cs.current_user_id())));

--
-- Name: account_members may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.account_members FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: account_milestones may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.account_milestones FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: accounts may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.accounts FOR SELECT USING (cs.may_see_account(id));

--
-- Name: activities may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.activities FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: api_tokens may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.api_tokens FOR SELECT USING ((tenant_id = cs.tenant_where('people.edit'::text)));

--
-- Name: arr_history may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.arr_history FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: audit_log may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.audit_log FOR SELECT USING ((tenant_id = cs.tenant_where('audit.read'::text)));

--
-- Name: contacts may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.contacts FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: custom_fields may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.custom_fields FOR SELECT USING ((tenant_id = cs.tenant_where('stage.read'::text)));

--
-- Name: database_logins may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.database_logins FOR SELECT USING ((tenant_id = cs.tenant_where('people.edit'::text)));

--
-- Name: deleted_accounts may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.deleted_accounts FOR SELECT USING (cs.may_see_account(id));

--
-- Name: feed_silences may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.feed_silences FOR SELECT USING ((tenant_id = cs.tenant_where('stage.read'::text)));

--
-- Name: health_models may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.health_models FOR SELECT USING ((tenant_id = cs.tenant_where('stage.read'::text)));

--
-- Name: health_norms may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.health_norms FOR SELECT USING ((tenant_id = cs.tenant_where('stage.read'::text)));

--
-- Name: health_overrides may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.health_overrides FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: health_scores may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.health_scores FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: invitations may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.invitations FOR SELECT USING ((tenant_id = cs.tenant_where('people.edit'::text)));

--
-- Name: journey_history may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.journey_history FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: journey_stages may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.journey_stages FOR SELECT USING ((tenant_id = cs.tenant_where('stage.read'::text)));

--
-- Name: offered_roles may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.offered_roles FOR SELECT USING ((tenant_id = cs.tenant_where('people.edit'::text)));

--
-- Name: playbook_bursts may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.playbook_bursts FOR SELECT USING ((tenant_id = cs.tenant_where('playbook.edit'::text)));

--
-- Name: playbook_executions may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.playbook_executions FOR SELECT USING (((tenant_id = cs.tenant_where('playbook.read'::text)) AND cs.may_see_account(account_id)));

--
-- Name: playbook_versions may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.playbook_versions FOR SELECT USING ((tenant_id = cs.tenant_where('playbook.read'::text)));

--
-- Name: playbooks may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.playbooks FOR SELECT USING ((tenant_id = cs.tenant_where('playbook.read'::text)));

--
-- Name: profiles may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.profiles FOR SELECT USING ((tenant_id = cs.tenant_where('people.read'::text)));

--
-- Name: stage_milestones may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.stage_milestones FOR SELECT USING ((tenant_id = cs.tenant_where('stage.read'::text)));

--
-- Name: tenants may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.tenants FOR SELECT USING ((id = cs.tenant_where('people.read'::text)));

--
-- Name: unknown_usage may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.unknown_usage FOR SELECT USING ((tenant_id = cs.tenant_where('usage.record'::text)));

--
-- Name: usage_daily may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.usage_daily FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: usage_metrics may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.usage_metrics FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: user_preferences may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.user_preferences FOR SELECT USING (((tenant_id = cs.tenant_where('view.save'::text)) AND (user_id = cs.current_user_id())));

--
-- Name: users may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.users FOR SELECT USING (cs.may_see_user(id));

--
-- Name: webhook_attempts may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.webhook_attempts FOR SELECT USING (((tenant_id = cs.tenant_where('playbook.read'::text)) AND cs.may_see_account(account_id)));

--
-- Name: webhook_breakers may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.webhook_breakers FOR SELECT USING ((tenant_id = cs.tenant_where('playbook.read'::text)));

--
-- Name: webhook_queue may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.webhook_queue FOR SELECT USING (((tenant_id = cs.tenant_where('playbook.read'::text)) AND cs.may_see_account(account_id)));

--
-- Name: saved_views may_read_own; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read_own ON cs.saved_views FOR SELECT USING (((tenant_id = cs.tenant_where('view.save'::text)) AND (owner_id = cs.current_user_id())));

--
-- Name: saved_views may_read_shared; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read_shared ON cs.saved_views FOR SELECT USING (((tenant_id = cs.tenant_where('view.save'::text)) AND is_shared));

--
-- Name: accounts may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.accounts FOR UPDATE USING (((tenant_id = cs.tenant_where('stage.move'::text)) AND cs.may_see_account(id)));

--
-- Name: activities may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.activities FOR UPDATE USING (((tenant_id = cs.tenant_where('activity.log'::text)) AND cs.may_see_account(account_id)));

--
-- Name: contacts may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.contacts FOR UPDATE USING (((tenant_id = cs.tenant_where('account.edit'::text)) AND cs.may_see_account(account_id)));

--
-- Name: custom_fields may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.custom_fields FOR UPDATE USING ((tenant_id = cs.tenant_where('field.edit'::text)));

--
-- Name: journey_stages may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.journey_stages FOR UPDATE USING ((tenant_id = cs.tenant_where('stage.edit'::text)));

--
-- Name: playbooks may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.playbooks FOR UPDATE USING ((tenant_id = cs.tenant_where('playbook.edit'::text)));

--
-- Name: saved_views may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.saved_views FOR UPDATE USING (((tenant_id = cs.tenant_where('view.save'::text)) AND (owner_id = cs.current_user_id())));

--
-- Name: stage_milestones may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.stage_milestones FOR UPDATE USING ((tenant_id = cs.tenant_where('stage.edit'::text)));

--
-- Name: user_preferences may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.user_preferences FOR UPDATE USING (((tenant_id = cs.tenant_where('view.save'::text)) AND (user_id = cs.current_user_id())));

--
-- Name: offered_roles; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.offered_roles ENABLE ROW LEVEL SECURITY;

--
-- Name: password_resets; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.password_resets ENABLE ROW LEVEL SECURITY;

--
-- Name: playbook_bursts; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.playbook_bursts ENABLE ROW LEVEL SECURITY;

--
-- Name: playbook_entries; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.playbook_entries ENABLE ROW LEVEL SECURITY;

--
-- Name: playbook_executions; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.playbook_executions ENABLE ROW LEVEL SECURITY;

--
-- Name: playbook_passes; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.playbook_passes ENABLE ROW LEVEL SECURITY;

--
-- Name: playbook_versions; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.playbook_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: playbooks; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.playbooks ENABLE ROW LEVEL SECURITY;

--
-- Name: profiles; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.profiles ENABLE ROW LEVEL SECURITY;

--
-- Name: saved_views; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.saved_views ENABLE ROW LEVEL SECURITY;

--
-- Name: schema_versions; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.schema_versions ENABLE ROW LEVEL SECURITY;

--
-- Name: sessions; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.sessions ENABLE ROW LEVEL SECURITY;

--
-- Name: stage_milestones; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.stage_milestones ENABLE ROW LEVEL SECURITY;

--
-- Name: tenants; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.tenants ENABLE ROW LEVEL SECURITY;

--
-- Name: told_moments; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.told_moments ENABLE ROW LEVEL SECURITY;

--
-- Name: unknown_usage; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.unknown_usage ENABLE ROW LEVEL SECURITY;

--
-- Name: usage_daily; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.usage_daily ENABLE ROW LEVEL SECURITY;

--
-- Name: usage_daily_changes; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.usage_daily_changes ENABLE ROW LEVEL SECURITY;

--
-- Name: usage_metrics; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.usage_metrics ENABLE ROW LEVEL SECURITY;

--
-- Name: user_preferences; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.user_preferences ENABLE ROW LEVEL SECURITY;

--
-- Name: users; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.users ENABLE ROW LEVEL SECURITY;

--
-- Name: webhook_attempts; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.webhook_attempts ENABLE ROW LEVEL SECURITY;

--
-- Name: webhook_breakers; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.webhook_breakers ENABLE ROW LEVEL SECURITY;

--
-- Name: webhook_queue; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.webhook_queue ENABLE ROW LEVEL SECURITY;

--
-- Name: worker_failures; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.worker_failures ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA cs; Type: ACL; Schema: -; Owner: postgres
--

GRANT USAGE ON SCHEMA cs TO cs_owner;
GRANT USAGE ON SCHEMA cs TO cs_member;
GRANT USAGE ON SCHEMA cs TO cs_gateway;
GRANT USAGE ON SCHEMA cs TO cs_worker;
GRANT USAGE ON SCHEMA cs TO cs_backup;
GRANT USAGE ON SCHEMA cs TO pg_monitor;

--
-- Name: TABLE accounts; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.accounts TO cs_member;

--
-- Name: COLUMN accounts.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.accounts TO cs_member;

--
-- Name: COLUMN accounts.name; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(name),UPDATE(name) ON TABLE cs.accounts TO cs_member;

--
-- Name: COLUMN accounts.external_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(external_id),UPDATE(external_id) ON TABLE cs.accounts TO cs_member;

--
-- Name: COLUMN accounts.parent_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(parent_id),UPDATE(parent_id) ON TABLE cs.accounts TO cs_member;

--
-- Name: COLUMN accounts.current_stage; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(current_stage),UPDATE(current_stage) ON TABLE cs.accounts TO cs_member;

--
-- Name: COLUMN accounts.status; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(status),UPDATE(status) ON TABLE cs.accounts TO cs_member;

--
-- Name: COLUMN accounts.crm_attributes; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(crm_attributes),UPDATE(crm_attributes) ON TABLE cs.accounts TO cs_member;

--
-- Name: COLUMN accounts.csm_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(csm_id),UPDATE(csm_id) ON TABLE cs.accounts TO cs_member;

--
-- Name: FUNCTION account_ancestors(account_id uuid); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.account_ancestors(account_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.account_ancestors(account_id uuid) TO cs_member;

--
-- Name: FUNCTION account_descendants(account_id uuid, max_depth integer); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.account_descendants(account_id uuid, max_depth integer) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.account_descendants(account_id uuid, max_depth integer) TO cs_member;

--
-- Name: FUNCTION is_before(at timestamp with time zone, event_key text, before timestamp with time zone, before_key text); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.is_before(at timestamp with time zone, event_key text, before timestamp with time zone, before_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.is_before(at timestamp with time zone, event_key text, before timestamp with time zone, before_key text) TO cs_member;

--
-- Name: TABLE account_milestones; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.account_milestones TO cs_member;

--
-- Name: COLUMN account_milestones.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.account_milestones TO cs_member;

--
-- Name: COLUMN account_milestones.account_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(account_id) ON TABLE cs.account_milestones TO cs_member;

--
-- Name: COLUMN account_milestones.milestone_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(milestone_id) ON TABLE cs.account_milestones TO cs_member;

--
-- Name: COLUMN account_milestones.state; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(state) ON TABLE cs.account_milestones TO cs_member;

--
-- Name: COLUMN account_milestones.reason; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(reason) ON TABLE cs.account_milestones TO cs_member;

--
-- Name: TABLE activities; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.activities TO cs_member;

--
-- Name: COLUMN activities.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.activities TO cs_member;

--
-- Name: COLUMN activities.account_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(account_id) ON TABLE cs.activities TO cs_member;

--
-- Name: COLUMN activities.kind; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(kind),UPDATE(kind) ON TABLE cs.activities TO cs_member;

--
-- Name: COLUMN activities.body; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(body),UPDATE(body) ON TABLE cs.activities TO cs_member;

--
-- Name: COLUMN activities.at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(at),UPDATE(at) ON TABLE cs.activities TO cs_member;

--
-- Name: COLUMN activities.assigned_to; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(assigned_to),UPDATE(assigned_to) ON TABLE cs.activities TO cs_member;

--
-- Name: COLUMN activities.done_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT UPDATE(done_at) ON TABLE cs.activities TO cs_member;

--
-- Name: TABLE arr_history; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.arr_history TO cs_member;

--
-- Name: TABLE health_overrides; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_overrides TO cs_member;

--
-- Name: TABLE health_scores; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_scores TO cs_member;

--
-- Name: COLUMN health_scores.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.health_scores TO cs_member;

--
-- Name: COLUMN health_scores.account_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(account_id) ON TABLE cs.health_scores TO cs_member;

--
-- Name: COLUMN health_scores.overall_score; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(overall_score) ON TABLE cs.health_scores TO cs_member;

--
-- Name: COLUMN health_scores.usage_score; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(usage_score) ON TABLE cs.health_scores TO cs_member;

--
-- Name: COLUMN health_scores.engagement_score; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(engagement_score) ON TABLE cs.health_scores TO cs_member;

--
-- Name: COLUMN health_scores.support_score; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(support_score) ON TABLE cs.health_scores TO cs_member;

--
-- Name: COLUMN health_scores.adoption_score; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(adoption_score) ON TABLE cs.health_scores TO cs_member;

--
-- Name: COLUMN health_scores.created_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(created_at) ON TABLE cs.health_scores TO cs_member;

--
-- Name: COLUMN health_scores.confidence; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(confidence) ON TABLE cs.health_scores TO cs_member;

--
-- Name: TABLE journey_history; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.journey_history TO cs_member;

--
-- Name: TABLE playbook_executions; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.playbook_executions TO cs_member;

--
-- Name: COLUMN playbooks.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(tenant_id),INSERT(tenant_id) ON TABLE cs.playbooks TO cs_member;
GRANT SELECT(tenant_id) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: COLUMN playbooks.id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(id) ON TABLE cs.playbooks TO cs_member;
GRANT SELECT(id) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: COLUMN playbooks.name; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(name),INSERT(name),UPDATE(name) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.description; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(description),INSERT(description),UPDATE(description) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.trigger_criteria; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(trigger_criteria),INSERT(trigger_criteria),UPDATE(trigger_criteria) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.event_kind; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(event_kind) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.actions; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(actions),INSERT(actions),UPDATE(actions) ON TABLE cs.playbooks TO cs_member;
GRANT SELECT(actions) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: COLUMN playbooks.webhook_url; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(webhook_url),INSERT(webhook_url),UPDATE(webhook_url) ON TABLE cs.playbooks TO cs_member;
GRANT SELECT(webhook_url) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: COLUMN playbooks.webhook_secret; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(webhook_secret),UPDATE(webhook_secret) ON TABLE cs.playbooks TO cs_member;
GRANT SELECT(webhook_secret) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: COLUMN playbooks.previous_secret; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(previous_secret) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: COLUMN playbooks.signing_changed_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(signing_changed_at) ON TABLE cs.playbooks TO cs_member;
GRANT SELECT(signing_changed_at) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: COLUMN playbooks.is_ordered; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(is_ordered),INSERT(is_ordered),UPDATE(is_ordered) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.max_attempts; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(max_attempts),INSERT(max_attempts),UPDATE(max_attempts) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.headers; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(headers),UPDATE(headers) ON TABLE cs.playbooks TO cs_member;
GRANT SELECT(headers) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: COLUMN playbooks.cooldown_minutes; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(cooldown_minutes),INSERT(cooldown_minutes),UPDATE(cooldown_minutes) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.max_executions_per_day; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(max_executions_per_day),INSERT(max_executions_per_day),UPDATE(max_executions_per_day) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.is_active; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(is_active),INSERT(is_active),UPDATE(is_active) ON TABLE cs.playbooks TO cs_member;
GRANT SELECT(is_active),UPDATE(is_active) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: COLUMN playbooks.activated_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(activated_at) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.paused_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(paused_at),INSERT(paused_at),UPDATE(paused_at) ON TABLE cs.playbooks TO cs_member;
GRANT SELECT(paused_at) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: COLUMN playbooks.version; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(version) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.created_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(created_at) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.updated_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(updated_at) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.deleted_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(deleted_at),UPDATE(deleted_at) ON TABLE cs.playbooks TO cs_member;
GRANT SELECT(deleted_at) ON TABLE cs.playbooks TO cs_worker;

--
-- Name: TABLE stage_milestones; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.stage_milestones TO cs_member;

--
-- Name: COLUMN stage_milestones.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.stage_milestones TO cs_member;

--
-- Name: COLUMN stage_milestones.stage_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(stage_id) ON TABLE cs.stage_milestones TO cs_member;

--
-- Name: COLUMN stage_milestones.title; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(title),UPDATE(title) ON TABLE cs.stage_milestones TO cs_member;

--
-- Name: COLUMN stage_milestones.description; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(description),UPDATE(description) ON TABLE cs.stage_milestones TO cs_member;

--
-- Name: COLUMN stage_milestones.is_required; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(is_required),UPDATE(is_required) ON TABLE cs.stage_milestones TO cs_member;

--
-- Name: COLUMN stage_milestones.due_after_days; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(due_after_days),UPDATE(due_after_days) ON TABLE cs.stage_milestones TO cs_member;

--
-- Name: COLUMN stage_milestones.display_order; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(display_order),UPDATE(display_order) ON TABLE cs.stage_milestones TO cs_member;

--
-- Name: COLUMN stage_milestones.criteria; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(criteria),UPDATE(criteria) ON TABLE cs.stage_milestones TO cs_member;

--
-- Name: COLUMN stage_milestones.is_active; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(is_active),UPDATE(is_active) ON TABLE cs.stage_milestones TO cs_member;

--
-- Name: FUNCTION account_events(tenant_id uuid, account_id uuid, kinds text[], before timestamp with time zone, before_key text, most integer); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.account_events(tenant_id uuid, account_id uuid, kinds text[], before timestamp with time zone, before_key text, most integer) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.account_events(tenant_id uuid, account_id uuid, kinds text[], before timestamp with time zone, before_key text, most integer) TO cs_member;

--
-- Name: FUNCTION parent_arr_includes_children(settings jsonb); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.parent_arr_includes_children(settings jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.parent_arr_includes_children(settings jsonb) TO cs_member;
GRANT ALL ON FUNCTION cs.parent_arr_includes_children(settings jsonb) TO cs_backup;

--
-- Name: TABLE deleted_accounts; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.deleted_accounts TO cs_member;

--
-- Name: TABLE tenants; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.tenants TO cs_member;

--
-- Name: COLUMN tenants.id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(id) ON TABLE cs.tenants TO cs_worker;

--
-- Name: COLUMN tenants.is_active; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(is_active) ON TABLE cs.tenants TO cs_worker;

--
-- Name: TABLE family_places; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.family_places TO cs_member;

--
-- Name: TABLE child_arr_history; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.child_arr_history TO cs_member;

--
-- Name: FUNCTION arr_at(earlier timestamp with time zone, since timestamp with time zone, until timestamp with time zone); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.arr_at(earlier timestamp with time zone, since timestamp with time zone, until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.arr_at(earlier timestamp with time zone, since timestamp with time zone, until timestamp with time zone) TO cs_member;

--
-- Name: FUNCTION arr_between(since timestamp with time zone, until timestamp with time zone); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.arr_between(since timestamp with time zone, until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.arr_between(since timestamp with time zone, until timestamp with time zone) TO cs_member;

--
-- Name: FUNCTION arr_bridge_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.arr_bridge_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.arr_bridge_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) TO cs_member;

--
-- Name: FUNCTION arr_ranges(moments timestamp with time zone[]); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.arr_ranges(moments timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.arr_ranges(moments timestamp with time zone[]) TO cs_member;

--
-- Name: FUNCTION time_zone(settings jsonb); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.time_zone(settings jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.time_zone(settings jsonb) TO cs_member;
GRANT ALL ON FUNCTION cs.time_zone(settings jsonb) TO cs_backup;

--
-- Name: TABLE health_models; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_models TO cs_member;

--
-- Name: FUNCTION counted_days_ago(tenant_id uuid, days integer); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.counted_days_ago(tenant_id uuid, days integer) FROM PUBLIC;

--
-- Name: FUNCTION customer_arr_ranges(moments timestamp with time zone[]); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.customer_arr_ranges(moments timestamp with time zone[]) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.customer_arr_ranges(moments timestamp with time zone[]) TO cs_member;

--
-- Name: FUNCTION days_between(since timestamp with time zone, until timestamp with time zone); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.days_between(since timestamp with time zone, until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.days_between(since timestamp with time zone, until timestamp with time zone) TO cs_member;
GRANT ALL ON FUNCTION cs.days_between(since timestamp with time zone, until timestamp with time zone) TO cs_backup;

--
-- Name: FUNCTION local_time(settings jsonb, at timestamp with time zone); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.local_time(settings jsonb, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.local_time(settings jsonb, at timestamp with time zone) TO cs_member;
GRANT ALL ON FUNCTION cs.local_time(settings jsonb, at timestamp with time zone) TO cs_backup;

--
-- Name: FUNCTION local_day(settings jsonb, at timestamp with time zone); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.local_day(settings jsonb, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.local_day(settings jsonb, at timestamp with time zone) TO cs_member;
GRANT ALL ON FUNCTION cs.local_day(settings jsonb, at timestamp with time zone) TO cs_backup;

--
-- Name: FUNCTION days_to_renewal(contract_end_date date, settings jsonb, at timestamp with time zone); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.days_to_renewal(contract_end_date date, settings jsonb, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.days_to_renewal(contract_end_date date, settings jsonb, at timestamp with time zone) TO cs_member;
GRANT ALL ON FUNCTION cs.days_to_renewal(contract_end_date date, settings jsonb, at timestamp with time zone) TO cs_backup;

--
-- Name: FUNCTION event_topics(); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.event_topics() FROM PUBLIC;
GRANT ALL ON FUNCTION cs.event_topics() TO cs_member;

--
-- Name: FUNCTION health_band(status cs.account_status, risk_level text, confidence text); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.health_band(status cs.account_status, risk_level text, confidence text) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.health_band(status cs.account_status, risk_level text, confidence text) TO cs_member;
GRANT ALL ON FUNCTION cs.health_band(status cs.account_status, risk_level text, confidence text) TO cs_backup;

--
-- Name: FUNCTION score_at(tenant_id uuid, account_id uuid, at timestamp with time zone); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.score_at(tenant_id uuid, account_id uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.score_at(tenant_id uuid, account_id uuid, at timestamp with time zone) TO cs_member;
GRANT ALL ON FUNCTION cs.score_at(tenant_id uuid, account_id uuid, at timestamp with time zone) TO cs_backup;

--
-- Name: TABLE counted_arr; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.counted_arr TO cs_member;

--
-- Name: TABLE counted_stays; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.counted_stays TO cs_member;

--
-- Name: TABLE first_arr; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.first_arr TO cs_member;

--
-- Name: TABLE journey_stages; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.journey_stages TO cs_member;

--
-- Name: COLUMN journey_stages.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.journey_stages TO cs_member;

--
-- Name: COLUMN journey_stages.name; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(name),UPDATE(name) ON TABLE cs.journey_stages TO cs_member;

--
-- Name: COLUMN journey_stages.display_order; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(display_order),UPDATE(display_order) ON TABLE cs.journey_stages TO cs_member;

--
-- Name: COLUMN journey_stages.target_duration_days; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(target_duration_days),UPDATE(target_duration_days) ON TABLE cs.journey_stages TO cs_member;

--
-- Name: COLUMN journey_stages.color_hex; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(color_hex),UPDATE(color_hex) ON TABLE cs.journey_stages TO cs_member;

--
-- Name: COLUMN journey_stages.is_side; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(is_side),UPDATE(is_side) ON TABLE cs.journey_stages TO cs_member;

--
-- Name: COLUMN journey_stages.is_end; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(is_end),UPDATE(is_end) ON TABLE cs.journey_stages TO cs_member;

--
-- Name: COLUMN journey_stages.is_active; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(is_active),UPDATE(is_active) ON TABLE cs.journey_stages TO cs_member;

--
-- Name: COLUMN journey_stages.wip_limit; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(wip_limit),UPDATE(wip_limit) ON TABLE cs.journey_stages TO cs_member;

--
-- Name: TABLE lost_stays; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.lost_stays TO cs_member;

--
-- Name: FUNCTION executive_accounts(criteria jsonb, since timestamp with time zone); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.executive_accounts(criteria jsonb, since timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.executive_accounts(criteria jsonb, since timestamp with time zone) TO cs_member;

--
-- Name: FUNCTION high_value_arr(settings jsonb); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.high_value_arr(settings jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.high_value_arr(settings jsonb) TO cs_member;
GRANT ALL ON FUNCTION cs.high_value_arr(settings jsonb) TO cs_backup;

--
-- Name: FUNCTION last_touch(tenant_id uuid, account_id uuid, at timestamp with time zone); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.last_touch(tenant_id uuid, account_id uuid, at timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.last_touch(tenant_id uuid, account_id uuid, at timestamp with time zone) TO cs_member;
GRANT ALL ON FUNCTION cs.last_touch(tenant_id uuid, account_id uuid, at timestamp with time zone) TO cs_backup;

--
-- Name: FUNCTION stage_state(seconds numeric, target_days integer); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.stage_state(seconds numeric, target_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.stage_state(seconds numeric, target_days integer) TO cs_member;

--
-- Name: TABLE profiles; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.profiles TO cs_member;

--
-- Name: COLUMN users.id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(id) ON TABLE cs.users TO cs_member;

--
-- Name: COLUMN users.email; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(email) ON TABLE cs.users TO cs_member;

--
-- Name: COLUMN users.is_active; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(is_active) ON TABLE cs.users TO cs_member;

--
-- Name: COLUMN users.email_verified_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(email_verified_at) ON TABLE cs.users TO cs_member;

--
-- Name: COLUMN users.created_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(created_at) ON TABLE cs.users TO cs_member;

--
-- Name: TABLE webhook_queue; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.webhook_queue TO cs_member;
GRANT SELECT,DELETE,UPDATE ON TABLE cs.webhook_queue TO cs_worker;

--
-- Name: TABLE account_overview; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.account_overview TO cs_member;

--
-- Name: TABLE health_current; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_current TO cs_member;

--
-- Name: TABLE revenue_at_risk; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.revenue_at_risk TO cs_member;

--
-- Name: FUNCTION executive_dashboard(criteria jsonb, since timestamp with time zone, until timestamp with time zone); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.executive_dashboard(criteria jsonb, since timestamp with time zone, until timestamp with time zone) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.executive_dashboard(criteria jsonb, since timestamp with time zone, until timestamp with time zone) TO cs_member;

--
-- Name: FUNCTION executive_trends(criteria jsonb, since timestamp with time zone, until timestamp with time zone, points integer); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.executive_trends(criteria jsonb, since timestamp with time zone, until timestamp with time zone, points integer) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.executive_trends(criteria jsonb, since timestamp with time zone, until timestamp with time zone, points integer) TO cs_member;

--
-- Name: TABLE account_timeline; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.account_timeline TO cs_member;

--
-- Name: FUNCTION family_timeline(account_id uuid, scope text, kinds text[], before timestamp with time zone, page_size integer, before_key text); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.family_timeline(account_id uuid, scope text, kinds text[], before timestamp with time zone, page_size integer, before_key text) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.family_timeline(account_id uuid, scope text, kinds text[], before timestamp with time zone, page_size integer, before_key text) TO cs_member;

--
-- Name: FUNCTION feed_is_out(tenant_id uuid, metric_type text); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.feed_is_out(tenant_id uuid, metric_type text) FROM PUBLIC;

--
-- Name: FUNCTION field_history(account_id uuid, field text); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.field_history(account_id uuid, field text) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.field_history(account_id uuid, field text) TO cs_member;

--
-- Name: FUNCTION growth_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.growth_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.growth_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) TO cs_member;

--
-- Name: FUNCTION journey_steps(account_id uuid); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.journey_steps(account_id uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.journey_steps(account_id uuid) TO cs_member;

--
-- Name: FUNCTION milestone_due_at(entered_at timestamp with time zone, due_after_days integer); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.milestone_due_at(entered_at timestamp with time zone, due_after_days integer) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.milestone_due_at(entered_at timestamp with time zone, due_after_days integer) TO cs_member;
GRANT ALL ON FUNCTION cs.milestone_due_at(entered_at timestamp with time zone, due_after_days integer) TO cs_backup;

--
-- Name: TABLE user_preferences; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.user_preferences TO cs_member;

--
-- Name: COLUMN user_preferences.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.user_preferences TO cs_member;

--
-- Name: COLUMN user_preferences.preferences; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(preferences),UPDATE(preferences) ON TABLE cs.user_preferences TO cs_member;

--
-- Name: FUNCTION my_preferences(); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.my_preferences() FROM PUBLIC;
GRANT ALL ON FUNCTION cs.my_preferences() TO cs_member;

--
-- Name: TABLE custom_fields; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.key; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(key),UPDATE(key) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.label; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(label),UPDATE(label) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.type; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(type),UPDATE(type) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.description; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(description),UPDATE(description) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.is_required; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(is_required),UPDATE(is_required) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.default_value; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(default_value),UPDATE(default_value) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.options; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(options),UPDATE(options) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.in_lists; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(in_lists),UPDATE(in_lists) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.in_import; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(in_import),UPDATE(in_import) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.display_order; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(display_order),UPDATE(display_order) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: COLUMN custom_fields.is_active; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(is_active),UPDATE(is_active) ON TABLE cs.custom_fields TO cs_member;

--
-- Name: TABLE saved_views; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.saved_views TO cs_member;

--
-- Name: COLUMN saved_views.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.saved_views TO cs_member;

--
-- Name: COLUMN saved_views.page; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(page),UPDATE(page) ON TABLE cs.saved_views TO cs_member;

--
-- Name: COLUMN saved_views.name; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(name),UPDATE(name) ON TABLE cs.saved_views TO cs_member;

--
-- Name: COLUMN saved_views.criteria; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(criteria),UPDATE(criteria) ON TABLE cs.saved_views TO cs_member;

--
-- Name: COLUMN saved_views.settings; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(settings),UPDATE(settings) ON TABLE cs.saved_views TO cs_member;

--
-- Name: COLUMN saved_views.is_shared; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(is_shared),UPDATE(is_shared) ON TABLE cs.saved_views TO cs_member;

--
-- Name: FUNCTION named_by(subject uuid); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.named_by(subject uuid) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.named_by(subject uuid) TO cs_member;

--
-- Name: TABLE renewals; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.renewals TO cs_member;

--
-- Name: FUNCTION renewals_between(from_day date, to_day date, criteria jsonb); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.renewals_between(from_day date, to_day date, criteria jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.renewals_between(from_day date, to_day date, criteria jsonb) TO cs_member;

--
-- Name: FUNCTION retention_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.retention_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.retention_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) TO cs_member;

--
-- Name: FUNCTION search_accounts(criteria jsonb, sort text, after text, page_size integer, with_total boolean); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.search_accounts(criteria jsonb, sort text, after text, page_size integer, with_total boolean) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.search_accounts(criteria jsonb, sort text, after text, page_size integer, with_total boolean) TO cs_member;

--
-- Name: FUNCTION tenant_time_zone(); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.tenant_time_zone() FROM PUBLIC;
GRANT ALL ON FUNCTION cs.tenant_time_zone() TO cs_member;

--
-- Name: FUNCTION undo_time(); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.undo_time() FROM PUBLIC;
GRANT ALL ON FUNCTION cs.undo_time() TO cs_member;

--
-- Name: FUNCTION webhook_allowed_hosts(); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.webhook_allowed_hosts() FROM PUBLIC;
GRANT ALL ON FUNCTION cs.webhook_allowed_hosts() TO cs_member;

--
-- Name: TABLE account_members; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.account_members TO cs_member;

--
-- Name: COLUMN account_members.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.account_members TO cs_member;

--
-- Name: COLUMN account_members.account_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(account_id) ON TABLE cs.account_members TO cs_member;

--
-- Name: COLUMN account_members.user_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(user_id) ON TABLE cs.account_members TO cs_member;

--
-- Name: TABLE account_milestone_status; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.account_milestone_status TO cs_member;

--
-- Name: TABLE account_tree; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.account_tree TO cs_member;

--
-- Name: COLUMN api_tokens.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(tenant_id) ON TABLE cs.api_tokens TO cs_member;

--
-- Name: COLUMN api_tokens.id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(id) ON TABLE cs.api_tokens TO cs_member;

--
-- Name: COLUMN api_tokens.user_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(user_id) ON TABLE cs.api_tokens TO cs_member;

--
-- Name: COLUMN api_tokens.name; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(name) ON TABLE cs.api_tokens TO cs_member;

--
-- Name: COLUMN api_tokens.created_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(created_at) ON TABLE cs.api_tokens TO cs_member;

--
-- Name: COLUMN api_tokens.expires_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(expires_at) ON TABLE cs.api_tokens TO cs_member;

--
-- Name: COLUMN api_tokens.revoked_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(revoked_at) ON TABLE cs.api_tokens TO cs_member;

--
-- Name: TABLE arr_months; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.arr_months TO cs_member;

--
-- Name: TABLE arr_bridge; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.arr_bridge TO cs_member;

--
-- Name: TABLE audit_log; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.audit_log TO cs_member;

--
-- Name: TABLE automation_health; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.automation_health TO cs_member;
GRANT SELECT ON TABLE cs.automation_health TO pg_monitor;

--
-- Name: TABLE cohorts; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.cohorts TO cs_member;

--
-- Name: TABLE contacts; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.contacts TO cs_member;

--
-- Name: COLUMN contacts.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.contacts TO cs_member;

--
-- Name: COLUMN contacts.account_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(account_id) ON TABLE cs.contacts TO cs_member;

--
-- Name: COLUMN contacts.full_name; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(full_name),UPDATE(full_name) ON TABLE cs.contacts TO cs_member;

--
-- Name: COLUMN contacts.email; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(email),UPDATE(email) ON TABLE cs.contacts TO cs_member;

--
-- Name: COLUMN contacts.phone; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(phone),UPDATE(phone) ON TABLE cs.contacts TO cs_member;

--
-- Name: COLUMN contacts.title; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(title),UPDATE(title) ON TABLE cs.contacts TO cs_member;

--
-- Name: COLUMN contacts.is_primary; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(is_primary),UPDATE(is_primary) ON TABLE cs.contacts TO cs_member;

--
-- Name: COLUMN contacts.notes; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(notes),UPDATE(notes) ON TABLE cs.contacts TO cs_member;

--
-- Name: TABLE criteria_fields; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.criteria_fields TO cs_member;

--
-- Name: TABLE csm_workload; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.csm_workload TO cs_member;

--
-- Name: TABLE current_stays; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.current_stays TO cs_member;

--
-- Name: TABLE database_logins; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.database_logins TO cs_member;

--
-- Name: TABLE offered_roles; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.offered_roles TO cs_member;

--
-- Name: TABLE database_role_offers; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.database_role_offers TO cs_member;

--
-- Name: TABLE webhook_attempts; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.webhook_attempts TO cs_member;
GRANT SELECT,INSERT,DELETE ON TABLE cs.webhook_attempts TO cs_worker;

--
-- Name: TABLE webhook_breakers; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.webhook_breakers TO cs_member;
GRANT SELECT,INSERT,DELETE,UPDATE ON TABLE cs.webhook_breakers TO cs_worker;

--
-- Name: TABLE webhook_deliveries; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.webhook_deliveries TO cs_member;

--
-- Name: TABLE execution_log; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.execution_log TO cs_member;

--
-- Name: TABLE feed_silences; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.feed_silences TO cs_member;

--
-- Name: TABLE feed_outages; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.feed_outages TO cs_member;

--
-- Name: TABLE health_days; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_days TO cs_member;

--
-- Name: TABLE health_distribution; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_distribution TO cs_member;

--
-- Name: TABLE health_history; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_history TO cs_member;

--
-- Name: TABLE health_norms; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_norms TO cs_member;

--
-- Name: TABLE installation; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.installation TO cs_worker;

--
-- Name: COLUMN invitations.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(tenant_id) ON TABLE cs.invitations TO cs_member;

--
-- Name: COLUMN invitations.id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(id) ON TABLE cs.invitations TO cs_member;

--
-- Name: COLUMN invitations.email; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(email) ON TABLE cs.invitations TO cs_member;

--
-- Name: COLUMN invitations.role; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(role) ON TABLE cs.invitations TO cs_member;

--
-- Name: COLUMN invitations.invited_by; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(invited_by) ON TABLE cs.invitations TO cs_member;

--
-- Name: COLUMN invitations.created_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(created_at) ON TABLE cs.invitations TO cs_member;

--
-- Name: COLUMN invitations.expires_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(expires_at) ON TABLE cs.invitations TO cs_member;

--
-- Name: COLUMN invitations.accepted_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(accepted_at) ON TABLE cs.invitations TO cs_member;

--
-- Name: TABLE journey_board; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.journey_board TO cs_member;

--
-- Name: TABLE members; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.members TO cs_member;

--
-- Name: TABLE my_tasks; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.my_tasks TO cs_member;

--
-- Name: TABLE playbook_bursts; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.playbook_bursts TO cs_member;

--
-- Name: TABLE playbook_overview; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.playbook_overview TO cs_member;

--
-- Name: TABLE playbook_templates; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.playbook_templates TO cs_member;

--
-- Name: TABLE playbook_versions; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.playbook_versions TO cs_member;

--
-- Name: TABLE portfolio_growth; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.portfolio_growth TO cs_member;

--
-- Name: TABLE retention; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.retention TO cs_member;

--
-- Name: TABLE stage_stays; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.stage_stays TO cs_member;

--
-- Name: TABLE stage_velocity; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.stage_velocity TO cs_member;

--
-- Name: TABLE unknown_usage; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.unknown_usage TO cs_member;

--
-- Name: TABLE usage_daily; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.usage_daily TO cs_member;

--
-- Name: TABLE usage_metrics; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.usage_metrics TO cs_member;

--
-- Name: COLUMN usage_metrics.tenant_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(tenant_id) ON TABLE cs.usage_metrics TO cs_member;

--
-- Name: COLUMN usage_metrics.account_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(account_id) ON TABLE cs.usage_metrics TO cs_member;

--
-- Name: COLUMN usage_metrics.metric_type; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(metric_type) ON TABLE cs.usage_metrics TO cs_member;

--
-- Name: COLUMN usage_metrics.metric_value; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(metric_value) ON TABLE cs.usage_metrics TO cs_member;

--
-- Name: COLUMN usage_metrics.metadata; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(metadata) ON TABLE cs.usage_metrics TO cs_member;

--
-- Name: COLUMN usage_metrics.recorded_at; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(recorded_at) ON TABLE cs.usage_metrics TO cs_member;

--
-- Name: COLUMN usage_metrics.event_id; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT INSERT(event_id) ON TABLE cs.usage_metrics TO cs_member;

--
-- Name: TABLE usage_features; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.usage_features TO cs_member;

--
-- Name: TABLE usage_weekly; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.usage_weekly TO cs_member;

--
-- Name: TABLE waiting_usage; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.waiting_usage TO cs_member;

--
-- Name: FUNCTION velocity_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb); Type: ACL; Schema: cs; Owner: cs_owner
--

REVOKE ALL ON FUNCTION cs.velocity_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) FROM PUBLIC;
GRANT ALL ON FUNCTION cs.velocity_between(since timestamp with time zone, until timestamp with time zone, criteria jsonb) TO cs_member;

--
-- PostgreSQL database dump complete
--

-- Native functions, members of the extension: result, kind, owner, who may call them
-- cs.accept_invitation(text,text,text) returns uuid volatile strict, owner cs_owner, cs_gateway cs_owner
-- cs.accept_silence(text,text) returns uuid volatile, owner cs_owner, cs_member cs_owner
-- cs.account_360(uuid) returns jsonb stable, owner cs_owner, cs_member cs_owner
-- cs.account_breadcrumb(uuid) returns TABLE("position" integer, id uuid, name text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.account_changes(uuid,boolean,timestamp with time zone,text,integer) returns TABLE(tenant_id uuid, change_id uuid, at timestamp with time zone, actor_id uuid, changes text, event_key text) stable, owner cs_owner, cs_member cs_owner
-- cs.account_place(uuid) returns TABLE(tenant_id uuid, level integer, path text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.account_rollup(uuid) returns TABLE(accounts integer, own_arr numeric, family_arr numeric, health integer, risk_level text, worst_score integer, worst_account_id uuid, worst_name text, critical integer, arr_at_risk numeric, earliest_renewal date, partial boolean) stable strict, owner cs_owner, cs_member cs_owner
-- cs.activate_playbook(uuid,text,text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.automation_figures() returns TABLE(tenant_id uuid, tenant text, figures jsonb, problem text) volatile strict, owner cs_owner, cs_member cs_owner pg_monitor
-- cs.automation_metrics() returns TABLE(name text, of text, value double precision) volatile strict, owner cs_owner, cs_gateway cs_owner
-- cs.backtest_playbook(jsonb,jsonb,jsonb,integer) returns TABLE(at timestamp with time zone, account_id uuid, account_name text, result text, event jsonb) volatile, owner cs_owner, cs_member cs_owner
-- cs.board(jsonb,text,integer) returns jsonb stable, owner cs_owner, cs_member cs_owner
-- cs.board_cards(uuid,jsonb,text,text,integer) returns jsonb stable, owner cs_owner, cs_member cs_owner
-- cs.bulk_update_accounts(jsonb,jsonb,boolean) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.cancel_webhook(uuid[]) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.cancel_webhooks(jsonb) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.change_password(uuid,text,text,timestamp with time zone) returns uuid volatile, owner cs_owner, cs_gateway cs_owner
-- cs.check_custom_field(uuid,text) returns TABLE(account_id uuid, name text, value jsonb, reason text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.check_period(timestamp with time zone,timestamp with time zone) returns boolean immutable parallel safe, owner cs_owner, cs_member cs_owner
-- cs.check_session(uuid) returns void stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.check_token(text) returns TABLE(user_id uuid, tenant_id uuid) stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.complete_milestone(uuid,uuid,text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.complete_task(uuid) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.compute_health(uuid,timestamp with time zone) returns TABLE(overall_score integer, usage_score integer, engagement_score integer, support_score integer, adoption_score integer, coverage numeric, confidence text, risk_level text, stale_feed boolean, raw_score integer, cap_reason text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.confirm_webhooks() returns bigint volatile strict, owner cs_owner, cs_owner
-- cs.count_facets(jsonb,text) returns TABLE(value text, label text, accounts integer, arr numeric) stable, owner cs_owner, cs_member cs_owner
-- cs.counted_days(timestamp with time zone,timestamp with time zone,text,jsonb) returns integer stable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.counted_days_before(timestamp with time zone,integer,text,jsonb) returns timestamp with time zone stable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.create_api_token(text,timestamp with time zone) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.create_password_reset(uuid) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.create_publication(text) returns text[] volatile strict, owner cs_owner, cs_owner
-- cs.create_tenant(text,text,text,text,text) returns uuid volatile strict, owner cs_owner, cs_gateway cs_owner
-- cs.criteria_field_list() returns TABLE(place integer, field text, label text, kind text, operators text[], choices text[], description text) immutable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.criteria_fold(text) returns text immutable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.criteria_problem(jsonb) returns text stable, owner cs_owner, cs_member cs_owner
-- cs.criteria_shape(jsonb) returns boolean immutable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.current_member_role() returns text stable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.current_tenant_id() returns uuid stable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner cs_worker
-- cs.current_user_id() returns uuid stable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.custom_field_operators(text) returns text[] immutable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.dashboard_criteria(jsonb,jsonb) returns jsonb immutable parallel safe, owner cs_owner, cs_member cs_owner
-- cs.deactivate_member(uuid,uuid) returns bigint volatile, owner cs_owner, cs_member cs_owner
-- cs.delete_account(uuid,text) returns void volatile, owner cs_owner, cs_member cs_owner
-- cs.delete_contact(uuid) returns void volatile, owner cs_owner, cs_member cs_owner
-- cs.delete_playbook(uuid) returns void volatile, owner cs_owner, cs_member cs_owner
-- cs.delete_stage(uuid,text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.delete_view(uuid) returns void volatile, owner cs_owner, cs_member cs_owner
-- cs.drop_burst(uuid) returns bigint volatile, owner cs_owner, cs_member cs_owner
-- cs.end_session(uuid) returns void volatile strict, owner cs_owner, cs_gateway cs_owner
-- cs.explain_criteria(uuid,jsonb) returns TABLE(path text, field text, operator text, found text, holds boolean) stable, owner cs_owner, cs_member cs_owner
-- cs.explain_health(uuid,timestamp with time zone,boolean) returns TABLE(component text, part text, raw_value numeric, window_from timestamp with time zone, window_to timestamp with time zone, target numeric, baseline numeric, score numeric, weight numeric, effective_weight numeric, points_lost numeric, row_count integer, null_reason text, largest_gain boolean, metric text, reading text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.explain_playbook(uuid,uuid) returns TABLE(step integer, what text, wanted text, value text, passed boolean, note text) volatile, owner cs_owner, cs_member cs_owner
-- cs.fold_email(text) returns text immutable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner cs_worker
-- cs.fold_name(text) returns text immutable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner cs_worker
-- cs.health_change(uuid,timestamp with time zone,timestamp with time zone) returns TABLE(step integer, cause text, points integer, score integer, usage_score integer, engagement_score integer, support_score integer, adoption_score integer, meaning text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.hidden_children() returns TABLE(tenant_id uuid, parent_id uuid, arr numeric) stable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner
-- cs.hidden_children_history() returns TABLE(tenant_id uuid, parent_id uuid, arr numeric, valid_from timestamp with time zone, valid_until timestamp with time zone) stable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner
-- cs.import_accounts(jsonb,boolean,boolean,boolean) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.import_accounts(text,boolean,boolean,boolean) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.install() returns void volatile strict, owner cs_owner, cs_owner
-- cs.invite_member(text,text) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.isolation_selftest() returns TABLE(caller text, object text, action text, happened text, ok boolean) volatile strict, owner cs_owner, cs_owner
-- cs.join_tenant(text,text) returns uuid volatile strict, owner cs_owner, cs_member cs_owner
-- cs.leave_tenant(uuid) returns bigint volatile, owner cs_owner, cs_member cs_owner
-- cs.link_analyst(uuid,text) returns void volatile, owner cs_owner, cs_member cs_owner
-- cs.link_database_role(text,text,text) returns void volatile, owner cs_owner, cs_owner
-- cs.link_viewer(text,text) returns void volatile, owner cs_owner, cs_owner
-- cs.listen_to_events() returns void volatile strict, owner cs_owner, cs_gateway cs_owner
-- cs.load_sample_data(text,integer) returns void volatile strict, owner cs_owner, cs_owner
-- cs.log_activity(uuid,text,text,timestamp with time zone,uuid) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.login_lookup(text) returns TABLE(user_id uuid, encrypted_password text) stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.matching_accounts(jsonb) returns SETOF uuid stable, owner cs_owner, cs_member cs_owner
-- cs.may_see_account(uuid) returns boolean stable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner cs_worker
-- cs.may_see_account_support(internal) returns internal immutable parallel safe, owner cs_owner, cs_owner
-- cs.may_see_user(uuid) returns boolean stable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner cs_worker
-- cs.me() returns jsonb stable strict, owner cs_owner, cs_member cs_owner
-- cs.merge_accounts(uuid,uuid,boolean) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.move_account_stage(uuid,text,text,text,text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.my_tenants() returns TABLE(id uuid, slug text, name text, role text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.offer_database_role(text,text) returns void volatile, owner cs_owner, cs_owner
-- cs.open_session(uuid,uuid,timestamp with time zone) returns uuid volatile, owner cs_owner, cs_gateway cs_owner
-- cs.pause_all_playbooks() returns integer volatile strict, owner cs_owner, cs_member cs_owner
-- cs.pause_playbook(uuid) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.playbook_problem(jsonb,jsonb) returns text stable, owner cs_owner, cs_member cs_owner
-- cs.preview_health_model(jsonb) returns TABLE(account_id uuid, old_score integer, new_score integer, old_level text, new_level text, playbooks text[], problem text) volatile strict, owner cs_owner, cs_member cs_owner
-- cs.preview_playbook(jsonb,jsonb) returns TABLE(account_id uuid, account_name text, arr numeric, health_score integer, risk_level text, stage text, csm_name text, event jsonb) stable, owner cs_owner, cs_member cs_owner
-- cs.publish_health_model(jsonb,integer,boolean) returns integer volatile, owner cs_owner, cs_member cs_owner
-- cs.read_invitation(text) returns TABLE(email text, role text, tenant_name text, has_account boolean, invited_by uuid) stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.read_password_reset(text) returns TABLE(email text, full_name text, expires_at timestamp with time zone) stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.record_arr(jsonb,boolean) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.record_arr(text,boolean) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.record_usage(jsonb,boolean,boolean) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.record_usage(text,boolean,boolean) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.refresh_health(uuid[]) returns bigint volatile, owner cs_owner, cs_member cs_owner
-- cs.release_burst(uuid,integer) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.renew_session(uuid,uuid,timestamp with time zone) returns uuid volatile, owner cs_owner, cs_gateway cs_owner
-- cs.reset_password(text,text) returns uuid volatile strict, owner cs_owner, cs_gateway cs_owner
-- cs.retention_criteria(jsonb) returns jsonb immutable parallel safe, owner cs_owner, cs_member cs_owner
-- cs.retry_webhook(uuid[],text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.retry_webhooks(jsonb,text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.revoke_api_token(uuid) returns void volatile strict, owner cs_owner, cs_member cs_owner
-- cs.revoke_invitation(uuid) returns void volatile, owner cs_owner, cs_member cs_owner
-- cs.risk_level(integer,uuid) returns text stable parallel safe, owner cs_owner, cs_member cs_owner
-- cs.rotate_webhook_secret(uuid) returns text volatile, owner cs_owner, cs_member cs_owner
-- cs.run_playbook(uuid,uuid,boolean) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.run_reason(text,text) returns text immutable parallel safe, owner cs_owner, cs_member cs_owner
-- cs.save_contact(uuid,jsonb) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.save_custom_field(jsonb) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.save_milestones(uuid,jsonb) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.save_playbook(jsonb,integer) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.save_preferences(jsonb) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.save_stages(jsonb,text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.save_view(jsonb,integer) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.search_everything(text,integer) returns TABLE(kind text, id uuid, title text, subtitle text, level text, score real) stable strict, owner cs_owner, cs_member cs_owner
-- cs.search_page(jsonb,text,text,integer,boolean) returns TABLE(ids uuid[], next text, summary text) stable, owner cs_owner, cs_member cs_owner
-- cs.send_test_webhook(uuid,uuid) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.session_person(uuid) returns TABLE(email text, encrypted_password text) stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.session_tenant(uuid) returns uuid stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.set_health_override(uuid,integer,text,timestamp with time zone) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.set_member_role(uuid,text) returns void volatile strict, owner cs_owner, cs_member cs_owner
-- cs.share_account(uuid,uuid) returns void volatile strict, owner cs_owner, cs_member cs_owner
-- cs.slug_is_free(text) returns boolean stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.stages_version() returns text stable strict, owner cs_owner, cs_member cs_owner
-- cs.suggested_stage(uuid) returns text stable strict, owner cs_owner, cs_member cs_owner
-- cs.tenant_outages(uuid) returns TABLE(metric_type text, since timestamp with time zone, is_accepted boolean) stable strict, owner cs_owner, cs_member cs_owner
-- cs.tenant_where(text) returns uuid stable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner cs_worker
-- cs.tg_accounts__auto_complete() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__check_relatives() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__count_waiting() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__keep_deleted() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__lock_tree() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__mark_health() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__place() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__record_arr() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__record_stage() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_activities__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_audit__record() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_audit_log__refuse() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_configuration__forget() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_contacts__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_custom_fields__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_custom_fields__forget() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_events__gather() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_health_models__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_health_scores__auto_complete() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_health_scores__supersede() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_journey_stages__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_people__forget() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_playbooks__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_playbooks__enter() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_playbooks__match() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_playbooks__record_version() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_saved_views__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_stage_milestones__auto_complete() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_stage_milestones__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_tenants__begin() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_tenants__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_usage_metrics__mark() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_user_preferences__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_webhook_queue__address() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_webhook_queue__due() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_webhook_queue__release() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_webhook_queue__reorder() returns trigger volatile, owner cs_owner, cs_owner
-- cs.timeline_scope(uuid,text) returns TABLE(tenant_id uuid, id uuid) stable, owner cs_owner, cs_member cs_owner
-- cs.undo_stage_move(uuid) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.unlink_analyst(text) returns void volatile, owner cs_owner, cs_member cs_owner
-- cs.unlink_database_role(text) returns void volatile strict, owner cs_owner, cs_owner
-- cs.unshare_account(uuid,uuid) returns void volatile strict, owner cs_owner, cs_member cs_owner
-- cs.update_account(uuid,jsonb,integer) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.update_activity(uuid,jsonb) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.update_tenant(jsonb) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.upsert_account(text,jsonb,timestamp with time zone) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.usage_pauses(uuid,date) returns TABLE(metric_type text, from_day date, to_day date, kind text) stable, owner cs_owner, cs_member cs_owner
-- cs.uuid_v7() returns uuid volatile strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.validate_criteria(jsonb) returns TABLE(path text, message text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.weekly_scores(uuid[],integer) returns TABLE(account_id uuid, scores integer[]) stable strict, owner cs_owner, cs_member cs_owner
-- cs.withdraw_database_role_offer(text) returns void volatile, owner cs_owner, cs_owner
-- cs.withdraw_silence(text) returns void volatile, owner cs_owner, cs_member cs_owner
-- cs.worker_status() returns TABLE(tenant_id uuid, tenant text, step text, account_id uuid, playbook_id uuid, error text, failed_since timestamp with time zone, tries integer, held_as_copy boolean, waiting bigint, oldest timestamp with time zone, waits_for text) volatile strict, owner cs_owner, cs_owner pg_monitor
-- cs.worker_vitals() returns TABLE(duty text, pid integer, started_at timestamp with time zone, beat_at timestamp with time zone, under_way integer, waiting_bytes bigint, sent bigint, failed bigint) volatile strict, owner cs_owner, cs_owner pg_monitor
