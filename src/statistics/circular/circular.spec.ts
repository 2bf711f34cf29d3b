import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { factsOf, late, row } from '../../../test/factories/circular-week.js';
import { partsOf, wordTextOf } from '../../../test/support/docx-text.js';
import { type Locale, LOCALES } from '../../platform/errors/message-text.js';
import { circular } from './circular.js';
import { COLUMNS, figureText } from './figure-names.js';
import { EMPTY_SAMPLE, FULL_SAMPLE } from './sample-facts.js';
import { shippedTemplate } from './shipped-templates.js';

const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Names that somebody entered to break the file, or that a paste brought along. */
const HOSTILE = `<w:p>{office}{#caseUnits} & "'\u0001\ud800 ${'很长的名称'.repeat(40)} ]]> 😀`;
const HOSTILE_WRITTEN = HOSTILE.replaceAll(/[\u0001\ud800]/g, '').replace('\ud800', '');
const LARGEST = Object.fromEntries(COLUMNS.map((column) => [column, 999_999]));
const RATES = { closureRate: 1, onTimeRate: 1, acknowledgedInTimeRate: 1, satisfactionRate: 1, score: 100 };

const worst = () => {
  const told = {
    total: { ...LARGEST, ...RATES },
    before: row('x', { ...LARGEST, ...RATES }),
    units: Array.from({ length: 40 }, () => row(HOSTILE, { ...LARGEST, ...RATES, closureRate: 0 })),
    departments: Array.from({ length: 60 }, () => row(HOSTILE, { ...LARGEST, ...RATES })),
    overdue: Array.from({ length: 1000 }, () => ({ ...late(HOSTILE, 9_999), official: HOSTILE })),
    ahead: { due: 999_999, verifying: 999_999, holdsToReview: 999_999 },
  };
  return factsOf(
    { cases: told, problems: told },
    {
      office: HOSTILE,
      issue: { number: 9_999, issuedOn: '2021-11-08', approvedBy: HOSTILE, copiesTo: [HOSTILE, HOSTILE] },
      corrections: Array.from({ length: 500 }, () => ({
        week: '2021-W43',
        subject: 'problem' as const,
        key: '610902',
        name: HOSTILE,
        column: 'score' as const,
        was: null,
        now: 99.99,
      })),
    },
  );
};

const full = new Map<Locale, Buffer>();
const empty = new Map<Locale, Buffer>();
const textOf = (made: Map<Locale, Buffer>, locale: Locale) => wordTextOf(made.get(locale) ?? Buffer.alloc(0));

beforeAll(async () => {
  for (const locale of LOCALES) {
    const template = await shippedTemplate(locale);
    full.set(locale, await circular(FULL_SAMPLE, template, locale));
    empty.set(locale, await circular(EMPTY_SAMPLE, template, locale));
  }
});

describe('the shipped templates', () => {
  it('are what their source makes', () => {
    const check = ['scripts/make-circular-templates.mjs', '--check'];
    expect(() => execFileSync(process.execPath, check, { cwd: ROOT, stdio: 'pipe' })).not.toThrow();
  });

  it.each(LOCALES)(
    '%s: nothing of a placeholder is left, in a full week and an empty one',
    async (locale) => {
      for (const made of [full, empty]) {
        const { paragraphs, tables } = await textOf(made, locale);
        expect([...paragraphs, ...tables.flat(2)].join('\n')).not.toMatch(/[{}]|undefined|null|NaN/);
      }
    },
  );

  it.each(LOCALES)('%s: hold the worst that can be in them, as it was entered', async (locale) => {
    const bytes = await circular(worst(), await shippedTemplate(locale), locale);
    const { paragraphs, tables } = await wordTextOf(bytes);
    expect(paragraphs).toContain(HOSTILE_WRITTEN);
    expect(tables.map((rows) => rows.length)).toEqual([42, 62, 51, 42, 62, 51, 51]);
    expect(tables[2]?.[1]?.slice(2, 6)).toEqual([HOSTILE_WRITTEN, '汉滨区', '市工信局', HOSTILE_WRITTEN]);
    const more = locale === 'en' ? '450 more corrections are not listed.' : '另有 450 处更正未列出。';
    expect(paragraphs).toContain(more);
  });

  it('say how many are overdue beside those listed', async () => {
    const { paragraphs } = await textOf(full, 'en');
    expect(paragraphs).toContain('Listed are the 2 most overdue of 51 enterprises; 49 more are not listed.');
  });
});

describe('the file', () => {
  it('has the figures of the tables, row by row', async () => {
    const { tables } = await textOf(full, 'zh-CN');
    const { byUnit } = FULL_SAMPLE.subjects.case;
    expect(tables[0]?.[0]?.slice(0, 2)).toEqual(['县（市、区）', '上周结转']);
    const columns = [
      'opening',
      'assigned',
      'reopened',
      'transferredIn',
      'transferredOut',
      'resolved',
    ] as const;
    for (const [index, told] of byUnit.rows.entries())
      expect(tables[0]?.[index + 1]?.slice(0, 7)).toEqual([
        told.name,
        ...columns.map((column) => figureText(column, told[column])),
      ]);
    expect(tables[0]?.at(-1)?.slice(0, 2)).toEqual(['全市', String(byUnit.total.opening)]);
  });

  it('has a heading, a number and who signed it; a draft says that it is one', async () => {
    const issued = await textOf(full, 'zh-CN');
    expect(issued.paragraphs.slice(0, 3)).toEqual([
      '停产半停产减产企业销号情况通报',
      '第 12 期',
      '专班办公室　　　　　　　　2021年11月8日',
    ]);
    expect(issued.paragraphs).toEqual(expect.arrayContaining(['签发：王主任', '抄送：市政府办公室']));
    const draft = await textOf(empty, 'zh-CN');
    expect(draft.paragraphs).toEqual(expect.arrayContaining(['（送审稿，未编号）', '签发：—', '抄送：—']));
  });

  it('is the same bytes for the same facts, whenever it is made', async () => {
    const first = full.get('zh-CN') ?? Buffer.alloc(0);
    const again = await circular(FULL_SAMPLE, await shippedTemplate('zh-CN'), 'zh-CN');
    expect(again.equals(first)).toBe(true);
    // The date of each part, as the zip's directory has it: 1 January 2000.
    const dates = [...first.toString('latin1').matchAll(/PK\u0001\u0002[^]{8}([^]{4})/g)].map(
      (match) => match[1],
    );
    expect(new Set(dates)).toEqual(new Set(['\0\0!(']));
    expect([...(await partsOf(first)).keys()][0]).toBe('[Content_Types].xml');
  });
});
