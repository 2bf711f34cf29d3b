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

export const noticesRecorded = new Counter({
  name: 'shukun_notices_recorded_total',
  help: 'Messages that are no reminders and fell due, by kind.',
  labelNames: ['kind'],
});

export const noticeDefects = new Counter({
  name: 'shukun_notice_defects_total',
  help: 'Data defects met by notices: a duty that nobody holds, or nobody at all to tell.',
  labelNames: ['defect'],
});
