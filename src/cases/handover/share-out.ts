import { type Fault, Refusal } from '../../platform/errors/refusal.js';
import type { Holding } from './holding.js';

/** Who takes over, and what: what is named, or, where nothing is named, the rest. */
export interface Successor {
  officialId: string;
  caseIds?: string[];
  problemIds?: string[];
  enterpriseIds?: string[];
  projectIds?: string[];
}

/** One thing and who answers for it from now on. */
export interface Move {
  holding: Holding;
  toOfficialId: string;
}

export interface Share {
  moves: Move[];
  /** What nobody takes. */
  left: Holding[];
  /** Takes the rest; `null` where everything is named. */
  restOfficialId: string | null;
}

const LISTS = ['caseIds', 'problemIds', 'enterpriseIds', 'projectIds'] as const;
type ListName = (typeof LISTS)[number];

/** What one name of a request means: a case names itself and its problems, unless these are named themselves. */
const NAMED_BY: Record<ListName, (holding: Holding) => string | null> = {
  problemIds: ({ problemId }) => problemId,
  caseIds: ({ caseId }) => caseId,
  enterpriseIds: ({ kind, enterpriseId }) => (kind === 'pairing' ? enterpriseId : null),
  projectIds: ({ kind, projectId }) => (kind === 'pairing' ? projectId : null),
};

export const isRest = (successor: Successor): boolean => LISTS.every((list) => successor[list] === undefined);

/**
 * Who gets what. Every holding goes to one at most.
 * @throws Refusal 400 HANDOVER_INVALID where a name means nothing or stands twice
 */
export function shareOut(holdings: readonly Holding[], successors: readonly Successor[]): Share {
  const faults: Fault[] = [];
  const byName: Record<ListName, Map<string, string>> = {
    caseIds: new Map(),
    problemIds: new Map(),
    enterpriseIds: new Map(),
    projectIds: new Map(),
  };
  for (const [index, successor] of successors.entries()) {
    for (const list of LISTS) {
      const held = new Set(holdings.map(NAMED_BY[list]));
      for (const [place, id] of (successor[list] ?? []).entries()) {
        const pointer = `/to/${index}/${list}/${place}`;
        if (!held.has(id)) faults.push({ pointer, code: 'HANDOVER_ITEM_UNKNOWN' });
        if (byName[list].has(id)) faults.push({ pointer, code: 'HANDOVER_ITEM_TWICE' });
        byName[list].set(id, successor.officialId);
      }
    }
  }
  const rest = successors.flatMap((successor, index) => (isRest(successor) ? [{ ...successor, index }] : []));
  for (const { index } of rest.slice(1))
    faults.push({ pointer: `/to/${index}`, code: 'HANDOVER_REST_TWICE' });
  if (faults.length > 0) throw new Refusal(400, 'HANDOVER_INVALID', {}, faults);

  const restOfficialId = rest[0]?.officialId ?? null;
  const named = (list: ListName, holding: Holding): string | undefined =>
    byName[list].get(NAMED_BY[list](holding) ?? '');
  const taker = (holding: Holding): string | null =>
    named('problemIds', holding) ??
    named('caseIds', holding) ??
    named('enterpriseIds', holding) ??
    named('projectIds', holding) ??
    restOfficialId;
  return {
    left: holdings.filter((holding) => taker(holding) === null),
    moves: holdings.flatMap((holding) => {
      const toOfficialId = taker(holding);
      return toOfficialId === null ? [] : [{ holding, toOfficialId }];
    }),
    restOfficialId,
  };
}
