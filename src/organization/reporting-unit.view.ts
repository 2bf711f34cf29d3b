import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '../platform/http/paging.js';
import { REPORTING_UNIT_KINDS, type ReportingUnitKind } from './reporting-unit.entity.js';

/** A reporting unit as other things name it. */
export class ReportingUnitName {
  @ApiProperty({ format: 'uuid', example: '0193a1b2-0000-7000-8000-000000000001' })
  id!: string;

  @ApiProperty({ description: 'GB/T 2260 code, or an internal one of a zone.', example: '610902' })
  code!: string;

  @ApiProperty({ example: '汉滨区' })
  name!: string;
}

export class ReportingUnitView extends ReportingUnitName {
  @ApiProperty({ enum: REPORTING_UNIT_KINDS, example: 'county' })
  kind!: ReportingUnitKind;

  @ApiProperty({ description: 'GB/T 2260 code of the city.', example: '610900' })
  parentCode!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Where a zone lies; gives no scope.',
    example: null,
  })
  liesInCode!: string | null;

  @ApiProperty({ type: [String], description: 'Other names that ledgers use.', example: ['汉滨'] })
  aliases!: string[];

  @ApiProperty({ description: 'Place in tables, from 1.', example: 1 })
  position!: number;
}

export class ReportingUnitPage extends pageOf(ReportingUnitView) {}

/** SQL of a {@link ReportingUnitName} from `reporting_units` under `alias`, `null` where nothing was joined. */
export const reportingUnitName = (alias: string): string =>
  `CASE WHEN ${alias}.id IS NOT NULL THEN json_build_object('id', ${alias}.id, 'code', ${alias}.code, 'name', ${alias}.name) END`;
