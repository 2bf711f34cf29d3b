import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsUUID } from 'class-validator';
import { PageQuery, pageOf } from '../../platform/http/paging.js';
import { toBoolean } from '../../platform/http/query-values.js';
import { type Action, ACTIONS } from '../lifecycle/actions.js';
import {
  DISTRESS_TYPES,
  type DistressType,
  PROBLEM_CATEGORIES,
  type ProblemCategory,
} from '../lifecycle/states.js';
import { EnterpriseReference, ProjectReference } from '../views/subject-view.js';
import { ListReference, NamedReference } from './responsibility-list.view.js';

const KINDS = ['case', 'problem'] as const;

export class ClaimPoolQuery extends PageQuery {
  @ApiPropertyOptional({
    description:
      '`true`: what nobody claimed before the end of its window, for the task force. Else what is open to claim.',
  })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  expired?: boolean;

  @ApiPropertyOptional({ enum: KINDS })
  @IsOptional()
  @IsIn(KINDS)
  kind?: (typeof KINDS)[number];

  @ApiPropertyOptional({ format: 'uuid', description: 'Only what its list suggests to this department.' })
  @IsOptional()
  @IsUUID()
  suggestedDepartment?: string;
}

export class ClaimPoolItem {
  @ApiProperty({
    enum: KINDS,
    description: 'Claimed by `POST /cases/{id}/claim` or `POST /problems/{id}/claim`.',
  })
  kind!: (typeof KINDS)[number];
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'P-2021-000456' })
  number!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Of a problem.',
    example: '厂区扩建用地指标未落实',
  })
  title!: string | null;
  @ApiProperty({ enum: PROBLEM_CATEGORIES, nullable: true, description: 'Of a problem.' })
  category!: ProblemCategory | null;
  @ApiProperty({ enum: DISTRESS_TYPES, nullable: true, description: 'Of a case.' })
  distressType!: DistressType | null;
  @ApiProperty({ type: EnterpriseReference, nullable: true, description: '`null` of a project.' })
  enterprise!: EnterpriseReference | null;
  @ApiProperty({ type: ProjectReference, nullable: true, description: '`null` of an enterprise.' })
  project!: ProjectReference | null;
  @ApiProperty({ type: String, format: 'date-time' })
  reportedAt!: Date;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'By when someone must answer for it.',
  })
  assignBy!: Date | null;
  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'End of its claim window; `null`: none.',
  })
  claimUntil!: Date | null;
  @ApiProperty({ type: ListReference, nullable: true, description: 'The list that a problem came from.' })
  responsibilityList!: ListReference | null;
  @ApiProperty({ type: [NamedReference] })
  suggestedDepartments!: NamedReference[];
  @ApiProperty({ type: 'integer', description: 'Also its `ETag`.', example: 1 })
  version!: number;
  @ApiProperty({ enum: ACTIONS, isArray: true, description: 'What you could do to it now.' })
  allowedActions!: Action[];
}

export class ClaimPoolPage extends pageOf(ClaimPoolItem) {}
