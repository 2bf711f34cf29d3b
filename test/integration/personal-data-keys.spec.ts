import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { rotatePersonalData } from '../../src/commands/rotate-personal-data.js';
import { OFFICIAL_MOBILE } from '../../src/organization/official-mobile.js';
import { ConfigurationFaults } from '../../src/platform/config/app-config.js';
import { Reader } from '../../src/platform/database/reader.js';
import { CheckSeals } from '../../src/platform/personal-data/check-seals.js';
import type { PersonalData } from '../../src/platform/personal-data/personal-data.js';
import { reseal } from '../../src/platform/personal-data/reseal.js';
import type { Query } from '../../src/platform/personal-data/stored-seals.js';
import { ALL_SEALED_COLUMNS } from '../../src/sealed-columns.js';
import { RegisterFactory } from '../factories/register.js';
import { TEST_PERSONAL_DATA_KEYS as OLD, testPersonalData } from '../support/personal-data.js';
import { createTestApp, type TestApp } from '../support/test-app.js';

const NEW = `new:${'0b'.repeat(32)}`;
const BOTH = `${NEW},${OLD}`;
/** More than two statements' worth. */
const PEOPLE = 2_100;
const numberOf = (place: number): string => `1991234${String(place).padStart(4, '0')}`;

const checkSeals = (dataSource: DataSource, keys: string): Promise<void> =>
  new CheckSeals(new Reader(dataSource), testPersonalData(keys), ALL_SEALED_COLUMNS).onModuleInit();

describe('other keys, on a product that runs', () => {
  let world: TestApp;
  let dataSource: DataSource;
  let departmentId: string;
  let query: Query;
  const ids = Array.from({ length: PEOPLE }, () => uuidv7());

  beforeAll(async () => {
    world = await createTestApp({ environment: { PERSONAL_DATA_KEYS: BOTH, PERSONAL_DATA_SCHEME: 'sm4' } });
    ({ dataSource } = world.database);
    query = (sql, parameters) => dataSource.query(sql, parameters);
    ({ id: departmentId } = await new RegisterFactory(dataSource).department());
    await insertPeople(testPersonalData(OLD));
  });
  afterAll(() => world.close());

  async function insertPeople(personalData: PersonalData): Promise<void> {
    await dataSource.query(
      `INSERT INTO officials (id, department_id, name, post, duty, mobile_sealed, mobile_search_key, is_mobile)
       SELECT id, $1, '干部' || lpad(place::text, 4, '0'), '干部', 'handler', sealed, key, true
         FROM unnest($2::uuid[], $3::text[], $4::bytea[]) WITH ORDINALITY AS p (id, sealed, key, place)`,
      [
        departmentId,
        ids,
        ids.map((id, place) => personalData.sealed(numberOf(place), OFFICIAL_MOBILE, id)),
        ids.map((_, place) => personalData.searchKey(numberOf(place), OFFICIAL_MOBILE)),
      ],
    );
  }

  const seals = async (): Promise<Record<string, number>> => {
    const rows = await dataSource.query<{ seal: string; count: number }[]>(
      `SELECT substring(mobile_sealed FROM '^[^:]+:[^:]+') AS seal, count(*)::int FROM officials
        WHERE mobile_sealed IS NOT NULL GROUP BY 1 ORDER BY 1`,
    );
    return Object.fromEntries(rows.map(({ seal, count }) => [seal, count]));
  };

  it('what an earlier key sealed is read, and what is written anew is sealed by the first one', async () => {
    const office = await world.as('task_force');
    const { body } = await office.patch(
      `/officials/${ids[0]}`,
      { mobile: '19912349999' },
      { 'if-match': '"1"' },
    );
    expect(body).toMatchObject({ mobile: '199****9999' });
    expect(await seals()).toEqual({ 'aes-256-gcm:test': PEOPLE - 1, 'sm4:new': 1 });
    await office.patch(`/officials/${ids[0]}`, { mobile: numberOf(0) }, { 'if-match': '"2"' });
  });

  it('a rotation that is broken off leaves every row readable, and is gone on with', async () => {
    let statements = 0;
    const breaksOff: Query = (sql, parameters) => {
      if (sql.includes('UPDATE') && (statements += 1) > 1) throw new Error('killed');
      return query(sql, parameters);
    };
    await expect(reseal(breaksOff, testPersonalData(BOTH, 'sm4'), OFFICIAL_MOBILE)).rejects.toThrow('killed');
    expect(await seals()).toEqual({ 'aes-256-gcm:test': PEOPLE - 1001, 'sm4:new': 1001 });
    expect(await readAll()).toEqual(ids.map((_, place) => `199****${numberOf(place).slice(-4)}`));
  });

  /** Masked numbers of all, in order, and that the search finds the first and the last of them. */
  async function readAll(): Promise<string[]> {
    const office = await world.as('task_force');
    const masked: string[] = [];
    for (let cursor = ''; ;) {
      const { body } = await office.get<{ items: Array<{ mobile: string }>; nextCursor: string | null }>(
        `/officials?limit=200&department=${departmentId}${cursor}`,
      );
      masked.push(...body.items.map(({ mobile }) => mobile));
      if (body.nextCursor === null) break;
      cursor = `&cursor=${body.nextCursor}`;
    }
    for (const place of [0, PEOPLE - 1]) {
      const found = await office.get<{ items: unknown[] }>(`/officials?mobile=${numberOf(place)}`);
      expect(found.body.items).toMatchObject([{ id: ids[place] }]);
    }
    return masked;
  }

  it('a rotation beside readers and writers loses nothing and shows nothing wrong', async () => {
    const expected = ids.map((_, place) => `199****${numberOf(place).slice(-4)}`);
    const rotation = new AbortController();
    const reading = (async () => {
      let reads = 0;
      do {
        expect(await readAll()).toEqual(expected);
        reads += 1;
      } while (!rotation.signal.aborted);
      return reads;
    })();
    const office = await world.as('task_force');
    const last = ids.at(-1);
    const writing = office.patch(`/officials/${last}`, { post: '科长' }, { 'if-match': '"1"' });
    const done = await reseal(query, testPersonalData(BOTH, 'sm4'), OFFICIAL_MOBILE);
    rotation.abort();
    expect(await reading).toBeGreaterThan(0);
    expect((await writing).body).toMatchObject({ post: '科长', mobile: expected.at(-1) });
    expect(done.unreadable).toEqual([]);
    // The row that was written meanwhile counts for one of the two.
    expect(done.resealed).toBeGreaterThanOrEqual(PEOPLE - 1002);
    expect(await seals()).toEqual({ 'sm4:new': PEOPLE });
    expect(await readAll()).toEqual(expected);
  });

  it('then the earlier key can go, and the new one cannot', async () => {
    await checkSeals(dataSource, NEW);
    await expect(checkSeals(dataSource, OLD)).rejects.toThrow(
      'PERSONAL_DATA_KEYS lacks the key "new" that officials.mobile_sealed is sealed with',
    );
    // Another key by the same name is as bad as none.
    await expect(checkSeals(dataSource, `new:${'0c'.repeat(32)}`)).rejects.toBeInstanceOf(
      ConfigurationFaults,
    );
  });

  it('a number that is written between a rotation’s reading and its writing stays as it was written', async () => {
    const office = await world.as('task_force');
    const later = testPersonalData(`later:${'0e'.repeat(32)},${NEW}`);
    let isWritten = false;
    const overtaken: Query = async (sql, parameters) => {
      if (sql.includes('UPDATE') && !isWritten) {
        isWritten = true;
        const written = await office.patch(
          `/officials/${ids[1]}`,
          { mobile: '19912349999' },
          { 'if-match': '"1"' },
        );
        expect(written.status).toBe(200);
      }
      return query(sql, parameters);
    };
    expect(await reseal(overtaken, later, OFFICIAL_MOBILE)).toEqual({ resealed: PEOPLE, unreadable: [] });
    const [row] = await dataSource.query<{ sealed: string }[]>(
      'SELECT mobile_sealed AS sealed FROM officials WHERE id = $1',
      [ids[1]],
    );
    expect(later.open(row?.sealed ?? '', OFFICIAL_MOBILE, ids[1] ?? '')).toBe('19912349999');
    // As it was, for what comes next.
    await reseal(query, testPersonalData(`${NEW},later:${'0e'.repeat(32)}`, 'sm4'), OFFICIAL_MOBILE);
  });

  it('one row that was tampered with keeps nobody out, is left as it is and is named', async () => {
    const [broken, other] = ids;
    await dataSource.query(
      `UPDATE officials SET mobile_sealed = (SELECT mobile_sealed FROM officials WHERE id = $2) WHERE id = $1`,
      [broken, other],
    );
    await checkSeals(dataSource, NEW);
    const done = await reseal(query, testPersonalData(`next:${'0d'.repeat(32)},${NEW}`), OFFICIAL_MOBILE);
    expect(done).toEqual({ resealed: PEOPLE - 1, unreadable: [broken] });
    expect(await seals()).toEqual({ 'aes-256-gcm:next': PEOPLE - 1, 'sm4:new': 1 });
  });
});

describe('personal-data:rotate', () => {
  it('seals all under the first key, says how many, and is recorded; without a key that is needed it refuses', async () => {
    const world = await createTestApp();
    const { dataSource, url } = world.database;
    const make = new RegisterFactory(dataSource);
    const department = await make.department();
    for (let count = 0; count < 3; count += 1) await make.official(department);
    const settings = {
      DATABASE_URL: url,
      TOKEN_SECRET: 'only-for-tests-only-for-tests-only',
      FILES_DIR: '/nonexistent',
      LOG_LEVEL: 'silent',
    };
    const said: string[] = [];
    const stdout = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => said.push(String(text)) > 0);
    const before = process.env;
    try {
      process.env = { ...before, ...settings, PERSONAL_DATA_KEYS: NEW };
      await expect(rotatePersonalData()).rejects.toBeInstanceOf(ConfigurationFaults);
      process.env = { ...before, ...settings, PERSONAL_DATA_KEYS: BOTH };
      await rotatePersonalData();
    } finally {
      process.env = before;
      stdout.mockRestore();
    }
    expect(said).toEqual([
      'officials: 3 sealed anew with aes-256-gcm:new\n',
      'enterprises: 0 sealed anew with aes-256-gcm:new\n',
      'No stored number needs another key: PERSONAL_DATA_KEYS may hold the first one alone.\n',
    ]);
    const recorded = await dataSource.query(
      `SELECT actor_kind, payload FROM audit_events WHERE type = 'contact_keys_rotated'`,
    );
    const payload = { seal: 'aes-256-gcm:new', officials: 3, enterprises: 0, unreadable: 0 };
    expect(recorded).toEqual([{ actor_kind: 'system', payload }]);
    await world.close();
  });
});
