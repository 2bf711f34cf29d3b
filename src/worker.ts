import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { Logger } from 'nestjs-pino';
import { AppModule } from './app.module.js';
import { loadConfig } from './platform/config/app-config.js';
import { Worker } from './platform/queue/worker.js';
import { ReadinessProbe } from './platform/telemetry/readiness.js';
import { serveProbes } from './platform/telemetry/serve-probes.js';
import { runProcess } from './run-process.js';

/** The worker process: sweeps, sends, imports. Any number of them may run. */
runProcess(async () => {
  const config = loadConfig();
  const app = await NestFactory.createApplicationContext(AppModule.with(), {
    bufferLogs: true,
    abortOnError: false,
  });
  app.useLogger(app.get(Logger));
  // By exit, not by the signal again: what the log still holds is written at exit.
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  app.get(Worker).start();
  await serveProbes(app.get(ReadinessProbe), config);
});
