import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../access/actor.js';
import { Allow, CurrentCaller } from '../access/decorators.js';
import type { Page } from '../platform/http/paging.js';
import { SafetyFlagPage, SafetyFlagQuery, SafetyFlags, type SafetyFlagView } from './safety-flags.js';

@ApiTags('production')
@Controller('production-safety-flags')
export class SafetyFlagsController {
  constructor(private readonly flags: SafetyFlags) {}

  @Get()
  @Allow('production.read')
  @ApiOperation({
    summary: 'Months over capacity in mining and hazardous chemistry, by month; a danger, no success.',
  })
  @ApiOkResponse({ type: SafetyFlagPage })
  list(@CurrentCaller() caller: Caller, @Query() query: SafetyFlagQuery): Promise<Page<SafetyFlagView>> {
    return this.flags.list(caller, query);
  }
}
