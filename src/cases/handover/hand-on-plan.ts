import { v7 as uuidv7 } from 'uuid';
import type { Effect, OpenSubject } from '../subject-desk.js';

/**
 * The plan as it is, as its next version, in which another is to do what is not done yet: versions are never changed.
 * @param planId version in force
 */
export async function handOnPlan(
  { tx, subject, actor, now }: OpenSubject,
  planId: string,
  fromOfficialId: string,
  toOfficialId: string,
): Promise<Effect> {
  const id = uuidv7();
  const [plan] = await tx.query<{ planVersion: number }>(
    `INSERT INTO case_plans (id, case_id, plan_version, goal, saved_at, saved_by)
     SELECT $2, case_id, plan_version + 1, goal, $3, $4 FROM case_plans WHERE id = $1
     RETURNING plan_version AS "planVersion"`,
    [planId, id, now, actor.kind === 'account' ? actor.accountId : null],
  );
  if (plan === undefined) throw new Error(`${subject.row.id} has no plan ${planId}`);
  const measures = await tx.query(
    `INSERT INTO plan_measures (plan_id, ordinal, what, department_id, official_id, due_on, done_on)
     SELECT $2, ordinal, what, department_id,
            CASE WHEN official_id = $3 AND done_on IS NULL THEN $4 ELSE official_id END, due_on, done_on
       FROM plan_measures WHERE plan_id = $1
     RETURNING ordinal`,
    [planId, id, fromOfficialId, toOfficialId],
  );
  const { planVersion } = plan;
  return {
    event: {
      type: 'plan_saved',
      payload: {
        planId: id,
        planVersion,
        measures: measures.length,
        handedOver: { fromOfficialId, toOfficialId },
      },
    },
  };
}
