import { appendFileSync } from 'node:fs';

/** One line of the table that is printed at the end. */
export interface RoundOutcome {
  round: string;
  fault: string;
  kills: number;
  tookMs: number;
  outcome: string;
  /** The invariants that were looked at, and what is broken of them. */
  looked: readonly string[];
  broken: Record<string, string[]>;
}

/** Written before anything is asserted, so that the table also shows the round that failed. */
export function report({ tookMs, looked, broken, ...row }: RoundOutcome): void {
  const failed = Object.keys(broken);
  const invariants = failed.length === 0 ? `${looked.join(' ')} hold` : `**broken: ${failed.join(' ')}**`;
  const took = `${(tookMs / 1_000).toFixed(1)} s`;
  const file = process.env['FAULTS_OUTCOMES'];
  if (file === undefined) throw new Error('run it by `npm run test:faults`');
  appendFileSync(file, `${JSON.stringify({ ...row, took, invariants })}\n`);
}

/** What a killed worker had in hand is settled by then. */
export const RECOVERED_WITHIN_MS = 15_000;

const MOST_SHOWN = 5;

/** Of the invariants that were looked at, those that are broken: how often, and the first few faults of each. */
export const brokenOf = (found: Record<string, string[]>): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(found).flatMap(([name, faults]) =>
      faults.length === 0 ? [] : [[name, [`${faults.length}`, ...faults.slice(0, MOST_SHOWN)]]],
    ),
  );

export const SENDING = ['I1', 'I2', 'I3', 'I4'] as const;

/** `sent 120, unknown 3`. */
export const inWords = (statuses: Record<string, number>): string =>
  Object.entries(statuses)
    .toSorted(([one], [other]) => one.localeCompare(other))
    .map(([status, number]) => `${status} ${number}`)
    .join(', ');
