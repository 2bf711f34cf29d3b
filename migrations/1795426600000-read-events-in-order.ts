import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Events of one moment are many after an import: with their ids in the index they are read in order, a part at a time. */
export class ReadEventsInOrder1795426600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX case_events_recorded_idx;
    CREATE INDEX case_events_recorded_idx ON case_events (recorded_at, id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX case_events_recorded_idx;
    CREATE INDEX case_events_recorded_idx ON case_events (recorded_at);
    `);
  }
}
