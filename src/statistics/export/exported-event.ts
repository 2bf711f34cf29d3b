import type { TrailActor, TrailEvent } from '../../access/security-trail.js';
import type { ExportAsk } from './export-ask.js';
import type { Format } from './formats.js';

/** What an auditor is told of a file before it is given out. */
export const exportedEvent = (
  actor: TrailActor,
  format: Format,
  { period, isWeek, table, cut, locale }: ExportAsk,
  asOf: string,
): TrailEvent => ({
  type: 'exported',
  actor,
  payload: {
    ...(isWeek ? { what: 'weekly_table', week: period } : { what: 'period_table', period }),
    format,
    table,
    ...cut,
    asOf,
    lang: locale,
  },
});
