import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Ladders of their own for deadline classes, and how far the reminders follow an edit. */
export class GiveEachClassItsLadder1795500100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE reminder_policies
      ADD COLUMN applies_to text NOT NULL DEFAULT 'default',
      ADD COLUMN replan_from timestamptz,
      ADD COLUMN replan_position uuid,
      ADD COLUMN replanned_at timestamptz,
      ADD CONSTRAINT reminder_policies_applies_to_check
        CHECK (applies_to IN ('default', 'simple', 'general', 'complex')),
      ADD CONSTRAINT reminder_policies_default_check
        CHECK (applies_to <> 'default' OR jsonb_array_length(rungs) > 0);
    UPDATE reminder_policies SET replanned_at = recorded_at;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE reminder_policies
      DROP CONSTRAINT reminder_policies_default_check,
      DROP CONSTRAINT reminder_policies_applies_to_check,
      DROP COLUMN replanned_at,
      DROP COLUMN replan_position,
      DROP COLUMN replan_from,
      DROP COLUMN applies_to;
    `);
  }
}
