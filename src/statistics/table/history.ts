import type { CaseEventPayloads, CaseEventType } from '../../cases/case-events.js';
import type { RatingValue } from '../../cases/rating.entity.js';
import type { Revision } from './timeline.js';

export interface EventOf<Type extends CaseEventType> extends Revision {
  id: string;
  type: Type;
  /** Place in its chain; decides between events of one moment. */
  sequence: number;
  payload: CaseEventPayloads[Type];
}

export type SubjectEvent = { [Type in CaseEventType]: EventOf<Type> }[CaseEventType];

export interface RatingGiven extends Revision {
  id: string;
  rating: RatingValue;
}

/** Everything that happened to one case or problem. */
export interface SubjectHistory {
  subjectId: string;
  events: SubjectEvent[];
  ratings: RatingGiven[];
}

/**
 * What was known at a moment, in the order in which it happened.
 * @param through what was recorded then or before
 */
export function knownThrough(history: SubjectHistory, through: number): SubjectHistory {
  return {
    subjectId: history.subjectId,
    events: history.events.filter((event) => event.recordedAt <= through).toSorted(inOrder),
    ratings: history.ratings
      .filter((rating) => rating.recordedAt <= through)
      .toSorted((one, other) => one.effectiveAt - other.effectiveAt || one.recordedAt - other.recordedAt),
  };
}

const inOrder = (one: SubjectEvent, other: SubjectEvent): number =>
  one.effectiveAt - other.effectiveAt || one.sequence - other.sequence;

/** The types of event that a table is made from. */
export const COUNTED_EVENTS = [
  'reported',
  'rejected',
  'assigned',
  'claimed',
  'acknowledged',
  'returned',
  'reassigned',
  'closure_requested',
  'resolved',
  'sent_back',
  'held',
  'resumed',
  'reopened',
  'terminated',
  'extension_approved',
  'deadline_recomputed',
  'handed_over',
  'corrected',
] as const satisfies readonly CaseEventType[];
