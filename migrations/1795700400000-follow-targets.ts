import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What net closures are read by. */
export class FollowTargets1795700400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE INDEX tally_lines_reopened_idx ON tally_lines (subject_kind, from_at) WHERE began = 'reopened';
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX tally_lines_reopened_idx;
    `);
  }
}
