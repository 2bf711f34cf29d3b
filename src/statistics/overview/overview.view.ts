import { ApiProperty } from '@nestjs/swagger';
import { SIZE_CLASSES, type SizeClass } from '../../enterprises/enterprise.entity.js';
import type { CampaignFigures } from '../../production/campaigns/campaign-pace.js';
import { PaceView } from '../../production/campaigns/campaign.view.js';
import { type Milestone, MILESTONES } from '../../production/campaigns/milestones.js';
import type { Hop, HopFigures } from './closure-figures.js';
import type { Band } from './stock-figures.js';

const Count = (description: string, example: number) =>
  ApiProperty({ description, example, type: 'integer', minimum: 0 });
const Share = (description: string, example: number) =>
  ApiProperty({
    description: `${description} 0 to 1, four decimals; null where there is nothing to divide by.`,
    example,
    type: Number,
    nullable: true,
  });
const Days = (description: string, example: number) =>
  ApiProperty({ description: `${description}; null of nothing.`, example, type: Number, nullable: true });

class UnitOfOverview {
  @ApiProperty({ example: '610902' })
  code!: string;
  @ApiProperty({ example: '汉滨区' })
  name!: string;
}

class LightCounts {
  @Count('Past due, or due again and not assigned in time.', 11)
  red!: number;
  @Count('Three or fewer working days left, or silent for seven days.', 6)
  yellow!: number;
  @Count('On hold and not late.', 2)
  grey!: number;
  @Count('All others.', 13)
  green!: number;
}

class RunningWeek {
  @ApiProperty({ example: '2021-W44' })
  name!: string;
  @Count('On the books at its start.', 29)
  opening!: number;
  @Count('First assigned or claimed in it.', 8)
  assigned!: number;
  @Count('Reopened in it.', 0)
  reopened!: number;
  @Count('Closed in it.', 5)
  resolved!: number;
  @Count('Left the books in it without closure.', 0)
  terminated!: number;
  @Count('On the books at `asOf`: `live`.', 32)
  closing!: number;
  @Count('Of these, late: `overdue`.', 11)
  overdue!: number;
  @ApiProperty({
    type: 'integer',
    description: 'By how many they became more since its start, moves between units included.',
    example: 3,
  })
  net!: number;
}

class AgeBand implements Band {
  @Count('Calendar days, at the least.', 8)
  from!: number;
  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'Calendar days, at the most; null: any.',
    example: 15,
  })
  to!: number | null;
  @Count('Live cases of this age.', 7)
  count!: number;
}

class Ages {
  @Days('Median age of what is live, in calendar days since its report or last reopening', 17.5)
  medianDays!: number | null;
  @ApiProperty({ type: [AgeBand], description: 'Every live case is in one.' })
  bands!: AgeBand[];
}

class DepartmentOverdue {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000002' })
  id!: string;
  @ApiProperty({ type: String, nullable: true, example: 'GX' })
  code!: string | null;
  @ApiProperty({ example: '市工业和信息化局' })
  name!: string;
  @Count('Overdue cases that it leads.', 4)
  overdue!: number;
  @ApiProperty({ description: 'Of all that is overdue, 0 to 1, four decimals.', example: 0.3636 })
  share!: number;
}

class OverdueConcentration {
  @ApiProperty({
    type: [DepartmentOverdue],
    description: 'At most five, those with most of them first, of whatever level.',
  })
  departments!: DepartmentOverdue[];
  @Share('Of all that is overdue, what three departments lead.', 0.8182)
  topThreeShare!: number | null;
}

class HopView implements HopFigures {
  @Count('Closures of which both ends are known.', 40)
  closures!: number;
  @Days('Median, working days', 2)
  medianWorkingDays!: number | null;
  @Days('Nine in ten took no longer, working days', 6)
  p90WorkingDays!: number | null;
}

class Hops implements Record<Hop, HopView> {
  @ApiProperty({ type: HopView, description: '签收: first assigned or reopened → signed for.' })
  signing!: HopView;
  @ApiProperty({
    type: HopView,
    description: 'Signed for → first note of progress before closure was asked for.',
  })
  firstNote!: HopView;
  @ApiProperty({ type: HopView, description: 'That note → closure asked for.' })
  asking!: HopView;
  @ApiProperty({ type: HopView, description: '核查: closure asked for → struck off.' })
  verifying!: HopView;
}

class RecentClosures {
  @ApiProperty({
    format: 'date',
    description: 'A Monday: thirteen weeks, the running one included.',
    example: '2021-08-09',
  })
  since!: string;
  @Count('Closures since then; one that was reopened and closed again is two.', 52)
  count!: number;
  @ApiProperty({ type: Hops, description: '环节用时, of these.' })
  hops!: Hops;
}

class SizeFigures {
  @ApiProperty({
    enum: SIZE_CLASSES,
    nullable: true,
    description: 'Of the enterprise; null: not stated.',
    example: 'small',
  })
  sizeClass!: SizeClass | null;
  @Count('On the books.', 12)
  live!: number;
  @Share('销号率 to date, as in the weekly table: closed ÷ (ever assigned − terminated).', 0.3962)
  closureRate!: number | null;
  @Count('Closed in the thirteen weeks.', 9)
  closures!: number;
  @Days('Median handling time of these, working days as in the weekly table', 11)
  medianHandlingWorkingDays!: number | null;
}

class CampaignOfOverview extends PaceView implements CampaignFigures {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000009' })
  id!: string;
  @ApiProperty({ example: '停产半停产减产企业复产攻坚' })
  name!: string;
  @ApiProperty({ enum: MILESTONES })
  milestone!: Milestone;
  @Count('Members that are to reach it.', 245)
  target!: number;
  @Count('Enterprises that belong to it.', 250)
  members!: number;
  @ApiProperty({ format: 'date', example: '2021-08-25' })
  startsOn!: string;
  @ApiProperty({ format: 'date', example: '2021-12-31' })
  finalOn!: string;
}

/** Counts alone, of the whole city or of one reporting unit: the weekly table’s kind of figures. */
export class OverviewView {
  @ApiProperty({
    format: 'date-time',
    description: 'How it stands at this moment, from what was recorded before it.',
    example: '2021-11-05T02:00:00.000Z',
  })
  asOf!: string;
  @ApiProperty({ type: UnitOfOverview, nullable: true, description: 'null: the city.' })
  reportingUnit!: UnitOfOverview | null;
  @Count('在办: on the books.', 32)
  live!: number;
  @Count('Of these, late.', 11)
  overdue!: number;
  @Count('Reported, and not yet assigned for the first time; on no books.', 3)
  waiting!: number;
  @ApiProperty({ type: LightCounts, description: 'Lights of what is live; together they are `live`.' })
  lights!: LightCounts;
  @ApiProperty({ type: RunningWeek, description: 'The running week, as its weekly table has it.' })
  week!: RunningWeek;
  @ApiProperty({ type: Ages })
  age!: Ages;
  @ApiProperty({ type: OverdueConcentration })
  overdueByDepartment!: OverdueConcentration;
  @ApiProperty({ type: RecentClosures })
  closures!: RecentClosures;
  @ApiProperty({
    type: [SizeFigures],
    description: 'Whether small enterprises are served as large ones are.',
  })
  bySize!: SizeFigures[];
  @ApiProperty({
    type: [CampaignOfOverview],
    description: 'Campaigns that are pursued, the whole city’s, by final date.',
  })
  campaigns!: CampaignOfOverview[];
}
