import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is paired as an official, or at one tier, may be paired as a leader or at another as well: each is a duty of its own. */
export class LetOneBePairedForEachDuty1795425700000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX pairings_live_key;
    DROP INDEX pairings_live_project_key;
    CREATE UNIQUE INDEX pairings_live_key ON pairings (enterprise_id, official_id, duty, tier) WHERE to_on IS NULL;
    CREATE UNIQUE INDEX pairings_live_project_key ON pairings (project_id, official_id, duty, tier) WHERE to_on IS NULL;
    `);
  }

  /** The narrower keys have room for one duty of a person: the one that has lasted longest. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DELETE FROM pairings p USING pairings q
     WHERE q.official_id = p.official_id AND q.to_on IS NULL AND p.to_on IS NULL
       AND (q.enterprise_id = p.enterprise_id OR q.project_id = p.project_id)
       AND (q.from_on, q.id) < (p.from_on, p.id);
    DROP INDEX pairings_live_key;
    DROP INDEX pairings_live_project_key;
    CREATE UNIQUE INDEX pairings_live_key ON pairings (enterprise_id, official_id) WHERE to_on IS NULL;
    CREATE UNIQUE INDEX pairings_live_project_key ON pairings (project_id, official_id) WHERE to_on IS NULL;
    `);
  }
}
