import type { ProductionStatus, RuleFacts, RuleName } from './statuses.js';

/** What a rule found, of one period. */
export type Finding = {
  [Rule in RuleName]: { status: ProductionStatus; rule: Rule; facts: RuleFacts[Rule] };
}[RuleName];

const IN_DISTRESS: ReadonlySet<ProductionStatus> = new Set([
  'stalled',
  'semi_stalled',
  'reduced_output',
  'suspected',
]);

export const isDistress = (status: ProductionStatus): boolean => IN_DISTRESS.has(status);
