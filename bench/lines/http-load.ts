import autocannon from 'autocannon';

export interface Load {
  url: string;
  headers: Record<string, string>;
  paths: readonly string[];
  connections: number;
  seconds: number;
}

export interface LoadResult {
  requestsPerSecond: number;
  p99Ms: number;
}

/** Asks for the paths over and over, each connection from another one on. Anything but 200 is a fault. */
export async function load({ url, headers, paths, connections, seconds }: Load): Promise<LoadResult> {
  let client = 0;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    setupClient: (connection) => {
      const from = Math.floor((paths.length * client++) / connections);
      const own = [...paths.slice(from), ...paths.slice(0, from)];
      connection.setRequests(own.map((path) => ({ method: 'GET', path, headers })));
    },
  });
  const refused = result.non2xx + result.errors + result.timeouts;
  if (refused > 0) throw new Error(`${refused} of ${result.requests.total} requests to ${url} went wrong`);
  return { requestsPerSecond: result.requests.total / result.duration, p99Ms: result.latency.p99 };
}
