import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsNumber, Max, Min } from 'class-validator';
import { IsMonth } from '../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../platform/http/fields.js';
import { pageOf } from '../platform/http/paging.js';
import { PRODUCTION_SOURCES, type ProductionSource } from './production-figure.entity.js';

export class ProductionReportBody {
  @ApiProperty({ description: 'Month `YYYY-MM`, not after the present one.', example: '2021-10' })
  @IsMonth()
  month!: string;

  @ApiProperty({
    enum: PRODUCTION_SOURCES,
    description:
      'Where the figures come from. Never statistical survey returns: the Statistics Law forbids it.',
    example: 'enterprise',
  })
  @IsIn(PRODUCTION_SOURCES)
  source!: ProductionSource;

  @ApiPropertyOptional({
    description: 'Output value of the month, CNY, two decimals. Left out it stays unknown, never zero.',
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
  @Max(31)
  productionDays?: number;

  @ApiPropertyOptional({
    description: 'Capacity utilisation, a share, 1 being all of the capacity, at most 2; four decimals.',
    example: 0.62,
  })
  @MayBeAbsent()
  @IsNumber({ maxDecimalPlaces: 4 })
  @Min(0)
  @Max(2)
  capacityUtilisation?: number;

  @ApiPropertyOptional({ description: 'Electricity, kWh, two decimals.', example: 86_400 })
  @MayBeAbsent()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(1e13)
  electricity?: number;
}

/** The newest figures of one month from one source. */
export class ProductionReportView {
  @ApiProperty({ description: 'Month `YYYY-MM`.', example: '2021-10' })
  month!: string;

  @ApiProperty({ enum: PRODUCTION_SOURCES, example: 'enterprise' })
  source!: ProductionSource;

  @ApiProperty({ type: Number, nullable: true, description: 'CNY; `null` is unknown.', example: 12_340_000 })
  outputValue!: number | null;

  @ApiProperty({ type: 'integer', nullable: true, description: 'Days; `null` is unknown.', example: 22 })
  productionDays!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Share from 0 to 1; `null` is unknown.',
    example: 0.62,
  })
  capacityUtilisation!: number | null;

  @ApiProperty({ type: Number, nullable: true, description: 'kWh; `null` is unknown.', example: 86_400 })
  electricity!: number | null;

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
}

export class ProductionReportPage extends pageOf(ProductionReportView) {}
