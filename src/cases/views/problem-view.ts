import { ApiProperty } from '@nestjs/swagger';
import {
  type Cause,
  CAUSES,
  HELP_BY_CAUSE,
  PROBLEM_CATEGORIES,
  type ProblemCategory,
  type Status,
} from '../lifecycle/states.js';
import { mapEnterprise, mapSubject, type ViewContext } from './map-subject.js';
import { ENTERPRISE_COLUMNS, SUBJECT_COLUMNS, SUBJECT_JOINS } from './subject-columns.js';
import type { EnterpriseRecord, SubjectRecord } from './subject-record.js';
import { EnterpriseReference, ProjectReference, SubjectView } from './subject-view.js';

export class CaseReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'AK-2021-000123' })
  number!: string;
}

export class ProblemView extends SubjectView {
  @ApiProperty({ type: EnterpriseReference, nullable: true, description: '`null` of a project.' })
  enterprise!: EnterpriseReference | null;
  @ApiProperty({
    type: ProjectReference,
    nullable: true,
    description: 'The project it belongs to, instead of an enterprise or a case.',
  })
  project!: ProjectReference | null;
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

/** Of an enterprise or of a project. */
type HomeRecord =
  | (EnterpriseRecord & { projectId: null })
  | { projectId: string; projectNumber: string; projectName: string; unitCode: string; unitName: string };

interface OwnRecord extends SubjectRecord {
  caseId: string | null;
  caseNumber: string | null;
  caseStatus: Status | null;
  title: string;
  description: string;
  category: ProblemCategory;
  cause: Cause | null;
  claimUntil: Date | null;
}

export type ProblemRecord = OwnRecord & HomeRecord;

export const PROBLEM_SELECT = `${SUBJECT_COLUMNS}, ${ENTERPRISE_COLUMNS},
  j.id AS project_id, j.number AS project_number, j.name AS project_name,
  s.case_id, k.number AS case_number, k.status AS case_status, s.title, s.description, s.category, s.cause, s.claim_until`;
export const PROBLEM_JOINS = `LEFT JOIN enterprises e ON e.id = s.enterprise_id
  LEFT JOIN projects j ON j.id = s.project_id ${SUBJECT_JOINS} LEFT JOIN cases k ON k.id = s.case_id`;

export function mapProblem(record: ProblemRecord, context: ViewContext): ProblemView {
  const { caseId, caseNumber, caseStatus, cause, claimUntil } = record;
  return {
    ...mapSubject(
      record,
      { kind: 'problem', caseStatus, openProblems: 0, hasOtherLiveCase: false, claimUntil },
      context,
    ),
    enterprise: record.projectId === null ? mapEnterprise(record) : null,
    project: record.projectId === null ? null : mapProject(record),
    case: caseId === null ? null : { id: caseId, number: caseNumber ?? '' },
    title: record.title,
    description: record.description,
    category: record.category,
    cause,
    help: cause === null ? null : HELP_BY_CAUSE[cause],
    claimUntil,
  };
}

const mapProject = (record: Exclude<HomeRecord, { projectId: null }>): ProjectReference => ({
  id: record.projectId,
  number: record.projectNumber,
  name: record.projectName,
  reportingUnit: { code: record.unitCode, name: record.unitName },
});
