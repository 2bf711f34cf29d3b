import type { CaseEventType } from '../case-events.js';

/** How the timeline is told in one language. */
export interface TimelineTexts {
  /**
   * A sentence for each type of event. `{hole}` stands for a fact; what stands in `[…]` is left out where one of its
   * holes is empty.
   */
  sentences: Record<CaseEventType, string>;
  /** Before the sentence of a problem of the case. */
  ofProblem: string;
  /** Who did it, where it was no person. */
  actors: { import: string; system: string };
  /** A portal that is a machine, by the name of its key. */
  portalOf: string;
  /** A person and the department for which they acted. */
  personOf: string;
  subjects: { case: string; problem: string };
  /** Names of the values of closed lists, by the fact that takes them. */
  words: Record<string, Record<string, string>>;
}
