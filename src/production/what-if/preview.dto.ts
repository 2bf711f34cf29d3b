import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsString, Length, Matches } from 'class-validator';
import { IsMonth } from '../../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { INSTANT } from '../../platform/http/instant.js';
import { CANDIDATE_KINDS, type CandidateKind } from '../detection/candidate-terms.js';
import { PRODUCTION_STATUSES, type ProductionStatus } from '../rules/statuses.js';

export const MOST_LISTED = 200;

export class ProductionPreviewBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Parameters that are to be otherwise than in force, by name; none: those in force.',
    example: { reducedOutputAtMost: 0.75 },
  })
  @IsObject()
  parameters!: Record<string, unknown>;

  @ApiProperty({
    description:
      'The month to look at, `YYYY-MM`, not after the present one. January is judged with February.',
    example: '2021-10',
  })
  @IsMonth()
  asOf!: string;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'Figures and stops as they were known before this moment. Left out: as they are now.',
    example: '2021-11-10T00:00:00+08:00',
  })
  @MayBeAbsent()
  @Matches(INSTANT)
  knownAt?: string;

  @ApiPropertyOptional({ description: 'Code of a reporting unit. Left out: all.', example: '610902' })
  @MayBeAbsent()
  @IsString()
  @Length(1, 20)
  unit?: string;
}

export class PreviewedEnterpriseView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000005' })
  id!: string;

  @ApiProperty({ example: '安康示例水泥有限公司' })
  name!: string;

  @ApiProperty({ example: '91610900MA70XXXX0P' })
  creditCode!: string;

  @ApiProperty({ description: 'Code of its reporting unit.', example: '610902' })
  unitCode!: string;

  @ApiProperty({ example: '汉滨区' })
  unitName!: string;
}

export class StandingView {
  @ApiProperty({ enum: PRODUCTION_STATUSES, example: 'reduced_output' })
  status!: ProductionStatus;

  @ApiProperty({
    description: 'Rule, months and figures, in the asker’s language; empty where nothing is known.',
  })
  words!: string;

  @ApiProperty({ enum: CANDIDATE_KINDS, isArray: true, description: 'Candidates that there would be.' })
  candidates!: CandidateKind[];
}

export class DifferenceView {
  @ApiProperty({ type: PreviewedEnterpriseView })
  enterprise!: PreviewedEnterpriseView;

  @ApiProperty({ type: StandingView, description: 'By the parameters in force.' })
  holds!: StandingView;

  @ApiProperty({ type: StandingView, description: 'As asked.' })
  asked!: StandingView;
}

export class UnitCountView {
  @ApiProperty({ example: '610902' })
  unitCode!: string;

  @ApiProperty({ example: '汉滨区' })
  unitName!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Enterprises by status, every status named.',
    example: { normal: 40, reduced_output: 5, semi_stalled: 3, stalled: 2, suspected: 1, unknown: 4 },
  })
  statuses!: Record<ProductionStatus, number>;
}

export class ProductionPreviewView {
  @ApiProperty({ example: '2021-10' })
  asOf!: string;

  @ApiProperty({
    type: 'integer',
    description: 'The version in force, with which it is compared.',
    example: 1,
  })
  policyVersion!: number;

  @ApiProperty({ description: 'Whether all were looked at within five seconds.', example: true })
  isComplete!: boolean;

  @ApiProperty({
    type: 'integer',
    description: 'With any figure by then; no other is counted.',
    example: 765,
  })
  enterprises!: number;

  @ApiProperty({ type: 'integer', description: 'In distress, as asked.', example: 245 })
  distressed!: number;

  @ApiProperty({ type: 'integer', description: 'Candidates that there would be.', example: 31 })
  candidates!: number;

  @ApiProperty({ type: [UnitCountView], description: 'As asked, by code.' })
  units!: UnitCountView[];

  @ApiProperty({ type: 'integer', description: 'Enterprises that would stand otherwise.', example: 12 })
  differing!: number;

  @ApiProperty({ type: [DifferenceView], description: `The first ${MOST_LISTED} of them.` })
  differences!: DifferenceView[];
}
