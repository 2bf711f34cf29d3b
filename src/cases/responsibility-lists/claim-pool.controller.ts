import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import type { Page } from '../../platform/http/paging.js';
import { type ClaimPoolItem, ClaimPoolPage, ClaimPoolQuery } from './claim-pool.dto.js';
import { ClaimPool } from './claim-pool.js';

@ApiTags('responsibility lists')
@Allow('claim_pool.read')
@Controller('claim-pool')
export class ClaimPoolController {
  constructor(private readonly pool: ClaimPool) {}

  @Get()
  @ApiOperation({
    summary: 'List what is open to claim 认领, oldest first',
    description:
      'Cases and problems that nobody answers for. Of two claims at once one wins; the other is told 409, or 404 when it is no longer in its scope.',
  })
  @ApiOkResponse({ type: ClaimPoolPage })
  list(@CurrentActor() actor: AccountActor, @Query() query: ClaimPoolQuery): Promise<Page<ClaimPoolItem>> {
    return this.pool.list(actor, query);
  }
}
