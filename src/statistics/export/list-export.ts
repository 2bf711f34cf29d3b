import { listCsv } from './csv.js';
import type { ListTable } from './lists/list-table.js';

/** A list as it can be given out by itself, streamed. */
export interface ListExport {
  csv: () => AsyncIterable<string>;
  /** @param head what it is a list of */
  json: (head: Readonly<Record<string, unknown>>) => AsyncIterable<string>;
}

/** @param batches begins anew with each call @param itemsOf as JSON has them, where that is not the rows themselves */
export function listExport<Row>(
  list: ListTable<Row>,
  batches: () => AsyncIterable<readonly Row[]> | Iterable<readonly Row[]>,
  itemsOf: (row: Row) => readonly unknown[] = (row) => [row],
): ListExport {
  async function* json(head: Readonly<Record<string, unknown>>): AsyncGenerator<string> {
    yield `${JSON.stringify(head).slice(0, -1)},"items":[`;
    let before = '';
    for await (const batch of batches()) {
      const items = batch.flatMap(itemsOf).map((item) => JSON.stringify(item));
      if (items.length === 0) continue;
      yield before + items.join(',');
      before = ',';
    }
    yield ']}';
  }
  return { csv: () => listCsv(list, batches()), json };
}
