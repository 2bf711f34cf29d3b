import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsNumber,
  IsObject,
  IsString,
  Length,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { pageOf } from '../../platform/http/paging.js';
import {
  DEFAULT_PARAMETERS,
  type NumberParameter,
  PARAMETER_BOUNDS,
  type ProductionParameters,
} from '../rules/parameters.js';
import { PRODUCTION_MILESTONES, type ProductionMilestone } from '../rules/statuses.js';

const LARGEST_VERSION = 2_147_483_647;
const MAX_REASON = 500;

/** A number of the rules with its bounds: a share with four decimals, or a whole number. */
function Parameter(name: NumberParameter, description: string): PropertyDecorator {
  const { least, most, kind } = PARAMETER_BOUNDS[name];
  return applyDecorators(
    ApiProperty({
      type: kind === 'count' ? 'integer' : 'number',
      minimum: least,
      maximum: most,
      default: DEFAULT_PARAMETERS[name],
      example: DEFAULT_PARAMETERS[name],
      description,
    }),
    kind === 'count' ? IsInt() : IsNumber({ maxDecimalPlaces: 4 }),
    Min(least),
    Max(most),
  );
}

/** Every number of the rules. Shares are of 1; months running are known periods, of which January and February together are one. */
export class ProductionParametersView implements ProductionParameters {
  @Parameter('stalledMonths', '停产: months running with output 0 and production days 0.')
  stalledMonths!: number;

  @Parameter('semiStalledUtilisationBelow', '半停产: capacity utilisation below this.')
  semiStalledUtilisationBelow!: number;

  @Parameter('semiStalledOutputAtMost', '半停产: or output at most this share of the same month last year.')
  semiStalledOutputAtMost!: number;

  @Parameter('semiStalledMonths', '半停产: for so many months running.')
  semiStalledMonths!: number;

  @Parameter('reducedOutputAtMost', '减产: output at most this share of the same month last year.')
  reducedOutputAtMost!: number;

  @Parameter('reducedOutputMonths', '减产: for so many months running.')
  reducedOutputMonths!: number;

  @Parameter(
    'reducedYearToDateAtMost',
    '减产: or output of the year to date at most this share of last year’s.',
  )
  reducedYearToDateAtMost!: number;

  @Parameter(
    'suspectedElectricityBelow',
    'Suspected: electricity below this share of its baseline, no report.',
  )
  suspectedElectricityBelow!: number;

  @Parameter('resumedProductionDays', '复产: production days in a month.')
  resumedProductionDays!: number;

  @Parameter('resumedElectricityAtLeast', '复产: or electricity at least this share of its baseline.')
  resumedElectricityAtLeast!: number;

  @Parameter('capacityRestoredOutputAtLeast', '复能: output at least this share of the baseline.')
  capacityRestoredOutputAtLeast!: number;

  @Parameter('capacityRestoredMonths', '复能: for so many months running; as many below lose it.')
  capacityRestoredMonths!: number;

  @Parameter('onTargetOutputAtLeast', '达效: output at least this share of the baseline.')
  onTargetOutputAtLeast!: number;

  @Parameter('onTargetMonths', '达效: for so many months running; as many below lose it.')
  onTargetMonths!: number;

  @Parameter(
    'fullCapacityUtilisationAtLeast',
    '满产: utilisation at least so much, for campaigns; over 1 is no success in mining and hazardous chemistry.',
  )
  fullCapacityUtilisationAtLeast!: number;

  @Parameter('relapseOutputBelow', '反弹: output below this share of the baseline.')
  relapseOutputBelow!: number;

  @Parameter('relapseMonths', '反弹: for so many months running.')
  relapseMonths!: number;

  @Parameter('relapseWatchMonths', '反弹: within so many months of closure.')
  relapseWatchMonths!: number;

  @Parameter('baselineMonths', 'A baseline is the mean of at most so many sound months.')
  baselineMonths!: number;

  @Parameter('baselineLeastMonths', 'With fewer there is none.')
  baselineLeastMonths!: number;

  @Parameter('candidateFreshMonths', 'No candidate is raised upon a month more than so many months ago.')
  candidateFreshMonths!: number;

  @Parameter('dismissalQuietMonths', 'A dismissed candidate keeps quiet for so many months.')
  dismissalQuietMonths!: number;

  @Parameter('firstFollowUpDays', '回访: first, so many days after a closure as recovered.')
  firstFollowUpDays!: number;

  @Parameter('secondFollowUpDays', '回访: again, so many days after it.')
  secondFollowUpDays!: number;

  @ApiProperty({
    enum: PRODUCTION_MILESTONES,
    default: DEFAULT_PARAMETERS.closureMilestone,
    description: 'What the figures must have reached for a case to be closed as `recovered`.',
  })
  @IsIn(PRODUCTION_MILESTONES)
  closureMilestone!: ProductionMilestone;
}

export class ProductionPolicyBody {
  @ApiProperty({ type: ProductionParametersView, description: 'All of them.' })
  @IsObject()
  @ValidateNested()
  @Type(() => ProductionParametersView)
  parameters!: ProductionParametersView;

  @ApiProperty({
    maxLength: MAX_REASON,
    description: 'Why they change.',
    example: '按2021年三季度回测结果调整',
  })
  @IsString()
  @Length(1, MAX_REASON)
  @Matches(/\S/u)
  reason!: string;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: LARGEST_VERSION,
    description: 'The version in force that it was made from.',
    example: 1,
  })
  @IsInt()
  @Min(1)
  @Max(LARGEST_VERSION)
  basedOnVersion!: number;
}

/** One version of the parameters; the highest is in force. */
export class ProductionPolicyView {
  @ApiProperty({ type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({ description: 'Whether enterprises are judged by it now.' })
  isInForce!: boolean;

  @ApiProperty({ type: ProductionParametersView })
  parameters!: ProductionParameters;

  @ApiProperty({ example: '系统默认参数' })
  reason!: string;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: Date;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The account; `null`: the defaults.',
  })
  recordedBy!: string | null;
}

export class ProductionPolicyPage extends pageOf(ProductionPolicyView) {}
