import { fromBufferPromise } from 'yauzl';
import { SaxesParser } from 'saxes';

/** A table of a Word file: its rows, each the text of its cells. */
export type WordTable = string[][];

export interface WordText {
  /** Paragraphs that stand in no table, without the empty ones. */
  paragraphs: string[];
  tables: WordTable[];
}

/** The names and contents of a zip file's parts. */
export async function partsOf(file: Buffer): Promise<Map<string, Buffer>> {
  const parts = new Map<string, Buffer>();
  const zip = await fromBufferPromise(file, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    const chunks: Buffer[] = [];
    const stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
    parts.set(entry.fileName, Buffer.concat(chunks));
  }
  return parts;
}

/** What a Word file says, read by other means than wrote it. */
export async function wordTextOf(file: Buffer): Promise<WordText> {
  const document = (await partsOf(file)).get('word/document.xml');
  if (document === undefined) throw new Error('no word/document.xml');
  return readText(document.toString('utf8'));
}

function readText(xml: string): WordText {
  const read: WordText = { paragraphs: [], tables: [] };
  let table: WordTable | undefined;
  let paragraph = '';
  let isText = false;
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => {
    if (name === 'w:tbl') read.tables.push((table = []));
    else if (name === 'w:tr') table?.push([]);
    else if (name === 'w:tc') table?.at(-1)?.push('');
    else if (name === 'w:p') paragraph = '';
    isText = name === 'w:t';
  });
  parser.on('text', (text) => {
    if (isText) paragraph += text;
  });
  parser.on('closetag', ({ name }) => {
    isText = false;
    if (name === 'w:tbl') table = undefined;
    if (name !== 'w:p') return;
    const row = table?.at(-1);
    if (row !== undefined) row[row.length - 1] += paragraph;
    else if (paragraph !== '') read.paragraphs.push(paragraph);
  });
  parser.write(xml).close();
  return read;
}
