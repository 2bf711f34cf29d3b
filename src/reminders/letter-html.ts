/** What an e-mail is laid out from: texts as they are, nothing escaped yet. */
export interface LetterParts {
  /** Of the language, as HTML has it. */
  language: string;
  subject: string;
  greeting: string;
  intro: string;
  columns: readonly string[];
  rows: ReadonlyArray<{ cells: readonly string[]; isLate: boolean }>;
  notes: readonly string[];
  /** What the reader is asked to do; the first is the one that matters. */
  actions: ReadonlyArray<{ text: string; url: string }>;
  closing: string;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '');

const FONT = `font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Helvetica,Arial,sans-serif`;
const LATE = '#b42318';
const QUIET = '#667085';
const LINE = '1px solid #e4e7ec';

const tag = (name: string, style: string, content: string, more = ''): string =>
  `<${name}${more} style="${style}">${content}</${name}>`;

const headCell = (text: string): string =>
  tag(
    'th',
    `padding:8px 10px;border-bottom:${LINE};text-align:left;font-weight:600;color:${QUIET}`,
    escaped(text),
  );

const CELL = `padding:8px 10px;border-bottom:${LINE};text-align:left;vertical-align:top`;
/** A number or a date, which is read in one piece. */
const isOnePiece = (text: string): boolean => /^[A-Z\d-]+$/.test(text);

/** The last cell says how it stands; of what is late it is red. */
function row({ cells, isLate }: LetterParts['rows'][number]): string {
  const styled = cells.map((cell, place) => {
    const tone = isLate && place === cells.length - 1 ? `;color:${LATE};font-weight:600` : '';
    return tag('td', `${CELL}${isOnePiece(cell) ? ';white-space:nowrap' : ''}${tone}`, escaped(cell));
  });
  return `<tr>${styled.join('')}</tr>`;
}

const link = (url: string, text: string, style: string): string =>
  tag('a', style, escaped(text), ` href="${escaped(url)}"`);
const BUTTON =
  'display:inline-block;padding:10px 18px;border-radius:6px;background:#175cd3;color:#ffffff;text-decoration:none';

/**
 * The HTML of an e-mail: a single column of tables with their styles in them and nothing from elsewhere, which is what
 * mail readers of all ages show alike. No pictures: they would tell who has read it, and are mostly not shown.
 */
export function letterHtml(parts: LetterParts): string {
  const { language, subject, greeting, intro, columns, rows, notes, actions, closing } = parts;
  const table = tag(
    'table',
    'width:100%;border-collapse:collapse;font-size:13px;margin:12px 0',
    `<thead><tr>${columns.map(headCell).join('')}</tr></thead><tbody>${rows.map(row).join('')}</tbody>`,
    ' cellspacing="0"',
  );
  const body = [
    tag('p', 'margin:0 0 8px', escaped(greeting)),
    tag('p', 'margin:0', escaped(intro)),
    table,
    ...notes.map((note) => tag('p', `margin:0 0 8px;color:${QUIET}`, escaped(note))),
    ...actions.map(({ url, text }, place) =>
      tag('p', 'margin:12px 0 0', link(url, text, place === 0 ? BUTTON : 'color:#175cd3')),
    ),
  ].join('\n');
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light">',
    `<title>${escaped(subject)}</title></head>`,
    `<body style="margin:0;padding:16px;background:#f2f4f7;${FONT};font-size:14px;line-height:1.6;color:#1d2939">`,
    tag(
      'div',
      'max-width:720px;margin:0 auto;background:#ffffff;border-radius:8px;overflow:hidden',
      [
        tag('div', 'padding:14px 20px;background:#1d2939;color:#ffffff;font-weight:600', escaped(subject)),
        tag('div', 'padding:16px 20px 20px', body),
        tag('div', `padding:12px 20px;border-top:${LINE};font-size:12px;color:${QUIET}`, escaped(closing)),
      ].join('\n'),
    ),
    '</body></html>',
  ].join('\n');
}
