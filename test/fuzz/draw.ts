import { createHash } from 'node:crypto';
import * as fc from 'fast-check';

/** Values drawn one after the other: the same for the same words. */
export class Draw {
  private readonly generator: fc.GeneratorValue;

  constructor(...words: Array<string | number>) {
    const seed = createHash('sha256').update(words.join(' ')).digest().readInt32LE();
    // Unbiased: a choice is not to fall on its first case most of the time. Bounds are tried by mutations.
    const [generator] = fc.sample(fc.gen(), { seed, numRuns: 1, unbiased: true });
    if (generator === undefined) throw new Error('nothing was drawn');
    this.generator = generator;
  }

  from<Value>(arbitrary: fc.Arbitrary<Value>): Value {
    return this.generator(() => arbitrary);
  }

  /** A whole number from `least` to `most`. */
  between(least: number, most: number): number {
    return this.from(fc.integer({ min: least, max: most }));
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.between(0, items.length - 1)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** True in so many of a hundred. */
  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }

  shuffled<Item>(items: readonly Item[]): Item[] {
    return this.from(fc.shuffledSubarray([...items], { minLength: items.length }));
  }
}
