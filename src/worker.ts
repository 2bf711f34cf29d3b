import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { loadConfig } from './platform/config/app-config.js';
import { Worker } from './platform/queue/worker.js';
import { runProcess } from './run-process.js';

/** The worker process: sweeps, sends, imports. Any number of them may run. */
runProcess(async () => {
  loadConfig();
  const app = await NestFactory.createApplicationContext(AppModule.with(), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  app.enableShutdownHooks();
  app.get(Worker).start();
});
