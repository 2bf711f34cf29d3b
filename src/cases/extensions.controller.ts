import { Body, Controller, Headers, HttpCode, Param } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../access/actor.js';
import { Allow, CurrentActor } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { NoteBody, ReasonBody } from './dto/actions.js';
import { ExtensionBody } from './dto/assignment-bodies.js';
import { Extensions } from './extensions.js';

export class ExtensionReference {
  @ApiProperty({ format: 'uuid' })
  id!: string;
}

/** 延期: a request on an assignment, not a state. */
@ApiTags('extensions')
@Controller()
export class ExtensionsController {
  constructor(private readonly extensions: Extensions) {}

  @Post('cases/:id/extensions')
  @Allow('extensions.request')
  @ApiOperation({
    summary: 'Ask for more time on a case',
    description: 'At least one working day before it is due, once, for at most the original limit.',
  })
  @ApiCreatedResponse({ type: ExtensionReference })
  ofCase(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ExtensionBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ExtensionReference> {
    return this.request(actor, 'case', id, body, ifMatch);
  }

  @Post('problems/:id/extensions')
  @Allow('extensions.request')
  @ApiOperation({
    summary: 'Ask for more time on a problem',
    description: 'At least one working day before it is due, once, for at most the original limit.',
  })
  @ApiCreatedResponse({ type: ExtensionReference })
  ofProblem(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ExtensionBody,
    @Headers('if-match') ifMatch: string | undefined,
  ): Promise<ExtensionReference> {
    return this.request(actor, 'problem', id, body, ifMatch);
  }

  @Post('extensions/:id/approve')
  @Allow('extensions.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give the time asked for: a new deadline version' })
  @ApiOkResponse({ type: ExtensionReference })
  async approve(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: NoteBody,
  ): Promise<ExtensionReference> {
    await this.extensions.approve(actor, id, body.note ?? null);
    return { id };
  }

  @Post('extensions/:id/refuse')
  @Allow('extensions.decide')
  @HttpCode(200)
  @ApiOperation({ summary: 'Refuse it, with a reason' })
  @ApiOkResponse({ type: ExtensionReference })
  async refuse(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() body: ReasonBody,
  ): Promise<ExtensionReference> {
    await this.extensions.refuse(actor, id, body.reason);
    return { id };
  }

  private async request(
    actor: AccountActor,
    kind: 'case' | 'problem',
    id: string,
    body: ExtensionBody,
    ifMatch: string | undefined,
  ): Promise<ExtensionReference> {
    return { id: await this.extensions.request(actor, { kind, id }, body, ifMatch) };
  }
}
