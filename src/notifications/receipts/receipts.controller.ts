import {
  Body,
  Controller,
  createParamDecorator,
  type ExecutionContext,
  HttpCode,
  Param,
} from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBody,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Post } from '../../platform/http/idempotency/post.js';
import { Public } from '../../platform/http/public-route.js';
import { type Push, ReceiptPush } from './receipt-push.js';
import { HttpReceipt } from './receipts.dto.js';

/** By what a push is verified. */
type Sender = Pick<Push, 'address' | 'timestamp' | 'signature' | 'rawBody'>;

const PushedBy = createParamDecorator((_: unknown, context: ExecutionContext): Sender => {
  const { ip, headers, rawBody } = context.switchToHttp().getRequest<FastifyRequest>();
  return {
    address: ip,
    timestamp: headers['x-shukun-timestamp'],
    signature: headers['x-shukun-signature'],
    rawBody,
  };
});

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
    security: [],
    summary:
      'Receipts of SMS, pushed by the gateway `http`, or by `aliyun` or `tencent` from listed networks.',
    description:
      'Those of `http` are signed: `X-Shukun-Timestamp` has the seconds since 1970, five minutes from now at most, and `X-Shukun-Signature` is `v1=` and the HMAC-SHA256, in hexadecimal, of that timestamp, a dot and the body.',
  })
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
  take(
    @Param('gateway') gateway: string,
    @Body() body: unknown,
    @PushedBy() sender: Sender,
  ): Promise<object> {
    return this.push.take({ gateway, token: undefined, body, ...sender });
  }

  @Post(':gateway/:token')
  @HttpCode(200)
  @ApiOperation({ security: [], summary: 'The same, at an address that only the vendor knows.' })
  @ApiBody({ schema: { type: 'array', maxItems: 1_000, items: { type: 'object' } } })
  @ApiOkResponse(ANSWER)
  takeBySecretPath(
    @Param('gateway') gateway: string,
    @Param('token') token: string,
    @Body() body: unknown,
    @PushedBy() sender: Sender,
  ): Promise<object> {
    return this.push.take({ gateway, token, body, ...sender });
  }
}
