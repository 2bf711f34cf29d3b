import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { Reader } from '../../platform/database/reader.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { DueDates } from '../due-dates.js';
import type { Status } from '../lifecycle/states.js';
import { writeAssignment } from '../new-assignment.js';
import { SubjectDesk } from '../subject-desk.js';
import { SUBJECT_TABLES, type SubjectRef } from '../subject.js';

/** From seeing it in the pool to asking for it. */
const MOMENT_MS = 60_000;

/** 认领: a department takes what nobody answers for, for itself; the complexity is the case's, never the claimant's. */
@Injectable()
export class Claim {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
    private readonly dueDates: DueDates,
    private readonly clock: Clock,
    private readonly reader: Reader,
  ) {}

  async run(
    actor: AccountActor,
    ref: SubjectRef,
    input: { officialId: string },
    ifMatch?: string,
  ): Promise<void> {
    const askedAt = this.clock.now();
    try {
      await this.desk.act({ actor, ref, action: 'claim', ifMatch }, async (open) => {
        const { departmentId } = actor;
        if (departmentId === null) throw new Refusal(403, 'ACTION_NOT_YOURS');
        const complexity = open.subject.row.complexity ?? 'general';
        const terms = { ...(await this.dueDates.terms(open, { complexity })), acknowledgedAt: open.now };
        const { facts, ...made } = await writeAssignment(
          open,
          { departmentId, ...input },
          terms,
          this.office,
        );
        return { event: { type: 'claimed', payload: facts }, ...made };
      });
    } catch (error) {
      throw (await this.lostRace(actor, ref, askedAt, error)) ?? error;
    }
  }

  /**
   * What another took has left the asker's scope. Who could see it in the pool a moment ago is told that he came second,
   * and not that it never was: departments only, for nobody else sees the whole pool. It was there, if since then it left the pool before anything brought it back.
   */
  private async lostRace(
    actor: AccountActor,
    ref: SubjectRef,
    askedAt: Date,
    error: unknown,
  ): Promise<Refusal | undefined> {
    if (!(error instanceof Refusal) || error.status !== 404 || actor.role !== 'department') return undefined;
    const [taken] = await this.reader.query<{ status: Status }>(
      `SELECT s.status FROM ${SUBJECT_TABLES[ref.kind]} s
         CROSS JOIN LATERAL (SELECT type FROM case_events
                              WHERE subject_id = s.id AND recorded_at >= $2
                                AND type IN ('assigned', 'claimed', 'rejected', 'returned')
                              ORDER BY effective_at, sequence LIMIT 1) since
        WHERE s.id = $1 AND since.type <> 'returned'`,
      [ref.id, new Date(askedAt.getTime() - MOMENT_MS)],
    );
    if (taken === undefined) return undefined;
    const { status } = taken;
    return new Refusal(409, 'CASE_TRANSITION_REFUSED', { status, action: 'claim', allowedActions: [] });
  }
}
