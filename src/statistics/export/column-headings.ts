import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { WeeklyColumns } from '../table/columns.js';

/** How a figure is written: a whole number, a share, a mean of days, points, a place, a move of places. */
export type Figure = 'count' | 'rate' | 'days' | 'score' | 'rank' | 'rankChange';

export interface ColumnHeading {
  column: keyof WeeklyColumns;
  band: string;
  /** Broken into lines as it stands in a narrow column. */
  heading: string;
  figure: Figure;
  /** The total is the sum of the rows. */
  isSummed: boolean;
  /** Where not both subjects have it. */
  only?: SubjectKind;
}

const count = (
  band: string,
  column: keyof WeeklyColumns,
  heading: string,
  only?: SubjectKind,
): ColumnHeading => ({
  column,
  band,
  heading,
  figure: 'count',
  isSummed: true,
  ...(only && { only }),
});
const other = (
  band: string,
  column: keyof WeeklyColumns,
  heading: string,
  figure: Figure,
): ColumnHeading => ({
  column,
  band,
  heading,
  figure,
  isSummed: false,
});

const HEADINGS: readonly ColumnHeading[] = [
  count('本周变动', 'opening', '上周\n结转'),
  count('本周变动', 'assigned', '本周\n新增'),
  count('本周变动', 'reopened', '重新\n交办'),
  count('本周变动', 'transferredIn', '转入'),
  count('本周变动', 'transferredOut', '转出'),
  count('本周变动', 'resolved', '本周\n销号'),
  count('本周变动', 'recovered', '其中：\n恢复\n生产', 'case'),
  count('本周变动', 'solved', '其中：\n已\n解决', 'problem'),
  count('本周变动', 'explained', '其中：\n解释\n说明'),
  count('本周变动', 'unstated', '其中：\n未\n注明'),
  count('本周变动', 'terminated', '终止'),
  count('期末在办', 'closing', '在办'),
  count('期末在办', 'onHold', '挂账'),
  count('期末在办', 'overdue', '超期'),
  other('期末在办', 'longestOverdueWorkingDays', '最长\n超期\n工作日', 'count'),
  count('累计', 'cumulativeAssigned', '累计\n交办'),
  count('累计', 'cumulativeResolved', '累计\n销号'),
  other('累计', 'closureRate', '销号率', 'rate'),
  other('累计', 'onTimeRate', '按期\n办结率', 'rate'),
  other('本周办理质量', 'meanHandlingWorkingDays', '平均\n办理\n工作日', 'days'),
  other('本周办理质量', 'acknowledgedInTimeRate', '签收\n及时率', 'rate'),
  count('本周办理质量', 'sentBack', '退回\n重办'),
  count('本周办理质量', 'extended', '延期'),
  other('本周办理质量', 'satisfactionRate', '满意率', 'rate'),
  other('评分', 'score', '得分', 'score'),
  other('评分', 'rank', '名次', 'rank'),
  other('评分', 'rankChange', '升降', 'rankChange'),
];

export const headingsFor = (subject: SubjectKind): ColumnHeading[] =>
  HEADINGS.filter(({ only }) => only === undefined || only === subject);

/** An empty denominator: neither 0 % nor 100 %. */
export const NOTHING_TO_SAY = '—';
export const TOTAL_NAME = '全市';
