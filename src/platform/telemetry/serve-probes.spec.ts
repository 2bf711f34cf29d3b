import { once } from 'node:events';
import type { Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { Readiness } from './readiness.js';
import { serveProbes } from './serve-probes.js';

const ready: Readiness = { status: 'ready', database: 'up', schema: 'up', redis: 'up' };
let server: Server | null = null;

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  if (server) await once(server, 'close');
});

async function serve(read: () => Promise<Readiness>, metricsNetworks = ['127.0.0.1']): Promise<string> {
  server = await serveProbes({ read }, { port: 0, host: '127.0.0.1', metricsNetworks });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP port');
  return `http://127.0.0.1:${address.port}`;
}

describe('serveProbes', () => {
  it('answers that it lives without asking what it needs', async () => {
    const base = await serve(() => Promise.reject(new Error('not asked')));
    const answer = await fetch(`${base}/health/live`);
    expect([answer.status, await answer.json()]).toEqual([200, { status: 'live' }]);
  });

  it.each([
    [200, ready],
    [200, { ...ready, status: 'degraded', redis: 'down' } satisfies Readiness],
    [503, { status: 'unavailable', database: 'down', schema: 'down', redis: 'up' } satisfies Readiness],
  ])('answers %i for %o', async (status, readiness) => {
    const base = await serve(() => Promise.resolve(readiness));
    const answer = await fetch(`${base}/health/ready`);
    expect([answer.status, await answer.json()]).toEqual([status, readiness]);
  });

  it('gives no metrics to others than their readers', async () => {
    const base = await serve(() => Promise.resolve(ready), ['10.0.0.0/8']);
    expect((await fetch(`${base}/metrics`)).status).toBe(404);
  });

  it('gives no metrics to what a proxy passes on', async () => {
    const base = await serve(() => Promise.resolve(ready));
    const headers = { 'x-forwarded-for': '127.0.0.1' };
    expect((await fetch(`${base}/metrics`, { headers })).status).toBe(404);
  });

  it('gives the metrics of its process', async () => {
    const base = await serve(() => Promise.resolve(ready));
    const answer = await fetch(`${base}/metrics`);
    expect(answer.headers.get('content-type')).toContain('text/plain');
    expect(await answer.text()).toContain('process_cpu_seconds_total');
  });

  it('knows nothing else, and survives a probe that fails', async () => {
    const base = await serve(() => Promise.reject(new Error('no connection')));
    expect((await fetch(`${base}/api/v1/cases`)).status).toBe(404);
    expect((await fetch(`${base}/health/live`, { method: 'POST' })).status).toBe(405);
    expect((await fetch(`${base}/health/ready`)).status).toBe(500);
    expect((await fetch(`${base}/health/live`)).status).toBe(200);
  });
});
