import { Injectable } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsOptional, MaxLength } from 'class-validator';
import type { Caller } from '../access/actor.js';
import { enterpriseScope } from '../access/scope.js';
import { reportingUnitName, ReportingUnitName } from '../organization/reporting-unit.view.js';
import { Reader } from '../platform/database/reader.js';
import { IsMonth } from '../platform/http/calendar-date.validator.js';
import { MayBeAbsent } from '../platform/http/fields.js';
import { type List, ListReader, Where } from '../platform/http/list-reader.js';
import { type Page, pageOf, PageQuery } from '../platform/http/paging.js';
import { toList } from '../platform/http/query-values.js';
import { HAZARDOUS_DIVISIONS } from './rules/over-capacity.js';
import { TRUST } from './rules/trust.js';

export class SafetyFlagQuery extends PageQuery {
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

  @ApiPropertyOptional({ description: 'Months `YYYY-MM` from this one on.', example: '2021-10' })
  @MayBeAbsent()
  @IsMonth()
  fromMonth?: string;
}

class FlaggedEnterprise {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000005' })
  id!: string;

  @ApiProperty({ example: '安康示例矿业有限公司' })
  name!: string;

  @ApiProperty({ example: '91610900MA70XXXX0P' })
  creditCode!: string;

  @ApiProperty({ type: ReportingUnitName })
  reportingUnit!: ReportingUnitName;

  @ApiProperty({ description: 'Division of GB/T 4754-2017.', example: '06' })
  industryCode!: string;
}

/** Over capacity where that is a danger: mining (06 to 12) and hazardous chemistry (25, 26). */
export class SafetyFlagView {
  @ApiProperty({ description: 'Month `YYYY-MM`.', example: '2021-10' })
  month!: string;

  @ApiProperty({ type: FlaggedEnterprise })
  enterprise!: FlaggedEnterprise;

  @ApiProperty({ description: 'A share, 1 being all of the capacity.', example: 1.15 })
  capacityUtilisation!: number;
}

export class SafetyFlagPage extends pageOf(SafetyFlagView) {}

/** The more trusted the source, the lower. */
const trust = (figure: string): string =>
  `array_position(ARRAY[${TRUST.capacity_utilisation.map((source) => `'${source}'`).join(', ')}], ${figure}.source)`;

/** Figure `f`, in force and of the source that is trusted most, of enterprise `e`. */
const IS_FLAG = `f.metric = 'capacity_utilisation' AND f.value > 1
  AND e.industry_code IN (${HAZARDOUS_DIVISIONS.map((division) => `'${division}'`).join(', ')})
  AND NOT EXISTS (SELECT 1 FROM production_figures o
                   WHERE o.enterprise_id = f.enterprise_id AND o.month = f.month AND o.metric = f.metric
                     AND (o.source = f.source AND o.revision > f.revision OR ${trust('o')} < ${trust('f')}))`;

const FLAGS: List<SafetyFlagView & { enterpriseId: string }> = {
  name: 'production-safety-flags',
  select: `to_char(f.month, 'YYYY-MM') AS month, f.value::float8 AS "capacityUtilisation", e.id AS "enterpriseId",
    json_build_object('id', e.id, 'name', e.name, 'creditCode', e.credit_code, 'industryCode', e.industry_code,
      'reportingUnit', ${reportingUnitName('u')}) AS enterprise`,
  from: `production_figures f JOIN enterprises e ON e.id = f.enterprise_id
    JOIN reporting_units u ON u.id = e.reporting_unit_id`,
  keys: ['f.month', 'f.enterprise_id'],
  types: ['date', 'uuid'],
  positionOf: ({ month, enterpriseId }) => [`${month}-01`, enterpriseId],
};

/** Of each of some enterprises, whether its last known month is one. */
const LAST = `
SELECT e.id, to_char(f.month, 'YYYY-MM') AS month, f.value::float8 AS "capacityUtilisation"
  FROM enterprises e JOIN production_figures f ON f.enterprise_id = e.id
 WHERE e.id = ANY ($1::uuid[]) AND ${IS_FLAG}
   AND NOT EXISTS (SELECT 1 FROM production_figures later
                    WHERE later.enterprise_id = e.id AND later.metric = f.metric AND later.month > f.month)`;

/** Safety flags: more than the capacity, where nobody may be proud of it. */
@Injectable()
export class SafetyFlags {
  constructor(
    private readonly reader: Reader,
    private readonly lists: ListReader,
  ) {}

  /** By month, within the scope of who asks. */
  list(caller: Caller, query: SafetyFlagQuery): Promise<Page<SafetyFlagView>> {
    const where = new Where()
      .addScope(() => ({ sql: IS_FLAG, parameters: [] }))
      .addScope((first) => enterpriseScope(caller, 'e', first))
      .add(query.reportingUnit, (codes) => `u.code = ANY (${codes}::text[])`)
      .add(query.fromMonth && `${query.fromMonth}-01`, (month) => `f.month >= ${month}::date`);
    return this.lists.page(FLAGS, where, query, ({ enterpriseId: _id, ...flag }) => flag);
  }

  async last(
    enterpriseIds: readonly string[],
  ): Promise<Map<string, Pick<SafetyFlagView, 'month' | 'capacityUtilisation'>>> {
    if (enterpriseIds.length === 0) return new Map();
    const rows = await this.reader.query<SafetyFlagView & { id: string }>(LAST, [enterpriseIds]);
    return new Map(rows.map(({ id, ...flag }) => [id, flag]));
  }
}
