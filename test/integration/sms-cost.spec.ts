import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import {
  CLAIM_CAPPED_MESSAGES,
  RECORD_OUTCOMES,
  RELEASE_MESSAGES,
} from '../../src/notifications/message-statements.js';
import { FIND_EARLY_RECEIPTS, TAKE_RECEIPT } from '../../src/notifications/receipts/receipt-statements.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Numbers, each with an SMS that waits, one that was sent, and so many slots of today. */
const STORED = 4_000;
const SLOTS = 5;
const AT_ONCE = 40;
/** Tables as small as these may be read through once, but not once for each. */
const ONCE = SLOTS * STORED;
const NOW = new Date('2021-11-08T01:00:00Z');
const LATER = new Date('2021-11-08T01:00:12Z');
const TODAY = '2021-11-08';

let database: TestDatabase;
const query = <Row>(sql: string, parameters: unknown[] = []): Promise<Row[]> =>
  database.dataSource.query<Row[]>(sql, parameters);

beforeAll(async () => {
  database = await createTestDatabase();
  await query(
    `INSERT INTO officials (id, department_id, name, post, duty, is_active, mobile_sealed, mobile_search_key, is_mobile)
     SELECT uuidv7(), d.id, '承办' || n, '干部', 'handler', true, 'aes-256-gcm:k:' || n, decode(md5(n::text), 'hex'), true
       FROM departments d CROSS JOIN generate_series(1, $1::int) n WHERE d.is_task_force`,
    [STORED],
  );
  await query(
    `INSERT INTO messages (id, official_id, channel, status, next_attempt_at, queued_at, gateway_id)
     SELECT uuidv7(), o.id, 'sms', status, $1, $1, CASE status WHEN 'sent' THEN o.name END
       FROM officials o CROSS JOIN unnest(ARRAY['pending', 'sent']) status WHERE o.is_mobile`,
    [NOW],
  );
  await query(
    `INSERT INTO deliveries (id, reminder_id, official_id, channel, message_id, status, queued_at)
     SELECT uuidv7(), uuidv7(), official_id, 'sms', id, status, queued_at FROM messages`,
  );
  await query(
    `INSERT INTO sms_slots (on_day, number_key, slot, message_id)
     SELECT $1, o.mobile_search_key, slot, uuidv7() FROM officials o CROSS JOIN generate_series(1, $2::int) slot
      WHERE o.is_mobile`,
    [TODAY, SLOTS],
  );
  await query(
    `INSERT INTO early_receipts (id, gateway_id, status, code, text, received_at)
     SELECT uuidv7(), 'other ' || n, 'failed', '', '', $1 FROM generate_series(1, 50) n`,
    [NOW],
  );
});
afterAll(() => database.drop());

interface Step {
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Rows Removed by Join Filter'?: number;
  Plans?: Step[];
}

/** The most rows that a step of the statement, as it is run, gives or passes over. */
async function most(sql: string, parameters: unknown[]): Promise<number> {
  const [row] = await query<{ 'QUERY PLAN': Array<{ Plan: Step }> }>(
    `EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`,
    parameters,
  );
  const rowsOf = (step: Step): number[] => [
    step['Actual Loops'] *
      (step['Actual Rows'] +
        (step['Rows Removed by Filter'] ?? 0) +
        (step['Rows Removed by Join Filter'] ?? 0)),
    ...(step.Plans ?? []).flatMap(rowsOf),
  ];
  return Math.max(...(row?.['QUERY PLAN'] ?? []).flatMap(({ Plan }) => rowsOf(Plan)));
}

it.each(['new', 'analysed'])(
  'what is claimed, recorded and matched costs what it is, not what is stored (%s tables)',
  async (tables) => {
    if (tables === 'analysed') await query('ANALYZE');
    const claim = ['sms', NOW, AT_ONCE, LATER, false, null, 20_000, 6, TODAY, LATER];
    expect(await most(CLAIM_CAPPED_MESSAGES, claim)).toBeLessThanOrEqual(ONCE);
    const claimed = await query<{ id: string; fence: number }>(
      `SELECT id, fence FROM messages WHERE status = 'sending'`,
    );
    expect(claimed).toHaveLength(AT_ONCE);
    const [ids, fences] = [claimed.map(({ id }) => id), claimed.map(({ fence }) => fence)];
    const [given, back] = [ids.slice(0, AT_ONCE / 2), ids.slice(AT_ONCE / 2)];
    const each = (value: string | null): Array<string | null> => given.map(() => value);
    const texts = [each('x'), each('x'), each('x')];
    const outcomes = [NOW, given, fences.slice(0, given.length), each('failed'), each(null), ...texts];
    expect(await most(RECORD_OUTCOMES, outcomes)).toBeLessThanOrEqual(ONCE);
    const release = [back, fences.slice(given.length), NOW, 10];
    expect(await most(RELEASE_MESSAGES, release)).toBeLessThanOrEqual(ONCE);
    expect(await query('SELECT FROM sms_slots')).toHaveLength(STORED * SLOTS);

    expect(await most(FIND_EARLY_RECEIPTS, [500])).toBeLessThan(STORED);
    const receipt = [null, '承办1', 'delivered', '', '', NOW, NOW, uuidv7()];
    expect(await most(TAKE_RECEIPT, receipt)).toBeLessThanOrEqual(ONCE);
  },
);
