import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { MIGRATIONS } from '../../migrations/index.js';
import { WriteToEnterprises1795700600000 } from '../../migrations/1795700600000-write-to-enterprises.js';
import { SealTelephoneNumbers1795426400000 as Sealing } from '../../migrations/1795426400000-seal-telephone-numbers.js';
import { sealStoredNumbers } from '../../src/commands/seal-stored-numbers.js';
import { ENTITIES } from '../../src/entities.js';
import { ENTERPRISE_PHONE } from '../../src/enterprises/enterprise-phone.js';
import { OFFICIAL_MOBILE } from '../../src/organization/official-mobile.js';
import { dataSourceOptions } from '../../src/platform/database/data-source-options.js';
import { Reader } from '../../src/platform/database/reader.js';
import { CheckSeals } from '../../src/platform/personal-data/check-seals.js';
import { sealPlain } from '../../src/platform/personal-data/reseal.js';
import type { Query } from '../../src/platform/personal-data/stored-seals.js';
import { ALL_SEALED_COLUMNS } from '../../src/sealed-columns.js';
import { testPersonalData } from '../support/personal-data.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const PEOPLE = 1_500;
const LANDLINE = '09153219876';
const numberOf = (place: number): string => `1991234${String(place).padStart(4, '0')}`;

describe('a database with numbers from before they were sealed', () => {
  const personalData = testPersonalData();
  let database: TestDatabase;
  let owner: DataSource;
  let query: Query;
  const ids = Array.from({ length: PEOPLE }, () => uuidv7());

  beforeAll(async () => {
    database = await createTestDatabase();
    await undoSealing();
    owner = new DataSource(dataSourceOptions(database.ownerUrl, 2, ENTITIES));
    await owner.initialize();
    query = (sql, parameters) => owner.query(sql, parameters);
    await owner.query(
      `INSERT INTO officials (id, department_id, name, post, duty, mobile)
       SELECT p.id, d.id, '干部' || place, '干部', 'handler',
              CASE place WHEN 1 THEN $2 WHEN 2 THEN NULL ELSE '1991234' || lpad((place - 1)::text, 4, '0') END
         FROM unnest($1::uuid[]) WITH ORDINALITY AS p (id, place), departments d WHERE d.is_task_force`,
      [ids, LANDLINE],
    );
    await owner.query(
      `INSERT INTO enterprises (id, name, credit_code, reporting_unit_id, contact_phone)
       SELECT $1, '安康示例水泥有限公司', '91610900MA70000000', id, $2 FROM reporting_units WHERE code = '610902'`,
      [uuidv7(), LANDLINE],
    );
    await migrate();
  });
  afterAll(async () => {
    await owner.destroy();
    await database.drop();
  });

  async function withMigrations(
    count: number,
    work: (dataSource: DataSource) => Promise<unknown>,
  ): Promise<void> {
    const dataSource = new DataSource({
      ...dataSourceOptions(database.ownerUrl, 1, ENTITIES),
      migrations: MIGRATIONS.slice(0, count),
      migrationsTableName: 'schema_migrations',
    });
    await dataSource.initialize();
    await work(dataSource);
    await dataSource.destroy();
  }

  async function undoSealing(): Promise<void> {
    await undo(Sealing);
  }
  async function undo(migration: (typeof MIGRATIONS)[number]): Promise<void> {
    const before = MIGRATIONS.indexOf(migration);
    for (let known = MIGRATIONS.length; known > before; known -= 1)
      await withMigrations(known, (dataSource) => dataSource.undoLastMigration({ transaction: 'each' }));
  }
  const migrate = (): Promise<void> =>
    withMigrations(MIGRATIONS.length, (dataSource) => dataSource.runMigrations({ transaction: 'each' }));

  const plainRows = async (): Promise<number> => {
    const [row] = await owner.query<{ count: number }[]>(
      `SELECT count(*)::int FROM officials WHERE mobile_sealed !~ ':'`,
    );
    return row?.count ?? 0;
  };
  const check = (): Promise<void> =>
    new CheckSeals(new Reader(owner), personalData, ALL_SEALED_COLUMNS).onModuleInit();
  /** What the file of a table holds, dead rows and all. */
  const fileHolds = async (table: string, text: string): Promise<boolean> => {
    await owner.query('CHECKPOINT');
    const [row] = await owner.query<{ found: boolean }[]>(
      `SELECT position($2::text::bytea in pg_read_binary_file(pg_relation_filepath($1))) > 0 AS found`,
      [table, text],
    );
    return row?.found ?? false;
  };

  it('takes no further plain number, and lets no product start before they are sealed', async () => {
    expect(await plainRows()).toBe(PEOPLE - 1);
    const write = owner.query(`UPDATE officials SET mobile_sealed = '19900000000' WHERE id = $1`, [ids[1]]);
    // check_violation
    await expect(write).rejects.toMatchObject({ code: '23514' });
    await expect(check()).rejects.toThrow('officials.mobile_sealed holds numbers that are not sealed yet');
    expect(await fileHolds('officials', numberOf(5))).toBe(true);
  });

  it('broken off in the middle, the sealing is gone on with, and harmless again', async () => {
    let statements = 0;
    const breaksOff: Query = (sql, parameters) => {
      if (sql.includes('UPDATE') && (statements += 1) > 1) throw new Error('killed');
      return query(sql, parameters);
    };
    await expect(sealPlain(breaksOff, personalData, OFFICIAL_MOBILE)).rejects.toThrow('killed');
    expect(await plainRows()).toBe(PEOPLE - 1 - 1_000);
    expect(await sealStoredNumbers(database.ownerUrl, personalData)).toEqual([
      { table: 'officials', rows: PEOPLE - 1 - 1_000 },
      { table: 'enterprises', rows: 1 },
    ]);
    expect(await sealStoredNumbers(database.ownerUrl, personalData)).toEqual([]);
    await check();
  });

  it('has them all, sealed each in its row, mobiles told from landlines, and none in its files', async () => {
    const rows = await owner.query<
      { id: string; sealed: string | null; key: Buffer | null; is_mobile: boolean }[]
    >('SELECT id, mobile_sealed AS sealed, mobile_search_key AS key, is_mobile FROM officials ORDER BY id');
    const opened = rows.map(({ id, sealed }) =>
      sealed === null ? null : personalData.open(sealed, OFFICIAL_MOBILE, id),
    );
    expect(opened).toEqual(ids.map((_, at) => [LANDLINE, null][at] ?? (at === 1 ? null : numberOf(at))));
    expect(rows.map((row) => row.is_mobile)).toEqual(ids.map((_, at) => at > 1));
    expect(rows[5]?.key).toEqual(personalData.searchKey(numberOf(5), OFFICIAL_MOBILE));
    for (const number of [numberOf(5), numberOf(1_400), LANDLINE])
      for (const table of ['officials', 'enterprises', 'officials_mobile_seal_idx'])
        expect([number, table, await fileHolds(table, number)]).toEqual([number, table, false]);
    const [constraint] = await owner.query(
      `SELECT convalidated FROM pg_constraint WHERE conname = 'officials_mobile_sealed_check'`,
    );
    expect(constraint).toEqual({ convalidated: true });
  });

  it('tells mobiles from landlines also where they were sealed when the migration was undone', async () => {
    await undoSealing();
    await migrate();
    await sealStoredNumbers(database.ownerUrl, personalData);
    const rows = await owner.query<{ is_mobile: boolean }[]>('SELECT is_mobile FROM officials ORDER BY id');
    expect(rows.map((row) => row.is_mobile)).toEqual(ids.map((_, at) => at > 1));
  });

  it('tells which contacts of enterprises can be written to by SMS, though they were sealed before anybody asked', async () => {
    const id = uuidv7();
    const [sealed, key] = personalData.columns('19912340001', ENTERPRISE_PHONE, id);
    await owner.query(
      `INSERT INTO enterprises (id, name, credit_code, reporting_unit_id, contact_phone_sealed, contact_phone_search_key)
       SELECT $1, '安康示例茶业有限公司', '91610900MA70000001', id, $2, $3 FROM reporting_units WHERE code = '610902'`,
      [id, sealed, key],
    );
    await undo(WriteToEnterprises1795700600000);
    await migrate();
    const told = async (): Promise<unknown[]> =>
      (
        await owner.query<{ told: unknown }[]>(
          'SELECT contact_is_mobile AS told FROM enterprises ORDER BY id',
        )
      ).map((row) => row.told);
    expect(await told()).toEqual([null, null]);
    await sealStoredNumbers(database.ownerUrl, personalData);
    expect(await told()).toEqual([false, true]);
  });
});
