import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { loadConfig } from './platform/config/app-config.js';
import { configureHttp } from './platform/http/configure-http.js';
import { fastifyAdapter } from './platform/http/fastify-adapter.js';
import { Worker } from './platform/queue/worker.js';
import { runProcess } from './run-process.js';

/** The API process; with `WORKER_IN_PROCESS=true` it does the worker's work as well. */
runProcess(async () => {
  const config = loadConfig();
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(), fastifyAdapter(config), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  // By exit, not by the signal again: what the log still holds is written at exit.
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  await configureHttp(app);
  await app.listen(config.port, config.host);
  if (config.isWorkerInProcess) app.get(Worker).start();
});
