import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { pageOf, PageQuery } from '../../platform/http/paging.js';
import { toList } from '../../platform/http/query-values.js';
import { type By, BYS } from '../table/groupings.js';
import type { WeeklyColumns } from '../table/columns.js';
import { WeeklyColumnsView, WeeklyRowView } from '../weekly-table-view.js';
import type { Correction } from './corrections.js';
import { ISSUE_STATES, type IssuedTable, type IssueParameters, type IssueState } from './issue-content.js';
import { ISSUE_FORMATS } from './issue-formats.js';

const SUBJECTS = ['case', 'problem'] as const satisfies readonly SubjectKind[];
/** Blanks are no reason. */
const NOT_BLANK = /\S/;
const MOST_CHARACTERS = 500;

export class IssueQuery extends PageQuery {
  @ApiPropertyOptional({ enum: ISSUE_STATES, isArray: true, description: 'In any of these states.' })
  @IsOptional()
  @Transform(toList)
  @IsIn(ISSUE_STATES, { each: true })
  state?: IssueState[];

  @ApiPropertyOptional({ description: 'Of this week.', example: '2021-W44' })
  @IsOptional()
  @Matches(/^[1-9]\d{3}-W\d{2}$/)
  week?: string;
}

/** Which file of a format that has one for each table. */
export class IssueFileQuery {
  @ApiPropertyOptional({ enum: SUBJECTS, default: 'case' })
  @IsOptional()
  @IsIn(SUBJECTS)
  subject?: SubjectKind;

  @ApiPropertyOptional({ enum: BYS, default: 'reportingUnit' })
  @IsOptional()
  @IsIn(BYS)
  by?: By;
}

export class PublishBody {
  @ApiPropertyOptional({ description: 'What the approver adds; it is part of the issue.', maxLength: 500 })
  @MayBeAbsent()
  @IsString()
  @Length(1, MOST_CHARACTERS)
  note?: string;
}

export class IssueReasonBody {
  @ApiProperty({ description: 'Why; it is shown with the issue.', minLength: 2, maxLength: 500 })
  @IsString()
  @Length(2, MOST_CHARACTERS)
  @Matches(NOT_BLANK)
  reason!: string;
}

class IssueCalendarView {
  @ApiProperty({ format: 'date-time', type: String, nullable: true })
  loadedAt!: string | null;
  @ApiProperty({ format: 'date', example: '2026-12-31' })
  confirmedUntil!: string;
  @ApiProperty({ description: 'Of all days that it states, hex.' })
  sha256!: string;
}

class GroupingView {
  @ApiProperty({ enum: SUBJECTS })
  subject!: SubjectKind;
  @ApiProperty({ enum: BYS })
  by!: By;
}

class IssueParametersView implements IssueParameters {
  @ApiProperty({ description: 'Of the weights of the score.', type: 'integer', example: 1 })
  scoreVersion!: number;
  @ApiProperty({ description: 'The working-day calendar as known at `asOf`.', type: IssueCalendarView })
  calendar!: IssueCalendarView;
  @ApiProperty({ type: [GroupingView] })
  groupings!: GroupingView[];
}

class IssueFileView {
  @ApiProperty({ enum: ISSUE_FORMATS })
  format!: string;
  @ApiPropertyOptional({ enum: SUBJECTS })
  subject?: SubjectKind;
  @ApiPropertyOptional({ enum: BYS })
  by?: By;
  @ApiProperty({ example: '销号周报-2021-W44-第12期.xlsx' })
  name!: string;
  @ApiProperty()
  mediaType!: string;
  @ApiProperty({ description: 'Hex.' })
  sha256!: string;
  @ApiProperty({ description: 'Bytes.', type: 'integer' })
  size!: number;
}

class CorrectionView implements Correction {
  @ApiProperty({ example: '2021-W43' })
  week!: string;
  @ApiProperty({ description: 'Of the issue in which that week stands published.', type: 'integer' })
  issueNumber!: number;
  @ApiProperty({ enum: SUBJECTS })
  subject!: SubjectKind;
  @ApiProperty({ enum: BYS })
  by!: By;
  @ApiProperty({ description: 'Of the row; `total` is the city.', example: '610902' })
  key!: string;
  @ApiProperty({ example: '汉滨区' })
  name!: string;
  @ApiProperty({ type: String, description: 'Name of the figure.', example: 'resolved' })
  column!: keyof WeeklyColumns;
  @ApiProperty({ type: Number, nullable: true, description: 'As last stated.' })
  was!: number | null;
  @ApiProperty({ type: Number, nullable: true })
  now!: number | null;
}

class IssuedTableView implements IssuedTable {
  @ApiProperty({ enum: SUBJECTS })
  subject!: SubjectKind;
  @ApiProperty({ enum: BYS })
  by!: By;
  @ApiProperty({ type: [WeeklyRowView] })
  rows!: WeeklyRowView[];
  @ApiProperty({ type: WeeklyColumnsView })
  total!: WeeklyColumnsView;
}

const Account = (description: string) =>
  ApiProperty({ type: String, format: 'uuid', nullable: true, description });
const Moment = (description: string) =>
  ApiProperty({ type: String, format: 'date-time', nullable: true, description });
const Words = (description: string) => ApiProperty({ type: String, nullable: true, description });

/** An issue without its tables. */
export class IssueView {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: '2021-W44' })
  week!: string;
  @ApiProperty({ description: 'Of the week; numbers are counted within it.', type: 'integer', example: 2021 })
  year!: number;
  @ApiProperty({
    description:
      'No number among those published is left out. Of a prepared one: the number it would get now.',
    type: 'integer',
    example: 12,
  })
  number!: number;
  @ApiProperty({ enum: ISSUE_STATES })
  state!: IssueState;
  @ApiProperty({ format: 'date-time', description: 'What was recorded before it is in the figures.' })
  asOf!: Date;
  @ApiProperty({ type: IssueParametersView })
  parameters!: IssueParametersView;
  @ApiProperty({ type: [IssueFileView] })
  files!: IssueFileView[];
  @ApiProperty({ format: 'date-time' })
  preparedAt!: Date;
  @Account('`null`: the schedule.')
  preparedBy!: string | null;
  @Moment('`null` where it was never published.')
  publishedAt!: Date | null;
  @Account('Who approved it.')
  publishedBy!: string | null;
  @Words('Of the approver.')
  note!: string | null;
  @Words('SHA-256 over all that it says, hex; `null` where it was never published.')
  hash!: string | null;
  @Account('The withdrawn issue in whose place it stands.')
  replaces!: string | null;
  @Words('Why it stands in the place of that.')
  reason!: string | null;
  @Moment('')
  withdrawnAt!: Date | null;
  @Account('')
  withdrawnBy!: string | null;
  @Words('')
  withdrawalReason!: string | null;
}

export class WholeIssueView extends IssueView {
  @ApiProperty({ type: [IssuedTableView] })
  tables!: IssuedTableView[];
  @ApiProperty({
    description:
      'Cells of weeks published before, up to 53 weeks back, whose figures are other ones now than were last stated.',
    type: [CorrectionView],
  })
  corrections!: CorrectionView[];
}

export class IssuePage extends pageOf(IssueView) {}
