import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { DEFAULT_PARAMETERS } from '../src/production/rules/parameters.js';

const page = readFileSync(path.resolve(import.meta.dirname, '../docs/production.md'), 'utf8');

describe('the page of production', () => {
  it('names every parameter with its default, and no other', () => {
    const rows = [...page.matchAll(/^\| `(\w+)` \| ([\w.]+) \|/gm)].map((row) => [row[1], row[2]]);
    expect(rows).toEqual(Object.entries(DEFAULT_PARAMETERS).map(([name, value]) => [name, String(value)]));
  });
});
