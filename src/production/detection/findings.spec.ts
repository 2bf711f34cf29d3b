import { describe, expect, it } from '@jest/globals';
import type { JudgedMonth } from '../rules/judge.js';
import type { ProductionStatus } from '../rules/statuses.js';
import { type CaseStanding, findingsOf, monthsBetween, standingOf } from './findings.js';

/** Of months running from one on. */
function judgedFrom(first: string, ...statuses: ProductionStatus[]): JudgedMonth[] {
  const [year = 0, month = 0] = first.split('-').map(Number);
  return statuses.map((status, index) => {
    const number = year * 12 + month - 1 + index;
    const name = `${Math.floor(number / 12)}-${String((number % 12) + 1).padStart(2, '0')}`;
    return { month: name, status, rule: 'within_bounds', facts: { of: name } };
  });
}

const NO_CASE: CaseStanding = { live: null, ended: null };
const live = (distressType: 'stalled' | 'semi_stalled' | 'reduced_output'): CaseStanding => ({
  live: { id: 'live', distressType },
  ended: null,
});
const ended = (endedMonth: string, isResolved = true): CaseStanding => ({
  live: null,
  ended: { id: 'ended', isResolved, endedMonth },
});
const RELAPSE = { months: ['2021-11', '2021-12'], facts: { outputs: [6, 5] } };

const kinds = (months: JudgedMonth[], cases: CaseStanding, relapse: typeof RELAPSE | null = null): string[] =>
  findingsOf({ months, policyVersion: 2 }, cases, relapse).map(({ kind }) => kind);

describe('findingsOf', () => {
  it.each([
    ['nothing known', [], []],
    ['all normal', ['normal', 'normal'], []],
    ['unknown', ['unknown'], []],
    ['stalled', ['normal', 'stalled'], ['new_distress']],
    ['semi-stalled', ['semi_stalled'], ['new_distress']],
    ['reduced', ['reduced_output'], ['new_distress']],
    ['stalled, and nothing said since', ['stalled', 'unknown', 'unknown'], ['new_distress']],
    ['back since', ['stalled', 'normal', 'unknown'], []],
    ['suspected', ['normal', 'suspected'], ['suspected']],
    ['suspected, and nothing known since', ['normal', 'suspected', 'unknown'], ['suspected']],
    ['suspected once, reported since', ['suspected', 'normal'], []],
    ['stalled by report, then by electricity alone', ['stalled', 'suspected'], ['new_distress']],
  ] as const)('%s, without a case', (_what, statuses, expected) => {
    expect(kinds(judgedFrom('2021-09', ...statuses), NO_CASE)).toEqual(expected);
  });

  it.each([
    ['stalled', 'stalled', []],
    ['stalled', 'semi_stalled', ['worsening']],
    ['stalled', 'reduced_output', ['worsening']],
    ['semi_stalled', 'reduced_output', ['worsening']],
    ['semi_stalled', 'stalled', []],
    ['reduced_output', 'reduced_output', []],
    ['normal', 'reduced_output', []],
    ['unknown', 'reduced_output', []],
    // Nobody has reported it: that somebody looks is what the live case is for.
    ['suspected', 'reduced_output', []],
  ] as const)('%s with a live case as %s: %j', (status, distressType, expected) => {
    expect(kinds(judgedFrom('2021-10', status), live(distressType))).toEqual(expected);
  });

  it.each([
    ['the month of the end was known to whoever ended it', '2021-10', []],
    ['so was an earlier one', '2021-11', []],
    ['a later one is news', '2021-09', ['new_distress']],
  ])('%s', (_what, endedMonth, expected) => {
    expect(kinds(judgedFrom('2021-10', 'stalled'), ended(endedMonth))).toEqual(expected);
    expect(kinds(judgedFrom('2021-10', 'stalled'), ended(endedMonth, false))).toEqual(expected);
    const suspected = expected.map(() => 'suspected');
    expect(kinds(judgedFrom('2021-10', 'suspected'), ended(endedMonth))).toEqual(suspected);
  });

  it.each([
    ['of the year in which the case ended', '2021-12', []],
    ['of the year after', '2022-02', ['new_distress']],
  ])('what a year to date lacks is of the case that ended: %s', (_what, month, expected) => {
    const months = judgedFrom(month, 'reduced_output').map((at) => ({
      ...at,
      rule: 'year_to_date_below' as const,
    }));
    expect(kinds(months, ended('2021-10'))).toEqual(expected);
    expect(kinds(months, NO_CASE)).toEqual(['new_distress']);
  });

  it('a relapse alone, with the closed case; of none that was rejected, or while another is live', () => {
    const months = judgedFrom('2021-11', 'reduced_output', 'stalled');
    expect(findingsOf({ months, policyVersion: 2 }, ended('2021-10'), RELAPSE)).toEqual([
      {
        kind: 'relapse',
        caseId: 'ended',
        evidence: {
          status: 'stalled',
          month: '2021-12',
          rule: 'relapse',
          facts: RELAPSE.facts,
          months: ['2021-11', '2021-12'],
          policyVersion: 2,
        },
      },
    ]);
    expect(kinds(months, ended('2021-10', false), RELAPSE)).toEqual(['new_distress']);
    expect(kinds(months, { ...live('stalled'), ended: ended('2021-10').ended }, RELAPSE)).toEqual([]);
  });

  it('the evidence: the last month with its rule and facts, and the months of distress running through it', () => {
    const months = judgedFrom(
      '2021-06',
      'stalled',
      'normal',
      'reduced_output',
      'semi_stalled',
      'stalled',
      'unknown',
    );
    const [finding] = findingsOf({ months, policyVersion: 7 }, NO_CASE, null);
    expect(finding).toEqual({
      kind: 'new_distress',
      caseId: null,
      evidence: {
        status: 'stalled',
        month: '2021-10',
        rule: 'within_bounds',
        facts: { of: '2021-10' },
        months: ['2021-08', '2021-09', '2021-10'],
        policyVersion: 7,
      },
    });
  });
});

describe('standingOf', () => {
  it('tells what is reported from what electricity alone says', () => {
    const { distress, suspected } = standingOf(judgedFrom('2021-09', 'stalled', 'suspected', 'unknown'));
    expect([distress?.month, suspected?.month]).toEqual(['2021-09', '2021-10']);
  });
});

describe('monthsBetween', () => {
  it.each([
    ['2021-10', '2021-10', 0],
    ['2021-12', '2022-01', 1],
    ['2020-11', '2022-02', 15],
    ['2022-01', '2021-12', -1],
  ])('%s and %s: %d', (from, to, expected) => expect(monthsBetween(from, to)).toBe(expected));
});
