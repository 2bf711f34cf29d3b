import { ApiProperty } from '@nestjs/swagger';
import { type Action, ACTIONS } from '../lifecycle/actions.js';
import { LIGHTS, type Light } from '../deadlines/light.js';
import { COMPLEXITIES, type Complexity, type Status, STATUSES } from '../lifecycle/states.js';

const instant = { type: String, format: 'date-time' } as const;

export class UnitReference {
  @ApiProperty({ description: 'GB/T 2260 code, or the internal code of a zone.', example: '610902' })
  code!: string;
  @ApiProperty({ example: '汉滨区' })
  name!: string;
}

export class EnterpriseReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '安康鸿林光电科技有限公司' })
  name!: string;
  @ApiProperty({ description: 'Unified social credit code, GB 32100-2015.', example: '91610902MA707KB10Q' })
  creditCode!: string;
  @ApiProperty({ type: UnitReference })
  reportingUnit!: UnitReference;
}

export class ProjectReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'XM-2021-000012' })
  number!: string;
  @ApiProperty({ example: '年产5000吨锂电正极材料项目' })
  name!: string;
  @ApiProperty({ type: UnitReference })
  reportingUnit!: UnitReference;
}

export class DepartmentReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Official code where there is one.' })
  code!: string | null;
  @ApiProperty({ example: '市工信局' })
  name!: string;
}

export class OfficialReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '王思远' })
  name!: string;
}

export class AssignmentView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: DepartmentReference })
  department!: DepartmentReference;
  @ApiProperty({ type: OfficialReference })
  official!: OfficialReference;
  @ApiProperty(instant)
  assignedAt!: Date;
  @ApiProperty({ ...instant, description: 'Deadline for signing for it.' })
  acknowledgeBy!: Date;
  @ApiProperty({ ...instant, nullable: true })
  acknowledgedAt!: Date | null;
  @ApiProperty({ ...instant, description: '18:00 office time of its working day.' })
  dueAt!: Date;
  @ApiProperty({ type: 'integer', description: 'Raised by every change of the deadline.', example: 1 })
  deadlineVersion!: number;
  @ApiProperty({ description: 'The deadline rests on a calendar year that is not yet published.' })
  isProvisional!: boolean;
  @ApiProperty({ description: 'It cannot be returned: it came back twice already.' })
  isFinal!: boolean;
}

export class CoHandlerView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ type: DepartmentReference })
  department!: DepartmentReference;
  @ApiProperty({ type: OfficialReference, nullable: true })
  official!: OfficialReference | null;
  @ApiProperty(instant)
  dueAt!: Date;
  @ApiProperty({ type: 'integer' })
  deadlineVersion!: number;
  @ApiProperty({ type: String, nullable: true })
  opinion!: string | null;
  @ApiProperty({ ...instant, nullable: true })
  opinionAt!: Date | null;
}

/** What the views of cases and problems share. */
export abstract class SubjectView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ description: 'Permanent number.', example: 'AK-2021-000123' })
  number!: string;
  @ApiProperty({ enum: STATUSES })
  status!: Status;
  @ApiProperty({ type: String, nullable: true, description: 'How it was closed.', example: 'recovered' })
  outcome!: string | null;
  @ApiProperty({ enum: LIGHTS, nullable: true, description: '`null` when it is not live.' })
  light!: Light | null;
  @ApiProperty()
  isOverdue!: boolean;
  @ApiProperty({ enum: COMPLEXITIES, nullable: true })
  complexity!: Complexity | null;
  @ApiProperty({ type: AssignmentView, nullable: true })
  assignment!: AssignmentView | null;
  @ApiProperty({ type: [CoHandlerView] })
  coHandlers!: CoHandlerView[];
  @ApiProperty(instant)
  reportedAt!: Date;
  @ApiProperty({ ...instant, nullable: true })
  resolvedAt!: Date | null;
  @ApiProperty({ type: 'integer' })
  reopenCount!: number;
  @ApiProperty({ type: 'integer', description: 'Also its `ETag`.' })
  version!: number;
  @ApiProperty({ enum: ACTIONS, isArray: true, description: 'What you could do to it now.' })
  allowedActions!: Action[];
}
