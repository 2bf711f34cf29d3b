import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { lookupOf } from '../../src/cases/fragment-search.js';
import type { SubjectKind } from '../../src/cases/lifecycle/states.js';
import { Reader } from '../../src/platform/database/reader.js';
import { asOwner } from '../support/as-owner.js';
import { ListWorld } from '../support/list-world.js';
import { Statements } from '../support/statements.js';

interface Found {
  items: Array<{ id: string; number: string; enterprise: { name: string } }>;
  nextCursor: string | null;
  total: number;
}

const ENTERPRISES = 10_000;
/** Each has two cases and as many problems. */
const SUBJECTS = 2 * ENTERPRISES;

/** Copies of one row with other values. */
const copies = (table: string, count: number, values: string): string =>
  `INSERT INTO ${table} SELECT (jsonb_populate_record(original, jsonb_build_object(${values}))).*
     FROM ${table} original, generate_series(1, ${count}) n;`;
/** As a hash, so that it looks like a random one; the same at every run. */
const id = (of: string, n = 'n'): string => `md5('${of}' || ${n})::uuid`;
const ofEnterprise = `'enterprise_id', ${id('enterprise', `((n + 1) / 2)`)}, 'id'`;

describe('search by a fragment', () => {
  let world: ListWorld;
  let statements: Statements;

  beforeAll(async () => {
    world = await ListWorld.open();
    statements = Statements.of(world.app.app);
    const { id: caseId } = await world.reportCase((await world.make.enterprise()).id);
    const problem = world.item({});
    await world.office.post(`/cases/${caseId}/problems`, problem);
    // 安康fa0镁矿业有限公司: the middle is rare, the end is everybody's.
    await asOwner(
      world.app.database,
      `${copies(
        'enterprises',
        ENTERPRISES,
        `'id', ${id('enterprise')}, 'credit_code', '91' || upper(substr(md5(n::text), 1, 16)),
         'name', '安康' || to_hex(n) || CASE WHEN n % 2000 = 0 THEN '镁矿业' ELSE '' END || '有限公司'`,
      )}
       ${copies('cases', SUBJECTS, `${ofEnterprise}, ${id('case')}, 'number', 'AK-2020-' || lpad(n::text, 6, '0'), 'status', 'terminated'`)}
       ${copies('problems', SUBJECTS, `${ofEnterprise}, ${id('problem')}, 'number', 'P-2020-' || lpad(n::text, 6, '0'), 'status', 'terminated'`)}`,
    );
    // As autovacuum leaves it: what was just added stands in no order yet, and the plans are made for that.
    await asOwner(world.app.database, 'VACUUM ANALYZE');
  });
  afterAll(() => world.app.close());

  const list = async (kind: SubjectKind, q: string, more = ''): Promise<Found> => {
    const path = `/${kind}s?limit=200&count=exact&q=${encodeURIComponent(q)}${more}`;
    return (await world.office.get<Found>(path)).body;
  };
  const plan = async (sql: string, parameters: readonly unknown[]): Promise<string> => {
    const lines = await world.app.app
      .get(Reader)
      .query<{ 'QUERY PLAN': string }>(`EXPLAIN ${sql}`, parameters);
    return lines.map((line) => line['QUERY PLAN']).join('\n');
  };
  /** By reading every row. */
  const truth = async (kind: SubjectKind, q: string): Promise<string[]> => {
    const rows = await world.app.database.dataSource.query<Array<{ number: string }>>(
      `SELECT s.number FROM ${kind}s s JOIN enterprises e ON e.id = s.enterprise_id
        WHERE position(lower($1) IN lower(e.name)) > 0 OR (length($1) > 2 AND
              (position(lower($1) IN lower(s.number)) > 0 OR position(lower($1) IN lower(e.credit_code)) > 0))
        ORDER BY s.number`,
      [q],
    );
    return rows.map(({ number }) => number);
  };

  const RARE = [
    ['a number', '020-01234'],
    ['a credit code', 'c81e728d9d4'],
    ['a name', '镁矿业有'],
    ['two characters', '镁矿'],
    ['one character', '镁'],
    ['two letters', 'ZQ'],
    ['what nothing has', '不存在的企业'],
    ['signs alone', '（）—'],
    ['signs of a pattern', '%_%'],
    ['the end of a year', '20-0399'],
  ] as const;

  describe.each(['case', 'problem'] as const)('of a %s', (kind) => {
    it.each(RARE)('looks %s up by the indexes: %s', async (_what, q) => {
      const { sql, parameters } = lookupOf(kind, q);
      const told = await plan(sql, parameters);
      // There are a few hundred projects at most.
      expect(told).not.toMatch(/Seq Scan on (?!projects)/);
      expect(told).toMatch(/enterprises_name_(trgm|fragments)/);
      if (/^[\w-]{3,}$/.test(q) && !q.includes('_')) {
        expect(told).toMatch(new RegExp(`${kind}s_number_trgm`));
        expect(told).toMatch(/enterprises_credit_code_trgm/);
      }
    });

    it.each([...RARE, ['every number', '-2020-'], ['half a hundred', '00f']] as const)(
      'finds exactly what has %s: %s',
      async (_what, q) => {
        const expected = await truth(kind, q);
        const found = await list(kind, q, '&sort=number');
        expect(found.total).toBe(expected.length);
        expect(found.items.map(({ number }) => number)).toEqual(expected.slice(0, 200));
      },
    );

    it.each(['有限公司', '公司', '司', '-2020-'])(
      'reads no more than it needs of what is common: %s',
      async (q) => {
        const path = `/${kind}s?q=${encodeURIComponent(q)}`;
        const sent = await statements.during(async () => {
          expect((await world.office.get<Found>(path)).body.items).toHaveLength(25);
        });
        const page = sent.find(({ sql }) => sql.includes('WITH page'));
        const measured = await world.app.app
          .get(Reader)
          .query(`EXPLAIN (ANALYZE, FORMAT JSON) ${page?.sql}`, page?.parameters);
        const rows = [...JSON.stringify(measured).matchAll(/"Actual Rows":([\d.]+)/g)].map(([, count]) =>
          Number(count),
        );
        expect(rows.length).toBeGreaterThan(1);
        expect(Math.max(...rows)).toBeLessThan(100);
      },
    );
  });

  it('keeps to the scope, however rare the fragment', async () => {
    const other = await world.claimant('市商务局');
    const { status, body } = await other.client.get<Found>(`/cases?q=${encodeURIComponent('镁矿')}`);
    expect([status, body.items]).toEqual([200, []]);
  });
});
