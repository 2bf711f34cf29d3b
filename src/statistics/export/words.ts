import type { OfficeTime } from '../../calendar/office-time.js';
import type { Locale } from '../../platform/errors/message-text.js';
import type { WeeklyAnswer } from '../weekly-answer.js';
import { parseWeek } from '../week.js';
import { CHINESE } from './texts/chinese.js';
import { ENGLISH } from './texts/english.js';
import type { ExportTexts } from './texts/export-texts.js';

const TEXTS: Record<Locale, ExportTexts> = { 'zh-CN': CHINESE, en: ENGLISH };

/** One language and the office's time, in which everything of one file is written. */
export class Words {
  readonly texts: ExportTexts;

  constructor(
    locale: Locale,
    readonly office: OfficeTime,
  ) {
    this.texts = TEXTS[locale];
  }

  /** `2021-11-08 09:00` in the office's time zone. */
  minuteOf(instant: Date): string {
    return `${this.office.dateOf(instant)} ${this.office.timeOf(instant)}`;
  }

  /** Under the title of every table: which period, known until when, and whether that is the last word. */
  subtitle(table: WeeklyAnswer, ...more: string[]): string {
    const { knownUntil, provisional } = this.texts;
    const known = knownUntil(this.minuteOf(new Date(table.asOf)));
    return [this.periodOf(table), known, ...more, ...(table.isProvisional ? [provisional] : [])].join('　');
  }

  periodOf({ week }: WeeklyAnswer): string {
    const { mondayOn, sundayOn } = parseWeek(week);
    return this.texts.period({ name: week, fromOn: mondayOn, throughOn: sundayOn });
  }
}
