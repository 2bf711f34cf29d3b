import type { Locale } from '../../platform/errors/message-text.js';
import type { CandidateKind } from '../detection/candidate-terms.js';
import { PRODUCTION_STATUSES, type ProductionStatus } from '../rules/statuses.js';
import type { StandingView } from './preview.dto.js';
import { standingView } from './preview-view.js';
import type { WhatIfAnswer } from './what-if.js';
import type { AskedEnterprise } from './what-if-report.js';

interface WhatIfTexts {
  statuses: Record<ProductionStatus, string>;
  kinds: Record<CandidateKind, string>;
  heading(asOf: string, enterprises: number, version: number): string;
  unit: string;
  distressed(count: number): string;
  candidates(count: number): string;
  differing(count: number): string;
  change(holds: string, asked: string): string;
  /** One enterprise with what is said of it. */
  line(enterprise: string, said: string): string;
  why(status: string, words: string): string;
  nothingKnown(asOf: string): string;
}

const TEXTS: Readonly<Record<Locale, WhatIfTexts>> = {
  'zh-CN': {
    statuses: {
      normal: '正常',
      reduced_output: '减产',
      semi_stalled: '半停产',
      stalled: '停产',
      suspected: '疑似停产',
      unknown: '不明',
    },
    kinds: { new_distress: '新增困难', worsening: '情况恶化', suspected: '用电异常', relapse: '反弹' },
    heading: (asOf, enterprises, version) =>
      `${asOf}：${enterprises} 家有数据的企业；对比现行参数第 ${version} 版。`,
    unit: '填报单位',
    distressed: (count) => `困难企业 ${count} 家：`,
    candidates: (count) => `将提示线索 ${count} 条：`,
    differing: (count) => `与现行不同 ${count} 家：`,
    change: (holds, asked) => `${holds} → ${asked}`,
    line: (enterprise, said) => `  ${enterprise}：${said}`,
    why: (status, words) => `${status}。${words}`,
    nothingKnown: (asOf) => `${asOf} 及以前没有任何数据。`,
  },
  en: {
    statuses: {
      normal: 'normal',
      reduced_output: 'reduced output',
      semi_stalled: 'semi-stalled',
      stalled: 'stalled',
      suspected: 'suspected',
      unknown: 'unknown',
    },
    kinds: {
      new_distress: 'new distress',
      worsening: 'worsening',
      suspected: 'suspected',
      relapse: 'relapse',
    },
    heading: (asOf, enterprises, version) =>
      `${asOf}: ${enterprises} enterprises with figures, compared with version ${version} of the parameters in force.`,
    unit: 'reporting unit',
    distressed: (count) => `In distress: ${count}`,
    candidates: (count) => `Candidates that would be raised: ${count}`,
    differing: (count) => `Otherwise than now: ${count}`,
    change: (holds, asked) => `${holds} → ${asked}`,
    line: (enterprise, said) => `  ${enterprise}: ${said}`,
    why: (status, words) => `${status}. ${words}`,
    nothingKnown: (asOf) => `No figures are known of ${asOf} or the months before it.`,
  },
};

/** That there is nothing to judge. */
export const nothingKnown = (asOf: string, locale: Locale): string => TEXTS[locale].nothingKnown(asOf);

/** An answer as a terminal shows it. */
export function whatIfWording({ asOf, policyVersion, report }: WhatIfAnswer, locale: Locale): string {
  const texts = TEXTS[locale];
  const head = [texts.unit, ...PRODUCTION_STATUSES.map((status) => texts.statuses[status])];
  const rows = report.counts.map(({ unitCode, unitName, statuses }) => [
    `${unitCode} ${unitName}`,
    ...PRODUCTION_STATUSES.map((status) => String(statuses[status])),
  ]);
  const named = ({ name, creditCode, unitName }: AskedEnterprise): string =>
    `${name} ${creditCode} ${unitName}`;
  const saying = ({ status, candidates }: StandingView): string =>
    [texts.statuses[status], ...candidates.map((kind) => texts.kinds[kind])].join(' + ');
  const standings = report.standings.map(({ enterprise, judged }) => {
    const { words } = standingView({ judged, candidates: [] }, locale);
    return texts.line(named(enterprise), texts.why(texts.statuses[judged.status], words));
  });
  const candidates = report.candidates.map(({ enterprise, kind }) =>
    texts.line(named(enterprise), texts.kinds[kind]),
  );
  const differences = report.differences.map((difference) => {
    const [holds, asked] = [difference.holds, difference.asked].map((one) => standingView(one, locale));
    if (holds === undefined || asked === undefined) return '';
    const change = texts.change(saying(holds), saying(asked));
    return `${texts.line(named(difference.enterprise), change)}\n    ${asked.words}`;
  });
  return [
    texts.heading(asOf, report.enterprises, policyVersion),
    ...[head, ...rows].map((cells) => cells.join('\t')),
    texts.distressed(report.distressed),
    ...standings,
    texts.candidates(report.raised),
    ...candidates,
    texts.differing(report.differing),
    ...differences,
  ].join('\n');
}
