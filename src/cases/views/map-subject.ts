import type { Caller } from '../../access/actor.js';
import { type LightMarks, lightOf } from '../deadlines/light.js';
import { isOverdue } from '../deadlines/overdue.js';
import type { Snapshot } from '../lifecycle/snapshot.js';
import { isLive } from '../lifecycle/states.js';
import { allowedActions } from '../lifecycle/transition.js';
import { askerOf } from '../subject.js';
import type { CoHandlerRecord, EnterpriseRecord, SubjectRecord } from './subject-record.js';
import type { AssignmentView, CoHandlerView, EnterpriseReference, SubjectView } from './subject-view.js';

/** What the mapping of one answer needs to know besides the row. */
export interface ViewContext {
  actor: Caller;
  marks: LightMarks;
}

/** Plain mapping, no serializer: this is the hot path. */
export function mapSubject(
  record: SubjectRecord,
  beyond: Pick<Snapshot, 'kind' | 'caseStatus' | 'openProblems' | 'hasOtherLiveCase' | 'claimUntil'>,
  { actor, marks }: ViewContext,
): SubjectView {
  const light = lightOf(record, marks);
  return {
    id: record.id,
    number: record.number,
    status: record.status,
    outcome: record.outcome,
    light,
    isOverdue: isLive(record.status) && isOverdue({ ...record, now: marks.now }),
    complexity: record.complexity,
    assignment: mapAssignment(record),
    coHandlers: record.coHandlers.map(mapCoHandler),
    reportedAt: record.reportedAt,
    resolvedAt: record.resolvedAt,
    reopenCount: record.reopenCount,
    version: record.version,
    allowedActions: allowedActions(snapshotOf(record, beyond), askerOf(actor), marks.now),
  };
}

export const mapEnterprise = (record: EnterpriseRecord): EnterpriseReference => ({
  id: record.enterpriseId,
  name: record.enterpriseName,
  creditCode: record.creditCode,
  reportingUnit: { code: record.unitCode, name: record.unitName },
});

function snapshotOf(
  record: SubjectRecord,
  beyond: Pick<Snapshot, 'kind' | 'caseStatus' | 'openProblems' | 'hasOtherLiveCase' | 'claimUntil'>,
): Snapshot {
  const isInForce = record.assignmentId !== null && record.endedAt === null;
  return {
    ...beyond,
    status: record.status,
    reportingUnitId: record.reportingUnitId,
    leadDepartmentId: record.leadDepartmentId,
    returnCount: record.returnCount,
    assignment: isInForce ? { acknowledgeBy: record.acknowledgeBy, isFinal: record.isFinal } : null,
    closureRequest: record.closureRequestId === null ? null : record,
  };
}

/** The assignment in force, or the last one of what is closed; a returned case has none. */
function mapAssignment(record: SubjectRecord): AssignmentView | null {
  if (record.assignmentId === null || record.status === 'reported') return null;
  return {
    id: record.assignmentId,
    department: { id: record.departmentId, code: record.departmentCode, name: record.departmentName },
    official: { id: record.officialId, name: record.officialName },
    assignedAt: record.assignedAt,
    acknowledgeBy: record.acknowledgeBy,
    acknowledgedAt: record.acknowledgedAt,
    dueAt: record.assignmentDueAt,
    deadlineVersion: record.deadlineVersion,
    isProvisional: record.isProvisional,
    isFinal: record.isFinal,
  };
}

function mapCoHandler(record: CoHandlerRecord): CoHandlerView {
  return {
    id: record.id,
    department: { id: record.departmentId, code: record.departmentCode, name: record.departmentName },
    official: record.officialId === null ? null : { id: record.officialId, name: record.officialName ?? '' },
    dueAt: new Date(record.dueAt),
    deadlineVersion: record.deadlineVersion,
    opinion: record.opinion,
    opinionAt: record.opinionAt === null ? null : new Date(record.opinionAt),
  };
}
