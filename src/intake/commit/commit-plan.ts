import { Injectable } from '@nestjs/common';
import { OfficeTime } from '../../calendar/office-time.js';
import type { WorkingCalendar } from '../../calendar/working-calendar.js';
import { CaseChanges } from '../../cases/case-changes.js';
import { Numbers } from '../../cases/numbers.js';
import type { HashAlgorithm } from '../../platform/chain/chain-hash.js';
import type { Transaction } from '../../platform/database/transactions.js';
import { PersonalData } from '../../platform/personal-data/personal-data.js';
import { WrittenFigures } from '../../production/figures/written-figures.js';
import type { LedgerPlan } from '../ledger/ledger-plan.js';
import { LedgerEntries } from './ledger-entries.js';
import { loadRegister } from './register.js';
import { followFigures, writeFigures } from './write-figures.js';
import { writeDirectory, writeEnterprises, writePairings } from './write-register.js';

export interface CommitContext {
  tx: Transaction;
  importId: string;
  now: Date;
  calendar: WorkingCalendar;
  /** Of the events that come of it. */
  algorithm: HashAlgorithm;
  /** Versions, by id, of the cases and problems that the plan was decided upon. */
  seen: ReadonlyMap<string, number>;
  /** Told how many rows have been dealt with so far. */
  onRows: (rows: number) => void;
}

/** Writes what a plan says, all of it in the transaction given: whole or not at all. */
@Injectable()
export class PlanCommit {
  constructor(
    private readonly office: OfficeTime,
    private readonly numbers: Numbers,
    private readonly changes: CaseChanges,
    private readonly personalData: PersonalData,
    private readonly written: WrittenFigures,
  ) {}

  async run(plan: LedgerPlan, context: CommitContext): Promise<void> {
    const { tx, now } = context;
    await writeDirectory(tx, plan, now, this.personalData);
    await writeEnterprises(tx, plan.enterprises, now, this.personalData);
    const register = await loadRegister(tx, plan);
    await writePairings(tx, plan.cases, register, this.office.dateOf(now));
    const entries = new LedgerEntries(context, register, this.office);
    await entries.open(plan.caseUpdates, plan.problemUpdates, plan.problems);
    const caseNumbers = await this.numbers.take(tx, 'case', entries.momentsOf(plan.cases));
    plan.cases.forEach((planned, index) => entries.addCase(planned, caseNumbers[index] ?? ''));
    const problemNumbers = await this.numbers.take(tx, 'problem', entries.momentsOf(plan.problems));
    plan.problems.forEach((planned, index) => entries.addProblem(planned, problemNumbers[index] ?? ''));
    plan.caseUpdates.forEach((update) => entries.updateCase(update));
    plan.problemUpdates.forEach((update) => entries.updateProblem(update));
    await entries.write();
    const rowsOfCases = plan.cases.length + plan.problems.length + plan.officials.length;
    context.onRows(rowsOfCases);
    await writeFigures(tx, plan.figures, register, context);
    await followFigures(tx, plan.figures, register, { ...context, written: this.written });
    context.onRows(rowsOfCases + plan.figures.length);
    await this.changes.announce(tx, entries.clocksChanged());
  }
}
