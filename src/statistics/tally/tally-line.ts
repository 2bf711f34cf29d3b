import type { Outcome } from '../../cases/lifecycle/states.js';
import type { Dimensions } from '../table/dimensions.js';

/**
 * - `standing`: for as long as it stood in one state and one group; with `began` where that was an event which counts;
 * - `overdue`: for as long as it was late, or will be unless something happens before;
 * - `rated`: for as long as this rating of a closure was the last one;
 * - the others happen at one moment: `moved_out` of the groups that `moved` names and `moved_in` to their others,
 *   `sent_back`, `extended`, and `sign_for`, an assignment whose sign-for time fell then.
 */
export const LINE_KINDS = [
  'standing',
  'overdue',
  'rated',
  'moved_out',
  'moved_in',
  'sent_back',
  'extended',
  'sign_for',
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** What puts on the books or takes from them. */
export const BEGINNINGS = ['assigned', 'reopened', 'resolved', 'terminated'] as const;
export type Beginning = (typeof BEGINNINGS)[number];

/** The first five are on the books. */
export const LINE_STATES = [
  'assigned',
  'in_progress',
  'verifying',
  'on_hold',
  'returned',
  'resolved',
  'terminated',
] as const;
export type LineState = (typeof LINE_STATES)[number];

/** One thing of one case or problem that can be counted, dated both ways. Instants are milliseconds since 1970. */
export interface TallyLine {
  what: LineKind;
  began: Beginning | null;
  /** Of what stands, and of what is late. */
  state: LineState | null;
  /** Of what is resolved. */
  outcome: Outcome | null;
  /** Resolved: closed on time. Sign-for: signed in time. Rated: one of the upper three. */
  isGood: boolean | null;
  /** Of a closure: its handling time in working days. */
  days: number | null;
  /** Of what is late. */
  dueAt: number | null;
  /** Ways of cutting in which it moved, a bit each, see `BYS`; 0 for what is counted in all. */
  moved: number;
  /** The event, or of `rated` the rating, that it came from; `null` where attributes changed. */
  sourceId: string | null;
  dimensions: Dimensions;
  /** It holds at a moment when `from` < moment ≤ `to`; what happens at one moment happens at `from`. */
  from: number;
  to: number;
  /** It was known from after `recordedFrom`, with its end from after `endRecordedAt`, through `recordedUntil`. */
  recordedFrom: number;
  endRecordedAt: number;
  recordedUntil: number;
}
