import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Get, Logger, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { Logger as PinoLogger, LoggerModule } from 'nestjs-pino';
import { configureHttp } from '../../src/platform/http/configure-http.js';
import { fastifyAdapter } from '../../src/platform/http/fastify-adapter.js';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { logOptions } from '../../src/platform/telemetry/log-options.js';
import { BarePlatform } from '../support/bare-platform.js';

const lines: Array<Record<string, unknown>> = [];
const sink = new Writable({
  write(chunk: Buffer, _encoding, done) {
    for (const line of chunk.toString().trim().split('\n')) lines.push(JSON.parse(line));
    done();
  },
});

@Controller('probes')
class ProbeController {
  private readonly logger = new Logger(ProbeController.name);

  @Get()
  ask(@Query('q') q: string): { asked: boolean } {
    this.logger.log('on the way');
    return { asked: q !== '' };
  }

  @Post()
  fail(): never {
    const fault = {
      code: '42601',
      parameters: ['13912345678'],
      detail: 'Key (mobile)=(13912345678)',
      query: 'SELECT 1',
    };
    throw Object.assign(new Error('syntax error'), fault);
  }
}

@Controller('r')
class LinkController {
  @Get(':token')
  look(): string {
    return '';
  }
}

const { pinoHttp, ...rest } = logOptions('info');

describe('the log', () => {
  let app: NestFastifyApplication;
  let url: string;

  beforeAll(async () => {
    const module = await Test.createTestingModule({
      imports: [
        BarePlatform.with({ tokenSecret: 'x'.repeat(32), uploadMaxBytes: 1024 }),
        HttpModule,
        LoggerModule.forRoot({ ...rest, pinoHttp: [pinoHttp, sink] }),
      ],
      controllers: [ProbeController, LinkController],
    }).compile();
    app = module.createNestApplication<NestFastifyApplication>(fastifyAdapter({ trustedProxies: [] }), {
      bufferLogs: true,
    });
    app.useLogger(app.get(PinoLogger));
    await configureHttp(app);
    await app.listen(0, '127.0.0.1');
    url = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  });

  afterAll(() => app.close());

  const about = (requestId: string): Array<Record<string, unknown>> =>
    lines.filter((line) => line['requestId'] === requestId);

  it('has one line a request, and its id in every line on the way', async () => {
    const headers = { 'x-request-id': 'asked-0001', authorization: 'Bearer secret-token' };
    await fetch(`${url}/api/v1/probes?q=13912345678`, { headers });
    expect(about('asked-0001').map(({ message }) => message)).toEqual(['on the way', 'request answered']);
    expect(about('asked-0001')[1]).toMatchObject({
      req: { method: 'GET', path: '/api/v1/probes' },
      res: { statusCode: 200 },
      responseTime: expect.any(Number),
    });
  });

  it('holds no header, query, body or parameter of a statement', async () => {
    const body = JSON.stringify({ password: 'secret-password' });
    const headers = {
      'x-request-id': 'failed-0001',
      authorization: 'Bearer secret-token',
      'content-type': 'application/json',
    };
    await fetch(`${url}/api/v1/probes`, { method: 'POST', headers, body });
    await fetch(`${url}/api/v1/probes`, { method: 'POST', headers: { 'x-request-id': 'failed-0002' } });
    expect(about('failed-0002').map(({ err }) => err)).toContainEqual(
      expect.objectContaining({
        type: 'Error',
        message: 'syntax error',
        code: '42601',
        stack: expect.any(String),
      }),
    );
    expect(JSON.stringify(lines)).not.toMatch(/secret|13912345678|SELECT 1/);
  });

  it('tells nobody the link that somebody was sent', async () => {
    for (const path of ['/r/the-token', '/%72/the-token', '//r/the-token', '/R/the-token'])
      await fetch(url + path, { headers: { 'x-request-id': 'linked-0001' } });
    expect(about('linked-0001').map(({ req }) => Object(req).path)).toEqual([
      '/r/:token',
      '/r/:token',
      '/:token',
      '/:token',
    ]);
    expect(JSON.stringify(lines)).not.toContain('the-token');
  });

  it('is quiet about probes', async () => {
    await fetch(`${url}/health/live`, { headers: { 'x-request-id': 'probe-00001' } });
    expect(about('probe-00001')).toEqual([]);
  });
});
