import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, IsString, IsUUID, Length, Matches, MaxLength } from 'class-validator';
import { IsOneLine, MayBeAbsent, MayBeNull } from '../platform/http/fields.js';
import { pageOf, PageQuery } from '../platform/http/paging.js';
import { toBoolean, toList } from '../platform/http/query-values.js';
import { DEPARTMENT_LEVELS, type DepartmentLevel } from './department.entity.js';
import { ReportingUnitName } from './reporting-unit.view.js';

export class DepartmentQuery extends PageQuery {
  @ApiPropertyOptional({
    enum: DEPARTMENT_LEVELS,
    isArray: true,
    description: 'Any of these levels.',
    example: ['city'],
  })
  @IsOptional()
  @Transform(toList)
  @IsIn(DEPARTMENT_LEVELS, { each: true })
  level?: DepartmentLevel[];

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

  @ApiPropertyOptional({ example: true })
  @IsOptional()
  @Transform(toBoolean)
  @IsBoolean()
  isActive?: boolean;

  @ApiPropertyOptional({ description: 'Fragment of the name.', example: '自然资源' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  q?: string;
}

export class DepartmentBody {
  @ApiProperty({ example: '市自然资源局', maxLength: 100 })
  @IsOneLine()
  @IsString()
  @Length(1, 100)
  @Matches(/^\S([\s\S]*\S)?$/u)
  name!: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'Official code, where there is one.',
    example: 'AK-ZRZY',
  })
  @MayBeNull()
  @Matches(/^[\w-]{1,40}$/)
  code?: string | null;

  @ApiProperty({ enum: DEPARTMENT_LEVELS, example: 'city' })
  @IsIn(DEPARTMENT_LEVELS)
  level!: DepartmentLevel;

  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: '`null`: belongs to the city. Needed for levels `county` and `town`.',
  })
  @MayBeNull()
  @IsUUID()
  reportingUnitId?: string | null;
}

export class DepartmentChangeBody extends PartialType(DepartmentBody, { skipNullProperties: false }) {
  @ApiPropertyOptional({ description: 'Refused while it has live assignments.', example: false })
  @MayBeAbsent()
  @IsBoolean()
  isActive?: boolean;
}

export class DepartmentView {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000003' })
  id!: string;

  @ApiProperty({ type: String, nullable: true, example: null })
  code!: string | null;

  @ApiProperty({ example: '市自然资源局' })
  name!: string;

  @ApiProperty({ enum: DEPARTMENT_LEVELS, example: 'city' })
  level!: DepartmentLevel;

  @ApiProperty({ type: ReportingUnitName, nullable: true, description: '`null`: belongs to the city.' })
  reportingUnit!: ReportingUnitName | null;

  @ApiProperty({ description: 'The task-force office, which leads nothing.', example: false })
  isTaskForce!: boolean;

  @ApiProperty({ example: true })
  isActive!: boolean;

  @ApiProperty({ description: 'Raised by one at every change; the `ETag`.', example: 1 })
  version!: number;
}

export class DepartmentPage extends pageOf(DepartmentView) {}
