import { Body, Controller, HttpCode } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { BulkBody, BulkView } from './bulk.dto.js';
import { Bulk } from './bulk.service.js';

@ApiTags('case actions')
@Controller('cases/bulk')
@Allow('cases.act_in_bulk')
export class BulkController {
  constructor(private readonly bulk: Bulk) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Do one action on up to 500 cases, each answered on its own',
    description:
      'By ids or by the filters of the list. `preview` answers what would come of it. Send an `Idempotency-Key`: a repeat then answers as the first did.',
  })
  @ApiOkResponse({ type: BulkView })
  run(@CurrentActor() actor: AccountActor, @Body() body: BulkBody): Promise<BulkView> {
    return this.bulk.run(actor, body);
  }
}
