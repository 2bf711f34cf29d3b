import type { DistressType } from '../../cases/lifecycle/states.js';
import type { JudgedMonth } from '../rules/judge.js';
import { type CandidateKind, distressOf, type Evidence, severityOf } from './candidate-terms.js';

/** What was judged of an enterprise. */
export interface Judged {
  /** Every period, oldest first. */
  months: readonly JudgedMonth[];
  policyVersion: number;
}

/** The cases of an enterprise that matter now. */
export interface CaseStanding {
  live: { id: string; distressType: DistressType } | null;
  /** The last that ended, by the office's month of its end. */
  ended: { id: string; isResolved: boolean; endedMonth: string } | null;
}

/** What the rule of relapse says of the last closed case; `null`: nothing. */
export type Relapse = { months: readonly string[]; facts: Evidence['facts'] } | null;

/** What somebody should look at. */
export interface Finding {
  kind: CandidateKind;
  /** The case that has become worse, or that it relapsed from. */
  caseId: string | null;
  evidence: Evidence;
}

/** How an enterprise stands by the last month that says anything. */
export interface ProductionStanding {
  /** The last month that is known by report, where it is one of distress. */
  distress: JudgedMonth | null;
  /** The last month of which anything is known, where electricity alone speaks. */
  suspected: JudgedMonth | null;
}

export function standingOf(months: readonly JudgedMonth[]): ProductionStanding {
  const known = months.filter(({ status }) => status !== 'unknown');
  const last = known.at(-1);
  const reported = known.findLast(({ status }) => status !== 'suspected');
  const isDistress = reported !== undefined && distressOf(reported.status) !== null;
  return {
    distress: isDistress ? reported : null,
    suspected: last?.status === 'suspected' ? last : null,
  };
}

/** What figures and cases together give reason to look at: at most one finding of each kind, a graver one alone. */
export function findingsOf(judged: Judged, cases: CaseStanding, relapse: Relapse): Finding[] {
  const { distress, suspected } = standingOf(judged.months);
  const { live, ended } = cases;
  const finding = (kind: CandidateKind, caseId: string | null, at: JudgedMonth): Finding[] => [
    { kind, caseId, evidence: evidenceOf(judged, at) },
  ];
  if (live !== null) {
    const isWorse = distress !== null && severityOf(distress.status) > severityOf(live.distressType);
    return isWorse ? finding('worsening', live.id, distress) : [];
  }
  if (ended !== null && ended.isResolved && relapse !== null)
    return [{ kind: 'relapse', caseId: ended.id, evidence: relapseEvidence(judged, relapse) }];
  const isNews = (at: JudgedMonth): boolean => ended === null || isAfter(at, ended.endedMonth);
  if (distress !== null) return isNews(distress) ? finding('new_distress', null, distress) : [];
  return suspected !== null && isNews(suspected) ? finding('suspected', null, suspected) : [];
}

/**
 * What was known of a case that ended was known to whoever ended it: the months through its end, and with them what a
 * year to date lacks because of them.
 */
const isAfter = ({ month, rule }: JudgedMonth, endedMonth: string): boolean =>
  month > endedMonth && !(rule === 'year_to_date_below' && month.slice(0, 4) === endedMonth.slice(0, 4));

function evidenceOf({ months, policyVersion }: Judged, at: JudgedMonth): Evidence {
  const { status, month, rule, facts } = at;
  return { status, month, rule, facts, months: runThrough(months, at), policyVersion };
}

/** The months running through one that are in distress as it is, or in suspicion of it. */
function runThrough(months: readonly JudgedMonth[], at: JudgedMonth): string[] {
  const past = months.slice(0, months.indexOf(at) + 1);
  const before = past.findLastIndex(({ status }) => distressOf(status) === null);
  return past.slice(before + 1).map(({ month }) => month);
}

function relapseEvidence(
  { months, policyVersion }: Judged,
  { months: run, facts }: NonNullable<Relapse>,
): Evidence {
  const month = run.at(-1) ?? '';
  const status = months.find((judged) => judged.month === month)?.status ?? 'unknown';
  return { status, month, rule: 'relapse', facts, months: run, policyVersion };
}

/** Whole months from one to another, `YYYY-MM`. */
export function monthsBetween(from: string, to: string): number {
  const count = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5));
  return count(to) - count(from);
}
