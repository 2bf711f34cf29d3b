import { ApiProperty, ApiPropertyOptional, OmitType } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsObject,
  IsUUID,
} from 'class-validator';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { CaseListQuery } from '../dto/list-query.js';

export const MOST_CASES = 500;
export const BULK_ACTIONS = ['assign', 'reassign', 'hold', 'note'] as const;
export type BulkAction = (typeof BULK_ACTIONS)[number];

const lowerCased = ({ value }: TransformFnParams): unknown =>
  Array.isArray(value) ? value.map((id) => (typeof id === 'string' ? id.toLowerCase() : id)) : value;

/** Which cases, not in which order or how many at a time. */
export class BulkFilter extends OmitType(CaseListQuery, ['limit', 'cursor', 'count', 'sort'] as const) {}

export class BulkBody {
  @ApiProperty({ enum: BULK_ACTIONS })
  @IsIn(BULK_ACTIONS)
  action!: BulkAction;

  @ApiPropertyOptional({ type: String, format: 'uuid', isArray: true, minItems: 1, maxItems: MOST_CASES })
  @MayBeAbsent()
  @Transform(lowerCased)
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_CASES)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  ids?: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: `Instead of \`ids\`: the filters of \`GET /cases\`, matching ${MOST_CASES} cases at most.`,
    example: { status: ['reported'], reportingUnit: ['610902'] },
  })
  @MayBeAbsent()
  @IsObject()
  filter?: Record<string, unknown>;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'What the action takes at `POST /cases/{id}/{action}` (`note`: at `POST /cases/{id}/notes`).',
    example: { text: '已电话联系企业' },
  })
  @IsObject()
  body!: Record<string, unknown>;

  @ApiPropertyOptional({ default: false, description: 'Says what would be answered, and changes nothing.' })
  @MayBeAbsent()
  @IsBoolean()
  preview?: boolean;
}

/** What became of one case, or would. */
export class BulkItemView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: 'integer', example: 200, description: 'What the action alone would have answered.' })
  status!: number;

  @ApiPropertyOptional({ example: 'CASE_TRANSITION_REFUSED', description: 'Of a refusal.' })
  code?: string;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true, description: 'Of a refusal.' })
  params?: Record<string, unknown>;

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object', properties: { pointer: { type: 'string' }, code: { type: 'string' } } },
    description: 'Which parts of `body` are at fault for this case, as JSON pointers into it.',
  })
  errors?: Array<{ pointer: string; code: string }>;
}

export class BulkView {
  @ApiProperty()
  preview!: boolean;

  @ApiProperty({ type: 'integer', description: 'Cases for which it was done, or would be.', example: 2 })
  done!: number;

  @ApiProperty({ type: 'integer', description: 'Cases that are as they were.', example: 1 })
  refused!: number;

  @ApiProperty({ type: [BulkItemView], description: 'One for each case: in the order asked, or by id.' })
  items!: BulkItemView[];
}
