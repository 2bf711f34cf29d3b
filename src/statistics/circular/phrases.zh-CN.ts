import type { SubjectKind } from '../../cases/lifecycle/states.js';
import type { Chosen } from './chosen.js';
import type { OverdueLine } from './circular-facts.js';
import { LEAST_SCORE } from './done-well.js';
import { FIGURE_NAMES, percent } from './figure-names.js';
import type { Phrases, Rows, Tally } from './phrases.js';
import type { Week } from '../week.js';

const UNIT: Record<SubjectKind, string> = { case: '户', problem: '件' };
const SUBJECT: Record<SubjectKind, string> = { case: '停产半停产减产企业', problem: '企业问题诉求' };
const SHORT: Record<SubjectKind, string> = { case: '企业', problem: '问题' };
const TABLE: Record<Rows, string> = { units: '县（市、区）', departments: '牵头单位' };

const date = (on: string): string => `${on.slice(0, 4)}年${Number(on.slice(5, 7))}月${Number(on.slice(8))}日`;
const day = (on: string): string => date(on).slice(5);
const days = ({ mondayOn, sundayOn }: Week): string => `${day(mondayOn)}至${day(sundayOn)}`;
const counted = (subject: SubjectKind, count: number): string => `${count} ${UNIT[subject]}`;
const tallied = (subject: SubjectKind, tallies: readonly Tally[]): string =>
  tallies
    .map(({ column, count }) => `${FIGURE_NAMES[column]['zh-CN']} ${counted(subject, count)}`)
    .join('、');
/** The names, and how many are not among them. */
const listed = <Item>({ named, unnamed }: Chosen<Item>, say: (item: Item) => string): string =>
  named.map(say).join('、') + (unnamed > 0 ? `，另有 ${unnamed} 个` : '');
const moved = (subject: SubjectKind, name: string, by: number): string =>
  by === 0 ? `${name}持平` : `${name}${by > 0 ? '增加' : '减少'} ${counted(subject, Math.abs(by))}`;
const late = ({ overdueWorkingDays: count }: OverdueLine): string =>
  count === 0 ? '超期不足 1 个工作日' : `超期 ${count} 个工作日`;

export const CHINESE: Phrases = {
  locale: 'zh-CN',
  paragraph: (sentences) => sentences.join(''),
  issueLine: (issue, publishedIn) => {
    if (issue !== null) return `第 ${issue.number} 期`;
    return publishedIn === null
      ? '（送审稿，未编号）'
      : `（本周已发布第 ${publishedIn} 期，此件另行生成，以发布的为准）`;
  },
  date,
  weekLine: (week) => `${week.name.slice(0, 4)}年第${Number(week.name.slice(6))}周（${days(week)}）`,
  knownLine: (knownUntil) => `数据截至 ${knownUntil}`,
  provisional: '本周未结束，为暂定数。',
  subject: SUBJECT,
  table: TABLE,
  countyLed: '县区牵头',
  andMore: (shown, all, subject, isWhole) =>
    shown === 0
      ? `超期${SHORT[subject]}共 ${counted(subject, all)}，本件不列名单。`
      : isWhole
        ? `以上列出超期时间最长的 ${counted(subject, shown)}，另有 ${counted(subject, all - shown)}未列出，共 ${counted(subject, all)}。`
        : `全市超期 ${counted(subject, all)}，以上只列出读者有权查看的 ${counted(subject, shown)}。`,
  copies: (offices) => offices.join('、'),

  until: (week, knownUntil) => (knownUntil === null ? `截至${day(week.sundayOn)}` : `截至 ${knownUntil}`),
  neverAssigned: (until, subject) => `${until}，全市尚未交办${SUBJECT[subject]}。`,
  allTerminated: (until, subject, assigned) =>
    `${until}，全市累计交办${SUBJECT[subject]} ${counted(subject, assigned)}，均已终止。`,
  cumulative: (until, subject, { cumulativeAssigned, cumulativeResolved, closureRate }) =>
    `${until}，全市累计交办${SUBJECT[subject]} ${counted(subject, cumulativeAssigned)}，累计销号 ${counted(subject, cumulativeResolved)}，销号率 ${percent(closureRate)}。`,
  nothingOnBooks: (subject) => `没有在办的${SHORT[subject]}。`,
  onBooks(subject, closing, of, longest) {
    const isLate = of.some(({ column }) => column === 'overdue');
    const among = of.length > 0 ? `，其中${tallied(subject, of)}` : '';
    const end = isLate
      ? longest > 0
        ? `，最长超期 ${longest} 个工作日`
        : '，均不足 1 个工作日'
      : '，没有超期';
    return `在办 ${counted(subject, closing)}${among}${end}。`;
  },
  flow(subject, flows, outcomes) {
    if (flows.length === 0) return `本周${SHORT[subject]}没有新增，没有销号。`;
    const told = outcomes.length > 0 ? `；销号中${tallied(subject, outcomes)}` : '；没有销号';
    return `本周${SHORT[subject]}变动：${tallied(subject, flows)}${told}。`;
  },
  netOfWeek: (subject, gross, net) =>
    `本周销号 ${gross} 次，扣除重新交办的，净销号 ${counted(subject, net)}。`,
  netToDate: (subject, gross, net) =>
    `累计销号 ${gross} 次，扣除重新交办的，净销号 ${counted(subject, net)}。`,
  meanHandling: (subject, count) => `本周销号的${SHORT[subject]}平均办理 ${count} 个工作日。`,
  nothingBefore: (subject) => `上周末以前没有交办过${SHORT[subject]}，不作比较。`,
  compared(subject, { closing, overdue, resolved, closureRate }, isWhole) {
    const parts = [moved(subject, '在办', closing), moved(subject, '超期', overdue)];
    if (closureRate !== null)
      parts.push(
        closureRate === 0
          ? '销号率持平'
          : `销号率${closureRate > 0 ? '上升' : '下降'} ${(Math.abs(closureRate) / 100).toFixed(2)} 个百分点`,
      );
    const flow =
      resolved === 0
        ? '；本周销号数与上周相同'
        : `；本周销号比上周${resolved > 0 ? '多' : '少'} ${counted(subject, Math.abs(resolved))}`;
    return `与上周末相比，${parts.join('，')}${isWhole ? flow : ''}。`;
  },

  commended: (of, rows) =>
    `${TABLE[of]}综合得分居前的有：${listed(rows, ({ name, rank, score }) => `${name}（第 ${rank} 名，${score.toFixed(2)} 分）`)}。`,
  closedMost: (of, rows) =>
    `本周销号较多的${TABLE[of]}有：${listed(rows, ({ name, resolved }) => `${name} ${counted('case', resolved)}`)}。`,
  nobodyCommended: `本周没有达到通报表扬条件的县（市、区）和牵头单位（条件：名次居前三且在前一半，得分不低于 ${LEAST_SCORE} 分，销号率不低于全市）。`,

  noneOverdue: (subject) => `没有超期的${SHORT[subject]}。`,
  longestOverdue: (subject, { named }, isWhole) =>
    `${isWhole ? '' : '读者有权查看的范围内，'}超期时间最长的${SHORT[subject]}：${named.map((line) => `${line.enterprise}（${line.number}，${line.unitName}，${line.department}牵头，${late(line)}）`).join('、')}。`,
  overdue: (subject, count) => `超期${SHORT[subject]} ${counted(subject, count)}。`,
  lowestRates: (of, city, rows) =>
    `企业销号率低于全市（${percent(city)}）且最低的${TABLE[of]}：${listed(rows, ({ name, closureRate }) => `${name}（${percent(closureRate)}）`)}。`,
  sentBack: (subject, count, rows) =>
    `本周${SHORT[subject]}退回重办 ${counted(subject, count)}：${listed(rows, ({ name, sentBack }) => `${name} ${counted(subject, sentBack)}`)}。`,
  noneSentBack: (subject) => `本周没有退回重办的${SHORT[subject]}。`,

  due: (week, subject, count) => `下周（${days(week)}）到期的${SHORT[subject]} ${counted(subject, count)}。`,
  noneDue: (week, subject) => `下周（${days(week)}）没有到期的${SHORT[subject]}。`,
  verifying: (subject, count) => `等待核查的${SHORT[subject]} ${counted(subject, count)}，请按时限核查。`,
  holdsToReview: (week, subject, count) =>
    `挂账的${SHORT[subject]}有 ${counted(subject, count)}在下周（${days(week)}）到复核日，请提前研究。`,
  stillOverdue: (subject, count) =>
    `已超期的${SHORT[subject]} ${counted(subject, count)}，请牵头单位抓紧办结。`,
};
