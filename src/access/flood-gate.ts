import type { Clock } from '../platform/clock/clock.js';

const MINUTE = 60_000;

export interface Gate {
  /** Of one key. */
  mostOfOne: number;
  /** Of all keys together, which also bounds the memory. */
  mostOfAll: number;
}

/**
 * Lets so many of a kind through a minute, and counts those it kept back: what anybody can cause at will must not fill
 * a table. Each process has its own, so the bound is this times the number of processes.
 */
export class FloodGate {
  private minute = Number.NaN;
  private admitted = 0;
  private readonly counts = new Map<string, number>();
  private withheld = 0;

  constructor(
    private readonly clock: Clock,
    private readonly gate: Gate,
  ) {}

  /** @returns how many were kept back since the last that was let through, or `null` when this one is kept back too */
  admit(key: string): number | null {
    const minute = Math.floor(this.clock.now().getTime() / MINUTE);
    if (minute !== this.minute) {
      this.minute = minute;
      this.admitted = 0;
      this.counts.clear();
    }
    const count = this.counts.get(key) ?? 0;
    if (count >= this.gate.mostOfOne || this.admitted >= this.gate.mostOfAll) {
      this.withheld += 1;
      return null;
    }
    this.counts.set(key, count + 1);
    this.admitted += 1;
    const { withheld } = this;
    this.withheld = 0;
    return withheld;
  }
}
