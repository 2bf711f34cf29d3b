const SECOND_MS = 1_000;

/**
 * At most so many messages within any second of this worker. Moments are milliseconds of a clock that never goes back.
 */
export class Pace {
  private recent: Array<{ at: number; count: number }> = [];

  /** @param perSecond 0: as many as there are */
  constructor(private readonly perSecond: number) {}

  room(wanted: number, at: number): number {
    if (this.perSecond === 0) return wanted;
    this.recent = this.recent.filter((one) => one.at > at - SECOND_MS);
    const spent = this.recent.reduce((sum, { count }) => sum + count, 0);
    return Math.max(0, Math.min(wanted, this.perSecond - spent));
  }

  spend(count: number, at: number): void {
    if (this.perSecond > 0 && count > 0) this.recent.push({ at, count });
  }

  /** Milliseconds until there is room for more. */
  pause(at: number): number {
    const [oldest] = this.recent;
    return oldest === undefined || this.room(1, at) > 0 ? 0 : oldest.at + SECOND_MS - at;
  }
}
