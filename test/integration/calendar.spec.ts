import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CalendarService } from '../../src/calendar/calendar.service.js';
import { seedCalendar } from '../../src/calendar/seed-calendar.js';
import { announcedDays } from '../../src/calendar/state-council-calendar.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { Reader } from '../../src/platform/database/reader.js';
import { Transactions } from '../../src/platform/database/transactions.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** As the State Council might announce it: no year after 2026 is known yet. */
const YEAR_2027 = [
  { day: '2027-01-01', isWorking: false, name: '元旦' },
  { day: '2027-01-03', isWorking: true, name: '元旦' },
  { day: '2027-01-04', isWorking: false, name: '元旦' },
  { day: '2027-10-01', isWorking: false, name: '国庆节' },
];
const loadedAt = new Date('2026-11-20T02:00:00Z');

class StoppedClock extends Clock {
  constructor(private moment: Date) {
    super();
  }
  now(): Date {
    return this.moment;
  }
  advance(milliseconds: number): void {
    this.moment = new Date(this.moment.getTime() + milliseconds);
  }
}

let database: TestDatabase;
let transactions: Transactions;
let clock: StoppedClock;
let service: CalendarService;

beforeAll(async () => {
  database = await createTestDatabase();
  transactions = new Transactions(database.dataSource);
  clock = new StoppedClock(new Date('2026-11-23T02:00:00Z'));
  service = new CalendarService(new Reader(database.dataSource), clock);
});

afterAll(() => database.drop());

const countDays = async (): Promise<number> => {
  const [row] = await database.dataSource.query<{ count: number }[]>(
    'SELECT count(*)::int AS count FROM calendar_days',
  );
  return row?.count ?? 0;
};

describe('the calendar in PostgreSQL', () => {
  it('holds the announced days from the start, and seeding again changes nothing', async () => {
    expect(await countDays()).toBe(announcedDays().length);
    expect(await transactions.run((tx) => seedCalendar(tx, clock.now()))).toBe(0);
    expect(await countDays()).toBe(announcedDays().length);
  });

  it('was known before any week that is computed', async () => {
    const old = await service.asOf(new Date('2021-10-11T00:00:00+08:00'));
    expect(old.isWorkingDay('2021-10-09')).toBe(true);
    expect(old.add('2021-09-30', 5)).toBe('2021-10-13');
  });

  it('guesses past the confirmed year, and says so', async () => {
    const calendar = await service.current();
    expect(calendar.confirmedUntil).toBe('2026-12-31');
    expect(calendar.add('2026-12-25', 5)).toBe('2027-01-04');
    expect(calendar.isConfirmed('2027-01-04')).toBe(false);
  });

  describe('when the next year is loaded', () => {
    beforeAll(async () => {
      const added = await transactions.run((tx) => seedCalendar(tx, loadedAt, YEAR_2027));
      expect(added).toBe(YEAR_2027.length);
    });

    it('gives it to a reader that had read before, once its minute is over', async () => {
      expect((await service.current()).confirmedUntil).toBe('2026-12-31');
      clock.advance(60_001);
      // The call that finds it old asks for the new one and does not wait for it.
      await service.current();
      await expect(untilConfirmed('2027-12-31')).resolves.toBeUndefined();
      const calendar = await service.current();
      expect(calendar.add('2026-12-25', 5)).toBe('2027-01-03');
      expect(calendar.isConfirmed('2027-01-03')).toBe(true);
    });

    it('leaves what was known before it as it was', async () => {
      const before = await service.asOf(loadedAt);
      expect(before.confirmedUntil).toBe('2026-12-31');
      expect(before.add('2026-12-25', 5)).toBe('2027-01-04');
      const after = await service.asOf(new Date(loadedAt.getTime() + 1));
      expect(after.add('2026-12-25', 5)).toBe('2027-01-03');
    });

    it('keeps what the office has corrected, from the moment of the correction', async () => {
      const correctedAt = new Date('2026-12-01T00:00:00Z');
      await database.dataSource.query(
        'INSERT INTO calendar_days (day, recorded_at, is_working, name) VALUES ($1, $2, $3, NULL)',
        ['2027-01-03', correctedAt, false],
      );
      expect(
        await transactions.run((tx) => seedCalendar(tx, new Date('2026-12-02T00:00:00Z'), YEAR_2027)),
      ).toBe(0);
      expect((await service.reload()).isWorkingDay('2027-01-03')).toBe(false);
      expect((await service.asOf(correctedAt)).isWorkingDay('2027-01-03')).toBe(true);
    });
  });
});

async function untilConfirmed(until: string): Promise<void> {
  while ((await service.current()).confirmedUntil !== until)
    await new Promise((resolve) => setImmediate(resolve));
}
