import { describe, expect, it } from '@jest/globals';
import {
  ATTRIBUTES,
  instant,
  type KnownAttributes,
  reportedStory,
  type Story,
  tableOf,
} from '../../../test/factories/weekly-story.js';
import type { DepartmentAttributes } from './attributes.js';

const NAMED = { code: null, name: '市工信局', level: 'city' } as const;

/** The industry department with a history of its own, and nobody else. */
const withIndustry = (department: Partial<DepartmentAttributes>): KnownAttributes => ({
  ...ATTRIBUTES,
  departments: [
    {
      id: 'industry',
      isTaskForce: false,
      isLeadersOffice: false,
      current: NAMED,
      revisions: [],
      ...department,
    },
  ],
});
const rows = (stories: Story[], attributes: KnownAttributes, asOf = '2021-12-31') =>
  tableOf(stories, { by: 'leadDepartment', attributes, asOf }).rows.map(({ key, name, closing }) => [
    key,
    name,
    closing,
  ]);
const dated = (
  from: string,
  recorded: string,
  state: { code: string | null; name: string; level: 'city' | 'county' },
) => ({
  ...state,
  effectiveAt: instant(from),
  recordedAt: instant(recorded),
});
const COUNTIES = ['county_led', '县区牵头', 0];

describe('a department of the table by lead department', () => {
  it('stands under its code where it has one, and its name of the week', () => {
    const attributes = withIndustry({
      revisions: [
        dated('2021-10-01', '2021-10-01', NAMED),
        dated('2021-11-05', '2021-11-05', { ...NAMED, code: 'GX', name: '市工业和信息化局' }),
        dated('2021-11-08T00:00', '2021-11-08T00:00', { ...NAMED, code: 'GX', name: '市工信和大数据局' }),
      ],
    });
    expect(rows([], attributes)).toEqual([['GX', '市工业和信息化局', 0], COUNTIES]);
    expect(rows([], attributes, '2021-11-04')).toEqual([['市工信局', '市工信局', 0], COUNTIES]);
  });

  it('entered after the week that its ledger tells of, it had its first name then', () => {
    const attributes = withIndustry({ revisions: [dated('2021-12-01', '2021-12-01', NAMED)] });
    expect(rows([], attributes)).toEqual([['市工信局', '市工信局', 0], COUNTIES]);
  });

  it('has no row while it was not yet known', () => {
    const attributes = withIndustry({ revisions: [dated('2021-10-01', '2021-12-01', NAMED)] });
    expect(rows([], attributes, '2021-11-20')).toEqual([COUNTIES]);
  });

  it('a correction recorded later takes the place of what it corrects, from when it was recorded', () => {
    const attributes = withIndustry({
      revisions: [
        dated('2021-10-01', '2021-11-20', { ...NAMED, name: '市工业局' }),
        dated('2021-10-01', '2021-10-01', NAMED),
      ],
    });
    expect(rows([], attributes, '2021-11-20')).toEqual([['市工信局', '市工信局', 0], COUNTIES]);
    expect(rows([], attributes)).toEqual([['市工业局', '市工业局', 0], COUNTIES]);
  });

  it('without a dated state stands as the register has it, once it leads something', () => {
    expect(rows([], withIndustry({}))).toEqual([COUNTIES]);
    const story = reportedStory().assigned('2021-11-02');
    expect(rows([story], withIndustry({}))).toEqual([['市工信局', '市工信局', 1], COUNTIES]);
  });

  it('of the leaders has a row when it leads something after all', () => {
    const attributes = withIndustry({
      isLeadersOffice: true,
      revisions: [dated('2021-10-01', '2021-10-01', NAMED)],
    });
    expect(rows([], attributes)).toEqual([COUNTIES]);
    const story = reportedStory().assigned('2021-11-02');
    expect(rows([story], attributes)).toEqual([['市工信局', '市工信局', 1], COUNTIES]);
  });

  it('given to a county takes its cases to the row of the counties', () => {
    const attributes = withIndustry({
      revisions: [
        dated('2021-10-01', '2021-10-01', NAMED),
        dated('2021-11-03', '2021-11-03', { ...NAMED, level: 'county' }),
      ],
    });
    const story = reportedStory().assigned('2021-10-20');
    const table = tableOf([story], { by: 'leadDepartment', attributes });
    expect(table.rows).toMatchObject([
      { key: '市工信局', opening: 1, transferredOut: 1, closing: 0 },
      { key: 'county_led', opening: 0, transferredIn: 1, closing: 1 },
    ]);
    expect(rows([], attributes)).toEqual([COUNTIES]);
  });

  it('rows of one key keep their order', () => {
    const [first] = withIndustry({ revisions: [dated('2021-10-01', '2021-10-01', NAMED)] }).departments;
    if (first === undefined) throw new Error('no department');
    const twins = { ...ATTRIBUTES, departments: [first, { ...first, id: 'twin' }] };
    expect(rows([], twins)).toEqual([['市工信局', '市工信局', 0], ['市工信局', '市工信局', 0], COUNTIES]);
  });
});

describe('an enterprise of the table by reporting unit', () => {
  it('entered after the week that its ledger tells of, it lay where it was first known to lie', () => {
    const revision = {
      effectiveAt: instant('2021-12-01'),
      recordedAt: instant('2021-12-01'),
      reportingUnitId: 'xunyang',
      industryCode: null,
      sizeClass: null,
    };
    const attributes = { ...ATTRIBUTES, owners: new Map([['c-enterprise', [revision]]]) };
    const { rows } = tableOf([reportedStory().assigned('2021-11-02')], { attributes });
    expect(rows).toMatchObject([
      { key: '610902', closing: 0 },
      { key: '610981', closing: 1 },
    ]);
  });
});
