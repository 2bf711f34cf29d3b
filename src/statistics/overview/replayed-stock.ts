import { type LightMarks, lightOf, type LitSubject } from '../../cases/deadlines/light.js';
import { isLate, isOverdue } from '../../cases/deadlines/overdue.js';
import type { CaseEventType } from '../../cases/case-events.js';
import type { SizeClass } from '../../enterprises/size-class.js';
import type { SubjectEvent } from '../table/history.js';
import { applyEvent, type Standing, unreported } from '../table/standing.js';
import type { StockRow } from './stock.js';

/** Events after which a case is not silent. */
const PROGRESS: ReadonlySet<CaseEventType> = new Set([
  'assigned',
  'claimed',
  'reassigned',
  'acknowledged',
  'note_added',
  'visit_recorded',
  'sent_back',
  'resumed',
  'reopened',
]);
const OPENING: ReadonlySet<CaseEventType> = new Set(['reported', 'reopened']);

/** A case as it was known at a moment. */
export interface ReplayedCase {
  /** In order. */
  events: readonly SubjectEvent[];
  sizeClass: SizeClass | null;
}

/**
 * How a case stood at the moment of the marks, from its events; `undefined` before its report, and where it left
 * without ever having come on the books.
 */
export function replayedStock(
  { events, sizeClass }: ReplayedCase,
  marks: LightMarks,
  dateOf: (instant: Date) => string,
): StockRow | undefined {
  const standing = unreported();
  let opened = 0;
  let progressed: number | null = null;
  let assignBy: string | null = null;
  let isGone = false;
  for (const event of events) {
    applyEvent(standing, event);
    const { type, effectiveAt: at } = event;
    if (OPENING.has(type)) opened = at;
    if (PROGRESS.has(type)) progressed = at;
    if (type === 'returned') progressed = null;
    if (type === 'reported' || type === 'returned') ({ assignBy } = event.payload);
    isGone ||= type === 'rejected' || type === 'terminated';
  }
  const rest = { sizeClass, departmentId: null, openedOn: null, light: null, isOverdue: false, count: 1 };
  if (standing.reported === null) return undefined;
  if (standing.left !== null)
    return { ...rest, standing: standing.left === 'resolved' ? 'resolved' : 'gone' };
  if (!standing.isOnBooks) return isGone ? undefined : { ...rest, standing: 'waiting' };
  const lit = litOf(standing, progressed, assignBy);
  return {
    ...rest,
    standing: 'live',
    departmentId: standing.departmentId,
    openedOn: dateOf(new Date(opened)),
    light: lightOf(lit, marks),
    isOverdue: isOverdue({ ...lit, now: marks.now }),
  };
}

function litOf(standing: Standing, progressed: number | null, assignBy: string | null): LitSubject {
  const { clock } = standing;
  const progressedAt = progressed === null ? null : new Date(progressed);
  const none = { dueAt: null, stoppedAt: null, isLateWhenStopped: false };
  if (clock === 'none')
    return { ...none, status: 'reported', assignBy: new Date(assignBy ?? ''), progressedAt };
  const dueAt = new Date(standing.dueAt);
  if (clock === 'running') return { ...none, status: 'in_progress', dueAt, assignBy: null, progressedAt };
  const stoppedAt = new Date(standing.stoppedAt);
  return {
    status: clock,
    dueAt,
    stoppedAt,
    isLateWhenStopped: isLate(dueAt, stoppedAt),
    assignBy: null,
    progressedAt,
  };
}
