import type { WorkbookRow } from './cell-value.js';
import { Container, unreadable } from '../../platform/ooxml/container.js';
import { readDateStyles } from './date-styles.js';
import { type Relationship, relationshipsOf } from '../../platform/ooxml/relationships.js';
import { readSharedStrings, type SharedStrings } from './shared-strings.js';
import { readSheetRows } from './sheet-rows.js';
import { WORKBOOK_LIMITS, type WorkbookLimits } from './workbook-limits.js';
import { parseXml } from '../../platform/ooxml/xml-part.js';

export interface Workbook {
  /** Names of the worksheets in the workbook's order, hidden ones included. */
  readonly sheets: readonly string[];
  /** Days are counted from 1904, as old workbooks from a Mac do. */
  readonly is1904: boolean;
  /**
   * Filled rows of one worksheet, streamed. Each sheet once: the bounds are those of one reading of the file.
   * @throws Refusal WORKBOOK_UNREADABLE, WORKBOOK_TOO_LARGE, WORKBOOK_TOO_MANY_ROWS, CELL_TOO_LONG
   */
  rows(sheet: string): AsyncIterable<WorkbookRow>;
  close(): void;
}

/**
 * Opens a workbook file (.xlsx, .xlsm) and looks at its make-up; cells are read only when asked for.
 * @throws Refusal WORKBOOK_UNREADABLE, WORKBOOK_ENCRYPTED (415), WORKBOOK_TOO_LARGE (413)
 */
export async function openWorkbook(
  path: string,
  limits: WorkbookLimits = WORKBOOK_LIMITS,
): Promise<Workbook> {
  const container = await Container.open(path, limits);
  try {
    const root = (await relationshipsOf(container, '')).find(({ type }) => type === 'officeDocument');
    const book = root?.target ?? 'xl/workbook.xml';
    if (!container.has(book)) throw unreadable('parts');
    const related = await relationshipsOf(container, book);
    const { is1904, sheets } = await readContents(container, book, related);
    return new OpenWorkbook(container, limits, sheets, related, is1904);
  } catch (error) {
    container.close();
    throw error;
  }
}

async function readContents(
  container: Container,
  book: string,
  related: readonly Relationship[],
): Promise<{ is1904: boolean; sheets: Map<string, string> }> {
  const parts = new Map(
    related.filter(({ type }) => type === 'worksheet').map(({ id, target }) => [id, target]),
  );
  const sheets = new Map<string, string>();
  let is1904 = false;
  await parseXml(container.read(book), {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes.date1904 ?? '');
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key.endsWith(':id'))?.[1];
      const part = parts.get(id ?? '');
      if (part && attributes.name) sheets.set(attributes.name, part);
    },
  });
  return { is1904, sheets };
}

class OpenWorkbook implements Workbook {
  readonly sheets: readonly string[];
  private readonly rowsLeft: { count: number };
  private lookups: Promise<{ strings: SharedStrings; dateStyles: readonly boolean[] }> | null = null;

  constructor(
    private readonly container: Container,
    private readonly limits: WorkbookLimits,
    private readonly parts: ReadonlyMap<string, string>,
    private readonly related: readonly Relationship[],
    readonly is1904: boolean,
  ) {
    this.sheets = [...parts.keys()];
    this.rowsLeft = { count: limits.maxRows };
  }

  async *rows(sheet: string): AsyncGenerator<WorkbookRow> {
    const part = this.parts.get(sheet);
    if (part === undefined) throw new Error(`no sheet ${sheet}`);
    this.lookups ??= this.readLookups();
    const { strings, dateStyles } = await this.lookups;
    const { limits, rowsLeft } = this;
    yield* readSheetRows(this.container.read(part), { sheet, strings, dateStyles, limits, rowsLeft });
  }

  close(): void {
    this.lookups = null;
    this.container.close();
  }

  /** Strings and styles may stand anywhere in the file: they are sought by name, before the first sheet. */
  private async readLookups(): Promise<{ strings: SharedStrings; dateStyles: readonly boolean[] }> {
    const partOf = (type: string): string | undefined =>
      this.related.find((relationship) => relationship.type === type)?.target;
    const strings = partOf('sharedStrings');
    const styles = partOf('styles');
    return {
      strings: strings ? await readSharedStrings(this.container.read(strings), this.limits) : [],
      dateStyles: styles ? await readDateStyles(this.container.read(styles)) : [],
    };
  }
}
