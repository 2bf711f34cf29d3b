import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stages of projects, campaigns of projects and by figures, safety flags, and what net closures are read by. */
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

    CREATE TRIGGER project_stages_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON project_stages
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

    ALTER TABLE campaigns
      DROP CONSTRAINT campaigns_milestone_check,
      ADD CONSTRAINT campaigns_milestone_check CHECK (milestone IN ('recovered', 'resumed', 'capacity_restored', 'on_target', 'full_capacity', 'project_completed', 'in_production'));
    ALTER TABLE campaign_members
      ALTER COLUMN enterprise_id DROP NOT NULL,
      ADD COLUMN project_id uuid,
      ADD CONSTRAINT campaign_members_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (id),
      ADD CONSTRAINT campaign_members_kind_check CHECK (num_nonnulls(enterprise_id, project_id) = 1);
    CREATE UNIQUE INDEX campaign_members_project_key ON campaign_members (campaign_id, project_id)
      WHERE removed_at IS NULL;
    CREATE INDEX campaign_members_project_idx ON campaign_members (project_id);
    CREATE TABLE production_milestones (
      enterprise_id uuid NOT NULL,
      since_month date NOT NULL,
      milestone text NOT NULL,
      month date NOT NULL,
      revision integer NOT NULL,
      turn text NOT NULL,
      recorded_at timestamptz NOT NULL,
      CONSTRAINT production_milestones_pkey PRIMARY KEY (enterprise_id, since_month, milestone, month, revision),
      CONSTRAINT production_milestones_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises (id),
      CONSTRAINT production_milestones_milestone_check
        CHECK (milestone IN ('resumed', 'capacity_restored', 'on_target', 'full_capacity')),
      CONSTRAINT production_milestones_turn_check CHECK (turn IN ('reached', 'lost', 'none'))
    );
    CREATE TRIGGER production_milestones_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON production_milestones
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE INDEX production_figures_over_capacity_idx ON production_figures (month, enterprise_id)
      WHERE metric = 'capacity_utilisation' AND value > 1;

    CREATE INDEX tally_lines_reopened_idx ON tally_lines (subject_kind, from_at) WHERE began = 'reopened';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX tally_lines_reopened_idx;
    DROP INDEX production_figures_over_capacity_idx;
    DROP TABLE production_milestones;
    -- What only the newer version knows goes with it.
    DELETE FROM campaign_members WHERE campaign_id IN (SELECT id FROM campaigns WHERE milestone <> 'recovered')
      OR project_id IS NOT NULL;
    DELETE FROM campaign_revisions WHERE campaign_id IN (SELECT id FROM campaigns WHERE milestone <> 'recovered')
      OR milestone <> 'recovered';
    DELETE FROM campaigns WHERE milestone <> 'recovered';
    ALTER TABLE campaign_members
      DROP COLUMN project_id,
      ALTER COLUMN enterprise_id SET NOT NULL;
    ALTER TABLE campaigns
      DROP CONSTRAINT campaigns_milestone_check,
      ADD CONSTRAINT campaigns_milestone_check CHECK (milestone IN ('recovered'));
    DROP TABLE project_stages;
    ALTER TABLE projects DROP COLUMN stage_reached_on, DROP COLUMN stage;
    `);
  }
}
