import { readFileSync } from 'node:fs';

/** Of `/proc/PID/stat`: Linux counts in hundredths of a second on every machine that Node runs on. */
const TICKS_A_SECOND = 100;

interface Times {
  own: number;
  /** Of children that have ended. */
  ofEnded: number;
}

/** Seconds of processor that a process has had; `NaN` where /proc does not tell. */
export const cpuSeconds = (pid: number): number => timesOf(pid).own;

/** The same with its children, living and ended: of a PostgreSQL server, all of its connections. */
export function cpuSecondsOfFamily(pid: number): number {
  const { own, ofEnded } = timesOf(pid);
  const living = childrenOf(pid).map((child) => timesOf(child).own);
  // One that has ended since it was listed is among the ended the next time.
  return living.filter(Number.isFinite).reduce((sum, seconds) => sum + seconds, own + ofEnded);
}

function timesOf(pid: number): Times {
  try {
    // The command's name, in parentheses, may itself hold blanks and parentheses.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    const seconds = (from: number): number =>
      (Number(fields[from]) + Number(fields[from + 1])) / TICKS_A_SECOND;
    return { own: seconds(11), ofEnded: seconds(13) };
  } catch {
    return { own: Number.NaN, ofEnded: Number.NaN };
  }
}

function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  } catch {
    return [];
  }
}
