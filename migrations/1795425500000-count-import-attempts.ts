import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often an import was begun: a workbook that takes its worker down with it is not tried for ever. */
export class CountImportAttempts1795425500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE imports ADD attempts integer NOT NULL DEFAULT 0');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE imports DROP attempts');
  }
}
