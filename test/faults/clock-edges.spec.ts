import { describe, expect } from '@jest/globals';
import { FirstTimeTrouble } from './channel-faults.js';
import { YEAR_END } from './due-reminders.js';
import { brokenOf, inWords, report, SENDING } from './outcomes.js';
import { patiently } from './patiently.js';
import { eachRound } from './rounds.js';
import { sendingInvariants } from './sending-invariants.js';
import { Stage } from './stage.js';
import { brokenWeek } from './weekly-recount.js';
import { WriteBurst } from './write-burst.js';
import { brokenWrites } from './written-cases.js';

const CASES = 30;
const ENTERPRISES = 30;
const MOST_WRITES = 60;
const MOST_MESSAGES = 40;
/** So long before an edge the clocks are set, and then pass it by themselves. */
const BEFORE_MS = 400;
/** Less than an access token lasts. */
const SIGNED_IN_MS = 300_000;
const LAST_OF_2021 = '2021-W52';
const FIRST_OF_2022 = '2022-W01';

const at = (text: string): Date => new Date(`${text}+08:00`);

describe('clocks that pass an edge', () => {
  eachRound('clock-edges, sending', async ({ name, random }) => {
    const stage = await Stage.open({ season: YEAR_END });
    try {
      const startedAt = performance.now();
      const worker = await stage.startWorker();
      const trouble = new FirstTimeTrouble();
      worker.receivers.misbehave(trouble.mail, trouble.sms);
      await worker.child.url;
      await stage.due.add(CASES, random);
      await stage.ring();
      // Each is refused the first time: some come again before 21:00, the others not.
      await stage.arrivals(random.between(1, MOST_MESSAGES));
      await stage.moveTo(new Date(at('2021-12-31T21:00:00').getTime() - BEFORE_MS));
      await patiently('21:00', async () => stage.now() > at('2021-12-31T21:00:00'));
      await patiently('what was on its way', () => stage.isAtRest());
      const byEvening = stage.arrived;

      await stage.due.add(CASES, random);
      for (const edge of ['2021-12-31T24:00:00', '2022-01-03T10:00:00', '2022-01-04T08:00:00']) {
        await stage.moveTo(new Date(at(edge).getTime() - BEFORE_MS));
        await patiently('the edge', async () => stage.now() > at(edge));
        await stage.lookedAgain(worker);
      }
      const meanwhile = stage.arrived - byEvening;
      await stage.moveTo(new Date(at('2022-01-04T09:00:00').getTime() - BEFORE_MS));
      await patiently('09:00', async () => stage.now() > at('2022-01-04T09:00:00'));
      await stage.ring();
      await stage.quiet();
      const { statuses, broken } = await sendingInvariants(stage);
      report({
        round: name,
        fault:
          'clocks pass 21:00 of 31 December while messages wait, midnight, a holiday, 08:00 and 09:00 of 4 January',
        kills: 0,
        tookMs: performance.now() - startedAt,
        outcome: `${byEvening} messages by 21:00, ${meanwhile} until 09:00, ${stage.arrived - byEvening} after; ${inWords(statuses)}`,
        looked: SENDING,
        broken,
      });
      expect(broken).toEqual({});
      expect(meanwhile).toBe(0);
    } finally {
      await stage.close();
    }
  });

  eachRound('clock-edges, writing', async ({ name, random }) => {
    const stage = await Stage.open({ season: YEAR_END });
    try {
      const burst = await WriteBurst.prepare(stage, 0);
      const api = stage.startApi();
      const url = await api.url;
      const startedAt = performance.now();
      for (const edge of ['2022-01-01T00:00:00', '2022-01-03T00:00:00']) {
        const moment = at(edge);
        await burst.add(ENTERPRISES);
        await stage.moveTo(new Date(moment.getTime() - SIGNED_IN_MS));
        await burst.signIn(url);
        let left = random.between(3, MOST_WRITES);
        const moves: Promise<void>[] = [];
        await burst.run(url, () => {
          left -= 1;
          if (left === 0) moves.push(stage.moveTo(new Date(moment.getTime() - BEFORE_MS)));
        });
        await Promise.all(moves);
        await patiently('the edge', async () => stage.now() > moment);
      }
      await burst.signIn(url);
      const I6 = [
        ...(await brokenWeek(stage, burst.reads(url), LAST_OF_2021)),
        ...(await brokenWeek(stage, burst.reads(url), FIRST_OF_2022)),
      ];
      const I5 = [
        ...(await brokenWrites(stage.database.dataSource, burst.answered)),
        ...burst.refused,
        ...(await burst.unfinished()),
        ...(await misnumbered(stage)),
      ];
      const broken = brokenOf({ I5, I6 });
      report({
        round: name,
        fault: 'clocks pass midnight of 1 January, then of a Monday, with 8 writers',
        kills: 0,
        tookMs: performance.now() - startedAt,
        outcome: `${burst.answered.length} writes answered; numbers, weeks and chains in order`,
        looked: ['I5', 'I6'],
        broken,
      });
      expect(broken).toEqual({});
    } finally {
      await stage.close();
    }
  });
});

/** A number names the year of the report, by the office's clock. */
async function misnumbered(stage: Stage): Promise<string[]> {
  const rows = await stage.world.query<{ number: string; year: string }>(
    `SELECT payload ->> 'number' AS number, to_char(effective_at AT TIME ZONE 'Asia/Shanghai', 'YYYY') AS year
       FROM case_events WHERE type = 'reported'`,
  );
  const numbers = new Set(rows.map(({ number }) => number));
  return [
    ...rows
      .filter(({ number, year }) => number.split('-')[1] !== year)
      .map(({ number, year }) => `${number} was reported in ${year}`),
    ...(numbers.size === rows.length ? [] : ['a number was given twice']),
  ];
}
