import { describe, expect, it } from '@jest/globals';
import { fraction, minusToZero, plus, roundHalfUp } from './fraction.js';

const quotient = (numerator: number, denominator: number) => fraction(numerator, denominator) ?? fail();
const fail = (): never => {
  throw new Error('an empty denominator');
};

describe('rounding half up', () => {
  it.each([
    [1, 20_000, 4, 0.0001], // 0.00005
    [49_999, 1_000_000_000, 4, 0], // 0.000049999
    [3, 20_000, 4, 0.0002], // 0.00015 is less than that in binary
    [1, 3, 4, 0.3333],
    [2, 3, 4, 0.6667],
    [1, 1, 4, 1],
    [0, 7, 4, 0],
    [19_999, 20_000, 4, 1], // 0.99995
    [201, 20, 1, 10.1], // 10.05 is less than that in binary
    [37, 2, 1, 18.5],
    [73, 4, 1, 18.3], // 18.25
    [1_675, 1_000, 2, 1.68], // 1.675 is less than that in binary
  ])('%p ÷ %p to %p decimals is %p', (numerator, denominator, decimals, expected) => {
    expect(roundHalfUp(quotient(numerator, denominator), decimals)).toBe(expected);
  });

  it('an empty denominator is nothing at all', () => {
    expect(fraction(0, 0)).toBeNull();
  });
});

describe('exact arithmetic', () => {
  it('adds tenths', () => {
    expect(roundHalfUp(plus(quotient(1, 10), quotient(2, 10)), 17)).toBe(0.3);
  });

  it('does not go below 0', () => {
    expect(roundHalfUp(minusToZero(quotient(1, 3), quotient(1, 4)), 4)).toBe(0.0833);
    expect(roundHalfUp(minusToZero(quotient(1, 4), quotient(1, 3)), 4)).toBe(0);
  });
});
