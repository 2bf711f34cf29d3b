import { MIGRATIONS } from '../../migrations/index.js';
import { ENTITIES } from '../entities.js';
import { SystemClock } from '../platform/clock/clock.js';
import { loadConfig } from '../platform/config/app-config.js';
import { migrate } from '../platform/database/migrate.js';
import { PersonalData } from '../platform/personal-data/personal-data.js';
import { seedReferenceData } from '../reference-data.js';
import { sealStoredNumbers } from './seal-stored-numbers.js';

export async function migrateDatabase(): Promise<void> {
  const config = loadConfig();
  const { applied, isRoleShared } = await migrate({
    ownerUrl: config.migrationDatabaseUrl,
    applicationUrl: config.databaseUrl,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    seed: (tx) => seedReferenceData(tx, new SystemClock().now()),
  });
  process.stdout.write(
    applied.length === 0 ? 'The database is up to date.\n' : `Applied: ${applied.join(', ')}\n`,
  );
  for (const { table, rows } of await sealStoredNumbers(
    config.migrationDatabaseUrl,
    new PersonalData(config),
  ))
    process.stdout.write(`Telephone numbers sealed in ${table}: ${rows}.\n`);
  if (isRoleShared) {
    process.stderr.write(
      'Warning: DATABASE_URL is the owner of the tables. Give the application a role of its own (and ' +
        'MIGRATION_DATABASE_URL the owner), so that it can never change events.\n',
    );
  }
}
