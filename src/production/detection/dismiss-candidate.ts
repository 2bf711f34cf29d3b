import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { AccountActor } from '../../access/actor.js';
import { byAccount, SecurityTrail } from '../../access/security-trail.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { ProductionPolicies } from '../policies/production-policies.js';
import { OpenCandidates } from './open-candidate.js';

/** Quiet for longer would be for ever. */
const MOST_QUIET_MONTHS = 24;

/** Somebody knows better, for a reason that is recorded: the same is not raised again for a while, unless it gets worse. */
@Injectable()
export class DismissCandidate {
  constructor(
    private readonly candidates: OpenCandidates,
    private readonly policies: ProductionPolicies,
    private readonly office: OfficeTime,
    private readonly trail: SecurityTrail,
  ) {}

  /** @throws Refusal 400 QUIET_UNTIL_INVALID, 404, 403, 409 CANDIDATE_NOT_OPEN, 412 */
  run(
    actor: AccountActor,
    id: string,
    { reason, quietUntil }: { reason: string; quietUntil?: string | undefined },
    ifMatch?: string,
  ): Promise<void> {
    return this.candidates.decide(actor, id, ifMatch, async ({ tx, candidate, now }) => {
      const { enterpriseId, kind, evidence } = candidate;
      const today = this.office.dateOf(now);
      if (quietUntil !== undefined) requireSensible(quietUntil, today);
      const { parameters } = await this.policies.inForceIn(tx);
      const until = quietUntil ?? plusMonths(today, parameters.dismissalQuietMonths);
      await this.trail.record(tx, {
        type: 'candidate_dismissed',
        actor: byAccount(actor.accountId),
        subject: { kind: 'candidate', id },
        payload: { enterpriseId, kind, productionStatus: evidence.status, quietUntil: until },
      });
      return {
        status: 'dismissed',
        decidedCaseId: null,
        decisionNote: reason,
        quietUntil: until,
        isQuiet: true,
      };
    });
  }
}

/** The last day of a shorter month stands for those that it lacks. */
const plusMonths = (on: string, months: number): string =>
  DateTime.fromISO(on, { zone: 'utc' }).plus({ months }).toFormat('yyyy-MM-dd');

/** @throws Refusal 400 QUIET_UNTIL_INVALID */
function requireSensible(quietUntil: string, today: string): void {
  const latest = plusMonths(today, MOST_QUIET_MONTHS);
  if (quietUntil > today && quietUntil <= latest) return;
  const code = 'QUIET_UNTIL_INVALID';
  const params = { after: today, latest };
  throw new Refusal(400, code, params, [{ pointer: '/quietUntil', code, params }]);
}
