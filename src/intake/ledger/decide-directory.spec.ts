import { describe, expect, it } from '@jest/globals';
import { knownAfter } from '../../../test/support/ledger-known.js';
import { DIRECTORY, decide, person, reportOf, said } from '../../../test/support/ledger-rows.js';

describe('the directory', () => {
  it('brings departments and officials, and keeps known ones up to date', async () => {
    const plan = await decide({
      通讯录: [...DIRECTORY, person('汉滨区工信局', '王伟', { 层级: '县级', 所属县区: '汉滨', 手机: '12' })],
    });
    expect(plan.departments).toHaveLength(4);
    expect(plan.departments[3]).toEqual({
      row: 5,
      name: '汉滨区工信局',
      level: 'county',
      reportingUnitCode: '610902',
    });
    expect(plan.officials[2]).toMatchObject({ duty: 'leader', department: '市政府' });
    expect(said(reportOf(plan, '通讯录')?.warnings)).toEqual(['5 PHONE_INVALID 手机']);

    const changed = [
      person('市工信局', '王伟', { 职务: '局长', 手机: '+86 199 0000 0009', 邮箱: null }),
      person('市发改委', '李娜'),
    ];
    const again = await decide({ 通讯录: changed }, knownAfter(plan));
    expect(reportOf(again, '通讯录')).toMatchObject({ accepted: 1, unchanged: 1 });
    expect(again.officialUpdates).toEqual([
      {
        row: 2,
        department: '市工信局',
        name: '王伟',
        officialId: 'official 2',
        post: '局长',
        duty: 'head',
        mobile: '19900000009',
      },
    ]);
    expect([again.departments, again.officials]).toEqual([[], []]);
  });

  it('refuses what has no place or says two things of one', async () => {
    const plan = await decide({
      通讯录: [
        person('甲局', '一', { 层级: null }),
        person('乙局', '二', { 层级: '县级' }),
        person('丙局', '三', { 层级: '省级' }),
        person('丁局', '四', { 层级: '县级', 所属县区: '西安市' }),
        person('市工信局', ''),
        person('市工信局', '王伟'),
        person('市工信局', '王伟', { 手机: '19900000002' }),
        person('市工信局', '王 伟'),
        person('市工信局', '赵六', { 层级: '县级', 所属县区: '汉滨区' }),
      ],
    });
    expect(said(reportOf(plan, '通讯录')?.rejected)).toEqual([
      '2 REQUIRED_MISSING 层级',
      '3 REQUIRED_MISSING 所属县区',
      '4 VALUE_UNKNOWN 层级',
      '5 REPORTING_UNIT_UNKNOWN 所属县区',
      '6 REQUIRED_MISSING 姓名',
      '8 ROW_CONFLICT 姓名',
      '10 ROW_CONFLICT 层级',
    ]);
    expect(reportOf(plan, '通讯录')).toMatchObject({ accepted: 1, unchanged: 1 });
  });
});
