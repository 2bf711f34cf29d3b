import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../../access/decorators.js';
import { OfficeTime } from '../../calendar/office-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { type List, ListReader, Where } from '../../platform/http/list-reader.js';
import type { Page } from '../../platform/http/paging.js';
import { DEFECTS } from './defect-statements.js';
import { DefectPage, DefectQuery, DefectView } from './defects.dto.js';

const DATA_DEFECTS: List<DefectView> = {
  name: 'data-defects',
  select: `f.kind, json_build_object('type', f.type, 'id', f.id, 'name', f.name) AS subject, f.tiers`,
  from: `(${DEFECTS}) AS f (kind, type, id, name, tiers)`,
  keys: ['f.kind', 'f.id'],
  types: ['text', 'uuid'],
  positionOf: ({ kind, subject }) => [kind, subject.id],
};

/** 数据缺陷: gaps through which responsibility or a reminder would fall. */
@ApiTags('organisation')
@Allow('data_defects.read')
@Controller('data-defects')
export class DefectsController {
  constructor(
    private readonly lists: ListReader,
    private readonly clock: Clock,
    private readonly office: OfficeTime,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'Gaps in the data, by kind.',
    description:
      'Enterprises in distress and projects pursued that lack a leader, unit or official at a tier; departments that lead something and have no head or liaison; people and enterprises that cannot be reached; inactive ones who still answer for something.',
  })
  @ApiOkResponse({ type: DefectPage })
  list(@Query() query: DefectQuery): Promise<Page<DefectView>> {
    const today = this.office.dateOf(this.clock.now());
    // Today is the statement's own parameter $1; as a condition it always holds.
    const where = new Where()
      .add(today, (on) => `${on}::date IS NOT NULL`)
      .add(query.kind, (kinds) => `f.kind = ANY (${kinds}::text[])`);
    return this.lists.page(DATA_DEFECTS, where, query, (row) => row);
  }
}
