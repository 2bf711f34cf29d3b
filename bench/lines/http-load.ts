import autocannon from 'autocannon';
import type { Running } from '../surroundings/process.js';

export interface Request {
  method: 'GET' | 'POST';
  path: string;
  /** JSON. */
  body?: string;
}

export interface Load {
  server: Running;
  headers: Record<string, string>;
  requests: readonly Request[];
  connections: number;
  /** Left out: each request is sent once, by one connection. */
  seconds?: number;
}

export interface LoadResult {
  requestsPerSecond: number;
  p99Ms: number;
  /** Processor time of the server and the database. */
  cpuMsARequest: number;
}

export const gets = (paths: readonly string[]): Request[] => paths.map((path) => ({ method: 'GET', path }));

/** Sends the requests over and over, each connection from another one on. Anything but 200 is a fault. */
export async function load({ server, headers, requests, connections, seconds }: Load): Promise<LoadResult> {
  let client = 0;
  const isOnce = seconds === undefined;
  const { url } = server;
  // Autocannon takes a path for the whole of it.
  const base = new URL(url).pathname.replace(/\/$/, '');
  const [startedAt, cpuBefore] = [performance.now(), server.cpuSeconds()];
  const options: autocannon.Options = {
    url,
    connections,
    ...(isOnce ? { amount: requests.length } : { duration: seconds }),
    setupClient: (connection) => {
      const [from, to] = [client++, client].map((at) => Math.floor((requests.length * at) / connections));
      const own = isOnce ? requests.slice(from, to) : [...requests.slice(from), ...requests.slice(0, from)];
      connection.setRequests(
        own.map(({ body, ...request }) => ({
          ...request,
          path: base + request.path,
          headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body }),
        })),
      );
    },
  };
  // Autocannon looks at its clock but once a second.
  let endedAt = startedAt;
  const result = await new Promise<autocannon.Result>((resolve, reject) => {
    const running = autocannon(options, (error: Error | null, done) => {
      if (error === null) resolve(done);
      else reject(error);
    });
    running.on('response', () => (endedAt = performance.now()));
  });
  const refused = result.non2xx + result.errors + result.timeouts;
  if (refused > 0) throw new Error(`${refused} of ${result.requests.total} requests to ${url} went wrong`);
  return {
    requestsPerSecond: (result['2xx'] / (endedAt - startedAt)) * 1000,
    p99Ms: result.latency.p99,
    cpuMsARequest: ((server.cpuSeconds() - cpuBefore) / result['2xx']) * 1000,
  };
}
