import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests for more time, and problems that are held because their case is. */
export class AddHoldsAndExtensions1795424400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE problems ADD is_held_with_case boolean NOT NULL DEFAULT false;
    CREATE TABLE extensions (
      id uuid NOT NULL,
      assignment_id uuid NOT NULL,
      requested_at timestamptz NOT NULL,
      requested_by uuid NOT NULL,
      due_at timestamptz NOT NULL,
      reason text NOT NULL,
      decided_at timestamptz,
      decision text,
      decided_by uuid,
      decision_note text,
      CONSTRAINT extensions_decided_check CHECK ((decision IS NULL) = (decided_at IS NULL)),
      CONSTRAINT extensions_decision_check CHECK (decision IN ('approved', 'refused', 'lapsed')),
      CONSTRAINT extensions_pkey PRIMARY KEY (id),
      CONSTRAINT extensions_assignment_id_fkey FOREIGN KEY (assignment_id) REFERENCES assignments (id)
    );
    CREATE UNIQUE INDEX extensions_assignment_key ON extensions (assignment_id);
    `);
    // Few are on hold at a time; they are looked for every minute.
    await runner.query(`
    CREATE INDEX cases_on_hold_idx ON cases (review_on) WHERE status = 'on_hold';
    CREATE INDEX problems_on_hold_idx ON problems (review_on) WHERE status = 'on_hold';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX cases_on_hold_idx;
    DROP INDEX problems_on_hold_idx;
    DROP TABLE extensions;
    ALTER TABLE problems DROP is_held_with_case;
    `);
  }
}
