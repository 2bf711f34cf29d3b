import { Counter, Histogram } from 'prom-client';

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
