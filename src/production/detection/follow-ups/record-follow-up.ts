import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../../access/actor.js';
import { CalendarService } from '../../../calendar/calendar.service.js';
import type { WorkingCalendar } from '../../../calendar/working-calendar.js';
import { requireFiles } from '../../../cases/case-file/named-files.js';
import { type OpenSubject, SubjectDesk } from '../../../cases/subject-desk.js';
import { OfficeTime } from '../../../calendar/office-time.js';
import { camelRow } from '../../../platform/database/rows.js';
import { type Transaction, Transactions } from '../../../platform/database/transactions.js';
import { notFound, Refusal } from '../../../platform/errors/refusal.js';
import { checkIfMatch } from '../../../platform/http/etag.js';
import { ProductionPolicies } from '../../policies/production-policies.js';
import { CandidateStore } from '../candidate-store.js';
import type { Evidence } from '../candidate-terms.js';
import type { FollowUpFinding, RecoveryFollowUp } from './follow-up.entity.js';
import type { RecordFollowUpBody } from './follow-ups.dto.js';

const ACTION = 'record_follow_up';

/** What figures do not show is told as it was seen. */
const STATUS_SEEN: Readonly<Record<Exclude<FollowUpFinding, 'holding'>, Evidence['status']>> = {
  falling: 'reduced_output',
  stopped: 'stalled',
};

/**
 * Somebody has looked whether production still holds; where it does not, reopening is proposed at once. Who sees a closed
 * case and may record at all has worked it: what only waits to be claimed is not closed.
 */
@Injectable()
export class RecordFollowUp {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
    private readonly desk: SubjectDesk,
    private readonly candidates: CandidateStore,
    private readonly policies: ProductionPolicies,
    private readonly office: OfficeTime,
  ) {}

  /** @throws Refusal 404, 403 ACTION_NOT_YOURS, 409 FOLLOW_UP_NOT_DUE, 400 EVIDENCE_UNKNOWN, 412 */
  async run(actor: AccountActor, id: string, body: RecordFollowUpBody, ifMatch?: string): Promise<void> {
    const calendar = await this.calendars.current();
    await this.transactions.run(async (tx) => {
      const [seen] = await tx.query<{ caseId: string; enterpriseId: string }>(
        `SELECT f.case_id AS "caseId", c.enterprise_id AS "enterpriseId"
           FROM recovery_follow_ups f JOIN cases c ON c.id = f.case_id WHERE f.id = $1`,
        [id],
      );
      if (seen === undefined) throw notFound('followUp', id);
      const { caseId, enterpriseId } = seen;
      // As whoever raises or decides candidates locks it, and before the case.
      await tx.query('SELECT 1 FROM enterprises WHERE id = $1 FOR NO KEY UPDATE', [enterpriseId]);
      await this.note(tx, calendar, actor, { id, caseId }, body, ifMatch);
      if (body.finding !== 'holding')
        await this.propose(tx, calendar, { id, caseId, enterpriseId }, body.finding);
    });
  }

  private async note(
    tx: Transaction,
    calendar: WorkingCalendar,
    actor: AccountActor,
    { id, caseId }: { id: string; caseId: string },
    {
      finding,
      note = null,
      fileIds = [],
    }: { finding: FollowUpFinding; note?: string | null; fileIds?: readonly string[] },
    ifMatch: string | undefined,
  ): Promise<void> {
    const ref = { kind: 'case', id: caseId } as const;
    try {
      await this.desk.noteIn(tx, calendar, { actor, ref, action: ACTION }, async (open) => {
        const followUp = await requireDue(open, id, ifMatch);
        await requireFiles(open, fileIds);
        await tx.query(
          `UPDATE recovery_follow_ups SET status = 'done', finding = $2, note = $3, file_ids = $4::uuid[],
                  recorded_at = $5, recorded_by = $6, version = version + 1 WHERE id = $1`,
          [id, finding, note, [...fileIds], open.now, actor.accountId],
        );
        const files = fileIds.length === 0 ? {} : { fileIds: [...fileIds] };
        const { afterDays } = followUp;
        const payload = { followUpId: id, afterDays, finding, note, ...files };
        return { event: { type: 'follow_up_recorded', payload } };
      });
    } catch (error) {
      // Of a case out of scope nobody is told that it is there.
      throw error instanceof Refusal && error.status === 404 ? notFound('followUp', id) : error;
    }
  }

  /** Into the proposal that waits already, where there is one. */
  private async propose(
    tx: Transaction,
    calendar: WorkingCalendar,
    { id, caseId, enterpriseId }: { id: string; caseId: string; enterpriseId: string },
    finding: Exclude<FollowUpFinding, 'holding'>,
  ): Promise<void> {
    const { version } = await this.policies.inForceIn(tx);
    const [{ at } = { at: new Date(0) }] = await tx.query<{ at: Date }>(
      'SELECT recorded_at AS at FROM recovery_follow_ups WHERE id = $1',
      [id],
    );
    const open = (await this.candidates.of(tx, [enterpriseId], at)).get(enterpriseId)?.open ?? [];
    if (open.some(({ kind }) => kind === 'relapse')) return;
    const month = this.office.dateOf(at).slice(0, 7);
    const evidence: Evidence = {
      status: STATUS_SEEN[finding],
      month,
      rule: 'follow_up',
      facts: { finding, month },
      months: [month],
      policyVersion: version,
    };
    const raised = { at, origin: 'follow_up', followUpId: id } as const;
    await this.candidates.raise(tx, calendar, enterpriseId, { kind: 'relapse', caseId, evidence }, raised);
  }
}

/** @throws Refusal 409 FOLLOW_UP_NOT_DUE, 412 VERSION_STALE */
async function requireDue(
  { tx, subject }: OpenSubject,
  id: string,
  ifMatch: string | undefined,
): Promise<RecoveryFollowUp> {
  const [found] = await tx.query(
    `SELECT f.*, e.effective_at AS closed_at FROM recovery_follow_ups f
       JOIN case_events e ON e.id = f.closure_event_id WHERE f.id = $1 FOR UPDATE OF f`,
    [id],
  );
  if (found === undefined) throw notFound('followUp', id);
  const followUp = camelRow<RecoveryFollowUp & { closedAt: Date }>(found);
  checkIfMatch(ifMatch, followUp.version);
  const { status, resolvedAt } = subject.row;
  const isStanding = status === 'resolved' && resolvedAt?.getTime() === followUp.closedAt.getTime();
  if (followUp.status !== 'due' || !isStanding)
    throw new Refusal(409, 'FOLLOW_UP_NOT_DUE', { followUp: isStanding ? followUp.status : 'cancelled' });
  return followUp;
}
