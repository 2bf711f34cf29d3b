import { Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBody,
  ApiExtraModels,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../platform/http/public-route.js';
import { type Push, ReceiptPush } from './receipt-push.js';
import { HttpReceipt } from './receipts.dto.js';

const ANSWER = { schema: { type: 'object', description: 'What the gateway wants to hear.' } };

/** Gateways say here what became of SMS. Open to everyone: who pushes proves by other means that it is a gateway. */
@ApiTags('reminders')
@Public()
@Controller('sms/receipts')
export class ReceiptsController {
  constructor(private readonly push: ReceiptPush) {}

  @Post(':gateway')
  @HttpCode(200)
  @RouteConfig({ keepsRawBody: true })
  @ApiOperation({
    summary:
      'Receipts of SMS, pushed by the gateway `http`, or by `aliyun` or `tencent` from listed networks.',
    description:
      'Those of `http` are signed: `v1=` and the HMAC-SHA256, in hexadecimal, of the timestamp, a dot and the body, within five minutes.',
  })
  @ApiHeader({ name: 'X-Shukun-Timestamp', description: 'Seconds since 1970, of `http`.', required: false })
  @ApiHeader({ name: 'X-Shukun-Signature', description: '`v1=…`, of `http`.', required: false })
  @ApiExtraModels(HttpReceipt)
  @ApiBody({
    schema: {
      oneOf: [
        { $ref: getSchemaPath(HttpReceipt) },
        { type: 'array', maxItems: 1_000, items: { type: 'object' } },
      ],
    },
  })
  @ApiOkResponse(ANSWER)
  take(@Param('gateway') gateway: string, @Req() request: FastifyRequest): Promise<object> {
    return this.push.take(pushOf(gateway, undefined, request));
  }

  @Post(':gateway/:token')
  @HttpCode(200)
  @RouteConfig({ hidesPath: true })
  @ApiOperation({ summary: 'The same, at an address that only the vendor knows.' })
  @ApiBody({ schema: { type: 'array', maxItems: 1_000, items: { type: 'object' } } })
  @ApiOkResponse(ANSWER)
  takeBySecretPath(
    @Param('gateway') gateway: string,
    @Param('token') token: string,
    @Req() request: FastifyRequest,
  ): Promise<object> {
    return this.push.take(pushOf(gateway, token, request));
  }
}

const pushOf = (gateway: string, token: string | undefined, request: FastifyRequest): Push => ({
  gateway,
  token,
  address: request.ip,
  timestamp: request.headers['x-shukun-timestamp'],
  signature: request.headers['x-shukun-signature'],
  rawBody: request.rawBody,
  body: request.body,
});
