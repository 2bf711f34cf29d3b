// node test/faults/product-process.mjs <api|worker> <milliseconds that its clock is off>
// One process of the built product, put together as src/main.ts and src/worker.ts do it, at an office time that the
// suite chooses: messages leave on working days from 08:00 to 21:00 only, and the suite must run at any hour.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../dist/src/app.module.js';
import { Clock } from '../../dist/src/platform/clock/clock.js';
import { loadConfig } from '../../dist/src/platform/config/app-config.js';
import { configureHttp } from '../../dist/src/platform/http/configure-http.js';
import { fastifyAdapter } from '../../dist/src/platform/http/fastify-adapter.js';
import { Worker } from '../../dist/src/platform/queue/worker.js';
import { ReadinessProbe } from '../../dist/src/platform/telemetry/readiness.js';
import { serveProbes } from '../../dist/src/platform/telemetry/serve-probes.js';

const [kind, startOffset] = process.argv.slice(2);
let offsetMs = Number(startOffset);
const START = { api: startApi, worker: startWorker };
const LOUD = { logger: ['error'], abortOnError: false };

class MovedClock extends Clock {
  now() {
    return new Date(Date.now() + offsetMs);
  }
}

// The suite was killed: nobody else would end it.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', ({ clockOffsetMs }) => {
  offsetMs = clockOffsetMs;
  process.send({ clockOffsetMs });
});
process.send({ url: await START[kind](AppModule.with(new MovedClock()), loadConfig()) });

async function startApi(module, config) {
  const app = await NestFactory.create(module, fastifyAdapter(config), LOUD);
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  await configureHttp(app);
  await app.listen(config.port, config.host);
  return app.getUrl();
}

async function startWorker(module, config) {
  const app = await NestFactory.createApplicationContext(module, LOUD);
  app.enableShutdownHooks(undefined, { useProcessExit: true });
  app.get(Worker).start();
  const server = await serveProbes(app.get(ReadinessProbe), config);
  return `http://${config.host}:${server.address().port}`;
}
