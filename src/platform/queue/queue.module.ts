import { Global, Module } from '@nestjs/common';
import { BullQueue } from './bull-queue.js';
import { BullWakeUps } from './bull-wake-ups.js';
import { TaskRunner } from './task-runner.js';
import { Tasks } from './tasks.js';
import { WakeUps } from './wake-ups.js';
import { Worker } from './worker.js';

/** Bull behind one small port: features ring {@link WakeUps} and register with {@link Tasks}, and know nothing of it. */
@Global()
@Module({
  providers: [BullQueue, Tasks, TaskRunner, Worker, { provide: WakeUps, useClass: BullWakeUps }],
  exports: [BullQueue, Tasks, WakeUps, Worker],
})
export class QueueModule {}
