/** An exact quotient: binary fractions put 0.00005 on either side of itself. Never negative here. */
export interface Fraction {
  numerator: bigint;
  /** Positive. */
  denominator: bigint;
}

/** `null` for an empty denominator: neither 0 % nor 100 %. */
export const fraction = (numerator: number, denominator: number): Fraction | null =>
  denominator === 0 ? null : { numerator: BigInt(numerator), denominator: BigInt(denominator) };

export const plus = (one: Fraction, other: Fraction): Fraction => ({
  numerator: one.numerator * other.denominator + other.numerator * one.denominator,
  denominator: one.denominator * other.denominator,
});

export const times = (one: Fraction, factor: bigint): Fraction => ({
  numerator: one.numerator * factor,
  denominator: one.denominator,
});

export const dividedBy = (one: Fraction, divisor: bigint): Fraction => ({
  numerator: one.numerator,
  denominator: one.denominator * divisor,
});

/** The difference, but not below 0. */
export function minusToZero(one: Fraction, other: Fraction): Fraction {
  const difference = plus(one, times(other, -1n));
  return difference.numerator < 0n ? { numerator: 0n, denominator: 1n } : difference;
}

/** To so many decimals, half up. */
export function roundHalfUp(value: Fraction, decimals: number): number {
  const scale = 10n ** BigInt(decimals);
  const scaled = (2n * value.numerator * scale + value.denominator) / (2n * value.denominator);
  return Number(scaled) / Number(scale);
}
