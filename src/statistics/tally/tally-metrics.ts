import { Gauge, Histogram } from 'prom-client';

export const tallyLagSeconds = new Gauge({
  name: 'shukun_tally_lag_seconds',
  help: 'Age of what weekly tables were last brought up to; more than a few minutes means that no worker is at it.',
});

export const tallyLines = new Gauge({
  name: 'shukun_tally_lines',
  help: 'Lines that weekly tables are counted from, as PostgreSQL estimates them.',
});

export const catchUpSeconds = new Histogram({
  name: 'shukun_tally_catch_up_seconds',
  help: 'How long it took to bring the lines up to date.',
  buckets: [0.005, 0.02, 0.1, 0.5, 2, 10, 60, 600],
});
