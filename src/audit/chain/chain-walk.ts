import type { ChainFault, HashLink, Link } from './fault.js';

/** By how many places links may have been renumbered for their chain still to be followed. */
const SHIFTS = [1, -1, 2, -2, 3, -3, 4, -4];
/** Of one chain. Whoever has broken more links than that is found all the same, and the first ones are named. */
const MOST_BREAKS = 24;

/** A link that does not follow from the one before it, or does so under another number than its own. */
export interface Break {
  at: number;
  /** Numbers of the links from here on are so many below those that they were hashed with. */
  shift: number;
  shiftBefore: number;
}

/** Follows one chain link by link and remembers no more than where it is broken. */
export class ChainWalk<L extends Link> {
  readonly breaks: Break[] = [];
  /** What shows in the numbers alone. */
  readonly faults: ChainFault[] = [];
  last: L | null = null;
  shift = 0;

  constructor(private readonly hashOf: HashLink<L>) {}

  take(link: L): void {
    const expected = (this.last?.sequence ?? 0) + 1;
    if (link.sequence > expected) this.miss(expected, link.sequence - expected);
    else if (link.sequence < expected) this.findTwice(link);
    else this.follow(link);
    this.last = link;
  }

  get isBroken(): boolean {
    return this.breaks.length > 0 || this.faults.length > 0;
  }

  private follow(link: L): void {
    const previous = this.last?.hash ?? null;
    const fits = (shift: number): boolean =>
      this.hashOf(previous, link, link.sequence + shift).equals(link.hash);
    if (fits(this.shift)) return;
    const shift = [0, ...SHIFTS].find((candidate) => candidate !== this.shift && fits(candidate));
    const found = { at: link.sequence, shift: shift ?? this.shift, shiftBefore: this.shift };
    this.shift = found.shift;
    if (this.breaks.length < MOST_BREAKS) this.breaks.push(found);
  }

  /** What followed from a link that is gone cannot be told from what was changed: it is taken as it is. */
  private miss(sequence: number, count: number): void {
    if (this.faults.length >= MOST_BREAKS) return;
    this.faults.push({ kind: 'removed', sequence, eventId: null, params: { sequence, count } });
  }

  private findTwice({ sequence, id: eventId }: L): void {
    if (this.faults.length >= MOST_BREAKS) return;
    this.faults.push({ kind: 'inserted', sequence, eventId, params: { sequence } });
  }
}

/** Numbers of the links to look at for a name of what happened at the breaks. */
export function neighboursOf(breaks: readonly Break[]): number[] {
  const near = new Set(breaks.flatMap(({ at }) => [at - 2, at - 1, at, at + 1]));
  return [...near].filter((sequence) => sequence > 0);
}
