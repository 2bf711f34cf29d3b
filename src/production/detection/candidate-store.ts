import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { SYSTEM } from '../../access/actor.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import type { CandidateFacts } from '../../cases/case-events.js';
import { SubjectDesk } from '../../cases/subject-desk.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { grouped } from '../../platform/grouped.js';
import type { DistressCandidate } from './candidate.entity.js';
import {
  type CandidateKind,
  type CandidateOrigin,
  distressOf,
  type Evidence,
  type LapseReason,
} from './candidate-terms.js';
import type { Finding } from './findings.js';
import type { DecidedCandidate, OpenCandidate } from './keep-or-raise.js';

export interface CandidatesOf {
  open: OpenCandidate[];
  decided: DecidedCandidate[];
}

type StoredRow = OpenCandidate & {
  enterpriseId: string;
  status: 'open' | DecidedCandidate['status'];
} & Pick<DecidedCandidate, 'decidedCaseId' | 'isQuiet'>;

/** What is written of candidates, always with their enterprise locked: whoever raises, renews or decides takes turns there. */
@Injectable()
export class CandidateStore {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
  ) {}

  /** Those that wait, and of the others those that may keep the same from being raised again. */
  async of(
    tx: Transaction,
    enterpriseIds: readonly string[],
    now: Date,
  ): Promise<ReadonlyMap<string, CandidatesOf>> {
    const rows = await tx.query<StoredRow>(
      `SELECT k.id, k.enterprise_id AS "enterpriseId", k.kind, k.status, k.origin, k.case_id AS "caseId", k.evidence,
              k.decided_case_id AS "decidedCaseId", k.is_quiet AND k.quiet_until >= $2::date AS "isQuiet"
         FROM distress_candidates k
        WHERE k.enterprise_id = ANY ($1::uuid[])
          AND k.status <> 'lapsed'
        ORDER BY k.id`,
      [enterpriseIds, this.office.dateOf(now)],
    );
    const byEnterprise = grouped(rows, ({ enterpriseId }) => enterpriseId);
    return new Map(
      [...byEnterprise].map(([id, own]) => [
        id,
        {
          open: own.filter(({ status }) => status === 'open'),
          decided: own.flatMap(({ status, ...past }) => (status === 'open' ? [] : [{ ...past, status }])),
        },
      ]),
    );
  }

  /** Of a relapse the closed case is told, too, that its reopening is proposed. */
  async raise(
    tx: Transaction,
    calendar: WorkingCalendar,
    enterpriseId: string,
    { kind, caseId, evidence }: Finding,
    raised: { at: Date; origin: CandidateOrigin; followUpId: string | null },
  ): Promise<void> {
    const id = uuidv7();
    const row: DistressCandidate = {
      id,
      enterpriseId,
      kind,
      status: 'open',
      origin: raised.origin,
      distressType: distressOf(evidence.status),
      caseId,
      followUpId: raised.followUpId,
      evidence,
      raisedAt: raised.at,
      renewedAt: raised.at,
      decidedAt: null,
      decidedBy: null,
      decidedCaseId: null,
      decisionNote: null,
      quietUntil: null,
      isQuiet: false,
      lapseReason: null,
      lapseFacts: null,
      version: 1,
    };
    await bulkInsert(tx, 'distress_candidates', [row]);
    if (kind !== 'relapse' || caseId === null) return;
    const candidate = candidateFacts(id, kind, evidence);
    await this.desk.noteIn(tx, calendar, { actor: SYSTEM, ref: { kind: 'case', id: caseId } }, async () => ({
      event: { type: 'reopen_proposed', payload: { cause: 'relapse', candidate } },
    }));
  }

  /** The ground has moved: figures were corrected, or another month has come. */
  async renew(tx: Transaction, id: string, { caseId, evidence }: Finding, now: Date): Promise<void> {
    await tx.query(
      `UPDATE distress_candidates SET evidence = $2::jsonb, case_id = $3, distress_type = $4, renewed_at = $5,
              version = version + 1
        WHERE id = $1 AND status = 'open'`,
      [id, JSON.stringify(evidence), caseId, distressOf(evidence.status), now],
    );
  }

  /** @param judged what is judged instead; `null` where nothing is */
  async lapse(
    tx: Transaction,
    id: string,
    reason: LapseReason,
    judged: Evidence | null,
    now: Date,
  ): Promise<void> {
    await tx.query(
      `UPDATE distress_candidates SET status = 'lapsed', lapse_reason = $2, lapse_facts = $3::jsonb, decided_at = $4,
              version = version + 1
        WHERE id = $1 AND status = 'open'`,
      [id, reason, judged === null ? null : JSON.stringify(judged), now],
    );
  }
}

export const candidateFacts = (
  candidateId: string,
  candidateKind: CandidateKind,
  evidence: Evidence,
): CandidateFacts => {
  const { status, rule, months, facts, policyVersion } = evidence;
  return {
    candidateId,
    candidateKind,
    productionStatus: status,
    rule,
    months: [...months],
    facts: { ...facts },
    policyVersion,
  };
};
