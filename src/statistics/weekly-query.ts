import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { SubjectKind } from '../cases/lifecycle/states.js';
import { INSTANT, instantOf } from '../platform/http/instant.js';
import type { Cut } from './statistics.service.js';
import { type By, BYS } from './table/groupings.js';

export const SUBJECTS = ['case', 'problem'] as const satisfies readonly SubjectKind[];

/** Of a route with a week in its path. */
export const WEEK = {
  name: 'week',
  description: 'ISO 8601 week in the office time zone.',
  schema: { type: 'string', pattern: '^[1-9]\\d{3}-W(0[1-9]|[1-4]\\d|5[0-3])$', example: '2021-W44' },
} as const;

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
