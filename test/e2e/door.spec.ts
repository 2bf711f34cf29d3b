import { once } from 'node:events';
import type { Server } from 'node:http';
import net from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

const PORTAL = 'https://portal.example.gov.cn';

let world: TestApp;
let office: Client;

/** Bytes as they are, and whatever comes back until the other side has closed. */
async function raw(bytes: string): Promise<string> {
  const socket = net.connect(Number(new URL(world.url).port), '127.0.0.1');
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => undefined);
  socket.write(bytes);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString();
}

describe('the door', () => {
  beforeAll(async () => {
    world = await createTestApp();
    office = await world.as('task_force');
  });
  afterAll(() => world.close());

  it('is closed to the pages of other origins', async () => {
    const asked = await office.get('/auth/me', { origin: PORTAL });
    const names = [...asked.headers.keys()].filter((name) => name.startsWith('access-control'));
    expect([asked.status, names]).toEqual([200, []]);
    const preflight = await fetch(`${world.url}/api/v1/cases`, {
      method: 'OPTIONS',
      headers: { origin: PORTAL, 'access-control-request-method': 'GET' },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([404, null]);
  });

  it('takes no address that is longer than two hundred ids', async () => {
    const answer = await office.get(`/cases?q=${'a'.repeat(9_000)}`);
    expect([answer.status, answer.body['code']]).toEqual([414, 'REQUEST_MALFORMED']);
  });

  it.each(['gzip', 'deflate', 'br', 'x-anything'])('unpacks nothing: %s', async (encoding) => {
    const response = await fetch(`${world.url}/api/v1/cases`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${office.token}`,
        'content-type': 'application/json',
        'content-encoding': encoding,
      },
      body: new Uint8Array(gzipSync('{}')),
    });
    expect([response.status, await response.json()]).toEqual([
      415,
      expect.objectContaining({ code: 'ENCODING_UNSUPPORTED' }),
    ]);
  });

  it('reads so many values, and no more', async () => {
    const list = (length: number): unknown => ({ enterpriseId: Array.from({ length }, () => 1) });
    expect((await office.post('/cases', list(19_000))).body['code']).toBe('VALIDATION_FAILED');
    expect((await office.post('/cases', list(20_001))).body['code']).toBe('BODY_TOO_MANY_VALUES');
    const objects = { note: Array.from({ length: 7_000 }, () => ({ a: 1, b: 2 })) };
    expect((await office.post('/cases', objects)).body['code']).toBe('BODY_TOO_MANY_VALUES');
  });

  it.each([
    ['too many headers', `GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(17_000)}\r\n\r\n`, 431],
    ['no request', 'HELLO\r\n\r\n', 400],
    ['a line break in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: b\rc\r\n\r\n', 400],
    ['a NUL in a header', 'GET / HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\n\r\n', 400],
    ['a NUL in the address', 'GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n', 400],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n', 400],
    [
      'a length and chunks',
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
      400,
    ],
    ['a blank before the colon', 'POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n', 400],
  ])('answers %s with a problem, and closes', async (_what, bytes, status) => {
    const [head = '', body = ''] = (await raw(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    expect(head).toMatch(/content-type: application\/problem\+json/i);
    expect(head).toMatch(/cache-control: no-store/i);
    const [, requestId] = /x-request-id: ([\w-]{36})/i.exec(head) ?? [];
    expect(JSON.parse(body)).toMatchObject({ status, code: 'REQUEST_MALFORMED', requestId });
    expect(requestId).toBeDefined();
  });

  it('speaks to nobody who does not say with whom he speaks', async () => {
    expect(await raw('GET /health/live HTTP/1.1\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
  });

  it('waits for nobody for ever', () => {
    const { headersTimeout, requestTimeout, keepAliveTimeout, timeout }: Server = world.app.getHttpServer();
    expect({ headersTimeout, requestTimeout, keepAliveTimeout, timeout }).toEqual({
      headersTimeout: 15_000,
      requestTimeout: 60_000,
      keepAliveTimeout: 65_000,
      timeout: 120_000,
    });
  });

  it('tells the metrics to who watches over the machine, and not through an unknown proxy', async () => {
    expect((await fetch(`${world.url}/metrics`)).status).toBe(200);
    for (const name of ['x-forwarded-for', 'forwarded']) {
      const answer = await fetch(`${world.url}/metrics`, { headers: { [name]: '127.0.0.1' } });
      expect([answer.status, await answer.json()]).toEqual([
        404,
        expect.objectContaining({ code: 'ROUTE_UNKNOWN' }),
      ]);
    }
  });
});

describe('the door, as an operator has set it', () => {
  beforeAll(async () => {
    world = await createTestApp({
      environment: {
        CORS_ORIGINS: `${PORTAL},http://localhost:5173`,
        METRICS_NETWORKS: '192.0.2.0/24',
        TRUSTED_PROXIES: '127.0.0.1',
        MAX_CONNECTIONS: '10',
      },
    });
    office = await world.as('task_force');
  });
  afterAll(() => world.close());

  it('opens to the origins that are listed, and lets their pages read what they need', async () => {
    const preflight = await fetch(`${world.url}/api/v1/cases`, {
      method: 'OPTIONS',
      headers: {
        origin: PORTAL,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,if-match',
      },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, PORTAL]);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('If-Match');
    const asked = await office.get('/auth/me', { origin: PORTAL });
    expect(asked.headers.get('access-control-allow-origin')).toBe(PORTAL);
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();
    expect(asked.headers.get('access-control-expose-headers')).toMatch(/ETag.*Link.*RateLimit.*X-Request-Id/);
    const refused = await office.get('/nothing', { origin: PORTAL });
    expect(refused.headers.get('vary')).toMatch(/Origin, Accept-Language/);
    expect(refused.headers.get('access-control-allow-origin')).toBe(PORTAL);
  });

  it.each([
    'https://evil.example',
    'https://portal.example.gov.cn.evil.example',
    'http://portal.example.gov.cn',
    'https://portal.example.gov.cn:8443',
    'null',
  ])('and to no other: %s', async (origin) => {
    const { headers } = await office.get('/auth/me', { origin });
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('tells the metrics to who is listed, by the address that a trusted proxy has seen', async () => {
    const statusFor = async (address?: string): Promise<number> => {
      const headers: Record<string, string> = address === undefined ? {} : { 'x-forwarded-for': address };
      return (await fetch(`${world.url}/metrics`, { headers })).status;
    };
    expect([
      await statusFor(),
      await statusFor('192.0.2.8'),
      await statusFor('192.0.2.8, 203.0.113.1'),
    ]).toEqual([404, 200, 404]);
  });

  it('takes so many connections at once, and drops the others', async () => {
    const open: net.Socket[] = [];
    const port = Number(new URL(world.url).port);
    for (let number = 0; number < 10; number += 1) {
      const socket = net.connect(port, '127.0.0.1').on('error', () => undefined);
      open.push(socket);
      await once(socket, 'connect');
    }
    const oneMore = net.connect(port, '127.0.0.1').on('error', () => undefined);
    await once(oneMore, 'close');
    expect(oneMore.bytesRead).toBe(0);
    for (const socket of open) socket.destroy();
  });
});
