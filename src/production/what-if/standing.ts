import type { CandidateKind } from '../detection/candidate-terms.js';
import { type CaseStanding, findingsOf, monthsBetween } from '../detection/findings.js';
import type { KnownProduction } from '../judging/known-production.js';
import type { PolicyInForce } from '../policies/production-policies.js';
import { judge, type JudgedMonth } from '../rules/judge.js';

/** How an enterprise would stand at a month by some parameters. */
export interface Standing {
  /** `null`: nothing is known of it by then. */
  judged: JudgedMonth | null;
  candidates: CandidateKind[];
}

/** @param asOf a month that is judged: not January. @param cases as they stood at its end */
export function standingAt(
  { series, stops }: KnownProduction,
  asOf: string,
  cases: CaseStanding,
  { parameters, version }: PolicyInForce,
): Standing {
  const known = series.filter(({ month }) => month <= asOf);
  const months = judge(known, stops, asOf, parameters);
  const findings = findingsOf({ months, policyVersion: version }, cases, null);
  const isFresh = (month: string): boolean => monthsBetween(month, asOf) <= parameters.candidateFreshMonths;
  return {
    judged: months.at(-1) ?? null,
    candidates: findings.filter(({ evidence }) => isFresh(evidence.month)).map(({ kind }) => kind),
  };
}
