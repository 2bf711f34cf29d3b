import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import type { SubjectKind } from '../cases/lifecycle/states.js';
import { INSTANT, instantOf } from '../platform/http/instant.js';
import { type By, BYS } from './table/groupings.js';

export const SUBJECT_KINDS = ['case', 'problem'] as const satisfies readonly SubjectKind[];
export const FORMATS = ['xlsx', 'csv', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** Which table of the week. */
export class WeeklyQuery {
  @ApiPropertyOptional({ description: 'Cases or problems.', enum: SUBJECT_KINDS, default: 'case' })
  @IsOptional()
  @IsIn(SUBJECT_KINDS)
  subject?: SubjectKind;

  @ApiPropertyOptional({
    description: 'What makes a row; `category` and `cause` of problems alone.',
    enum: BYS,
    default: 'reportingUnit',
  })
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

export class WeeklyExportQuery extends WeeklyQuery {
  @ApiPropertyOptional({
    description:
      'xlsx holds all four tables of the week, whatever `subject` and `by` say; csv and json hold one.',
    enum: FORMATS,
    default: 'xlsx',
  })
  @IsOptional()
  @IsIn(FORMATS)
  format?: Format;
}

export const cutOf = ({
  subject,
  by,
}: Pick<WeeklyQuery, 'subject' | 'by'>): { subject: SubjectKind; by: By } => ({
  subject: subject ?? 'case',
  by: by ?? 'reportingUnit',
});

export const asOfOf = ({ asOf }: Pick<WeeklyQuery, 'asOf'>): Date | undefined =>
  asOf === undefined ? undefined : instantOf(asOf, '?asOf');
