import { collectDefaultMetrics, Counter, Histogram, register } from 'prom-client';

collectDefaultMetrics();

/** The one registry of a process; features add their metrics to prom-client's default, which is this. */
export const metrics = register;

export const connectionsDropped = new Counter({
  name: 'shukun_http_connections_dropped_total',
  help: 'Connections that were not taken, because as many as may be were open.',
});

export const httpSeconds = new Histogram({
  name: 'shukun_http_request_seconds',
  help: 'How long requests took, by route.',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
});
