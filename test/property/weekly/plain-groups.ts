import type { KnownLedger } from './plain-ledger.js';
import type { PlainLife } from './plain-life.js';
import type { Standing } from './plain-standing.js';

export const PLAIN_BYS = [
  'reportingUnit',
  'leadDepartment',
  'distressType',
  'category',
  'cause',
  'size',
  'industry',
  'official',
] as const;
export type PlainBy = (typeof PLAIN_BYS)[number];

/** Where nothing is said. */
export const UNSTATED = 'unstated';
export const COUNTY_LED = 'county_led';

/** The one group in which something that stands so is at a moment; `isInclusive` counts in what was revised at it. */
export function groupOf(
  known: KnownLedger,
  by: PlainBy,
  life: PlainLife,
  standing: Standing,
  at: number,
  isInclusive: boolean,
): string {
  const owner = known.inForce(standing.owner, at, isInclusive);
  const isMunicipal = known.inForce(standing.department, at, isInclusive)?.level === 'city';
  const groups: Record<PlainBy, string | null | undefined> = {
    reportingUnit: owner?.unit,
    leadDepartment: isMunicipal ? standing.department : COUNTY_LED,
    distressType: life.distressAt(at, isInclusive),
    category: standing.category,
    cause: standing.cause,
    size: owner?.size,
    industry: owner?.industry,
    official: standing.official,
  };
  return groups[by] ?? UNSTATED;
}

/** By what a row is known: a unit's code, a department's code or else its name, both as they are at the end. */
export function keyOf(known: KnownLedger, by: PlainBy, group: string, end: number): string {
  if (!IS_NAMED.has(by)) return group;
  const named = known.inForce(group, end, false);
  return named?.code ?? named?.name ?? group;
}

/** `null` where it is a matter of wording. */
export const nameOf = (known: KnownLedger, by: PlainBy, group: string, end: number): string | null =>
  IS_NAMED.has(by) ? (known.inForce(group, end, false)?.name ?? null) : null;

const IS_NAMED: ReadonlySet<PlainBy> = new Set(['reportingUnit', 'leadDepartment']);

export type PlainSubject = 'case' | 'problem';
const OF_PROBLEMS_ALONE: ReadonlySet<PlainBy> = new Set(['category', 'cause']);

/** Whatever can be asked for: what a case suffers from is said by its problems alone. */
export const ALL_TABLES: ReadonlyArray<{ subject: PlainSubject; by: PlainBy }> = PLAIN_BYS.flatMap((by) =>
  (['case', 'problem'] as const)
    .filter((subject) => subject === 'problem' || !OF_PROBLEMS_ALONE.has(by))
    .map((subject) => ({ subject, by })),
);
