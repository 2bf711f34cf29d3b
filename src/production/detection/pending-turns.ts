import type { MilestoneTurn } from '../rules/milestones.js';
import type { ProductionMilestone } from '../rules/statuses.js';

/** A turn that stands in the story of a case already. */
export type RecordedTurn = Pick<MilestoneTurn, 'milestone' | 'turn' | 'month'>;

/**
 * What the story of a case has still to be told, by milestone and month. Nothing is taken back: where figures were
 * corrected, so that a milestone stands otherwise than was told, its last turn is told once more as it is now.
 * @param recorded in the order told, since the case was reported or last reopened
 * @param turns as the figures have them now
 */
export function pendingTurns(
  recorded: readonly RecordedTurn[],
  turns: readonly MilestoneTurn[],
): MilestoneTurn[] {
  const milestones = new Set<ProductionMilestone>([...turns, ...recorded].map(({ milestone }) => milestone));
  return [...milestones]
    .flatMap((milestone) => {
      const of = (turn: RecordedTurn): boolean => turn.milestone === milestone;
      return pendingOf(milestone, recorded.findLast(of), turns.filter(of));
    })
    .toSorted((one, other) => (one.month < other.month ? -1 : one.month > other.month ? 1 : 0));
}

function pendingOf(
  milestone: ProductionMilestone,
  last: RecordedTurn | undefined,
  turns: readonly MilestoneTurn[],
): MilestoneTurn[] {
  const told = last?.turn ?? 'lost';
  const later = turns.filter(({ month }) => last === undefined || month > last.month);
  // Told already, of an earlier month: that it was a later one is no turn.
  if (later[0]?.turn === told) later.shift();
  if (later.length > 0) return later;
  const present = turns.at(-1);
  if ((present?.turn ?? 'lost') === told) return [];
  return [present ?? { milestone, turn: 'lost', month: last?.month ?? '', facts: {} }];
}
