import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { AccountActor } from '../../access/actor.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { bulkInsert } from '../../platform/database/bulk-insert.js';
import { Reader } from '../../platform/database/reader.js';
import { notFound, Refusal } from '../../platform/errors/refusal.js';
import { deadlineOn } from '../deadlines/deadline.js';
import { type OpenSubject, SubjectDesk } from '../subject-desk.js';
import type { InstructionReply } from './instruction-reply.entity.js';
import type { Instruction } from './instruction.entity.js';
import { orAbsent } from './or-absent.js';
import { refusalOf, requireLead, requireLive } from './who-may.js';

/** 批示: a paired leader, or the task force, says what is to be done; the lead department answers. */
@Injectable()
export class Instructions {
  constructor(
    private readonly desk: SubjectDesk,
    private readonly office: OfficeTime,
    private readonly reader: Reader,
  ) {}

  /** @returns its id. @throws Refusal 404 not paired to the leader, 409 CASE_NOT_LIVE, 400 DUE_DATE_PAST */
  async leave(
    actor: AccountActor,
    caseId: string,
    input: { text: string; replyBy?: string | undefined },
  ): Promise<string> {
    const id = uuidv7();
    await this.desk.note({ actor, ref: { kind: 'case', id: caseId } }, async (open) => {
      if (actor.role !== 'leader' && actor.role !== 'task_force') {
        throw refusalOf(open, 'leave_instruction', 403, 'ACTION_NOT_YOURS');
      }
      requireLive(open, 'leave_instruction');
      const instruction: Instruction = {
        id,
        caseId,
        text: input.text,
        replyBy: input.replyBy === undefined ? null : this.deadline(open, input.replyBy),
        officialId: actor.role === 'leader' ? actor.officialId : null,
        leftAt: open.now,
        leftBy: actor.accountId,
      };
      await bulkInsert(open.tx, 'instructions', [instruction]);
      const { text, officialId } = instruction;
      const replyBy = instruction.replyBy?.toISOString() ?? null;
      return {
        event: { type: 'instruction_left', payload: { instructionId: id, officialId, text, replyBy } },
      };
    });
    return id;
  }

  /** @returns the reply's id. @throws Refusal 404, 403 ACTION_NOT_YOURS */
  async answer(actor: AccountActor, id: string, text: string): Promise<string> {
    const [found] = await this.reader.query<{ caseId: string }>(
      'SELECT case_id AS "caseId" FROM instructions WHERE id = $1',
      [id],
    );
    if (found === undefined) throw notFound('instruction', id);
    const replyId = uuidv7();
    const noted = this.desk.note({ actor, ref: { kind: 'case', id: found.caseId } }, async (open) => {
      requireLead(open, 'answer_instruction');
      const reply: InstructionReply = {
        id: replyId,
        instructionId: id,
        text,
        departmentId: actor.departmentId ?? '',
        repliedAt: open.now,
        repliedBy: actor.accountId,
      };
      await bulkInsert(open.tx, 'instruction_replies', [reply]);
      return { event: { type: 'instruction_answered', payload: { instructionId: id, text } } };
    });
    await orAbsent('instruction', id, noted);
    return replyId;
  }

  /** @throws Refusal 400 DUE_DATE_PAST */
  private deadline({ calendar, now }: OpenSubject, on: string): Date {
    const { at } = deadlineOn(on, calendar, this.office);
    if (at > now) return at;
    throw new Refusal(400, 'DUE_DATE_PAST', { on }, [{ pointer: '/replyBy', code: 'DUE_DATE_PAST' }]);
  }
}
