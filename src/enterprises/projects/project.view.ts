import { ApiProperty } from '@nestjs/swagger';
import { reportingUnitName, ReportingUnitName } from '../../organization/reporting-unit.view.js';
import type { List } from '../../platform/http/list-reader.js';
import { pageOf } from '../../platform/http/paging.js';
import { PROJECT_STAGES, type ProjectStage } from './project-stages.js';

class ProjectOwner {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000005' })
  id!: string;

  @ApiProperty({ example: '安康示例新材料有限公司' })
  name!: string;
}

export class ProjectView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000007' })
  id!: string;

  @ApiProperty({ description: 'Permanent number, given or drawn.', example: 'XM-2021-000012' })
  number!: string;

  @ApiProperty({ example: '年产5000吨锂电正极材料项目' })
  name!: string;

  @ApiProperty({ type: ReportingUnitName })
  reportingUnit!: ReportingUnitName;

  @ApiProperty({
    type: ProjectOwner,
    nullable: true,
    description: 'The enterprise that owns it, if one does.',
  })
  enterprise!: ProjectOwner | null;

  @ApiProperty({ type: String, nullable: true, example: '一期已开工' })
  note!: string | null;

  @ApiProperty({ description: 'One that is not takes no new problems.', example: true })
  isActive!: boolean;

  @ApiProperty({
    enum: PROJECT_STAGES,
    nullable: true,
    description: 'How far it has come; `null` while nothing is entered.',
    example: 'under_construction',
  })
  stage!: ProjectStage | null;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: 'Since when it is at this stage.',
    example: '2021-06-18',
  })
  stageReachedOn!: string | null;

  @ApiProperty({ description: 'Raised by one at every change; the `ETag`.', example: 1 })
  version!: number;
}

export class ProjectPage extends pageOf(ProjectView) {}

export const PROJECTS: List<ProjectView> = {
  name: 'projects',
  select: `j.id, j.number, j.name, ${reportingUnitName('u')} AS "reportingUnit",
    CASE WHEN e.id IS NOT NULL THEN json_build_object('id', e.id, 'name', e.name) END AS enterprise,
    j.note, j.is_active AS "isActive", j.stage, j.stage_reached_on::text AS "stageReachedOn", j.version`,
  from: `projects j JOIN reporting_units u ON u.id = j.reporting_unit_id
    LEFT JOIN enterprises e ON e.id = j.enterprise_id`,
  keys: ['j.name', 'j.id'],
  types: ['text', 'uuid'],
  positionOf: (row) => [row.name, row.id],
};
