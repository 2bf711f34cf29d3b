import { describe, expect, it } from '@jest/globals';
import type { JudgedMonth } from '../rules/judge.js';
import type { ProductionStatus } from '../rules/statuses.js';
import type { CandidateKind, Evidence } from './candidate-terms.js';
import type { CaseStanding, Finding } from './findings.js';
import { type DecidedCandidate, type Known, type OpenCandidate, stepsFor } from './keep-or-raise.js';

const FRESH_MONTHS = 6;
const judged = (month: string, status: ProductionStatus): JudgedMonth => ({
  month,
  status,
  rule: 'nothing_produced',
  facts: { month },
});
const evidence = (status: ProductionStatus, month = '2021-10'): Evidence => ({
  status,
  month,
  rule: 'nothing_produced',
  facts: { month, outputs: [0, 1] },
  months: [month],
  policyVersion: 1,
});
const finding = (
  kind: CandidateKind,
  status: ProductionStatus = 'stalled',
  caseId: string | null = null,
): Finding => ({ kind, caseId, evidence: evidence(status) });
const open = (
  kind: CandidateKind,
  status: ProductionStatus = 'stalled',
  caseId: string | null = null,
  origin: OpenCandidate['origin'] = 'figures',
): OpenCandidate => ({ id: `open ${kind}`, kind, origin, caseId, evidence: evidence(status) });
const NO_CASE: CaseStanding = { live: null, ended: null };
const LIVE: CaseStanding = { live: { id: 'live', distressType: 'reduced_output' }, ended: null };
const known = (over: Partial<Known> & { months?: JudgedMonth[] }): Known => ({
  judged: { months: over.months ?? [judged('2021-10', 'stalled')], policyVersion: 1 },
  cases: NO_CASE,
  open: [],
  decided: [],
  presentMonth: '2021-11',
  ...over,
});

/** `raise new_distress`, `lapse relapse: superseded`. */
const told = (findings: Finding[], state: Known): string[] =>
  stepsFor(findings, state, FRESH_MONTHS).map((step) =>
    step.do === 'lapse' ? `lapse ${step.candidate.kind}: ${step.reason}` : `${step.do} ${step.finding.kind}`,
  );

describe('what is found', () => {
  it('is raised once', () => {
    expect(told([finding('new_distress')], known({}))).toEqual(['raise new_distress']);
    expect(told([finding('new_distress')], known({ open: [open('new_distress')] }))).toEqual([]);
  });

  it('is the same whatever the order of names in which the database keeps it', () => {
    const stored = open('new_distress');
    const { months, facts, ...rest } = stored.evidence;
    const turned = { facts: Object.fromEntries(Object.entries(facts).toReversed()), months, ...rest };
    expect(told([finding('new_distress')], known({ open: [{ ...stored, evidence: turned }] }))).toEqual([]);
  });

  it('brings an open one up to date', () => {
    const state = known({ open: [open('new_distress', 'reduced_output')] });
    expect(told([finding('new_distress')], state)).toEqual(['renew new_distress']);
  });

  it.each([
    ['2022-04', ['raise new_distress']],
    ['2022-05', []],
  ])('of October is news through %s', (presentMonth, expected) => {
    expect(told([finding('new_distress')], known({ presentMonth }))).toEqual(expected);
    // What waits already goes on waiting.
    expect(told([finding('new_distress')], known({ presentMonth, open: [open('new_distress')] }))).toEqual(
      [],
    );
  });
});

describe('a dismissal', () => {
  const dismissed = (status: ProductionStatus, isQuiet = true): DecidedCandidate => ({
    kind: 'new_distress',
    status: 'dismissed',
    decidedCaseId: null,
    isQuiet,
    evidence: evidence(status),
  });

  it.each([
    ['as bad', 'semi_stalled', true, []],
    ['less bad', 'stalled', true, []],
    ['worse', 'reduced_output', true, ['raise new_distress']],
    ['as bad, after its time', 'semi_stalled', false, ['raise new_distress']],
  ] as const)('%s', (_what, status, isQuiet, expected) => {
    const state = known({ decided: [dismissed(status, isQuiet)] });
    expect(told([finding('new_distress', 'semi_stalled')], state)).toEqual(expected);
  });

  it('of a relapse is for good, as long as no other months show one', () => {
    const past = { ...dismissed('stalled', false), kind: 'relapse' } as const;
    const relapse = finding('relapse', 'stalled', 'ended');
    expect(told([relapse], known({ decided: [past] }))).toEqual([]);
    const later = { ...relapse, evidence: evidence('stalled', '2021-11') };
    expect(told([later], known({ decided: [past] }))).toEqual(['raise relapse']);
  });

  it('keeps its own kind quiet alone', () => {
    const state = known({ decided: [dismissed('stalled')] });
    expect(told([finding('relapse', 'stalled', 'ended')], state)).toEqual(['raise relapse']);
  });
});

describe('what was done of it with the live case', () => {
  const accepted = (over: Partial<DecidedCandidate> = {}): DecidedCandidate => ({
    kind: 'new_distress',
    status: 'accepted',
    decidedCaseId: 'live',
    isQuiet: false,
    evidence: evidence('semi_stalled'),
    ...over,
  });

  it.each([
    ['they saw as much', {}, 'semi_stalled', []],
    ['they merged as much', { kind: 'worsening', status: 'merged' }, 'semi_stalled', []],
    ['it is worse than they saw', {}, 'stalled', ['raise worsening']],
    ['it was another case', { decidedCaseId: 'other' }, 'semi_stalled', ['raise worsening']],
  ] as const)('%s', (_what, over, status, expected) => {
    const state = known({ cases: LIVE, decided: [accepted(over)] });
    expect(told([finding('worsening', status, 'live')], state)).toEqual(expected);
  });
});

describe('an open one lapses', () => {
  const recovered = [judged('2021-10', 'normal')];
  const ended = (id: string): CaseStanding => ({
    live: null,
    ended: { id, isResolved: true, endedMonth: '2021-09' },
  });

  it.each([
    ['with its ground', open('new_distress'), NO_CASE, [], recovered, ['lapse new_distress: ground_gone']],
    ['of suspicion, too', open('suspected'), NO_CASE, [], recovered, ['lapse suspected: ground_gone']],
    [
      'even beside a live case',
      open('new_distress'),
      LIVE,
      [],
      recovered,
      ['lapse new_distress: ground_gone'],
    ],
    ['not while a case can take it in', open('new_distress'), LIVE, [], undefined, []],
    [
      'when a report confirms suspicion',
      open('suspected'),
      NO_CASE,
      [finding('new_distress')],
      undefined,
      ['raise new_distress', 'lapse suspected: superseded'],
    ],
    [
      'when it turns out a relapse',
      open('new_distress'),
      ended('ended'),
      [finding('relapse', 'stalled', 'ended')],
      undefined,
      ['raise relapse', 'lapse new_distress: superseded'],
    ],
    [
      'when it is no relapse after all',
      open('relapse', 'stalled', 'ended'),
      ended('ended'),
      [finding('new_distress')],
      undefined,
      ['raise new_distress', 'lapse relapse: ground_gone'],
    ],
    [
      'when the live case says as much',
      open('worsening', 'stalled', 'live'),
      LIVE,
      [],
      undefined,
      ['lapse worsening: ground_gone'],
    ],
    [
      'when its case has ended',
      open('worsening', 'stalled', 'ended'),
      ended('ended'),
      [],
      undefined,
      ['lapse worsening: case_ended'],
    ],
    [
      'when its case was reopened',
      open('relapse', 'stalled', 'live'),
      LIVE,
      [],
      undefined,
      ['lapse relapse: case_reopened'],
    ],
  ] as const)('%s', (_what, candidate, cases, findings, months, expected) => {
    const state = known({
      open: [candidate],
      cases,
      ...(months === undefined ? {} : { months: [...months] }),
    });
    expect(told([...findings], state)).toEqual(expected);
  });

  it('never by figures where a person saw it', () => {
    const seen = open('relapse', 'stalled', 'ended', 'follow_up');
    expect(told([], known({ open: [seen], cases: ended('ended'), months: recovered }))).toEqual([]);
    expect(
      told([], known({ open: [seen], cases: { ...LIVE, ended: ended('ended').ended }, months: [] })),
    ).toEqual([]);
    expect(told([], known({ open: [seen], cases: ended('another') }))).toEqual(['lapse relapse: case_ended']);
  });
});
