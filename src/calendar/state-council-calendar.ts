import { createRequire } from 'node:module';

/** Calendar date → label. */
type Labels = Record<string, string>;
const require = createRequire(import.meta.url);
const known: { holidays: Labels; workdays: Labels } = require('chinese-days/dist/chinese-days.json');

/** A holiday, or a weekend day worked to make up for one, as the State Council announced it. */
export interface AnnouncedDay {
  day: string;
  isWorking: boolean;
  /** Chinese name of the holiday that it is or makes up for. */
  name: string;
}

/**
 * Every announced day of the years that the library knows (2004 to 2026 in 1.5.7), in order.
 * Its data is read rather than its functions, which answer for years it does not know, and, west of Greenwich,
 * with the day before.
 */
export function announcedDays(): AnnouncedDay[] {
  const days = [...daysOf(known.holidays, false), ...daysOf(known.workdays, true)];
  return days.toSorted((one, other) => (one.day < other.day ? -1 : 1));
}

/** The library says `National Day,国庆节,3`: English name, Chinese name, days off. */
const daysOf = (labels: Labels, isWorking: boolean): AnnouncedDay[] =>
  Object.entries(labels).map(([day, label]) => ({
    day,
    isWorking,
    name: label.replaceAll(/^[^,]*,|,[^,]*$/g, ''),
  }));
