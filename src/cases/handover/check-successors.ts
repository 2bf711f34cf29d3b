import type { Official } from '../../organization/official.entity.js';
import { type Fault, Refusal } from '../../platform/errors/refusal.js';
import { isRest, type Share, type Successor } from './share-out.js';

export type Person = Pick<Official, 'id' | 'departmentId' | 'duty' | 'isActive'>;

/**
 * Work stays in its department, with somebody active; only a leader's pairings may go to a leader elsewhere.
 * @throws Refusal 400 HANDOVER_INVALID
 */
export function checkSuccessors(
  leaving: Person,
  successors: readonly Successor[],
  people: ReadonlyMap<string, Person>,
  { moves }: Share,
): void {
  const faults = successors.flatMap((successor, index): Fault[] => {
    const code = faultOf(leaving, successor, people.get(successor.officialId), moves);
    return code === undefined ? [] : [{ pointer: `/to/${index}/officialId`, code }];
  });
  if (faults.length > 0) throw new Refusal(400, 'HANDOVER_INVALID', {}, faults);
}

function faultOf(
  leaving: Person,
  successor: Successor,
  person: Person | undefined,
  moves: Share['moves'],
): string | undefined {
  if (person === undefined) return 'OFFICIAL_UNKNOWN';
  if (person.id === leaving.id) return 'HANDOVER_TO_ONESELF';
  if (!person.isActive) return 'OFFICIAL_INACTIVE';
  const taken = moves.filter(({ toOfficialId }) => toOfficialId === person.id);
  const isLeaders = taken.some(({ holding }) => holding.isLeaderPairing);
  if (isLeaders && person.duty !== 'leader') return 'LEADER_REQUIRED';
  const isOwn = person.departmentId === leaving.departmentId;
  const isPairingsAlone = taken.every(({ holding }) => holding.isLeaderPairing);
  // Who takes the rest may be given nothing today and still the unsent reminders.
  const mayBeElsewhere = isPairingsAlone && (isLeaders || (isRest(successor) && leaving.duty === 'leader'));
  return isOwn || mayBeElsewhere ? undefined : 'OFFICIAL_OF_ANOTHER_DEPARTMENT';
}
