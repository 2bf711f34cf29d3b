import { brokenOf } from './outcomes.js';
import type { Stage } from './stage.js';

const FINAL: ReadonlySet<string> = new Set(['sent', 'delivered', 'failed', 'suppressed', 'unknown']);

export interface Sent {
  /** Deliveries by status. */
  statuses: Record<string, number>;
  /** What is broken, by invariant; empty when all hold. */
  broken: Record<string, string[]>;
}

interface DeliveryRow {
  id: string;
  /** `null`: it says something else than that a deadline is near or past. */
  line: string | null;
  status: string;
  messageStatus: string | null;
}

/** Looks at I1 to I4 once everything has quietened. */
export async function sendingInvariants(stage: Stage): Promise<Sent> {
  const rows = await stage.world.query<DeliveryRow>(
    `SELECT d.id, d.status, m.status AS "messageStatus",
            r.subject_id || ' ' || r.rung || ' ' || r.deadline_version || ' ' || d.official_id || ' ' || d.channel AS line
       FROM deliveries d LEFT JOIN reminders r ON r.id = d.reminder_id LEFT JOIN messages m ON m.id = d.message_id`,
  );
  const messages = await stage.world.query<{ id: string; status: string }>('SELECT id, status FROM messages');
  const broken = {
    I1: exactlyOnce(
      stage.due.expected(),
      rows.flatMap(({ line }) => (line === null ? [] : [line])),
    ),
    I2: rows
      .filter((row) => !hasEnded(row))
      .map(({ id, status, messageStatus }) => `${id} ${status} ${messageStatus}`),
    I3: arrivals(
      messages,
      stage.receivers.flatMap((receivers) => receivers.messageIds()),
      stage.undelivered,
    ),
    I4: afterClosing(stage, rows),
  };
  return {
    statuses: counted(rows.map(({ status }) => status)),
    broken: brokenOf(broken),
  };
}

/** I1: what is missing, unasked for, or there more than once. */
function exactlyOnce(expected: readonly string[], found: readonly string[]): string[] {
  const numbers = new Map(expected.map((line) => [line, 0]));
  for (const line of found) numbers.set(line, (numbers.get(line) ?? (expected.includes(line) ? 0 : 1)) + 1);
  return [...numbers].filter(([, number]) => number !== 1).map(([line, number]) => `${line}: ${number}`);
}

/** I2: a delivery ends with its message, unless it was written off before. */
const hasEnded = ({ status, messageStatus }: DeliveryRow): boolean =>
  FINAL.has(status) && (status === 'suppressed' || status === messageStatus);

/**
 * I3, and more than it: no id arrives twice, also not those whose fate is unknown; what is called sent has arrived, and
 * what is called failed or suppressed has not.
 */
function arrivals(
  messages: ReadonlyArray<{ id: string; status: string }>,
  ids: readonly string[],
  undelivered: ReadonlySet<string>,
): string[] {
  const numbers = counted(ids);
  const known = new Set(messages.map(({ id }) => id));
  const strangers = ids.filter((id) => !known.has(id)).map((id) => `${id} is no message`);
  const wrong = messages.filter(({ id, status }) => {
    const number = numbers[id] ?? 0;
    const hasArrived = status === 'sent' || status === 'delivered' || undelivered.has(id);
    return status === 'unknown' ? number > 1 : number !== (hasArrived ? 1 : 0);
  });
  return [...strangers, ...wrong.map(({ id, status }) => `${id} ${status}: ${numbers[id] ?? 0}`)];
}

/** I4: what nobody had claimed when its case was closed ends suppressed, and no word of it leaves. */
function afterClosing(stage: Stage, rows: readonly DeliveryRow[]): string[] {
  const statuses = new Map(rows.map(({ id, status }) => [id, status]));
  const texts = stage.receivers.flatMap((receivers) => receivers.texts()).join('\n');
  return stage.due.closings.flatMap(({ number, unclaimed, isWhollyUnclaimed }) => [
    ...unclaimed
      .filter((id) => statuses.get(id) !== 'suppressed')
      .map((id) => `${number} ${id} ${statuses.get(id)}`),
    ...(isWhollyUnclaimed && texts.includes(number) ? [`${number} was written about`] : []),
  ]);
}

function counted(items: readonly string[]): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const item of items) numbers[item] = (numbers[item] ?? 0) + 1;
  return numbers;
}
