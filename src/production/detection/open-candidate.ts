import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { enterpriseScope } from '../../access/scope.js';
import { CalendarService } from '../../calendar/calendar.service.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Transaction, Transactions } from '../../platform/database/transactions.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { checkIfMatch } from '../../platform/http/etag.js';
import { assignments, camelRow } from '../../platform/database/rows.js';
import type { DistressCandidate } from './candidate.entity.js';
import type { CandidateKind } from './candidate-terms.js';

/** A candidate somebody decides on, with its enterprise locked: nobody else decides, raises or renews meanwhile. */
export interface CandidateAtHand {
  tx: Transaction;
  calendar: WorkingCalendar;
  actor: AccountActor;
  candidate: DistressCandidate;
  /** The live case of the enterprise. */
  liveCaseId: string | null;
  now: Date;
}

export type Decision = Pick<DistressCandidate, 'decidedCaseId' | 'decisionNote'> &
  Partial<Pick<DistressCandidate, 'quietUntil' | 'isQuiet'>> & {
    status: 'accepted' | 'merged' | 'dismissed';
  };

/** What a county may decide in its territory, where it may report; the rest is for the task force. */
const OF_COUNTIES: ReadonlySet<CandidateKind> = new Set(['new_distress', 'suspected']);

/** Whether it is theirs to decide; that they see it is for the scope. */
export const mayDecide = (role: AccountActor['role'], kind: CandidateKind): boolean =>
  role === 'task_force' || (role === 'county' && OF_COUNTIES.has(kind));

/** Where each decision on a candidate is made, once: the case and the candidate in one transaction. */
@Injectable()
export class OpenCandidates {
  constructor(
    private readonly transactions: Transactions,
    private readonly calendars: CalendarService,
    private readonly clock: Clock,
  ) {}

  /**
   * @param how does what the decision means; what it refuses leaves all as it was
   * @throws Refusal 404 out of scope or absent, 403 ACTION_NOT_YOURS, 409 CANDIDATE_NOT_OPEN, 412 VERSION_STALE
   */
  async decide(
    actor: AccountActor,
    id: string,
    ifMatch: string | undefined,
    how: (open: CandidateAtHand) => Promise<Decision>,
  ): Promise<void> {
    const calendar = await this.calendars.current();
    await this.transactions.run(async (tx) => {
      const candidate = await lockCandidate(tx, actor, id);
      const { kind, status, version } = candidate;
      if (!mayDecide(actor.role, kind)) throw new Refusal(403, 'ACTION_NOT_YOURS', { kind });
      if (status !== 'open') throw new Refusal(409, 'CANDIDATE_NOT_OPEN', { status });
      checkIfMatch(ifMatch, version);
      const now = this.clock.now();
      const liveCaseId = await liveCaseOf(tx, candidate.enterpriseId);
      const decision = await how({ tx, calendar, actor, candidate, liveCaseId, now });
      const set = assignments({ ...decision, decidedAt: now, decidedBy: actor.accountId }, 3);
      const decided = await tx.query(
        `UPDATE distress_candidates SET version = version + 1, ${set.sql}
          WHERE id = $1 AND version = $2 AND status = 'open' RETURNING id`,
        [id, version, ...set.parameters],
      );
      if (decided.length !== 1) throw new Refusal(409, 'CONFLICT_CONCURRENT');
    });
  }
}

/** Its enterprise is locked before it is read again: of two clicks the second finds what the first has done. */
async function lockCandidate(tx: Transaction, actor: AccountActor, id: string): Promise<DistressCandidate> {
  const scope = enterpriseScope(actor, 'e', 2);
  const [enterprise] = await tx.query(
    `SELECT 1 FROM enterprises e
      WHERE e.id = (SELECT enterprise_id FROM distress_candidates WHERE id = $1) AND ${scope.sql}
        FOR NO KEY UPDATE OF e`,
    [id, ...scope.parameters],
  );
  if (enterprise === undefined) throw notFound('candidate', id);
  const [found] = await tx.query('SELECT * FROM distress_candidates WHERE id = $1', [id]);
  if (found === undefined) throw notFound('candidate', id);
  return camelRow<DistressCandidate>(found);
}

async function liveCaseOf(tx: Transaction, enterpriseId: string): Promise<string | null> {
  const [live] = await tx.query<{ id: string }>(
    `SELECT id FROM cases WHERE enterprise_id = $1 AND status NOT IN ('resolved', 'rejected', 'terminated')`,
    [enterpriseId],
  );
  return live?.id ?? null;
}
