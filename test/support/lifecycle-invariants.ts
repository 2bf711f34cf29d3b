import { type HashedEvent, eventHash } from '../../src/cases/event-hash.js';
import { camelRow } from '../../src/platform/database/rows.js';
import type { LifecycleWorld } from './lifecycle-world.js';
import { replay, type Replayed } from './replay.js';

/** A case or problem as its row and its assignment in force say it is. */
export interface Found {
  id: string;
  kind: string;
  status: string;
  dueAt: Date | null;
  stoppedAt: Date | null;
  leadDepartmentId: string | null;
  reviewOn: string | null;
  outcome: string | null;
  returnCount: number;
  reopenCount: number;
  version: number;
  lastSequence: number;
  lastHash: Buffer | null;
  caseId: string | null;
  problemsOpen: number | null;
  problemsTotal: number | null;
  liveAssignments: string[];
  deadlineVersion: number | null;
  assignmentDueAt: Date | null;
  coHandlers: string[];
}

type StoredEvent = HashedEvent & { hash: Buffer };

const LIVE = new Set(['reported', 'assigned', 'in_progress', 'verifying', 'on_hold']);
/** The states that ask for someone answerable. */
const ANSWERED_FOR = new Set(['assigned', 'in_progress', 'verifying', 'on_hold']);

const COLUMNS = `s.id, s.status, s.due_at, s.stopped_at, s.lead_department_id, s.review_on, s.outcome, s.return_count,
  s.reopen_count, s.version, s.last_sequence, s.last_hash`;
const dependents = (column: string): string => `
  (SELECT coalesce(array_agg(a.id::text), '{}') FROM assignments a WHERE a.${column} = s.id AND a.ended_at IS NULL) AS live_assignments,
  (SELECT a.deadline_version FROM assignments a WHERE a.${column} = s.id AND a.ended_at IS NULL) AS deadline_version,
  (SELECT a.due_at FROM assignments a WHERE a.${column} = s.id AND a.ended_at IS NULL) AS assignment_due_at,
  (SELECT coalesce(array_agg(h.id::text), '{}') FROM co_handlers h JOIN assignments a ON a.id = h.assignment_id
    WHERE a.${column} = s.id AND a.ended_at IS NULL AND h.opinion_at IS NULL) AS co_handlers`;

/** Every case and problem there is. */
export async function findAll(world: LifecycleWorld): Promise<Map<string, Found>> {
  const rows = await world.query(
    `SELECT 'case' AS kind, ${COLUMNS}, NULL::uuid AS case_id, s.problems_open, s.problems_total, ${dependents('case_id')}
       FROM cases s
     UNION ALL
     SELECT 'problem', ${COLUMNS}, s.case_id, NULL, NULL, ${dependents('problem_id')} FROM problems s`,
  );
  return new Map(rows.map((row) => camelRow<Found>(row)).map((found) => [found.id, found]));
}

/** What does not hold of the cases and problems, in words; nothing when all does. */
export async function brokenInvariants(world: LifecycleWorld, all: Map<string, Found>): Promise<string[]> {
  const rows = await world.query('SELECT * FROM case_events ORDER BY chain_id, sequence');
  const events = rows.map((row) => camelRow<StoredEvent>(row));
  const stories = grouped(events, ({ subjectId }) => subjectId);
  const faults = [...brokenChains(events, all)];
  const clocks: string[] = [];
  for (const found of all.values()) {
    const story = stories.get(found.id) ?? [];
    const name = `${found.kind} ${found.id} (${story.map(({ type }) => type).join(' ')})`;
    try {
      const told = replay(story);
      faults.push(...differences(told, found).map((fault) => `${name}: ${fault}`));
      clocks.push(...clocksOf(told, found));
    } catch (error) {
      faults.push(`${name}: ${String(error)}`);
    }
    const disordered = story.some(
      (event, at) => event.effectiveAt < (story[at - 1]?.effectiveAt ?? new Date(0)),
    );
    if (disordered) faults.push(`${name}: an event before the one before it`);
    if (found.kind === 'case') faults.push(...wrongCounts(found, all).map((fault) => `${name}: ${fault}`));
  }
  return [...faults, ...(await wrongReminders(world, clocks))];
}

function differences(told: Replayed, found: Found): string[] {
  const isStopped = found.status === 'verifying' || found.status === 'on_hold';
  const expected = {
    kind: told.kind,
    status: told.status,
    dueAt: told.dueAt,
    deadlineVersion: told.deadlineVersion,
    leadDepartmentId: told.leadDepartmentId,
    reviewOn: told.reviewOn,
    outcome: told.outcome,
    returnCount: told.returnCount,
    reopenCount: told.reopenCount,
    liveAssignments: ANSWERED_FOR.has(told.status) ? told.assignmentId : '',
    assignmentDueAt: told.dueAt,
    isStopped,
  };
  const actual: Record<keyof typeof expected, unknown> = {
    ...found,
    dueAt: found.dueAt?.toISOString() ?? null,
    assignmentDueAt: found.assignmentDueAt?.toISOString() ?? null,
    liveAssignments: found.liveAssignments.join(' '),
    isStopped: found.stoppedAt !== null,
  };
  return Object.entries(expected)
    .filter(([key, value]) => actual[key as keyof typeof expected] !== value)
    .map(
      ([key, value]) => `${key} is ${String(actual[key as keyof typeof expected])}, told ${String(value)}`,
    );
}

function wrongCounts(owner: Found, all: Map<string, Found>): string[] {
  const problems = [...all.values()].filter(({ caseId }) => caseId === owner.id);
  const live = problems.filter(({ status }) => LIVE.has(status));
  const faults: string[] = [];
  if (owner.problemsOpen !== live.length) faults.push(`${owner.problemsOpen} open, but ${live.length} live`);
  if (owner.problemsTotal !== problems.length)
    faults.push(`${owner.problemsTotal} of ${problems.length} problems`);
  if (!LIVE.has(owner.status) && live.length > 0) faults.push('live problems of a case that is not');
  return faults;
}

function brokenChains(events: readonly StoredEvent[], all: Map<string, Found>): string[] {
  const faults: string[] = [];
  for (const [chainId, chain] of grouped(events, ({ chainId }) => chainId)) {
    let previous: Buffer | null = null;
    for (const [place, { hash, ...event }] of chain.entries()) {
      previous = eventHash(previous, event);
      if (event.sequence !== place + 1) faults.push(`chain ${chainId}: ${event.sequence} at ${place + 1}`);
      if (!previous.equals(hash)) faults.push(`chain ${chainId}: wrong hash at ${event.sequence}`);
      if (event.recordedAt < event.effectiveAt) faults.push(`chain ${chainId}: known before it was`);
    }
    const owner = all.get(chainId);
    if (owner?.lastSequence !== chain.length)
      faults.push(`chain ${chainId}: its end is ${owner?.lastSequence}`);
    if (previous === null || owner?.lastHash?.equals(previous) !== true)
      faults.push(`chain ${chainId}: its end's hash`);
  }
  return faults;
}

/** The clocks that must run, as `clock run version`. */
function clocksOf(told: Replayed, found: Found): string[] {
  switch (told.status) {
    case 'reported':
      return [`assign ${told.assignRunId} 1`];
    case 'assigned':
      return [`sign ${told.assignmentId} 1`, ...handling(told, found)];
    case 'in_progress':
      return handling(told, found);
    case 'verifying':
      return [`verify ${told.closureRequestId} 1`];
    default:
      return [];
  }
}

const handling = (told: Replayed, found: Found): string[] => [
  `handle ${told.assignmentId} ${told.deadlineVersion}`,
  ...found.coHandlers.map((id) => `co_handle ${id} ${told.coHandlerVersions[id] ?? 1}`),
];

/** Rungs run on every clock that runs, and on none that does not. */
async function wrongReminders(world: LifecycleWorld, clocks: readonly string[]): Promise<string[]> {
  const rows = await world.query<{ clock: string }>(
    `SELECT DISTINCT clock || ' ' || clock_run_id || ' ' || deadline_version AS clock
       FROM reminders WHERE state = 'armed' OR is_running`,
  );
  const running = new Set(rows.map(({ clock }) => clock));
  const live = new Set(clocks);
  return [
    ...[...running]
      .filter((clock) => !live.has(clock))
      .map((clock) => `a reminder of the dead clock ${clock}`),
    ...[...live].filter((clock) => !running.has(clock)).map((clock) => `no reminder of the clock ${clock}`),
  ];
}

function grouped(
  events: readonly StoredEvent[],
  keyOf: (event: StoredEvent) => string,
): Map<string, StoredEvent[]> {
  const groups = new Map<string, StoredEvent[]>();
  for (const event of events) {
    const group = groups.get(keyOf(event));
    if (group === undefined) groups.set(keyOf(event), [event]);
    else group.push(event);
  }
  return groups;
}
