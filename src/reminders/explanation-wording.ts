import type { OfficeTime } from '../calendar/office-time.js';
import type { ExplainedClockView, ExplainedRungView, ReminderExplanationView } from './explanation.dto.js';
import type { ExplanationTexts } from './explanation-texts.js';
import type { LetterTexts } from './letter-texts.js';

/** An explanation in words, as lines for a terminal. */
export function explanationWording(
  { number, status, at, opensAt, clocks }: ReminderExplanationView,
  words: { texts: ExplanationTexts; letters: Pick<LetterTexts, 'rung'>; office: OfficeTime },
): string {
  const { texts } = words;
  const told = new Telling(words.texts, words.letters, words.office);
  return [
    texts.heading(number, texts.status[status], told.moment(at)),
    ...(opensAt > at ? [texts.quietUntil(told.moment(opensAt))] : []),
    ...clocks.flatMap((clock) => ['', told.clock(clock), ...clock.rungs.flatMap((rung) => told.rung(rung))]),
  ].join('\n');
}

class Telling {
  constructor(
    private readonly texts: ExplanationTexts,
    private readonly letters: Pick<LetterTexts, 'rung'>,
    private readonly office: OfficeTime,
  ) {}

  moment(at: Date | null): string {
    return at === null ? '—' : `${this.office.dateOf(at)} ${this.office.timeOf(at)}`;
  }

  clock({
    clock,
    isRunning,
    reason,
    deadlineAt,
    deadlineVersion,
    policyVersion,
  }: ExplainedClockView): string {
    const { texts } = this;
    const name = texts.clock[clock];
    const deadline = this.moment(deadlineAt);
    if (isRunning) return texts.runs(name, deadline, deadlineVersion ?? 0, policyVersion ?? 0);
    const why = reason === null ? '—' : texts.stopped[reason];
    return deadlineVersion === null
      ? texts.neverRan(name, why)
      : texts.ranUntil(name, deadline, deadlineVersion, why);
  }

  rung(rung: ExplainedRungView): string[] {
    const { texts } = this;
    const by = rung.by === null ? '' : this.named(rung.by);
    const isToCome = ['to_come', 'goes_now', 'waits_for_opening'].includes(rung.fate);
    const fate = texts.fate[rung.fate](this.moment(rung.at), by);
    const beside = isToCome && by !== '' ? `${texts.comma}${texts.goesWith(by)}` : '';
    const lines = [`  ${this.named(rung.rung)} · ${texts.offset(rung.offsetWorkingDays)} · ${fate}${beside}`];
    if (isToCome) lines.push(`    ${this.people(rung)}`);
    if (rung.emptyDuties.length > 0)
      lines.push(
        `    ${texts.emptyDuties(rung.emptyDuties.map((role) => texts.role[role]).join(texts.comma))}`,
      );
    for (const { name, channel, status, reason } of rung.deliveries)
      lines.push(
        `    ${[name, texts.channel[channel], texts.delivery[status], reason ?? ''].join(' ').trimEnd()}`,
      );
    return lines;
  }

  private people({ recipients }: ExplainedRungView): string {
    if (recipients.length === 0) return this.texts.nobody;
    const names = recipients.map(({ name, channel, hasAddress }) => {
      const missing = hasAddress ? '' : ` (${this.texts.noAddress})`;
      return `${name} ${this.texts.channel[channel]}${missing}`;
    });
    return this.texts.to(names.join(this.texts.comma));
  }

  private named(code: string): string {
    return this.letters.rung[code] ?? code;
  }
}
