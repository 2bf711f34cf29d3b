import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { Reader } from '../../platform/database/reader.js';
import { notFound } from '../../platform/errors/refusal.js';
import { SubjectDesk } from '../subject-desk.js';
import type { SubjectRef } from '../subject.js';
import { orAbsent } from './or-absent.js';
import { refusalOf } from './who-may.js';

interface Asked {
  assignmentId: string;
  departmentId: string;
  caseId: string | null;
  problemId: string | null;
}

/** A co-handling department gives its opinion, which ends its clock. */
@Injectable()
export class GiveOpinion {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly reader: Reader,
  ) {}

  /** @throws Refusal 404, 403 ACTION_NOT_YOURS, 409 OPINION_GIVEN or ASSIGNMENT_ENDED */
  async run(actor: AccountActor, id: string, opinion: string): Promise<void> {
    const { assignmentId, departmentId, ...subjectIds } = await this.asked(id);
    const ref = refOf(subjectIds);
    const noted = this.desk.note({ actor, ref }, async (open) => {
      const { tx, subject, now } = open;
      const refused = (status: 403 | 409, code: string) => refusalOf(open, 'give_opinion', status, code);
      if (actor.role !== 'department' || actor.departmentId !== departmentId) {
        throw refused(403, 'ACTION_NOT_YOURS');
      }
      if (subject.assignment?.id !== assignmentId) throw refused(409, 'ASSIGNMENT_ENDED');
      // Those whose opinion is awaited, read under the lock: of two at once the second finds it given.
      if (!subject.coHandlers.some((coHandler) => coHandler.id === id)) {
        throw refused(409, 'OPINION_GIVEN');
      }
      await tx.query('UPDATE co_handlers SET opinion = $2, opinion_at = $3 WHERE id = $1', [
        id,
        opinion,
        now,
      ]);
      return {
        event: { type: 'opinion_given', payload: { assignmentId, coHandlerId: id, departmentId, opinion } },
        coHandlers: subject.coHandlers.filter((coHandler) => coHandler.id !== id),
      };
    });
    await orAbsent('co-handler', id, noted);
  }

  /** @throws Refusal 404 */
  private async asked(id: string): Promise<Asked> {
    const [found] = await this.reader.query<Asked>(
      `SELECT ch.assignment_id AS "assignmentId", ch.department_id AS "departmentId",
              a.case_id AS "caseId", a.problem_id AS "problemId"
         FROM co_handlers ch JOIN assignments a ON a.id = ch.assignment_id WHERE ch.id = $1`,
      [id],
    );
    if (found === undefined) throw notFound('co-handler', id);
    return found;
  }
}

const refOf = ({ caseId, problemId }: Pick<Asked, 'caseId' | 'problemId'>): SubjectRef =>
  problemId === null ? { kind: 'case', id: caseId ?? '' } : { kind: 'problem', id: problemId };
