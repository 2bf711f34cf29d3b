import type { Draw } from './draw.js';
import { monthOfYear, MONTHS, months, WATCHED_FROM } from './months.js';

/** What really is the matter. */
export type Trouble = 'reduced_output' | 'semi_stalled' | 'stalled';

/** Distress as it really was, both months belonging to it. */
export interface Episode {
  trouble: Trouble;
  from: number;
  to: number;
}

export interface RecordedStop {
  kind: 'planned' | 'seasonal';
  from: number;
  to: number;
}

/** How openly the enterprise tells of its trouble. */
export type Candour = 'open' | 'silent' | 'gone' | 'rosy';

/** What really happened to one enterprise; nobody but the simulation knows it. */
export interface Life {
  /** First month of the enterprise. */
  bornIn: number;
  /** Activity of each month, as a share of what is usual for it in that season. */
  levels: readonly number[];
  /** Months without production although nothing is wrong. */
  isClosed: readonly boolean[];
  stops: readonly RecordedStop[];
  episodes: readonly Episode[];
  candour: Candour;
  /** Whether the tax office's figures of output come in. */
  hasTax: boolean;
  /** Share left in the month of Spring Festival. */
  festival: number;
}

interface Change {
  from: number;
  level: number;
}

const QUIET: Omit<Life, 'festival'> = {
  bornIn: 0,
  levels: Array.from({ length: MONTHS }, () => 1),
  isClosed: Array.from({ length: MONTHS }, () => false),
  stops: [],
  episodes: [],
  candour: 'open',
  hasTax: false,
};

/** By definition of the simulation: of what is usual, up to four fifths is reduced, up to half is semi-stalled. */
function troubleOf(level: number): Trouble | null {
  if (level === 0) return 'stalled';
  if (level <= 0.5) return 'semi_stalled';
  return level <= 0.8 ? 'reduced_output' : null;
}

const WORSE: readonly Trouble[] = ['reduced_output', 'semi_stalled', 'stalled'];

/** Distress without a gap is one episode, of the worst that it came to. */
export function episodesOf(levels: readonly number[]): Episode[] {
  const episodes: Episode[] = [];
  levels.forEach((level, month) => {
    const trouble = troubleOf(level);
    if (trouble === null) return;
    const last = episodes.at(-1);
    if (last?.to !== month - 1) episodes.push({ trouble, from: month, to: month });
    else {
      last.to = month;
      if (WORSE.indexOf(trouble) > WORSE.indexOf(last.trouble)) last.trouble = trouble;
    }
  });
  return episodes;
}

/** Each change holds until the next. */
function levelsOf(changes: readonly Change[]): number[] {
  return QUIET.levels.map((_, month) => changes.findLast(({ from }) => from <= month)?.level ?? 1);
}

function troubled(draw: Draw, changes: readonly Change[], more: Partial<Life> = {}): Life {
  const levels = levelsOf(changes);
  return { ...quiet(draw), levels, episodes: episodesOf(levels), ...more };
}

const quiet = (draw: Draw): Life => ({ ...QUIET, festival: draw.share(0.45, 0.75) });

/** Leaves room for what is to be seen of it. */
const begins = (draw: Draw, room = 6): number => draw.whole(WATCHED_FROM + 1, MONTHS - 1 - room);

const semiStalled = (draw: Draw): number => draw.share(0.15, 0.45);

/** A year's season of so many months, each year, from this month of the year on. */
function closedEachYear(first: number, length: number): { isClosed: boolean[]; seasons: RecordedStop[] } {
  const seasons = [-12, 0, 12, 24]
    .map((year) => ({ kind: 'seasonal' as const, from: year + first, to: year + first + length - 1 }))
    .filter(({ to }) => to >= 0);
  const isClosed = QUIET.isClosed.map((_, month) =>
    seasons.some(({ from, to }) => from <= month && month <= to),
  );
  return { isClosed, seasons };
}

function seasonal(draw: Draw, isRecorded: boolean): Life {
  const { isClosed, seasons } = closedEachYear(draw.pick([0, 5, 10, 11]), draw.whole(2, 4));
  return { ...quiet(draw), isClosed, stops: isRecorded ? seasons : [] };
}

function planned(draw: Draw): Life {
  const from = begins(draw);
  const stop = { kind: 'planned' as const, from, to: from + draw.whole(0, 2) };
  const isClosed = QUIET.isClosed.map((_, month) => stop.from <= month && month <= stop.to);
  return { ...quiet(draw), isClosed, stops: [stop] };
}

function declining(draw: Draw): Life {
  const from = begins(draw, 12);
  const [last, over] = [draw.share(0.3, 0.6), draw.whole(8, 14)];
  const steps = months(1, over).map((step) => ({
    from: from + step,
    level: 1 - ((1 - last) * step) / over,
  }));
  return troubled(draw, steps);
}

function recovering(draw: Draw, level: number, stands: number): Life {
  const from = begins(draw, 14);
  const back = from + draw.whole(2, 5);
  return troubled(draw, [
    { from, level: draw.isOnce(0.5) ? 0 : semiStalled(draw) },
    { from: back, level },
    ...(stands === 0 ? [] : [{ from: back + stands, level: draw.share(0.2, 0.5) }]),
  ]);
}

/** Enterprises of the simulation by what happens to them, with their share of a thousand. */
export const LIVES = {
  steady: { share: 260, live: quiet },
  'heavy Spring Festival': {
    share: 80,
    live: (draw) => ({ ...quiet(draw), festival: draw.share(0.05, 0.25) }),
  },
  'seasonal, stop on record': { share: 60, live: (draw) => seasonal(draw, true) },
  'seasonal, nothing on record': { share: 30, live: (draw) => seasonal(draw, false) },
  'planned stop on record': { share: 40, live: planned },
  'younger than a year': {
    share: 50,
    live: (draw) => ({ ...quiet(draw), bornIn: draw.whole(WATCHED_FROM - 6, MONTHS - 10) }),
  },
  'gradual decline': { share: 70, live: declining },
  'sudden stop': { share: 70, live: (draw) => troubled(draw, [{ from: begins(draw), level: 0 }]) },
  'stop of one month': {
    share: 30,
    live(draw) {
      const from = begins(draw);
      // Half a period tells nothing of January or February alone.
      const at = monthOfYear(from) < 2 ? from + 2 : from;
      return troubled(draw, [
        { from: at, level: 0 },
        { from: at + 1, level: 1 },
      ]);
    },
  },
  'semi-stalled': {
    share: 60,
    live: (draw) => troubled(draw, [{ from: begins(draw), level: semiStalled(draw) }]),
  },
  'reduced output': {
    share: 60,
    live: (draw) => troubled(draw, [{ from: begins(draw), level: draw.share(0.5, 0.75) }]),
  },
  'stop within its first year': {
    share: 20,
    live(draw) {
      const bornIn = draw.whole(WATCHED_FROM, MONTHS - 12);
      return troubled(draw, [{ from: bornIn + draw.whole(4, 8), level: 0 }], { bornIn });
    },
  },
  'runs again, a little': { share: 20, live: (draw) => recovering(draw, draw.share(0.3, 0.45), 0) },
  'recovers in part': { share: 20, live: (draw) => recovering(draw, draw.share(0.68, 0.78), 0) },
  recovers: { share: 30, live: (draw) => recovering(draw, draw.share(0.97, 1.1), 0) },
  'recovers and relapses': {
    share: 30,
    live: (draw) => recovering(draw, draw.share(0.97, 1.1), draw.whole(4, 6)),
  },
  'stops without a word, grid known': {
    share: 30,
    live: (draw) => troubled(draw, [{ from: begins(draw), level: 0 }], { candour: 'silent' }),
  },
  'stops without a word, nothing known': {
    share: 10,
    live: (draw) => troubled(draw, [{ from: begins(draw), level: 0 }], { candour: 'gone' }),
  },
  'rosy figures, tax known': {
    share: 15,
    live: (draw) =>
      troubled(draw, [{ from: begins(draw), level: semiStalled(draw) }], { candour: 'rosy', hasTax: true }),
  },
  'rosy figures, grid only': {
    share: 15,
    live: (draw) => troubled(draw, [{ from: begins(draw), level: semiStalled(draw) }], { candour: 'rosy' }),
  },
} as const satisfies Record<string, { share: number; live(draw: Draw): Life }>;

export type LifeName = keyof typeof LIVES;
