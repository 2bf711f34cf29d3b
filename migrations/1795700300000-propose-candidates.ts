import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What detection found for people to decide on, and who is to look at a recovered enterprise again, and when. */
export class ProposeCandidates1795700300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE distress_candidates (
      id uuid NOT NULL,
      enterprise_id uuid NOT NULL,
      kind text NOT NULL,
      status text NOT NULL,
      origin text NOT NULL,
      distress_type text,
      case_id uuid,
      follow_up_id uuid,
      evidence jsonb NOT NULL,
      raised_at timestamptz NOT NULL,
      renewed_at timestamptz NOT NULL,
      decided_at timestamptz,
      decided_by uuid,
      decided_case_id uuid,
      decision_note text,
      quiet_until date,
      is_quiet boolean NOT NULL DEFAULT false,
      lapse_reason text,
      lapse_facts jsonb,
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT distress_candidates_pkey PRIMARY KEY (id),
      CONSTRAINT distress_candidates_kind_check
        CHECK (kind IN ('new_distress', 'worsening', 'suspected', 'relapse')),
      CONSTRAINT distress_candidates_status_check
        CHECK (status IN ('open', 'accepted', 'merged', 'dismissed', 'lapsed')),
      CONSTRAINT distress_candidates_origin_check CHECK (origin IN ('figures', 'follow_up')),
      CONSTRAINT distress_candidates_distress_type_check
        CHECK (distress_type IN ('stalled', 'semi_stalled', 'reduced_output')),
      CONSTRAINT distress_candidates_lapse_check CHECK (
        (status = 'lapsed') = (lapse_reason IS NOT NULL)
        AND lapse_reason IN ('ground_gone', 'superseded', 'case_reopened', 'case_ended')),
      CONSTRAINT distress_candidates_decided_check CHECK ((status = 'open') = (decided_at IS NULL)),
      CONSTRAINT distress_candidates_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises (id),
      CONSTRAINT distress_candidates_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases (id),
      CONSTRAINT distress_candidates_decided_case_id_fkey FOREIGN KEY (decided_case_id) REFERENCES cases (id)
    );
    CREATE UNIQUE INDEX distress_candidates_open_key ON distress_candidates (enterprise_id, kind)
      WHERE status = 'open';
    CREATE INDEX distress_candidates_enterprise_idx ON distress_candidates (enterprise_id, id);
    CREATE INDEX distress_candidates_case_idx ON distress_candidates (case_id) WHERE status = 'open';
    CREATE INDEX distress_candidates_decided_case_idx ON distress_candidates (decided_case_id);
    CREATE INDEX distress_candidates_status_idx ON distress_candidates (status, id);
    CREATE INDEX distress_candidates_quiet_idx ON distress_candidates (quiet_until) WHERE is_quiet;
    CREATE TABLE recovery_follow_ups (
      id uuid NOT NULL,
      case_id uuid NOT NULL,
      closure_event_id uuid NOT NULL,
      after_days integer NOT NULL,
      due_on date NOT NULL,
      status text NOT NULL,
      finding text,
      recorded_at timestamptz,
      recorded_by uuid,
      note text,
      file_ids uuid[] NOT NULL DEFAULT '{}',
      version integer NOT NULL DEFAULT 1,
      CONSTRAINT recovery_follow_ups_pkey PRIMARY KEY (id),
      CONSTRAINT recovery_follow_ups_status_check CHECK (status IN ('due', 'done', 'cancelled')),
      CONSTRAINT recovery_follow_ups_finding_check CHECK (finding IN ('holding', 'falling', 'stopped')),
      CONSTRAINT recovery_follow_ups_done_check CHECK ((status = 'done') = (finding IS NOT NULL)),
      CONSTRAINT recovery_follow_ups_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases (id)
    );
    CREATE UNIQUE INDEX recovery_follow_ups_key ON recovery_follow_ups (closure_event_id, after_days);
    CREATE INDEX recovery_follow_ups_case_idx ON recovery_follow_ups (case_id);
    CREATE INDEX recovery_follow_ups_due_idx ON recovery_follow_ups (due_on, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP TABLE recovery_follow_ups;
    DROP TABLE distress_candidates;
    `);
  }
}
