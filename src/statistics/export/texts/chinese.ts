import type { SubjectKind } from '../../../cases/lifecycle/states.js';
import type { By } from '../../table/groupings.js';
import type { FileParts } from '../file-name.js';
import { chineseColumns } from './chinese-columns.js';
import type { ExportTexts } from './export-texts.js';

const SUBJECTS: ExportTexts['subjects'] = {
  case: { name: '企业', unit: '户' },
  problem: { name: '问题', unit: '件' },
};
const TITLES: Record<SubjectKind, string> = { case: '停产半停产减产企业', problem: '企业问题诉求' };
const BYS: Record<By, { title: string; heading: string }> = {
  reportingUnit: { title: '各县区', heading: '县（市、区）' },
  leadDepartment: { title: '牵头单位', heading: '牵头单位' },
  distressType: { title: '生产状态', heading: '生产状态' },
  category: { title: '问题类别', heading: '问题类别' },
  cause: { title: '问题成因', heading: '问题成因' },
  size: { title: '企业规模', heading: '企业规模' },
  industry: { title: '行业', heading: '行业' },
  official: { title: '责任人', heading: '责任人' },
};

/** `2021 年第 44 周（…）`, `2021 年 10 月`, `2021 年第 4 季度`, `2021 年`; a range of weeks under its own name. */
const period: ExportTexts['period'] = ({ period: name, startOn, lastOn }) => {
  const [, year, kind, number] = /^(\d{4})(?:-(W|Q|)(\d{1,2}))?$/.exec(name) ?? [];
  const called = {
    W: `第 ${Number(number)} 周`,
    Q: `第 ${Number(number)} 季度`,
    '': ` ${Number(number)} 月`,
  };
  const isIn = number === undefined ? '' : called[kind as keyof typeof called];
  return `${year === undefined ? name : `${year} 年${isIn}`}（${startOn} 至 ${lastOn}）`;
};

function fileName(parts: FileParts): string {
  const whole = `${parts.isWeek ? '销号周报' : '销号统计'}-${parts.period}`;
  if (parts.table === undefined) return whole;
  const { table, subject, by } = parts;
  const { name } = SUBJECTS[subject];
  const named = {
    closure: `${name}-${BYS[by].title}`,
    overdue: `超期${name}`,
    distressed: '困难企业分布',
    targets: '目标进度',
  };
  return `${whole}-${named[table]}`;
}

export function chinese(isWeek: boolean): ExportTexts {
  const [now, last, report] = isWeek ? ['本周', '上周', '周报'] : ['本期', '上期', '统计'];
  return {
    locale: 'zh-CN',
    fonts: { body: '宋体', heading: '黑体' },
    fileName,
    pages: '&C第 &P 页，共 &N 页',
    yes: '是',
    no: '否',
    total: '全市',
    rowNames: {},
    unstated: '未注明',
    unchanged: '平',
    subjects: SUBJECTS,
    bys: BYS,
    states: {
      assigned: '已交办',
      in_progress: '办理中',
      verifying: '核查中',
      on_hold: '挂账',
      returned: '退回待重新交办',
    },
    distressTypes: { stalled: '停产', semi_stalled: '半停产', reduced_output: '减产' },
    milestones: {
      recovered: '恢复生产',
      resumed: '复产',
      capacity_restored: '复能',
      on_target: '达效',
      full_capacity: '满产',
      project_completed: '项目竣工',
      in_production: '项目投产',
    },
    bands: {
      flow: `${now}变动`,
      books: '期末在办',
      toDate: '累计',
      quality: `${now}办理质量`,
      rating: '评分',
      net: '扣除重新交办',
    },
    columns: chineseColumns(now, last),
    period,
    knownUntil: (moment) => `数据截至 ${moment}`,
    counted: (unit) => `单位：${unit}`,
    provisional: `（${now}未结束，为暂定数）`,
    weekly: {
      sheet: (number, subject, by) =>
        `${number === undefined ? '' : `表${number} `}${SUBJECTS[subject].name}·${BYS[by].title}`,
      title: (number, subject, by) =>
        `${number === undefined ? '' : `表${number}　`}${TITLES[subject]}销号${report}表（${BYS[by].title}）`,
      key: '代码',
      name: '名称',
      notes: [
        `在办＝${last}结转＋${now}新增＋重新交办＋转入－${now}销号－终止－转出；销号率＝累计销号÷（累计交办－累计终止）；按期办结率＝按期销号÷（累计销号＋在办超期）。`,
        `“—”表示没有可计算的数；累计不足 3 的只列出，不排名；“升降”为与${last}名次相比。`,
      ],
    },
    overdue: {
      sheet: (subject) => `表3 超期${SUBJECTS[subject].name}`,
      title: (subject) => `表3　超期未销号${TITLES[subject]}清单`,
      order: '按超期工作日由多到少排列',
      inSight: '只列出本账号权限范围内的',
      none: '没有超期的。',
      more: (listed) => `本表只列出前 ${listed} 行，全部清单请导出 CSV。`,
      ordinal: '序号',
      headings: {
        number: '编号',
        enterprise: '企业名称',
        creditCode: '统一社会信用代码',
        unitName: '县（市、区）',
        department: '牵头单位',
        official: '责任人',
        state: '办理状态',
        dueAt: '办理时限',
        overdueWorkingDays: '超期工作日',
        isOnHold: '是否挂账',
      },
    },
    standing: {
      sheet: '表4 困难企业分布',
      title: '表4　在办困难企业分布（按生产状态和办理状态）',
      none: '没有在办的困难企业。',
      headings: {
        unitCode: '代码',
        unitName: '县（市、区）',
        distressType: '生产状态',
        total: '合计',
      },
      production: {
        normal: '数据：正常',
        reduced_output: '数据：减产',
        semi_stalled: '数据：半停产',
        stalled: '数据：停产',
        suspected: '数据：疑似停产',
        unknown: '数据：未知',
      },
    },
    targets: {
      sheet: '表5 目标进度',
      title: '表5　专项行动目标进度',
      none: '没有设立专项行动。',
      headings: {
        name: '专项行动',
        milestone: '目标标准',
        target: '目标数',
        members: '纳入数',
        reached: '已达到',
        expected: '按进度应达到',
        isBehind: '进度',
        elapsed: '已过工作日',
        startsOn: '开始日期',
        finalOn: '截止日期',
      },
      isBehind: { true: '滞后', false: '正常' },
    },
    corrections: {
      sheet: '更正',
      title: '对以往各期的更正',
      none: '没有更正。',
      headings: {
        week: '周',
        issueNumber: '期号',
        table: '表',
        row: '行',
        column: '栏目',
        was: '原公布',
        now: '现为',
      },
    },
    charts: {
      sheet: '图表',
      title: `销号${report}图`,
      closureRate: (by) => `销号率（${by}）`,
      overdue: (by) => `在办及其中超期（${by}）`,
    },
    cover: {
      sheet: '说明',
      title: `停产半停产减产企业销号${report}`,
      facts: {
        period: '统计期',
        asOf: '数据截至',
        isProvisional: '是否暂定数',
        calendar: '工作日历',
        issue: '期号',
        publishedAt: '发布时间',
        hash: '校验值',
        timeZone: '时区',
      },
      confirmedUntil: (on) => `国务院办公厅节假日安排，已确认至 ${on}`,
      notIssued: '尚未发布',
      issueNumber: (number) => `第 ${number} 期`,
      publishedAs: (number) => `已发布第 ${number} 期；此件另行导出，以发布的为准`,
      columns: '指标',
      meaning: '含义',
    },
  };
}
