import { ApiProperty } from '@nestjs/swagger';
import { DISTRESS_TYPES, type DistressType } from '../lifecycle/states.js';
import { mapEnterprise, mapSubject, type ViewContext } from './map-subject.js';
import { ENTERPRISE_COLUMNS, SUBJECT_COLUMNS, SUBJECT_JOINS } from './subject-columns.js';
import type { EnterpriseRecord, SubjectRecord } from './subject-record.js';
import { EnterpriseReference, SubjectView } from './subject-view.js';

export class ProblemCounts {
  @ApiProperty({ type: 'integer' })
  total!: number;
  @ApiProperty({ type: 'integer', description: 'Still live.' })
  open!: number;
}

export class CaseView extends SubjectView {
  @ApiProperty({ type: EnterpriseReference })
  enterprise!: EnterpriseReference;
  @ApiProperty({ enum: DISTRESS_TYPES })
  distressType!: DistressType;
  @ApiProperty({ type: ProblemCounts })
  problems!: ProblemCounts;
  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
}

export interface CaseRecord extends SubjectRecord, EnterpriseRecord {
  distressType: DistressType;
  note: string | null;
  problemsTotal: number;
  problemsOpen: number;
  hasOtherLiveCase: boolean;
}

export const CASE_SELECT = `${SUBJECT_COLUMNS}, ${ENTERPRISE_COLUMNS},
  s.distress_type, s.note, s.problems_total, s.problems_open,
  s.status = 'resolved' AND EXISTS (
    SELECT 1 FROM cases other WHERE other.enterprise_id = s.enterprise_id AND other.id <> s.id
       AND other.status NOT IN ('resolved', 'rejected', 'terminated')) AS has_other_live_case`;
export const CASE_JOINS = `JOIN enterprises e ON e.id = s.enterprise_id ${SUBJECT_JOINS}`;

export function mapCase(record: CaseRecord, context: ViewContext): CaseView {
  const { problemsTotal: total, problemsOpen: open, hasOtherLiveCase } = record;
  return {
    ...mapSubject(
      record,
      { kind: 'case', caseStatus: null, openProblems: open, hasOtherLiveCase, claimUntil: null },
      context,
    ),
    enterprise: mapEnterprise(record),
    distressType: record.distressType,
    problems: { total, open },
    note: record.note,
  };
}
