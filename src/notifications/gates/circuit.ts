/** Failures on end after which a server or gateway counts as away. */
export const FAILURES_TO_OPEN = 5;
/** Pause before it is tried with one message. */
export const PROBE_AFTER_MS = 10_000;

export type CircuitChange = 'opened' | 'closed';

/**
 * Whether a server or gateway is there. Moments are milliseconds of a clock that never goes back. It is asked before
 * messages are claimed, not when they are sent: what it keeps back uses up neither attempts nor leases.
 */
export class Circuit {
  private failures = 0;
  /** `null` while it is closed. */
  private probeFrom: number | null = null;
  private probes = 0;

  get isOpen(): boolean {
    return this.probeFrom !== null;
  }

  /** How many of so many messages may be tried now: all, or while it is open one when it is time for a probe. */
  room(wanted: number, at: number): number {
    if (this.probeFrom === null) return wanted;
    return at < this.probeFrom || this.probes > 0 ? 0 : Math.min(wanted, 1);
  }

  begin(): void {
    if (this.isOpen) this.probes += 1;
  }

  /** @param isAway whether the attempt failed because of the server, and not of its message; `null`: it does not tell */
  end(isAway: boolean | null, at: number): CircuitChange | null {
    const wasOpen = this.isOpen;
    this.probes = Math.max(0, this.probes - 1);
    if (isAway === null) return null;
    if (!isAway) {
      this.failures = 0;
      this.probeFrom = null;
      this.probes = 0;
      return wasOpen ? 'closed' : null;
    }
    this.failures += 1;
    if (!wasOpen && this.failures < FAILURES_TO_OPEN) return null;
    this.probeFrom = at + PROBE_AFTER_MS;
    return wasOpen ? null : 'opened';
  }
}
