import { type CountedFacts, type Digest, MOST_SHOWN } from '../../src/reminders/reminder-facts.js';

/** As the writer counts them in the database. */
export function digestOf(...reminders: [CountedFacts, ...CountedFacts[]]): Digest {
  const [first, ...rest] = reminders;
  const dates = reminders.map(({ dueOn }) => dueOn).toSorted();
  return {
    count: reminders.length,
    overdue: reminders.filter(({ isOverdue }) => isOverdue).length,
    earliestOn: dates[0] ?? first.dueOn,
    first: [first, ...rest.slice(0, MOST_SHOWN - 1)],
  };
}
