import { type Digest, type Matter, MOST_SHOWN } from '../../src/reminders/reminder-facts.js';

/** As the writer counts them in the database. */
export function digestOf(...matters: readonly [Matter, ...Matter[]]): Digest {
  const [first, ...rest] = matters;
  const dates = matters.flatMap(({ dueOn }) => dueOn ?? []).toSorted();
  return {
    count: matters.length,
    overdue: matters.filter((matter) => 'isOverdue' in matter && matter.isOverdue).length,
    earliestOn: dates[0] ?? null,
    first: [first, ...rest.slice(0, MOST_SHOWN - 1)],
  };
}
