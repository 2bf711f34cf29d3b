const ESCAPE = /_x([0-9A-Fa-f]{4})_/g;
/** Control characters, save tab and line ends: a database refuses NUL, and nobody can see the others. */
const CONTROL = /(?![\t\n\r])\p{Cc}/gu;
/** The engine keeps the whole chunk alive for a longer piece that is cut out of it. */
const LONGEST_COPIED = 12;

/** A copy; the halves of characters that `_xD800_` can bring in are replaced on the way. */
const copy = (text: string): string => Buffer.from(text, 'utf8').toString('utf8');

/** Text of a cell as the sheet shows it: `_x000D_` and the like decoded, free of the chunk that it was cut from. */
export function cellText(raw: string): string {
  if (raw.includes('_x')) {
    const decoded = raw.replace(ESCAPE, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
    return copy(decoded).replace(CONTROL, '');
  }
  const text = raw.replace(CONTROL, '');
  return text.length > LONGEST_COPIED ? copy(text) : text;
}
