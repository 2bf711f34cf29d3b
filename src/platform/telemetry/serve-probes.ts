import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AppConfig } from '../config/app-config.js';
import { metrics } from './metrics.js';
import { MetricsReaders } from './metrics-readers.js';
import type { ReadinessProbe } from './readiness.js';

type Probe = Pick<ReadinessProbe, 'read'>;

interface Answer {
  status: number;
  type: string;
  body: string;
}

/**
 * Health and metrics of a process that has no API: the same paths and answers as the API's own. It never keeps the
 * process from ending.
 */
export function serveProbes(
  probe: Probe,
  { port, host, metricsNetworks }: Pick<AppConfig, 'port' | 'host' | 'metricsNetworks'>,
): Promise<Server> {
  const readers = new MetricsReaders(metricsNetworks);
  const server = createServer((request, response) => {
    // Fails only when whoever asked has gone.
    write(response, request, probe, readers).catch(() => response.destroy());
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

async function write(
  response: ServerResponse,
  request: IncomingMessage,
  probe: Probe,
  readers: MetricsReaders,
): Promise<void> {
  const { method = '', url = '', socket, headers } = request;
  const peer = socket.remoteAddress ?? '';
  const path = url.split('?', 1)[0] ?? '';
  const isHidden = path === '/metrics' && !readers.has({ address: peer, peer, headers });
  const { status, type, body } = await answerTo(method, isHidden ? '' : path, probe).catch(() =>
    json(500, { status: 'unknown' }),
  );
  response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
  response.end(method === 'HEAD' ? undefined : body);
}

async function answerTo(method: string, path: string, probe: Probe): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return json(405, { status: 'unknown' });
  switch (path) {
    case '/health/live':
      return json(200, { status: 'live' });
    case '/health/ready': {
      const readiness = await probe.read();
      return json(readiness.status === 'unavailable' ? 503 : 200, readiness);
    }
    case '/metrics':
      return { status: 200, type: metrics.contentType, body: await metrics.metrics() };
    default:
      return json(404, { status: 'unknown' });
  }
}

const json = (status: number, body: object): Answer => ({
  status,
  type: 'application/json; charset=utf-8',
  body: JSON.stringify(body),
});
