import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ZipPart, zipOf } from '../../../test/support/zip.js';
import { Refusal } from '../../platform/errors/refusal.js';
import { openLedger } from '../ledger/read-ledger.js';
import { type CellValue, DateCell } from './cell-value.js';
import { isDateFormat } from './date-styles.js';
import { openWorkbook } from './open-workbook.js';
import { WORKBOOK_LIMITS, type WorkbookLimits } from './workbook-limits.js';

const TYPES = { name: '[Content_Types].xml', content: '<Types/>' };
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const root = (target: string): ZipPart => ({
  name: '_rels/.rels',
  content: `<Relationships><Relationship Id="r" Type="${OFFICE}/officeDocument" Target="${target}"/></Relationships>`,
});

interface Made {
  sheet?: string;
  sheetName?: string;
  strings?: string;
  styles?: string;
  bookProperties?: string;
}

/** Parts of a workbook of one sheet; strings and styles stand behind the sheet that needs them. */
function partsOf({
  sheet = '',
  sheetName = '通讯录',
  strings,
  styles,
  bookProperties = '',
}: Made): ZipPart[] {
  const related = (id: string, type: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${type}" Target="${target}"/>`;
  return [
    TYPES,
    root('xl/workbook.xml'),
    {
      name: 'xl/workbook.xml',
      content: `<workbook xmlns:r="${OFFICE}"><workbookPr ${bookProperties}/><sheets><sheet name="${sheetName}" sheetId="1" state="hidden" r:id="a"/></sheets></workbook>`,
    },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships>${related('a', 'worksheet', '/xl/worksheets/sheet1.xml')}${related('b', 'sharedStrings', 'sharedStrings.xml')}${related('c', 'styles', 'styles.xml')}</Relationships>`,
    },
    { name: 'xl/worksheets/sheet1.xml', content: `<worksheet><sheetData>${sheet}</sheetData></worksheet>` },
    { name: 'xl/sharedStrings.xml', content: strings ?? '<sst/>' },
    { name: 'xl/styles.xml', content: styles ?? '<styleSheet/>' },
  ];
}

const made = (parts: Made): Buffer => zipOf(partsOf(parts));
const refusal = (code: string, status: number) =>
  expect.objectContaining({ code, status, constructor: Refusal });
const ole = (name: string): Buffer => {
  const file = Buffer.alloc(2048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(file);
  file.writeUInt16LE(9, 30);
  file.writeUInt32LE(1, 48);
  Buffer.from(name, 'utf16le').copy(file, 1024);
  return file;
};

describe('a workbook', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'workbook-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const save = async (content: Buffer): Promise<string> => {
    const file = path.join(folder, 'book.xlsx');
    await writeFile(file, content);
    return file;
  };
  async function read(
    content: Buffer,
    limits: Partial<WorkbookLimits> = {},
  ): Promise<Array<[number, CellValue[]]>> {
    const book = await openWorkbook(await save(content), { ...WORKBOOK_LIMITS, ...limits });
    try {
      const rows: Array<[number, CellValue[]]> = [];
      for (const sheet of book.sheets)
        for await (const { row, cells } of book.rows(sheet)) rows.push([row, cells]);
      return rows;
    } finally {
      book.close();
    }
  }

  describe('is read', () => {
    it('with every way in which programs write text', async () => {
      const strings =
        '<sst><si><t>简单</t></si><si><r><t>富</t></r><r><rPr/><t xml:space="preserve">文 本</t></r><rPh><t>fu</t></rPh></si><si><t>a&lt;b&#x4E2D;_x000D_c</t></si><si><t/></si></sst>';
      const sheet =
        '<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="D2" t="s"><v>2</v></c><c r="E2" t="s"><v>3</v></c></row>' +
        '<row r="5"><c t="inlineStr"><is><t>内</t><t>联</t></is></c><c t="str"><f>A1&amp;"x"</f><v>结果</v></c><c><f>1+1</f><v>2</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2021-10-08T00:00:00</v></c><c><f>无缓存</f></c></row>' +
        '<row><c r="A6"/></row>';
      await expect(read(made({ sheet, strings }))).resolves.toEqual([
        [2, ['简单', '富文 本', null, 'a<b中\rc']],
        [5, ['内联', '结果', 2, true, '#N/A', '2021-10-08T00:00:00']],
      ]);
    });

    it('with dates told by their style, also one of its own', async () => {
      const styles =
        '<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/><numFmt numFmtId="177" formatCode="0.00&quot;d&quot;"/></numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="31"/></cellXfs></styleSheet>';
      const sheet = `<row r="1">${[0, 1, 2, 3, 4].map((style) => `<c s="${style}"><v>44477</v></c>`).join('')}</row>`;
      const date = new DateCell(44477);
      await expect(read(made({ sheet, styles }))).resolves.toEqual([[1, [44477, date, date, 44477, date]]]);
    });

    it('with prefixed names, numbers in exponents, and rows and cells that name no place', async () => {
      const parts = partsOf({});
      parts[4] = {
        name: 'xl/worksheets/sheet1.xml',
        content:
          '<x:worksheet xmlns:x="u"><x:sheetData><x:row><x:c><x:v>1.5E3</x:v></x:c><x:c/><x:c t="n"><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>',
      };
      await expect(read(zipOf(parts))).resolves.toEqual([[1, [1500, null, 2]]]);
    });

    it('knowing from which year it counts days', async () => {
      const book = await openWorkbook(await save(made({ bookProperties: 'date1904="1"' })));
      expect([book.is1904, book.sheets]).toEqual([true, ['通讯录']]);
      book.close();
    });
  });

  it.each([
    ['yyyy-mm-dd', true],
    ['m/d/yy h:mm', true],
    ['[h]:mm', true],
    ['yyyy"年"m"月"', true],
    ['上午/下午hh', true],
    ['General', false],
    ['0.00', false],
    ['#,##0"days"', false],
    ['[Red]0.0', false],
    ['[$-804]0', false],
    ['0\\d', false],
  ])('takes the format %s for a date: %s', (format, isDate) => expect(isDateFormat(format)).toBe(isDate));

  describe('is refused', () => {
    it.each<[string, () => Buffer, string, number]>([
      ['a text file', () => Buffer.from('企业名称,信用代码\n'), 'WORKBOOK_UNREADABLE', 415],
      ['an empty file', () => Buffer.alloc(0), 'WORKBOOK_UNREADABLE', 415],
      ['an encrypted one', () => ole('EncryptedPackage'), 'WORKBOOK_ENCRYPTED', 415],
      ['one of the old binary format', () => ole('Workbook'), 'WORKBOOK_UNREADABLE', 415],
      ['a zip of something else', () => zipOf([{ name: 'a.txt', content: 'a' }]), 'WORKBOOK_UNREADABLE', 415],
      [
        'a document of another kind',
        () => zipOf([TYPES, root('word/document.xml')]),
        'WORKBOOK_UNREADABLE',
        415,
      ],
      ['a part that is encrypted', () => zipOf([{ ...TYPES, isEncrypted: true }]), 'WORKBOOK_ENCRYPTED', 415],
      [
        'two parts of one name',
        () => zipOf([...partsOf({}), { name: 'XL/workbook.xml', content: '<workbook/>' }]),
        'WORKBOOK_UNREADABLE',
        415,
      ],
      ['a file cut short', () => made({}).subarray(0, 400), 'WORKBOOK_UNREADABLE', 415],
      ['broken XML', () => made({ sheet: '<row r="1"><c>' }), 'WORKBOOK_UNREADABLE', 415],
      ['rows out of order', () => made({ sheet: '<row r="3"/><row r="2"/>' }), 'WORKBOOK_UNREADABLE', 415],
      [
        'an unknown string',
        () => made({ sheet: '<row><c t="s"><v>7</v></c></row>' }),
        'WORKBOOK_UNREADABLE',
        415,
      ],
      [
        'bytes that are no UTF-8',
        () =>
          zipOf(
            partsOf({}).map((part) =>
              part.name.endsWith('sheet1.xml')
                ? { ...part, content: Buffer.from('<a>\u00ff</a>', 'latin1') }
                : part,
            ),
          ),
        'WORKBOOK_UNREADABLE',
        415,
      ],
      [
        'a lying length',
        () => zipOf(partsOf({}).map((part) => ({ ...part, claimedSize: 3 }))),
        'WORKBOOK_UNREADABLE',
        415,
      ],
    ])('%s', async (_, content, code, status) => {
      await expect(read(content())).rejects.toEqual(refusal(code, status));
    });

    it('a document type, with whatever entities it may bring', async () => {
      const doctype = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY y "&x;&x;">]>';
      for (const name of ['xl/workbook.xml', 'xl/worksheets/sheet1.xml', 'xl/sharedStrings.xml']) {
        const parts = partsOf({ sheet: '<row/>' }).map((part) =>
          part.name === name ? { ...part, content: `${doctype}${String(part.content)}` } : part,
        );
        await expect(read(zipOf(parts))).rejects.toEqual(refusal('WORKBOOK_UNREADABLE', 415));
      }
      const undeclared = made({ sheet: '<row><c t="str"><v>&x;</v></c></row>' });
      await expect(read(undeclared)).rejects.toEqual(refusal('WORKBOOK_UNREADABLE', 415));
    });

    it('what is too big, counted as it comes out', async () => {
      const bomb = made({ sheet: ' '.repeat(5_000_000) });
      expect(bomb.length).toBeLessThan(20_000);
      await expect(read(bomb, { maxUnpackedBytes: 1_000_000 })).rejects.toEqual(
        refusal('WORKBOOK_TOO_LARGE', 413),
      );
      await expect(read(bomb, { maxFileBytes: 1_000 })).rejects.toEqual(refusal('WORKBOOK_TOO_LARGE', 413));
      await expect(read(bomb, { maxParts: 3 })).rejects.toEqual(refusal('WORKBOOK_TOO_LARGE', 413));
      const strings = `<sst>${'<si><t>1234567890</t></si>'.repeat(20)}</sst>`;
      const sheet = '<row><c t="s"><v>0</v></c></row>';
      await expect(read(made({ sheet, strings }), { maxSharedCharacters: 100 })).rejects.toEqual(
        refusal('WORKBOOK_TOO_LARGE', 413),
      );
      const wide = made({ sheet: '<row r="1"><c r="XFD1"><v>1</v></c></row>' });
      await expect(read(wide)).rejects.toEqual(refusal('WORKBOOK_TOO_LARGE', 413));
    });

    it('more filled rows than allowed, blank ones aside', async () => {
      const filled = '<row><c><v>1</v></c></row>'.repeat(3);
      const blank = '<row><c s="1"/></row>'.repeat(50);
      await expect(read(made({ sheet: filled + blank }), { maxRows: 3 })).resolves.toHaveLength(3);
      await expect(read(made({ sheet: filled + blank }), { maxRows: 2 })).rejects.toEqual(
        refusal('WORKBOOK_TOO_MANY_ROWS', 413),
      );
    });

    it('a cell that is too long, unless no sheet that is read uses it', async () => {
      const long = '长'.repeat(2_001);
      const inline = `<row r="4"><c t="inlineStr"><is><t>${long}</t></is></c></row>`;
      await expect(read(made({ sheet: inline }))).rejects.toMatchObject({
        code: 'CELL_TOO_LONG',
        params: { sheet: '通讯录', row: 4 },
      });
      const strings = `<sst><si><t>${long}</t></si><si><t>短</t></si></sst>`;
      const used = '<row><c t="s"><v>0</v></c></row>';
      await expect(read(made({ strings, sheet: used }))).rejects.toEqual(refusal('CELL_TOO_LONG', 400));
      const unused = '<row><c t="s"><v>1</v></c></row>';
      await expect(read(made({ strings, sheet: unused }))).resolves.toEqual([[1, ['短']]]);
    });

    it('one without a sheet of a ledger', async () => {
      await expect(openLedger(await save(made({ sheetName: 'Sheet1' })))).rejects.toEqual(
        refusal('WORKBOOK_NO_KNOWN_SHEET', 400),
      );
      const folded = await openLedger(await save(made({ sheetName: ' 通 讯录　' })));
      expect(folded.sheets).toEqual([' 通 讯录　']);
      folded.close();
    });
  });
});
