import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsString, Length } from 'class-validator';
import { IsMonth } from '../../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../../platform/http/fields.js';
import type { List } from '../../platform/http/list-reader.js';
import { pageOf } from '../../platform/http/paging.js';
import { reporterJoins, reporterSelect } from '../figures/reporter.js';
import { ReporterView } from '../production-reports.dto.js';
import { UNREPORTED_REASONS, type UnreportedReason } from './unreported-month.entity.js';

export class UnreportedMonthBody {
  @ApiProperty({ description: 'Month `YYYY-MM`, not after the present one.', example: '2021-10' })
  @IsMonth()
  month!: string;

  @ApiProperty({ enum: UNREPORTED_REASONS, description: 'Why nothing was reported.', example: 'unable' })
  @IsIn(UNREPORTED_REASONS)
  reason!: UnreportedReason;

  @ApiPropertyOptional({ example: '会计离职，月底补报', maxLength: 1000 })
  @MayBeAbsent()
  @IsString()
  @Length(1, 1000)
  note?: string;
}

export class UnreportedMonthView {
  @ApiProperty({ example: '2021-10' })
  month!: string;

  @ApiProperty({ enum: UNREPORTED_REASONS })
  reason!: UnreportedReason;

  @ApiProperty({ type: String, nullable: true })
  note!: string | null;

  @ApiProperty({
    type: 'integer',
    description: 'How often something was said of the month; the last counts.',
  })
  revision!: number;

  @ApiProperty({ format: 'date-time' })
  recordedAt!: string;

  @ApiProperty({ type: ReporterView, nullable: true })
  reportedBy!: ReporterView | null;

  @ApiProperty({ description: 'Figures of the month are known all the same.' })
  hasFigures!: boolean;
}

export class UnreportedMonthPage extends pageOf(UnreportedMonthView) {}

/** By month, what was said last. */
export const UNREPORTED: List<UnreportedMonthView> = {
  name: 'unreported-months',
  select: `to_char(u.month, 'YYYY-MM') AS month, u.reason, u.note, u.revision, u.recorded_at AS "recordedAt",
    ${reporterSelect('u.reported_by_kind', 'u.reported_by')} AS "reportedBy",
    EXISTS (SELECT 1 FROM production_figures f WHERE f.enterprise_id = u.enterprise_id
      AND (f.month = u.month OR (f.covers_months = 2 AND f.month = u.month + interval '1 month'))) AS "hasFigures"`,
  from: `(SELECT DISTINCT ON (enterprise_id, month) * FROM production_unreported_months
    ORDER BY enterprise_id, month, revision DESC) u ${reporterJoins('u.reported_by_kind', 'u.reported_by')}`,
  keys: [`to_char(u.month, 'YYYY-MM')`],
  types: ['text'],
  positionOf: (row) => [row.month],
};
