import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Judgements } from '../../src/production/judging/judgements.js';
import type { EnterpriseJudgement } from '../../src/production/judging/known-production.js';
import { ProductionWorld, year } from '../support/production-world.js';

let world: ProductionWorld;
let listen: ((judgements: readonly EnterpriseJudgement[]) => Promise<void>) | null = null;

beforeAll(async () => {
  world = await ProductionWorld.begin();
  world.world.app.get(Judgements).listen({ judged: async (_, judgements) => listen?.(judgements) });
});
beforeEach(() => {
  listen = null;
});
afterAll(() => world.close());

const brief = (rows: Awaited<ReturnType<ProductionWorld['states']>>): string[] =>
  rows.map(({ month, revision, status }) => `${month}/${revision} ${status}`);

describe('judging', () => {
  it('gives a revision to every month that depends on what was corrected, and to no other', async () => {
    const [mended, other] = [await world.make.enterprise(), await world.make.enterprise()];
    for (const { id } of [mended, other])
      await world.report(id, {
        ...year(2020, 100),
        '2021-01': 100,
        '2021-02': 100,
        '2021-03': 75,
        '2021-04': 75,
        '2021-05': 100,
      });
    expect(await world.judging.run()).toBe(2);
    const before = await world.states(mended.id);
    expect(brief(before).slice(11)).toEqual([
      '2021-02/1 normal',
      '2021-03/1 normal',
      '2021-04/1 reduced_output',
      '2021-05/1 reduced_output',
    ]);
    const heard: EnterpriseJudgement[] = [];
    listen = async (judgements) => void heard.push(...judgements);
    world.world.clock.set(new Date('2021-11-04T09:00:00+08:00'));
    await world.report(mended.id, { '2021-03': 100 }, 2);
    expect(await world.judging.run()).toBe(1);
    expect(brief((await world.states(mended.id)).slice(before.length))).toEqual([
      '2021-03/2 normal',
      '2021-04/2 normal',
      '2021-05/2 normal',
    ]);
    expect(heard.map(({ enterpriseId, changedMonths }) => [enterpriseId, changedMonths])).toEqual([
      [mended.id, ['2021-03', '2021-04', '2021-05']],
    ]);
    expect(await world.states(other.id)).toHaveLength(before.length);
  });

  it('appends nothing where nothing is another, however often it is asked', async () => {
    const { id } = await world.make.enterprise();
    await world.report(id, year(2020, 100));
    await world.judging.run();
    const before = await world.states(id);
    for (const revision of [2, 3]) await world.report(id, year(2020, 100), revision);
    expect(await world.judging.run()).toBe(1);
    expect(await world.states(id)).toEqual(before);
    expect(await world.waiting()).toBe(0);
  });

  it('judges again what is written while it is being judged', async () => {
    const { id } = await world.make.enterprise();
    await world.report(id, { '2021-09': 100 });
    listen = async () => {
      listen = null;
      // Another connection, while the transaction of the judge is open: nobody waits for anybody.
      await world.report(id, { '2021-10': 0 });
    };
    expect(await world.judging.run()).toBe(1);
    expect(brief(await world.states(id))).toEqual(['2021-09/1 normal']);
    expect(await world.waiting()).toBe(1);
    expect(await world.judging.run()).toBe(1);
    expect(brief(await world.states(id))).toEqual(['2021-09/1 normal', '2021-10/1 stalled']);
  });

  it('sees what was written, and is not yet committed, when it began', async () => {
    const { id } = await world.make.enterprise();
    await world.report(id, { '2021-09': 100 });
    let end = (): void => undefined;
    const held = new Promise<void>((resolve) => (end = resolve));
    let written = (): void => undefined;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const writing = world.report(id, { '2021-10': 0 }, 1, async () => {
      written();
      await held;
    });
    await isWritten;
    expect(await world.judging.run()).toBe(1);
    end();
    await writing;
    expect(await world.waiting()).toBe(1);
    await world.judging.run();
    expect(brief(await world.states(id))).toEqual(['2021-09/1 normal', '2021-10/1 stalled']);
  });

  it('by two workers at once, a few at a time, gives each month one first revision', async () => {
    const ids = [];
    for (let made = 0; made < 12; made += 1) {
      const { id } = await world.make.enterprise();
      await world.report(id, year(2021, made));
      await world.report(id, year(2021, made), 2);
      ids.push(id);
    }
    const [one, other] = await Promise.all([world.judging.run(3), world.judging.run(5)]);
    expect(one + other).toBe(12);
    for (const id of ids)
      expect((await world.states(id)).map(({ revision }) => revision)).toEqual(Array(11).fill(1));
  });

  it('leaves all waiting, and none of it written, where who listens fails; then one by one holds up none but that one', async () => {
    const [fine, broken] = [await world.make.enterprise(), await world.make.enterprise()];
    for (const { id } of [broken, fine]) await world.report(id, { '2021-10': 0 });
    listen = async (judgements) => {
      if (judgements.some(({ enterpriseId }) => enterpriseId === broken.id)) throw new Error('as if killed');
    };
    expect(await world.judging.run()).toBe(1);
    expect(await world.states(broken.id)).toEqual([]);
    expect(brief(await world.states(fine.id))).toEqual(['2021-10/1 stalled']);
    expect(await world.waiting()).toBe(1);
    listen = null;
    expect(await world.judging.run()).toBe(1);
    expect(brief(await world.states(broken.id))).toEqual(['2021-10/1 stalled']);
  });

  it('keeps every state for good', async () => {
    for (const change of ["UPDATE production_states SET status = 'normal'", 'DELETE FROM production_states'])
      await expect(world.world.dataSource.query(change)).rejects.toThrow();
  });

  it('takes the newest revision of the source that is most trusted, metric by metric', async () => {
    const { id } = await world.make.enterprise();
    await world.report(id, { '2021-09': 100, '2021-10': 100 });
    await world.figure(id, '2021-09', 'output_value', 'tax', 90);
    await world.figure(id, '2021-09', 'output_value', 'tax', 80, 2);
    await world.figure(id, '2021-09', 'electricity', 'enterprise', 7);
    await world.figure(id, '2021-09', 'electricity', 'grid', 5);
    await world.figure(id, '2021-10', 'output_value', 'site_check', 0);
    await world.figure(id, '2021-10', 'output_value', 'tax', 50);
    let series: unknown;
    listen = async ([judgement]) => void (series = judgement?.production.series);
    await world.judging.run();
    const known = { coversMonths: 1, productionDays: 20, capacityUtilisation: null, isReported: true };
    expect(series).toMatchObject([
      { ...known, month: '2021-09', outputValue: 80, electricity: 5 },
      { ...known, month: '2021-10', outputValue: 0, electricity: null },
    ]);
  });
});
