import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The case file: plans by version, visits, leaders' instructions with their answers. */
export class AddTheCaseFile1795424600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE case_plans (
      id uuid NOT NULL,
      case_id uuid NOT NULL,
      plan_version int NOT NULL,
      goal text NOT NULL,
      saved_at timestamptz NOT NULL,
      saved_by uuid NOT NULL,
      CONSTRAINT case_plans_pkey PRIMARY KEY (id),
      CONSTRAINT case_plans_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases (id)
    );
    CREATE UNIQUE INDEX case_plans_case_version_key ON case_plans (case_id, plan_version);
    CREATE TABLE plan_measures (
      plan_id uuid NOT NULL,
      ordinal int NOT NULL,
      what text NOT NULL,
      department_id uuid NOT NULL,
      official_id uuid,
      due_on date NOT NULL,
      done_on date,
      CONSTRAINT plan_measures_pkey PRIMARY KEY (plan_id, ordinal),
      CONSTRAINT plan_measures_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES case_plans (id),
      CONSTRAINT plan_measures_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments (id),
      CONSTRAINT plan_measures_official_id_fkey FOREIGN KEY (official_id) REFERENCES officials (id)
    );
    CREATE TABLE visits (
      id uuid NOT NULL,
      case_id uuid NOT NULL,
      visited_on date NOT NULL,
      place text NOT NULL,
      people text[] NOT NULL,
      findings text NOT NULL,
      problem_ids uuid[] NOT NULL,
      file_ids uuid[] NOT NULL,
      recorded_at timestamptz NOT NULL,
      recorded_by uuid NOT NULL,
      CONSTRAINT visits_pkey PRIMARY KEY (id),
      CONSTRAINT visits_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases (id)
    );
    CREATE INDEX visits_case_idx ON visits (case_id, id);
    CREATE TABLE instructions (
      id uuid NOT NULL,
      case_id uuid NOT NULL,
      text text NOT NULL,
      reply_by timestamptz,
      official_id uuid,
      left_at timestamptz NOT NULL,
      left_by uuid NOT NULL,
      CONSTRAINT instructions_pkey PRIMARY KEY (id),
      CONSTRAINT instructions_case_id_fkey FOREIGN KEY (case_id) REFERENCES cases (id),
      CONSTRAINT instructions_official_id_fkey FOREIGN KEY (official_id) REFERENCES officials (id)
    );
    CREATE INDEX instructions_case_idx ON instructions (case_id, id);
    CREATE TABLE instruction_replies (
      id uuid NOT NULL,
      instruction_id uuid NOT NULL,
      text text NOT NULL,
      department_id uuid NOT NULL,
      replied_at timestamptz NOT NULL,
      replied_by uuid NOT NULL,
      CONSTRAINT instruction_replies_pkey PRIMARY KEY (id),
      CONSTRAINT instruction_replies_instruction_id_fkey FOREIGN KEY (instruction_id) REFERENCES instructions (id),
      CONSTRAINT instruction_replies_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments (id)
    );
    CREATE INDEX instruction_replies_instruction_idx ON instruction_replies (instruction_id);
    `);
    await runner.query('ALTER TABLE ratings ADD comment text');
    // What was planned, seen, instructed and answered stays as it was said.
    await runner.query(`
    CREATE TRIGGER case_plans_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON case_plans FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER plan_measures_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON plan_measures FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER visits_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON visits FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER instructions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON instructions FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER instruction_replies_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON instruction_replies FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE ratings DROP comment');
    await runner.query('DROP TABLE instruction_replies, instructions, visits, plan_measures, case_plans');
  }
}
