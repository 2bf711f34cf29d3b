import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables of the whole main job: register, cases, assignments, events, reminders, messages, imports. */
export class CreateTheLedger1795420800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE EXTENSION IF NOT EXISTS pg_trgm`);
    await runner.query(`
    CREATE TABLE reporting_units (
      id uuid NOT NULL,
      code text NOT NULL,
      name text NOT NULL,
      kind text NOT NULL,
      parent_code text NOT NULL,
      lies_in_code text,
      aliases text[] NOT NULL DEFAULT '{}',
      retired_codes text[] NOT NULL DEFAULT '{}',
      position integer NOT NULL,
      CONSTRAINT reporting_units_code_key UNIQUE (code),
      CONSTRAINT reporting_units_pkey PRIMARY KEY (id)
    );
    CREATE TABLE departments (
      id uuid NOT NULL,
      code text,
      name text NOT NULL,
      level text NOT NULL,
      reporting_unit_id uuid,
      is_task_force boolean NOT NULL DEFAULT false,
      is_active boolean NOT NULL DEFAULT true,
      version integer NOT NULL DEFAULT '1',
      CONSTRAINT departments_code_key UNIQUE (code),
      CONSTRAINT departments_name_key UNIQUE (name),
      CONSTRAINT departments_level_check CHECK (level IN ('city', 'county', 'town')),
      CONSTRAINT departments_pkey PRIMARY KEY (id)
    );
    CREATE UNIQUE INDEX departments_task_force_key ON departments (is_task_force) WHERE is_task_force;
    CREATE TABLE officials (
      id uuid NOT NULL,
      department_id uuid NOT NULL,
      name text NOT NULL,
      post text NOT NULL,
      duty text NOT NULL,
      mobile text,
      email text,
      is_active boolean NOT NULL DEFAULT true,
      version integer NOT NULL DEFAULT '1',
      CONSTRAINT officials_duty_check CHECK (duty IN ('head', 'liaison', 'handler', 'leader')),
      CONSTRAINT officials_pkey PRIMARY KEY (id)
    );
    CREATE UNIQUE INDEX officials_department_name_key ON officials (department_id, name);
    CREATE TABLE accounts (
      id uuid NOT NULL,
      username text NOT NULL,
      password_hash text NOT NULL,
      role text NOT NULL,
      department_id uuid,
      official_id uuid,
      reporting_unit_id uuid,
      is_active boolean NOT NULL DEFAULT true,
      is_password_expired boolean NOT NULL DEFAULT false,
      failed_attempts integer NOT NULL DEFAULT '0',
      locked_until timestamptz,
      created_at timestamptz NOT NULL,
      version integer NOT NULL DEFAULT '1',
      CONSTRAINT accounts_username_key UNIQUE (username),
      CONSTRAINT accounts_leader_check CHECK (role <> 'leader' OR official_id IS NOT NULL),
      CONSTRAINT accounts_department_check CHECK (role NOT IN ('department', 'task_force') OR department_id IS NOT NULL),
      CONSTRAINT accounts_county_unit_check CHECK (role <> 'county' OR reporting_unit_id IS NOT NULL),
      CONSTRAINT accounts_role_check CHECK (role IN ('task_force', 'department', 'county', 'leader', 'auditor', 'system_admin', 'security_admin')),
      CONSTRAINT accounts_pkey PRIMARY KEY (id)
    );
    CREATE TABLE sessions (
      id uuid NOT NULL,
      account_id uuid NOT NULL,
      refresh_hash bytea NOT NULL,
      created_at timestamptz NOT NULL,
      last_used_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      revoked_at timestamptz,
      CONSTRAINT sessions_pkey PRIMARY KEY (id)
    );
    CREATE INDEX sessions_account_idx ON sessions (account_id);
    CREATE UNIQUE INDEX sessions_refresh_hash_key ON sessions (refresh_hash);
    CREATE TABLE calendar_days (
      day date NOT NULL,
      recorded_at timestamptz NOT NULL,
      is_working boolean NOT NULL,
      name text,
      CONSTRAINT calendar_days_pkey PRIMARY KEY (day, recorded_at)
    );
    CREATE TABLE enterprises (
      id uuid NOT NULL,
      name text NOT NULL,
      credit_code text NOT NULL,
      reporting_unit_id uuid NOT NULL,
      park text,
      industry_code text,
      size_class text,
      is_above_scale boolean NOT NULL DEFAULT false,
      is_key boolean NOT NULL DEFAULT false,
      employees integer,
      contact_name text,
      contact_phone text,
      baseline_monthly_output numeric(18,2),
      version integer NOT NULL DEFAULT '1',
      CONSTRAINT enterprises_credit_code_key UNIQUE (credit_code),
      CONSTRAINT enterprises_size_class_check CHECK (size_class IN ('large', 'medium', 'small', 'micro')),
      CONSTRAINT enterprises_pkey PRIMARY KEY (id)
    );
    CREATE INDEX enterprises_reporting_unit_idx ON enterprises (reporting_unit_id);
    CREATE TABLE cases (
      id uuid NOT NULL,
      number text NOT NULL,
      status text NOT NULL,
      outcome text,
      complexity text,
      reporting_unit_id uuid NOT NULL,
      assignment_id uuid,
      lead_department_id uuid,
      official_id uuid,
      due_at timestamptz,
      stopped_at timestamptz,
      is_late_when_stopped boolean NOT NULL DEFAULT false,
      assign_by timestamptz,
      assign_clock_run_id uuid,
      reported_at timestamptz NOT NULL,
      resolved_at timestamptz,
      progressed_at timestamptz,
      reopen_count integer NOT NULL DEFAULT '0',
      return_count integer NOT NULL DEFAULT '0',
      hold_ground text,
      review_on date,
      last_sequence integer NOT NULL DEFAULT '0',
      last_hash bytea,
      last_event_at timestamptz NOT NULL,
      version integer NOT NULL DEFAULT '1',
      enterprise_id uuid NOT NULL,
      distress_type text NOT NULL,
      note text,
      problems_total integer NOT NULL DEFAULT '0',
      problems_open integer NOT NULL DEFAULT '0',
      CONSTRAINT cases_number_key UNIQUE (number),
      CONSTRAINT cases_outcome_check CHECK (outcome IN ('recovered', 'explained', 'unstated')),
      CONSTRAINT cases_distress_type_check CHECK (distress_type IN ('stalled', 'semi_stalled', 'reduced_output')),
      CONSTRAINT cases_complexity_check CHECK (complexity IN ('simple', 'general', 'complex')),
      CONSTRAINT cases_status_check CHECK (status IN ('reported', 'assigned', 'in_progress', 'verifying', 'resolved', 'on_hold', 'rejected', 'terminated')),
      CONSTRAINT cases_pkey PRIMARY KEY (id)
    );
    CREATE INDEX cases_enterprise_idx ON cases (enterprise_id);
    CREATE UNIQUE INDEX cases_live_enterprise_key ON cases (enterprise_id) WHERE status NOT IN ('resolved', 'rejected', 'terminated');
    CREATE TABLE problems (
      id uuid NOT NULL,
      number text NOT NULL,
      status text NOT NULL,
      outcome text,
      complexity text,
      reporting_unit_id uuid NOT NULL,
      assignment_id uuid,
      lead_department_id uuid,
      official_id uuid,
      due_at timestamptz,
      stopped_at timestamptz,
      is_late_when_stopped boolean NOT NULL DEFAULT false,
      assign_by timestamptz,
      assign_clock_run_id uuid,
      reported_at timestamptz NOT NULL,
      resolved_at timestamptz,
      progressed_at timestamptz,
      reopen_count integer NOT NULL DEFAULT '0',
      return_count integer NOT NULL DEFAULT '0',
      hold_ground text,
      review_on date,
      last_sequence integer NOT NULL DEFAULT '0',
      last_hash bytea,
      last_event_at timestamptz NOT NULL,
      version integer NOT NULL DEFAULT '1',
      case_id uuid,
      enterprise_id uuid NOT NULL,
      title text NOT NULL,
      description text NOT NULL DEFAULT '',
      category text NOT NULL,
      cause text,
      CONSTRAINT problems_number_key UNIQUE (number),
      CONSTRAINT problems_outcome_check CHECK (outcome IN ('solved', 'explained', 'unstated')),
      CONSTRAINT problems_cause_check CHECK (cause IN ('government', 'market', 'enterprise')),
      CONSTRAINT problems_category_check CHECK (category IN ('land', 'funds', 'resources', 'environment', 'labour', 'energy', 'logistics', 'market', 'permits', 'arrears', 'technology', 'other')),
      CONSTRAINT problems_complexity_check CHECK (complexity IN ('simple', 'general', 'complex')),
      CONSTRAINT problems_status_check CHECK (status IN ('reported', 'assigned', 'in_progress', 'verifying', 'resolved', 'on_hold', 'rejected', 'terminated')),
      CONSTRAINT problems_pkey PRIMARY KEY (id)
    );
    CREATE INDEX problems_enterprise_idx ON problems (enterprise_id);
    CREATE INDEX problems_case_idx ON problems (case_id);
    CREATE TABLE assignments (
      id uuid NOT NULL,
      case_id uuid,
      problem_id uuid,
      department_id uuid NOT NULL,
      official_id uuid NOT NULL,
      assigned_at timestamptz NOT NULL,
      assigned_by uuid,
      complexity text,
      limit_working_days integer,
      day_zero_on date NOT NULL,
      acknowledge_by timestamptz NOT NULL,
      acknowledged_at timestamptz,
      due_at timestamptz NOT NULL,
      deadline_version integer NOT NULL DEFAULT '1',
      is_provisional boolean NOT NULL DEFAULT false,
      is_final boolean NOT NULL DEFAULT false,
      ended_at timestamptz,
      end_reason text,
      note text,
      CONSTRAINT assignments_end_reason_check CHECK (end_reason IN ('returned', 'superseded', 'resolved', 'terminated', 'rejected')),
      CONSTRAINT assignments_end_check CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
      CONSTRAINT assignments_complexity_check CHECK (complexity IN ('simple', 'general', 'complex')),
      CONSTRAINT assignments_subject_check CHECK (num_nonnulls(case_id, problem_id) = 1),
      CONSTRAINT assignments_pkey PRIMARY KEY (id)
    );
    CREATE INDEX assignments_official_idx ON assignments (official_id) WHERE ended_at IS NULL;
    CREATE INDEX assignments_problem_idx ON assignments (problem_id, assigned_at);
    CREATE INDEX assignments_case_idx ON assignments (case_id, assigned_at);
    CREATE UNIQUE INDEX assignments_live_problem_key ON assignments (problem_id) WHERE ended_at IS NULL;
    CREATE UNIQUE INDEX assignments_live_case_key ON assignments (case_id) WHERE ended_at IS NULL;
    CREATE TABLE case_events (
      id uuid NOT NULL,
      chain_id uuid NOT NULL,
      sequence integer NOT NULL,
      subject_id uuid NOT NULL,
      subject_kind text NOT NULL,
      type text NOT NULL,
      effective_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL,
      actor_kind text NOT NULL,
      actor_id uuid,
      actor_department_id uuid,
      payload jsonb NOT NULL,
      hash bytea NOT NULL,
      CONSTRAINT case_events_dates_check CHECK (effective_at <= recorded_at),
      CONSTRAINT case_events_actor_kind_check CHECK (actor_kind IN ('account', 'import', 'system')),
      CONSTRAINT case_events_pkey PRIMARY KEY (id)
    );
    CREATE INDEX case_events_recorded_idx ON case_events (recorded_at);
    CREATE INDEX case_events_subject_idx ON case_events (subject_id, effective_at, sequence);
    CREATE UNIQUE INDEX case_events_chain_key ON case_events (chain_id, sequence);
    CREATE TABLE case_files (
      id uuid NOT NULL,
      case_id uuid,
      problem_id uuid,
      name text NOT NULL,
      size integer NOT NULL,
      sha256 text NOT NULL,
      media_type text NOT NULL,
      kind text NOT NULL,
      source text NOT NULL,
      uploaded_at timestamptz NOT NULL,
      uploaded_by uuid,
      CONSTRAINT case_files_source_check CHECK (source IN ('enterprise', 'grid', 'tax', 'site_check', 'other')),
      CONSTRAINT case_files_subject_check CHECK (num_nonnulls(case_id, problem_id) >= 1),
      CONSTRAINT case_files_pkey PRIMARY KEY (id)
    );
    CREATE INDEX case_files_case_idx ON case_files (case_id);
    CREATE INDEX case_files_problem_idx ON case_files (problem_id);
    CREATE TABLE closure_requests (
      id uuid NOT NULL,
      assignment_id uuid NOT NULL,
      requested_at timestamptz NOT NULL,
      requested_by uuid NOT NULL,
      requested_by_department_id uuid,
      outcome text NOT NULL,
      statement text NOT NULL,
      evidence_file_ids uuid[] NOT NULL,
      verify_by timestamptz NOT NULL,
      decided_at timestamptz,
      decision text,
      decided_by uuid,
      decision_note text,
      CONSTRAINT closure_requests_decided_check CHECK ((decision IS NULL) = (decided_at IS NULL)),
      CONSTRAINT closure_requests_decision_check CHECK (decision IN ('approved', 'sent_back', 'terminated')),
      CONSTRAINT closure_requests_pkey PRIMARY KEY (id)
    );
    CREATE INDEX closure_requests_assignment_idx ON closure_requests (assignment_id, requested_at);
    CREATE UNIQUE INDEX closure_requests_open_key ON closure_requests (assignment_id) WHERE decided_at IS NULL;
    CREATE TABLE co_handlers (
      id uuid NOT NULL,
      assignment_id uuid NOT NULL,
      department_id uuid NOT NULL,
      official_id uuid,
      due_at timestamptz NOT NULL,
      deadline_version integer NOT NULL DEFAULT '1',
      opinion text,
      opinion_at timestamptz,
      CONSTRAINT co_handlers_pkey PRIMARY KEY (id)
    );
    CREATE INDEX co_handlers_department_idx ON co_handlers (department_id);
    CREATE UNIQUE INDEX co_handlers_assignment_department_key ON co_handlers (assignment_id, department_id);
    CREATE TABLE ratings (
      id uuid NOT NULL,
      case_id uuid,
      problem_id uuid,
      rating text NOT NULL,
      source text NOT NULL,
      effective_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL,
      CONSTRAINT ratings_source_check CHECK (source IN ('call_back', 'portal', 'ledger')),
      CONSTRAINT ratings_rating_check CHECK (rating IN ('very_satisfied', 'satisfied', 'fairly_satisfied', 'dissatisfied', 'very_dissatisfied')),
      CONSTRAINT ratings_subject_check CHECK (num_nonnulls(case_id, problem_id) = 1),
      CONSTRAINT ratings_pkey PRIMARY KEY (id)
    );
    CREATE INDEX ratings_case_idx ON ratings (case_id);
    CREATE INDEX ratings_problem_idx ON ratings (problem_id);
    CREATE TABLE enterprise_revisions (
      id uuid NOT NULL,
      enterprise_id uuid NOT NULL,
      effective_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL,
      name text NOT NULL,
      reporting_unit_id uuid NOT NULL,
      industry_code text,
      size_class text,
      CONSTRAINT enterprise_revisions_pkey PRIMARY KEY (id)
    );
    CREATE INDEX enterprise_revisions_enterprise_idx ON enterprise_revisions (enterprise_id, effective_at);
    CREATE TABLE pairings (
      id uuid NOT NULL,
      enterprise_id uuid NOT NULL,
      official_id uuid NOT NULL,
      from_on date NOT NULL,
      to_on date,
      CONSTRAINT pairings_pkey PRIMARY KEY (id)
    );
    CREATE INDEX pairings_official_idx ON pairings (official_id);
    CREATE UNIQUE INDEX pairings_live_key ON pairings (enterprise_id, official_id) WHERE to_on IS NULL;
    CREATE TABLE imports (
      id uuid NOT NULL,
      file_name text NOT NULL,
      sha256 text NOT NULL,
      mode text NOT NULL,
      on_error text NOT NULL,
      shift_days integer NOT NULL DEFAULT '0',
      status text NOT NULL,
      rows_done integer NOT NULL DEFAULT '0',
      rows_total integer NOT NULL DEFAULT '0',
      sheets jsonb NOT NULL DEFAULT '[]',
      error jsonb,
      created_by uuid,
      created_at timestamptz NOT NULL,
      lease_until timestamptz,
      finished_at timestamptz,
      CONSTRAINT imports_status_check CHECK (status IN ('pending', 'running', 'done', 'failed')),
      CONSTRAINT imports_on_error_check CHECK (on_error IN ('reject_all', 'keep_valid')),
      CONSTRAINT imports_mode_check CHECK (mode IN ('preview', 'commit')),
      CONSTRAINT imports_pkey PRIMARY KEY (id)
    );
    CREATE INDEX imports_unfinished_idx ON imports (status) WHERE status IN ('pending', 'running');
    CREATE TABLE deliveries (
      id uuid NOT NULL,
      reminder_id uuid NOT NULL,
      official_id uuid NOT NULL,
      channel text NOT NULL,
      message_id uuid,
      status text NOT NULL,
      reason text,
      queued_at timestamptz NOT NULL,
      sent_at timestamptz,
      delivered_at timestamptz,
      CONSTRAINT deliveries_status_check CHECK (status IN ('pending', 'sending', 'sent', 'delivered', 'failed', 'suppressed', 'unknown')),
      CONSTRAINT deliveries_channel_check CHECK (channel IN ('email', 'sms')),
      CONSTRAINT deliveries_pkey PRIMARY KEY (id)
    );
    CREATE INDEX deliveries_trouble_idx ON deliveries (id) WHERE status IN ('failed', 'unknown');
    CREATE INDEX deliveries_message_idx ON deliveries (message_id) WHERE message_id IS NOT NULL;
    CREATE INDEX deliveries_unsorted_idx ON deliveries (official_id, channel) WHERE status = 'pending' AND message_id IS NULL;
    CREATE UNIQUE INDEX deliveries_key ON deliveries (reminder_id, official_id, channel);
    CREATE TABLE messages (
      id uuid NOT NULL,
      official_id uuid NOT NULL,
      channel text NOT NULL,
      status text NOT NULL,
      attempts integer NOT NULL DEFAULT '0',
      next_attempt_at timestamptz NOT NULL,
      lease_until timestamptz,
      fence integer NOT NULL DEFAULT '0',
      gateway_id text,
      gateway_code text,
      gateway_text text,
      queued_at timestamptz NOT NULL,
      sent_at timestamptz,
      delivered_at timestamptz,
      CONSTRAINT messages_status_check CHECK (status IN ('pending', 'sending', 'sent', 'delivered', 'failed', 'suppressed', 'unknown')),
      CONSTRAINT messages_channel_check CHECK (channel IN ('email', 'sms')),
      CONSTRAINT messages_pkey PRIMARY KEY (id)
    );
    CREATE INDEX messages_lease_idx ON messages (lease_until) WHERE status = 'sending';
    CREATE INDEX messages_ready_idx ON messages (channel, next_attempt_at) WHERE status = 'pending';
    CREATE TABLE department_revisions (
      id uuid NOT NULL,
      department_id uuid NOT NULL,
      effective_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL,
      code text,
      name text NOT NULL,
      level text NOT NULL,
      CONSTRAINT department_revisions_pkey PRIMARY KEY (id)
    );
    CREATE INDEX department_revisions_department_idx ON department_revisions (department_id, effective_at);
    CREATE TABLE production_figures (
      id uuid NOT NULL,
      enterprise_id uuid NOT NULL,
      month date NOT NULL,
      metric text NOT NULL,
      value numeric(20,4) NOT NULL,
      source text NOT NULL,
      revision integer NOT NULL,
      recorded_at timestamptz NOT NULL,
      CONSTRAINT production_figures_source_check CHECK (source IN ('enterprise', 'grid', 'tax', 'site_check')),
      CONSTRAINT production_figures_metric_check CHECK (metric IN ('output_value', 'production_days', 'capacity_utilisation', 'electricity')),
      CONSTRAINT production_figures_pkey PRIMARY KEY (id)
    );
    CREATE UNIQUE INDEX production_figures_key ON production_figures (enterprise_id, month, metric, source, revision);
    CREATE TABLE reminder_policies (
      version integer NOT NULL,
      rungs jsonb NOT NULL,
      recorded_at timestamptz NOT NULL,
      recorded_by uuid,
      CONSTRAINT reminder_policies_pkey PRIMARY KEY (version)
    );
    CREATE TABLE reminders (
      id uuid NOT NULL,
      subject_id uuid NOT NULL,
      case_id uuid,
      problem_id uuid,
      assignment_id uuid,
      clock text NOT NULL,
      clock_run_id uuid NOT NULL,
      rung text NOT NULL,
      offset_working_days integer NOT NULL,
      deadline_version integer NOT NULL,
      deadline_at timestamptz NOT NULL,
      fires_at timestamptz NOT NULL,
      state text NOT NULL,
      is_running boolean NOT NULL DEFAULT true,
      policy_version integer NOT NULL,
      empty_duties text[] NOT NULL DEFAULT '{}',
      recorded_at timestamptz,
      CONSTRAINT reminders_state_check CHECK (state IN ('armed', 'cancelled', 'recorded', 'superseded')),
      CONSTRAINT reminders_clock_check CHECK (clock IN ('assign', 'sign', 'handle', 'co_handle', 'verify')),
      CONSTRAINT reminders_pkey PRIMARY KEY (id)
    );
    CREATE INDEX reminders_subject_idx ON reminders (subject_id);
    CREATE INDEX reminders_armed_idx ON reminders (fires_at) WHERE state = 'armed';
    CREATE UNIQUE INDEX reminders_key ON reminders (clock_run_id, clock, rung, deadline_version);
    ALTER TABLE departments ADD CONSTRAINT departments_reporting_unit_id_fkey FOREIGN KEY (reporting_unit_id) REFERENCES reporting_units(id);
    ALTER TABLE officials ADD CONSTRAINT officials_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id);
    ALTER TABLE accounts ADD CONSTRAINT accounts_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id);
    ALTER TABLE accounts ADD CONSTRAINT accounts_official_id_fkey FOREIGN KEY (official_id) REFERENCES officials(id);
    ALTER TABLE accounts ADD CONSTRAINT accounts_reporting_unit_id_fkey FOREIGN KEY (reporting_unit_id) REFERENCES reporting_units(id);
    ALTER TABLE sessions ADD CONSTRAINT sessions_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id);
    ALTER TABLE enterprises ADD CONSTRAINT enterprises_reporting_unit_id_fkey FOREIGN KEY (reporting_unit_id) REFERENCES reporting_units(id);
    ALTER TABLE cases ADD CONSTRAINT cases_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises(id);
    ALTER TABLE problems ADD CONSTRAINT problems_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id);
    ALTER TABLE problems ADD CONSTRAINT problems_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises(id);
    ALTER TABLE assignments ADD CONSTRAINT assignments_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id);
    ALTER TABLE assignments ADD CONSTRAINT assignments_problem_id_fkey FOREIGN KEY (problem_id) REFERENCES problems(id);
    ALTER TABLE assignments ADD CONSTRAINT assignments_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id);
    ALTER TABLE assignments ADD CONSTRAINT assignments_official_id_fkey FOREIGN KEY (official_id) REFERENCES officials(id);
    ALTER TABLE case_files ADD CONSTRAINT case_files_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases(id);
    ALTER TABLE case_files ADD CONSTRAINT case_files_problem_id_fkey FOREIGN KEY (problem_id) REFERENCES problems(id);
    ALTER TABLE closure_requests ADD CONSTRAINT closure_requests_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES assignments(id);
    ALTER TABLE co_handlers ADD CONSTRAINT co_handlers_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES assignments(id);
    ALTER TABLE co_handlers ADD CONSTRAINT co_handlers_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id);
    ALTER TABLE co_handlers ADD CONSTRAINT co_handlers_official_id_fkey FOREIGN KEY (official_id) REFERENCES officials(id);
    ALTER TABLE enterprise_revisions ADD CONSTRAINT enterprise_revisions_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises(id);
    ALTER TABLE pairings ADD CONSTRAINT pairings_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises(id);
    ALTER TABLE pairings ADD CONSTRAINT pairings_official_id_fkey FOREIGN KEY (official_id) REFERENCES officials(id);
    ALTER TABLE department_revisions ADD CONSTRAINT department_revisions_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments(id);
    ALTER TABLE production_figures ADD CONSTRAINT production_figures_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises(id);
    `);
    await runner.query(`
    CREATE SEQUENCE case_numbers;
    CREATE SEQUENCE problem_numbers;
    `);
    // Lists by due date: what has no deadline comes last, in a place that a cursor can name.
    await runner.query(`
    CREATE INDEX cases_unit_due_idx ON cases (reporting_unit_id, coalesce(due_at, 'infinity'), id);
    CREATE INDEX cases_department_due_idx ON cases (lead_department_id, coalesce(due_at, 'infinity'), id);
    CREATE INDEX cases_due_idx ON cases (coalesce(due_at, 'infinity'), id);
    CREATE INDEX cases_status_due_idx ON cases (status, coalesce(due_at, 'infinity'), id);
    CREATE INDEX problems_unit_due_idx ON problems (reporting_unit_id, coalesce(due_at, 'infinity'), id);
    CREATE INDEX problems_department_due_idx ON problems (lead_department_id, coalesce(due_at, 'infinity'), id);
    CREATE INDEX problems_due_idx ON problems (coalesce(due_at, 'infinity'), id);
    CREATE INDEX enterprises_name_trgm ON enterprises USING gin (name gin_trgm_ops);
    CREATE INDEX enterprises_credit_code_trgm ON enterprises USING gin (credit_code gin_trgm_ops);
    CREATE INDEX cases_number_trgm ON cases USING gin (number gin_trgm_ops);
    `);
    // Rights keep the application's role from changing what happened; this keeps everyone else from doing it unawares.
    await runner.query(`
    CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
    END $$;
    CREATE TRIGGER case_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER enterprise_revisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON enterprise_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER department_revisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON department_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER ratings_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ratings FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER production_figures_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON production_figures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP TABLE reminders,
      reminder_policies,
      production_figures,
      department_revisions,
      messages,
      deliveries,
      imports,
      pairings,
      enterprise_revisions,
      ratings,
      co_handlers,
      closure_requests,
      case_files,
      case_events,
      assignments,
      problems,
      cases,
      enterprises,
      calendar_days,
      sessions,
      accounts,
      officials,
      departments,
      reporting_units;
    DROP FUNCTION refuse_change();
    DROP SEQUENCE case_numbers;
    DROP SEQUENCE problem_numbers;
    `);
  }
}
