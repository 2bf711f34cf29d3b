import { Controller, HttpCode, Res } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Allow, CurrentSession } from '../access/decorators.js';
import type { SignedIn } from '../access/own-proof.js';
import { NotKept } from '../platform/http/idempotency/not-kept.js';
import { Post } from '../platform/http/idempotency/post.js';
import { BoardCookie } from './board-cookie.js';

@ApiTags('queues')
@Controller('queues')
export class BoardSessionController {
  constructor(private readonly cookies: BoardCookie) {}

  @Post('board-session')
  @Allow('queues.read')
  @NotKept()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Let this browser look at the board at `/queues` for a quarter of an hour.',
    description: 'Sets a cookie for these pages alone; it ends with the session that asks for it.',
  })
  @ApiNoContentResponse()
  open(@CurrentSession() session: SignedIn, @Res({ passthrough: true }) reply: FastifyReply): void {
    void reply.header('Set-Cookie', this.cookies.make(session, reply.request.protocol === 'https'));
  }
}
