import { canonical } from '../../platform/chain/canonical.js';
import {
  type CandidateKind,
  type CandidateOrigin,
  type Evidence,
  type LapseReason,
  severityOf,
} from './candidate-terms.js';
import { type CaseStanding, type Finding, type Judged, monthsBetween, standingOf } from './findings.js';

/** A candidate that waits for somebody. */
export interface OpenCandidate {
  id: string;
  kind: CandidateKind;
  origin: CandidateOrigin;
  caseId: string | null;
  evidence: Evidence;
}

/** What somebody has decided before, the last of its kind. */
export interface DecidedCandidate {
  kind: CandidateKind;
  status: 'accepted' | 'merged' | 'dismissed';
  /** The case that was opened, changed, or that it was merged into. */
  decidedCaseId: string | null;
  /** Dismissed, and its time of quiet is not over. */
  isQuiet: boolean;
  evidence: Evidence;
}

export type Step =
  | { do: 'raise'; finding: Finding }
  | { do: 'renew'; candidate: OpenCandidate; finding: Finding }
  | { do: 'lapse'; candidate: OpenCandidate; reason: LapseReason };

export interface Known {
  judged: Judged;
  cases: CaseStanding;
  open: readonly OpenCandidate[];
  decided: readonly DecidedCandidate[];
  /** The office's, `YYYY-MM`: judgements end where figures do. */
  presentMonth: string;
}

/** What becomes of the candidates of an enterprise once it was judged. Asked again after that, it is nothing. */
export function stepsFor(findings: readonly Finding[], known: Known, freshMonths: number): Step[] {
  const steps: Step[] = [];
  for (const finding of findings) {
    const candidate = known.open.find(({ kind }) => kind === finding.kind);
    if (candidate === undefined) {
      if (isFresh(finding, known, freshMonths) && !isQuieted(finding, known))
        steps.push({ do: 'raise', finding });
    } else if (differs(candidate, finding)) steps.push({ do: 'renew', candidate, finding });
  }
  const found = new Set(findings.map(({ kind }) => kind));
  for (const candidate of known.open) {
    if (found.has(candidate.kind)) continue;
    const reason = lapseOf(candidate, findings, known);
    if (reason !== null) steps.push({ do: 'lapse', candidate, reason });
  }
  return steps;
}

/** What was so long ago says nothing of today. */
const isFresh = ({ evidence }: Finding, { presentMonth }: Known, freshMonths: number): boolean =>
  monthsBetween(evidence.month, presentMonth) <= freshMonths;

/**
 * Somebody has seen as much and dismissed it for a while, or has done of it what they meant to with the case. A relapse
 * that was dismissed stays so: the months that showed it show it for ever, and only others are another one.
 */
function isQuieted({ kind, caseId, evidence }: Finding, { decided, cases }: Known): boolean {
  return decided.some((past) => {
    if (severityOf(evidence.status) > severityOf(past.evidence.status)) return false;
    if (past.status === 'dismissed')
      return (
        past.kind === kind && (past.isQuiet || (kind === 'relapse' && evidence.month <= past.evidence.month))
      );
    return kind === 'worsening' && past.decidedCaseId === caseId && cases.live?.id === caseId;
  });
}

/** Whatever the order of names: the database keeps its own. */
function differs({ caseId, evidence }: OpenCandidate, finding: Finding): boolean {
  return caseId !== finding.caseId || canonical(evidence) !== canonical(finding.evidence);
}

/** Of an enterprise without a live case the highest is raised alone. */
const PLACE: Readonly<Record<CandidateKind, number>> = {
  worsening: 0,
  suspected: 1,
  new_distress: 2,
  relapse: 3,
};

/** @returns `null`: it stays, to be decided on */
function lapseOf(candidate: OpenCandidate, findings: readonly Finding[], known: Known): LapseReason | null {
  const { live, ended } = known.cases;
  if (candidate.kind === 'worsening') return live?.id === candidate.caseId ? 'ground_gone' : 'case_ended';
  if (candidate.kind === 'relapse') {
    if (live !== null && live.id === candidate.caseId) return 'case_reopened';
    // What a person saw is not undone by figures, nor by another case, into which it can be merged.
    if (candidate.origin === 'follow_up')
      return live === null && ended?.id !== candidate.caseId ? 'case_ended' : null;
  }
  if (findings.some(({ kind }) => PLACE[kind] > PLACE[candidate.kind])) return 'superseded';
  const { distress, suspected } = standingOf(known.judged.months);
  const isGround = candidate.kind === 'suspected' ? suspected !== null : distress !== null;
  // A case that was opened meanwhile can take it in, as long as there is something to take in.
  return live !== null && isGround ? null : 'ground_gone';
}
