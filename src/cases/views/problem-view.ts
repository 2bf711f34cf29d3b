import { ApiProperty } from '@nestjs/swagger';
import {
  type Cause,
  CAUSES,
  HELP_BY_CAUSE,
  PROBLEM_CATEGORIES,
  type ProblemCategory,
  type Status,
} from '../lifecycle/states.js';
import { mapSubject, type ViewContext } from './map-subject.js';
import { SUBJECT_COLUMNS, SUBJECT_JOINS } from './subject-columns.js';
import type { SubjectRecord } from './subject-record.js';
import { SubjectView } from './subject-view.js';

export class CaseReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'AK-2021-000123' })
  number!: string;
}

export class ProblemView extends SubjectView {
  @ApiProperty({ type: CaseReference, nullable: true })
  case!: CaseReference | null;
  @ApiProperty({ example: '厂区扩建用地指标未落实' })
  title!: string;
  @ApiProperty()
  description!: string;
  @ApiProperty({ enum: PROBLEM_CATEGORIES })
  category!: ProblemCategory;
  @ApiProperty({ enum: CAUSES, nullable: true })
  cause!: Cause | null;
  @ApiProperty({
    enum: Object.values(HELP_BY_CAUSE),
    nullable: true,
    description: 'The way of helping, which follows from the cause: serve 服务, coordinate 协调, guide 指导.',
  })
  help!: (typeof HELP_BY_CAUSE)[Cause] | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until when a department may claim it, where its responsibility list set a window.',
  })
  claimUntil!: Date | null;
}

export interface ProblemRecord extends SubjectRecord {
  caseId: string | null;
  caseNumber: string | null;
  caseStatus: Status | null;
  title: string;
  description: string;
  category: ProblemCategory;
  cause: Cause | null;
  claimUntil: Date | null;
}

export const PROBLEM_SELECT = `${SUBJECT_COLUMNS},
  s.case_id, k.number AS case_number, k.status AS case_status, s.title, s.description, s.category, s.cause, s.claim_until`;
export const PROBLEM_JOINS = `${SUBJECT_JOINS} LEFT JOIN cases k ON k.id = s.case_id`;

export function mapProblem(record: ProblemRecord, context: ViewContext): ProblemView {
  const { caseId, caseNumber, caseStatus, cause, claimUntil } = record;
  return {
    ...mapSubject(
      record,
      { kind: 'problem', caseStatus, openProblems: 0, hasOtherLiveCase: false, claimUntil },
      context,
    ),
    case: caseId === null ? null : { id: caseId, number: caseNumber ?? '' },
    title: record.title,
    description: record.description,
    category: record.category,
    cause,
    help: cause === null ? null : HELP_BY_CAUSE[cause],
    claimUntil,
  };
}
