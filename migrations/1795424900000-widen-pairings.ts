import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Pairing at three tiers, by leaders, units and officials. Those there are city leaders. */
export class WidenPairings1795424900000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    ALTER TABLE pairings
      ADD tier text NOT NULL DEFAULT 'city',
      ADD duty text NOT NULL DEFAULT 'leader',
      ADD department_id uuid,
      ALTER official_id DROP NOT NULL,
      ADD CONSTRAINT pairings_tier_check CHECK (tier IN ('city', 'county', 'town')),
      ADD CONSTRAINT pairings_duty_check CHECK (duty IN ('leader', 'unit', 'official')),
      ADD CONSTRAINT pairings_party_check CHECK (
        CASE WHEN duty = 'unit' THEN department_id IS NOT NULL AND official_id IS NULL
             ELSE official_id IS NOT NULL AND department_id IS NULL END),
      ADD CONSTRAINT pairings_department_id_fkey FOREIGN KEY (department_id) REFERENCES departments (id);
    CREATE UNIQUE INDEX pairings_live_unit_key ON pairings (enterprise_id, department_id) WHERE to_on IS NULL;
    `);
  }

  /** What only the wider table can say goes: left behind, it would read as a city leader. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DELETE FROM pairings WHERE duty <> 'leader' OR tier <> 'city';
    DROP INDEX pairings_live_unit_key;
    ALTER TABLE pairings
      DROP CONSTRAINT pairings_department_id_fkey,
      DROP CONSTRAINT pairings_party_check,
      DROP CONSTRAINT pairings_duty_check,
      DROP CONSTRAINT pairings_tier_check,
      ALTER official_id SET NOT NULL,
      DROP department_id,
      DROP duty,
      DROP tier;
    `);
  }
}
