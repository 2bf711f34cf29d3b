import type { Locale } from '../../platform/errors/message-text.js';
import type { ProductionStatus } from '../rules/statuses.js';
import { judgementText, relapseText } from '../rules/words/wording.js';
import type { CandidateKind, Evidence } from './candidate-terms.js';

interface EvidenceTexts {
  kinds: Record<CandidateKind, string>;
  statuses: Record<ProductionStatus, string>;
  /** `{kind}`, `{month}`, `{status}`; `{why}`: which months and figures. */
  judged: string;
  seen: string;
}

const TEXTS: Record<Locale, EvidenceTexts> = {
  'zh-CN': {
    kinds: { new_distress: '新增困难', worsening: '情况恶化', suspected: '用电异常', relapse: '反弹' },
    statuses: {
      normal: '正常',
      reduced_output: '减产',
      semi_stalled: '半停产',
      stalled: '停产',
      suspected: '疑似停产',
      unknown: '不明',
    },
    judged: '监测线索（{kind}）：{month} 生产状态判定为{status}。{why}',
    seen: '回访线索（{kind}）：{month} 销号后回访发现生产{status}。',
  },
  en: {
    kinds: {
      new_distress: 'new distress',
      worsening: 'worsening',
      suspected: 'electricity fell',
      relapse: 'relapse',
    },
    statuses: {
      normal: 'normal',
      reduced_output: 'reduced output',
      semi_stalled: 'semi-stalled',
      stalled: 'stalled',
      suspected: 'suspected stop',
      unknown: 'unknown',
    },
    judged: 'Detection ({kind}): of {month} production is judged: {status}. {why}',
    seen: 'Follow-up ({kind}): in {month}, after the closure, production was seen: {status}.',
  },
};

/** What speaks for a candidate, in words. */
export function evidenceText(kind: CandidateKind, evidence: Evidence, locale: Locale): string {
  const texts = TEXTS[locale];
  const { status, month, rule, facts } = evidence;
  const holes: Record<string, string> = {
    kind: texts.kinds[kind],
    month,
    status: texts.statuses[status],
    why:
      rule === 'follow_up'
        ? ''
        : rule === 'relapse'
          ? relapseText(facts, locale)
          : judgementText(rule, facts, locale),
  };
  const text = rule === 'follow_up' ? texts.seen : texts.judged;
  return text.replace(/\{(\w+)\}/g, (_, hole: string) => holes[hole] ?? '');
}
