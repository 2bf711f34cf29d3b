import { createHash } from 'node:crypto';
import { MIGRATIONS } from '../../migrations/index.js';
import { type StatedDay, WorkingCalendar } from '../../src/calendar/working-calendar.js';
import { ENTITIES } from '../../src/entities.js';
import type { Progress } from '../../src/local/launch.js';
import { OWNER_ROLE } from '../../src/local/postgres-roles.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { PersonalData } from '../../src/platform/personal-data/personal-data.js';
import { readSealingKeys } from '../../src/platform/personal-data/sealing-key.js';
import { seedReferenceData } from '../../src/reference-data.js';
import { makeDataSet } from '../data/make-data-set.js';
import { DATA_SET_VERSION, type DataSetPlan } from '../data/size.js';
import { type Servers, withClient } from './servers.js';

/** The same for every data set, so that its rows do not depend on when it was made. */
const SEEDED_AT = new Date('2020-01-01T00:00:00Z');

/** The database that holds a data set; made now unless an earlier run has made the very same. */
export async function ensureDataSet(
  servers: Servers,
  plan: DataSetPlan,
  progress: Progress,
): Promise<string> {
  const size = `bench_${plan.cases}_`;
  const name = size + fingerprintOf(plan);
  return withClient(servers.superuserUrl('postgres'), async (client) => {
    const known = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [size],
    );
    if (known.rows.some(({ datname }) => datname === name)) return name;
    const draft = `${size}draft`;
    await client.query(`DROP DATABASE IF EXISTS ${draft} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${draft} OWNER ${OWNER_ROLE}`);
    await progress.step(`data set of ${plan.cases} cases`, () => fill(servers, draft, plan, progress));
    await client.query(`ALTER DATABASE ${draft} RENAME TO ${name}`);
    for (const { datname } of known.rows)
      await client.query(`DROP DATABASE IF EXISTS ${datname} WITH (FORCE)`);
    return name;
  });
}

/** A copy of a data set to measure on; what is written to it is written to the copy alone. */
export async function copyDataSet(servers: Servers, dataSet: string, copy: string): Promise<void> {
  await withClient(servers.superuserUrl('postgres'), async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${copy} TEMPLATE ${dataSet} OWNER ${OWNER_ROLE}`);
  });
}

export async function dropCopy(servers: Servers, copy: string): Promise<void> {
  await withClient(servers.superuserUrl('postgres'), (client) =>
    client.query(`DROP DATABASE IF EXISTS ${copy} WITH (FORCE)`),
  );
}

async function fill(
  servers: Servers,
  database: string,
  plan: DataSetPlan,
  progress: Progress,
): Promise<void> {
  await migrate({
    ownerUrl: servers.ownerUrl(database),
    applicationUrl: servers.applicationUrl(database),
    entities: ENTITIES,
    migrations: MIGRATIONS,
    seed: (tx) => seedReferenceData(tx, SEEDED_AT),
  });
  await withClient(servers.ownerUrl(database), async (owner) => {
    const { rows } = await owner.query<StatedDay>(
      'SELECT day::text AS day, is_working AS "isWorking" FROM calendar_days',
    );
    await makeDataSet(owner, plan, WorkingCalendar.of(rows), personalDataOf(servers), (cases) =>
      progress.note(`  ${cases} of ${plan.cases} cases`),
    );
  });
}

/** Numbers are sealed as the product that is measured opens them. */
const personalDataOf = ({ secrets }: Servers): PersonalData =>
  new PersonalData({
    personalDataKeys: readSealingKeys(secrets.personalDataKeys) ?? [],
    personalDataScheme: 'aes-256-gcm',
  });

/** Changes with the schema and with the plan, so that an old data set never meets new code. */
function fingerprintOf(plan: DataSetPlan): string {
  const source = [
    ...MIGRATIONS.map(String),
    String(seedReferenceData),
    JSON.stringify(plan),
    DATA_SET_VERSION,
  ];
  return createHash('sha256').update(source.join('\n')).digest('hex').slice(0, 8);
}
