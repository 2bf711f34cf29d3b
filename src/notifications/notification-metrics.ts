import { Counter, Gauge, Histogram } from 'prom-client';

export const messageOutcomes = new Counter({
  name: 'shukun_messages_total',
  help: 'Attempts to send, by what became of them; pending is tried again, held is over the daily cap of a number.',
  labelNames: ['channel', 'outcome'],
});

export const sendSeconds = new Histogram({
  name: 'shukun_send_seconds',
  help: 'How long handing a message over took.',
  labelNames: ['channel'],
  buckets: [0.005, 0.02, 0.1, 0.5, 1, 5, 10],
});

export const circuitOpen = new Gauge({
  name: 'shukun_channel_circuit_open',
  help: '1 while this worker sends nothing by a channel whose server or gateway is away, else 0.',
  labelNames: ['channel'],
});

export const groupDigestOutcomes = new Counter({
  name: 'shukun_group_digests_total',
  help: 'Attempts to tell a group by its robot, by what became of them; pending is tried again.',
  labelNames: ['robot', 'outcome'],
});
