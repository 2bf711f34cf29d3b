import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { MIGRATIONS } from '../../migrations/index.js';
import { ENTITIES } from '../../src/entities.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

describe('migrations', () => {
  it('leave nothing for a generated one to do', async () => {
    await withMigrations(MIGRATIONS.length, async (dataSource) => {
      const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
      expect(upQueries.map(({ query }) => query)).toEqual([]);
    });
  });

  it('go down one by one, from a database that holds data, to nothing, and come up to the same', async () => {
    /** How the schema is with the first n migrations. */
    const schemas: string[][] = [];
    for (let applied = MIGRATIONS.length; applied > 0; applied -= 1) {
      await withMigrations(applied, async (dataSource) => {
        schemas[applied] = await schemaOf(dataSource);
        await dataSource.undoLastMigration({ transaction: 'each' });
      });
    }
    await withMigrations(0, async (dataSource) => {
      expect(await schemaOf(dataSource)).toEqual([]);
    });
    for (let applied = 1; applied <= MIGRATIONS.length; applied += 1) {
      await withMigrations(applied, async (dataSource) => {
        await dataSource.runMigrations({ transaction: 'each' });
        expect(await schemaOf(dataSource)).toEqual(schemas[applied]);
      });
    }
  });
});

/** As the owner, knowing the first so many migrations and no more. */
async function withMigrations(count: number, work: (dataSource: DataSource) => Promise<void>): Promise<void> {
  const dataSource = new DataSource({
    ...dataSourceOptions(database.ownerUrl, 1, ENTITIES),
    migrations: MIGRATIONS.slice(0, count),
    migrationsTableName: 'schema_migrations',
  });
  await dataSource.initialize();
  try {
    await work(dataSource);
  } finally {
    await dataSource.destroy();
  }
}

/** Whatever a migration can make, one line each, save what belongs to an extension and the list of migrations itself. */
async function schemaOf(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ line: string }[]>(`
    SELECT line FROM (
      SELECT concat_ws(' ', 'column', table_name, column_name, data_type, is_nullable, column_default)
        FROM information_schema.columns WHERE table_schema = 'public'
      UNION ALL SELECT concat_ws(' ', 'index', indexdef) FROM pg_indexes WHERE schemaname = 'public'
      UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND conrelid <> 0
      UNION ALL SELECT concat_ws(' ', 'relation', relkind, relname)
        FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(pg_trigger.oid))
        FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
       WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace
      UNION ALL SELECT concat_ws(' ', 'function', oid::regprocedure, md5(prosrc))
        FROM pg_proc WHERE pronamespace = 'public'::regnamespace
         AND NOT EXISTS (SELECT 1 FROM pg_depend WHERE objid = pg_proc.oid AND deptype = 'e')
      UNION ALL SELECT concat_ws(' ', 'type', typname)
        FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
    ) AS made (line)
    WHERE line NOT LIKE '%schema_migrations%'
    ORDER BY line`);
  return rows.map(({ line }) => line);
}
