import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsObject,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { MayBeAbsent } from '../../platform/http/fields.js';
import { ProductionReportBody } from '../production-reports.dto.js';

/** Rows of one request: a county's enterprises of several months, and well under what a body may hold. */
export const MOST_ROWS = 1_000;
const ON_ERROR = ['reject_all', 'keep_valid'] as const;

export class BulkReportRow extends ProductionReportBody {
  @ApiPropertyOptional({ format: 'uuid', description: 'The enterprise; instead of `creditCode`.' })
  @MayBeAbsent()
  @IsUUID()
  enterpriseId?: string;

  @ApiPropertyOptional({
    description: 'Credit code of the enterprise, as people write it; instead of `enterpriseId`.',
    example: '91610900MA70XXXX0P',
  })
  @MayBeAbsent()
  @IsString()
  @MaxLength(40)
  creditCode?: string;
}

export class BulkReportBody {
  @ApiProperty({ type: [BulkReportRow], minItems: 1, maxItems: MOST_ROWS })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MOST_ROWS)
  @IsObject({ each: true })
  rows!: object[];

  @ApiPropertyOptional({
    enum: ON_ERROR,
    default: 'reject_all',
    description: '`reject_all`: one bad row and nothing is taken. `keep_valid`: the others are.',
  })
  @MayBeAbsent()
  @IsIn(ON_ERROR)
  onError?: (typeof ON_ERROR)[number];
}

class RejectedRow {
  @ApiProperty({ description: 'JSON pointer into the body.', example: '/rows/3/productionDays' })
  pointer!: string;

  @ApiProperty({ example: 'PRODUCTION_DAYS_TOO_MANY' })
  code!: string;

  @ApiProperty({ description: 'In the language asked for.' })
  detail!: string;
}

export class BulkReportView {
  @ApiProperty({ type: 'integer', description: 'Rows that brought a figure that is new, or another.' })
  accepted!: number;

  @ApiProperty({ type: 'integer', description: 'Rows that say what is known.' })
  unchanged!: number;

  @ApiProperty({ type: 'integer', description: 'Revisions that were added.' })
  figures!: number;

  @ApiProperty({ type: [RejectedRow], description: 'The first fault of each row that was not taken.' })
  rejected!: RejectedRow[];
}
