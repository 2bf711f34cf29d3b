import { ApiProperty, ApiPropertyOptional, OmitType, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import {
  ArrayMaxSize,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';
import { IsOneLine, MayBeAbsent, MayBeNull } from '../../platform/http/fields.js';
import { PageQuery } from '../../platform/http/paging.js';
import { toBoolean, toList } from '../../platform/http/query-values.js';
import { PROJECT_STAGES, type ProjectStage } from './project-stages.js';

/** No blanks at either end. */
const TRIMMED = /^\S([\s\S]*\S)?$/u;
const NUMBER = /^[\p{L}\p{N}][\p{L}\p{N}〔〕()（）[\]_./-]{1,59}$/u;

export class ProjectQuery extends PageQuery {
  @ApiPropertyOptional({
    isArray: true,
    type: String,
    description: 'Codes of reporting units, any of them.',
    example: ['610902'],
  })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(50)
  @MaxLength(20, { each: true })
  reportingUnit?: string[];

  @ApiPropertyOptional({
    isArray: true,
    type: String,
    format: 'uuid',
    description: 'Ids of the enterprises that own them, any of them.',
  })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true })
  enterprise?: string[];

  @ApiPropertyOptional({
    isArray: true,
    enum: PROJECT_STAGES,
    description: 'Stages that they are at, any of them.',
    example: ['completed'],
  })
  @IsOptional()
  @Transform(toList)
  @ArrayMaxSize(PROJECT_STAGES.length)
  @IsIn(PROJECT_STAGES, { each: true })
  stage?: ProjectStage[];

  @ApiPropertyOptional({ description: 'Fragment of the name or of the number.', example: '锂电' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  q?: string;

  @ApiPropertyOptional({ description: '`true`: those pursued now; `false`: all others.', example: true })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  isActive?: boolean;
}

export class ProjectBody {
  @ApiPropertyOptional({
    description: 'That of its papers; drawn unless given. It never changes.',
    example: '安发改备〔2021〕12号',
    maxLength: 60,
  })
  @MayBeAbsent()
  @IsString()
  @Matches(NUMBER)
  number?: string;

  @ApiProperty({ example: '年产5000吨锂电正极材料项目', maxLength: 200 })
  @IsOneLine()
  @IsString()
  @Length(1, 200)
  @Matches(TRIMMED)
  name!: string;

  @ApiProperty({
    format: 'uuid',
    description: 'Where it lies; its problems stand in the row of this unit.',
    example: '0193a1b2-0000-7000-8000-000000000001',
  })
  @IsUUID()
  reportingUnitId!: string;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The enterprise of the register that owns it, if one does.',
    example: '0193a1b2-0000-7000-8000-000000000005',
  })
  @MayBeNull()
  @IsUUID()
  enterpriseId?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'What else is to be known of it.',
    example: '一期已开工',
    maxLength: 2000,
  })
  @MayBeNull()
  @IsString()
  @Length(1, 2000)
  note?: string | null;

  @ApiPropertyOptional({
    description: 'One that is not active takes no new problems; those it has go on.',
    default: true,
    example: true,
  })
  @MayBeAbsent()
  @IsBoolean()
  isActive?: boolean;
}

export class ProjectChangeBody extends PartialType(OmitType(ProjectBody, ['number'] as const), {
  skipNullProperties: false,
}) {}
