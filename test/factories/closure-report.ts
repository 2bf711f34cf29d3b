import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { SubjectKind } from '../../src/cases/lifecycle/states.js';
import type { Locale } from '../../src/platform/errors/message-text.js';
import type { ClosureReport } from '../../src/statistics/export/closure-report.js';
import { weeklyWorkbook } from '../../src/statistics/export/weekly-workbook.js';
import { Words } from '../../src/statistics/export/words.js';
import type { OverdueEntry } from '../../src/statistics/tally/standing-lists.js';
import type { PeriodAnswer } from '../../src/statistics/weekly-answer.js';
import { type Asked, office, reportedStory, Story, tableOf } from './weekly-story.js';

const STORIES = [
  reportedStory('a').assigned('2021-10-20', { dueAt: '2021-11-03T18:00' }),
  reportedStory('b').assigned('2021-10-20').resolved('2021-11-03'),
  reportedStory('c').assigned('2021-11-02'),
  new Story('d', 'd-enterprise', 'xunyang').reported('2021-10-08').assigned('2021-10-20'),
];

/** A table of four cases in two units, as known on Monday 8 November 2021, 09:00. */
export const weeklyAnswer = (asked: Asked = {}, isProvisional = false): PeriodAnswer => ({
  period: '2021-W44',
  startOn: '2021-11-01',
  lastOn: '2021-11-07',
  subject: asked.subject ?? 'case',
  by: asked.by ?? 'reportingUnit',
  asOf: '2021-11-08T01:00:00.000Z',
  isProvisional,
  ...tableOf(STORIES, asked),
});

export const overdueEntry = (index: number, given: Partial<OverdueEntry> = {}): OverdueEntry => ({
  number: `AK-2021-${String(index + 1).padStart(6, '0')}`,
  subjectId: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
  enterprise: `安康市第${index + 1}水泥有限公司`,
  creditCode: '91610900MA70ABCD0X',
  unitName: '汉滨区',
  department: '市工信局',
  official: '王科长',
  state: 'in_progress',
  dueAt: new Date('2021-11-03T10:00:00Z'),
  overdueWorkingDays: 2,
  isOnHold: false,
  ...given,
});

/** Batches as a keyset reads them, made as they are asked for. */
export async function* overdueBatches(
  count: number,
  given: (index: number) => Partial<OverdueEntry> = () => ({}),
  seen: { batches: number; isEnded: boolean } = { batches: 0, isEnded: false },
): AsyncGenerator<OverdueEntry[]> {
  try {
    for (let from = 0; from < count; from += 1_000) {
      seen.batches += 1;
      const size = Math.min(1_000, count - from);
      yield Array.from({ length: size }, (_, index) => overdueEntry(from + index, given(from + index)));
    }
  } finally {
    seen.isEnded = true;
  }
}

/** What a week's files are made of, of little. */
export const closureReport = (given: Partial<ClosureReport> = {}): ClosureReport => ({
  tables: (['case', 'problem'] as const).flatMap((subject: SubjectKind) => [
    weeklyAnswer({ subject }),
    weeklyAnswer({ subject, by: 'leadDepartment' }),
  ]),
  standing: [
    {
      unitCode: '610981',
      unitName: '旬阳市',
      distressType: 'stalled',
      state: 'assigned',
      production: 'stalled',
      count: 1,
    },
    {
      unitCode: '610902',
      unitName: '汉滨区',
      distressType: 'reduced_output',
      state: 'on_hold',
      production: 'unknown',
      count: 1,
    },
    {
      unitCode: '610902',
      unitName: '汉滨区',
      distressType: 'stalled',
      state: 'in_progress',
      production: 'stalled',
      count: 2,
    },
    {
      unitCode: '610902',
      unitName: '汉滨区',
      distressType: 'stalled',
      state: 'returned',
      production: 'normal',
      count: 3,
    },
  ],
  overdue: () => overdueBatches(2),
  isInSight: false,
  campaigns: [
    {
      id: '00000000-0000-7000-8000-000000000245',
      name: '245 户停产半停产减产企业恢复达效',
      milestone: 'recovered',
      target: 245,
      members: 245,
      reached: 100,
      startsOn: '2021-09-13',
      finalOn: '2021-12-31',
      elapsedWorkingDays: 38,
      totalWorkingDays: 77,
      expected: 120.9,
      isBehind: true,
    },
  ],
  issue: null,
  calendarConfirmedUntil: '2026-12-31',
  ...given,
});

/** The bytes of a week's workbook. */
export async function workbookBytes(report: ClosureReport, locale: Locale = 'zh-CN'): Promise<Buffer> {
  const target = new PassThrough();
  const [bytes] = await Promise.all([
    buffer(target),
    weeklyWorkbook(report, new Words(locale, office), target),
  ]);
  return bytes;
}
