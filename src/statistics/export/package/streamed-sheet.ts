import { escapeXml } from './xml-text.js';

/** Rows of a sheet that show how to write others: a row of the list, and a note below it; their numbers, from 1. */
export interface PatternRows {
  headings: number;
  row: number;
  note: number;
}

/** What a streamed sheet is filled with. */
export interface StreamedRows {
  batches: AsyncIterable<ReadonlyArray<ReadonlyArray<string | number>>>;
  /** Written below them, once it is known how many there were. */
  noteOn: (rows: number) => string | null;
}

/**
 * The XML of a sheet with the rows of a list in the place of its patterns, a batch at a time: what is held in memory
 * does not grow with the list.
 */
export async function* streamedSheet(
  xml: string,
  patterns: PatternRows,
  { batches, noteOn }: StreamedRows,
): AsyncGenerator<string> {
  const [row, last] = [patternOf(xml, patterns.row), patternOf(xml, patterns.note)];
  // It is not known how far the sheet reaches; programs find out by themselves.
  yield xml.slice(0, row.from).replace(/<dimension [^>]*\/>/, '');
  let number = patterns.row;
  for await (const batch of batches) {
    yield batch.map((values) => rowXml(row, number++, values)).join('');
  }
  const text = noteOn(number - patterns.row);
  if (text !== null) yield rowXml(last, number, [text]);
  yield xml
    .slice(last.to)
    .replace('</sheetData>', `</sheetData>${filterXml(patterns.headings, number - 1, row.letters)}`);
}

interface Pattern {
  from: number;
  to: number;
  attributes: string;
  letters: readonly string[];
  styles: readonly string[];
}

function patternOf(xml: string, number: number): Pattern {
  const found = new RegExp(`<row r="${number}"([^>]*)>(.*?)</row>`, 's').exec(xml);
  if (found === null) throw new Error(`no row ${number} to write others like`);
  const [all, attributes = '', content = ''] = found;
  const cells = [...content.matchAll(/<c r="([A-Z]+)\d+"(?: s="(\d+)")?/g)];
  return {
    from: found.index,
    to: found.index + all.length,
    attributes: attributes.replace(/ spans="[^"]*"/, ''),
    letters: cells.map(([, letter = '']) => letter),
    styles: cells.map(([, , style = '0']) => style),
  };
}

function rowXml(pattern: Pattern, number: number, values: ReadonlyArray<string | number>): string {
  let cells = '';
  values.forEach((value, index) => {
    const place = `r="${pattern.letters[index]}${number}" s="${pattern.styles[index]}"`;
    cells +=
      typeof value === 'number'
        ? `<c ${place}><v>${value}</v></c>`
        : `<c ${place} t="inlineStr"><is><t xml:space="preserve">${escapeXml(value)}</t></is></c>`;
  });
  return `<row r="${number}"${pattern.attributes}>${cells}</row>`;
}

/** A filter over the list, heading and all. */
const filterXml = (headings: number, last: number, letters: readonly string[]): string =>
  `<autoFilter ref="${letters[0]}${headings}:${letters.at(-1)}${Math.max(last, headings)}"/>`;
