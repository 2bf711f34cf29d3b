/** What the shipped templates of the circular say beside their variables. Widths of columns in millimetres. */

const WIDTHS = [13, 13, 12, 12, 12, 13, 12, 13, 12, 12, 15, 15, 17, 17, 16, 12];
const VARIABLES = [
  'opening',
  'assigned',
  'reopened',
  'transferredIn',
  'transferredOut',
  'resolved',
  'terminated',
  'closing',
  'onHold',
  'overdue',
  'cumulativeAssigned',
  'cumulativeResolved',
  'closureRate',
  'onTimeRate',
  'score',
  'rank',
];
const columns = (headings) => VARIABLES.map((variable, index) => [headings[index], variable, WIDTHS[index]]);
const late = (headings) =>
  ['position', 'number', 'enterprise', 'unit', 'department', 'official', 'dueOn', 'days'].map(
    (variable, index) => [headings[index], variable, [12, 36, 66, 28, 52, 22, 25, 20][index]],
  );
const corrected = (headings) =>
  ['week', 'subject', 'row', 'figure', 'published', 'corrected'].map((variable, index) => [
    headings[index],
    variable,
    [28, 28, 75, 70, 30, 30][index],
  ]);

export const TEXTS = {
  'zh-CN': {
    latin: 'Times New Roman',
    fonts: { title: '方正小标宋简体', heading: '黑体', body: '仿宋' },
    isBold: false,
    indent: { firstLineChars: 200, firstLine: 640 },
    head: { title: '停产半停产减产企业销号情况通报', issuedBy: '{office}　　　　　　　　{date}' },
    parts: ['一、总体情况', '二、工作较好的单位', '三、存在问题', '四、下周安排'],
    signed: {
      approved: '签发：{approver}',
      copies: '抄送：{copiesTo}',
      printed: '{office}　　　　　　{date}印发',
    },
    rows: ['县（市、区）', '牵头单位'],
    columns: columns([
      '上周结转',
      '本周新增',
      '重新交办',
      '转入',
      '转出',
      '本周销号',
      '终止',
      '在办',
      '挂账',
      '超期',
      '累计交办',
      '累计销号',
      '销号率',
      '按期办结率',
      '得分',
      '名次',
    ]),
    lateColumns: late([
      '序号',
      '编号',
      '企业',
      '县（市、区）',
      '牵头单位',
      '责任人',
      '办理时限',
      '超期工作日',
    ]),
    annex: {
      none: '无。',
      case: {
        tables: ['附件1　企业销号情况（各县市区，单位：户）', '附件2　企业销号情况（各牵头单位，单位：户）'],
        overdue: '附件3　超期企业名单',
      },
      problem: {
        tables: ['附件4　问题销号情况（各县市区，单位：件）', '附件5　问题销号情况（各牵头单位，单位：件）'],
        overdue: '附件6　超期问题名单',
      },
      corrections: {
        title: '附件7　以前各周数据更正',
        none: '没有更正。',
        more: '另有 {correctionsUnlisted} 处更正未列出。',
        columns: corrected(['周次', '对象', '县（市、区）或单位', '指标', '原公布', '更正为']),
      },
    },
  },
  en: {
    latin: 'Times New Roman',
    fonts: { title: 'Noto Serif CJK SC', heading: 'Noto Sans CJK SC', body: 'Noto Serif CJK SC' },
    isBold: true,
    indent: undefined,
    head: { title: 'Circular on closures', issuedBy: '{office}, {date}' },
    parts: ['1. Overall situation', '2. Done well', '3. Problems', '4. Next week'],
    signed: {
      approved: 'Approved by: {approver}',
      copies: 'Copies to: {copiesTo}',
      printed: 'Issued by {office}, {date}',
    },
    rows: ['Reporting unit', 'Lead department'],
    columns: columns([
      'Opening',
      'Assigned',
      'Reopened',
      'Moved in',
      'Moved out',
      'Closed',
      'Termi-nated',
      'On the books',
      'On hold',
      'Over-due',
      'Assigned to date',
      'Closed to date',
      'Closure rate',
      'On-time rate',
      'Score',
      'Rank',
    ]),
    lateColumns: late([
      'No.',
      'Number',
      'Enterprise',
      'Reporting unit',
      'Lead department',
      'Official',
      'Due',
      'Working days late',
    ]),
    annex: {
      none: 'None.',
      case: {
        tables: ['Annex 1. Enterprises by reporting unit', 'Annex 2. Enterprises by lead department'],
        overdue: 'Annex 3. Overdue enterprises',
      },
      problem: {
        tables: ['Annex 4. Problems by reporting unit', 'Annex 5. Problems by lead department'],
        overdue: 'Annex 6. Overdue problems',
      },
      corrections: {
        title: 'Annex 7. Corrections of earlier weeks',
        none: 'None.',
        more: '{correctionsUnlisted} more corrections are not listed.',
        columns: corrected(['Week', 'Of', 'Row', 'Figure', 'Published', 'Corrected']),
      },
    },
  },
};
