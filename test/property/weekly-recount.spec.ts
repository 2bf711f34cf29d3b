import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { type Answered, COLUMNS, commonTotal, differences } from './weekly/compare-tables.js';
import { ALL_TABLES } from './weekly/plain-groups.js';
import type { PlainPeriod } from './weekly/plain-periods.js';
import { PlainRecount } from './weekly/plain-weekly.js';
import { drawn } from './weekly/weekly-draw.js';
import { asked, type Question, questions } from './weekly/weekly-questions.js';
import { type Asking, WeeklyWorld } from './weekly/weekly-world.js';

/** The same ledger at every run; WEEKLY_SEED gives another, WEEKLY_RUNS more of them, WEEKLY_PATH the one that a failure named. */
const SEED = Number(process.env['WEEKLY_SEED'] ?? 20_211_101);
const LEDGERS = Number(process.env['WEEKLY_RUNS'] ?? 1);
const PATH = process.env['WEEKLY_PATH'];
/** Cases, and problems without one, of a ledger; about as many problems of cases come with them. */
const CHAINS = Number(process.env['WEEKLY_CHAINS'] ?? 200);
/** Looks for a smaller ledger that goes wrong, which takes its time. */
const IS_SHRINKING = process.env['WEEKLY_SHRINK'] !== undefined;
const PATIENCE_MS = LEDGERS * 400_000;
const MOST_SHOWN = 20;

/** What has been written up to a moment is asked for, and then more is written. */
const MOMENTS = ['2021-10-11T00:00', '2021-10-29T18:00', '2021-11-08T00:00', '2021-12-20T09:00'].map((text) =>
  Date.parse(`${text}:00+08:00`),
);

describe(`tables of random ledgers, seed ${SEED}`, () => {
  /** Columns in which something was counted. */
  const met = new Set<string>();

  it(
    'equal a plain, slow recount in every cell',
    async () => {
      const ledger = drawn({ min: IS_SHRINKING ? 1 : CHAINS, max: CHAINS });
      const at = fc.tuple(...MOMENTS.map(() => questions));
      const { failed, counterexamplePath, errorInstance } = await fc.check(
        fc.asyncProperty(ledger, at, async (one, questionsAt) => {
          const world = await WeeklyWorld.open(one);
          try {
            await live(world, questionsAt);
          } finally {
            await world.close();
          }
        }),
        {
          seed: SEED,
          numRuns: LEDGERS,
          endOnFailure: !IS_SHRINKING,
          ...(PATH === undefined ? {} : { path: PATH }),
        },
      );
      if (failed)
        throw new Error(`WEEKLY_SEED=${SEED} WEEKLY_PATH=${counterexamplePath}`, { cause: errorInstance });
      // A ledger in which little happens shows little.
      expect(COLUMNS.filter((name) => name !== 'rank' && name !== 'rankChange' && !met.has(name))).toEqual(
        [],
      );
    },
    PATIENCE_MS,
  );

  async function live(world: WeeklyWorld, questionsAt: readonly Question[][]): Promise<void> {
    const told = new Map<string, string>();
    for (const [place, now] of MOMENTS.entries()) {
      const ask = await world.comeTo(now);
      for (const [path, text] of told) expect({ path, text: await ask(path) }).toEqual({ path, text });
      const ledger = await world.ledger.read();
      const learnt = [...new Set(ledger.events.map(({ known }) => known))].toSorted(
        (one, other) => one - other,
      );
      const found: string[] = [];
      for (const question of questionsAt[place] ?? []) {
        const { period, asOf } = asked(question, learnt, now);
        found.push(...(await compared(ask, period, asOf, new PlainRecount(ledger, asOf), told)));
      }
      expect({ found: found.slice(0, MOST_SHOWN), of: found.length }).toEqual({ found: [], of: 0 });
    }
  }

  /** Each table of a period, by whatever it can be cut; one of them will be asked for again. */
  async function compared(
    ask: Asking,
    period: PlainPeriod,
    asOf: number,
    recount: PlainRecount,
    told: Map<string, string>,
  ): Promise<string[]> {
    const found: string[] = [];
    const totals = { case: new Set<string>(), problem: new Set<string>() };
    for (const { subject, by } of ALL_TABLES) {
      const path = pathOf(period, subject, by, asOf);
      const text = await ask(path);
      if (by === 'leadDepartment') told.set(path, text);
      const table: Answered = JSON.parse(text);
      totals[subject].add(JSON.stringify(commonTotal(table)));
      for (const name of COLUMNS) if (Number(table.total[name]) > 0) met.add(name);
      const all = differences(subject, table, recount.table(subject, by, period));
      found.push(...all.map((one) => `${path} ${one}`));
    }
    for (const all of Object.values(totals))
      if (all.size > 1) found.push(`${period.name}: other totals, ${[...all].join(' and ')}`);
    return found;
  }
});

const pathOf = ({ name }: PlainPeriod, subject: string, by: string, asOf: number): string => {
  const known = encodeURIComponent(new Date(asOf).toISOString());
  const route = /^\d{4}-W\d\d$/.test(name) ? 'weekly' : 'periods';
  return `/statistics/${route}/${name}?subject=${subject}&by=${by}&asOf=${known}`;
};
