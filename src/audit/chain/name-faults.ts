import type { Break, ChainWalk } from './chain-walk.js';
import type { ChainFault, FaultKind, HashLink, KnownEnd, Link } from './fault.js';

/** So many numbers around that of a link's predecessor are tried. */
const NEAR = [1, 0, 2, -1, 3, -2, 4, -3, 5, -4, 6, -5, 7, -6];

/**
 * Names what was done to a chain. A link's hash still says which number it was written under and after which link, and
 * whoever did not hash all of the chain anew has left the links after the place as they were.
 * @param links those around the breaks, by number
 */
export function nameFaults<L extends Link>(
  walk: ChainWalk<L>,
  links: readonly L[],
  hashOf: HashLink<L>,
): ChainFault[] {
  const at = new Map(links.map((link) => [link.sequence, link]));
  const origins = new Map<number, number>();
  for (const { at: place } of walk.breaks.filter(isUnfollowed)) {
    const link = at.get(place);
    const origin = link && originOf(link, links, hashOf);
    if (origin !== undefined) origins.set(place, origin);
  }
  // The link that belongs there stands elsewhere, and so did not have to move up for others.
  const isTaken = (origin: number): boolean => (origins.get(origin) ?? origin) === origin;
  const inserted = new Set(
    [...origins].flatMap(([place, origin]) => (isTaken(origin) ? placesTakenFrom(place, origin) : [])),
  );
  const named = (kind: FaultKind, sequence: number, params: ChainFault['params'] = {}): ChainFault => ({
    kind,
    sequence,
    eventId: at.get(sequence)?.id ?? null,
    params: { sequence, ...params },
  });
  const faults = [...inserted].filter((place) => at.has(place)).map((place) => named('inserted', place));
  for (const found of walk.breaks) {
    const { at: place } = found;
    const origin = origins.get(place);
    if (!isUnfollowed(found)) faults.push(...removedBefore(found, origins));
    else if (origin === undefined) {
      if (!inserted.has(place) && !isAfterRemoved(place, walk.breaks))
        faults.push(named('changed', place, { after: at.get(place - 1)?.id ?? null }));
    } else if (origin > place || (origin < place && !inserted.has(origin))) {
      faults.push(named('reordered', place, { origin }));
    }
  }
  // Whatever it was that the rules above have no name for: a chain that is broken is never called whole.
  const [first] = walk.breaks;
  return faults.length === 0 && first !== undefined
    ? [named('changed', first.at, { after: at.get(first.at - 1)?.id ?? null })]
    : faults;
}

/** What the end of a chain says that its links do not. @param known `undefined` where nothing outside knows the chain */
export function faultsOfEnd<L extends Link>(
  walk: ChainWalk<L>,
  known: KnownEnd | undefined,
  faults: readonly ChainFault[],
): ChainFault[] {
  const { last, shift } = walk;
  if (known === undefined)
    return [{ kind: 'subject_missing', sequence: null, eventId: last?.id ?? null, params: {} }];
  const sequence = last?.sequence ?? 0;
  const missing = known.lastSequence - sequence;
  // Whoever renumbered the rest of the chain left its end as it was; that is told of where it was done.
  const insertedCount = faults.filter(({ kind }) => kind === 'inserted').length;
  if (missing !== 0 && (missing === shift || missing === -insertedCount)) return [];
  if (missing > 0) {
    const params = { sequence: sequence + 1, count: missing };
    return [{ kind: 'truncated', sequence: sequence + 1, eventId: null, params }];
  }
  if (missing < 0) return [{ kind: 'inserted', sequence, eventId: last?.id ?? null, params: { sequence } }];
  const isSame = last === null || known.lastHash?.equals(last.hash) === true;
  if (isSame || faults.length > 0) return [];
  return [{ kind: 'changed', sequence, eventId: last.id, params: { sequence, after: null } }];
}

const isUnfollowed = ({ shift, shiftBefore }: Break): boolean => shift === shiftBefore;

/** The number that a link was written under, after whichever link that was. */
function originOf<L extends Link>(link: L, links: readonly L[], hashOf: HashLink<L>): number | undefined {
  for (const previous of [null, ...links]) {
    const number = previous?.sequence ?? 0;
    for (const sequence of [link.sequence, ...NEAR.map((distance) => number + distance)]) {
      if (sequence > 0 && hashOf(previous?.hash ?? null, link, sequence).equals(link.hash)) return sequence;
    }
  }
  return undefined;
}

/** Places that others have taken so that the link had to move up; none where it was moved further than that. */
function placesTakenFrom(place: number, origin: number): number[] {
  const count = place - origin;
  return count > 0 && count <= 4 ? Array.from({ length: count }, (_, index) => origin + index) : [];
}

/** Links that follow each other under higher numbers than their own: others stood before them. */
function removedBefore(
  { at, shift, shiftBefore }: Break,
  origins: ReadonlyMap<number, number>,
): ChainFault[] {
  const count = shift - shiftBefore;
  // Whose predecessor is still there was moved himself.
  if (count <= 0 || origins.has(at - 1)) return [];
  const sequence = at - 1 + shiftBefore;
  return [{ kind: 'removed', sequence, eventId: null, params: { sequence, count } }];
}

/** The first link after one that is gone: what it followed from is not there to be tried. */
const isAfterRemoved = (place: number, breaks: readonly Break[]): boolean =>
  breaks.some(({ at, shift, shiftBefore }) => at === place + 1 && shift > shiftBefore);
