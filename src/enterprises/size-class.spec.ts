import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { sizeClassOf } from './size-class.js';

const fixture = new URL('../../test/fixtures/vectors.json', import.meta.url);
const vectors: { sizeClasses: { employees: number; revenueWan: number; gives: string }[] } = JSON.parse(
  readFileSync(fixture, 'utf8'),
);

describe('sizeClassOf', () => {
  it.each([
    ...vectors.sizeClasses,
    { employees: 1000, revenueWan: 40_000, gives: 'large' },
    { employees: 999, revenueWan: 40_000, gives: 'medium' },
    { employees: 299, revenueWan: 2_000, gives: 'small' },
    { employees: 20, revenueWan: 299.99, gives: 'micro' },
    { employees: 0, revenueWan: 0, gives: 'micro' },
  ])('$employees people, $revenueWan 万元: $gives', ({ employees, revenueWan, gives }) => {
    expect(sizeClassOf(employees, revenueWan)).toBe(gives);
  });
});
