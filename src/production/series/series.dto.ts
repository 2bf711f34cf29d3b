import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  CASE_OUTCOMES,
  DISTRESS_TYPES,
  type DistressType,
  type Outcome,
} from '../../cases/lifecycle/states.js';
import { IsMonth } from '../../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { PRODUCTION_SOURCES, type ProductionSource } from '../production-figure.entity.js';
import {
  PRODUCTION_MILESTONES,
  type ProductionMilestone,
  PRODUCTION_STATUSES,
  type ProductionStatus,
} from '../rules/statuses.js';
import { STOP_KINDS, type StopKind } from '../stops/production-stop.entity.js';
import { UNREPORTED_REASONS, type UnreportedReason } from '../unreported/unreported-month.entity.js';
import { MOST_MONTHS, USUAL_MONTHS } from './months-between.js';

const MONTH = { example: '2021-10' };
const CASE_ID = { format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000006' };
const NUMBER = { example: 'AK-2021-000123' };

export class SeriesQuery {
  @ApiPropertyOptional({
    description: `First month \`YYYY-MM\`, not after \`to\`. Left out: ${USUAL_MONTHS} months, \`to\` included. At most ${MOST_MONTHS}.`,
    example: '2020-01',
  })
  @MayBeAbsent()
  @IsMonth()
  from?: string;

  @ApiPropertyOptional({
    description: 'Last month `YYYY-MM`. Left out: the present one.',
    example: '2021-12',
  })
  @MayBeAbsent()
  @IsMonth()
  to?: string;
}

/** The figure that the rules read. */
export class SeriesFigureView {
  @ApiProperty({ description: 'CNY, kWh, days, people, or a share with 1 for all.', example: 12_340_000 })
  value!: number;

  @ApiProperty({ enum: PRODUCTION_SOURCES, description: 'The most trusted that told it.', example: 'grid' })
  source!: ProductionSource;

  @ApiProperty({ type: 'integer', description: 'Of this source, from 1; a correction adds one.', example: 1 })
  revision!: number;
}

const figure = (description: string): object => ({ type: SeriesFigureView, nullable: true, description });

export class SeriesMonthView {
  @ApiProperty({
    description:
      'Every month of the asked ones, known or not; twice where it has figures of its own and merged ones.',
    ...MONTH,
  })
  month!: string;

  @ApiProperty({
    enum: [1, 2],
    description: '2: of January and February together, in February’s name.',
    example: 1,
  })
  coversMonths!: 1 | 2;

  @ApiProperty(figure('CNY; `null` is unknown, never zero.'))
  outputValue!: SeriesFigureView | null;

  @ApiProperty(figure('Days.'))
  productionDays!: SeriesFigureView | null;

  @ApiProperty(figure('A share, 1 being all of the capacity.'))
  capacityUtilisation!: SeriesFigureView | null;

  @ApiProperty(figure('kWh.'))
  electricity!: SeriesFigureView | null;

  @ApiProperty(figure('People.'))
  staff!: SeriesFigureView | null;

  @ApiProperty({
    enum: UNREPORTED_REASONS,
    nullable: true,
    description: 'Why the enterprise did not report it, as was said last.',
    example: null,
  })
  unreported!: UnreportedReason | null;
}

export class SeriesBandView {
  @ApiProperty({ description: 'First month; January where the period is January and February.', ...MONTH })
  from!: string;

  @ApiProperty({ description: 'Last month.', ...MONTH })
  to!: string;

  @ApiProperty({ enum: PRODUCTION_STATUSES, example: 'stalled' })
  status!: ProductionStatus;

  @ApiProperty({ description: 'The rule, months and figures with which it began, in the asker’s language.' })
  words!: string;
}

export class SeriesBaselineView {
  @ApiProperty({ description: 'First month that is compared with it.', ...MONTH })
  from!: string;

  @ApiProperty({ description: 'Last month.', ...MONTH })
  to!: string;

  @ApiProperty({ description: 'Of one month: CNY or kWh.', example: 12_500_000 })
  value!: number;

  @ApiProperty({
    enum: ['given', 'mean'],
    description: '`given` on the enterprise, or the `mean` of months before its distress.',
    example: 'mean',
  })
  source!: 'given' | 'mean';
}

export class SeriesEpisodeView {
  @ApiProperty(CASE_ID)
  caseId!: string;

  @ApiProperty(NUMBER)
  number!: string;

  @ApiProperty({ enum: DISTRESS_TYPES, example: 'stalled' })
  distressType!: DistressType;

  @ApiProperty({ description: 'Whether it began with a reopening.', example: false })
  isReopened!: boolean;

  @ApiProperty({ format: 'date', example: '2021-08-25' })
  openedOn!: string;

  @ApiProperty({
    type: String,
    format: 'date',
    nullable: true,
    description: '`null`: it is live.',
    example: null,
  })
  closedOn!: string | null;

  @ApiProperty({
    enum: ['resolved', 'rejected', 'terminated'],
    nullable: true,
    description: 'How it ended; `null`: it is live.',
    example: null,
  })
  end!: 'resolved' | 'rejected' | 'terminated' | null;

  @ApiProperty({ enum: CASE_OUTCOMES, nullable: true, description: 'Of what is resolved.', example: null })
  outcome!: Outcome | null;
}

export class SeriesMilestoneView {
  @ApiProperty(CASE_ID)
  caseId!: string;

  @ApiProperty(NUMBER)
  number!: string;

  @ApiProperty({ enum: PRODUCTION_MILESTONES, example: 'resumed' })
  milestone!: ProductionMilestone;

  @ApiProperty({ enum: ['reached', 'lost'], example: 'reached' })
  turn!: 'reached' | 'lost';

  @ApiProperty({ description: 'The month whose figures turned it.', ...MONTH })
  month!: string;
}

export class SeriesStopView {
  @ApiProperty({ enum: STOP_KINDS, example: 'seasonal' })
  kind!: StopKind;

  @ApiProperty({ description: 'Its first month, also where that is before the asked ones.', ...MONTH })
  fromMonth!: string;

  @ApiProperty({ type: String, nullable: true, description: '`null`: nobody said how long.', ...MONTH })
  toMonth!: string | null;
}

export class ProductionSeriesView {
  @ApiProperty({ description: 'First month.', ...MONTH })
  from!: string;

  @ApiProperty({ description: 'Last month.', ...MONTH })
  to!: string;

  @ApiProperty({ type: [SeriesMonthView] })
  months!: SeriesMonthView[];

  @ApiProperty({ type: [SeriesBandView], description: 'Months without a judgement belong to none.' })
  bands!: SeriesBandView[];

  @ApiProperty({ type: [SeriesBaselineView], description: 'Output value that months are compared with.' })
  outputBaseline!: SeriesBaselineView[];

  @ApiProperty({ type: [SeriesBaselineView], description: 'Electricity that months are compared with.' })
  electricityBaseline!: SeriesBaselineView[];

  @ApiProperty({
    type: [SeriesEpisodeView],
    description: 'Of cases in the asker’s scope that were open in these months; none for an API key.',
  })
  episodes!: SeriesEpisodeView[];

  @ApiProperty({ type: [SeriesMilestoneView], description: 'Of these cases, in these months.' })
  milestones!: SeriesMilestoneView[];

  @ApiProperty({ type: [SeriesStopView], description: 'Planned and seasonal stops on record.' })
  stops!: SeriesStopView[];
}
