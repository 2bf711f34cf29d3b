import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  MaxLength,
} from 'class-validator';
import { toLowerCase } from '../../cases/dto/actions.js';
import { DISTRESS_TYPES, type DistressType } from '../../cases/lifecycle/states.js';
import { IsCalendarDate } from '../../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { PageQuery } from '../../platform/http/paging.js';
import { toList } from '../../platform/http/query-values.js';
import { CANDIDATE_KINDS, CANDIDATE_STATUSES, type CandidateKind } from './candidate-terms.js';

export const MOST_CANDIDATES = 200;
const MAX_TEXT = 1000;
const NOT_BLANK = /\S/u;
const many = { isArray: true } as const;

export class CandidateQuery extends PageQuery {
  @ApiPropertyOptional({ enum: CANDIDATE_KINDS, ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(4)
  @IsIn(CANDIDATE_KINDS, { each: true })
  kind?: string[];

  @ApiPropertyOptional({ enum: CANDIDATE_STATUSES, ...many, description: 'Left out: `open`.' })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(5)
  @IsIn(CANDIDATE_STATUSES, { each: true })
  status?: string[];

  @ApiPropertyOptional({
    description: 'Codes of reporting units.',
    example: ['610902'],
    type: String,
    ...many,
  })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(20, { each: true })
  reportingUnit?: string[];

  @ApiPropertyOptional({ enum: DISTRESS_TYPES, ...many })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(3)
  @IsIn(DISTRESS_TYPES, { each: true })
  distressType?: string[];

  @ApiPropertyOptional({ format: 'uuid', description: 'Of one enterprise.' })
  @IsOptional()
  @IsUUID()
  enterprise?: string;
}

/** What a new case takes, or for a relapse what `POST /cases/{id}/reopen` takes. */
export class AcceptCandidateBody {
  @ApiPropertyOptional({
    enum: DISTRESS_TYPES,
    description: 'Of the case; left out, as judged (`suspected`: `stalled`). Not for a relapse.',
  })
  @MayBeAbsent()
  @IsIn(DISTRESS_TYPES)
  distressType?: DistressType;

  @ApiPropertyOptional({ maxLength: MAX_TEXT, description: 'Beside the evidence. Not for a relapse.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string;

  @ApiPropertyOptional({ description: 'Of a relapse, which needs it: why it is reopened.', maxLength: 2000 })
  @MayBeAbsent()
  @IsString()
  @MaxLength(2000)
  reason?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Of a relapse, which needs it.' })
  @MayBeAbsent()
  @Transform(toLowerCase)
  @IsUUID()
  departmentId?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Of a relapse: an active official of that department.',
  })
  @MayBeAbsent()
  @Transform(toLowerCase)
  @IsUUID()
  officialId?: string;

  @ApiPropertyOptional({ format: 'date', description: 'Of a relapse, which needs it.' })
  @MayBeAbsent()
  @IsCalendarDate()
  dueOn?: string;
}

export class MergeCandidateBody {
  @ApiPropertyOptional({ maxLength: MAX_TEXT })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string;
}

export class DismissCandidateBody {
  @ApiProperty({ maxLength: MAX_TEXT, example: '企业搬迁设备，下月恢复' })
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEXT)
  reason!: string;

  @ApiPropertyOptional({
    format: 'date',
    description:
      'Last day on which the same is not raised again unless it gets worse: after today, within 24 months. Left out: as the policy says (3 months).',
    example: '2022-01-31',
  })
  @MayBeAbsent()
  @IsCalendarDate()
  quietUntil?: string;
}

/** Which ones: by ids, or all open ones of a kind in a reporting unit. */
export class CandidateSelection {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    isArray: true,
    minItems: 1,
    maxItems: MOST_CANDIDATES,
  })
  @MayBeAbsent()
  @Transform(toLowerCase)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CANDIDATES)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  ids?: string[];

  @ApiPropertyOptional({
    description: `Code of a reporting unit; with \`kind\`, instead of \`ids\`, of ${MOST_CANDIDATES} at most.`,
    example: '610902',
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(20)
  reportingUnit?: string;

  @ApiPropertyOptional({ enum: CANDIDATE_KINDS })
  @MayBeAbsent()
  @IsIn(CANDIDATE_KINDS)
  kind?: CandidateKind;
}

/** A relapse is not accepted with others: each reopening needs somebody answerable. */
export class AcceptCandidatesBody extends CandidateSelection {
  @ApiPropertyOptional({ maxLength: MAX_TEXT, description: 'Beside the evidence of each.' })
  @MayBeAbsent()
  @IsString()
  @MaxLength(MAX_TEXT)
  note?: string;
}

export class DismissCandidatesBody extends CandidateSelection {
  @ApiProperty({ maxLength: MAX_TEXT })
  @IsString()
  @Matches(NOT_BLANK)
  @MaxLength(MAX_TEXT)
  reason!: string;

  @ApiPropertyOptional({ format: 'date' })
  @MayBeAbsent()
  @IsCalendarDate()
  quietUntil?: string;
}
