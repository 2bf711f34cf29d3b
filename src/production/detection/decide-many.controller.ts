import { Body, Controller, HttpCode } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { BulkItemView } from '../../cases/bulk/bulk.dto.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { AcceptCandidatesBody, DismissCandidatesBody, MOST_CANDIDATES } from './candidates.dto.js';
import { DecideMany } from './decide-many.js';

class DecidedCandidatesView {
  @ApiProperty({ type: 'integer', example: 2 })
  done!: number;
  @ApiProperty({ type: 'integer', description: 'Candidates that are as they were.', example: 1 })
  refused!: number;
  @ApiProperty({ type: [BulkItemView], description: 'One for each candidate, by its id.' })
  items!: BulkItemView[];
}

@ApiTags('detection')
@Controller('detection/candidates')
@Allow('candidates.decide')
export class DecideManyController {
  constructor(private readonly many: DecideMany) {}

  @Post('accept')
  @HttpCode(200)
  @ApiOperation({
    summary: `Accept up to ${MOST_CANDIDATES} candidates, each answered on its own`,
    description: 'By ids, or all open ones of a kind in a reporting unit. A relapse is accepted by itself.',
  })
  @ApiOkResponse({ type: DecidedCandidatesView })
  async accept(
    @CurrentActor() actor: AccountActor,
    @Body() body: AcceptCandidatesBody,
  ): Promise<DecidedCandidatesView> {
    return told(await this.many.accept(actor, body));
  }

  @Post('dismiss')
  @HttpCode(200)
  @ApiOperation({ summary: `Dismiss up to ${MOST_CANDIDATES} candidates, each answered on its own` })
  @ApiOkResponse({ type: DecidedCandidatesView })
  async dismiss(
    @CurrentActor() actor: AccountActor,
    @Body() body: DismissCandidatesBody,
  ): Promise<DecidedCandidatesView> {
    return told(await this.many.dismiss(actor, body));
  }
}

function told(items: BulkItemView[]): DecidedCandidatesView {
  const done = items.filter(({ status }) => status === 200).length;
  return { done, refused: items.length - done, items };
}
