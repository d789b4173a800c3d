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
    CONSTRAINT accounts_arr_check CHECK (((arr >= (0)::numeric) AND (arr < 'Infinity'::numeric))),
    CONSTRAINT accounts_crm_attributes_check CHECK ((jsonb_typeof(crm_attributes) = 'object'::text)),
    CONSTRAINT accounts_hierarchy_level_check CHECK (((hierarchy_level >= 0) AND (hierarchy_level <= 10))),
    CONSTRAINT accounts_name_check CHECK ((btrim(name) <> ''::text))
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

COMMENT ON COLUMN cs.accounts.current_stage IS 'Name of the stage; absent on insert it is the first main stage.';

--
-- Name: COLUMN accounts.crm_attributes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.accounts.crm_attributes IS 'Anything the CRM knows. Known keys: arr (number >= 0), contract_end_date (YYYY-MM-DD), industry, seats.';

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

COMMENT ON FUNCTION cs.account_descendants(account_id uuid, max_depth integer) IS 'The accounts below this one that the caller sees; depth counts from this one, max_depth NULL for all. Ordered by path each follows its parent. Errors: P0002 no such account.';

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

COMMENT ON TABLE cs.account_members IS 'Who else works on an account beside its CSM. A Contributor sees own accounts and these.';

--
-- Name: account_milestones; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.account_milestones (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    account_id uuid NOT NULL,
    milestone_id uuid NOT NULL,
    state text DEFAULT 'done'::text NOT NULL,
    reason text,
    settled_at timestamp with time zone DEFAULT clock_timestamp() NOT NULL,
    settled_by uuid DEFAULT cs.current_user_id(),
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
-- Name: COLUMN account_milestones.settled_by; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestones.settled_by IS 'Who said so; NULL for the database.';

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
    CONSTRAINT journey_history_duration_days_check CHECK (((duration_days IS NULL) = (exited_at IS NULL))),
    CONSTRAINT journey_history_exited_at_check CHECK ((exited_at >= entered_at))
);

ALTER TABLE ONLY cs.journey_history FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.journey_history OWNER TO cs_owner;

--
-- Name: TABLE journey_history; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.journey_history IS 'Every stay of an account in a stage. The open row (exited_at is null) is the present one; each row begins when the one before it ends.';

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

COMMENT ON COLUMN cs.journey_stages.color_hex IS '#rrggbb, shown as a swatch beside the name.';

--
-- Name: COLUMN journey_stages.is_side; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_stages.is_side IS 'A stage beside the main line, such as At Risk: entered and left freely.';

--
-- Name: COLUMN journey_stages.is_end; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_stages.is_end IS 'The stage of lost customers; at most one active.';

--
-- Name: COLUMN journey_stages.wip_limit; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.journey_stages.wip_limit IS 'How many accounts the board''s column should hold. NULL: any number.';

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

COMMENT ON TABLE cs.stage_milestones IS 'What should be reached while an account is in a stage.';

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

COMMENT ON COLUMN cs.stage_milestones.criteria IS 'What has to be true of an account; validate_criteria says what is wrong with it. NULL: people decide.';

--
-- Name: COLUMN stage_milestones.is_active; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_milestones.is_active IS 'false: asked of nobody any more, kept for those who did it.';

--
-- Name: COLUMN stage_milestones.created_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_milestones.created_at IS 'An account that left the stage before this is not held by it.';

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
    settled.settled_at,
    settled.settled_by,
    due.at AS due_at,
    ((settled.state IS NULL) AND COALESCE((due.at < now()), false)) AS is_overdue,
    milestone.display_order
   FROM (((((cs.accounts account
     JOIN cs.journey_stages stage ON (((stage.tenant_id = account.tenant_id) AND (stage.name = account.current_stage))))
     JOIN cs.stage_milestones milestone ON (((milestone.tenant_id = stage.tenant_id) AND (milestone.stage_id = stage.id))))
     LEFT JOIN cs.account_milestones settled ON (((settled.tenant_id = account.tenant_id) AND (settled.account_id = account.id) AND (settled.milestone_id = milestone.id))))
     LEFT JOIN cs.journey_history stay ON (((stay.tenant_id = account.tenant_id) AND (stay.account_id = account.id) AND (stay.exited_at IS NULL))))
     LEFT JOIN LATERAL ( SELECT (stay.entered_at + ((milestone.due_after_days)::double precision * '24:00:00'::interval)) AS at) due ON (true))
  WHERE (milestone.is_active OR (settled.state IS NOT NULL));

ALTER TABLE cs.account_milestone_status OWNER TO cs_owner;

--
-- Name: VIEW account_milestone_status; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.account_milestone_status IS 'The milestones of each account''s present stage, and how they stand.';

--
-- Name: COLUMN account_milestone_status.state; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.state IS 'open, done or waived.';

--
-- Name: COLUMN account_milestone_status.due_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.due_at IS 'Its days after the account entered the stage; NULL: never due.';

--
-- Name: COLUMN account_milestone_status.is_overdue; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_milestone_status.is_overdue IS 'Open although its time has passed.';

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

COMMENT ON TABLE cs.health_scores IS 'Health of accounts from 0 to 100, one current row each; a new row closes the one before it, whoever writes it.';

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

COMMENT ON COLUMN cs.health_scores.created_at IS 'When the score was true. Absent: now. Older than the current row''s: the score enters as history and fires nothing.';

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

COMMENT ON COLUMN cs.health_scores.cause IS 'Why the row was added: data (usage arrived), time (the daily pass), refresh (asked for), heartbeat (nothing changed since yesterday), model (published), override, account (its own attributes changed); NULL where imported.';

--
-- Name: COLUMN health_scores.inputs; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.inputs IS 'The score of each part when it was computed, by component and part; cap: the maximum and reason that applied.';

--
-- Name: COLUMN health_scores.raw_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.raw_score IS 'The mean of the components by weight, before a cap or an override; NULL where imported, or without data under an override.';

--
-- Name: COLUMN health_scores.stale_feed; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_scores.stale_feed IS 'Parts are seen from the last row of a feed that is out; such a score fires no playbook.';

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

COMMENT ON COLUMN cs.profiles.full_name IS 'The one name of this person in this tenant, in lists, payloads and pages alike.';

--
-- Name: COLUMN profiles.role; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.profiles.role IS 'Viewer reads; Contributor works on own accounts; Practitioner works on all; Tenant Admin also configures.';

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

COMMENT ON COLUMN cs.tenants.is_active IS 'false: nobody of this tenant sees or does anything.';

--
-- Name: webhook_queue; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.webhook_queue (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    playbook_id uuid NOT NULL,
    account_id uuid NOT NULL,
    event_id uuid DEFAULT cs.uuid_v7() NOT NULL,
    host text NOT NULL,
    payload jsonb NOT NULL,
    status cs.webhook_status DEFAULT 'pending'::cs.webhook_status NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    max_attempts integer DEFAULT 5 NOT NULL,
    run_at timestamp with time zone DEFAULT now() NOT NULL,
    lease_until timestamp with time zone,
    claim_token uuid,
    response_status integer,
    response_body text,
    last_error text,
    duration_ms integer,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    processed_at timestamp with time zone,
    CONSTRAINT webhook_queue_attempts_check CHECK (((attempts >= 0) AND (max_attempts > 0))),
    CONSTRAINT webhook_queue_claim_check CHECK (((status = 'processing'::cs.webhook_status) = (claim_token IS NOT NULL))),
    CONSTRAINT webhook_queue_processed_at_check CHECK (((status = ANY (ARRAY['completed'::cs.webhook_status, 'failed'::cs.webhook_status])) = (processed_at IS NOT NULL)))
)
WITH (autovacuum_vacuum_scale_factor='0', autovacuum_vacuum_threshold='5000', autovacuum_vacuum_insert_scale_factor='0', autovacuum_vacuum_insert_threshold='50000');

ALTER TABLE ONLY cs.webhook_queue FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.webhook_queue OWNER TO cs_owner;

--
-- Name: TABLE webhook_queue; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.webhook_queue IS 'Deliveries. pending -> processing -> completed, or back to pending for another try, or failed once max_attempts are used up.';

--
-- Name: COLUMN webhook_queue.id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.id IS 'Sent as webhook-id, the same over all tries.';

--
-- Name: COLUMN webhook_queue.event_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.event_id IS 'The change that caused it; one delivery per playbook, account and event.';

--
-- Name: COLUMN webhook_queue.host; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.host IS 'host:port of the playbook''s URL when the row was made; kept by a trigger.';

--
-- Name: COLUMN webhook_queue.run_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.run_at IS 'Not sent before.';

--
-- Name: COLUMN webhook_queue.lease_until; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.lease_until IS 'A claim older than this may be given back.';

--
-- Name: COLUMN webhook_queue.claim_token; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.webhook_queue.claim_token IS 'Names the claim under way; a result with another token is not recorded.';

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
    (floor((stay.seconds / (86400)::numeric)))::integer AS days_in_stage,
        CASE
            WHEN (stage.target_duration_days IS NULL) THEN NULL::text
            WHEN (stay.seconds <= ((stage.target_duration_days)::numeric * 86400.0)) THEN 'on_track'::text
            WHEN (stay.seconds <= (((stage.target_duration_days)::numeric * 86400.0) * 1.5)) THEN 'behind'::text
            ELSE 'stuck'::text
        END AS stage_state,
    account.status,
    account.arr,
    account.contract_end_date,
    (account.contract_end_date - ((now() AT TIME ZONE COALESCE((tenant.settings ->> 'time_zone'::text), 'UTC'::text)))::date) AS days_to_renewal,
    (account.crm_attributes ->> 'industry'::text) AS industry,
    account.csm_id,
    csm.full_name AS csm_name,
    health.overall_score,
    health.previous_score,
    (health.overall_score - month_ago.overall_score) AS score_change_30d,
    health.risk_level,
    health.confidence,
    health.usage_score,
    health.engagement_score,
    health.support_score,
    health.adoption_score,
    runs.open_runs,
    account.crm_attributes,
    account.version
   FROM ((((((((cs.accounts account
     JOIN cs.tenants tenant ON ((tenant.id = account.tenant_id)))
     JOIN cs.journey_stages stage ON (((stage.tenant_id = account.tenant_id) AND (stage.name = account.current_stage))))
     LEFT JOIN cs.accounts parent ON (((parent.tenant_id = account.tenant_id) AND (parent.id = account.parent_id))))
     LEFT JOIN cs.profiles csm ON (((csm.tenant_id = account.tenant_id) AND (csm.user_id = account.csm_id))))
     LEFT JOIN LATERAL ( SELECT history.entered_at,
            EXTRACT(epoch FROM (now() - history.entered_at)) AS seconds
           FROM cs.journey_history history
          WHERE ((history.tenant_id = account.tenant_id) AND (history.account_id = account.id) AND (history.exited_at IS NULL))) stay ON (true))
     LEFT JOIN cs.health_scores health ON (((health.tenant_id = account.tenant_id) AND (health.account_id = account.id) AND health.is_current)))
     LEFT JOIN LATERAL ( SELECT score.overall_score
           FROM cs.health_scores score
          WHERE ((score.tenant_id = account.tenant_id) AND (score.account_id = account.id) AND (score.created_at <= (now() - '30 days'::interval)))
          ORDER BY score.created_at DESC
         LIMIT 1) month_ago ON (true))
     LEFT JOIN LATERAL ( SELECT (count(*))::integer AS open_runs
           FROM cs.webhook_queue delivery
          WHERE ((delivery.tenant_id = account.tenant_id) AND (delivery.account_id = account.id) AND (delivery.status = ANY (ARRAY['pending'::cs.webhook_status, 'processing'::cs.webhook_status])))) runs ON (true));

ALTER TABLE cs.account_overview OWNER TO cs_owner;

--
-- Name: VIEW account_overview; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.account_overview IS 'One row per account with stage, health, revenue and owner: the list of accounts.';

--
-- Name: COLUMN account_overview.stage_since; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.stage_since IS 'When the account entered its present stage.';

--
-- Name: COLUMN account_overview.days_in_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.days_in_stage IS 'Whole days of 24 hours in the present stage.';

--
-- Name: COLUMN account_overview.stage_state; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.stage_state IS 'on_track up to the stage''s target, behind up to 1.5 times it, stuck beyond; NULL where the stage has no target.';

--
-- Name: COLUMN account_overview.arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.arr IS 'Annual recurring revenue as entered, in the tenant''s currency.';

--
-- Name: COLUMN account_overview.days_to_renewal; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.days_to_renewal IS 'Days from today, in the tenant''s time zone, to the end of the contract; negative once it has passed.';

--
-- Name: COLUMN account_overview.overall_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.overall_score IS 'Current health, 0 to 100; NULL: no data.';

--
-- Name: COLUMN account_overview.score_change_30d; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.score_change_30d IS 'Points gained or lost against the score of 30 days ago; NULL where there was none.';

--
-- Name: COLUMN account_overview.open_runs; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_overview.open_runs IS 'Deliveries of playbooks still under way; 0 for readers who may not see them.';

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
            COALESCE(((tenant.settings -> 'parent_arr_includes_children'::text) = 'true'::jsonb), false) AS includes_children,
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
                    WHEN member.includes_children THEN GREATEST((0)::numeric, (member.arr - COALESCE(below.arr, (0)::numeric)))
                    ELSE member.arr
                END AS own_arr,
            ((member.status <> 'Churned'::cs.account_status) AND (member.overall_score IS NOT NULL)) AS is_scored,
            (member.confidence IS DISTINCT FROM 'low'::text) AS is_founded
           FROM (member
             LEFT JOIN below ON (((below.tenant_id = member.tenant_id) AND (below.parent_id = member.id))))
        ), family AS (
         SELECT counted_1.tenant_id,
            step.id,
            (count(*))::integer AS accounts,
            sum(counted_1.own_arr) AS arr,
            (round(COALESCE((sum((counted_1.own_arr * (counted_1.overall_score)::numeric)) FILTER (WHERE (counted_1.is_scored AND counted_1.is_founded)) / NULLIF(sum(counted_1.own_arr) FILTER (WHERE (counted_1.is_scored AND counted_1.is_founded)), (0)::numeric)), avg(counted_1.overall_score) FILTER (WHERE (counted_1.is_scored AND counted_1.is_founded)))))::integer AS score,
            min(counted_1.overall_score) FILTER (WHERE counted_1.is_scored) AS worst_score,
            (count(*) FILTER (WHERE (counted_1.is_scored AND (counted_1.risk_level = 'Critical'::cs.risk_level))))::integer AS critical,
            COALESCE(sum(counted_1.own_arr) FILTER (WHERE ((counted_1.status = 'Active'::cs.account_status) AND (counted_1.risk_level = ANY (ARRAY['At Risk'::cs.risk_level, 'Critical'::cs.risk_level])))), (0)::numeric) AS arr_at_risk,
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
    counted.status,
    counted.current_stage,
    counted.own_arr,
    family.arr AS family_arr,
    counted.overall_score,
    counted.risk_level,
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

COMMENT ON VIEW cs.account_tree IS 'The tree of accounts, each with what its family comes to: itself and all below it that the reader sees. Ordered by path a child follows its parent.';

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
-- Name: COLUMN account_tree.own_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.own_arr IS 'ARR that counts for this account alone: 0 once it has churned; with the setting parent_arr_includes_children without what its children have.';

--
-- Name: COLUMN account_tree.family_arr; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_arr IS 'Sum of own_arr over the family.';

--
-- Name: COLUMN account_tree.family_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_score IS 'Mean health of the family weighted by own_arr; lost customers, accounts without a score and scores of low confidence left out.';

--
-- Name: COLUMN account_tree.family_worst_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_worst_score IS 'The lowest score in the family; lost customers left out.';

--
-- Name: COLUMN account_tree.family_critical; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_critical IS 'How many of the family are Critical; lost customers left out.';

--
-- Name: COLUMN account_tree.family_arr_at_risk; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_arr_at_risk IS 'Sum of own_arr over Active accounts of the family that are At Risk or Critical.';

--
-- Name: COLUMN account_tree.family_earliest_renewal; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.account_tree.family_earliest_renewal IS 'The first end of a contract in the family; lost customers left out.';

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

COMMENT ON TABLE cs.api_tokens IS 'Tokens with which programs act as the person who made them.';

--
-- Name: COLUMN api_tokens.token_hash; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.api_tokens.token_hash IS 'SHA-256 of the token, in hexadecimal; the token itself is shown once.';

--
-- Name: COLUMN api_tokens.expires_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.api_tokens.expires_at IS 'NULL: holds until it is revoked.';

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

COMMENT ON COLUMN cs.audit_log.actor_id IS 'The person; NULL where the database itself or a superuser acted. No foreign key: the record outlives people.';

--
-- Name: COLUMN audit_log.database_role; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.database_role IS 'The database role of the session.';

--
-- Name: COLUMN audit_log.client_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.client_id IS 'The browser tab or integration, where one was named.';

--
-- Name: COLUMN audit_log.row_key; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.row_key IS 'The columns that name the row within its table.';

--
-- Name: COLUMN audit_log.before; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.before IS 'The columns that changed, as they were; secrets are only said to have changed.';

--
-- Name: COLUMN audit_log.after; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.audit_log.after IS 'The columns that changed, as they are; secrets are only said to have changed.';

--
-- Name: criteria_fields; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.criteria_fields WITH (security_invoker='true') AS
 SELECT tenant.id AS tenant_id,
    known.field,
    known.label,
    known.kind AS type,
    known.operators,
    known.choices,
    known.description,
    known.place AS display_order
   FROM (cs.tenants tenant
     CROSS JOIN cs.criteria_field_list() known(place, field, label, kind, operators, choices, description))
  WHERE (known.field <> 'crm_attributes.*'::text)
UNION ALL
 SELECT attribute.tenant_id,
    ('crm_attributes.'::text || attribute.key) AS field,
    attribute.key AS label,
    known.kind AS type,
    known.operators,
    known.choices,
    known.description,
    known.place AS display_order
   FROM (( SELECT DISTINCT account.tenant_id,
            held.key
           FROM (cs.accounts account
             CROSS JOIN LATERAL jsonb_object_keys(account.crm_attributes) held(key))
          WHERE ((held.key <> ''::text) AND (held.key !~~ '%.%'::text))) attribute
     JOIN cs.criteria_field_list() known(place, field, label, kind, operators, choices, description) ON ((known.field = 'crm_attributes.*'::text)));

ALTER TABLE cs.criteria_fields OWNER TO cs_owner;

--
-- Name: VIEW criteria_fields; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.criteria_fields IS 'What criteria can ask for: the built-in fields and each outermost key of crm_attributes on the accounts the reader sees. Deeper keys are reached by dots, such as crm_attributes.plan.tier.';

--
-- Name: COLUMN criteria_fields.field; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.field IS 'As criteria write it.';

--
-- Name: COLUMN criteria_fields.type; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.type IS 'number, text, date (YYYY-MM-DD), choice, stage (name or id), member (e-mail, name or id) or any: compared where it has the type of the value given.';

--
-- Name: COLUMN criteria_fields.operators; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.operators IS 'The operators that go with it, the likeliest first.';

--
-- Name: COLUMN criteria_fields.choices; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.choices IS 'The labels of a choice; NULL for all other types.';

--
-- Name: COLUMN criteria_fields.display_order; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.criteria_fields.display_order IS 'Where it stands in a list; the CRM''s come last, by name.';

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

COMMENT ON TABLE cs.database_logins IS 'Database roles that are people: analysts and BI tools that connect as themselves. Kept by link_database_role().';

--
-- Name: COLUMN database_logins.role_name; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.database_logins.role_name IS 'Name of the database role; one tenant each.';

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

COMMENT ON TABLE cs.health_overrides IS 'Scores that a person set by hand, for a while and with a reason.';

--
-- Name: COLUMN health_overrides.until; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_overrides.until IS 'When the computed score returns: at most 90 days after it was set.';

--
-- Name: COLUMN health_overrides.ended_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_overrides.ended_at IS 'When it ended, by itself or by a person; NULL while it stands.';

--
-- Name: health_current; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.health_current WITH (security_invoker='true') AS
 SELECT score.tenant_id,
    score.account_id,
    account.name AS account_name,
    score.overall_score,
    score.risk_level,
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
    ((score.inputs -> 'cap'::text) ->> 'reason'::text) AS cap_reason,
    score.model_version,
    score.created_at AS computed_at
   FROM ((cs.health_scores score
     JOIN cs.accounts account ON (((account.tenant_id = score.tenant_id) AND (account.id = score.account_id))))
     LEFT JOIN cs.health_overrides overruled ON (((overruled.tenant_id = score.tenant_id) AND (overruled.account_id = score.account_id) AND (overruled.ended_at IS NULL) AND (score.source = 'override'::text))))
  WHERE score.is_current;

ALTER TABLE cs.health_current OWNER TO cs_owner;

--
-- Name: VIEW health_current; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.health_current IS 'The present health of each account that has one.';

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

COMMENT ON COLUMN cs.health_current.confidence IS 'high, medium or low; low: too little data to act upon. NULL for imported scores counts as medium.';

--
-- Name: COLUMN health_current.cap_reason; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.cap_reason IS 'Why the score is capped; NULL where it is not.';

--
-- Name: COLUMN health_current.computed_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_current.computed_at IS 'Since when this score is the present one.';

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

COMMENT ON TABLE cs.health_dirty IS 'Accounts to compute anew; only added to, by any number of statements. The worker takes rows away once their scores are written.';

--
-- Name: COLUMN health_dirty.by_usage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_dirty.by_usage IS 'Usage arrived: an imported score from before then gives way.';

--
-- Name: health_distribution; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.health_distribution WITH (security_invoker='true') AS
 SELECT account.tenant_id,
    COALESCE((score.risk_level)::text, 'No data'::text) AS risk_level,
    (count(*))::integer AS accounts,
    (count(*) FILTER (WHERE (score.confidence = 'low'::text)))::integer AS low_confidence,
    COALESCE(sum(account.arr), (0)::numeric) AS arr,
    round(avg(score.overall_score) FILTER (WHERE (score.confidence IS DISTINCT FROM 'low'::text)), 1) AS average_score
   FROM (cs.accounts account
     LEFT JOIN cs.health_scores score ON (((score.tenant_id = account.tenant_id) AND (score.account_id = account.id) AND score.is_current)))
  WHERE (account.status <> 'Churned'::cs.account_status)
  GROUP BY account.tenant_id, COALESCE((score.risk_level)::text, 'No data'::text);

ALTER TABLE cs.health_distribution OWNER TO cs_owner;

--
-- Name: VIEW health_distribution; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.health_distribution IS 'How many accounts, and how much ARR, are in each band of risk; lost customers left out.';

--
-- Name: COLUMN health_distribution.risk_level; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_distribution.risk_level IS 'Healthy, At Risk, Critical, or No data.';

--
-- Name: COLUMN health_distribution.low_confidence; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_distribution.low_confidence IS 'Of these, accounts with too little data to act upon.';

--
-- Name: COLUMN health_distribution.average_score; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_distribution.average_score IS 'Mean score, without those of low confidence.';

--
-- Name: health_history; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.health_history WITH (security_invoker='true') AS
 SELECT score.tenant_id,
    score.account_id,
    account.name AS account_name,
    score.created_at,
    score.overall_score,
    score.risk_level,
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
-- Name: COLUMN health_history.change; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.change IS 'Points gained or lost against the score before.';

--
-- Name: COLUMN health_history.cause; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_history.cause IS 'data, time, refresh, heartbeat, model, override or account; NULL where imported.';

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
    caps jsonb DEFAULT '[]'::jsonb NOT NULL,
    key_features jsonb DEFAULT '[]'::jsonb NOT NULL,
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

COMMENT ON COLUMN cs.health_models.caps IS 'In order [{"when": criteria, "max": 0 to 100, "reason": text}]: the first that matches limits the score; the raw one is kept beside it.';

--
-- Name: COLUMN health_models.key_features; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_models.key_features IS 'Names of the features that count for adoption; empty: those that a tenth of the accounts used within 90 days.';

--
-- Name: health_passes; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.health_passes (
    tenant_id uuid NOT NULL,
    passed_on date,
    passed_up_to uuid,
    norms_at timestamp with time zone,
    norm_rows bigint,
    catalogue text[],
    usual_depth double precision
);

ALTER TABLE ONLY cs.health_passes FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.health_passes OWNER TO cs_owner;

--
-- Name: TABLE health_passes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.health_passes IS 'Per tenant how far the daily pass has come, and what was usual among its accounts when it was last looked at.';

--
-- Name: COLUMN health_passes.passed_on; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_passes.passed_on IS 'The last day, in the tenant''s time zone, whose pass is done.';

--
-- Name: COLUMN health_passes.passed_up_to; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_passes.passed_up_to IS 'The last account of the pass under way; NULL between passes.';

--
-- Name: COLUMN health_passes.norms_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_passes.norms_at IS 'The moment catalogue and usual_depth were taken for.';

--
-- Name: COLUMN health_passes.norm_rows; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_passes.norm_rows IS 'Rows they were taken from. Up to 50,000 they are taken anew for every score; beyond, they serve for a day and a half.';

--
-- Name: COLUMN health_passes.usual_depth; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.health_passes.usual_depth IS 'Median of feature usage per login over the accounts with logins.';

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

COMMENT ON TABLE cs.installation IS 'The cluster and database that may send webhooks. A copy finds others here than its own and stays silent until confirm_webhooks().';

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

COMMENT ON COLUMN cs.invitations.token_hash IS 'SHA-256 of the token, in hexadecimal; the token itself is shown once.';

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
    CONSTRAINT users_email_check CHECK ((email ~ '^[^@[:space:]]+@[^@[:space:]]+$'::text))
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

COMMENT ON COLUMN cs.users.email IS 'Unique without regard to case.';

--
-- Name: COLUMN users.encrypted_password; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.users.encrypted_password IS 'bcrypt hash, cost 12. Readable for nobody but the log-in; NULL: no password log-in.';

--
-- Name: members; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.members WITH (security_invoker='true') AS
 SELECT profile.tenant_id,
    profile.user_id,
    profile.full_name,
    person.email,
    profile.role,
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
-- Name: COLUMN members.is_active; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.members.is_active IS 'false: sees and does nothing here any more.';

--
-- Name: COLUMN members.accounts; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.members.accounts IS 'How many accounts this person looks after, of those the reader sees.';

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
    webhook_id uuid,
    CONSTRAINT playbook_executions_result_check CHECK ((result = ANY (ARRAY['fired'::text, 'paused'::text, 'churned'::text, 'stale_feed'::text, 'low_confidence'::text, 'cooldown'::text, 'daily_cap'::text, 'failed'::text])))
);

ALTER TABLE ONLY cs.playbook_executions FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.playbook_executions OWNER TO cs_owner;

--
-- Name: TABLE playbook_executions; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.playbook_executions IS 'Every match of a playbook: fired, or the gate that held it back.';

--
-- Name: COLUMN playbook_executions.event; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.event IS 'What happened: kind, event_id and the values that matched.';

--
-- Name: COLUMN playbook_executions.webhook_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbook_executions.webhook_id IS 'The delivery in webhook_queue. No foreign key: deliveries are purged earlier than runs.';

--
-- Name: playbooks; Type: TABLE; Schema: cs; Owner: cs_owner
--

CREATE TABLE cs.playbooks (
    tenant_id uuid DEFAULT cs.current_tenant_id() NOT NULL,
    id uuid DEFAULT cs.uuid_v7() NOT NULL,
    name text NOT NULL,
    description text,
    trigger_criteria jsonb NOT NULL,
    action_kind text DEFAULT 'webhook'::text NOT NULL,
    action jsonb DEFAULT '{}'::jsonb NOT NULL,
    webhook_url text,
    webhook_secret text,
    headers jsonb DEFAULT '{}'::jsonb NOT NULL,
    cooldown_minutes integer DEFAULT 60 NOT NULL,
    max_executions_per_day integer,
    is_active boolean DEFAULT true NOT NULL,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone DEFAULT now() NOT NULL,
    updated_at timestamp with time zone DEFAULT now() NOT NULL,
    deleted_at timestamp with time zone,
    CONSTRAINT playbooks_action_check CHECK ((jsonb_typeof(action) = 'object'::text)),
    CONSTRAINT playbooks_action_kind_check CHECK ((action_kind = ANY (ARRAY['webhook'::text, 'slack'::text, 'email'::text, 'task'::text, 'stage'::text]))),
    CONSTRAINT playbooks_cooldown_minutes_check CHECK ((cooldown_minutes >= 0)),
    CONSTRAINT playbooks_headers_check CHECK ((jsonb_typeof(headers) = 'object'::text)),
    CONSTRAINT playbooks_max_executions_per_day_check CHECK ((max_executions_per_day > 0)),
    CONSTRAINT playbooks_name_check CHECK ((btrim(name) <> ''::text)),
    CONSTRAINT playbooks_trigger_criteria_check CHECK ((jsonb_typeof(trigger_criteria) = 'object'::text)),
    CONSTRAINT playbooks_webhook_url_check CHECK (((action_kind <> 'webhook'::text) OR (webhook_url IS NOT NULL)))
);

ALTER TABLE ONLY cs.playbooks FORCE ROW LEVEL SECURITY;

ALTER TABLE cs.playbooks OWNER TO cs_owner;

--
-- Name: TABLE playbooks; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON TABLE cs.playbooks IS 'If this happens to an account, do that. Matched in the transaction of the change.';

--
-- Name: COLUMN playbooks.trigger_criteria; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.trigger_criteria IS '{"event": {"kind": "health_drop", "threshold": 40}} or {"event": {"kind": "stage_enter", "stage": name or id, absent = any}}.';

--
-- Name: COLUMN playbooks.webhook_secret; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.webhook_secret IS 'whsec_ and base64 of 24 to 64 bytes, made by the database if absent; signs every delivery. Members can write it, never read it.';

--
-- Name: COLUMN playbooks.headers; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.headers IS 'Further HTTP headers of each delivery, as an object of strings.';

--
-- Name: COLUMN playbooks.cooldown_minutes; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.cooldown_minutes IS 'Least time between two runs for the same account, in minutes; 0: none.';

--
-- Name: COLUMN playbooks.max_executions_per_day; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.playbooks.max_executions_per_day IS 'Most runs per day of the tenant''s time zone; NULL: any number.';

--
-- Name: portfolio_growth; Type: VIEW; Schema: cs; Owner: cs_owner
--

CREATE VIEW cs.portfolio_growth WITH (security_invoker='true') AS
 SELECT history.tenant_id,
    (date_trunc('week'::text, (history.entered_at AT TIME ZONE COALESCE((tenant.settings ->> 'time_zone'::text), 'UTC'::text))))::date AS week,
    history.from_stage,
    history.to_stage,
    (count(*))::integer AS entries
   FROM (cs.journey_history history
     JOIN cs.tenants tenant ON ((tenant.id = history.tenant_id)))
  GROUP BY history.tenant_id, ((date_trunc('week'::text, (history.entered_at AT TIME ZONE COALESCE((tenant.settings ->> 'time_zone'::text), 'UTC'::text))))::date), history.from_stage, history.to_stage;

ALTER TABLE cs.portfolio_growth OWNER TO cs_owner;

--
-- Name: VIEW portfolio_growth; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON VIEW cs.portfolio_growth IS 'How many accounts entered each stage, from which, week by week.';

--
-- Name: COLUMN portfolio_growth.week; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.portfolio_growth.week IS 'The Monday it begins with, in the tenant''s time zone.';

--
-- Name: COLUMN portfolio_growth.from_stage; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.portfolio_growth.from_stage IS 'NULL: new accounts.';

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

COMMENT ON TABLE cs.sessions IS 'Log-ins of the gateway. The id is the jti of the token; ended_at ends it at once, whatever the token says.';

--
-- Name: COLUMN sessions.tenant_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.sessions.tenant_id IS 'The tenant this session works in; NULL until a person with several has chosen.';

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

COMMENT ON VIEW cs.stage_velocity IS 'How fast accounts pass each stage, over all their stays that the reader sees.';

--
-- Name: COLUMN stage_velocity.entered; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.entered IS 'Stays begun.';

--
-- Name: COLUMN stage_velocity.completed; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.completed IS 'Stays ended: of these are mean, median and 90th percentile, in days of 24 hours.';

--
-- Name: COLUMN stage_velocity.open_mean_days; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.open_mean_days IS 'Mean age of the stays that go on.';

--
-- Name: COLUMN stage_velocity.over_target; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.over_target IS 'Share of the ended stays longer than the target, 0 to 1; NULL without a target.';

--
-- Name: COLUMN stage_velocity.conversion; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.stage_velocity.conversion IS 'Share of the ended stays that led straight to a later main stage, 0 to 1; NULL for stages beside the main line.';

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
    CONSTRAINT usage_metrics_metric_value_check CHECK (((metric_value >= (0)::numeric) AND (metric_value < 'Infinity'::numeric)))
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

COMMENT ON COLUMN cs.usage_metrics.metadata IS 'Optional: user_id or active_users, feature, seats, ticket_id, severity, status, opened_at, resolved_at, csat (1 to 5). Other keys are the sender''s.';

--
-- Name: COLUMN usage_metrics.recorded_at; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_metrics.recorded_at IS 'When it happened, not when it was sent.';

--
-- Name: COLUMN usage_metrics.event_id; Type: COMMENT; Schema: cs; Owner: cs_owner
--

COMMENT ON COLUMN cs.usage_metrics.event_id IS 'The sender''s id of this fact, unique per tenant, so that sending twice counts once.';

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
-- Name: audit_log audit_log_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.audit_log
    ADD CONSTRAINT audit_log_pkey PRIMARY KEY (tenant_id, id);

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
-- Name: journey_stages journey_stages_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.journey_stages
    ADD CONSTRAINT journey_stages_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: journey_stages journey_stages_tenant_id_name_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.journey_stages
    ADD CONSTRAINT journey_stages_tenant_id_name_key UNIQUE (tenant_id, name);

--
-- Name: playbook_executions playbook_executions_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_executions
    ADD CONSTRAINT playbook_executions_pkey PRIMARY KEY (tenant_id, id);

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
-- Name: users users_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);

--
-- Name: webhook_queue webhook_queue_event_key; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.webhook_queue
    ADD CONSTRAINT webhook_queue_event_key UNIQUE (tenant_id, playbook_id, account_id, event_id);

--
-- Name: webhook_queue webhook_queue_pkey; Type: CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.webhook_queue
    ADD CONSTRAINT webhook_queue_pkey PRIMARY KEY (tenant_id, id);

--
-- Name: account_members_user_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX account_members_user_id_idx ON cs.account_members USING btree (tenant_id, user_id);

--
-- Name: account_milestones_milestone_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX account_milestones_milestone_idx ON cs.account_milestones USING btree (tenant_id, milestone_id);

--
-- Name: account_milestones_settled_by_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX account_milestones_settled_by_idx ON cs.account_milestones USING btree (settled_by);

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

CREATE INDEX accounts_tenant_id_hierarchy_path_idx ON cs.accounts USING btree (tenant_id, hierarchy_path);

--
-- Name: accounts_tenant_id_parent_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX accounts_tenant_id_parent_id_idx ON cs.accounts USING btree (tenant_id, parent_id);

--
-- Name: api_tokens_user_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX api_tokens_user_id_idx ON cs.api_tokens USING btree (tenant_id, user_id);

--
-- Name: audit_log_at_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX audit_log_at_idx ON cs.audit_log USING btree (tenant_id, at DESC);

--
-- Name: database_logins_user_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX database_logins_user_id_idx ON cs.database_logins USING btree (tenant_id, user_id);

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

CREATE UNIQUE INDEX invitations_open_key ON cs.invitations USING btree (tenant_id, lower(email)) WHERE (accepted_at IS NULL);

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

CREATE UNIQUE INDEX journey_stages_name_ci_key ON cs.journey_stages USING btree (tenant_id, lower(name));

--
-- Name: playbook_executions_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbook_executions_account_idx ON cs.playbook_executions USING btree (tenant_id, account_id, executed_at DESC);

--
-- Name: playbook_executions_fired_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbook_executions_fired_idx ON cs.playbook_executions USING btree (tenant_id, playbook_id, executed_at) WHERE (result = 'fired'::text);

--
-- Name: playbook_executions_playbook_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX playbook_executions_playbook_idx ON cs.playbook_executions USING btree (tenant_id, playbook_id, account_id, executed_at DESC);

--
-- Name: playbooks_name_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX playbooks_name_key ON cs.playbooks USING btree (tenant_id, lower(name)) WHERE (deleted_at IS NULL);

--
-- Name: profiles_user_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX profiles_user_id_idx ON cs.profiles USING btree (user_id);

--
-- Name: sessions_tenant_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX sessions_tenant_id_idx ON cs.sessions USING btree (tenant_id);

--
-- Name: sessions_user_id_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX sessions_user_id_idx ON cs.sessions USING btree (user_id);

--
-- Name: stage_milestones_stage_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX stage_milestones_stage_idx ON cs.stage_milestones USING btree (tenant_id, stage_id, display_order);

--
-- Name: usage_metrics_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX usage_metrics_account_idx ON cs.usage_metrics USING btree (tenant_id, account_id, metric_type, recorded_at);

--
-- Name: usage_metrics_feed_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX usage_metrics_feed_idx ON cs.usage_metrics USING btree (tenant_id, metric_type, recorded_at);

--
-- Name: users_email_key; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE UNIQUE INDEX users_email_key ON cs.users USING btree (lower(email));

--
-- Name: webhook_queue_account_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX webhook_queue_account_idx ON cs.webhook_queue USING btree (tenant_id, account_id);

--
-- Name: webhook_queue_claim_idx; Type: INDEX; Schema: cs; Owner: cs_owner
--

CREATE INDEX webhook_queue_claim_idx ON cs.webhook_queue USING btree (host, run_at, id) WHERE (status = 'pending'::cs.webhook_status);

--
-- Name: stage_velocity _RETURN; Type: RULE; Schema: cs; Owner: cs_owner
--

CREATE OR REPLACE VIEW cs.stage_velocity WITH (security_invoker='true') AS
 SELECT stage.tenant_id,
    stage.id AS stage_id,
    stage.name AS stage,
    stage.display_order,
    stage.target_duration_days,
    (count(stay.days))::integer AS entered,
    (count(stay.days) FILTER (WHERE stay.is_over))::integer AS completed,
    round(avg(stay.days) FILTER (WHERE stay.is_over), 1) AS mean_days,
    round((percentile_cont((0.5)::double precision) WITHIN GROUP (ORDER BY ((stay.days)::double precision)) FILTER (WHERE stay.is_over))::numeric, 1) AS median_days,
    round((percentile_cont((0.9)::double precision) WITHIN GROUP (ORDER BY ((stay.days)::double precision)) FILTER (WHERE stay.is_over))::numeric, 1) AS p90_days,
    (count(stay.days) FILTER (WHERE (NOT stay.is_over)))::integer AS open_now,
    round(avg(stay.days) FILTER (WHERE (NOT stay.is_over)), 1) AS open_mean_days,
    round(((count(stay.days) FILTER (WHERE (stay.is_over AND (stay.days > (stage.target_duration_days)::numeric))))::numeric / (NULLIF(count(stay.days) FILTER (WHERE (stay.is_over AND (stage.target_duration_days IS NOT NULL))), 0))::numeric), 3) AS over_target,
    round(((count(stay.days) FILTER (WHERE (stay.is_over AND stay.went_on AND (NOT stage.is_side) AND (NOT stage.is_end))))::numeric / (NULLIF(count(stay.days) FILTER (WHERE (stay.is_over AND (NOT stage.is_side) AND (NOT stage.is_end))), 0))::numeric), 3) AS conversion
   FROM (cs.journey_stages stage
     LEFT JOIN ( SELECT walked.tenant_id,
            walked.to_stage,
            (walked.exited_at IS NOT NULL) AS is_over,
            (EXTRACT(epoch FROM (COALESCE(walked.exited_at, now()) - walked.entered_at)) / (86400)::numeric) AS days,
            ((following.display_order > here.display_order) AND (NOT following.is_side) AND (NOT following.is_end)) AS went_on
           FROM ((( SELECT history.tenant_id,
                    history.id,
                    history.account_id,
                    history.from_stage,
                    history.to_stage,
                    history.entered_at,
                    history.exited_at,
                    history.duration_days,
                    history.triggered_by,
                    history.notes,
                    history.override_reason,
                    lead(history.to_stage) OVER (PARTITION BY history.tenant_id, history.account_id ORDER BY history.entered_at, history.exited_at, history.id) AS next_stage
                   FROM cs.journey_history history) walked
             JOIN cs.journey_stages here ON (((here.tenant_id = walked.tenant_id) AND (here.name = walked.to_stage))))
             LEFT JOIN cs.journey_stages following ON (((following.tenant_id = walked.tenant_id) AND (following.name = walked.next_stage))))) stay ON (((stay.tenant_id = stage.tenant_id) AND (stay.to_stage = stage.name))))
  GROUP BY stage.tenant_id, stage.id;

--
-- Name: accounts A10_kin_of_deleted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER "A10_kin_of_deleted" AFTER DELETE ON cs.accounts FOR EACH ROW EXECUTE FUNCTION cs.tg_accounts__kin();

--
-- Name: accounts A10_kin_of_inserted; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER "A10_kin_of_inserted" AFTER INSERT ON cs.accounts FOR EACH ROW WHEN ((new.hierarchy_path = ''::text)) EXECUTE FUNCTION cs.tg_accounts__kin();

--
-- Name: accounts A10_kin_of_moved; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER "A10_kin_of_moved" AFTER UPDATE ON cs.accounts FOR EACH ROW WHEN ((new.hierarchy_path = ''::text)) EXECUTE FUNCTION cs.tg_accounts__kin();

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
-- Name: stage_milestones t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.stage_milestones FOR EACH ROW EXECUTE FUNCTION cs.tg_stage_milestones__check();

--
-- Name: tenants t10_check; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_check BEFORE INSERT OR UPDATE ON cs.tenants FOR EACH ROW EXECUTE FUNCTION cs.tg_tenants__check();

--
-- Name: audit_log t10_refuse; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_refuse BEFORE DELETE OR UPDATE OR TRUNCATE ON cs.audit_log FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit_log__refuse();

--
-- Name: health_scores t10_succeed; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t10_succeed BEFORE INSERT ON cs.health_scores FOR EACH ROW EXECUTE FUNCTION cs.tg_health_scores__succeed();

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
-- Name: accounts t50_open_history; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t50_open_history AFTER INSERT ON cs.accounts REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__record_stage();

--
-- Name: accounts t50_record_stage; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t50_record_stage AFTER UPDATE ON cs.accounts REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_accounts__record_stage();

--
-- Name: health_scores t60_match; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t60_match AFTER INSERT ON cs.health_scores REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_playbooks__match();

--
-- Name: journey_history t60_match; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t60_match AFTER INSERT ON cs.journey_history REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_playbooks__match();

--
-- Name: account_members t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.account_members REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: accounts t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.accounts REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: api_tokens t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.api_tokens REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: database_logins t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.database_logins REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: invitations t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.invitations REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: journey_stages t80_audit_delete; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_delete AFTER DELETE ON cs.journey_stages REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

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
-- Name: database_logins t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.database_logins REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: invitations t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.invitations REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: journey_stages t80_audit_insert; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_insert AFTER INSERT ON cs.journey_stages REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

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
-- Name: api_tokens t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.api_tokens REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: database_logins t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.database_logins REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: invitations t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.invitations REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

--
-- Name: journey_stages t80_audit_update; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t80_audit_update AFTER UPDATE ON cs.journey_stages REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_audit__record();

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
-- Name: account_members t90_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_forget AFTER INSERT OR DELETE OR UPDATE ON cs.account_members FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_people__forget();

--
-- Name: accounts t90_forget; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_forget AFTER INSERT OR DELETE OR UPDATE OF csm_id ON cs.accounts FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_people__forget();

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
-- Name: webhook_queue t90_wake; Type: TRIGGER; Schema: cs; Owner: cs_owner
--

CREATE TRIGGER t90_wake AFTER INSERT OR UPDATE ON cs.webhook_queue FOR EACH STATEMENT EXECUTE FUNCTION cs.tg_webhook_queue__wake();

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
-- Name: account_milestones account_milestones_milestone_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.account_milestones
    ADD CONSTRAINT account_milestones_milestone_id_fkey FOREIGN KEY (tenant_id, milestone_id) REFERENCES cs.stage_milestones(tenant_id, id) ON DELETE CASCADE;

--
-- Name: account_milestones account_milestones_settled_by_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.account_milestones
    ADD CONSTRAINT account_milestones_settled_by_fkey FOREIGN KEY (settled_by) REFERENCES cs.users(id) ON DELETE SET NULL;

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
-- Name: database_logins database_logins_user_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.database_logins
    ADD CONSTRAINT database_logins_user_id_fkey FOREIGN KEY (tenant_id, user_id) REFERENCES cs.profiles(tenant_id, user_id) ON DELETE CASCADE;

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
-- Name: playbook_executions playbook_executions_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_executions
    ADD CONSTRAINT playbook_executions_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: playbook_executions playbook_executions_playbook_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.playbook_executions
    ADD CONSTRAINT playbook_executions_playbook_id_fkey FOREIGN KEY (tenant_id, playbook_id) REFERENCES cs.playbooks(tenant_id, id);

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
-- Name: usage_metrics usage_metrics_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.usage_metrics
    ADD CONSTRAINT usage_metrics_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: webhook_queue webhook_queue_account_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.webhook_queue
    ADD CONSTRAINT webhook_queue_account_id_fkey FOREIGN KEY (tenant_id, account_id) REFERENCES cs.accounts(tenant_id, id) ON DELETE CASCADE;

--
-- Name: webhook_queue webhook_queue_playbook_id_fkey; Type: FK CONSTRAINT; Schema: cs; Owner: cs_owner
--

ALTER TABLE ONLY cs.webhook_queue
    ADD CONSTRAINT webhook_queue_playbook_id_fkey FOREIGN KEY (tenant_id, playbook_id) REFERENCES cs.playbooks(tenant_id, id);

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
-- Name: api_tokens; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.api_tokens ENABLE ROW LEVEL SECURITY;

--
-- Name: audit_log; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.audit_log ENABLE ROW LEVEL SECURITY;

--
-- Name: database_logins; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.database_logins ENABLE ROW LEVEL SECURITY;

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
-- Name: api_tokens fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.api_tokens AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: audit_log fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.audit_log AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: database_logins fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.database_logins AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: health_dirty fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.health_dirty AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: health_models fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.health_models AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

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
-- Name: playbook_executions fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.playbook_executions AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: playbooks fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.playbooks AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: profiles fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.profiles AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

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
-- Name: usage_metrics fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.usage_metrics AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: users fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.users AS RESTRICTIVE USING (cs.may_see_user(id));

--
-- Name: webhook_queue fence; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY fence ON cs.webhook_queue AS RESTRICTIVE USING ((tenant_id = cs.current_tenant_id()));

--
-- Name: health_dirty; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.health_dirty ENABLE ROW LEVEL SECURITY;

--
-- Name: health_models; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.health_models ENABLE ROW LEVEL SECURITY;

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
-- Name: account_members may_delete; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_delete ON cs.account_members FOR DELETE USING (((tenant_id = cs.tenant_where('account.edit'::text)) AND cs.may_see_account(account_id)));

--
-- Name: journey_stages may_delete; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_delete ON cs.journey_stages FOR DELETE USING ((tenant_id = cs.tenant_where('stage.edit'::text)));

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
-- Name: stage_milestones may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.stage_milestones FOR INSERT WITH CHECK ((tenant_id = cs.tenant_where('stage.edit'::text)));

--
-- Name: usage_metrics may_insert; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_insert ON cs.usage_metrics FOR INSERT WITH CHECK ((tenant_id = cs.tenant_where('usage.record'::text)));

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
-- Name: api_tokens may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.api_tokens FOR SELECT USING ((tenant_id = cs.tenant_where('people.edit'::text)));

--
-- Name: audit_log may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.audit_log FOR SELECT USING ((tenant_id = cs.tenant_where('audit.read'::text)));

--
-- Name: database_logins may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.database_logins FOR SELECT USING ((tenant_id = cs.tenant_where('people.edit'::text)));

--
-- Name: health_models may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.health_models FOR SELECT USING ((tenant_id = cs.tenant_where('stage.read'::text)));

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
-- Name: playbook_executions may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.playbook_executions FOR SELECT USING (((tenant_id = cs.tenant_where('playbook.read'::text)) AND cs.may_see_account(account_id)));

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
-- Name: usage_metrics may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.usage_metrics FOR SELECT USING (cs.may_see_account(account_id));

--
-- Name: users may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.users FOR SELECT USING (cs.may_see_user(id));

--
-- Name: webhook_queue may_read; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_read ON cs.webhook_queue FOR SELECT USING (((tenant_id = cs.tenant_where('playbook.read'::text)) AND cs.may_see_account(account_id)));

--
-- Name: accounts may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.accounts FOR UPDATE USING (((tenant_id = cs.tenant_where('stage.move'::text)) AND cs.may_see_account(id)));

--
-- Name: journey_stages may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.journey_stages FOR UPDATE USING ((tenant_id = cs.tenant_where('stage.edit'::text)));

--
-- Name: playbooks may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.playbooks FOR UPDATE USING ((tenant_id = cs.tenant_where('playbook.edit'::text)));

--
-- Name: stage_milestones may_update; Type: POLICY; Schema: cs; Owner: cs_owner
--

CREATE POLICY may_update ON cs.stage_milestones FOR UPDATE USING ((tenant_id = cs.tenant_where('stage.edit'::text)));

--
-- Name: playbook_executions; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.playbook_executions ENABLE ROW LEVEL SECURITY;

--
-- Name: playbooks; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.playbooks ENABLE ROW LEVEL SECURITY;

--
-- Name: profiles; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.profiles ENABLE ROW LEVEL SECURITY;

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
-- Name: usage_metrics; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.usage_metrics ENABLE ROW LEVEL SECURITY;

--
-- Name: users; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.users ENABLE ROW LEVEL SECURITY;

--
-- Name: webhook_queue; Type: ROW SECURITY; Schema: cs; Owner: cs_owner
--

ALTER TABLE cs.webhook_queue ENABLE ROW LEVEL SECURITY;

--
-- Name: SCHEMA cs; Type: ACL; Schema: -; Owner: postgres
--

GRANT USAGE ON SCHEMA cs TO cs_owner;
GRANT USAGE ON SCHEMA cs TO cs_member;
GRANT USAGE ON SCHEMA cs TO cs_gateway;
GRANT USAGE ON SCHEMA cs TO cs_worker;
GRANT USAGE ON SCHEMA cs TO cs_backup;

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
-- Name: TABLE account_members; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT,DELETE ON TABLE cs.account_members TO cs_member;

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
-- Name: TABLE journey_history; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.journey_history TO cs_member;

--
-- Name: TABLE journey_stages; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT,DELETE ON TABLE cs.journey_stages TO cs_member;

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
-- Name: TABLE account_milestone_status; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.account_milestone_status TO cs_member;

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
-- Name: TABLE profiles; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.profiles TO cs_member;

--
-- Name: TABLE tenants; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.tenants TO cs_member;

--
-- Name: TABLE webhook_queue; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.webhook_queue TO cs_member;
GRANT SELECT,UPDATE ON TABLE cs.webhook_queue TO cs_worker;

--
-- Name: TABLE account_overview; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.account_overview TO cs_member;

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
-- Name: TABLE audit_log; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.audit_log TO cs_member;

--
-- Name: TABLE criteria_fields; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.criteria_fields TO cs_member;

--
-- Name: TABLE database_logins; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.database_logins TO cs_member;

--
-- Name: TABLE health_overrides; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_overrides TO cs_member;

--
-- Name: TABLE health_current; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_current TO cs_member;

--
-- Name: TABLE health_distribution; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_distribution TO cs_member;

--
-- Name: TABLE health_history; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_history TO cs_member;

--
-- Name: TABLE health_models; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.health_models TO cs_member;

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
-- Name: TABLE members; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.members TO cs_member;

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
-- Name: COLUMN playbooks.action_kind; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(action_kind),INSERT(action_kind),UPDATE(action_kind) ON TABLE cs.playbooks TO cs_member;

--
-- Name: COLUMN playbooks.action; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT(action),INSERT(action),UPDATE(action) ON TABLE cs.playbooks TO cs_member;

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
-- Name: TABLE portfolio_growth; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.portfolio_growth TO cs_member;

--
-- Name: TABLE stage_velocity; Type: ACL; Schema: cs; Owner: cs_owner
--

GRANT SELECT ON TABLE cs.stage_velocity TO cs_member;

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
-- PostgreSQL database dump complete
--

-- Native functions, members of the extension: result, kind, owner, who may call them
-- cs.accept_invitation(text,text,text) returns uuid volatile strict, owner cs_owner, cs_gateway cs_owner
-- cs.account_breadcrumb(uuid) returns TABLE("position" integer, id uuid, name text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.account_place(uuid) returns TABLE(tenant_id uuid, level integer, path text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.account_rollup(uuid) returns TABLE(accounts integer, own_arr numeric, family_arr numeric, health integer, risk_level text, worst_score integer, worst_account_id uuid, worst_name text, critical integer, arr_at_risk numeric, earliest_renewal date, partial boolean) stable strict, owner cs_owner, cs_member cs_owner
-- cs.check_session(uuid) returns void stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.check_token(text) returns TABLE(user_id uuid, tenant_id uuid) stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.complete_milestone(uuid,uuid,text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.compute_health(uuid,timestamp with time zone) returns TABLE(overall_score integer, usage_score integer, engagement_score integer, support_score integer, adoption_score integer, coverage numeric, confidence text, risk_level text, stale_feed boolean, raw_score integer, cap_reason text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.confirm_webhooks() returns void volatile strict, owner cs_owner, cs_owner
-- cs.create_api_token(text,timestamp with time zone) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.create_tenant(text,text,text,text,text) returns uuid volatile strict, owner cs_owner, cs_gateway cs_owner
-- cs.criteria_field_list() returns TABLE(place integer, field text, label text, kind text, operators text[], choices text[], description text) immutable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.criteria_shape(jsonb) returns boolean immutable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.current_member_role() returns text stable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.current_tenant_id() returns uuid stable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner cs_worker
-- cs.current_user_id() returns uuid stable strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.deactivate_member(uuid,uuid) returns bigint volatile, owner cs_owner, cs_member cs_owner
-- cs.delete_stage(uuid,text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.end_session(uuid) returns void volatile strict, owner cs_owner, cs_gateway cs_owner
-- cs.explain_health(uuid,timestamp with time zone) returns TABLE(component text, part text, raw_value numeric, window_from timestamp with time zone, window_to timestamp with time zone, target numeric, baseline numeric, score numeric, weight numeric, effective_weight numeric, points_lost numeric, row_count integer, null_reason text, largest_gain boolean, metric text, reading text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.health_change(uuid,timestamp with time zone,timestamp with time zone) returns TABLE(step integer, cause text, points integer, score integer, usage_score integer, engagement_score integer, support_score integer, adoption_score integer, meaning text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.install() returns void volatile strict, owner cs_owner, cs_owner
-- cs.invite_member(text,text) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.isolation_selftest() returns TABLE(caller text, object text, action text, happened text, ok boolean) volatile strict, owner cs_owner, cs_owner
-- cs.join_tenant(text,text) returns uuid volatile strict, owner cs_owner, cs_member cs_owner
-- cs.link_database_role(text,text,text) returns void volatile, owner cs_owner, cs_owner
-- cs.load_sample_data(text,integer) returns void volatile strict, owner cs_owner, cs_owner
-- cs.login_lookup(text) returns TABLE(user_id uuid, encrypted_password text) stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.may_see_account(uuid) returns boolean stable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner cs_worker
-- cs.may_see_account_support(internal) returns internal immutable parallel safe, owner cs_owner, cs_owner
-- cs.may_see_user(uuid) returns boolean stable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner cs_worker
-- cs.me() returns jsonb stable strict, owner cs_owner, cs_member cs_owner
-- cs.move_account_stage(uuid,text,text,text,text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.my_tenants() returns TABLE(id uuid, slug text, name text, role text) stable strict, owner cs_owner, cs_member cs_owner
-- cs.open_session(uuid,uuid,timestamp with time zone) returns uuid volatile, owner cs_owner, cs_gateway cs_owner
-- cs.preview_health_model(jsonb) returns TABLE(account_id uuid, old_score integer, new_score integer, old_level text, new_level text) volatile strict, owner cs_owner, cs_member cs_owner
-- cs.publish_health_model(jsonb,integer,boolean) returns integer volatile, owner cs_owner, cs_member cs_owner
-- cs.read_invitation(text) returns TABLE(email text, role text, tenant_name text, has_account boolean) stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.record_usage(jsonb,boolean) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.refresh_health(uuid[]) returns bigint volatile, owner cs_owner, cs_member cs_owner
-- cs.revoke_api_token(uuid) returns void volatile strict, owner cs_owner, cs_member cs_owner
-- cs.risk_level(integer,uuid) returns text stable parallel safe, owner cs_owner, cs_member cs_owner
-- cs.save_milestones(uuid,jsonb) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.save_stages(jsonb,text) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.session_tenant(uuid) returns uuid stable strict, owner cs_owner, cs_gateway cs_owner
-- cs.set_health_override(uuid,integer,text,timestamp with time zone) returns jsonb volatile, owner cs_owner, cs_member cs_owner
-- cs.set_member_role(uuid,text) returns void volatile strict, owner cs_owner, cs_member cs_owner
-- cs.share_account(uuid,uuid) returns void volatile strict, owner cs_owner, cs_member cs_owner
-- cs.stages_version() returns text stable strict, owner cs_owner, cs_member cs_owner
-- cs.suggested_stage(uuid) returns text stable strict, owner cs_owner, cs_member cs_owner
-- cs.tenant_where(text) returns uuid stable strict parallel safe, owner cs_owner, cs_backup cs_member cs_owner cs_worker
-- cs.tg_accounts__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__kin() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__lock_tree() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__mark_health() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__place() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_accounts__record_stage() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_audit__record() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_audit_log__refuse() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_health_models__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_health_scores__succeed() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_journey_stages__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_people__forget() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_playbooks__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_playbooks__match() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_stage_milestones__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_tenants__begin() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_tenants__check() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_usage_metrics__mark() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_webhook_queue__address() returns trigger volatile, owner cs_owner, cs_owner
-- cs.tg_webhook_queue__wake() returns trigger volatile, owner cs_owner, cs_owner
-- cs.unlink_database_role(text) returns void volatile strict, owner cs_owner, cs_owner
-- cs.unshare_account(uuid,uuid) returns void volatile strict, owner cs_owner, cs_member cs_owner
-- cs.update_tenant(jsonb) returns jsonb volatile strict, owner cs_owner, cs_member cs_owner
-- cs.uuid_v7() returns uuid volatile strict parallel safe, owner cs_owner, cs_member cs_owner
-- cs.validate_criteria(jsonb) returns TABLE(path text, message text) stable strict, owner cs_owner, cs_member cs_owner
