import { ApiProperty } from '@nestjs/swagger';
import { reportingUnitName, ReportingUnitName } from '../../organization/reporting-unit.view.js';
import type { List } from '../../platform/http/list-reader.js';
import { pageOf } from '../../platform/http/paging.js';
import { PROJECT_STAGES, type ProjectStage } from '../../enterprises/projects/project-stages.js';
import { MEMBER_KINDS, type MemberKind, type Milestone, MILESTONES } from './milestones.js';
import type { Pace } from './pace.js';

export class CampaignView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000009' })
  id!: string;

  @ApiProperty({ example: '停产半停产减产企业复产攻坚' })
  name!: string;

  @ApiProperty({ enum: MILESTONES, description: 'What a member is to reach.' })
  milestone!: Milestone;

  @ApiProperty({ enum: MEMBER_KINDS, description: 'What its members are, as the milestone says.' })
  memberKind!: MemberKind;

  @ApiProperty({ type: 'integer', description: 'Members that are to reach it.', example: 245 })
  target!: number;

  @ApiProperty({ format: 'date', description: 'Its first day.', example: '2021-08-25' })
  startsOn!: string;

  @ApiProperty({ format: 'date', description: 'Its last day.', example: '2021-12-31' })
  finalOn!: string;

  @ApiProperty({ description: 'One that is not is told of no more.', example: true })
  isActive!: boolean;

  @ApiProperty({
    type: 'integer',
    description: 'Enterprises, or projects, that belong to it today.',
    example: 250,
  })
  members!: number;

  @ApiProperty({ description: 'Raised by one at every change; the `ETag`.', example: 1 })
  version!: number;
}

export class CampaignPage extends pageOf(CampaignView) {}

/** 进度 at the end of a day: target × elapsed ÷ total working days of the office, beside what was reached. */
export class PaceView implements Pace {
  @ApiProperty({ type: 'integer', description: 'Members that have reached the milestone.', example: 131 })
  reached!: number;

  @ApiProperty({ type: 'integer', description: 'Working days from its first day through this one.' })
  elapsedWorkingDays!: number;

  @ApiProperty({ type: 'integer', description: 'Working days from its first day through its last.' })
  totalWorkingDays!: number;

  @ApiProperty({
    description:
      'Members that should have reached it by then, one decimal; the whole target from its last day on.',
    example: 128.5,
  })
  expected!: number;

  @ApiProperty({ description: 'Fewer have reached it than should have.', example: false })
  isBehind!: boolean;
}

export class PaceOfDayView extends PaceView {
  @ApiProperty({ format: 'date', description: 'The day, in the office time zone.', example: '2021-11-05' })
  on!: string;
}

export class CampaignWithPaceView extends CampaignView {
  @ApiProperty({ type: PaceOfDayView })
  pace!: PaceOfDayView;
}

class MemberEnterprise {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000005' })
  id!: string;

  @ApiProperty({ example: '安康示例水泥有限公司' })
  name!: string;

  @ApiProperty({ example: '91610900MA70XXXX0P' })
  creditCode!: string;

  @ApiProperty({ type: ReportingUnitName })
  reportingUnit!: ReportingUnitName;
}

class MemberProject {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000007' })
  id!: string;

  @ApiProperty({ example: 'XM-2021-000012' })
  number!: string;

  @ApiProperty({ example: '年产5000吨锂电正极材料项目' })
  name!: string;

  @ApiProperty({ type: ReportingUnitName })
  reportingUnit!: ReportingUnitName;

  @ApiProperty({ enum: PROJECT_STAGES, nullable: true })
  stage!: ProjectStage | null;
}

/** More than its capacity, where that is a danger: mining and hazardous chemistry. */
export class OverCapacityView {
  @ApiProperty({ description: 'Month `YYYY-MM`.', example: '2021-10' })
  month!: string;

  @ApiProperty({ description: 'A share, 1 being all of the capacity.', example: 1.15 })
  capacityUtilisation!: number;
}

export class CampaignMemberView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000010' })
  id!: string;

  @ApiProperty({ type: MemberEnterprise, nullable: true, description: '`null` of a project.' })
  enterprise!: MemberEnterprise | null;

  @ApiProperty({ type: MemberProject, nullable: true, description: '`null` of an enterprise.' })
  project!: MemberProject | null;

  @ApiProperty({ format: 'date', description: 'Member from this day on.', example: '2021-08-25' })
  since!: string;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description:
      'When it reached the milestone, of those that figures say the last day of the month; `null` while it has not, or has lost it again.',
    example: '2021-10-31',
  })
  reachedOn!: string | null;

  @ApiProperty({
    type: OverCapacityView,
    nullable: true,
    description:
      'Safety flag: its last known month is over capacity, in mining or hazardous chemistry. That never counts as full capacity.',
  })
  overCapacity!: OverCapacityView | null;
}

export class CampaignMemberPage extends pageOf(CampaignMemberView) {}

export class MembersAddedView {
  @ApiProperty({ type: 'integer', description: 'Added now.', example: 12 })
  added!: number;

  @ApiProperty({ type: 'integer', description: 'Belonged to it before.', example: 0 })
  unchanged!: number;
}

export const CAMPAIGNS: List<CampaignView> = {
  name: 'campaigns',
  select: `c.id, c.name, c.milestone,
    CASE WHEN c.milestone IN ('project_completed', 'in_production') THEN 'project' ELSE 'enterprise' END AS "memberKind",
    c.target, c.starts_on::text AS "startsOn", c.final_on::text AS "finalOn",
    c.is_active AS "isActive", c.version,
    (SELECT count(*)::int FROM campaign_members m WHERE m.campaign_id = c.id AND m.removed_at IS NULL) AS members`,
  from: 'campaigns c',
  keys: ['c.final_on', 'c.id'],
  types: ['date', 'uuid'],
  positionOf: (row) => [row.finalOn, row.id],
};

export const MEMBERS: List<Omit<CampaignMemberView, 'reachedOn' | 'overCapacity'>> = {
  name: 'campaign-members',
  select: `m.id, m.since::text AS since, CASE WHEN e.id IS NOT NULL THEN json_build_object('id', e.id, 'name', e.name,
    'creditCode', e.credit_code, 'reportingUnit', ${reportingUnitName('u')}) END AS enterprise,
    CASE WHEN j.id IS NOT NULL THEN json_build_object('id', j.id, 'number', j.number, 'name', j.name,
    'reportingUnit', ${reportingUnitName('u')}, 'stage', j.stage) END AS project`,
  from: `campaign_members m LEFT JOIN enterprises e ON e.id = m.enterprise_id
    LEFT JOIN projects j ON j.id = m.project_id
    JOIN reporting_units u ON u.id = coalesce(e.reporting_unit_id, j.reporting_unit_id)`,
  keys: ['m.id'],
  types: ['uuid'],
  positionOf: (row) => [row.id],
};
