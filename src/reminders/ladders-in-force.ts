import type { DeadlineClass, Ladder } from './ladder.js';

/** Of all versions those by which reminders are armed now: of each class the highest, else the default's. */
export class LaddersInForce<Version extends Ladder = Ladder> {
  /** The highest version of any class: whoever knows of a higher one knows more. */
  readonly newest: number;
  private readonly own = new Map<DeadlineClass, Version>();
  private readonly fallback: Version;

  constructor(versions: readonly Version[]) {
    for (const version of versions.toSorted((one, other) => one.version - other.version))
      this.own.set(version.appliesTo, version);
    const fallback = this.own.get('default');
    if (fallback === undefined)
      throw new Error('there is no default reminder policy: the reference data is not seeded');
    this.fallback = fallback;
    this.newest = Math.max(...versions.map(({ version }) => version));
  }

  /** @param deadlineClass `null`: of a clock that has none */
  of(deadlineClass: DeadlineClass | null): Version {
    const own = deadlineClass === null ? undefined : this.own.get(deadlineClass);
    return own === undefined || own.rungs.length === 0 ? this.fallback : own;
  }
}
