/** The sheets of a ledger, and how their columns are headed: the usual heading first, then others in use. */
export const SHEET_KINDS = ['directory', 'cases', 'problems', 'production'] as const;
export type SheetKind = (typeof SHEET_KINDS)[number];

export const SHEET_NAMES: Readonly<Record<SheetKind, string>> = {
  directory: '通讯录',
  cases: '停产半停产减产企业清单',
  problems: '问题诉求责任清单',
  production: '生产月报',
};

const CREDIT_CODE = '统一社会信用代码 社会信用代码 统一信用代码 信用代码';
const ENTERPRISE_NAME = '企业名称 企业全称 企业';
const LEAD = '牵头单位 牵头部门 责任单位';
const OFFICIAL = '责任人 具体责任人';
const ASSIGNED = '交办日期 交办时间';
const LIMIT = '办理时限 办结时限 办理期限 办结期限 完成时限';
const RESOLVED = '销号日期 销号时间';
const UNIT = '所属县区 所属区县 县区 区县 属地';
const PHONE = '联系电话 电话 联系方式 手机 手机号 手机号码';

const HEADINGS = {
  directory: {
    number: '序号',
    department: '单位 单位名称 部门 部门名称',
    level: '层级 级别',
    unit: UNIT,
    name: '姓名',
    post: '职务 职务职称',
    phone: `手机 手机号 手机号码 ${PHONE}`,
    email: '邮箱 电子邮箱 电子邮件 邮件 email e-mail',
  },
  cases: {
    number: '序号',
    name: ENTERPRISE_NAME,
    creditCode: CREDIT_CODE,
    unit: UNIT,
    industry: '行业 所属行业 行业类别',
    size: '规模 企业规模',
    isAboveScale: '是否规上 是否规上企业 规上企业 规上',
    isKey: '是否重点骨干 是否重点骨干企业 是否重点企业 是否重点 重点骨干',
    distressType: '生产状态 停减产状态 企业状态 状态',
    startedOn: '停减产起始时间 停减产时间 停减产起始日期 停减产日期',
    employees: '从业人员 从业人数 从业人员数 职工人数',
    baseline: '正常月产值 正常月均产值',
    lastOutput: '上月产值',
    leader: '包联领导 包抓领导 包联市级领导',
    lead: LEAD,
    official: OFFICIAL,
    contact: '企业联系人 联系人',
    phone: PHONE,
    assignedOn: ASSIGNED,
    acknowledgedOn: '签收日期 签收时间',
    limit: LIMIT,
    resolvedOn: RESOLVED,
    note: '备注 说明',
  },
  problems: {
    number: '序号',
    name: ENTERPRISE_NAME,
    text: '问题描述 问题诉求 问题及诉求 问题和诉求 存在问题 问题',
    category: '问题类别 问题类型 类别',
    cause: '成因 问题成因 原因',
    lead: LEAD,
    co: '配合单位 配合部门 协办单位',
    official: OFFICIAL,
    assignedOn: ASSIGNED,
    limit: `办结时限 办结期限 ${LIMIT}`,
    isClosed: '是否销号 是否办结',
    resolvedOn: RESOLVED,
    rating: '企业评价 评价 满意度',
  },
  production: {
    number: '序号',
    creditCode: CREDIT_CODE,
    name: ENTERPRISE_NAME,
    metric: '指标 指标名称',
    source: '数据来源 来源 填报来源',
  },
} as const satisfies Record<SheetKind, Record<string, string>>;

export type ColumnOf<Kind extends SheetKind> = keyof (typeof HEADINGS)[Kind] & string;

const WORDS: Readonly<Record<SheetKind, ReadonlyMap<string, readonly string[]>>> = {
  directory: wordsOf(HEADINGS.directory),
  cases: wordsOf(HEADINGS.cases),
  problems: wordsOf(HEADINGS.problems),
  production: wordsOf(HEADINGS.production),
};

function wordsOf(headings: Readonly<Record<string, string>>): ReadonlyMap<string, readonly string[]> {
  return new Map(Object.entries(headings).map(([column, words]) => [column, words.split(' ')]));
}

/** Column → its headings. */
export const headingsOf = (kind: SheetKind): ReadonlyMap<string, readonly string[]> => WORDS[kind];
