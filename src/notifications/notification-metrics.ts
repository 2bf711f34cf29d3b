import { Counter, Histogram } from 'prom-client';

export const messageOutcomes = new Counter({
  name: 'shukun_messages_total',
  help: 'Attempts to send, by what became of them; pending is tried again.',
  labelNames: ['channel', 'outcome'],
});

export const sendSeconds = new Histogram({
  name: 'shukun_send_seconds',
  help: 'How long handing a message over took.',
  labelNames: ['channel'],
  buckets: [0.005, 0.02, 0.1, 0.5, 1, 5, 10],
});
