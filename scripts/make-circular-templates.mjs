// The circular's templates that are shipped, templates/circular.<language>.docx, from readable source: what an office
// edits in Word. `npm run templates` writes them; with --check it says whether they are what this file makes.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  LineRuleType,
  PageNumber,
  PageOrientation,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import PizZip from 'pizzip';
import { TEXTS } from './circular-template-texts.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Twentieths of a point. */
const mm = (millimetres) => Math.round((millimetres / 25.4) * 1440);
const RED = 'C00000';
const INK = '000000';
/** GB/T 9704: A4, the type area 156 by 225 mm. */
const MARGIN = { top: mm(37), bottom: mm(35), left: mm(28), right: mm(26), footer: mm(25) };
const ACROSS = { top: mm(22), bottom: mm(20), left: mm(18), right: mm(18), footer: mm(10) };
const ACROSS_WIDTH = 297 - 36;

/** What a template is made of, in the fonts of a language. */
class Page {
  constructor(texts) {
    this.texts = texts;
  }

  run(text, { font = 'body', size = 16, color = INK, bold = false } = {}) {
    const { latin, fonts } = this.texts;
    const name = { ascii: latin, hAnsi: latin, cs: latin, eastAsia: fonts[font] };
    return new TextRun({ text, font: name, size: size * 2, color, bold });
  }

  line(text, style = {}) {
    const { align = AlignmentType.LEFT, before = 0, after = 0, exact, indent, border, ...rest } = style;
    return new Paragraph({
      alignment: align,
      spacing: {
        before: before * 20,
        after: after * 20,
        ...(exact && { line: exact * 20, lineRule: LineRuleType.EXACT }),
      },
      ...(indent && { indent }),
      ...(border && { border }),
      ...(style.pageBreakBefore && { pageBreakBefore: true }),
      ...(style.keepNext && { keepNext: true }),
      children: [this.run(text, rest)],
    });
  }

  centred = (text, style) => this.line(text, { align: AlignmentType.CENTER, ...style });
  heading = (text) =>
    this.line(text, {
      font: 'heading',
      exact: 29,
      indent: this.texts.indent,
      keepNext: true,
      bold: this.texts.isBold,
    });
  body = (text) => this.line(text, { exact: 29, indent: this.texts.indent });
  right = (text) => this.line(text, { exact: 29, align: AlignmentType.RIGHT });
  marker = (text) => this.line(text, { size: 10 });

  /** A part that repeats for each sentence of a list. */
  sentences = (list) => [this.marker(`{#${list}}`), this.body('{text}'), this.marker(`{/${list}}`)];

  cell(text, width, { isHeading = false, isTotal = false, align } = {}) {
    return new TableCell({
      width: { size: mm(width), type: WidthType.DXA },
      verticalAlign: VerticalAlign.CENTER,
      margins: { left: 40, right: 40, top: 30, bottom: 30 },
      ...(isHeading && { shading: { fill: 'E7ECF4' } }),
      ...(isTotal && { shading: { fill: 'F5F5F5' } }),
      children: [
        this.line(text, {
          font: isHeading ? 'heading' : 'body',
          size: 9,
          bold: isTotal,
          align: align ?? AlignmentType.CENTER,
        }),
      ],
    });
  }

  /** @param columns [heading, variable, width in mm] @param lists variables of lists, each a row that repeats */
  table(columns, lists) {
    const rowOf = (list) =>
      new TableRow({
        cantSplit: true,
        children: columns.map(([, variable, width], index) => {
          const opens = index === 0 ? `{#${list}}` : '';
          const closes = index === columns.length - 1 ? `{/${list}}` : '';
          const isText = ['name', 'enterprise', 'department', 'row', 'figure'].includes(variable);
          return this.cell(`${opens}{${variable}}${closes}`, width, {
            isTotal: list.endsWith('Total'),
            ...(isText && { align: AlignmentType.LEFT }),
          });
        }),
      });
    const edge = { style: BorderStyle.SINGLE, size: 4, color: '8C8C8C' };
    return new Table({
      layout: TableLayoutType.FIXED,
      width: { size: mm(columns.reduce((sum, [, , width]) => sum + width, 0)), type: WidthType.DXA },
      columnWidths: columns.map(([, , width]) => mm(width)),
      alignment: AlignmentType.CENTER,
      borders: {
        top: edge,
        bottom: edge,
        left: edge,
        right: edge,
        insideHorizontal: edge,
        insideVertical: edge,
      },
      rows: [
        new TableRow({
          tableHeader: true,
          cantSplit: true,
          children: columns.map(([heading, , width]) => this.cell(heading, width, { isHeading: true })),
        }),
        ...lists.map(rowOf),
      ],
    });
  }

  footer() {
    const { latin } = this.texts;
    return new Footer({
      children: [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          children: [new TextRun({ font: latin, size: 24, children: ['— ', PageNumber.CURRENT, ' —'] })],
        }),
      ],
    });
  }
}

function head(page, { title, issuedBy }) {
  const ruled = (size) => ({ bottom: { style: BorderStyle.SINGLE, size, color: RED, space: 6 } });
  return [
    page.centred(title, { font: 'title', size: 28, color: RED, bold: true, after: 10 }),
    page.centred('{issueLine}', { size: 16, after: 10 }),
    page.centred(issuedBy, { size: 14, border: ruled(18), after: 18 }),
    page.centred('{week}', { font: 'title', size: 20, bold: true, before: 6 }),
    page.centred('{knownUntil}', { size: 11, after: 4 }),
    page.marker('{#provisional}'),
    page.centred('{text}', { size: 11, color: RED }),
    page.marker('{/provisional}'),
  ];
}

function sections(page, { parts }) {
  const lists = ['overall', 'doneWell', 'shortfalls', 'nextWeek'];
  return lists.flatMap((list, index) => [page.heading(parts[index]), ...page.sentences(list)]);
}

function signature(page, { signed }) {
  const rule = (side) => ({ [side]: { style: BorderStyle.SINGLE, size: 6, color: INK, space: 4 } });
  return [
    page.line('', { size: 16 }),
    page.right('{office}'),
    page.right('{date}'),
    page.line('', { size: 12 }),
    page.line(signed.approved, { size: 14, border: rule('top'), before: 6 }),
    page.line(signed.copies, { size: 14 }),
    page.line(signed.printed, { size: 14, border: rule('bottom') }),
  ];
}

/** Tables by unit and department of cases or problems, and the list of the overdue; one annex each. */
function annexes(page, subject, { tables, overdue, more }) {
  const { columns, lateColumns, annex } = page.texts;
  const title = (text, pageBreakBefore) =>
    page.centred(text, { font: 'title', size: 16, bold: true, after: 6, pageBreakBefore, keepNext: true });
  const flag = `has${subject.charAt(0).toUpperCase()}${subject.slice(1)}Overdue`;
  const name = ACROSS_WIDTH - columns.reduce((sum, [, , width]) => sum + width, 0);
  return [
    ...['Units', 'Departments'].flatMap((rows, index) => [
      title(tables[index], subject === 'problem' || index > 0),
      page.table(
        [[page.texts.rows[index], 'name', name], ...columns],
        [`${subject}${rows}`, `${subject}Total`],
      ),
    ]),
    title(overdue, true),
    page.marker(`{^${flag}}`),
    page.line(annex.none, { size: 12 }),
    page.marker(`{/${flag}}`),
    page.marker(`{#${flag}}`),
    page.table(lateColumns, [`${subject}Overdue`]),
    page.marker(`{/${flag}}`),
    page.marker(`{#${subject}OverdueMore}`),
    page.line('{text}', { size: 11, before: 4 }),
    page.marker(`{/${subject}OverdueMore}`),
    ...(more ?? []),
  ];
}

function corrections(page, { title, none, more, columns }) {
  return [
    page.centred(title, {
      font: 'title',
      size: 16,
      bold: true,
      after: 6,
      pageBreakBefore: true,
      keepNext: true,
    }),
    page.marker('{^hasCorrections}'),
    page.line(none, { size: 12 }),
    page.marker('{/hasCorrections}'),
    page.marker('{#hasCorrections}'),
    page.table(columns, ['corrections']),
    page.marker('{/hasCorrections}'),
    page.marker('{#hasMoreCorrections}'),
    page.line(more, { size: 11, before: 4 }),
    page.marker('{/hasMoreCorrections}'),
  ];
}

function documentOf(texts) {
  const page = new Page(texts);
  const footers = { default: page.footer() };
  return new Document({
    creator: 'Shukun',
    lastModifiedBy: 'Shukun',
    title: texts.head.title,
    sections: [
      {
        properties: { page: { size: { width: mm(210), height: mm(297) }, margin: MARGIN } },
        footers,
        children: [...head(page, texts.head), ...sections(page, texts), ...signature(page, texts)],
      },
      {
        properties: {
          page: {
            size: { width: mm(210), height: mm(297), orientation: PageOrientation.LANDSCAPE },
            margin: ACROSS,
          },
        },
        footers,
        children: [
          ...annexes(page, 'case', texts.annex.case),
          ...annexes(page, 'problem', texts.annex.problem),
          ...corrections(page, texts.annex.corrections),
        ],
      },
    ],
  });
}

/** The same source gives the same bytes, whenever and in whatever time zone it is run. */
async function bytesOf(texts) {
  const zip = new PizZip(await Packer.toBuffer(documentOf(texts)));
  const core = zip.file('docProps/core.xml').asText();
  zip.file('docProps/core.xml', core.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '2021-11-01T00:00:00Z'));
  for (const part of Object.values(zip.files)) part.date = new Date(2000, 0, 1);
  // A folder is no part of a document.
  zip.files = Object.fromEntries(Object.entries(zip.files).filter(([, { dir }]) => !dir));
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' });
}

const isCheck = process.argv.includes('--check');
for (const [language, texts] of Object.entries(TEXTS)) {
  const file = join(root, 'templates', `circular.${language}.docx`);
  const bytes = await bytesOf(texts);
  if (!isCheck) writeFileSync(file, bytes);
  else if (!bytes.equals(readFileSync(file))) {
    console.error(`${relative(root, file)} is not what ${relative(root, process.argv[1])} makes`);
    process.exitCode = 1;
  }
  if (!isCheck) console.log(relative(root, file));
}
