import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lists of reminders in one state, newest first: what is rare would else be sought through all of them. */
export class IndexRemindersByState1795425610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX reminders_state_idx ON reminders (state, id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX reminders_state_idx');
  }
}
