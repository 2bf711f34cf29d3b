import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { PHONE, toPhone } from '../organization/phone.js';
import { IsOneLine, MayBeAbsent, MayBeNull } from '../platform/http/fields.js';
import { PageQuery } from '../platform/http/paging.js';
import { toBoolean, toList } from '../platform/http/query-values.js';
import { SIZE_CLASSES, type SizeClass } from './enterprise.entity.js';
import { PRODUCTION_STATUSES, type ProductionStatus } from './production-status.js';

/** No blanks at either end. */
const TRIMMED = /^\S([\s\S]*\S)?$/u;

export class EnterpriseQuery extends PageQuery {
  @ApiPropertyOptional({
    isArray: true,
    type: String,
    description: 'Codes of reporting units, any of them.',
    example: ['610902'],
  })
  @IsOptional()
  @Transform(toList)
  @MaxLength(20, { each: true })
  reportingUnit?: string[];

  @ApiPropertyOptional({ description: 'Fragment of the name or of the credit code.', example: '水泥' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  q?: string;

  @ApiPropertyOptional({
    enum: PRODUCTION_STATUSES,
    isArray: true,
    description: 'As its last known month was judged, any of them; one of which nothing is known has none.',
    example: ['stalled'],
  })
  @IsOptional()
  @Transform(toList)
  @IsIn(PRODUCTION_STATUSES, { each: true })
  productionStatus?: ProductionStatus[];

  @ApiPropertyOptional({ description: '重点骨干.', example: true })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  isKey?: boolean;

  @ApiPropertyOptional({ description: '规上.', example: true })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  isAboveScale?: boolean;

  @ApiPropertyOptional({
    description:
      'The whole number of the contact, with or without blanks, hyphens and +86. Only for who may see contacts in full: else numbers could be guessed until one fits its mask.',
    example: '19912340001',
  })
  @IsOptional()
  @Transform(toPhone)
  @Matches(PHONE)
  contactPhone?: string;
}

export class EnterpriseBody {
  @ApiProperty({ example: '安康示例水泥有限公司', maxLength: 200 })
  @IsOneLine()
  @IsString()
  @Length(1, 200)
  @Matches(TRIMMED)
  name!: string;

  @ApiProperty({
    description: 'Unified social credit code, GB 32100-2015, with its check character.',
    example: '91610900MA70XXXX0P',
  })
  @IsString()
  @MaxLength(40)
  creditCode!: string;

  @ApiProperty({
    format: 'uuid',
    description: 'Given, never derived from the credit code.',
    example: '0193a1b2-0000-7000-8000-000000000001',
  })
  @IsUUID()
  reportingUnitId!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Industrial park.',
    example: '江南产业园',
    maxLength: 100,
  })
  @MayBeNull()
  @IsString()
  @Length(1, 100)
  park?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Division of GB/T 4754-2017, two digits.',
    example: '30',
  })
  @MayBeNull()
  @Matches(/^\d{2}$/)
  industryCode?: string | null;

  @ApiPropertyOptional({ enum: SIZE_CLASSES, nullable: true, example: 'medium' })
  @MayBeNull()
  @IsIn(SIZE_CLASSES)
  sizeClass?: SizeClass | null;

  @ApiPropertyOptional({ description: '规上: above designated size.', default: false, example: true })
  @MayBeAbsent()
  @IsBoolean()
  isAboveScale?: boolean;

  @ApiPropertyOptional({ description: '重点骨干: key enterprise.', default: false, example: false })
  @MayBeAbsent()
  @IsBoolean()
  isKey?: boolean;

  @ApiPropertyOptional({ type: 'integer', nullable: true, description: 'People employed.', example: 320 })
  @MayBeNull()
  @IsInt()
  @Min(0)
  @Max(10_000_000)
  employees?: number | null;

  @ApiPropertyOptional({ type: String, nullable: true, example: '张三', maxLength: 50 })
  @MayBeNull()
  @IsString()
  @Length(1, 50)
  contactName?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Digits only: an 11-digit mobile, or an area code with 7 or 8 digits.',
    example: '19912340001',
  })
  @MayBeNull()
  @Matches(PHONE)
  contactPhone?: string | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    description: 'Output value of a normal month, CNY, two decimals.',
    example: 12_500_000,
  })
  @MayBeNull()
  @IsNumber({ maxDecimalPlaces: 2 })
  @Min(0)
  @Max(1e13)
  baselineMonthlyOutput?: number | null;
}

export class EnterpriseChangeBody extends PartialType(OmitType(EnterpriseBody, ['creditCode'] as const), {
  skipNullProperties: false,
}) {}
