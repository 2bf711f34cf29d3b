import { Body, Controller, HttpCode, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { AccountActor } from '../../access/actor.js';
import { Allow, CurrentActor } from '../../access/decorators.js';
import { orAbsent } from '../../cases/case-file/or-absent.js';
import { DeliveryView } from '../../notifications/deliveries.dto.js';
import { DeliveryList } from '../../notifications/delivery-list.js';
import { notFound } from '../../platform/errors/refusal.js';
import { Post } from '../../platform/http/idempotency/post.js';
import { ParseId } from '../../platform/http/parse-id.pipe.js';
import { AcknowledgeReminder } from './acknowledge-reminder.js';
import { AcknowledgeBody } from './acknowledgements.dto.js';
import { Matters } from './matters.js';

@ApiTags('reminders')
@Controller('deliveries')
export class AcknowledgeDeliveryController {
  constructor(
    private readonly matters: Matters,
    private readonly answers: AcknowledgeReminder,
    private readonly deliveries: DeliveryList,
  ) {}

  @Post(':id/acknowledge')
  @Allow('own_deliveries.use')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say that a reminder to oneself was seen, and by when it will be done. It stops no clock.',
  })
  @ApiOkResponse({ type: DeliveryView })
  async acknowledge(
    @CurrentActor() actor: AccountActor,
    @Param('id', ParseId) id: string,
    @Body() { doneBy, note }: AcknowledgeBody,
  ): Promise<DeliveryView> {
    const { officialId } = actor;
    const matter = officialId === null ? undefined : await this.matters.ofDelivery(id, officialId);
    if (matter === undefined) throw notFound('delivery', id);
    await orAbsent('delivery', id, this.answers.run(actor, matter, { doneBy, note: note ?? null }));
    return this.deliveries.byId(id);
  }
}
