import { ApiProperty } from '@nestjs/swagger';
import { DISTRESS_TYPES, type DistressType } from '../lifecycle/states.js';
import { mapSubject, type ViewContext } from './map-subject.js';
import { SUBJECT_COLUMNS, SUBJECT_JOINS } from './subject-columns.js';
import type { SubjectRecord } from './subject-record.js';
import { SubjectView } from './subject-view.js';

export class ProblemCounts {
  @ApiProperty({ type: 'integer' })
  total!: number;
  @ApiProperty({ type: 'integer', description: 'Still live.' })
  open!: number;
}

export class CaseView extends SubjectView {
  @ApiProperty({ enum: DISTRESS_TYPES })
  distressType!: DistressType;
  @ApiProperty({ type: ProblemCounts })
  problems!: ProblemCounts;
  @ApiProperty({ type: String, nullable: true })
  note!: string | null;
}

export interface CaseRecord extends SubjectRecord {
  distressType: DistressType;
  note: string | null;
  problemsTotal: number;
  problemsOpen: number;
  hasOtherLiveCase: boolean;
}

export const CASE_SELECT = `${SUBJECT_COLUMNS},
  s.distress_type, s.note, s.problems_total, s.problems_open,
  s.status = 'resolved' AND EXISTS (
    SELECT 1 FROM cases other WHERE other.enterprise_id = s.enterprise_id AND other.id <> s.id
       AND other.status NOT IN ('resolved', 'rejected', 'terminated')) AS has_other_live_case`;
export const CASE_JOINS = SUBJECT_JOINS;

export function mapCase(record: CaseRecord, context: ViewContext): CaseView {
  const { problemsTotal: total, problemsOpen: open, hasOtherLiveCase } = record;
  return {
    ...mapSubject(
      record,
      { kind: 'case', caseStatus: null, openProblems: open, hasOtherLiveCase, claimUntil: null },
      context,
    ),
    distressType: record.distressType,
    problems: { total, open },
    note: record.note,
  };
}
