import { describe, expect, it } from '@jest/globals';
import type { IssueFile } from './issue-content.js';
import { factsFor, MOST_ATTACHED } from './issue-notices.js';

const file = (format: string, size: number): IssueFile => ({
  format,
  name: `a.${format}`,
  mediaType: 'text/plain',
  sha256: format,
  size,
});
const issue = (...files: IssueFile[]) => ({ id: 'an-id', week: '2021-W44', year: 2021, number: 12, files });
const names = (files: ReadonlyArray<{ name: string }>): string[] => files.map(({ name }) => name);

describe('what a subscriber is sent', () => {
  it('is what was asked for', () => {
    const facts = factsFor(issue(file('xlsx', 1), file('csv', 1), file('json', 1)), null, ['csv', 'json']);
    expect([names(facts.attached), facts.linked]).toEqual([['a.csv', 'a.json'], []]);
  });

  it('goes along as far as a mail may hold it; the rest is fetched', () => {
    const facts = factsFor(issue(file('xlsx', MOST_ATTACHED), file('csv', 1)), null, ['xlsx', 'csv']);
    expect([names(facts.attached), names(facts.linked)]).toEqual([['a.xlsx'], ['a.csv']]);
    const large = factsFor(issue(file('xlsx', MOST_ATTACHED + 1), file('csv', 1)), null, ['xlsx', 'csv']);
    expect([names(large.attached), large.linked]).toEqual([
      ['a.csv'],
      [{ name: 'a.xlsx', path: '/api/v1/statistics/issues/an-id/files/xlsx' }],
    ]);
  });
});
