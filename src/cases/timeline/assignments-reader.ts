import { Injectable } from '@nestjs/common';
import type { AccountActor } from '../../access/actor.js';
import { type List, ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page, PageQuery } from '../../platform/http/paging.js';
import { SubjectSight } from '../subject-sight.js';
import type { SubjectRef } from '../subject.js';
import type { CoHandlerView } from '../views/subject-view.js';
import type { ExtensionView, HandoverEntry, PastAssignmentView } from './timeline.views.js';

/** Instants packed into JSON are text. */
type Packed<View> = {
  [Key in keyof View]: View[Key] extends Date ? string : Date extends View[Key] ? string | null : View[Key];
};

type PackedHandovers = { handovers: Array<Packed<HandoverEntry>> | null };

interface AssignmentRow
  extends Omit<PastAssignmentView, 'handovers' | 'coHandlers' | 'extensions'>, PackedHandovers {
  assignedText: string;
  coHandlers: Array<Packed<CoHandlerView> & PackedHandovers> | null;
  extensions: Array<Packed<ExtensionView>> | null;
}

const department = (alias: string): string =>
  `jsonb_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name)`;
const official = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NULL THEN NULL ELSE jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name) END`;

/** An assignment, or a co-handler of it, that went from one official to another while it lasted. */
const handovers = (ofWhom: string): string => `
    (SELECT jsonb_agg(jsonb_build_object('at', he.effective_at, 'from', ${official('hf')}, 'to', ${official('ht')})
                      ORDER BY he.sequence)
       FROM case_events he
       JOIN officials hf ON hf.id = (he.payload->>'fromOfficialId')::uuid
       JOIN officials ht ON ht.id = (he.payload->>'toOfficialId')::uuid
      WHERE he.subject_id = coalesce(a.case_id, a.problem_id) AND he.type = 'handed_over'
        AND he.payload->>'assignmentId' = a.id::text AND ${ofWhom})`;

const ASSIGNMENTS: Omit<List<AssignmentRow>, 'name'> = {
  select: `a.id, ${department('d')} AS department, ${official('o')} AS official,
    a.assigned_at AS "assignedAt", a.assigned_at::text AS "assignedText",
    a.acknowledge_by AS "acknowledgeBy", a.acknowledged_at AS "acknowledgedAt", a.due_at AS "dueAt",
    a.deadline_version AS "deadlineVersion", a.is_provisional AS "isProvisional", a.is_final AS "isFinal",
    a.ended_at AS "endedAt", a.end_reason AS "endReason", a.note,
    ${handovers(`he.payload->>'coHandlerId' IS NULL`)} AS handovers,
    (SELECT jsonb_agg(jsonb_build_object(
              'id', ch.id, 'department', ${department('cd')}, 'official', ${official('co')},
              'dueAt', ch.due_at, 'deadlineVersion', ch.deadline_version,
              'opinion', ch.opinion, 'opinionAt', ch.opinion_at,
              'handovers', ${handovers(`he.payload->>'coHandlerId' = ch.id::text`)}) ORDER BY ch.id)
       FROM co_handlers ch
       JOIN departments cd ON cd.id = ch.department_id
       LEFT JOIN officials co ON co.id = ch.official_id
      WHERE ch.assignment_id = a.id) AS "coHandlers",
    (SELECT jsonb_agg(jsonb_build_object(
              'id', x.id, 'dueAt', x.due_at, 'reason', x.reason, 'requestedAt', x.requested_at,
              'decision', x.decision, 'decidedAt', x.decided_at, 'decisionNote', x.decision_note) ORDER BY x.id)
       FROM extensions x WHERE x.assignment_id = a.id) AS extensions`,
  from: `assignments a
    JOIN departments d ON d.id = a.department_id
    JOIN officials o ON o.id = a.official_id`,
  keys: ['a.assigned_at', 'a.id'],
  types: ['timestamptz', 'uuid'],
  positionOf: (row) => [row.assignedText, row.id],
};

/** Every assignment there was, the first one first: history that is never overwritten. */
@Injectable()
export class AssignmentsReader {
  constructor(
    private readonly lists: ListReader,
    private readonly sight: SubjectSight,
  ) {}

  /** @throws Refusal 404 */
  async page(actor: AccountActor, ref: SubjectRef, query: PageQuery): Promise<Page<PastAssignmentView>> {
    await this.sight.require(actor, ref);
    return this.lists.page<AssignmentRow, PastAssignmentView>(
      { ...ASSIGNMENTS, name: `assignments:${ref.id}` },
      new Where().add(ref.id, (id) => `a.${ref.kind}_id = ${id}`),
      query,
      viewOf,
    );
  }
}

const viewOf = ({
  handovers: handedOver,
  coHandlers,
  extensions,
  ...row
}: AssignmentRow): PastAssignmentView => ({
  id: row.id,
  department: row.department,
  official: row.official,
  assignedAt: row.assignedAt,
  acknowledgeBy: row.acknowledgeBy,
  acknowledgedAt: row.acknowledgedAt,
  dueAt: row.dueAt,
  deadlineVersion: row.deadlineVersion,
  isProvisional: row.isProvisional,
  isFinal: row.isFinal,
  endedAt: row.endedAt,
  endReason: row.endReason,
  note: row.note,
  handovers: handoversOf(handedOver),
  coHandlers: (coHandlers ?? []).map((coHandler) => ({
    ...coHandler,
    dueAt: new Date(coHandler.dueAt),
    opinionAt: instant(coHandler.opinionAt),
    handovers: handoversOf(coHandler.handovers),
  })),
  extensions: (extensions ?? []).map((extension) => ({
    ...extension,
    dueAt: new Date(extension.dueAt),
    requestedAt: new Date(extension.requestedAt),
    decidedAt: instant(extension.decidedAt),
  })),
});

const handoversOf = (packed: PackedHandovers['handovers']): HandoverEntry[] =>
  (packed ?? []).map((handover) => ({ ...handover, at: new Date(handover.at) }));

const instant = (text: string | null): Date | null => (text === null ? null : new Date(text));
