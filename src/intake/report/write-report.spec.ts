import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { NOTHING_KNOWN } from '../../../test/support/ledger-known.js';
import { workbookOf } from '../../../test/support/workbook-of.js';
import { decideLedger } from '../ledger/decide-ledger.js';
import { readLedger } from '../ledger/read-ledger.js';
import { DateCell } from '../workbook/cell-value.js';
import { writeReport } from './write-report.js';

const SHEET = '通讯录';
const workbook = workbookOf({
  [SHEET]: [
    ['通讯录（示例）'],
    [],
    ['单位', '层级', '姓名', '职务', '手机', '入职'],
    ['市工信局', '市级', '王伟', '=cmd()', 19900000001, new DateCell(44477)],
    ['市工信局', '市级', null, '科长'],
    ['市工信局', '市级', '李娜', '科长', '12', new DateCell(44477.5)],
    ['合计', null, null, '3人'],
  ],
});

describe('the report of an import', () => {
  it('is the sheet itself, with what came of each row in front', async () => {
    const plan = await decideLedger(await readLedger(workbook, { today: '2021-11-29' }), NOTHING_KNOWN);
    const out = new PassThrough();
    const [content] = await Promise.all([buffer(out), writeReport(workbook, plan.sheets, out)]);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(Uint8Array.from(content).buffer);
    const sheet = book.getWorksheet(SHEET);
    const values = (row: number): unknown[] =>
      [1, 2, 3, 5, 6, 7, 8].map((column) => sheet?.getRow(row).getCell(column).value);
    expect(values(1)).toEqual([null, null, '通讯录（示例）', null, null, null, null]);
    expect(values(3)).toEqual(['导入结果', '退回或提示原因', '单位', '姓名', '职务', '手机', '入职']);
    expect(values(4)).toEqual([
      '通过',
      null,
      '市工信局',
      '王伟',
      "'=cmd()",
      19900000001,
      new Date('2021-10-08'),
    ]);
    expect(values(5).slice(0, 3)).toEqual(['退回', '“姓名”未填写（REQUIRED_MISSING）', '市工信局']);
    expect(values(6).slice(0, 2)).toEqual([
      '通过（有提示）',
      '“手机”不是有效的电话号码，号码未采用（PHONE_INVALID）',
    ]);
    expect(values(6)[6]).toEqual(new Date('2021-10-08T12:00:00Z'));
    expect(values(7).slice(0, 3)).toEqual([null, null, '合计']);
  });

  it('stops when its reader goes', async () => {
    const rows = Array.from({ length: 5_000 }, () => ['市工信局', '市级', '王伟']);
    const large = workbookOf({ [SHEET]: [['单位', '层级', '姓名'], ...rows] });
    const out = new PassThrough();
    const report = {
      name: SHEET,
      accepted: 0,
      unchanged: 0,
      rejected: [],
      warnings: [],
      skippedSubtotals: 0,
      skippedBlank: 0,
    };
    const written = writeReport(large, [report], out);
    out.destroy();
    await Promise.all([once(out, 'close'), expect(written).rejects.toThrow('gone')]);
  });
});
