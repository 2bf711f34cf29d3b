import { v7 as uuidv7 } from 'uuid';
import type { OfficeTime } from '../../calendar/office-time.js';
import type { ClocksChanged } from '../../cases/case-changes.js';
import type { Case } from '../../cases/case.entity.js';
import { isLive } from '../../cases/lifecycle/states.js';
import { newCase, newProblem } from '../../cases/new-subject.js';
import type { Problem } from '../../cases/problem.entity.js';
import type { CaseUpdate, PlannedCase, PlannedProblem, ProblemUpdate } from '../ledger/ledger-plan.js';
import type { CommitContext } from './commit-plan.js';
import { LedgerEntry } from './ledger-entry.js';
import { lockTouched, type Touched } from './lock-touched.js';
import type { Register } from './register.js';
import { LEDGER_TIME, termsOf } from './terms.js';
import { writeEntries } from './write-entries.js';

/** The cases and problems of one ledger, built up in memory and written in bulk. */
export class LedgerEntries {
  private readonly cases = new Map<string, Case>();
  private readonly caseByCode = new Map<string, Case>();
  private readonly entries = new Map<string, LedgerEntry>();
  private readonly touchedCases = new Set<Case>();
  private touched: Touched = { cases: [], problems: [], assignments: new Map(), coHandlers: new Map() };

  constructor(
    private readonly context: CommitContext,
    private readonly register: Register,
    private readonly office: OfficeTime,
  ) {}

  /** Locks what is already in the database and will change. @throws LedgerOvertaken when it is not as it was decided upon */
  async open(
    caseUpdates: readonly CaseUpdate[],
    problemUpdates: readonly ProblemUpdate[],
    problems: readonly PlannedProblem[],
  ): Promise<void> {
    const caseIds = [
      ...caseUpdates.map((update) => update.caseId),
      ...problems.flatMap((problem) => ('caseId' in problem.case ? [problem.case.caseId] : [])),
    ];
    this.touched = await lockTouched(
      this.context.tx,
      caseIds,
      problemUpdates.map((update) => update.problemId),
      this.context.seen,
    );
    for (const row of this.touched.cases) this.cases.set(row.id, row);
  }

  /** When the ledger says that each was reported and assigned: at noon of its day, or now if that is earlier. */
  momentsOf(planned: ReadonlyArray<{ assignedOn: string }>): Date[] {
    return planned.map(({ assignedOn }) => this.moment(assignedOn));
  }

  addCase(planned: PlannedCase, number: string): void {
    const { id: enterpriseId, reportingUnitId } = this.register.enterprise(planned.creditCode);
    const terms = termsOf(planned.assignedOn, planned.limit, this.context.calendar, this.office);
    const at = this.moment(planned.assignedOn);
    const { assignBy } = terms;
    const assignClockRunId = uuidv7();
    const row = newCase(
      { id: uuidv7(), number, reportingUnitId, reportedAt: at, assignBy, assignClockRunId },
      { enterpriseId, distressType: planned.distressType, note: planned.note },
    );
    this.cases.set(row.id, row);
    this.caseByCode.set(planned.creditCode, row);
    const entry = this.entry(new LedgerEntry('case', row, row, true, this.context));
    const { distressType } = row;
    entry.report(
      {
        id: assignClockRunId,
        type: 'reported',
        payload: { number, enterpriseId, reportingUnitId, assignBy: assignBy.toISOString(), distressType },
      },
      at,
    );
    const departmentId = this.register.department(planned.lead.department);
    const officialId = this.register.official(planned.lead);
    entry.assign({ departmentId, officialId, coDepartmentIds: [] }, terms, at);
    if (planned.acknowledgedOn !== null) entry.acknowledge(this.moment(planned.acknowledgedOn));
    if (planned.resolvedOn !== null) entry.resolve(this.moment(planned.resolvedOn));
  }

  addProblem(planned: PlannedProblem, number: string): void {
    const owner = this.caseOf(planned);
    const { enterpriseId, reportingUnitId } = owner;
    const terms = termsOf(planned.assignedOn, planned.limit, this.context.calendar, this.office);
    const at = this.moment(planned.assignedOn);
    const { assignBy } = terms;
    const { category, cause } = planned;
    const assignClockRunId = uuidv7();
    const row = newProblem(
      { id: uuidv7(), number, reportingUnitId, reportedAt: at, assignBy, assignClockRunId },
      { caseId: owner.id, enterpriseId, title: planned.text, description: '', category, cause },
    );
    const entry = this.entry(new LedgerEntry('problem', row, owner, true, this.context));
    entry.report(
      {
        id: assignClockRunId,
        type: 'reported',
        payload: {
          number,
          enterpriseId,
          reportingUnitId,
          assignBy: assignBy.toISOString(),
          category,
          cause,
          caseId: owner.id,
        },
      },
      at,
    );
    const answerable = {
      departmentId: this.register.department(planned.lead.department),
      officialId: this.register.official(planned.lead),
      coDepartmentIds: planned.coDepartments.map((name) => this.register.department(name)),
    };
    entry.assign(answerable, terms, at);
    if (planned.resolvedOn !== null) entry.resolve(this.moment(planned.resolvedOn));
    if (planned.rating !== null) entry.rate(planned.rating);
    owner.problemsTotal += 1;
    owner.problemsOpen += isLive(row.status) ? 1 : 0;
    this.touchedCases.add(owner);
  }

  updateCase({ caseId, acknowledgedOn, resolvedOn }: CaseUpdate): void {
    const row = this.cases.get(caseId);
    if (row === undefined) throw new Error(`case ${caseId} is gone`);
    const entry = this.entry(new LedgerEntry('case', row, row, false, this.context, this.assignmentOf(row)));
    if (acknowledgedOn !== null) entry.acknowledge(this.moment(acknowledgedOn));
    if (resolvedOn !== null) entry.resolve(this.moment(resolvedOn));
    this.touchedCases.add(row);
  }

  updateProblem({ problemId, resolvedOn, rating }: ProblemUpdate): void {
    const row = this.touched.problems.find((problem) => problem.id === problemId);
    if (row === undefined) throw new Error(`problem ${problemId} is gone`);
    const owner = row.caseId === null ? null : (this.cases.get(row.caseId) ?? null);
    const assignment = this.assignmentOf(row);
    const entry = this.entry(new LedgerEntry('problem', row, owner ?? row, false, this.context, assignment));
    if (resolvedOn !== null) {
      entry.resolve(this.moment(resolvedOn));
      if (owner !== null) owner.problemsOpen -= 1;
    }
    if (rating !== null) entry.rate(rating);
    if (owner !== null) this.touchedCases.add(owner);
  }

  write(): Promise<void> {
    return writeEntries(this.context.tx, [...this.entries.values()], this.touchedCases);
  }

  clocksChanged(): ClocksChanged[] {
    return [...this.entries.values()].map((entry) => entry.clocksChanged());
  }

  private entry(entry: LedgerEntry): LedgerEntry {
    entry.coHandlers.push(...(this.touched.coHandlers.get(entry.row.assignmentId ?? '') ?? []));
    this.entries.set(entry.row.id, entry);
    return entry;
  }

  private assignmentOf(row: Case | Problem) {
    return this.touched.assignments.get(row.assignmentId ?? '') ?? null;
  }

  private caseOf({ case: named, creditCode }: PlannedProblem): Case {
    const row = 'caseId' in named ? this.cases.get(named.caseId) : this.caseByCode.get(named.creditCode);
    if (row === undefined) throw new Error(`the plan names a case of ${creditCode} that is not there`);
    return row;
  }

  private moment(on: string): Date {
    const noon = this.office.at(on, LEDGER_TIME);
    return noon < this.context.now ? noon : this.context.now;
  }
}
