import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import { stripVTControlCharacters } from 'node:util';

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

/** How a round ended; a round that was broken off has no such line and is played again. */
interface RoundEnd {
  round: string;
  /** What went wrong; `null` when nothing did. */
  fault: string | null;
  endedAt: string;
  load: number;
}

/** Written before anything is asserted, so that the table also shows the round that failed. */
export function report({ tookMs, looked, broken, ...row }: RoundOutcome): void {
  const failed = Object.keys(broken);
  const invariants = failed.length === 0 ? `${looked.join(' ')} hold` : `**broken: ${failed.join(' ')}**`;
  append({ row: { ...row, took: `${(tookMs / 1_000).toFixed(1)} s`, invariants } });
}

export function noteEnd(round: string, error: unknown): void {
  const fault = error === null ? null : inOneLine(error);
  const end: RoundEnd = { round, fault, endedAt: new Date().toISOString(), load: os.loadavg()[0] ?? 0 };
  append({ end });
}

/** Whether a round was played to its end, and nothing was found, earlier in the same long run. */
export function hasHeld(round: string): boolean {
  if (!existsSync(outcomesFile())) return false;
  return readFileSync(outcomesFile(), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): { end?: RoundEnd } => JSON.parse(line))
    .some(({ end }) => end?.round === round && end.fault === null);
}

/** What a killed worker had in hand is settled by then. */
export const RECOVERED_WITHIN_MS = 15_000;

const MOST_SHOWN = 5;
const MOST_SAID = 200;

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

function append(line: object): void {
  appendFileSync(outcomesFile(), `${JSON.stringify(line)}\n`);
}

function outcomesFile(): string {
  const file = process.env['FAULTS_OUTCOMES'];
  if (file === undefined) throw new Error('run it by `npm run test:faults`');
  return file;
}

/** In one line, and without the colours in which Jest says it. */
function inOneLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return stripVTControlCharacters(text).replace(/\s+/g, ' ').trim().slice(0, MOST_SAID);
}
