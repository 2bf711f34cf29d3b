import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';
import { PRODUCTION_STATUSES, type ProductionStatus } from '../../enterprises/production-status.js';
import { PageQuery, pageOf } from '../../platform/http/paging.js';
import { toBoolean } from '../../platform/http/query-values.js';
import type { Facts } from '../rules/facts.js';
import { type RuleName, RULES } from '../rules/statuses.js';

export class ProductionStateQuery extends PageQuery {
  @ApiPropertyOptional({
    default: false,
    description: '`true`: every revision of every month; else the newest of each.',
  })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  history?: boolean;
}

/** What was judged of one month. */
export class ProductionStateView {
  @ApiProperty({ description: '`YYYY-MM`; of January and February together, February.', example: '2021-10' })
  month!: string;

  @ApiProperty({
    type: 'integer',
    enum: [1, 2],
    description: '2: January and February together.',
    example: 1,
  })
  coversMonths!: number;

  @ApiProperty({ type: 'integer', description: 'From 1; another judgement adds one.', example: 1 })
  revision!: number;

  @ApiProperty({ enum: PRODUCTION_STATUSES, example: 'stalled' })
  status!: ProductionStatus;

  @ApiProperty({ enum: RULES, description: 'What it goes by.', example: 'nothing_produced' })
  rule!: RuleName;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The months and figures that led to it; which ones depends on the rule.',
    example: { months: ['2021-10'] },
  })
  facts!: Facts;

  @ApiProperty({
    description: 'The same in words, in the language of Accept-Language.',
    example: '2021年10月产值为零、生产天数为零。',
  })
  text!: string;

  @ApiProperty({ type: 'integer', description: 'By which production policy.', example: 1 })
  policyVersion!: number;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: Date;
}

export class ProductionStatePage extends pageOf(ProductionStateView) {}

/** How an enterprise produces, as its last known month was judged. */
export class ProductionStatusView {
  @ApiProperty({ enum: PRODUCTION_STATUSES, description: '`unknown` also where there are no figures.' })
  status!: ProductionStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The first of the months running that were judged so; `null`: there are no figures.',
    example: '2021-09',
  })
  sinceMonth!: string | null;

  @ApiProperty({ type: ProductionStateView, nullable: true, description: 'The judgement of the last month.' })
  state!: ProductionStateView | null;

  @ApiProperty({
    description: 'Whether something has changed of which nothing was judged yet.',
    example: false,
  })
  isBeingJudged!: boolean;
}
