import { Body, Controller, Headers, HttpCode, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow } from '../../access/decorators.js';
import { localeOf } from '../../platform/errors/message-text.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { instantOf } from '../../platform/http/instant.js';
import { MOST_LISTED, ProductionPreviewView, ProductionPreviewBody } from './preview.dto.js';
import { previewView } from './preview-view.js';
import { WhatIf } from './what-if.js';

const WITHIN_MS = 5_000;

@ApiTags('production')
@Controller('production-policies/preview')
export class ProductionPreviewController {
  constructor(private readonly whatIf: WhatIf) {}

  @Post()
  @HttpCode(200)
  @Allow('production_policies.change')
  @ApiOperation({
    summary:
      'Who would be in which status at a month by other parameters, and what would differ; changes nothing.',
  })
  @ApiOkResponse({ type: ProductionPreviewView })
  async preview(
    @Body() { parameters, asOf, knownAt, unit }: ProductionPreviewBody,
    @Headers('accept-language') languages: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProductionPreviewView> {
    const locale = localeOf(languages);
    void reply.header('Content-Language', locale).header('Vary', 'Accept-Language');
    const answer = await this.whatIf.run({
      asOf,
      knownAt: knownAt === undefined ? null : instantOf(knownAt, '/knownAt'),
      parameters: Object.keys(parameters).length === 0 ? null : parameters,
      unit: unit ?? null,
      most: MOST_LISTED,
      withinMs: WITHIN_MS,
    });
    return previewView(answer, locale);
  }
}
