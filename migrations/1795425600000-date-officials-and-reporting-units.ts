import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What the weekly table reads of officials and reporting units gets dates. What is known today has held since always;
 * an official was known from the moment that his id tells.
 */
export class DateOfficialsAndReportingUnits1795425600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE official_revisions (
      id uuid NOT NULL DEFAULT uuidv7(),
      official_id uuid NOT NULL,
      department_id uuid NOT NULL,
      duty text NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT now(),
      CONSTRAINT official_revisions_pkey PRIMARY KEY (id),
      CONSTRAINT official_revisions_official_id_fkey FOREIGN KEY (official_id) REFERENCES officials (id),
      CONSTRAINT official_revisions_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments (id)
    );
    CREATE INDEX official_revisions_official_idx ON official_revisions (official_id, recorded_at);
    INSERT INTO official_revisions (official_id, department_id, duty, recorded_at)
    SELECT id, department_id, duty, coalesce(uuid_extract_timestamp(id), '1900-01-01T00:00:00Z') FROM officials;
    CREATE FUNCTION revise_official() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO official_revisions (official_id, department_id, duty) VALUES (NEW.id, NEW.department_id, NEW.duty);
      RETURN NULL;
    END $$;
    CREATE TRIGGER officials_entered AFTER INSERT ON officials FOR EACH ROW EXECUTE FUNCTION revise_official();
    CREATE TRIGGER officials_revised AFTER UPDATE ON officials FOR EACH ROW
      WHEN (OLD.department_id <> NEW.department_id OR OLD.duty <> NEW.duty) EXECUTE FUNCTION revise_official();

    CREATE TABLE reporting_unit_revisions (
      id uuid NOT NULL,
      reporting_unit_id uuid NOT NULL,
      effective_at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL,
      code text NOT NULL,
      name text NOT NULL,
      CONSTRAINT reporting_unit_revisions_pkey PRIMARY KEY (id),
      CONSTRAINT reporting_unit_revisions_reporting_unit_id_fkey
        FOREIGN KEY (reporting_unit_id) REFERENCES reporting_units (id)
    );
    CREATE INDEX reporting_unit_revisions_unit_idx ON reporting_unit_revisions (reporting_unit_id, effective_at);
    INSERT INTO reporting_unit_revisions (id, reporting_unit_id, effective_at, recorded_at, code, name)
    SELECT uuidv7(), id, '1900-01-01T00:00:00Z', '1900-01-01T00:00:00Z', code, name FROM reporting_units;

    CREATE TRIGGER official_revisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON official_revisions
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    CREATE TRIGGER reporting_unit_revisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reporting_unit_revisions
      FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP TRIGGER officials_entered ON officials;
    DROP TRIGGER officials_revised ON officials;
    DROP FUNCTION revise_official();
    DROP TABLE official_revisions, reporting_unit_revisions;
    `);
  }
}
