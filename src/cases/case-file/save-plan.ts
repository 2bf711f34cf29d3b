import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { type Fault, Refusal } from '../../platform/errors/refusal.js';
import { checkIfMatch } from '../../platform/http/etag.js';
import { checkAnswerable } from '../answerable.js';
import { SubjectDesk } from '../subject-desk.js';
import type { CasePlan } from './case-plan.entity.js';
import type { PlanMeasure } from './plan-measure.entity.js';
import { requireLeadOrTaskForce, requireLive } from './who-may.js';

export interface MeasureInput {
  what: string;
  departmentId: string;
  officialId?: string | undefined;
  dueOn: string;
  doneOn?: string | undefined;
}

export interface PlanInput {
  goal: string;
  measures: readonly MeasureInput[];
}

/** 一企一策: saves the next version of the plan of a case; the versions before it stay. */
@Injectable()
export class SavePlan {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
  ) {}

  /**
   * @param ifMatch version of the plan that was seen, `"0"` for none, where it matters
   * @throws Refusal 404, 403, 409 CASE_NOT_LIVE, 412 VERSION_STALE, 400 ANSWERABLE_INVALID, DATE_IN_FUTURE
   */
  async run(actor: AccountActor, caseId: string, input: PlanInput, ifMatch?: string): Promise<void> {
    await this.desk.note({ actor, ref: { kind: 'case', id: caseId } }, async (open) => {
      const { tx, now } = open;
      requireLeadOrTaskForce(open, 'save_plan');
      requireLive(open, 'save_plan');
      // The case is locked, so nobody else counts up meanwhile.
      const [last] = await tx.query<{ version: number }>(
        'SELECT coalesce(max(plan_version), 0) AS version FROM case_plans WHERE case_id = $1',
        [caseId],
      );
      const seenVersion = last?.version ?? 0;
      checkIfMatch(ifMatch, seenVersion);
      refuseFuture(input.measures, this.office.dateOf(now));
      const isHistory = await doneBefore(tx, caseId, seenVersion);
      await checkAnswerable(
        tx,
        actor,
        input.measures.flatMap((measure, index) => {
          const { departmentId, officialId = null } = measure;
          return isHistory(measure) ? [] : [{ departmentId, officialId, pointer: `/measures/${index}` }];
        }),
      );
      const planVersion = seenVersion + 1;
      const plan: CasePlan = {
        id: uuidv7(),
        caseId,
        planVersion,
        goal: input.goal,
        savedAt: now,
        savedBy: actor.accountId,
      };
      const measures = input.measures.map((measure, index): PlanMeasure => ({
        planId: plan.id,
        ordinal: index + 1,
        what: measure.what,
        departmentId: measure.departmentId,
        officialId: measure.officialId ?? null,
        dueOn: measure.dueOn,
        doneOn: measure.doneOn ?? null,
      }));
      await bulkInsert(tx, 'case_plans', [plan]);
      await bulkInsert(tx, 'plan_measures', measures);
      return {
        event: { type: 'plan_saved', payload: { planId: plan.id, planVersion, measures: measures.length } },
      };
    });
  }
}

/** What the version before has as done by the same: who did it may have left since. */
async function doneBefore(
  tx: Transaction,
  caseId: string,
  planVersion: number,
): Promise<(measure: MeasureInput) => boolean> {
  const done = await tx.query<{ departmentId: string; officialId: string | null; doneOn: string }>(
    `SELECT m.department_id AS "departmentId", m.official_id AS "officialId", m.done_on::text AS "doneOn"
       FROM plan_measures m JOIN case_plans l ON l.id = m.plan_id
      WHERE l.case_id = $1 AND l.plan_version = $2 AND m.done_on IS NOT NULL`,
    [caseId, planVersion],
  );
  return ({ departmentId, officialId = null, doneOn }) =>
    done.some(
      (before) =>
        before.departmentId === departmentId && before.officialId === officialId && before.doneOn === doneOn,
    );
}

/** @throws Refusal 400 DATE_IN_FUTURE: nothing is done tomorrow */
function refuseFuture(measures: readonly MeasureInput[], today: string): void {
  const faults = measures.flatMap(({ doneOn }, index): Fault[] =>
    doneOn === undefined || doneOn <= today
      ? []
      : [{ pointer: `/measures/${index}/doneOn`, code: 'DATE_IN_FUTURE' }],
  );
  if (faults.length > 0) throw new Refusal(400, 'DATE_IN_FUTURE', {}, faults);
}
