import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import type { SubjectKind } from '../../cases/lifecycle/states.js';
import { INSTANT } from '../../platform/http/instant.js';
import { type By, BYS } from '../table/groupings.js';

const SUBJECTS = ['case', 'problem'] as const satisfies readonly SubjectKind[];
export const MOST_WEEKS = 104;
export const WEEKS = 26;

class AsOfQuery {
  @ApiPropertyOptional({
    description:
      'Take what was recorded before this instant. Left out, or later than what is settled: the latest settled instant, which the answer names.',
    example: '2021-11-08T09:00:00+08:00',
    format: 'date-time',
  })
  @IsOptional()
  @Matches(INSTANT)
  asOf?: string;
}

export class OverviewQuery extends AsOfQuery {
  @ApiPropertyOptional({
    description: 'Code of a reporting unit. Left out: the whole city.',
    example: '610902',
  })
  @IsOptional()
  @IsString()
  @MaxLength(20)
  reportingUnit?: string;
}

export class TrendQuery extends AsOfQuery {
  @ApiPropertyOptional({
    type: 'integer',
    description: 'Weeks, the last of them the one that runs at `asOf`.',
    default: WEEKS,
    minimum: 1,
    maximum: MOST_WEEKS,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_WEEKS)
  weeks?: number;

  @ApiPropertyOptional({ description: 'Cases or problems.', enum: SUBJECTS, default: 'case' })
  @IsOptional()
  @IsIn(SUBJECTS)
  subject?: SubjectKind;

  @ApiPropertyOptional({ description: 'Which table `row` is of.', enum: BYS, default: 'reportingUnit' })
  @IsOptional()
  @IsIn(BYS)
  by?: By;

  @ApiPropertyOptional({
    description: 'Key of a row of the weekly table. Left out: the total.',
    example: '610902',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  row?: string;
}
