import { Counter, Gauge, Histogram } from 'prom-client';

export const ringsDropped = new Counter({
  name: 'shukun_queue_rings_dropped_total',
  help: 'Wake-ups that did not reach Redis; the timers find the rows instead.',
  labelNames: ['task'],
});

export const taskSeconds = new Histogram({
  name: 'shukun_task_seconds',
  help: 'How long the runs of a task took.',
  labelNames: ['task', 'outcome'],
  buckets: [0.01, 0.05, 0.1, 0.5, 1, 5, 10, 60],
});

export const queueConnected = new Gauge({
  name: 'shukun_queue_connected',
  help: '1 while Redis answers the queue, else 0.',
});
