import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transactions.js';
import { type Fault, Refusal } from '../platform/errors/refusal.js';
import {
  countEvidence,
  type EvidenceCount,
  type EvidencePiece,
  INDEPENDENT_NEEDED,
  isRecoveryShown,
  KINDS_NEEDED,
} from './lifecycle/recovery-evidence.js';
import { type MilestoneProof, RecoveryBook } from './recovery-book.js';

/** What speaks for a closure as `recovered`: either of the two is enough. */
export interface Recovery {
  milestone: MilestoneProof;
  evidence: EvidenceCount;
}

/** Whether a case may be closed as `recovered`: by its figures, or by evidence of two kinds. */
@Injectable()
export class RecoveryProof {
  constructor(private readonly book: RecoveryBook) {}

  async of(tx: Transaction, caseId: string, files: readonly EvidencePiece[]): Promise<Recovery> {
    return { milestone: await this.book.proof(tx, caseId), evidence: countEvidence(files) };
  }

  /** Figures are asked only where evidence is not enough. @throws Refusal 409 RECOVERY_NOT_SHOWN, with all that is missing either way */
  async require(tx: Transaction, caseId: string, files: readonly EvidencePiece[]): Promise<void> {
    if (!isRecoveryShown(countEvidence(files))) requireShown(await this.of(tx, caseId, files));
  }
}

export const isShown = ({ milestone, evidence }: Recovery): boolean =>
  milestone.isReached || isRecoveryShown(evidence);

function requireShown(recovery: Recovery): void {
  if (isShown(recovery)) return;
  const { milestone: proof, evidence } = recovery;
  const { milestone, sinceMonth, missing } = proof;
  const needed = { milestone, kinds: KINDS_NEEDED, independent: INDEPENDENT_NEEDED };
  const params = { ...needed, sinceMonth, missing, evidence };
  throw new Refusal(409, 'RECOVERY_NOT_SHOWN', params, [
    { pointer: '/outcome', code: 'MILESTONE_NOT_SHOWN', params: { milestone, sinceMonth } },
    ...evidenceFaults(evidence),
  ]);
}

function evidenceFaults({ kinds, independent }: EvidenceCount): Fault[] {
  const pointer = '/evidenceFileIds';
  const tooFew = { pointer, code: 'EVIDENCE_KINDS_TOO_FEW', params: { kinds, needed: KINDS_NEEDED } };
  const dependent = { pointer, code: 'EVIDENCE_NOT_INDEPENDENT' };
  return [
    ...(kinds < KINDS_NEEDED ? [tooFew] : []),
    ...(independent < INDEPENDENT_NEEDED ? [dependent] : []),
  ];
}
