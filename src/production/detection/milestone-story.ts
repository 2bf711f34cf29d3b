import { Injectable } from '@nestjs/common';
import { SYSTEM } from '../../access/actor.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { SubjectDesk } from '../../cases/subject-desk.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { grouped } from '../../platform/grouped.js';
import type { MilestoneTurn } from '../rules/milestones.js';
import type { ProductionMilestone } from '../rules/statuses.js';
import type { RecordedTurn } from './pending-turns.js';

const TYPES = { reached: 'milestone_reached', lost: 'milestone_lost' } as const;

interface RecordedRow {
  caseId: string;
  sequence: number;
  type: (typeof TYPES)[keyof typeof TYPES];
  milestone: ProductionMilestone;
  month: string;
}

/** Milestones in the stories of cases: events that change no state. */
@Injectable()
export class MilestoneStory {
  constructor(private readonly desk: SubjectDesk) {}

  /** What was told of cases since the present life of each began, in order. */
  async told(
    tx: Transaction,
    cases: ReadonlyArray<{ id: string; beganWith: number }>,
  ): Promise<ReadonlyMap<string, RecordedTurn[]>> {
    if (cases.length === 0) return new Map();
    const rows = await tx.query<RecordedRow>(
      `SELECT e.subject_id AS "caseId", e.sequence, e.type, e.payload ->> 'milestone' AS milestone,
              e.payload ->> 'month' AS month
         FROM unnest($1::uuid[], $2::int[]) AS c (id, began_with)
         JOIN case_events e ON e.subject_id = c.id AND e.sequence > c.began_with
          AND e.type IN ('${TYPES.reached}', '${TYPES.lost}')
        ORDER BY e.sequence`,
      [cases.map(({ id }) => id), cases.map(({ beganWith }) => beganWith)],
    );
    const turns = rows.map(({ type, ...row }) => ({
      ...row,
      turn: type === TYPES.reached ? ('reached' as const) : ('lost' as const),
    }));
    return grouped(turns, ({ caseId }) => caseId);
  }

  /** @param turns what has not been told */
  async tell(
    tx: Transaction,
    calendar: WorkingCalendar,
    caseId: string,
    turns: readonly MilestoneTurn[],
    policyVersion: number,
  ): Promise<void> {
    for (const { milestone, turn, month, facts } of turns)
      await this.desk.noteIn(
        tx,
        calendar,
        { actor: SYSTEM, ref: { kind: 'case', id: caseId } },
        async () => ({
          event: { type: TYPES[turn], payload: { milestone, month, facts, policyVersion } },
        }),
      );
  }
}
