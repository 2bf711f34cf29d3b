import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiProperty } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { LoggerModule } from 'nestjs-pino';
import { IsInt, IsString, MaxLength } from 'class-validator';
import { Refusal } from '../../src/platform/errors/refusal.js';
import { configureHttp } from '../../src/platform/http/configure-http.js';
import { fastifyAdapter } from '../../src/platform/http/fastify-adapter.js';
import { HttpModule } from '../../src/platform/http/http.module.js';
import { PageQuery } from '../../src/platform/http/paging.js';
import { ParseId } from '../../src/platform/http/parse-id.pipe.js';
import { logOptions } from '../../src/platform/telemetry/log-options.js';
import { BarePlatform } from '../support/bare-platform.js';

class ThingBody {
  @ApiProperty({ example: 'a' })
  @IsString()
  @MaxLength(10)
  name!: string;

  @ApiProperty({ example: 1 })
  @IsInt()
  size!: number;
}

const FAULTS: Record<string, () => Error> = {
  refusal: () => new Refusal(409, 'VERSION_STALE', { version: 7 }),
  unknownCode: () => new Refusal(409, 'NEVER_HEARD_OF'),
  bug: () => new Error('secret detail of a bug'),
  refused: () => Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
  poolTimeOut: () => new Error('timeout exceeded when trying to connect'),
  shutDown: () => Object.assign(new Error('terminating connection'), { code: '57P01' }),
  duplicate: () => Object.assign(new Error('duplicate key value violates "x"'), { code: '23505' }),
  serialisation: () => Object.assign(new Error('could not serialize'), { code: '40001' }),
  syntax: () => Object.assign(new Error('syntax error at or near "FORM"'), { code: '42601' }),
};

@Controller('things')
class ThingsController {
  @Get()
  list(@Query() query: PageQuery): { items: string[]; nextCursor: string | null } {
    return { items: ['a'], nextCursor: query.cursor === undefined ? 'next+/=' : null };
  }

  @Get('fault/:name')
  fail(@Param('name') name: string): never {
    throw FAULTS[name]?.() ?? new Error('no such fault');
  }

  @Get(':id')
  one(@Param('id', ParseId) id: string): { id: string; version: number } {
    return { id, version: 3 };
  }

  @Post()
  create(@Body() body: ThingBody): ThingBody {
    return body;
  }

  @Post('ping')
  ping(): { pong: true } {
    return { pong: true };
  }
}

let app: NestFastifyApplication;
let url: string;

beforeAll(async () => {
  const module = await Test.createTestingModule({
    imports: [
      BarePlatform.with({ tokenSecret: 'x'.repeat(32), uploadMaxBytes: 1024 }),
      HttpModule,
      LoggerModule.forRoot(logOptions('silent')),
    ],
    controllers: [ThingsController],
  }).compile();
  app = module.createNestApplication<NestFastifyApplication>(fastifyAdapter({ trustedProxies: [] }), {
    logger: false,
  });
  await configureHttp(app);
  await app.listen(0, '127.0.0.1');
  url = `${(await app.getUrl()).replace('[::1]', '127.0.0.1')}/api/v1`;
});

afterAll(() => app.close());

interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown> & {
    code?: string;
    errors?: Array<{ pointer: string; code: string; detail: string }>;
  };
}

async function ask(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(path.startsWith('http') ? path : url + path, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) };
}

const post = (path: string, body: string, type = 'application/json'): Promise<Answer> =>
  ask(path, { method: 'POST', body, headers: { 'content-type': type } });

const ID = '0193a1b2-0000-7000-8000-000000000001';

describe('a refusal', () => {
  it('is a problem document in Chinese', async () => {
    const { status, headers, body } = await ask('/things/fault/refusal?x=1');
    expect(status).toBe(400);
    expect(headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(headers.get('content-language')).toBe('zh-CN');
    expect(body).toMatchObject({
      type: 'urn:shukun:problem:validation-failed',
      title: '请求有误',
      status: 400,
      instance: '/api/v1/things/fault/refusal',
      code: 'VALIDATION_FAILED',
      errors: [{ pointer: '?x', code: 'FIELD_UNKNOWN', detail: '没有这个字段。' }],
      requestId: headers.get('x-request-id'),
    });
  });

  it('speaks English where asked, with its parameters', async () => {
    const { status, body } = await ask('/things/fault/refusal', {
      headers: { 'accept-language': 'fr, en;q=0.8, zh;q=0.5' },
    });
    expect(status).toBe(409);
    expect(body).toMatchObject({ code: 'VERSION_STALE', params: { version: 7 } });
    expect(body['detail']).toContain('version 7');
  });

  it('falls back to its code where no text is known', async () => {
    expect((await ask('/things/fault/unknownCode')).body['detail']).toBe('NEVER_HEARD_OF');
  });

  it('of a bug says nothing about the bug', async () => {
    const { status, body } = await ask('/things/fault/bug');
    expect(status).toBe(500);
    expect(body.code).toBe('INTERNAL');
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  it.each(['refused', 'poolTimeOut', 'shutDown'])('of a database that is away (%s) is 503', async (name) => {
    const { status, headers, body } = await ask(`/things/fault/${name}`);
    expect([status, body.code]).toEqual([503, 'DATABASE_AWAY']);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it.each([
    ['duplicate', 409, 'CONFLICT_DUPLICATE'],
    ['serialisation', 409, 'CONFLICT_CONCURRENT'],
    ['syntax', 500, 'INTERNAL'],
  ])('of the database (%s) is %i %s', async (name, status, code) => {
    const answer = await ask(`/things/fault/${name}`);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(JSON.stringify(answer.body)).not.toMatch(/duplicate key|FORM/);
  });
});

describe('a body', () => {
  it('is taken when it is right', async () => {
    const { status, body } = await post('/things', '{"name":"a","size":1}');
    expect([status, body]).toEqual([201, { name: 'a', size: 1 }]);
  });

  it.each<[string, string, number, string]>([
    ['broken JSON', '{"name":', 400, 'BODY_MALFORMED'],
    ['nothing', '', 400, 'BODY_MALFORMED'],
    ['a list', '[{"name":"a","size":1}]', 400, 'BODY_NOT_OBJECT'],
    ['text', '"a"', 400, 'BODY_NOT_OBJECT'],
    ['null', 'null', 400, 'VALIDATION_FAILED'],
    ['NUL', '{"name":"a\\u0000","size":1}', 400, 'TEXT_INVALID'],
    ['a lone surrogate', '{"name":"\\ud800","size":1}', 400, 'TEXT_INVALID'],
    ['a lone surrogate in a key', '{"\\udc00":1}', 400, 'TEXT_INVALID'],
    ['__proto__', '{"__proto__":{"isAdmin":true},"name":"a","size":1}', 400, 'BODY_MALFORMED'],
    ['constructor', '{"constructor":{"prototype":{}},"name":"a","size":1}', 400, 'BODY_MALFORMED'],
    ['a constructor deep down', '{"name":{"constructor":1},"size":1}', 400, 'KEY_FORBIDDEN'],
    ['a deep one', `{"name":${'['.repeat(50_000)}${']'.repeat(50_000)}}`, 400, 'BODY_TOO_DEEP'],
    ['a big one', JSON.stringify({ name: 'a'.repeat(1024 * 1024), size: 1 }), 413, 'BODY_TOO_LARGE'],
  ])('is refused: %s', async (_, body, status, code) => {
    const answer = await post('/things', body);
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it('is refused with a pointer and a code for each fault', async () => {
    const { body } = await post('/things', '{"name":"far too long a name","extra/field":1}');
    expect(body.errors).toEqual([
      { pointer: '/extra~1field', code: 'FIELD_UNKNOWN', detail: '没有这个字段。' },
      { pointer: '/name', code: 'FIELD_MAX_LENGTH', detail: '过长。' },
      { pointer: '/size', code: 'FIELD_REQUIRED', detail: '必填。' },
    ]);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'of type %s is 415',
    async (type) => {
      const { status, body } = await post('/things', 'name=a&size=1', type);
      expect([status, body.code]).toEqual([415, 'MEDIA_TYPE_UNSUPPORTED']);
    },
  );

  it('is refused where none is read', async () => {
    expect((await post('/things/ping', '{}')).status).toBe(201);
    const { status, body } = await post('/things/ping', '{"force":true}');
    expect([status, body.errors?.[0]?.pointer]).toEqual([400, '/force']);
  });
});

describe('a query', () => {
  it.each<[string, string]>([
    ['limit=0', '?limit'],
    ['limit=201', '?limit'],
    ['limit=99999999999999999999999', '?limit'],
    ['limit=1e1', '?limit'],
    ['limit=', '?limit'],
    ['limit=1&limit=2', '?limit'],
    ['count=rough', '?count'],
    ['colour=red', '?colour'],
  ])('%s is refused at %s', async (query, pointer) => {
    const { status, body } = await ask(`/things?${query}`);
    expect([status, body.code, body.errors?.[0]?.pointer]).toEqual([400, 'VALIDATION_FAILED', pointer]);
  });

  it.each(['cursor=%00', 'x%00=1', '__proto__=1', 'constructor=1'])('%s is refused', async (query) => {
    expect((await ask(`/things?${query}`)).status).toBe(400);
  });

  it('is refused where none is read', async () => {
    const { status, body } = await ask(`/things/${ID}?expand=all`);
    expect([status, body.errors?.[0]?.pointer]).toEqual([400, '?expand']);
  });
});

describe('an address', () => {
  it.each<[string, string, number, string]>([
    ['GET', '/nothing', 404, 'ROUTE_UNKNOWN'],
    ['DELETE', '/things', 404, 'ROUTE_UNKNOWN'],
    ['GET', '/things/12', 400, 'ID_INVALID'],
    ['GET', '/things/%00', 400, 'TEXT_INVALID'],
    ['GET', '/things/%ff', 400, 'REQUEST_MALFORMED'],
    ['GET', `/things/${'a'.repeat(300)}`, 414, 'REQUEST_MALFORMED'],
  ])('%s %s', async (method, path, status, code) => {
    const answer = await ask(path, { method });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
  });
});

describe('an answer', () => {
  it('has an ETag where it is an item, and is not kept', async () => {
    const { headers } = await ask(`/things/${ID.toUpperCase()}`);
    expect(headers.get('etag')).toBe('"3"');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('links to the next page where it is a list', async () => {
    const first = await ask('/things?limit=1');
    expect(first.headers.get('link')).toBe('</api/v1/things?limit=1&cursor=next%2B%2F%3D>; rel="next"');
    const last = await ask('/things?cursor=x');
    expect(last.headers.get('link')).toBeNull();
  });

  it('carries the request id that came in, or a new one for a bad one', async () => {
    const given = await ask('/things', { headers: { 'x-request-id': 'portal-42.abcdef' } });
    expect(given.headers.get('x-request-id')).toBe('portal-42.abcdef');
    const bad = await ask('/things', { headers: { 'x-request-id': 'a b<script>' } });
    expect(bad.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('the document', () => {
  it('is OpenAPI 3.1 and names the routes', async () => {
    const { body } = await ask(url.replace('/api/v1', '/api/openapi.json'));
    expect(body['openapi']).toBe('3.1.0');
    expect(body['paths']).toHaveProperty(['/api/v1/things/{id}']);
  });

  it('has readable pages that need nothing from elsewhere', async () => {
    const page = await fetch(url.replace('/api/v1', '/api/docs'));
    const html = await page.text();
    expect(page.status).toBe(200);
    expect(html).not.toMatch(/(src|href)="https?:/);
    const script = await fetch(url.replace('/api/v1', '/api/docs/swagger-ui-bundle.js'));
    expect(script.status).toBe(200);
    await script.body?.cancel();
  });
});
