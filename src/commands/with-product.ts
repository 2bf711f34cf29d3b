import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { Clock, SystemClock } from '../platform/clock/clock.js';
import { loadConfig } from '../platform/config/app-config.js';

/** Opens the product without its HTTP server, does some work with it and closes it again. */
export async function withProduct<Result>(
  work: (app: INestApplicationContext) => Promise<Result>,
  clock: Clock = new SystemClock(),
): Promise<Result> {
  loadConfig();
  const app = await NestFactory.createApplicationContext(AppModule.with(clock), {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    return await work(app);
  } finally {
    await app.close();
  }
}
