import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { SubjectDesk } from '../../cases/subject-desk.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { candidateFacts } from './candidate-store.js';
import { OpenCandidates } from './open-candidate.js';

/** The live case of the enterprise is about it already: its evidence goes into that story. */
@Injectable()
export class MergeCandidate {
  constructor(
    private readonly candidates: OpenCandidates,
    private readonly desk: SubjectDesk,
  ) {}

  /** @throws Refusal 404, 403, 409 CANDIDATE_NOT_OPEN, NO_LIVE_CASE, 412 */
  run(
    actor: AccountActor,
    id: string,
    { note = null }: { note?: string | null | undefined },
    ifMatch?: string,
  ): Promise<void> {
    return this.candidates.decide(actor, id, ifMatch, async ({ tx, calendar, candidate, liveCaseId }) => {
      if (liveCaseId === null) throw new Refusal(409, 'NO_LIVE_CASE');
      const { kind, evidence } = candidate;
      const payload = { ...candidateFacts(id, kind, evidence), note };
      await this.desk.noteIn(tx, calendar, { actor, ref: { kind: 'case', id: liveCaseId } }, async () => ({
        event: { type: 'candidate_merged', payload },
      }));
      return { status: 'merged', decidedCaseId: liveCaseId, decisionNote: note };
    });
  }
}
