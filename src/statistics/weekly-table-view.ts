import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { SubjectKind } from '../cases/lifecycle/states.js';
import { type By, BYS } from './table/groupings.js';
import type { WeeklyColumns } from './table/columns.js';
import type { PeriodAnswer, PublishedIssue, WeeklyAnswer } from './weekly-answer.js';
import type { WeeklyRow } from './table/weekly-table.js';

const Count = (description: string, example: number) =>
  ApiProperty({ description, example, type: 'integer', minimum: 0 });
const Rate = (description: string, example: number) =>
  ApiProperty({
    description: `${description} 0 to 1, four decimals; null where there is nothing to divide by.`,
    example,
    type: 'number',
    nullable: true,
    minimum: 0,
    maximum: 1,
  });

/** The figures of a row, for the OpenAPI document. */
export class WeeklyColumnsView implements WeeklyColumns {
  @Count('上周结转: on the books at the start.', 29)
  opening!: number;
  @Count('本周新增: first assigned or claimed in the week.', 8)
  assigned!: number;
  @Count('Reopened in the week.', 0)
  reopened!: number;
  @Count('Moved into this group in the week.', 0)
  transferredIn!: number;
  @Count('Moved out of this group in the week.', 0)
  transferredOut!: number;
  @Count('本周销号: closed in the week.', 5)
  resolved!: number;
  @ApiPropertyOptional({
    description: 'Of the closed cases: production shown to be back. Cases only.',
    example: 3,
    type: 'integer',
  })
  recovered?: number;
  @ApiPropertyOptional({
    description: 'Of the closed problems: solved. Problems only.',
    example: 3,
    type: 'integer',
  })
  solved?: number;
  @Count('Of the closed: explained to the enterprise.', 1)
  explained!: number;
  @Count('Of the closed: imported, outcome not stated.', 1)
  unstated!: number;
  @Count('Left the books in the week without closure.', 0)
  terminated!: number;
  @Count('在办: on the books at the end.', 32)
  closing!: number;
  @Count('挂账: of closing, on hold at the end.', 0)
  onHold!: number;
  @Count('Of closing, late at the end.', 11)
  overdue!: number;
  @Count('Of the overdue: most working days after the due day, through the last day of the week.', 34)
  longestOverdueWorkingDays!: number;
  @Count('Ever on the books by the end.', 53)
  cumulativeAssigned!: number;
  @Count('Closed at the end.', 21)
  cumulativeResolved!: number;
  @Rate('销号率: closed ÷ (ever assigned − terminated), to the end.', 0.3962)
  closureRate!: number | null;
  @Rate('按期办结率: closed on time ÷ (closed + overdue), to the end.', 0.5)
  onTimeRate!: number | null;
  @ApiProperty({
    description: '平均办理工作日 of those closed in the week: working days, one decimal, holds not counted.',
    example: 10,
    type: 'number',
    nullable: true,
  })
  meanHandlingWorkingDays!: number | null;
  @Rate('签收及时率: of assignments whose sign-for time fell in the week, those signed in time.', 0.875)
  acknowledgedInTimeRate!: number | null;
  @Count('退回重办: sent back in the week.', 1)
  sentBack!: number;
  @Count('延期: extensions approved in the week.', 0)
  extended!: number;
  @Rate('满意率: of closures rated in the week, those rated fairly satisfied or better.', 1)
  satisfactionRate!: number | null;
  @ApiProperty({ description: '0 to 100, two decimals.', example: 41.9, type: 'number', nullable: true })
  score!: number | null;
  @ApiProperty({
    description:
      'Dense rank by score, then by fewer overdue; null below three ever assigned, and in the total.',
    example: 6,
    type: 'integer',
    nullable: true,
  })
  rank!: number | null;
  @ApiProperty({
    description: "Last week's rank, as known at the same instant, minus this one: positive is up.",
    example: 2,
    type: 'integer',
    nullable: true,
  })
  rankChange!: number | null;
  @ApiPropertyOptional({
    description:
      '净销号: of the closed of the week, those not reopened by its end. Always in a table; not in issues that were published before it was counted.',
    example: 5,
    type: 'integer',
    minimum: 0,
  })
  netResolved!: number;
  @ApiPropertyOptional({
    description:
      '累计销号次数: every closure to the end, gross; `cumulativeResolved` is net of what was reopened. Always in a table; not in issues that were published before it was counted.',
    example: 22,
    type: 'integer',
    minimum: 0,
  })
  cumulativeClosures!: number;
}

export class WeeklyRowView extends WeeklyColumnsView implements WeeklyRow {
  @ApiProperty({
    description:
      "The reporting unit's code, the department's code (its name where it has none) or `county_led`, the value grouped by, the division of industry, the official's id; `unstated` for what has no value.",
    example: '610902',
  })
  key!: string;
  @ApiProperty({ example: '汉滨区' })
  name!: string;
}

export class PublishedIssueView implements PublishedIssue {
  @ApiProperty({ description: 'Within the year of its week.', example: 12, type: 'integer', minimum: 1 })
  number!: number;
  @ApiProperty({ description: 'SHA-256 over all that the issue says, hex.', pattern: '^[0-9a-f]{64}$' })
  hash!: string;
  @ApiProperty({ format: 'date-time' })
  publishedAt!: string;
}

class TableView {
  @ApiProperty({ enum: ['case', 'problem'] })
  subject!: SubjectKind;
  @ApiProperty({ enum: BYS })
  by!: By;
  @ApiProperty({
    description: 'What was recorded before it is in the table; asking again with it gives the same bytes.',
    example: '2021-11-08T01:00:00.000Z',
    format: 'date-time',
  })
  asOf!: string;
  @ApiProperty({ description: 'The period had not ended at `asOf`.' })
  isProvisional!: boolean;
  @ApiProperty({ type: [WeeklyRowView] })
  rows!: WeeklyRowView[];
  @ApiProperty({ description: 'The city, from the raw counts of all rows.', type: WeeklyColumnsView })
  total!: WeeklyColumnsView;
}

export class WeeklyTableView extends TableView implements WeeklyAnswer {
  @ApiProperty({ example: '2021-W44' })
  week!: string;
  @ApiProperty({
    description:
      'The issue in which the week stood published at the `asOf` that was asked for; without one, stands now.',
    type: PublishedIssueView,
    nullable: true,
  })
  issue!: PublishedIssueView | null;
}

export class PeriodTableView extends TableView implements PeriodAnswer {
  @ApiProperty({ example: '2021-10' })
  period!: string;
  @ApiProperty({ description: 'Its first day.', format: 'date', example: '2021-10-01' })
  startOn!: string;
  @ApiProperty({ description: 'Its last day.', format: 'date', example: '2021-10-31' })
  lastOn!: string;
}
