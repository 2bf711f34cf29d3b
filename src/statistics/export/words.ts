import type { OfficeTime } from '../../calendar/office-time.js';
import type { Locale } from '../../platform/errors/message-text.js';
import type { PeriodAnswer } from '../weekly-answer.js';
import { chinese } from './texts/chinese.js';
import { english } from './texts/english.js';
import type { ExportTexts } from './texts/export-texts.js';

const TEXTS: Record<Locale, (isWeek: boolean) => ExportTexts> = { 'zh-CN': chinese, en: english };

/** One language and the office's time, in which everything of one file is written. */
export class Words {
  readonly texts: ExportTexts;
  private lastMinute = { at: NaN, text: '' };

  constructor(
    locale: Locale,
    readonly office: OfficeTime,
    isWeek = true,
  ) {
    this.texts = TEXTS[locale](isWeek);
  }

  /** `2021-11-08 09:00` in the office's time zone. A list by due date asks for the same one again and again. */
  minuteOf(instant: Date): string {
    if (this.lastMinute.at !== instant.getTime())
      this.lastMinute = {
        at: instant.getTime(),
        text: `${this.office.dateOf(instant)} ${this.office.timeOf(instant)}`,
      };
    return this.lastMinute.text;
  }

  /** Under the title of every table: which period, known until when, and whether that is the last word. */
  subtitle(table: PeriodAnswer, ...more: string[]): string {
    const { period, knownUntil, provisional } = this.texts;
    const known = knownUntil(this.minuteOf(new Date(table.asOf)));
    return [period(table), known, ...more, ...(table.isProvisional ? [provisional] : [])].join('　');
  }
}
