/** Of several rounds: the middle one, and how far they lie apart. */
export interface Figure {
  median: number;
  least: number;
  most: number;
}

/** Processor time of one request, of the server and the database together. */
export interface Cpu {
  productMs: number;
  referenceMs?: number;
  /** Reference to product: what the ratio of speeds is where the processor is all that counts. */
  ratio?: Figure;
}

/** One line of the report. */
export interface Line {
  what: string;
  unit: string;
  product: Figure;
  reference?: Figure;
  /** Product to reference, taken round by round: 1 is as fast as the reference. */
  ratio?: Figure;
  /** 99th percentile of the latency in milliseconds. */
  p99?: { product: number; reference?: number };
  cpu?: Cpu;
  target: string;
  /** Null: nothing is asked. */
  isMet: boolean | null;
  note?: string;
}

export function figureOf(values: readonly number[]): Figure {
  const sorted = values.toSorted((one, other) => one - other);
  return { median: medianOf(sorted), least: sorted[0] ?? Number.NaN, most: sorted.at(-1) ?? Number.NaN };
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2;
}

/** The ratio of each round, so that what slowed both down that moment is not in it. */
export const ratiosOf = (product: readonly number[], reference: readonly number[]): Figure =>
  figureOf(product.map((value, round) => value / (reference[round] ?? Number.NaN)));
