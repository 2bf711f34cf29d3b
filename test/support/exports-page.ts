import { LOCALES } from '../../src/platform/errors/message-text.js';
import { TEMPLATE_LIMITS } from '../../src/statistics/circular/circular-package.js';
import { LEAST_SCORE } from '../../src/statistics/circular/done-well.js';
import {
  TEMPLATE_VARIABLES,
  type TemplateVariable,
} from '../../src/statistics/circular/template-variables.js';
import {
  MOST_CORRECTIONS_LISTED,
  MOST_OVERDUE_LISTED,
} from '../../src/statistics/circular/template-values.js';
import { FORMAT_NAMES } from '../../src/statistics/export/formats.js';

export const EXPORTS_FILE = 'docs/exports.md';

const mebibytes = (bytes: number): string => `${bytes / 1024 / 1024} MiB`;
const pictures = (format: string): string =>
  LOCALES.map(
    (locale) =>
      `![The ${format} of a week in ${locale === 'en' ? 'English' : 'Chinese'}](export-${format}-${locale}.png)`,
  ).join('\n\n');

const WRITTEN: Record<TemplateVariable['kind'], (name: string) => string> = {
  text: (name) => `\`{${name}}\``,
  flag: (name) => `\`{#${name}}…{/${name}}\``,
  list: (name) => `\`{#${name}}…{/${name}}\``,
};
const line = ({ name, kind, says, fields }: TemplateVariable): string =>
  `| ${WRITTEN[kind](name)} | ${says['zh-CN']} | ${says.en} | ${fieldsOf(fields)} |`;

/** Lists of the same fields name them once, below the table. */
const fieldsOf = (fields: TemplateVariable['fields']): string =>
  fields === undefined
    ? ''
    : fields.length > 10
      ? 'a row’s, below'
      : fields.map(({ name }) => `\`{${name}}\``).join(' ');

function rowFields(): string {
  const rows = TEMPLATE_VARIABLES.find(({ fields }) => (fields?.length ?? 0) > 10)?.fields ?? [];
  return rows.map(({ name, says }) => `| \`{${name}}\` | ${says['zh-CN']} | ${says.en} |`).join('\n');
}

/** The page of what can be exported; what of it is code's to say comes from the code. */
export const exportsPage = (): string => `# Exports

Made by \`npm run -s docs:exports\`; a test fails where this page and the code differ.

\`GET /api/v1/statistics/weekly/{week}/export?format=&lang=&asOf=\` gives a week as ${FORMAT_NAMES.map((name) => `\`${name}\``).join(', ')}, in Chinese or English. The same query with the same \`asOf\` gives the same bytes. \`npm run test:office\` exports the example ledger’s week, has LibreOffice open every file and compares every figure with the JSON table; it needs \`soffice\` and says so where there is none. The pictures are LibreOffice’s too.

## The workbook

Every table of the week, the overdue list, the distressed enterprises by state and the targets, with charts.

${pictures('xlsx')}

## The circular 通报

Heading, number and date; the overall situation; who has done well; problems; next week; the tables; signature. Lists name what its reader may see.

${pictures('docx')}

What it says is decided by rules, and a sentence that would not be true is left out or said the other way:

- **Done well**: ranked, among the first three places and in the better half of them, ${LEAST_SCORE} points or more, a closure rate not below the city’s; equal ranks together. Beside them, who closed most in the week.
- **Problems**: the three longest overdue; the three lowest closure rates below the city’s, of those with three cases and more; whose closures were sent back.
- **Next week**: what falls due, what waits to be verified, holds whose review date comes, and what is overdue already.
- The row of what counties lead is neither praised nor blamed for its rate. At most five names stand in a sentence; ${MOST_OVERDUE_LISTED} overdue and ${MOST_CORRECTIONS_LISTED} corrections are listed, then how many more there are.

### Editing its template

1. \`GET /api/v1/statistics/circular-template/file?lang=zh-CN\` gives the template in force as a Word file.
2. Edit it in Word or LibreOffice: text, fonts, tables, pictures, headers, footers. Variables stand in braces.
3. \`PUT /api/v1/statistics/circular-template?lang=zh-CN\` with the file as \`file\` of a multipart form. It is tried out on a full week and an empty one before it is taken; what is wrong is refused by name.
4. \`DELETE\` of the same address puts the shipped one in force again. Every version is kept, with who sent it; a circular says by which it was written.

The task-force office may. A template has at most ${mebibytes(TEMPLATE_LIMITS.maxFileBytes)} (${mebibytes(TEMPLATE_LIMITS.maxUnpackedBytes)} unpacked), 1 MiB of text and 1,000 placeholders, and nothing that runs, embeds or fetches: no macros, controls or embedded objects, no links but web and mail addresses, no fields but page numbers, tables of contents and references. No code of a template is ever run.

\`{name}\` prints a variable. \`{#name}…{/name}\` repeats what stands between for each item of a list, or shows it where a flag is set; \`{^name}…{/name}\` shows it where the list is empty or the flag is not set. In a table, \`{#name}\` in the first cell and \`{/name}\` in the last repeats the row. A list stands in no other list.

| variable | 内容 | says | fields |
|---|---|---|---|
${TEMPLATE_VARIABLES.map(line).join('\n')}

Fields of a row of a table:

| field | 内容 | says |
|---|---|---|
${rowFields()}

The shipped templates, \`templates/circular.*.docx\`, are made by \`npm run templates\` from \`scripts/make-circular-templates.mjs\`.

## CSV and JSON

One table each: UTF-8 with a byte order mark, RFC 4180, no cell that a spreadsheet program would run; and the table as the API answers it.

${pictures('csv')}
`;
