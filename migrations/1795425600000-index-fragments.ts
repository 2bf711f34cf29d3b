import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a search by fragment looks up: numbers of problems by trigram, and names by what is too short for a trigram. */
export class IndexFragments1795425600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
    CREATE INDEX problems_number_trgm ON problems USING gin (number gin_trgm_ops);
    CREATE FUNCTION short_fragments(whole text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
      SELECT coalesce(array_agg(DISTINCT substr(lower(whole), at, long)), '{}')
        FROM generate_series(1, 2) AS long, generate_series(1, length(whole) - long + 1) AS at
    $$;
    CREATE INDEX enterprises_name_fragments ON enterprises USING gin (short_fragments(name));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
    DROP INDEX enterprises_name_fragments;
    DROP FUNCTION short_fragments(text);
    DROP INDEX problems_number_trgm;
    `);
  }
}
