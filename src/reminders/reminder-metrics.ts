import { Counter, Gauge, Histogram } from 'prom-client';

export const remindersRecorded = new Counter({
  name: 'shukun_reminders_recorded_total',
  help: 'Rungs of the ladder that fell due and were recorded.',
  labelNames: ['rung'],
});

export const reminderDefects = new Counter({
  name: 'shukun_reminder_defects_total',
  help: 'Data defects met by reminders: a duty that nobody holds, or nobody at all to remind.',
  labelNames: ['defect'],
});

export const sweepSeconds = new Histogram({
  name: 'shukun_sweep_seconds',
  help: 'How long a sweep for due reminders took.',
  buckets: [0.005, 0.02, 0.05, 0.1, 0.5, 1, 5, 30],
});

export const remindersArmed = new Gauge({
  name: 'shukun_reminders_armed',
  help: 'About how many reminders are armed, as the database last estimated it.',
});

export const remindersDue = new Gauge({
  name: 'shukun_reminders_due',
  help: 'Armed reminders whose moment has come and that no sweep has recorded; counted up to 100000.',
});

export const oldestDueSeconds = new Gauge({
  name: 'shukun_reminders_oldest_due_seconds',
  help: 'For how long the oldest of these has been due; 0 when there is none.',
});

export const remindersMeasuredAt = new Gauge({
  name: 'shukun_reminders_measured_timestamp_seconds',
  help: 'When this process last counted reminders, seconds since 1970; 0 where it never did.',
});
