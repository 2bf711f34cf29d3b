import type { Bench } from '../bench.js';
import { figureOf, type Line } from '../report/figures.js';
import type { Sides } from './sides.js';
import { timesOf } from './weekly-lines.js';

/** A week before the day on which the data set ends. */
const OLDER = '2026-11-11T09:00:00+08:00';

const PAGES = [
  { what: 'front page, as of now', path: 'overview', seconds: 1 },
  { what: 'front page of one unit, as of now', path: 'overview?reportingUnit=610902', seconds: 1 },
  {
    what: `front page, as of ${OLDER.slice(0, 10)}`,
    path: `overview?asOf=${encodeURIComponent(OLDER)}`,
    seconds: 15,
  },
  { what: 'trend of 26 weeks, as of now', path: 'trend', seconds: 1 },
  {
    what: `trend of 26 weeks, as of ${OLDER.slice(0, 10)}`,
    path: `trend?asOf=${encodeURIComponent(OLDER)}`,
    seconds: 15,
  },
];

/** Figures of a front page, one request at a time. */
export async function overviewLines(bench: Bench, sides: Sides): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { what, path, seconds } of PAGES) {
    const times = await timesOf(bench, sides, `/api/v1/statistics/${path}`);
    const product = figureOf(times);
    lines.push({
      what,
      unit: 's',
      product,
      target: `< ${seconds} s`,
      isMet: product.median < seconds,
      ...(times.length === 0 ? { note: 'not answered within the time that a client may take' } : {}),
    });
  }
  return lines;
}
