import { Refusal } from '../../platform/errors/refusal.js';
import { cellText } from './cell-text.js';
import { type CellValue, DateCell, type WorkbookRow } from './cell-value.js';
import { unreadable } from '../../platform/ooxml/container.js';
import type { SharedStrings } from './shared-strings.js';
import type { WorkbookLimits } from './workbook-limits.js';
import { xmlParser } from '../../platform/ooxml/xml-part.js';

/** What cells refer to, and the rows that all sheets together may still have. */
export interface SheetContext {
  sheet: string;
  strings: SharedStrings;
  dateStyles: readonly boolean[];
  limits: WorkbookLimits;
  rowsLeft: { count: number };
}

const LETTERS = /^([A-Z]{1,3})(\d{1,7})$/;

const columnOf = (letters: string): number => {
  let column = 0;
  for (let place = 0; place < letters.length; place += 1)
    column = column * 26 + letters.charCodeAt(place) - 64;
  return column - 1;
};

/** Filled rows of one sheet, in the order of the file. */
export async function* readSheetRows(
  part: AsyncIterable<string>,
  context: SheetContext,
): AsyncGenerator<WorkbookRow> {
  const assembly = new RowAssembly(context);
  const parser = xmlParser(assembly);
  try {
    for await (const chunk of part) {
      parser.write(chunk);
      yield* assembly.take();
    }
    parser.end();
    yield* assembly.take();
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable('xml');
  }
}

/** Puts rows together from the tags of a sheet. */
class RowAssembly {
  private ready: WorkbookRow[] = [];
  private row = 0;
  private column = -1;
  private cells: CellValue[] = [];
  private type = '';
  private style = 0;
  private value: string | null = null;
  private isValue = false;
  private isPhonetic = false;

  constructor(private readonly context: SheetContext) {}

  take(): WorkbookRow[] {
    const taken = this.ready;
    this.ready = [];
    return taken;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === 'c') this.openCell(attributes);
    else if (name === 'v') this.openValue();
    else if (name === 't') this.isValue = !this.isPhonetic && this.type === 'inlineStr';
    else if (name === 'row') this.openRow(attributes);
    else if (name === 'rPh') this.isPhonetic = true;
    if (this.isValue) this.value ??= '';
  }

  text(piece: string): void {
    if (!this.isValue || this.value === null) return;
    // One piece more than allowed is enough to know.
    if (this.value.length <= this.context.limits.maxCellCharacters) this.value += piece;
  }

  close(name: string): void {
    if (name === 'v' || name === 't') this.isValue = false;
    else if (name === 'c') this.closeCell();
    else if (name === 'rPh') this.isPhonetic = false;
    else if (name === 'row') this.closeRow();
  }

  private openRow(attributes: Readonly<Record<string, string>>): void {
    const row = attributes.r === undefined ? this.row + 1 : Number(attributes.r);
    // Rows out of order would give one row number to two rows.
    if (!Number.isInteger(row) || row <= this.row || row > 1_048_576) throw unreadable('rows');
    this.row = row;
    this.column = -1;
    this.cells = [];
  }

  private openCell(attributes: Readonly<Record<string, string>>): void {
    const letters = attributes.r === undefined ? null : LETTERS.exec(attributes.r)?.[1];
    if (letters === undefined) throw unreadable('cells');
    this.column = letters === null ? this.column + 1 : columnOf(letters);
    this.type = attributes.t ?? 'n';
    this.style = Number(attributes.s ?? 0);
    this.value = null;
    this.isValue = false;
  }

  private openValue(): void {
    this.isValue = this.type !== 'inlineStr';
  }

  private closeCell(): void {
    if (this.value === null || this.value === '') return;
    const { limits } = this.context;
    const value = this.valueOf(this.value);
    if (value === null || value === '') return;
    if (this.column >= limits.maxColumns) {
      throw new Refusal(413, 'WORKBOOK_TOO_LARGE', { maxColumns: limits.maxColumns });
    }
    while (this.cells.length < this.column) this.cells.push(null);
    this.cells[this.column] = value;
  }

  private valueOf(raw: string): CellValue {
    switch (this.type) {
      case 's':
        return this.sharedString(Number(raw));
      case 'b':
        return raw.trim() === '1' || raw.trim() === 'true';
      case 'n': {
        const number = Number(raw);
        if (!Number.isFinite(number)) throw unreadable('cells');
        return this.context.dateStyles[this.style] ? new DateCell(number) : number;
      }
      default:
        if (raw.length > this.context.limits.maxCellCharacters) throw this.tooLong();
        return cellText(raw);
    }
  }

  private sharedString(index: number): string {
    const text = this.context.strings[index];
    if (text === undefined) throw unreadable('cells');
    if (text === null) throw this.tooLong();
    return text;
  }

  private tooLong(): Refusal {
    const { sheet, limits } = this.context;
    return new Refusal(400, 'CELL_TOO_LONG', {
      sheet,
      row: this.row,
      maxCharacters: limits.maxCellCharacters,
    });
  }

  private closeRow(): void {
    if (this.cells.length === 0) return;
    this.context.rowsLeft.count -= 1;
    if (this.context.rowsLeft.count < 0) {
      throw new Refusal(413, 'WORKBOOK_TOO_MANY_ROWS', { maxRows: this.context.limits.maxRows });
    }
    this.ready.push({ sheet: this.context.sheet, row: this.row, cells: this.cells });
  }
}
