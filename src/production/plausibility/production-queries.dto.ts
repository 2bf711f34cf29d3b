import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsArray, IsIn, IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';
import { reportingUnitName, ReportingUnitName } from '../../organization/reporting-unit.view.js';
import type { List } from '../../platform/http/list-reader.js';
import { pageOf, PageQuery } from '../../platform/http/paging.js';
import { toList } from '../../platform/http/query-values.js';
import { reporterJoins, reporterSelect } from '../figures/reporter.js';
import { ReporterView } from '../production-reports.dto.js';
import { PLAUSIBILITY_RULES, type PlausibilityRule, type QueryFacts } from './implausible.js';
import { QUERY_STATUSES, type QueryStatus } from './production-query.entity.js';

export class ProductionQueryQuery extends PageQuery {
  @ApiPropertyOptional({ enum: QUERY_STATUSES, isArray: true })
  @IsOptional()
  @Transform(toList)
  @IsArray()
  @IsIn(QUERY_STATUSES, { each: true })
  status?: QueryStatus[];

  @ApiPropertyOptional({ type: [String], description: 'Codes of reporting units.', example: ['610902'] })
  @IsOptional()
  @Transform(toList)
  @IsArray()
  @IsString({ each: true })
  @MaxLength(20, { each: true })
  reportingUnit?: string[];

  @ApiPropertyOptional({ format: 'uuid', description: 'Id of the enterprise.' })
  @IsOptional()
  @IsUUID()
  enterprise?: string;
}

export class ConfirmQueryBody {
  @ApiProperty({
    description: 'What the enterprise says.',
    example: '当月集中交付，数据无误',
    maxLength: 1000,
  })
  @IsString()
  @Length(1, 1000)
  answer!: string;
}

class QueriedEnterprise {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: '安康示例水泥有限公司' })
  name!: string;

  @ApiProperty({ type: ReportingUnitName })
  reportingUnit!: ReportingUnitName;
}

export class ProductionQueryView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: QueriedEnterprise })
  enterprise!: QueriedEnterprise;

  @ApiProperty({ example: '2021-10' })
  month!: string;

  @ApiProperty({ enum: PLAUSIBILITY_RULES })
  rule!: PlausibilityRule;

  @ApiProperty({ description: 'In the language asked for.' })
  question!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The figures that led to it, in the units of their metrics.',
  })
  facts!: QueryFacts;

  @ApiProperty({
    enum: QUERY_STATUSES,
    description:
      '`confirmed`: the enterprise stands by it. `corrected`: a new revision took the reason away.',
  })
  status!: QueryStatus;

  @ApiProperty({ format: 'date-time' })
  raisedAt!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the enterprise was asked.',
  })
  askedAt!: string | null;

  @ApiProperty({ type: String, nullable: true })
  answer!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  closedAt!: string | null;

  @ApiProperty({ type: ReporterView, nullable: true, description: 'Who confirmed or corrected.' })
  closedBy!: ReporterView | null;

  @ApiProperty({ type: 'integer', description: 'Raised by one at every change; the `ETag`.', example: 1 })
  version!: number;
}

export class ProductionQueryPage extends pageOf(ProductionQueryView) {}

export type ProductionQueryRow = Omit<ProductionQueryView, 'question'>;

/** In the order in which they were raised. */
export const QUERIES: List<ProductionQueryRow> = {
  name: 'production-queries',
  select: `q.id, json_build_object('id', e.id, 'name', e.name, 'reportingUnit', ${reportingUnitName('u')}) AS enterprise,
    to_char(q.month, 'YYYY-MM') AS month, q.rule, q.facts, q.status, q.raised_at AS "raisedAt", q.asked_at AS "askedAt",
    q.answer, q.closed_at AS "closedAt", ${reporterSelect('q.closed_by_kind', 'q.closed_by')} AS "closedBy", q.version`,
  from: `production_queries q JOIN enterprises e ON e.id = q.enterprise_id
    JOIN reporting_units u ON u.id = e.reporting_unit_id ${reporterJoins('q.closed_by_kind', 'q.closed_by')}`,
  keys: ['q.id'],
  types: ['uuid'],
  positionOf: (row) => [row.id],
};
