import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who stands in for whom, and what an official who leaves co-handles. */
export class AddDeputies1795425000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE TABLE deputies (
      id uuid NOT NULL,
      official_id uuid NOT NULL,
      deputy_id uuid NOT NULL,
      from_on date NOT NULL,
      to_on date NOT NULL,
      cancelled_at timestamptz,
      CONSTRAINT deputies_other_check CHECK (official_id <> deputy_id),
      CONSTRAINT deputies_dates_check CHECK (to_on >= from_on),
      CONSTRAINT deputies_pkey PRIMARY KEY (id),
      CONSTRAINT deputies_official_id_fkey FOREIGN KEY (official_id) REFERENCES officials (id),
      CONSTRAINT deputies_deputy_id_fkey FOREIGN KEY (deputy_id) REFERENCES officials (id)
    );
    CREATE INDEX deputies_official_idx ON deputies (official_id, from_on);
    CREATE INDEX co_handlers_official_idx ON co_handlers (official_id) WHERE opinion_at IS NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX co_handlers_official_idx;
    DROP TABLE deputies;
    `);
  }
}
