import { nameKey } from './cells/text.js';
import { isLive } from '../../cases/lifecycle/states.js';
import { comesBefore, type Fault, firstFault } from './findings.js';
import { compareAgain } from './known-assignment.js';
import type { KnownCase, KnownEnterprise, LedgerKnown } from './ledger-known.js';
import { leadFault, leadRef } from './lead-faults.js';
import type { LedgerPlan, PlannedEnterprise } from './ledger-plan.js';
import type { Registry } from './registry.js';
import { inTurns } from './in-turns.js';
import type { CaseRow, LedgerSheet } from './rows.js';
import type { SheetOutcome } from './sheet-outcome.js';

/** Where the paired leaders are officials. */
export const LEADERS_DEPARTMENT = '市政府';

/** A row whose every field that a case needs is there and was read. */
type WholeCaseRow = CaseRow &
  Required<{
    [Field in 'creditCode' | 'distressType' | 'assignedOn' | 'limit']: NonNullable<CaseRow[Field]>;
  }>;

const isWhole = (row: CaseRow): row is WholeCaseRow =>
  row.creditCode !== null && row.distressType !== null && row.assignedOn !== null && row.limit !== null;

/** A case that the file stands for: `caseId` is `null` for one that the plan opens. */
export interface TakenCase {
  row: number;
  creditCode: string;
  name: string;
  caseId: string | null;
  /** Verifying takes no new problems. */
  isVerifying: boolean;
}

/** Decides 停产半停产减产企业清单, row by row in the order of the sheet. */
export class CaseDecision {
  private readonly taken = new Map<string, TakenCase>();
  private readonly byAssignment = new Map<string, KnownCase>();
  private readonly live = new Map<string, KnownCase>();
  private readonly enterprises: Map<string, KnownEnterprise>;

  constructor(
    private readonly sheet: LedgerSheet<CaseRow>,
    private readonly known: LedgerKnown,
    private readonly registry: Registry,
    private readonly plan: LedgerPlan,
    private readonly outcome: SheetOutcome,
  ) {
    this.enterprises = new Map(known.enterprises.map((enterprise) => [enterprise.creditCode, enterprise]));
    for (const one of known.cases) {
      if (one.assignedOn !== null) this.byAssignment.set(`${one.creditCode}|${one.assignedOn}`, one);
      if (isLive(one.status)) this.live.set(one.creditCode, one);
    }
  }

  /** The cases that accepted and unchanged rows stand for. */
  async decide(): Promise<Iterable<TakenCase>> {
    for await (const row of inTurns(this.sheet.rows)) {
      const own = this.byAssignment.get(`${row.creditCode}|${row.assignedOn}`);
      const fault = this.faultOf(row, own);
      if (fault) this.outcome.reject(row.row, fault);
      else if (isWhole(row)) this.take(row, own);
      else throw new Error(`row ${row.row} lacks what it needs, and nobody said so`);
    }
    return this.taken.values();
  }

  private faultOf(row: CaseRow, own: KnownCase | undefined): Fault | null {
    const { registry, sheet } = this;
    let found = firstFault(row.faults);
    const duplicate = row.creditCode === null ? null : this.duplicateFault(row, row.creditCode, own);
    if (duplicate && comesBefore('ENTERPRISE_DUPLICATE', found)) return duplicate;
    const unit = registry.unit(row.unit);
    if (unit === undefined && comesBefore('REPORTING_UNIT_UNKNOWN', found)) {
      return { code: 'REPORTING_UNIT_UNKNOWN', column: sheet.heading('unit'), params: { value: row.unit } };
    }
    const { lead, official } = row;
    const headings = { leadColumn: sheet.heading('lead'), officialColumn: sheet.heading('official') };
    found = leadFault({ lead, official, ...headings }, registry, own ?? null, found) ?? found;
    if (
      comesBefore('OFFICIAL_UNKNOWN', found) &&
      row.leader !== '' &&
      !registry.official(LEADERS_DEPARTMENT, row.leader)
    ) {
      const params = { value: row.leader, department: LEADERS_DEPARTMENT };
      return { code: 'OFFICIAL_UNKNOWN', column: sheet.heading('leader'), params };
    }
    return found ?? this.enterpriseConflict(row, unit) ?? null;
  }

  /**
   * The first valid row of the file stands. A live case that the row is not about stands too; which one it is about
   * cannot be said where its assignment date is unreadable.
   */
  private duplicateFault(row: CaseRow, creditCode: string, own: KnownCase | undefined): Fault | null {
    const column = this.sheet.heading('creditCode');
    const first = this.taken.get(creditCode);
    if (first) return { code: 'ENTERPRISE_DUPLICATE', column, params: { first: first.row } };
    if (own || row.assignedOn === null || !this.live.has(creditCode)) return null;
    return { code: 'ENTERPRISE_DUPLICATE', column, reason: 'live_case' };
  }

  /** One credit code is one enterprise: another name or place for it is a mistake in one of the two. */
  private enterpriseConflict(row: CaseRow, unit: string | undefined): Fault | null {
    const known = this.enterprises.get(row.creditCode ?? '');
    if (!known) return null;
    if (nameKey(known.name) !== nameKey(row.name)) {
      return { code: 'ROW_CONFLICT', column: this.sheet.heading('name'), params: { known: known.name } };
    }
    if (known.reportingUnitCode === unit) return null;
    return {
      code: 'ROW_CONFLICT',
      column: this.sheet.heading('unit'),
      params: { known: known.reportingUnitCode },
    };
  }

  private take(row: WholeCaseRow, own: KnownCase | undefined): void {
    if (own) this.takeAgain(row, own);
    else this.open(row);
  }

  private takeAgain(row: WholeCaseRow, own: KnownCase): void {
    if (row.distressType !== own.distressType) {
      const column = this.sheet.heading('distressType');
      this.outcome.reject(row.row, { code: 'ROW_CONFLICT', column, params: { known: own.distressType } });
      return;
    }
    const again = { ...row, heading: (column: string) => this.sheet.heading(column) };
    const compared = compareAgain(again, own, (assignedOn, limit) => this.known.dueOn(assignedOn, limit));
    if (compared.fault) {
      this.outcome.reject(row.row, compared.fault);
      return;
    }
    const { acknowledgedOn, resolvedOn } = compared;
    const isUpdate = (acknowledgedOn ?? resolvedOn) !== null;
    if (isUpdate && own.assignmentId !== null) {
      const { caseId, assignmentId } = own;
      this.plan.caseUpdates.push({ row: row.row, caseId, assignmentId, acknowledgedOn, resolvedOn });
      this.outcome.accept(row.row, row.warnings);
    } else this.outcome.keep(row.row, row.warnings);
    this.stand(row, own);
  }

  private open(row: WholeCaseRow): void {
    const { creditCode, distressType, assignedOn, limit, acknowledgedOn, resolvedOn } = row;
    if (!this.enterprises.has(creditCode)) this.plan.enterprises.push(this.enterpriseOf(row));
    this.plan.cases.push({
      row: row.row,
      creditCode,
      distressType,
      assignedOn,
      limit,
      lead: leadRef(row.lead, row.official, this.registry),
      leader: row.leader === '' ? null : leadRef(LEADERS_DEPARTMENT, row.leader, this.registry),
      acknowledgedOn,
      resolvedOn,
      note: row.note === '' ? null : row.note,
    });
    this.outcome.accept(row.row, row.warnings);
    this.stand(row, undefined);
  }

  private stand(row: WholeCaseRow, own: KnownCase | undefined): void {
    const { creditCode, name } = row;
    const caseId = own?.caseId ?? null;
    this.taken.set(creditCode, {
      row: row.row,
      creditCode,
      name,
      caseId,
      isVerifying: own?.status === 'verifying',
    });
  }

  private enterpriseOf(row: WholeCaseRow): PlannedEnterprise {
    return {
      row: row.row,
      creditCode: row.creditCode,
      name: row.name,
      reportingUnitCode: this.registry.unit(row.unit) ?? '',
      industryCode: row.industryCode,
      sizeClass: row.sizeClass,
      isAboveScale: row.isAboveScale,
      isKey: row.isKey,
      employees: row.employees,
      contactName: row.contactName === '' ? null : row.contactName,
      contactPhone: row.phone,
      baselineMonthlyOutput: row.baseline,
    };
  }
}
