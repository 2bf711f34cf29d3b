import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { SubjectKind } from '../cases/lifecycle/states.js';
import { INSTANT, instantOf } from '../platform/http/instant.js';
import type { Cut } from './statistics.service.js';
import { type By, BYS } from './table/groupings.js';

export const SUBJECTS = ['case', 'problem'] as const satisfies readonly SubjectKind[];

/** Which table of the week. */
export class WeeklyQuery {
  @ApiPropertyOptional({ description: 'Cases or problems.', enum: SUBJECTS, default: 'case' })
  @IsOptional()
  @IsIn(SUBJECTS)
  subject?: SubjectKind;

  @ApiPropertyOptional({ description: 'What makes a row.', enum: BYS, default: 'reportingUnit' })
  @IsOptional()
  @IsIn(BYS)
  by?: By;

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

export const cutOf = ({ subject, by }: WeeklyQuery): Cut => ({
  subject: subject ?? 'case',
  by: by ?? 'reportingUnit',
});

export const asOfOf = ({ asOf }: WeeklyQuery): Date | undefined =>
  asOf === undefined ? undefined : instantOf(asOf, '?asOf');
