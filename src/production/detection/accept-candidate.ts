import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { ChangeCase } from '../../cases/change-case.js';
import { ReopenBody } from '../../cases/dto/assignment-bodies.js';
import type { DistressType } from '../../cases/lifecycle/states.js';
import { Reopen } from '../../cases/verbs/reopen.js';
import { ReportCase } from '../../cases/verbs/report-case.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { validPart } from '../../platform/http/valid-part.js';
import { candidateFacts } from './candidate-store.js';
import { severityOf } from './candidate-terms.js';
import type { AcceptCandidateBody } from './candidates.dto.js';
import { evidenceText } from './evidence-text.js';
import { type CandidateAtHand, type Decision, OpenCandidates } from './open-candidate.js';

/** Somebody takes a candidate for what it says: only now does a case come of it, or change. */
@Injectable()
export class AcceptCandidate {
  constructor(
    private readonly candidates: OpenCandidates,
    private readonly reports: ReportCase,
    private readonly reopening: Reopen,
    private readonly changes: ChangeCase,
  ) {}

  /** @throws Refusal 400 VALIDATION_FAILED, 404, 403, 409 CANDIDATE_NOT_OPEN or as the case refuses it, 412 */
  run(actor: AccountActor, id: string, body: AcceptCandidateBody, ifMatch?: string): Promise<void> {
    return this.candidates.decide(actor, id, ifMatch, async (open) => {
      const { kind } = open.candidate;
      if (kind === 'relapse') return this.reopen(open, body);
      return kind === 'worsening' ? this.worsen(open, body) : this.report(open, body);
    });
  }

  private async report(
    { tx, calendar, actor, candidate }: CandidateAtHand,
    body: AcceptCandidateBody,
  ): Promise<Decision> {
    const { distressType = candidate.distressType, note } = withoutReopening(body);
    const { id, kind, enterpriseId, evidence } = candidate;
    if (distressType === null) throw new Error(`candidate ${id} says nothing of distress`);
    const written = [evidenceText(kind, evidence, 'zh-CN'), note].filter((text) => text !== undefined);
    const decidedCaseId = await this.reports.runIn(tx, calendar, actor, {
      enterpriseId,
      distressType,
      note: written.join('\n'),
      candidate: candidateFacts(id, kind, evidence),
    });
    return { status: 'accepted', decidedCaseId, decisionNote: note ?? null };
  }

  /** The live case says from now on how bad it is. @throws Refusal 409 CANDIDATE_OUTDATED */
  private async worsen(
    { tx, actor, candidate, liveCaseId }: CandidateAtHand,
    body: AcceptCandidateBody,
  ): Promise<Decision> {
    const { distressType = candidate.distressType, note } = withoutReopening(body);
    const { id, kind, caseId, evidence } = candidate;
    const outdated = new Refusal(409, 'CANDIDATE_OUTDATED', { kind });
    if (caseId === null || caseId !== liveCaseId || distressType === null) throw outdated;
    const facts = candidateFacts(id, kind, evidence);
    await this.changes.runIn(tx, actor, caseId, { distressType, candidate: facts }, (row) => {
      if (severityOf(row.distressType) >= severityOf(distressType)) throw outdated;
    });
    return { status: 'accepted', decidedCaseId: caseId, decisionNote: note ?? null };
  }

  private async reopen(
    { tx, calendar, actor, candidate }: CandidateAtHand,
    body: AcceptCandidateBody,
  ): Promise<Decision> {
    const { id, kind, caseId, evidence } = candidate;
    if (caseId === null) throw new Error(`the relapse ${id} names no case`);
    const input = await validPart(body, ReopenBody, '');
    await this.reopening.runIn(
      tx,
      calendar,
      actor,
      { kind: 'case', id: caseId },
      {
        ...input,
        candidate: candidateFacts(id, kind, evidence),
      },
    );
    return { status: 'accepted', decidedCaseId: caseId, decisionNote: input.reason };
  }
}

/** @throws Refusal 400: what belongs to reopening has nothing to do here */
function withoutReopening({ distressType, note, ...reopening }: AcceptCandidateBody): {
  distressType?: DistressType | undefined;
  note?: string | undefined;
} {
  const faults = Object.entries(reopening)
    .filter(([, value]) => value !== undefined)
    .map(([name]) => ({ pointer: `/${name}`, code: 'FIELD_UNKNOWN' }));
  if (faults.length > 0) throw new Refusal(400, 'VALIDATION_FAILED', { count: faults.length }, faults);
  return { distressType, note };
}
