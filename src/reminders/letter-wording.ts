import type { Letter } from '../notifications/letter.js';
import type { LetterTexts } from './letter-texts.js';
import type { CountedFacts, Digest } from './reminder-facts.js';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** How an e-mail says it: one reminder or a digest, as text and as HTML. */
export function letterWording(
  { count, overdue, first }: Digest,
  recipientName: string,
  publicUrl: string,
  texts: LetterTexts,
  acknowledgeUrl?: string,
): Letter {
  const rungOf = (reminder: CountedFacts): string => texts.rung[reminder.rung] ?? texts.otherRung;
  const rows = first.map((reminder) => [
    reminder.number,
    reminder.ownerName,
    rungOf(reminder),
    reminder.dueOn,
    texts.state(reminder),
  ]);
  const subject =
    count === 1 ? texts.subjectOfOne(rungOf(first[0]), first[0]) : texts.subjectOfMany(count, overdue);
  const lines = {
    greeting: texts.greeting(recipientName),
    intro: texts.intro(count),
    more: count > first.length ? texts.more(count - first.length) : '',
  };
  return {
    subject,
    text: asText(lines, rows, { publicUrl, acknowledgeUrl }, texts),
    html: asHtml(lines, rows, { publicUrl, acknowledgeUrl }, texts),
  };
}

interface Lines {
  greeting: string;
  intro: string;
  more: string;
}

interface Urls {
  publicUrl: string;
  /** Where the recipient says that it was seen; of reminders only. */
  acknowledgeUrl: string | undefined;
}

const asText = (lines: Lines, rows: string[][], urls: Urls, texts: LetterTexts): string =>
  [
    lines.greeting,
    '',
    lines.intro,
    ...rows.map((row) => `- ${row.join(' · ')}`),
    ...(lines.more === '' ? [] : [lines.more]),
    '',
    ...(urls.acknowledgeUrl === undefined ? [] : [`${texts.acknowledge}: ${urls.acknowledgeUrl}`]),
    `${texts.link}: ${urls.publicUrl}`,
    '',
    texts.closing,
  ].join('\n');

const link = (url: string, text: string): string => `<a href="${escaped(url)}">${escaped(text)}</a>`;

const CELL = 'style="border:1px solid #ccc;padding:4px 8px;text-align:left"';
const cells = (tag: 'th' | 'td', row: readonly string[]): string =>
  `<tr>${row.map((cell) => `<${tag} ${CELL}>${escaped(cell)}</${tag}>`).join('')}</tr>`;

const asHtml = (lines: Lines, rows: string[][], urls: Urls, texts: LetterTexts): string =>
  [
    `<!doctype html><html lang="${texts.language}"><head><meta charset="utf-8"></head>`,
    '<body style="font-family:sans-serif;font-size:14px;color:#222">',
    `<p>${escaped(lines.greeting)}</p><p>${escaped(lines.intro)}</p>`,
    `<table style="border-collapse:collapse">${cells('th', texts.columns)}`,
    ...rows.map((row) => cells('td', row)),
    '</table>',
    lines.more === '' ? '' : `<p>${escaped(lines.more)}</p>`,
    urls.acknowledgeUrl === undefined ? '' : `<p>${link(urls.acknowledgeUrl, texts.acknowledge)}</p>`,
    `<p>${link(urls.publicUrl, texts.link)}</p>`,
    `<p style="color:#777">${escaped(texts.closing)}</p></body></html>`,
  ].join('\n');
