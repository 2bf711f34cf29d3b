import type { Episode, Life, LifeName } from './lives.js';
import { isJanuary, MONTHS, months, periods, WATCHED_FROM } from './months.js';
import type { Played } from './play.js';

/** How the rules did with enterprises of one kind of life, or of all. */
export interface Finding {
  enterprises: number;
  /** Episodes that began while it was watched. */
  episodes: number;
  /** Of them said to be distress, of whatever type, before they were over for three months. */
  detected: number;
  /** Of the detected, once given the very type that it was. */
  named: number;
  /** Months from the end of the first month of an episode to the end of that in which it was found, less the one that figures take. */
  delays: number[];
  /** Months in which nothing was wrong, of enterprises with which nothing ever was. */
  healthyMonths: number;
  /** Of them, ever said to be distress. */
  falseMonths: number;
}

const NONE: Finding = {
  enterprises: 0,
  episodes: 0,
  detected: 0,
  named: 0,
  delays: [],
  healthyMonths: 0,
  falseMonths: 0,
};

/** Figures of a month come in the month after. */
const USUAL_WAIT = 1;
const GRACE = 3;

export function findingOf({ life, statuses, flaggedIn }: Played): Finding {
  const others = periods(Math.max(life.bornIn, WATCHED_FROM), MONTHS - 1).filter(
    (month) => !isInEpisode(life, month) && !(isJanuary(month - 1) && isInEpisode(life, month - 1)),
  );
  const flagged = others.filter((month) => flaggedIn.has(month)).length;
  const isHealthy = life.episodes.length === 0;
  const found = life.episodes.map((episode) => foundOf(episode, statuses, flaggedIn));
  return {
    enterprises: 1,
    episodes: found.length,
    detected: found.filter(({ delay }) => delay !== null).length,
    named: found.filter(({ isNamed }) => isNamed).length,
    delays: found.flatMap(({ delay }) => (delay === null ? [] : [delay])),
    healthyMonths: isHealthy ? others.length : 0,
    falseMonths: isHealthy ? flagged : 0,
  };
}

const isInEpisode = ({ episodes }: Life, month: number): boolean =>
  episodes.some(({ from, to }) => from <= month && month <= to);

function foundOf(
  { trouble, from, to }: Episode,
  statuses: Played['statuses'],
  flaggedIn: Played['flaggedIn'],
): { delay: number | null; isNamed: boolean } {
  // What begins and ends in January is judged with February.
  const during = months(from, isJanuary(to) ? to + 1 : to);
  const times = during.flatMap((month) => flaggedIn.get(month) ?? []);
  const first = Math.min(...times);
  const isInTime = first <= to + USUAL_WAIT + GRACE;
  return {
    delay: isInTime ? first - USUAL_WAIT - from : null,
    isNamed: isInTime && during.some((month) => statuses.get(month)?.has(trouble)),
  };
}

export const sum = (findings: readonly Finding[]): Finding =>
  findings.reduce(
    (all, one) => ({
      enterprises: all.enterprises + one.enterprises,
      episodes: all.episodes + one.episodes,
      detected: all.detected + one.detected,
      named: all.named + one.named,
      delays: [...all.delays, ...one.delays],
      healthyMonths: all.healthyMonths + one.healthyMonths,
      falseMonths: all.falseMonths + one.falseMonths,
    }),
    NONE,
  );

/** What was found, by kind of life. */
export function byLife(played: readonly Played[]): Map<LifeName, Finding> {
  const names = new Set(played.map(({ name }) => name));
  return new Map(
    [...names].map((name) => [name, sum(played.filter((one) => one.name === name).map(findingOf))]),
  );
}
