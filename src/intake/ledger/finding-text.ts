import type { Fault, RejectionCode, WarningCode } from './findings.js';

export type Locale = 'zh-CN' | 'en';

/** By code, or by `CODE.reason` where a code says more than one thing. Words in braces are parameters. */
type Texts = Readonly<Record<RejectionCode | WarningCode, string> & Record<string, string>>;

const CHINESE: Texts = {
  HEADER_UNKNOWN: '未找到表头行',
  REQUIRED_MISSING: '“{column}”未填写',
  CREDIT_CODE_INVALID: '统一社会信用代码“{value}”有误',
  ENTERPRISE_DUPLICATE: '该企业已登记在第{first}行',
  'ENTERPRISE_DUPLICATE.live_case': '该企业已有未销号的台账',
  REPORTING_UNIT_UNKNOWN: '没有“{value}”这一县区',
  DISTRESS_TYPE_UNKNOWN: '“{value}”不是停产、半停产或减产',
  DATE_INVALID: '“{column}”的“{value}”不是有效的日期或时限',
  'DATE_INVALID.future': '“{column}”晚于今天',
  'DATE_INVALID.before_assigned': '“{column}”早于交办日期',
  'DATE_INVALID.before_acknowledged': '“{column}”早于签收日期',
  'DATE_INVALID.not_closed': '未销号却填写了“{column}”',
  RESOLVED_BEFORE_ASSIGNED: '销号日期早于交办日期',
  DEPARTMENT_UNKNOWN: '没有“{value}”这一单位',
  'DEPARTMENT_UNKNOWN.inactive': '“{value}”已停用',
  'DEPARTMENT_UNKNOWN.leads_nothing': '“{value}”不牵头办理',
  OFFICIAL_UNKNOWN: '{department}没有“{value}”',
  'OFFICIAL_UNKNOWN.inactive': '{department}的“{value}”已离岗',
  CASE_UNKNOWN: '“{value}”没有在办的台账',
  'CASE_UNKNOWN.ambiguous': '名为“{value}”的企业不止一家',
  ENTERPRISE_UNKNOWN: '没有统一社会信用代码为“{value}”的企业',
  NUMBER_INVALID: '“{column}”不是有效的数字',
  CATEGORY_UNKNOWN: '“{value}”不是已知的问题类别',
  VALUE_UNKNOWN: '“{column}”的“{value}”无法识别',
  ROW_CONFLICT: '“{column}”与已登记的“{known}”不一致',
  'ROW_CONFLICT.not_current': '该次交办已被重新交办取代，不能再补填“{column}”',
  'ROW_CONFLICT.state': '当前状态（{known}）下不能补填“{column}”',
  'ROW_CONFLICT.too_early': '“{column}”早于已登记的最近一次办理（{known}）',
  'ROW_CONFLICT.same_file': '与第{first}行重复',
  'ROW_CONFLICT.january_february': '“{column}”与1月、2月分别填报的数据不一致',
  'ROW_CONFLICT.year_to_date': '由累计数推算的“{column}”与本表当月数{known}不一致',
  STATISTICAL_SOURCE_REFUSED:
    '“{value}”属于统计调查数据，依照《统计法》只能用于统计目的，不予接收；请向企业、供电公司采集，或现场核查取得',
  YEAR_TO_DATE_GAP: '缺少{months}的数据，无法由累计数推算“{column}”',
  YEAR_TO_DATE_FELL: '“{column}”的累计数小于截至{month}已知的{known}，如前期有误请先更正',
  'ROW_CONFLICT.unclosed': '尚未销号，不能登记“{column}”',
  PHONE_INVALID: '“{column}”不是有效的电话号码，号码未采用',
  EMAIL_INVALID: '“{column}”不是有效的邮箱，未采用',
  RATING_UNCLOSED: '尚未销号，“{column}”未采用',
};

const ENGLISH: Texts = {
  HEADER_UNKNOWN: 'no header row was found',
  REQUIRED_MISSING: '“{column}” is empty',
  CREDIT_CODE_INVALID: 'the credit code “{value}” is not valid',
  ENTERPRISE_DUPLICATE: 'the enterprise already stands in row {first}',
  'ENTERPRISE_DUPLICATE.live_case': 'the enterprise already has a live case',
  REPORTING_UNIT_UNKNOWN: 'there is no reporting unit “{value}”',
  DISTRESS_TYPE_UNKNOWN: '“{value}” is none of stalled, semi-stalled, reduced output',
  DATE_INVALID: '“{value}” in “{column}” is not a date or limit',
  'DATE_INVALID.future': '“{column}” is later than today',
  'DATE_INVALID.before_assigned': '“{column}” is before the assignment',
  'DATE_INVALID.before_acknowledged': '“{column}” is before the sign-for',
  'DATE_INVALID.not_closed': '“{column}” is filled in although the row is not closed',
  RESOLVED_BEFORE_ASSIGNED: 'closed before it was assigned',
  DEPARTMENT_UNKNOWN: 'there is no department “{value}”',
  'DEPARTMENT_UNKNOWN.inactive': '“{value}” is no longer active',
  'DEPARTMENT_UNKNOWN.leads_nothing': '“{value}” leads nothing',
  OFFICIAL_UNKNOWN: 'there is no “{value}” in {department}',
  'OFFICIAL_UNKNOWN.inactive': '“{value}” of {department} is no longer active',
  CASE_UNKNOWN: '“{value}” has no live case',
  'CASE_UNKNOWN.ambiguous': 'more than one enterprise is called “{value}”',
  ENTERPRISE_UNKNOWN: 'there is no enterprise with the credit code “{value}”',
  NUMBER_INVALID: '“{column}” is not a number',
  CATEGORY_UNKNOWN: '“{value}” is not a known category',
  VALUE_UNKNOWN: '“{value}” in “{column}” is not understood',
  ROW_CONFLICT: '“{column}” differs from what is known: “{known}”',
  'ROW_CONFLICT.not_current': 'superseded by a later assignment: “{column}” can no longer be filled in',
  'ROW_CONFLICT.state': '“{column}” cannot be filled in while the state is {known}',
  'ROW_CONFLICT.too_early': '“{column}” is before the last known event ({known})',
  'ROW_CONFLICT.same_file': 'repeats row {first}',
  'ROW_CONFLICT.january_february': '“{column}” does not agree with January and February told apart',
  'ROW_CONFLICT.year_to_date': 'the year to date makes “{column}” another than this sheet says: {known}',
  STATISTICAL_SOURCE_REFUSED:
    '“{value}” are statistical survey returns, which by the Statistics Law serve statistics alone: collect from the enterprise, the grid company or a site check',
  YEAR_TO_DATE_GAP: '“{column}” cannot be told from the year to date while {months} are unknown',
  YEAR_TO_DATE_FELL:
    'the year to date in “{column}” is less than the {known} known through {month}: correct that first',
  'ROW_CONFLICT.unclosed': 'not closed: “{column}” cannot be taken',
  PHONE_INVALID: '“{column}” is not a telephone number and was left out',
  EMAIL_INVALID: '“{column}” is not an e-mail address and was left out',
  RATING_UNCLOSED: 'not closed: “{column}” was left out',
};

const BY_LOCALE: Readonly<Record<Locale, Texts>> = { 'zh-CN': CHINESE, en: ENGLISH };

/** What a finding says to people. */
export function findingText(fault: Fault<RejectionCode | WarningCode>, locale: Locale): string {
  const texts = BY_LOCALE[locale];
  const text =
    (fault.reason === undefined ? undefined : texts[`${fault.code}.${fault.reason}`]) ?? texts[fault.code];
  const words: Record<string, string | number> = { column: fault.column ?? '', ...fault.params };
  return text.replace(/\{(\w+)\}/g, (_, word: string) => String(words[word] ?? ''));
}
