import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Projects, of an enterprise or of none; problems, list items and pairings may be theirs instead of an enterprise's. */
export class AddProjects1795425200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE SEQUENCE project_numbers;
    CREATE TABLE projects (
      id uuid NOT NULL,
      number text NOT NULL,
      name text NOT NULL,
      reporting_unit_id uuid NOT NULL,
      enterprise_id uuid,
      note text,
      is_active boolean NOT NULL DEFAULT true,
      version integer NOT NULL DEFAULT '1',
      CONSTRAINT projects_number_key UNIQUE (number),
      CONSTRAINT projects_pkey PRIMARY KEY (id),
      CONSTRAINT projects_reporting_unit_id_fkey FOREIGN KEY (reporting_unit_id) REFERENCES reporting_units (id),
      CONSTRAINT projects_enterprise_id_fkey FOREIGN KEY (enterprise_id) REFERENCES enterprises (id)
    );
    CREATE INDEX projects_name_idx ON projects (name, id);
    CREATE INDEX projects_reporting_unit_idx ON projects (reporting_unit_id);
    CREATE INDEX projects_enterprise_idx ON projects (enterprise_id);
    CREATE INDEX projects_name_trgm ON projects USING gin (name gin_trgm_ops);
    CREATE INDEX projects_number_trgm ON projects USING gin (number gin_trgm_ops);
    CREATE TABLE project_revisions (
      id uuid NOT NULL,
      project_id uuid NOT NULL,
      effective_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL,
      name text NOT NULL,
      reporting_unit_id uuid NOT NULL,
      CONSTRAINT project_revisions_pkey PRIMARY KEY (id),
      CONSTRAINT project_revisions_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (id)
    );
    CREATE INDEX project_revisions_project_idx ON project_revisions (project_id, effective_at);
    CREATE TRIGGER project_revisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON project_revisions
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
    // Each belongs to an enterprise or to a project, never to both: whose it is has one answer.
    await runner.query(`
    ALTER TABLE problems
      ALTER enterprise_id DROP NOT NULL,
      ADD project_id uuid,
      ADD CONSTRAINT problems_home_check CHECK (
        num_nonnulls(enterprise_id, project_id) = 1 AND (case_id IS NULL OR project_id IS NULL)),
      ADD CONSTRAINT problems_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (id);
    CREATE INDEX problems_project_idx ON problems (project_id) WHERE project_id IS NOT NULL;
    ALTER TABLE responsibility_list_items
      ALTER enterprise_id DROP NOT NULL,
      ADD project_id uuid,
      ADD CONSTRAINT responsibility_list_items_home_check CHECK (num_nonnulls(enterprise_id, project_id) = 1),
      ADD CONSTRAINT responsibility_list_items_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (id);
    CREATE UNIQUE INDEX responsibility_list_items_project_key ON responsibility_list_items (list_id, project_id, title);
    ALTER TABLE pairings
      ALTER enterprise_id DROP NOT NULL,
      ADD project_id uuid,
      ADD CONSTRAINT pairings_home_check CHECK (num_nonnulls(enterprise_id, project_id) = 1),
      ADD CONSTRAINT pairings_project_id_fkey FOREIGN KEY (project_id) REFERENCES projects (id);
    CREATE INDEX pairings_project_idx ON pairings (project_id) WHERE project_id IS NOT NULL;
    CREATE UNIQUE INDEX pairings_live_project_key ON pairings (project_id, official_id) WHERE to_on IS NULL;
    CREATE UNIQUE INDEX pairings_live_project_unit_key ON pairings (project_id, department_id) WHERE to_on IS NULL;
    `);
  }

  /**
   * Pairings with projects and drafted items go. A problem of a project has a history, which no step back may throw
   * away: where there is one, this fails and changes nothing.
   */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DELETE FROM pairings WHERE project_id IS NOT NULL;
    DROP INDEX pairings_project_idx;
    DROP INDEX pairings_live_project_key;
    DROP INDEX pairings_live_project_unit_key;
    ALTER TABLE pairings
      DROP CONSTRAINT pairings_project_id_fkey,
      DROP CONSTRAINT pairings_home_check,
      DROP project_id,
      ALTER enterprise_id SET NOT NULL;
    DELETE FROM responsibility_list_items WHERE project_id IS NOT NULL AND problem_id IS NULL;
    DROP INDEX responsibility_list_items_project_key;
    ALTER TABLE responsibility_list_items
      DROP CONSTRAINT responsibility_list_items_project_id_fkey,
      DROP CONSTRAINT responsibility_list_items_home_check,
      DROP project_id,
      ALTER enterprise_id SET NOT NULL;
    DROP INDEX problems_project_idx;
    ALTER TABLE problems
      DROP CONSTRAINT problems_project_id_fkey,
      DROP CONSTRAINT problems_home_check,
      DROP project_id,
      ALTER enterprise_id SET NOT NULL;
    DROP TABLE project_revisions, projects;
    DROP SEQUENCE project_numbers;
    `);
  }
}
