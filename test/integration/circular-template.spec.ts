import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import PizZip from 'pizzip';
import { circular } from '../../src/statistics/circular/circular.js';
import type { CircularTemplateView } from '../../src/statistics/circular/circular-template.dto.js';
import { CircularTemplates } from '../../src/statistics/circular/circular-templates.js';
import { FULL_SAMPLE } from '../../src/statistics/circular/sample-facts.js';
import { shippedTemplate } from '../../src/statistics/circular/shipped-templates.js';
import { wordTextOf } from '../support/docx-text.js';
import { type Client, createTestApp, type TestApp } from '../support/test-app.js';

const PATH = '/statistics/circular-template';
const DOCUMENT = 'word/document.xml';

let product: TestApp;
let office: Client;
let shipped: Buffer;

beforeAll(async () => {
  product = await createTestApp();
  office = await product.as('task_force');
  shipped = await shippedTemplate('zh-CN');
});
afterAll(() => product.close());

/** The shipped template with parts changed or added. */
function edited(change: (zip: PizZip) => void): Buffer {
  const zip = new PizZip(shipped);
  change(zip);
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}

/** With other words in its text. */
const worded = (from: string, to: string): Buffer =>
  edited((zip) =>
    zip.file(
      DOCUMENT,
      (zip.file(DOCUMENT)?.asText() ?? '').replace(from, () => to),
    ),
  );
const TITLE = '停产半停产减产企业销号情况通报';
const inTitle = (text: string): Buffer => worded(TITLE, text);
/** With something before the first paragraph. */
const beginning = (xml: string): Buffer => worded('<w:body>', `<w:body>${xml}`);
const field = (...pieces: string[]): string =>
  `<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>${pieces.map((piece) => `<w:r><w:instrText>${piece}</w:instrText></w:r>`).join('')}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>`;
const pointing = (attributes: string): Buffer =>
  edited((zip) => {
    const name = 'word/_rels/document.xml.rels';
    const related = zip.file(name)?.asText() ?? '';
    zip.file(
      name,
      related.replace('</Relationships>', `<Relationship Id="x" ${attributes}/></Relationships>`),
    );
  });
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

async function put(
  client: Client,
  content: Buffer,
  query = '',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(content)]), '通报.docx');
  const response = await fetch(`${product.url}/api/v1${PATH}${query}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${client.token}`, 'accept-language': 'en' },
    body: form,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const inForce = async (lang = 'zh-CN') =>
  (await office.get<CircularTemplateView>(`${PATH}?lang=${lang}`)).body;

describe('the template of the circular', () => {
  it('is the shipped one until the office sends its own', async () => {
    expect(await inForce()).toMatchObject({
      lang: 'zh-CN',
      isShipped: true,
      version: 0,
      size: shipped.length,
    });
    const file = await fetch(`${product.url}/api/v1${PATH}/file`, {
      headers: { authorization: `Bearer ${office.token}` },
    });
    expect(Buffer.from(await file.arrayBuffer()).equals(shipped)).toBe(true);
  });

  it('is replaced, for its language alone, and restored; every version stays known and is in the trail', async () => {
    const own = inTitle('本市销号通报');
    const { status, body } = await put(office, own);
    expect([status, body['version'], body['isShipped']]).toEqual([200, 1, false]);
    expect(await inForce('en')).toMatchObject({ isShipped: true, version: 0 });

    const { bytes, version } = await product.app.get(CircularTemplates).inForce('zh-CN');
    const { paragraphs } = await wordTextOf(await circular(FULL_SAMPLE, bytes, 'zh-CN'));
    expect([version, paragraphs[0]]).toEqual([1, '本市销号通报']);

    const { body: restored } = await office.delete<CircularTemplateView>(PATH);
    expect(restored).toMatchObject({ isShipped: true, version: 2, size: shipped.length });
    const trail = await product.database.dataSource.query<Array<{ payload: unknown }>>(
      `SELECT payload FROM audit_events WHERE type = 'circular_template_changed' ORDER BY sequence`,
    );
    expect(trail.map(({ payload }) => payload)).toEqual([
      { lang: 'zh-CN', version: 1, sha256: body['sha256'] },
      { lang: 'zh-CN', version: 2, sha256: null },
    ]);
  });

  it.each(['department', 'county', 'leader', 'auditor', 'system_admin', 'security_admin'] as const)(
    '%s may neither read nor change it',
    async (role) => {
      const client = await product.as(role);
      expect((await client.get(PATH)).status).toBe(403);
      expect((await client.get(`${PATH}/file`)).status).toBe(403);
      expect((await put(client, shipped)).status).toBe(403);
      expect((await client.delete(PATH)).status).toBe(403);
    },
  );
});

describe('a template is refused', () => {
  afterEach(async () => expect((await inForce()).isShipped).toBe(true));

  it.each([
    ['{colour}', 'TEMPLATE_VARIABLE_UNKNOWN', 'There is no variable {colour}.'],
    ['{constructor}', 'TEMPLATE_VARIABLE_UNKNOWN', 'There is no variable {constructor}.'],
    ['{office.constructor}', 'TEMPLATE_VARIABLE_UNKNOWN', 'There is no variable {office.constructor}.'],
    ['{#case}x{/case}', 'TEMPLATE_VARIABLE_UNKNOWN', 'There is no variable {case}.'],
    ['{@office}', 'TEMPLATE_MARKUP_FORBIDDEN', 'Write {office} without the @ before it.'],
    ['{#caseUnits}{#caseDepartments}{name}{/caseDepartments}{/caseUnits}', 'TEMPLATE_LIST_NESTED', null],
    ['{^caseUnits}{#caseUnits}{score}{/caseUnits}{/caseUnits}{number}', 'TEMPLATE_VARIABLE_MISPLACED', null],
    ['{#overall}{score}{/overall}', 'TEMPLATE_VARIABLE_MISPLACED', null],
    ['{overall}', 'TEMPLATE_VARIABLE_MISPLACED', null],
    ['{#office}x{/office}', 'TEMPLATE_VARIABLE_MISPLACED', null],
    [
      '{#overall}',
      'TEMPLATE_PLACEHOLDER_BROKEN',
      'A part or a placeholder is not opened and closed: overall.',
    ],
    ['{office', 'TEMPLATE_PLACEHOLDER_BROKEN', null],
  ])('for %s: %s', async (text, code, detail) => {
    const { status, body } = await put(office, inTitle(text));
    expect([status, body['code']]).toEqual([422, 'CIRCULAR_TEMPLATE_INVALID']);
    const fault = { code, ...(detail !== null && { detail }) };
    expect(body['errors']).toEqual(expect.arrayContaining([expect.objectContaining(fault)]));
  });

  it('for every wrong name at once', async () => {
    const { body } = await put(office, inTitle('{a}{office}{b}{a}'));
    const errors = body['errors'] as Array<{ detail: string }>;
    expect(errors.map(({ detail }) => detail)).toEqual([
      'There is no variable {a}.',
      'There is no variable {b}.',
    ]);
  });

  const LINK = 'Target="http://192.0.2.1/x" TargetMode="External"';
  const forbidden: ReadonlyArray<readonly [string, () => Buffer, unknown]> = [
    ['macros', () => edited((zip) => zip.file('word/vbaProject.bin', 'x')), ['word/vbaProject.bin']],
    [
      'an embedded object',
      () => edited((zip) => zip.file('word/embeddings/o.bin', 'x')),
      ['word/embeddings/o.bin'],
    ],
    [
      'a part in another format',
      () => edited((zip) => zip.file('word/afchunk.htm', 'x')),
      ['word/afchunk.htm'],
    ],
    ['a picture from elsewhere', () => pointing(`Type="${OFFICE}/image" ${LINK}`), ['http://192.0.2.1/x']],
    [
      'a template from elsewhere',
      () => pointing(`Type="${OFFICE}/attachedTemplate" ${LINK}`),
      ['http://192.0.2.1/x'],
    ],
    [
      'a link to a file',
      () => pointing(`Type="${OFFICE}/hyperlink" Target="file:///x" TargetMode="External"`),
      ['file:///x'],
    ],
    ['a field that runs', () => beginning(field('DDE', 'AUTO cmd')), ['DDEAUTO']],
    [
      'a field that fetches',
      () => beginning('<w:p><w:fldSimple w:instr=" includetext x"/></w:p>'),
      ['INCLUDETEXT'],
    ],
    [
      'a field in a footnote',
      () =>
        edited((zip) =>
          zip.file('word/footnotes.xml', `<w:footnotes xmlns:w="w">${field('LINK x')}</w:footnotes>`),
        ),
      ['LINK'],
    ],
  ];
  it.each(forbidden)('for %s', async (_what, make, names) => {
    const { status, body } = await put(office, make());
    expect([status, body['code'], body['params']]).toMatchObject([
      422,
      'CIRCULAR_TEMPLATE_FORBIDDEN',
      { names },
    ]);
  });

  const unreadable: ReadonlyArray<readonly [string, () => Buffer, number, string]> = [
    ['no zip file', () => Buffer.from('<html>'), 415, 'CIRCULAR_TEMPLATE_UNREADABLE'],
    ['half of one', () => shipped.subarray(0, 9_000), 415, 'CIRCULAR_TEMPLATE_UNREADABLE'],
    ['a workbook', () => edited((zip) => zip.remove(DOCUMENT)), 415, 'CIRCULAR_TEMPLATE_UNREADABLE'],
    [
      'another type',
      () =>
        edited((zip) =>
          zip.file(
            '[Content_Types].xml',
            (zip.file('[Content_Types].xml')?.asText() ?? '').replace(
              'wordprocessingml.document.main',
              'ms-word.document.macroEnabled.main',
            ),
          ),
        ),
      415,
      'CIRCULAR_TEMPLATE_UNREADABLE',
    ],
    [
      'a document type',
      () => worded('<w:document', '<!DOCTYPE x><w:document'),
      415,
      'CIRCULAR_TEMPLATE_UNREADABLE',
    ],
    [
      'a zip bomb',
      () => edited((zip) => zip.file('word/media/a.png', Buffer.alloc(17 * 1024 * 1024))),
      413,
      'CIRCULAR_TEMPLATE_TOO_LARGE',
    ],
    ['too much text', () => beginning('<w:p/>'.repeat(180_000)), 413, 'CIRCULAR_TEMPLATE_TOO_LARGE'],
    ['too many placeholders', () => inTitle('{office}'.repeat(1_001)), 413, 'CIRCULAR_TEMPLATE_TOO_LARGE'],
    ['2 MiB and more', () => Buffer.alloc(2 * 1024 * 1024 + 1, 'PK'), 413, 'FILE_TOO_LARGE'],
    [
      'nothing of a circular in it',
      () =>
        worded(
          /<w:body>.*<\/w:body>/.exec(new PizZip(shipped).file(DOCUMENT)?.asText() ?? '')?.[0] ?? '',
          '<w:body><w:p/></w:body>',
        ),
      422,
      'CIRCULAR_TEMPLATE_CONSTANT',
    ],
  ];
  it.each(unreadable)('for being or having %s', async (_what, make, status, code) => {
    expect(await put(office, make())).toMatchObject({ status, body: { code } });
  });

  it('without a file, in a language that there is not, or with fields that there are not', async () => {
    expect(await put(office, shipped, '?lang=fr')).toMatchObject({ status: 400 });
    expect(await put(office, shipped, '?colour=red')).toMatchObject({ status: 400 });
    expect((await office.put(PATH, {})).status).toBe(415);
  });
});
