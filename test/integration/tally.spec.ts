import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { insertEvents } from '../../src/cases/event-chain.js';
import { DepartmentRevision } from '../../src/organization/department-revision.entity.js';
import { Department } from '../../src/organization/department.entity.js';
import { ReportingUnit } from '../../src/organization/reporting-unit.entity.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { CatchUp } from '../../src/statistics/tally/catch-up.js';
import { FirstBuild, forgetLines } from '../../src/statistics/tally/first-build.js';
import { OfficeDays } from '../../src/statistics/tally/office-days.js';
import { readProgress } from '../../src/statistics/tally/progress.js';
import { VerifyTally } from '../../src/statistics/tally/verify-tally.js';
import { StatisticsService } from '../../src/statistics/statistics.service.js';
import { Story } from '../factories/weekly-story.js';
import { asOwner } from '../support/as-owner.js';
import { rowsOfStory } from '../support/entered-stories.js';
import { createTestApp, type TestApp } from '../support/test-app.js';
import { until } from '../support/until.js';

const BY_UNIT = { subject: 'case', by: 'reportingUnit' } as const;
const ids = { unit: '', department: uuidv7(), official: uuidv7() };
const office = new OfficeDays('Asia/Shanghai');

let world: TestApp;
let database: DataSource;
let catchUp: CatchUp;
let verify: VerifyTally;
let statistics: StatisticsService;

beforeAll(async () => {
  world = await createTestApp();
  database = world.database.dataSource;
  catchUp = world.app.get(CatchUp);
  verify = world.app.get(VerifyTally);
  statistics = world.app.get(StatisticsService);
  ids.unit = (await database.manager.findOneByOrFail(ReportingUnit, { code: '610902' })).id;
  const department = { name: '市工信局', code: null, level: 'city' } as const;
  await database.manager.insert(Department, { id: ids.department, ...department, reportingUnitId: null });
  await database.manager.insert(DepartmentRevision, {
    id: uuidv7(),
    departmentId: ids.department,
    ...department,
    effectiveAt: new Date('1900-01-01T00:00:00Z'),
    recordedAt: new Date(),
  });
});

afterAll(() => world.close());

const story = (): Story =>
  new Story(uuidv7(), uuidv7(), ids.unit)
    .reported('2021-10-08')
    .assigned('2021-10-20', { department: ids.department, dueAt: '2021-11-03T18:00' });

async function enter(told: Story, recordedAt = new Date(), from = 0): Promise<void> {
  const rows = rowsOfStory(told, { recordedAt, officialId: ids.official }).slice(from);
  await world.app.get(Transactions).run((tx) => insertEvents(tx, rows));
}

/** Everything but the numbers of rows. */
const lines = (): Promise<unknown[]> =>
  database.query(`SELECT to_jsonb(l) - 'id' AS line FROM tally_lines l ORDER BY to_jsonb(l) - 'id'`);
const cells = (): Promise<unknown[]> =>
  database.query(
    `SELECT c.* FROM tally_cells c WHERE ever_on_books <> 0 OR overdue <> 0 OR sign_fors <> 0
      ORDER BY subject_kind, cut_by, grain, at, grp`,
  );
/** A request may see what was recorded a moment ago a moment later, where other statements are under way. */
const upTo = (moment: Date): Promise<void> =>
  until(async () => {
    await catchUp.run();
    const { knownBefore } = await readProgress(database);
    return knownBefore !== null && knownBefore > moment;
  });
const isRight = async (): Promise<void> =>
  expect(await verify.run()).toMatchObject({ wrongChain: null, wrongCell: null });

describe('the tally', () => {
  it('kept step by step is the one that is made at once', async () => {
    const closed = story();
    await enter(closed);
    await upTo(new Date());
    closed.acknowledged('2021-10-21').requested('2021-11-02').resolved('2021-11-04');
    await enter(closed, new Date(), 2);
    await enter(story().held('2021-10-25'));
    await upTo(new Date());
    await isRight();
    const [kept, sums] = [await lines(), await cells()];
    expect(kept.length).toBeGreaterThan(8);
    await catchUp.rebuild();
    expect(await lines()).toEqual(kept);
    expect(await cells()).toEqual(sums);
    await isRight();
  });

  it('begun by a process that died is ended by the next', async () => {
    const [kept, sums] = [await lines(), await cells()];
    await database.transaction(forgetLines);
    await database.transaction(async (manager) => {
      const build = new FirstBuild(manager, office, 1);
      await build.go(await build.begin(await readProgress(manager), new Date()), false);
    });
    expect((await readProgress(database)).builtThrough).not.toBeNull();
    const refused = await statistics.table('2021-W44', BY_UNIT).catch((error: unknown) => error);
    expect(refused).toMatchObject({ status: 503, code: 'STATISTICS_CATCHING_UP', retryAfter: 10 });
    await catchUp.run();
    expect(await lines()).toEqual(kept);
    expect(await cells()).toEqual(sums);
  });

  it('of which a transaction fails is as it was', async () => {
    const kept = await lines();
    await enter(story());
    const halted = 'ALTER TABLE tally_progress ADD CONSTRAINT halted CHECK (changed_at IS NULL) NOT VALID';
    await asOwner(world.database, halted);
    await expect(upTo(new Date())).rejects.toThrow('halted');
    await asOwner(world.database, 'ALTER TABLE tally_progress DROP CONSTRAINT halted');
    expect(await lines()).toEqual(kept);
    await upTo(new Date());
    expect((await lines()).length).toBeGreaterThan(kept.length);
    await isRight();
  });

  it('is kept by many at once', async () => {
    for (let round = 0; round < 3; round += 1) await enter(story());
    const all = [catchUp.run(), catchUp.run(), statistics.table('2021-W44', BY_UNIT), catchUp.forRequest()];
    await Promise.all(all);
    await upTo(new Date());
    await isRight();
  });

  it('takes in what a clock that is behind recorded', async () => {
    await upTo(new Date());
    const before = await statistics.table('2021-W44', BY_UNIT);
    await enter(story(), new Date(Date.parse(before.asOf) - 5_000));
    await upTo(new Date());
    const { total } = await statistics.table('2021-W44', BY_UNIT);
    expect(total.cumulativeAssigned).toBe(before.total.cumulativeAssigned + 1);
    await isRight();
  });

  it('is not waited for where much was recorded', async () => {
    await enter(story());
    await until(async () => {
      const refused = await catchUp.run(0).catch((error: unknown) => error);
      return (refused as { code?: string }).code === 'STATISTICS_CATCHING_UP';
    });
  });

  it('moves with a department that changes its level, and an older moment stays as it was', async () => {
    await upTo(new Date());
    const cut = { subject: 'case', by: 'leadDepartment' } as const;
    const before = await statistics.table('2021-W44', cut);
    await database.manager.insert(DepartmentRevision, {
      id: uuidv7(),
      departmentId: ids.department,
      code: null,
      name: '市工信局',
      level: 'county',
      effectiveAt: new Date('2021-11-02T16:00:00Z'),
      recordedAt: new Date(),
    });
    await upTo(new Date());
    const after = await statistics.table('2021-W44', cut);
    const led = (table: typeof after, key: string) => table.rows.find((row) => row.key === key);
    expect(led(after, 'county_led')?.transferredIn).toBe(led(before, '市工信局')?.opening);
    expect(JSON.stringify(await statistics.table('2021-W44', cut, new Date(before.asOf)))).toBe(
      JSON.stringify(before),
    );
    await isRight();
  });
});

describe('verifying', () => {
  it('names the chain of a line that does not follow from events', async () => {
    const [line]: Array<{ id: string; chainId: string }> = await database.query(
      `SELECT id, chain_id AS "chainId" FROM tally_lines ORDER BY id LIMIT 1`,
    );
    await database.query('UPDATE tally_lines SET moved = 9 WHERE id = $1', [line?.id]);
    expect(await verify.run()).toMatchObject({ wrongChain: line?.chainId });
    await database.query('UPDATE tally_lines SET moved = 0 WHERE id = $1', [line?.id]);
    await isRight();
  });

  it('names the sum that is not that of its lines', async () => {
    const change = (by: number): Promise<unknown> =>
      database.query(
        `UPDATE tally_cells SET overdue = overdue + $1 WHERE grain = 'month' AND cut_by = 'official'`,
        [by],
      );
    await change(1);
    expect((await verify.run()).wrongCell).toMatch(/^case by official, month 20/);
    await change(-1);
    await isRight();
  });
});
