import { Seeded } from '../faults/seeded.js';

const STEPS = 1_000_000;

/** What is drawn for one enterprise: the same for the same words. */
export class Draw {
  private readonly seeded: Seeded;

  constructor(...words: Array<string | number>) {
    this.seeded = new Seeded(...words);
  }

  whole(least: number, most: number): number {
    return this.seeded.between(least, most);
  }

  share(least: number, most: number): number {
    return least + (this.seeded.between(0, STEPS) / STEPS) * (most - least);
  }

  pick<Item>(items: readonly Item[]): Item {
    return this.seeded.pick(items);
  }

  isOnce(chance: number): boolean {
    return this.share(0, 1) < chance;
  }

  /** Mostly near zero, never beyond the width on either side. */
  noise(width: number): number {
    return ((this.share(-1, 1) + this.share(-1, 1) + this.share(-1, 1)) / 3) * width;
  }
}
