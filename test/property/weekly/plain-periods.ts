import { dayNamed, momentOf, nameOf } from '../plain-days.js';

/** Days are counted as in `plain-days.ts`; `until` is the day after the last. */
export interface PlainPeriod {
  name: string;
  from: number;
  until: number;
}

const WEEK = 7;

/** Week 1 is the one with 4 January in it; 1970-01-01, day 0, was a Thursday. */
function mondayOf(name: string): number {
  const [year = '', week = ''] = name.split('-W');
  const fourth = dayNamed(`${year}-01-04`);
  const weekday = (((fourth + 3) % WEEK) + WEEK) % WEEK;
  return fourth - weekday + (Number(week) - 1) * WEEK;
}

/** The month that is so many after January of a year; 12 is next January. */
const monthBegins = (year: number, month: number): number => Date.UTC(year, month, 1) / 86_400_000;

/** `2021-W44`, `2021-10`, `2021-Q4`, `2021` or `2021-W40..2021-W44`. */
export function periodNamed(name: string): PlainPeriod {
  const [first = '', last] = name.split('..');
  if (last !== undefined) return { name, from: mondayOf(first), until: mondayOf(last) + WEEK };
  if (name.includes('-W')) return { name, from: mondayOf(name), until: mondayOf(name) + WEEK };
  const [year, from, months] = monthsOf(name);
  return { name, from: monthBegins(year, from), until: monthBegins(year, from + months) };
}

/** The year, the month after January from which on, and how many. */
function monthsOf(name: string): [year: number, from: number, months: number] {
  const [year = '', part = ''] = name.split('-');
  if (part.startsWith('Q')) return [Number(year), Number(part.slice(1)) * 3 - 3, 3];
  return part === '' ? [Number(year), 0, 12] : [Number(year), Number(part) - 1, 1];
}

/** What a rank is compared with; of a year the same days of the year before, so far as it has gone. */
export function periodBefore({ name, from, until }: PlainPeriod, lastDay: number): PlainPeriod {
  const before = `before ${name}`;
  if (name.includes('-W')) return { name: before, from: from - (until - from), until: from };
  const [year, month, months] = monthsOf(name);
  if (months < 12) return { name: before, from: monthBegins(year, month - months), until: from };
  const [, monthOfLast = '', dayOfLast = ''] = nameOf(lastDay).split('-');
  const lastBefore = monthBegins(year - 1, Number(monthOfLast) - 1) + Number(dayOfLast) - 1;
  return { name: before, from: monthBegins(year - 1, 0), until: lastBefore + 1 };
}

export const startOf = ({ from }: PlainPeriod): number => momentOf(from, 0);
export const endOf = ({ until }: PlainPeriod): number => momentOf(until, 0);
