import type { Letter } from '../notifications/letter.js';
import type { LetterTexts } from './letter-texts.js';
import type { Digest, Matter } from './reminder-facts.js';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

/** How an e-mail says it: one matter or a digest, as text and as HTML. */
export function letterWording(
  { count, overdue, first }: Digest,
  recipientName: string,
  publicUrl: string,
  texts: LetterTexts,
  acknowledgeUrl?: string,
): Letter {
  const rows = first.map((matter) => [
    matter.number,
    matter.ownerName,
    nameOf(matter, texts),
    matter.dueOn ?? NO_DATE,
    'kind' in matter ? texts.notices.state(matter) : texts.state(matter),
  ]);
  const subject =
    count === 1 ? texts.subjectOfOne(nameOf(first[0], texts), first[0]) : texts.subjectOfMany(count, overdue);
  const lines = {
    greeting: texts.greeting(recipientName),
    intro: texts.intro(count),
    more: count > first.length ? texts.more(count - first.length) : '',
    note: first.some(({ isTest }) => isTest) ? texts.notices.testNote : '',
  };
  return {
    subject,
    text: asText(lines, rows, { publicUrl, acknowledgeUrl }, texts),
    html: asHtml(lines, rows, { publicUrl, acknowledgeUrl }, texts),
  };
}

const NO_DATE = '—';

/** Of a rung or a notice; what is only a sample says so. */
function nameOf(matter: Matter, texts: LetterTexts): string {
  const name =
    'kind' in matter ? texts.notices.name[matter.kind] : (texts.rung[matter.rung] ?? texts.otherRung);
  return matter.isTest ? `${texts.notices.test} · ${name}` : name;
}

interface Lines {
  greeting: string;
  intro: string;
  more: string;
  note: string;
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
    ...[lines.more, lines.note].filter((line) => line !== ''),
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
    ...[lines.more, lines.note].filter((line) => line !== '').map((line) => `<p>${escaped(line)}</p>`),
    urls.acknowledgeUrl === undefined ? '' : `<p>${link(urls.acknowledgeUrl, texts.acknowledge)}</p>`,
    `<p>${link(urls.publicUrl, texts.link)}</p>`,
    `<p style="color:#777">${escaped(texts.closing)}</p></body></html>`,
  ].join('\n');
