import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { EXPORTS_FILE, exportsPage } from './support/exports-page.js';

const page = path.resolve(import.meta.dirname, '..', EXPORTS_FILE);

describe('the page of exports', () => {
  it('is what the code says, variables of the template included', () => {
    expect(readFileSync(page, 'utf8')).toBe(exportsPage());
  });

  it('has all its pictures', () => {
    const pictures = [...exportsPage().matchAll(/\]\(([\w-]+\.png)\)/g)].map((match) => match[1] ?? '');
    expect(pictures).toHaveLength(6);
    for (const picture of pictures)
      expect(
        readFileSync(path.join(path.dirname(page), picture))
          .subarray(1, 4)
          .toString(),
      ).toBe('PNG');
  });
});
