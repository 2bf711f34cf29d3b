import type { RatingValue } from '../../../cases/rating.entity.js';
import type { Cause, DistressType, ProblemCategory } from '../../../cases/lifecycle/states.js';
import type { SizeClass } from '../../../enterprises/enterprise.entity.js';
import type { DepartmentLevel } from '../../../organization/department.entity.js';
import type { OfficialDuty } from '../../../organization/official.entity.js';
import type { CellValue } from '../../workbook/cell-value.js';
import { INVALID, type Reading } from './reading.js';
import { readCompact } from './text.js';

/** Each meaning with its words, blanks between them: the usual one first, which is also the one that is written. */
type Meanings<T> = ReadonlyArray<readonly [T, string]>;

/** The usual word for each meaning. */
const usualWords = <T extends string>(meanings: Meanings<T>): ReadonlyMap<T, string> =>
  new Map(meanings.map(([meaning, words]) => [meaning, words.split(' ', 1)[0] ?? '']));

/** Reads one of a closed set of words; `ending` may follow any of them. */
function wordReader<T>(meanings: Meanings<T>, ending = /$/): (cell: CellValue | undefined) => Reading<T> {
  const known = new Map<string, T>();
  for (const [meaning, words] of meanings) for (const word of words.split(' ')) known.set(word, meaning);
  return (cell) => {
    const text = readCompact(cell).toLowerCase();
    if (text === '') return null;
    return known.get(text) ?? known.get(text.replace(ending, '')) ?? INVALID;
  };
}

export const readFlag = wordReader<boolean>([
  [true, '是 √ ✓ ✔ y yes'],
  [false, '否 不是 × ✗ x n no'],
]);

/** Whether a problem is struck off. */
export const readClosedFlag = wordReader<boolean>([
  [true, '是 √ ✓ ✔ 已销号 已办结 已解决 销号'],
  [false, '否 × ✗ 未销号 未办结 未解决 在办 办理中 正在办理'],
]);

const DISTRESS_TYPE: Meanings<DistressType> = [
  ['stalled', '停产 全停产 全面停产 完全停产 全部停产'],
  ['semi_stalled', '半停产 部分停产'],
  ['reduced_output', '减产'],
];
export const readDistressType = wordReader(DISTRESS_TYPE, /企业$/);
export const DISTRESS_TYPE_WORDS = usualWords(DISTRESS_TYPE);

const SIZE_CLASS: Meanings<SizeClass> = [
  ['large', '大'],
  ['medium', '中'],
  ['small', '小'],
  ['micro', '微'],
];
export const readSizeClass = wordReader(SIZE_CLASS, /型?(?:企业)?$/);
export const SIZE_CLASS_WORDS = usualWords(SIZE_CLASS);

const LEVEL: Meanings<DepartmentLevel> = [
  ['city', '市级 市 市直'],
  ['county', '县级 县区级 区县级 县(区)级 区级 县 区'],
  ['town', '镇级 乡镇级 镇办级 镇街级 镇 乡镇'],
];
export const readLevel = wordReader(LEVEL);
export const LEVEL_WORDS = usualWords(LEVEL);

const CATEGORY: Meanings<ProblemCategory> = [
  ['land', '土地 用地'],
  ['funds', '资金 融资 贷款'],
  ['resources', '资源 原材料 原料'],
  ['environment', '环境 环保 环评 生态环境'],
  ['labour', '用工 招工 劳动力 人力'],
  ['energy', '用能 能源 用电 用气 能耗'],
  ['logistics', '物流 运输 交通运输 交通物流'],
  ['market', '市场订单 市场 订单 销售'],
  ['permits', '审批 手续 证照 行政审批 审批手续 手续证照'],
  ['arrears', '账款拖欠 拖欠账款 欠款 拖欠'],
  ['technology', '技术 科技 技改'],
  ['other', '其他 其它'],
];
export const readCategory = wordReader(CATEGORY, /(?:类|问题|方面|要素|类问题)$/);
export const CATEGORY_WORDS = usualWords(CATEGORY);

const CAUSE: Meanings<Cause> = [
  ['government', '政府'],
  ['market', '市场'],
  ['enterprise', '企业 企业自身 自身'],
];
export const readCause = wordReader(CAUSE, /(?:原因|因素|类|方面)$/);
export const CAUSE_WORDS = usualWords(CAUSE);

const RATING: Meanings<RatingValue> = [
  ['very_satisfied', '非常满意 很满意 十分满意'],
  ['satisfied', '满意'],
  ['fairly_satisfied', '基本满意 较满意 比较满意'],
  ['dissatisfied', '不满意'],
  ['very_dissatisfied', '非常不满意 很不满意 十分不满意'],
];
export const readRating = wordReader(RATING);
export const RATING_WORDS = usualWords(RATING);

/** The post decides which reminders reach a person; whoever is not plainly a head, liaison or leader handles. */
const POSTS: ReadonlyArray<readonly [OfficialDuty, RegExp]> = [
  ['leader', /^市(?:级领导|委书记|委副书记|长|委常委)|^(?:常务)?副市长$|^市人大|^市政协/],
  ['liaison', /联络员/],
  ['head', /^(?:党组书记|书记|局长|主任|行长|会长|经理|总经理|区长|县长|镇长)(?:$|[、(])/],
];

export const dutyOf = (post: string): OfficialDuty =>
  POSTS.find(([, form]) => form.test(post))?.[0] ?? 'handler';
