import { Readable, type Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import type ExcelJS from 'exceljs';
import { fromBufferPromise } from 'yauzl';
import { ZipFile } from 'yazl';
import { addCharts, type PlacedChart } from './add-charts.js';
import { type PatternRows, type StreamedRows, streamedSheet } from './streamed-sheet.js';

/** What exceljs cannot write into a workbook. */
export interface Additions {
  /** Sheets whose rows are written as they come. */
  streamed: ReadonlyArray<StreamedRows & PatternRows & { sheetId: number }>;
  /** On one sheet. */
  charts: { sheetId: number; charts: readonly PlacedChart[] };
  /** The date that each part of the package bears. */
  on: string;
}

const partOf = (sheetId: number): string => `xl/worksheets/sheet${sheetId}.xml`;

/**
 * Writes a workbook that was drawn in memory without its long lists: those are streamed into it, and charts added.
 * The same workbook and lists give the same bytes. What cannot be written on (the reader has gone) ends the lists.
 */
export async function packWorkbook(
  workbook: ExcelJS.Workbook,
  { streamed, charts, on }: Additions,
  target: Writable,
): Promise<void> {
  const drawn = await partsOf(Buffer.from(await workbook.xlsx.writeBuffer()));
  const parts = charts.charts.length > 0 ? addCharts(drawn, charts.sheetId, charts.charts) : drawn;
  const lists = new Map(streamed.map((list) => [partOf(list.sheetId), list]));
  const zip = new ZipFile();
  const stop = new AbortController();
  const sources: Readable[] = [];
  // A DOS date has no time zone and is written in that of the machine: at noon it is the same day in all of them.
  const [year = 0, month = 0, day = 0] = on.split('-').map(Number);
  const options = { mtime: new Date(year, month - 1, day, 12), forceDosTimestamp: true };
  for (const [name, xml] of parts) {
    const list = lists.get(name);
    if (list === undefined) zip.addBuffer(Buffer.from(xml), name, options);
    else
      zip.addReadStreamLazy(name, options, (give) => {
        const source = Readable.from(streamedSheet(xml, list, list), { objectMode: false });
        source.once('error', (error) => stop.abort(error));
        sources.push(source);
        give(null, source);
      });
  }
  zip.end();
  try {
    await pipeline(zip.outputStream, target, { signal: stop.signal });
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : error;
  } finally {
    for (const source of sources) source.destroy();
  }
}

/** The parts of a package by name, without its folders; what names their types comes first, where readers look for it. */
async function partsOf(packed: Buffer): Promise<Map<string, string>> {
  const parts = new Map([['[Content_Types].xml', '']]);
  const zip = await fromBufferPromise(packed, { lazyEntries: true });
  for await (const entry of zip.eachEntry()) {
    if (!entry.fileName.endsWith('/'))
      parts.set(entry.fileName, await text(await zip.openReadStreamPromise(entry)));
  }
  return parts;
}
