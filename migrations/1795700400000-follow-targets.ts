import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stages of projects, and what net closures are read by. */
export class FollowTargets1795700400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE projects
      ADD COLUMN stage text,
      ADD COLUMN stage_reached_on date,
      ADD CONSTRAINT projects_stage_check
        CHECK (stage IN ('signed', 'under_construction', 'completed', 'in_production')),
      ADD CONSTRAINT projects_stage_reached_check CHECK ((stage IS NULL) = (stage_reached_on IS NULL));
    CREATE TABLE project_stages (
      id uuid NOT NULL,
      project_id uuid NOT NULL,
      stage text NOT NULL,
      reached_on date,
      statement text NOT NULL,
      source text NOT NULL,
      skip_reason text,
      corrects_id uuid,
      reason text,
      recorded_at timestamptz NOT NULL,
      recorded_by uuid,
      CONSTRAINT project_stages_pkey PRIMARY KEY (id),
      CONSTRAINT project_stages_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (id),
      CONSTRAINT project_stages_corrects_id_fkey FOREIGN KEY (corrects_id) REFERENCES project_stages (id),
      CONSTRAINT project_stages_stage_check
        CHECK (stage IN ('signed', 'under_construction', 'completed', 'in_production')),
      CONSTRAINT project_stages_source_check
        CHECK (source IN ('enterprise', 'document', 'site_check', 'grid', 'tax')),
      CONSTRAINT project_stages_correction_check
        CHECK ((corrects_id IS NULL) = (reason IS NULL) AND (reached_on IS NOT NULL OR corrects_id IS NOT NULL))
    );
    CREATE INDEX project_stages_project_idx ON project_stages (project_id, id);
    CREATE UNIQUE INDEX project_stages_corrects_key ON project_stages (corrects_id);

    CREATE INDEX tally_lines_reopened_idx ON tally_lines (subject_kind, from_at) WHERE began = 'reopened';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX tally_lines_reopened_idx;
    DROP TABLE project_stages;
    ALTER TABLE projects DROP COLUMN stage_reached_on, DROP COLUMN stage;
    `);
  }
}
