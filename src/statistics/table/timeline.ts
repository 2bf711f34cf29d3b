/** One state of something that is dated both ways: when it came to hold, when the system learnt it. */
export interface Revision {
  /** Milliseconds since 1970. */
  effectiveAt: number;
  recordedAt: number;
}

/** The states of one thing as known at a moment. */
export class Timeline<State extends Revision> {
  private readonly states: State[] = [];

  /** @param through what was recorded then or before is known */
  constructor(revisions: Iterable<State>, through: number) {
    const known = [...revisions]
      .filter((revision) => revision.recordedAt <= through)
      .toSorted((one, other) => one.effectiveAt - other.effectiveAt || one.recordedAt - other.recordedAt);
    for (const state of known) {
      // Of two for the same moment the one learnt later corrects the other.
      if (this.states.at(-1)?.effectiveAt === state.effectiveAt) this.states.pop();
      this.states.push(state);
    }
  }

  /**
   * The state from `effectiveAt` on, that moment included. The first one also stands for all time before it: a ledger
   * tells of weeks that are older than the register it was entered in. `undefined` when nothing is known at all.
   */
  at(instant: number): State | undefined {
    return this.states.findLast((state) => state.effectiveAt <= instant) ?? this.states[0];
  }

  get isKnown(): boolean {
    return this.states.length > 0;
  }

  /** The moments at which it changed. */
  get changes(): number[] {
    return this.states.slice(1).map((state) => state.effectiveAt);
  }
}
