import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/decorators.js';
import { type List, ListReader, Where } from '../platform/http/list-reader.js';
import { type Page, PageQuery } from '../platform/http/paging.js';
import { ReportingUnitPage, type ReportingUnitView } from './reporting-unit.view.js';

const REPORTING_UNITS: List<ReportingUnitView> = {
  name: 'reporting-units',
  select: `u.id, u.code, u.name, u.kind, u.parent_code AS "parentCode", u.lies_in_code AS "liesInCode", u.aliases, u.position`,
  from: 'reporting_units u',
  keys: ['u.position', 'u.id'],
  types: ['int', 'uuid'],
  positionOf: (row) => [row.position, row.id],
};

@ApiTags('organisation')
@Controller('reporting-units')
export class ReportingUnitsController {
  constructor(private readonly lists: ListReader) {}

  @Get()
  @Allow('reporting_units.read')
  @ApiOperation({ summary: 'The rows of the weekly table, in its order.' })
  @ApiOkResponse({ type: ReportingUnitPage })
  list(@Query() query: PageQuery): Promise<Page<ReportingUnitView>> {
    return this.lists.page(REPORTING_UNITS, new Where(), query, (row) => row);
  }
}
