import { createServer, type Server } from 'node:http';
import { metrics } from './metrics.js';
import type { ReadinessProbe } from './readiness.js';

interface Answer {
  status: number;
  type: string;
  body: string;
}

/**
 * Health and metrics of a process that has no API: the same paths and answers as the API's own. It never keeps the
 * process from ending.
 */
export function serveProbes(probe: ReadinessProbe, port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    answerTo(request.method ?? '', request.url ?? '', probe)
      .catch((): Answer => json(500, { status: 'unavailable' }))
      .then(({ status, type, body }) => {
        response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
        response.end(request.method === 'HEAD' ? undefined : body);
      })
      // Whoever asked has gone.
      .catch(() => response.destroy());
  });
  server.unref();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

async function answerTo(method: string, url: string, probe: ReadinessProbe): Promise<Answer> {
  if (method !== 'GET' && method !== 'HEAD') return json(405, { status: 'unknown' });
  switch (url.split('?', 1)[0]) {
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
