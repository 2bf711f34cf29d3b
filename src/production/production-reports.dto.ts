import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsNumber, IsOptional, Max, Min } from 'class-validator';
import { IsMonth } from '../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../platform/http/fields.js';
import { pageOf, PageQuery } from '../platform/http/paging.js';
import { toBoolean, toList } from '../platform/http/query-values.js';
import {
  BASES,
  type Basis,
  STATISTICAL_RETURN,
  type ToldFigures,
  type ToldSource,
} from './figures/report-rows.js';
import {
  PRODUCTION_METRICS,
  PRODUCTION_SOURCES,
  type ProductionMetric,
  type ProductionSource,
} from './production-figure.entity.js';
import { UNREPORTED_REASONS, type UnreportedReason } from './unreported/unreported-month.entity.js';

/** Above all of it: some more is over capacity, this is a wrong unit. */
const MOST_UTILISATION = 2;

export class ProductionReportBody implements ToldFigures {
  @ApiProperty({ description: 'Month `YYYY-MM`, not after the present one.', example: '2021-10' })
  @IsMonth()
  month!: string;

  @ApiProperty({
    enum: PRODUCTION_SOURCES,
    description:
      'Where the figures come from. Never statistical survey returns: the Statistics Law forbids it, and `statistical_return` is refused with `STATISTICAL_SOURCE_REFUSED`.',
    example: 'enterprise',
  })
  @IsIn([...PRODUCTION_SOURCES, STATISTICAL_RETURN])
  source!: ToldSource;

  @ApiPropertyOptional({
    enum: BASES,
    default: 'month',
    description:
      '`year_to_date`: `outputValue` and `electricity` are what the year came to by the end of the month, and are turned into the figure of the month by the difference to what is known of the months before, from the same source. A February without a January then covers both.',
    example: 'month',
  })
  @MayBeAbsent()
  @IsIn(BASES)
  basis?: Basis;

  @ApiPropertyOptional({
    type: 'integer',
    enum: [1, 2],
    default: 1,
    description:
      '2: a February that stands for January and February together; `staff` is always that of its end.',
    example: 1,
  })
  @MayBeAbsent()
  @IsIn([1, 2])
  coversMonths?: number;

  @ApiPropertyOptional({
    description: 'Output value, CNY, two decimals. Left out it stays unknown, never zero.',
    example: 12_340_000,
  })
  @MayBeAbsent()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(1e13)
  outputValue?: number;

  @ApiPropertyOptional({ type: 'integer', description: 'Days with production.', example: 22 })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(60)
  productionDays?: number;

  @ApiPropertyOptional({
    description:
      'Capacity utilisation, a share from 0 to 2, four decimals; more than 1 is over capacity, which is asked about.',
    example: 0.62,
  })
  @MayBeAbsent()
  @IsNumber({ maxDecimalPlaces: 4 })
  @Min(0)
  @Max(MOST_UTILISATION)
  capacityUtilisation?: number;

  @ApiPropertyOptional({ description: 'Electricity, kWh, two decimals.', example: 86_400 })
  @MayBeAbsent()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(1e13)
  electricity?: number;

  @ApiPropertyOptional({
    type: 'integer',
    description: 'People employed at the end of the month.',
    example: 158,
  })
  @MayBeAbsent()
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  staff?: number;
}

export class ProductionReportQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Only this month, `YYYY-MM`.', example: '2021-10' })
  @IsOptional()
  @IsMonth()
  month?: string;

  @ApiPropertyOptional({ enum: PRODUCTION_SOURCES, isArray: true, description: 'Any of these sources.' })
  @IsOptional()
  @Transform(toList)
  @IsArray()
  @IsIn(PRODUCTION_SOURCES, { each: true })
  source?: ProductionSource[];

  @ApiPropertyOptional({
    description: '`true`: every revision of every figure, with when and by whom, instead of the newest ones.',
  })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  history?: boolean;
}

/** Who said it. */
export class ReporterView {
  @ApiProperty({ enum: ['account', 'api_key', 'import', 'system'] })
  kind!: string;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Of the account, key or import.',
  })
  id!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Official or user name, or name of the key.' })
  name!: string | null;
}

/** The newest figures of one month from one source. */
export class ProductionReportView {
  @ApiProperty({ description: 'Month `YYYY-MM`.', example: '2021-10' })
  month!: string;

  @ApiProperty({ enum: PRODUCTION_SOURCES, example: 'enterprise' })
  source!: ProductionSource;

  @ApiProperty({
    type: 'integer',
    enum: [1, 2],
    description: '2: something of it stands for January and February together.',
    example: 1,
  })
  coversMonths!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'CNY; `null` is unknown.', example: 12_340_000 })
  outputValue!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Days; `null` is unknown.', example: 22 })
  productionDays!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Share from 0 to 2; `null` is unknown.',
    example: 0.62,
  })
  capacityUtilisation!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'kWh; `null` is unknown.', example: 86_400 })
  electricity!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'People; `null` is unknown.', example: 158 })
  staff!: number | null;

  @ApiProperty({
    type: 'integer',
    description: 'Highest revision of its figures, from 1; a correction adds one.',
    example: 1,
  })
  revision!: number;

  @ApiProperty({
    format: 'date-time',
    description: 'When its newest figure was recorded.',
    example: '2021-11-03T09:12:00.000Z',
  })
  recordedAt!: string;

  @ApiProperty({ type: ReporterView, nullable: true, description: 'Of its newest figure.' })
  reportedBy!: ReporterView | null;

  @ApiProperty({
    enum: UNREPORTED_REASONS,
    nullable: true,
    description: 'What was said before of why nothing was reported of the month.',
  })
  unreportedReason!: UnreportedReason | null;

  @ApiProperty({
    type: 'integer',
    description: 'Open questions to the enterprise about the month.',
    example: 0,
  })
  openQueries!: number;
}

/** One revision of one figure. */
export class ProductionFigureView {
  @ApiProperty({ description: 'Month `YYYY-MM`.', example: '2021-10' })
  month!: string;

  @ApiProperty({ enum: PRODUCTION_SOURCES, example: 'enterprise' })
  source!: ProductionSource;

  @ApiProperty({ enum: PRODUCTION_METRICS, example: 'output_value' })
  metric!: ProductionMetric;

  @ApiProperty({ type: 'integer', description: 'From 1; the highest counts.', example: 1 })
  revision!: number;

  @ApiProperty({
    description: 'CNY for `output_value`, days, a share, kWh for `electricity`, people for `staff`.',
    example: 12_340_000,
  })
  value!: number;

  @ApiProperty({
    type: 'integer',
    enum: [1, 2],
    description: '2: January and February together.',
    example: 1,
  })
  coversMonths!: number;

  @ApiProperty({ format: 'date-time', example: '2021-11-03T09:12:00.000Z' })
  recordedAt!: string;

  @ApiProperty({ type: ReporterView, nullable: true })
  reportedBy!: ReporterView | null;
}

export class ProductionReportPage extends pageOf(ProductionReportView) {}
export class ProductionFigurePage extends pageOf(ProductionFigureView) {}
