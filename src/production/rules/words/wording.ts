import type { Locale } from '../../../platform/errors/message-text.js';
import type { Facts } from '../facts.js';
import type { MilestoneTurn } from '../milestones.js';
import type { RuleName } from '../statuses.js';
import type { ProductionTexts, RelapseFacts, TurnFacts } from './production-texts.js';
import { texts as english } from './texts.en.js';
import { texts as chinese } from './texts.zh-CN.js';

const TEXTS: Readonly<Record<Locale, ProductionTexts>> = { 'zh-CN': chinese, en: english };

/** Which rule, which months and which figures led to a judgement. */
export const judgementText = (rule: RuleName, facts: Facts, locale: Locale): string =>
  told(TEXTS[locale].rules[rule], facts);

/** What of {@link missingFor} is missing. */
export const missingText = (facts: Facts, locale: Locale): string =>
  told(TEXTS[locale].missing[facts['what'] as keyof ProductionTexts['missing']], facts);

export const turnText = (
  { milestone, turn, facts }: Pick<MilestoneTurn, 'milestone' | 'turn' | 'facts'>,
  locale: Locale,
): string => TEXTS[locale].turn(milestone, turn, facts as TurnFacts);

export const relapseText = (facts: Facts, locale: Locale): string =>
  TEXTS[locale].relapse(facts as RelapseFacts);

/** Facts are kept as JSON; each text takes those of its own rule, which wrote them. */
const told = (text: (facts: never) => string, facts: Facts): string =>
  (text as (facts: Facts) => string)(facts);
