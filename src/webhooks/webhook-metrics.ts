import { Counter, Gauge, Histogram } from 'prom-client';

export const webhookAttempts = new Counter({
  name: 'shukun_webhook_attempts_total',
  help: 'Attempts to tell a portal of an event, by what became of them; pending is tried again.',
  labelNames: ['outcome'],
});

export const webhookSeconds = new Histogram({
  name: 'shukun_webhook_send_seconds',
  help: 'How long portals took to answer.',
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10],
});

export const webhooksPending = new Gauge({
  name: 'shukun_webhook_deliveries_pending',
  help: 'Deliveries to portals that are yet to be made, those to be tried again among them.',
});

export const webhooksFailed = new Gauge({
  name: 'shukun_webhook_deliveries_failed',
  help: 'Deliveries to portals of the last day that were given up.',
});

export const oldestUnsentSeconds = new Gauge({
  name: 'shukun_webhook_oldest_unsent_seconds',
  help: 'Age of the oldest delivery that is yet to be made; 0 when there is none.',
});
