import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an official is still to do by the plans of cases, for a handover and before leaving. */
export class IndexOpenMeasures1795425710000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      'CREATE INDEX plan_measures_official_idx ON plan_measures (official_id) WHERE done_on IS NULL',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX plan_measures_official_idx');
  }
}
