import type { Locale } from '../../platform/errors/message-text.js';
import { texts as english } from '../timeline/timeline-texts.en.js';
import { texts as chinese } from '../timeline/timeline-texts.zh-CN.js';

const shared = ({ words }: typeof chinese) => ({
  distressType: words['distressType'] ?? {},
  category: words['category'] ?? {},
  outcome: words['outcome'] ?? {},
});

/** Names of the values of closed lists, by language; those that the timeline names too are the timeline's. */
export const LIST_WORDS = {
  'zh-CN': {
    ...shared(chinese),
    status: {
      reported: '待交办',
      assigned: '已交办',
      in_progress: '办理中',
      verifying: '核查中',
      resolved: '已销号',
      on_hold: '挂账',
      rejected: '不予受理',
      terminated: '终止',
    },
    light: { red: '红', yellow: '黄', grey: '灰', green: '绿' },
    complexity: { simple: '简单', general: '一般', complex: '复杂' },
    cause: { government: '政府原因', market: '市场原因', enterprise: '企业自身' },
    help: { serve: '服务', coordinate: '协调', guide: '指导' },
    flag: { true: '是', false: '否' },
  },
  en: {
    ...shared(english),
    status: {
      reported: 'awaiting assignment',
      assigned: 'assigned',
      in_progress: 'in progress',
      verifying: 'being verified',
      resolved: 'closed',
      on_hold: 'on hold',
      rejected: 'rejected',
      terminated: 'terminated',
    },
    light: { red: 'red', yellow: 'yellow', grey: 'grey', green: 'green' },
    complexity: { simple: 'simple', general: 'general', complex: 'complex' },
    cause: { government: 'government', market: 'market', enterprise: 'enterprise' },
    help: { serve: 'serve', coordinate: 'coordinate', guide: 'guide' },
    flag: { true: 'yes', false: 'no' },
  },
} as const satisfies Record<Locale, Record<string, Record<string, string>>>;

export type WordList = keyof (typeof LIST_WORDS)['zh-CN'];

export const LIST_TITLES = {
  'zh-CN': {
    case: '企业纾困台账清单',
    problem: '问题诉求清单',
    caseSheet: '企业清单',
    problemSheet: '问题清单',
    note: '数据截至 {at}　共 {rows} 条',
  },
  en: {
    case: 'Enterprises in distress',
    problem: 'Problems and demands',
    caseSheet: 'Cases',
    problemSheet: 'Problems',
    note: 'As of {at}, {rows} rows',
  },
} as const satisfies Record<Locale, Record<string, string>>;
