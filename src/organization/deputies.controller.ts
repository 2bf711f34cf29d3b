import { Body, Controller, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Allow } from '../access/decorators.js';
import { Post } from '../platform/http/idempotency/post.js';
import { type Page, PageQuery } from '../platform/http/paging.js';
import { ParseId } from '../platform/http/parse-id.pipe.js';
import { DeputyBody, DeputyPage, DeputyView } from './deputies.dto.js';
import { DeputiesService } from './deputies.service.js';

@ApiTags('organisation')
@Allow('deputies.change')
@Controller('officials/:id/deputies')
export class DeputiesController {
  constructor(private readonly deputies: DeputiesService) {}

  @Get()
  @Allow('organization.read')
  @ApiOperation({ summary: 'Who stands in for the official, now, before and to come.' })
  @ApiOkResponse({ type: DeputyPage })
  list(@Param('id', ParseId) id: string, @Query() query: PageQuery): Promise<Page<DeputyView>> {
    return this.deputies.list(id, query);
  }

  @Post()
  @ApiOperation({
    summary: 'Have another official stand in between two days.',
    description: 'Reminders for the one go to the other on these days. At most one deputy on a day.',
  })
  @ApiCreatedResponse({ type: DeputyView })
  add(@Param('id', ParseId) id: string, @Body() body: DeputyBody): Promise<DeputyView> {
    return this.deputies.add(id, body);
  }

  @Post(':deputyId/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'End it at once, before its last day.' })
  @ApiOkResponse({ type: DeputyView })
  cancel(
    @Param('id', ParseId) id: string,
    @Param('deputyId', ParseId) deputyId: string,
  ): Promise<DeputyView> {
    return this.deputies.cancel(id, deputyId);
  }
}
