import type { MissingFacts } from '../missing.js';
import type { ProductionMilestone, RuleFacts } from '../statuses.js';

/** A turn of a milestone, as its facts have it; figures stand in the order of the months. */
export type TurnFacts = {
  months: string[];
  outputs: Array<number | null>;
  outputBaseline: number | null;
  baselineSource: 'given' | 'mean' | null;
  days?: Array<number | null>;
  electricities?: Array<number | null>;
  electricityBaseline?: number | null;
};

export type RelapseFacts = {
  months: string[];
  outputs: number[];
  outputBaseline: number;
  baselineSource: 'given' | 'mean';
  below: number;
};

/** How findings are told in one language. */
export interface ProductionTexts {
  rules: { [Rule in keyof RuleFacts]: (facts: RuleFacts[Rule]) => string };
  missing: { [What in keyof MissingFacts]: (facts: MissingFacts[What]) => string };
  turn: (milestone: ProductionMilestone, turn: 'reached' | 'lost', facts: TurnFacts) => string;
  relapse: (facts: RelapseFacts) => string;
}
