import { createHash } from 'node:crypto';
import type { LetterTexts } from '../letter-texts.js';
import { escaped } from '../letter-html.js';
import { MOST_SHOWN } from '../reminder-facts.js';
import type { Matter } from './matters.js';
import type { PageTexts } from './page-texts.js';

export const LONGEST_NOTE = 200;

const STYLE =
  'body{font-family:sans-serif;font-size:16px;color:#222;max-width:52em;margin:1em auto;padding:0 1em}' +
  'table{border-collapse:collapse;width:100%}th,td{border:1px solid #ccc;padding:6px 8px;text-align:left}' +
  'input[type=date],textarea,button{font:inherit;padding:6px;margin:4px 0 12px;display:block;max-width:100%}' +
  'textarea{width:30em}.good{color:#064}.bad{color:#a00}.quiet{color:#666}';

/** Stricter than what the API says of itself, but that a form may be sent back to where it came from. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const shell = (language: string, title: string, content: readonly string[]): string =>
  [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<meta name="robots" content="noindex, nofollow"><title>${escaped(title)}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${escaped(title)}</h1>`,
    ...content,
    '</main></body></html>',
  ].join('\n');

/** One sentence and nothing else: whoever has no good link is told nothing. */
export const plainPage = (texts: PageTexts, sentence: string): string =>
  shell(texts.language, texts.title, [`<p>${escaped(sentence)}</p>`]);

/** What is shown of a link's matters, and of what was just sent. */
export interface PageContent {
  matters: readonly Matter[];
  /** Calendar date of each deadline, office time, in the order of the matters. */
  dueOn: readonly string[];
  dates: { first: string; last: string };
  notice?: { isGood: boolean; text: string };
}

/** The matters of a link and, where one is open, the form. It works without scripts. */
export function mattersPage(content: PageContent, rungs: LetterTexts, texts: PageTexts): string {
  const { matters, notice } = content;
  const open = matters.filter(({ state }) => state === 'open');
  return shell(texts.language, texts.title, [
    notice === undefined
      ? ''
      : `<p role="status" class="${notice.isGood ? 'good' : 'bad'}">${escaped(notice.text)}</p>`,
    '<form method="post">',
    open.length === 0 ? '' : `<p>${escaped(texts.intro)}</p>`,
    `<table><tr><th></th>${texts.columns.map((column) => `<th>${escaped(column)}</th>`).join('')}</tr>`,
    ...matters.map((matter, place) => row(matter, content.dueOn[place] ?? '', rungs, texts)),
    '</table>',
    matters.length < MOST_SHOWN ? '' : `<p>${escaped(texts.more)}</p>`,
    ...(open.length === 0 ? [`<p>${escaped(texts.nothingOpen)}</p>`] : fields(open, content.dates, texts)),
    '</form>',
  ]);
}

function row(matter: Matter, dueOn: string, rungs: LetterTexts, texts: PageTexts): string {
  const { state, said, number, ownerName, rung, deliveryId } = matter;
  const box =
    state === 'open'
      ? `<input type="checkbox" name="delivery" value="${deliveryId}" aria-label="${escaped(number)}" checked>`
      : '';
  const stands =
    state !== 'open' ? texts.closed : said === null ? texts.notYet : texts.said(said.doneBy, said.note);
  const cells = [number, ownerName, rungs.rung[rung] ?? rungs.otherRung, dueOn, stands];
  return `<tr><td>${box}</td>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`;
}

function fields(open: readonly Matter[], { first, last }: PageContent['dates'], texts: PageTexts): string[] {
  // What was said of one is what one may want to change; several may have been told different things.
  const said = open.length === 1 ? open[0]?.said : null;
  const doneBy = said === null || said === undefined || said.doneBy < first ? '' : said.doneBy;
  return [
    `<label>${escaped(texts.doneBy)}<input type="date" name="doneBy" required min="${first}" max="${last}" value="${doneBy}"></label>`,
    `<label>${escaped(texts.note)}<textarea name="note" rows="3" maxlength="${LONGEST_NOTE}">${escaped(said?.note ?? '')}</textarea></label>`,
    `<button type="submit">${escaped(texts.send)}</button><p class="quiet">${escaped(texts.goesOn)}</p>`,
  ];
}
