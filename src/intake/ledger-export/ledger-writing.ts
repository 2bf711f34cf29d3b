import type { QueryRunner } from 'typeorm';
import type { Cell } from '../../platform/spreadsheet/cell.js';
import { Refusal } from '../../platform/errors/refusal.js';
import type { ExportSheet } from '../../platform/spreadsheet/xlsx-workbook.js';
import { nameKey } from '../ledger/cells/text.js';
import { SHEET_NAMES } from '../ledger/columns.js';
import { LEADERS_DEPARTMENT } from '../ledger/decide-cases.js';
import { areSeverable, caseCells, ledgerColumns, officialCells, problemCells } from './ledger-cells.js';
import type { LedgerDirectory } from './ledger-directory.js';
import { LedgerNotes, NOTES_COLUMNS, NOTES_SHEET } from './ledger-notes.js';
import type { LedgerReading } from './ledger-reading.js';
import { columnsOf, type LedgerEnterprise, productionColumns, productionRows } from './production-sheet.js';
import type { Standing, StandingCase, StandingProblem } from './standing.js';
import { stateCase, stateProblem } from './unstated.js';

/** In which order the sheets stand, whatever order they are written in. */
export const SHEET_ORDER = [
  SHEET_NAMES.directory,
  SHEET_NAMES.cases,
  SHEET_NAMES.problems,
  SHEET_NAMES.production,
  NOTES_SHEET,
];

export interface LedgerTerms {
  /** Office date. */
  today: string;
  /** Below the title of each sheet. */
  note: string;
  /** What is told of numbers. */
  contacts: string;
  /** Of all sheets together: what the intake takes. */
  mostRows: number;
  /** The reader sees everything: the directory is given whole. */
  isWhole: boolean;
  phoneOf: (row: StandingCase) => string | null;
}

/** Writes one ledger: cases first, since all other sheets follow from which of them stand in it. */
export class LedgerWriting {
  readonly notes = new LedgerNotes();
  /** Rows of each sheet, by its name. */
  readonly rows: Record<string, number> = {};
  private readonly enterprises: LedgerEnterprise[] = [];
  private readonly seen = new Map<string, boolean>();
  private readonly names = new Set<string>();
  private written = 0;

  constructor(
    private readonly runner: QueryRunner,
    private readonly reading: LedgerReading,
    private readonly directory: LedgerDirectory,
    private readonly terms: LedgerTerms,
  ) {}

  async *sheets(): AsyncGenerator<ExportSheet> {
    const shared = new Set(await this.reading.sharedNames());
    yield this.sheet('cases', '停产半停产减产企业纾困帮扶台账', this.caseRows(shared));
    yield this.sheet('problems', '企业需要解决问题及诉求事项责任清单', this.problemRows(shared));
    const columns = await columnsOf(this.runner, this.enterprises, this.terms.today);
    if (columns.figures.length > 0) {
      yield {
        name: SHEET_NAMES.production,
        title: '企业月度产值与用电量',
        note: `${this.terms.note}　产值单位：万元　用电量单位：千瓦时`,
        columns: productionColumns(columns),
        rows: this.counted(
          SHEET_NAMES.production,
          productionRows(this.runner, this.enterprises, columns, this.terms.today),
        ),
      };
    }
    yield this.sheet('directory', '纾困帮扶工作通讯录', this.directoryRows());
    yield {
      name: NOTES_SHEET,
      title: '导出说明（本表不导入）',
      note: this.terms.note,
      columns: NOTES_COLUMNS,
      rows: batched(this.notes.rows(this.terms.contacts)),
    };
  }

  private sheet(
    kind: 'directory' | 'cases' | 'problems',
    title: string,
    rows: AsyncGenerator<Cell[][]>,
  ): ExportSheet {
    const name = SHEET_NAMES[kind];
    const { note } = this.terms;
    return { name, title, note, columns: ledgerColumns(kind), rows: this.counted(name, rows) };
  }

  private async *caseRows(shared: Set<string>): AsyncGenerator<Cell[][]> {
    let number = 0;
    for await (const batch of this.reading.cases()) {
      const cells: Cell[][] = [];
      for (const row of batch) {
        const stating = stateCase(row);
        this.seen.set(row.id, 'stated' in stating);
        if ('unstated' in stating) {
          this.notes.leaveOut('企业台账', row, stating.unstated);
          continue;
        }
        const { stated } = stating;
        this.need(stated);
        if (stated.leader !== null) this.directory.needOfficial(LEADERS_DEPARTMENT, stated.leader);
        const key = nameKey(stated.enterpriseName);
        if (this.names.has(key)) shared.add(key);
        this.names.add(key);
        const { enterpriseId: id, creditCode, enterpriseName: name } = stated;
        this.enterprises.push({ id, creditCode, name });
        number += 1;
        cells.push(caseCells(stated, number, this.terms.phoneOf(stated)));
      }
      yield cells;
    }
  }

  private async *problemRows(shared: ReadonlySet<string>): AsyncGenerator<Cell[][]> {
    const told = {
      isInScope: (id: string): boolean => this.seen.has(id),
      isStated: (id: string): boolean => this.seen.get(id) === true,
      isNameShared: (name: string): boolean => shared.has(nameKey(name)),
    };
    let number = 0;
    for await (const batch of this.reading.problems()) {
      const cells: Cell[][] = [];
      for (const row of batch) {
        const stating = stateProblem(row, told);
        if ('unstated' in stating) {
          this.notes.leaveOut('问题', row, stating.unstated);
          continue;
        }
        const { stated } = stating;
        this.need(stated);
        this.notes.count('case_unseen', !told.isInScope(stated.caseId ?? ''));
        number += 1;
        cells.push(problemCells(stated, number, this.coOf(stated)));
      }
      yield cells;
    }
  }

  /** All of them or none: some of them would be another set than the one known. */
  private coOf({ coDepartments }: StandingProblem): readonly string[] {
    const canSay = coDepartments.every((name) => this.directory.canName(name)) && areSeverable(coDepartments);
    this.notes.count('co_unnamed', !canSay);
    if (!canSay) return [];
    for (const name of coDepartments) this.directory.needDepartment(name);
    return coDepartments;
  }

  private need(row: Standing & { lead: string; official: string }): void {
    // A department that nobody sits in any more would be made anew by a row of its directory.
    if (row.isOfficialThere === true) this.directory.needOfficial(row.lead, row.official);
    else this.directory.needDepartment(row.lead);
    this.notes.count('moved', row.isOfficialThere !== true);
    this.notes.count('stopped', row.status === 'verifying' || row.status === 'on_hold');
    this.notes.count('reopened', row.reopenCount > 0);
    this.notes.count('due_changed', row.isDueChanged);
    this.notes.count('outcome', row.outcome !== null && row.outcome !== 'unstated');
  }

  private async *directoryRows(): AsyncGenerator<Cell[][]> {
    const people = this.directory.told(this.terms.isWhole);
    yield* batched(people.map((official, index) => officialCells(official, index + 1)));
  }

  private async *counted(name: string, rows: AsyncIterable<Cell[][]>): AsyncGenerator<Cell[][]> {
    let count = 0;
    for await (const batch of rows) {
      count += batch.length;
      this.written += batch.length;
      if (this.written > this.terms.mostRows)
        throw new Refusal(422, 'EXPORT_TOO_LARGE', { most: this.terms.mostRows });
      yield batch;
    }
    this.rows[name] = count;
  }
}

async function* batched(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  const STEP = 1_000;
  for (let start = 0; start < rows.length; start += STEP)
    yield await Promise.resolve(rows.slice(start, start + STEP));
}
