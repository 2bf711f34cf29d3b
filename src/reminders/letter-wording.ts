import type { Letter } from '../notifications/letter.js';
import { letterHtml, type LetterParts } from './letter-html.js';
import type { LetterTexts } from './letter-texts.js';
import type { Digest, Matter } from './reminder-facts.js';

const NO_DATE = '—';

/**
 * How an e-mail says it: one matter or a digest, as text and as HTML.
 * @param acknowledgeUrl where the recipient says that it was seen; of reminders only
 */
export function letterWording(
  { count, overdue, first }: Digest,
  recipientName: string,
  publicUrl: string,
  texts: LetterTexts,
  acknowledgeUrl?: string,
): Letter {
  const issues = first.filter((matter) => 'kind' in matter && matter.kind === 'weekly_issue');
  const parts: LetterParts = {
    language: texts.language,
    subject:
      count === 1
        ? texts.subjectOfOne(nameOf(first[0], texts), first[0])
        : texts.subjectOfMany(count, overdue),
    greeting: texts.greeting(recipientName),
    intro: texts.intro(count),
    columns: texts.columns,
    rows: first.map((matter) => rowOf(matter, texts)),
    notes: [
      ...(count > first.length ? [texts.more(count - first.length)] : []),
      ...(first.some(({ isTest }) => isTest) ? [texts.notices.testNote] : []),
    ],
    actions: [
      ...(acknowledgeUrl === undefined ? [] : [{ text: texts.acknowledge, url: acknowledgeUrl }]),
      ...issues.flatMap(({ facts }) =>
        facts.linked.map(({ name, path }) => ({ text: name, url: `${publicUrl}${path}` })),
      ),
      { text: texts.link, url: publicUrl },
    ],
    closing: texts.closing,
  };
  const attached = issues.flatMap(({ facts }) => facts.attached);
  return { subject: parts.subject, text: letterText(parts), html: letterHtml(parts), attached };
}

function rowOf(matter: Matter, texts: LetterTexts): LetterParts['rows'][number] {
  const isNotice = 'kind' in matter;
  return {
    cells: [
      matter.number,
      matter.ownerName,
      nameOf(matter, texts),
      matter.dueOn ?? NO_DATE,
      isNotice ? texts.notices.state(matter) : texts.state(matter),
    ],
    isLate: !isNotice && matter.isOverdue,
  };
}

/** Of a rung or a notice; what is only a sample says so. */
function nameOf(matter: Matter, texts: LetterTexts): string {
  const name =
    'kind' in matter ? texts.notices.name[matter.kind] : (texts.rung[matter.rung] ?? texts.otherRung);
  return matter.isTest ? `${texts.notices.test} · ${name}` : name;
}

const letterText = ({ greeting, intro, rows, notes, actions, closing }: LetterParts): string =>
  [
    greeting,
    '',
    intro,
    ...rows.map(({ cells }) => `- ${cells.join(' · ')}`),
    ...notes,
    '',
    ...actions.map(({ text, url }) => `${text}: ${url}`),
    '',
    closing,
  ].join('\n');
