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

export const reminderLagSeconds = new Histogram({
  name: 'shukun_reminder_lag_seconds',
  help: 'From the moment that a reminder fell due to the moment that it was sent.',
  labelNames: ['channel'],
  buckets: [1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400],
});

export const leasesExpired = new Counter({
  name: 'shukun_deliveries_lease_expired_total',
  help: 'Deliveries that a worker had in hand when it died: nobody knows what became of them.',
});

export const messagesUnsent = new Gauge({
  name: 'shukun_messages_unsent',
  help: 'Messages that wait or are on their way; counted up to 100000.',
  labelNames: ['channel'],
});

export const oldestUnsentSeconds = new Gauge({
  name: 'shukun_messages_oldest_unsent_seconds',
  help: 'Age of the oldest message that waits or is on its way; 0 when there is none.',
  labelNames: ['channel'],
});

export const oldestReadySeconds = new Gauge({
  name: 'shukun_messages_oldest_ready_seconds',
  help: 'For how long a message has been ready that no worker has taken; 0 when there is none.',
  labelNames: ['channel'],
});

export const messagesInTrouble = new Gauge({
  name: 'shukun_messages_in_trouble',
  help: 'Messages that failed, and those whose end nobody knows: they wait for a person. Counted up to 100000.',
  labelNames: ['channel', 'status'],
});

export const messagesMeasuredAt = new Gauge({
  name: 'shukun_messages_measured_timestamp_seconds',
  help: 'When this process last counted messages, seconds since 1970; 0 where it never did.',
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
