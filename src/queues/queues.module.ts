import { Module, type OnModuleInit, Optional } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { RefusalWatch } from '../platform/http/refusal-watch.js';
import { BullQueue } from '../platform/queue/bull-queue.js';
import { BoardAccess } from './board-access.js';
import { BoardCookie } from './board-cookie.js';
import { BoardSessionController } from './board-session.controller.js';
import { serveBoard } from './serve-board.js';

/** The queue, to look at. */
@Module({
  controllers: [BoardSessionController],
  providers: [BoardAccess, BoardCookie],
})
export class QueuesModule implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly queue: BullQueue,
    private readonly access: BoardAccess,
    @Optional() private readonly watch?: RefusalWatch,
  ) {}

  /** In a process that serves the API; workers and commands have no server. */
  onModuleInit(): void {
    const { httpAdapter } = this.host;
    if (httpAdapter instanceof FastifyAdapter)
      serveBoard(httpAdapter.getInstance(), this.queue, this.access, this.watch);
  }
}
