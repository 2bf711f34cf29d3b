import { ApiProperty, ApiPropertyOptional, PartialType, PickType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsIn,
  IsInt,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { INSTANT } from '../../platform/http/instant.js';
import { pageOf } from '../../platform/http/paging.js';
import { ApiKeyView } from './api-key.view.js';
import { API_KEY_SCOPES, type ApiKeyScope } from './api-key-scopes.js';
import { MOST_UNITS } from '../require-units.js';

const MAX_NAME = 100;
/** A week. */
const LONGEST_OVERLAP = 168;

export class ApiKeyBody {
  @ApiProperty({ maxLength: MAX_NAME, description: 'What the timeline calls it.', example: '企业服务平台' })
  @IsString()
  @Matches(/\S/u)
  @MaxLength(MAX_NAME)
  name!: string;

  @ApiProperty({ enum: API_KEY_SCOPES, isArray: true, example: ['cases.read', 'ratings.write'] })
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(API_KEY_SCOPES.length)
  @IsIn(API_KEY_SCOPES, { each: true })
  scopes!: ApiKeyScope[];

  @ApiProperty({
    type: [String],
    nullable: true,
    description:
      'Ids of the reporting units in which it may see and act; `null`, which must be said, is all.',
    example: ['0193a1b2-0000-7000-8000-000000000003'],
  })
  @ValidateIf((_, value) => value !== null)
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(MOST_UNITS)
  @IsUUID(undefined, { each: true })
  reportingUnitIds!: string[] | null;

  @ApiProperty({
    format: 'date-time',
    description: 'A year ahead at most.',
    example: '2022-06-30T18:00:00+08:00',
  })
  @Matches(INSTANT)
  expiresAt!: string;
}

export class ApiKeyChangeBody extends PartialType(PickType(ApiKeyBody, ['name', 'scopes'] as const), {
  skipNullProperties: false,
}) {
  @ApiPropertyOptional({ type: [String], nullable: true, description: '`null`: all of them.' })
  @ValidateIf((_, value) => value !== undefined && value !== null)
  @ArrayNotEmpty()
  @ArrayUnique()
  @ArrayMaxSize(MOST_UNITS)
  @IsUUID(undefined, { each: true })
  reportingUnitIds?: string[] | null;
}

export class ApiKeyRotationBody {
  @ApiProperty({
    minimum: 0,
    maximum: LONGEST_OVERLAP,
    description: 'Hours for which the present secret stays good beside the new one.',
    example: 24,
  })
  @IsInt()
  @Min(0)
  @Max(LONGEST_OVERLAP)
  overlapHours!: number;

  @ApiPropertyOptional({
    format: 'date-time',
    description: 'A new end, a year ahead at most.',
    example: '2022-12-31T18:00:00+08:00',
  })
  @MayBeAbsent()
  @Matches(INSTANT)
  expiresAt?: string;
}

export class ApiKeyPage extends pageOf(ApiKeyView) {}
