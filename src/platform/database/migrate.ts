import { DataSource, type MixedList } from 'typeorm';
import { dataSourceOptions } from './data-source-options.js';
import { type Transaction, Transactions } from './transactions.js';

/** Tables that the application's role may read and add to, and nothing else. */
const APPEND_ONLY = [
  'case_events',
  'audit_events',
  'chain_anchors',
  'enterprise_revisions',
  'project_revisions',
  'project_stages',
  'production_milestones',
  'department_revisions',
  'official_revisions',
  'reporting_unit_revisions',
  'ratings',
  'production_figures',
  'production_unreported_months',
  'case_plans',
  'plan_measures',
  'visits',
  'instructions',
  'instruction_replies',
  'bulletin_policies',
  'production_policies',
  'production_states',
];
/** What of an issue of the bulletin may be changed: that it was withdrawn. */
const WITHDRAWAL = 'state, withdrawn_at, withdrawn_by, withdrawal_reason';
/** Derived from the events, and thrown away as a whole when they are to be made anew. */
const DERIVED = ['tally_lines', 'tally_cells'];
/** Any number, the same in every process: two migrations at once take turns. */
const MIGRATION_LOCK = 7_264_001;

export interface MigrationInput {
  ownerUrl: string;
  applicationUrl: string;
  entities: MixedList<Function>;
  migrations: MixedList<Function>;
  /** Reference data, written after the migrations; running it again changes nothing. */
  seed: (tx: Transaction) => Promise<void>;
}

export interface MigrationResult {
  applied: string[];
  /** Owner and application are one role, which could change events. */
  isRoleShared: boolean;
}

/** Brings the database up to date, grants the application's role its rights and writes the reference data. */
export async function migrate(input: MigrationInput): Promise<MigrationResult> {
  const dataSource = new DataSource({
    ...dataSourceOptions(input.ownerUrl, 2, input.entities),
    migrations: input.migrations,
    migrationsTableName: 'schema_migrations',
    extra: {},
  });
  await dataSource.initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    const isRoleShared = await grantRights(
      dataSource,
      decodeURIComponent(new URL(input.applicationUrl).username),
    );
    await new Transactions(dataSource).run(input.seed);
    return { applied: applied.map((migration) => migration.name), isRoleShared };
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    await lock.release();
    await dataSource.destroy();
  }
}

/** @returns whether both roles are one. */
async function grantRights(dataSource: DataSource, application: string): Promise<boolean> {
  const [owner] = await dataSource.query<{ name: string }[]>('SELECT current_user AS name');
  if (owner === undefined || application === '' || owner.name === application) return true;
  const role = `"${application.replaceAll('"', '""')}"`;
  await dataSource.query(`GRANT USAGE ON SCHEMA public TO ${role}`);
  await dataSource.query(`GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${role}`);
  await dataSource.query(`GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${role}`);
  await dataSource.query(`REVOKE UPDATE, DELETE, TRUNCATE ON ${APPEND_ONLY.join(', ')} FROM ${role}`);
  await dataSource.query(`REVOKE UPDATE, TRUNCATE ON bulletin_issues FROM ${role}`);
  await dataSource.query(`GRANT UPDATE (${WITHDRAWAL}) ON bulletin_issues TO ${role}`);
  await dataSource.query(`GRANT TRUNCATE ON ${DERIVED.join(', ')} TO ${role}`);
  await dataSource.query(`REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON schema_migrations FROM ${role}`);
  return false;
}
