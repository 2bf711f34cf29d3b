import { setTimeout as wait } from 'node:timers/promises';

const BAR_WIDTH = 30;
const REDRAW_MS = 200;

/** How far something is. */
export interface Standing {
  done: number;
  of: number;
}

/** Where a bar is drawn: a terminal; nothing is drawn in a pipe. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Draws how far it is, again and again until it is stopped. */
export function progressBar(
  screen: Screen,
  standing: () => Promise<Standing>,
): { stop: () => Promise<void> } {
  if (screen.isTTY !== true) return { stop: () => Promise.resolve() };
  const stopped = new AbortController();
  const draw = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      screen.write(`\r${bar(await standing())}`);
      await wait(REDRAW_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
    screen.write('\n');
  };
  // A bar that cannot be drawn is no reason to stop what it tells of.
  const drawing = draw().catch(() => undefined);
  return {
    stop: () => {
      stopped.abort();
      return drawing;
    },
  };
}

function bar({ done, of }: Standing): string {
  const full = of === 0 ? 0 : Math.round((done / of) * BAR_WIDTH);
  return `[${'█'.repeat(full)}${' '.repeat(BAR_WIDTH - full)}] ${done}/${of} rows`;
}
