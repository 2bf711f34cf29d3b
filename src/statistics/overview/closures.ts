import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { handlingDaysOf, type HoldOfDays } from '../../cases/deadlines/handling-time.js';
import type { CaseEventType } from '../../cases/case-events.js';
import type { SizeClass } from '../../enterprises/size-class.js';

/** What a closure's times are read from. */
export const TOLD = [
  'assigned',
  'claimed',
  'acknowledged',
  'note_added',
  'held',
  'resumed',
  'resolved',
  'reopened',
] as const satisfies readonly CaseEventType[];

/** An event before a closure: its type, its day and, of an assignment, its day 0. */
export type ToldEvent = readonly [type: (typeof TOLD)[number], on: string, dayZeroOn: string | null];

/** One closure of a case, with what was before it, in order. */
export interface ClosureRow {
  sizeClass: SizeClass | null;
  closedOn: string;
  /** The day of the request that was approved; `null` of an imported closure. */
  askedOn: string | null;
  story: readonly ToldEvent[];
}

/** 环节用时: what each hop of a closure took, in working days; `null` where one of its ends is not known. */
export interface ClosureTimes {
  /** Assigned → signed for. */
  signing: number | null;
  /** Signed for → first note of progress, of those before the closure was asked for. */
  firstNote: number | null;
  /** That note → closure asked for. */
  asking: number | null;
  /** Closure asked for → verified and struck off. */
  verifying: number | null;
  /** As the weekly table counts it; `null` where day 0 is not known. */
  handling: number | null;
}

const BEGINS: ReadonlySet<string> = new Set(['assigned', 'claimed', 'reopened']);
const SIGNS: ReadonlySet<string> = new Set(['acknowledged', 'claimed']);

/** From the first assignment since the report, or from the reopening. */
export function timesOf({ closedOn, askedOn, story }: ClosureRow, calendar: WorkingCalendar): ClosureTimes {
  const since = story.slice(story.findLastIndex(([type]) => type === 'resolved') + 1);
  const begins = since.findIndex(([type]) => BEGINS.has(type));
  const life = begins < 0 ? [] : since.slice(begins);
  const [, assignedOn = null, dayZeroOn = null] = life[0] ?? [];
  const signs = life.findIndex(([type]) => SIGNS.has(type));
  const signedOn = life[signs]?.[1] ?? null;
  const noted = life.slice(Math.max(signs, 0)).find(([type]) => type === 'note_added')?.[1] ?? null;
  const notedOn = signedOn !== null && noted !== null && noted <= (askedOn ?? closedOn) ? noted : null;
  const hop = (fromOn: string | null, toOn: string | null): number | null =>
    fromOn === null || toOn === null ? null : calendar.between(fromOn, toOn);
  return {
    signing: hop(assignedOn, signedOn),
    firstNote: hop(signedOn, notedOn),
    asking: hop(notedOn, askedOn),
    verifying: hop(askedOn, askedOn === null ? null : closedOn),
    handling: dayZeroOn === null ? null : handlingDaysOf(dayZeroOn, closedOn, holdsOf(life), calendar),
  };
}

function holdsOf(life: readonly ToldEvent[]): HoldOfDays[] {
  const holds: HoldOfDays[] = [];
  let heldOn: string | null = null;
  for (const [type, on] of life) {
    if (type === 'held') heldOn = on;
    if (type !== 'resumed' || heldOn === null) continue;
    holds.push({ fromOn: heldOn, toOn: on });
    heldOn = null;
  }
  return holds;
}
