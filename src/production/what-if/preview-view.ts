import type { Locale } from '../../platform/errors/message-text.js';
import { judgementText } from '../rules/words/wording.js';
import type { ProductionPreviewView, StandingView } from './preview.dto.js';
import type { Standing } from './standing.js';
import type { WhatIfAnswer } from './what-if.js';
import { statusOf } from './what-if-report.js';

export const previewView = (
  { asOf, policyVersion, isComplete, report }: WhatIfAnswer,
  locale: Locale,
): ProductionPreviewView => ({
  asOf,
  policyVersion,
  isComplete,
  enterprises: report.enterprises,
  distressed: report.distressed,
  candidates: report.raised,
  units: report.counts,
  differing: report.differing,
  differences: report.differences.map(({ enterprise, holds, asked }) => ({
    enterprise,
    holds: standingView(holds, locale),
    asked: standingView(asked, locale),
  })),
});

/** Whole, for a script: with everyone in distress, and every candidate that there would be. */
export const wholeView = (answer: WhatIfAnswer, locale: Locale) => ({
  ...previewView(answer, locale),
  inDistress: answer.report.standings.map(({ enterprise, judged }) => {
    const { status, words } = standingView({ judged, candidates: [] }, locale);
    return { enterprise, status, words };
  }),
  raised: answer.report.candidates.map(({ enterprise, kind }) => ({ enterprise, kind })),
});

export const standingView = (standing: Standing, locale: Locale): StandingView => ({
  status: statusOf(standing),
  words: standing.judged === null ? '' : judgementText(standing.judged.rule, standing.judged.facts, locale),
  candidates: standing.candidates,
});
