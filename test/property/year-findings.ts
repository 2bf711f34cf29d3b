import { type PlainDelivery, type PlainReminder } from './plain-ladder.js';
import { type PlainYear, wordsOf } from './plain-year.js';
import type { YearWorld } from './year-world.js';

/** By what it is about, such as `case2 handle 1 overdue v1 → bureau1.head4 sms`: what became of it, in words. */
type Findings = Map<string, string>;

/** Clock runs by number: assignments, closure requests, co-handlers and reports or returns, of each case or problem. */
const RUNS = `
WITH sources AS (
  SELECT id, coalesce(problem_id, case_id) AS subject_id, ARRAY['sign', 'handle'] AS clocks FROM assignments
   UNION ALL
  SELECT h.id, coalesce(a.problem_id, a.case_id), ARRAY['co_handle']
    FROM co_handlers h JOIN assignments a ON a.id = h.assignment_id
   UNION ALL
  SELECT q.id, coalesce(a.problem_id, a.case_id), ARRAY['verify']
    FROM closure_requests q JOIN assignments a ON a.id = q.assignment_id
   UNION ALL
  SELECT id, subject_id, ARRAY['assign'] FROM case_events WHERE type IN ('reported', 'returned')
), runs AS (
  SELECT id, subject_id, unnest(clocks) AS clock,
         row_number() OVER (PARTITION BY subject_id, clocks ORDER BY id) AS n
    FROM sources
)`;

const REMINDERS = `${RUNS}
SELECT r.subject_id AS "subjectId", r.clock, runs.n::int, r.rung, r.deadline_version AS version, r.state,
       r.recorded_at AS "recordedAt"
  FROM reminders r
  LEFT JOIN runs ON runs.id = r.clock_run_id AND runs.clock = r.clock AND runs.subject_id = r.subject_id`;

const DELIVERIES = `${RUNS}
SELECT r.subject_id AS "subjectId", r.clock, runs.n::int, r.rung, r.deadline_version AS version, d.official_id AS "recipientId",
       d.channel, d.status, d.queued_at AS "recordedAt", d.sent_at AS "sentAt", d.message_id AS "messageId",
       concat_ws(' ', d.reason, m.gateway_text) AS trouble
  FROM deliveries d
  LEFT JOIN messages m ON m.id = d.message_id
  JOIN reminders r ON r.id = d.reminder_id
  LEFT JOIN runs ON runs.id = r.clock_run_id AND runs.clock = r.clock AND runs.subject_id = r.subject_id`;

interface ReminderRow {
  subjectId: string;
  clock: string;
  n: number | null;
  rung: string;
  version: number;
  state: string;
  recordedAt: Date | null;
}

type DeliveryRow = Omit<ReminderRow, 'state' | 'recordedAt'> & {
  recipientId: string;
  channel: string;
  status: string;
  recordedAt: Date;
  sentAt: Date | null;
  messageId: string | null;
  trouble: string;
};

/** What the product has come to. */
export async function foundIn(world: YearWorld): Promise<Findings> {
  const names = world.names();
  const keyOf = ({ subjectId, clock, n, rung, version }: Omit<ReminderRow, 'state' | 'recordedAt'>): string =>
    `${names.get(subjectId)} ${clock} ${n} ${rung} v${version}`;
  const found: Findings = new Map();
  for (const row of await world.world.query<ReminderRow>(REMINDERS)) {
    found.set(keyOf(row), reminderWords(row.state, row.recordedAt?.getTime() ?? null));
  }
  const deliveries = await world.world.query<DeliveryRow>(DELIVERIES);
  const told = deliveries.map((row) => ({
    ...row,
    key: `${keyOf(row)} → ${names.get(row.recipientId)} ${row.channel}`,
    status: statusOf(row),
    recordedAt: row.recordedAt.getTime(),
    sentAt: row.sentAt?.getTime() ?? null,
    message: row.messageId,
  }));
  return withDeliveries(found, told);
}

/** Sending goes well here; where it did not, the gateway's words tell why. */
function statusOf({ status, trouble }: DeliveryRow): string {
  if (status === 'pending') return 'waiting';
  return status === 'failed' || status === 'unknown' ? `${status} (${trouble})` : status;
}

/** What would have come of it by the page. */
export function toldBy({ ladder }: PlainYear): Findings {
  const found: Findings = new Map();
  for (const reminder of ladder.reminders)
    found.set(nameOf(reminder), reminderWords(reminder.state, reminder.recordedAt));
  return withDeliveries(
    found,
    ladder.deliveries.map((one) => ({ ...one, key: keyOfDelivery(one) })),
  );
}

const nameOf = ({ run, rung, version }: PlainReminder): string => `${run.id} ${rung.name} v${version}`;
const keyOfDelivery = ({ reminder, recipient, channel }: PlainDelivery): string =>
  `${nameOf(reminder)} → ${recipient} ${channel}`;

const reminderWords = (state: string, recordedAt: number | null): string =>
  recordedAt === null ? state : `${state} ${wordsOf(recordedAt)}`;

interface Told {
  key: string;
  status: string;
  recordedAt: number;
  sentAt: number | null;
  message: unknown;
}

/** Of what was sent, a message is named by the first delivery that it carried. */
function withDeliveries(found: Findings, deliveries: readonly Told[]): Findings {
  const firsts = new Map<unknown, string>();
  for (const { key, status, message } of deliveries) {
    const first = firsts.get(message);
    if (status === 'sent' && (first === undefined || key < first)) firsts.set(message, key);
  }
  for (const { key, status, recordedAt, sentAt, message } of deliveries) {
    const sent = sentAt === null ? '' : ` ${wordsOf(sentAt)} with ${firsts.get(message)}`;
    if (found.has(key)) throw new Error(`twice: ${key}`);
    found.set(key, `recorded ${wordsOf(recordedAt)}, ${status}${sent}`);
  }
  return found;
}

/** Where the two do not say the same, in words; empty where they agree. */
export function differences(product: Findings, page: Findings): string[] {
  const keys = [...new Set([...product.keys(), ...page.keys()])].toSorted();
  return keys.flatMap((key) => {
    const [is, ought] = [product.get(key), page.get(key)];
    return is === ought ? [] : [`${key}: is ${is ?? 'not there'}; ought to be ${ought ?? 'not there'}`];
  });
}
