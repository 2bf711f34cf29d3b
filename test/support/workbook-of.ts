import type { CellValue } from '../../src/intake/workbook/cell-value.js';
import type { Workbook } from '../../src/intake/workbook/open-workbook.js';

/** A workbook in memory: rows of cells by sheet, the first in row 1; an empty row is one that the file lacks. */
export function workbookOf(sheets: Readonly<Record<string, ReadonlyArray<readonly CellValue[]>>>): Workbook {
  return {
    sheets: Object.keys(sheets),
    is1904: false,
    async *rows(sheet) {
      for (const [index, cells] of (sheets[sheet] ?? []).entries()) {
        if (cells.length > 0) yield await Promise.resolve({ sheet, row: index + 1, cells: [...cells] });
      }
    },
    close: () => undefined,
  };
}
