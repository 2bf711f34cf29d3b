import { isLive } from '../../cases/lifecycle/states.js';
import { nameKey } from './cells/text.js';
import type { TakenCase } from './decide-cases.js';
import { comesBefore, type Fault, firstFault } from './findings.js';
import { compareAgain, type Comparison } from './known-assignment.js';
import type { KnownProblem, LedgerKnown } from './ledger-known.js';
import { leadFault, leadRef } from './lead-faults.js';
import type { LedgerPlan } from './ledger-plan.js';
import type { Registry } from './registry.js';
import { inTurns } from './in-turns.js';
import type { LedgerSheet, ProblemRow } from './rows.js';
import type { SheetOutcome } from './sheet-outcome.js';

/** A row whose every field that a problem needs is there and was read. */
type WholeProblemRow = ProblemRow &
  Required<{ [Field in 'assignedOn' | 'limit']: NonNullable<ProblemRow[Field]> }>;

const isWhole = (row: ProblemRow): row is WholeProblemRow => row.assignedOn !== null && row.limit !== null;

type Addition = Extract<Comparison, { fault: null }>;
/** The known problem that a row is about, or where the row contradicts every one that it can be about. */
type Match = { known: KnownProblem; addition: Addition } | { fault: Fault } | null;

/** Decides 问题诉求责任清单, row by row in the order of the sheet. */
export class ProblemDecision {
  /** Cases by the enterprise's name; several where several enterprises bear it. */
  private readonly cases = new Map<string, TakenCase[]>();
  /** Known ones that no row has claimed yet, in the order in which they became known. */
  private readonly unclaimed = new Map<string, KnownProblem[]>();

  constructor(
    private readonly sheet: LedgerSheet<ProblemRow>,
    private readonly known: LedgerKnown,
    private readonly registry: Registry,
    private readonly plan: LedgerPlan,
    private readonly outcome: SheetOutcome,
    taken: Iterable<TakenCase>,
  ) {
    for (const one of taken) push(this.cases, nameKey(one.name), one);
    const names = new Map(known.enterprises.map(({ creditCode, name }) => [creditCode, name]));
    this.addLiveCases(names);
    for (const problem of known.problems) {
      const { text, department, assignedOn } = problem;
      const name = names.get(problem.creditCode);
      if (name === undefined || department === null || assignedOn === null) continue;
      push(this.unclaimed, identityOf(name, text, department, assignedOn), problem);
    }
  }

  async decide(): Promise<void> {
    for await (const row of inTurns(this.sheet.rows)) {
      const match = row.assignedOn === null ? null : this.match(row, row.assignedOn);
      const fault = this.faultOf(row, match);
      if (fault) this.outcome.reject(row.row, fault);
      else if (isWhole(row)) this.take(row, match);
      else throw new Error(`row ${row.row} lacks what it needs, and nobody said so`);
    }
  }

  /** Cases already live, of enterprises for which the file has no row. */
  private addLiveCases(names: ReadonlyMap<string, string>): void {
    for (const { creditCode, caseId, status } of this.known.cases) {
      const name = names.get(creditCode);
      if (name === undefined || !isLive(status)) continue;
      const others = this.cases.get(nameKey(name)) ?? [];
      if (others.some((other) => other.creditCode === creditCode)) continue;
      push(this.cases, nameKey(name), {
        row: 0,
        creditCode,
        name,
        caseId,
        isVerifying: status === 'verifying',
      });
    }
  }

  private faultOf(row: ProblemRow, match: Match): Fault | null {
    const { registry, sheet } = this;
    let found = firstFault(row.faults);
    const { lead, official } = row;
    const headings = { leadColumn: sheet.heading('lead'), officialColumn: sheet.heading('official') };
    const leading = leadFault({ lead, official, ...headings }, registry, this.nearest(match, row), found);
    // A co-handling unit comes after the lead department, before the official.
    if (comesBefore('DEPARTMENT_UNKNOWN', leading ?? found)) {
      const value = row.co.find((name) => !registry.department(name));
      if (value !== undefined)
        return { code: 'DEPARTMENT_UNKNOWN', column: sheet.heading('co'), params: { value } };
    }
    found = leading ?? found;
    if (match === null && comesBefore('CASE_UNKNOWN', found)) found = this.caseFault(row) ?? found;
    if (found) return found;
    return match && 'fault' in match ? match.fault : null;
  }

  /** Of a row that contradicts what is known, whatever is known under its department and day. */
  private nearest(match: Match, { name, text, lead, assignedOn }: ProblemRow): KnownProblem | null {
    if (match === null) return null;
    if ('known' in match) return match.known;
    return this.unclaimed.get(identityOf(name, text, lead, assignedOn ?? ''))?.[0] ?? null;
  }

  private caseFault(row: ProblemRow): Fault | null {
    const cases = this.cases.get(nameKey(row.name)) ?? [];
    const fault: Fault = {
      code: 'CASE_UNKNOWN',
      column: this.sheet.heading('name'),
      params: { value: row.name },
    };
    if (cases.length === 0) return fault;
    if (cases.length > 1) return { ...fault, reason: 'ambiguous' };
    if (!cases[0]?.isVerifying) return null;
    return { code: 'ROW_CONFLICT', column: fault.column, reason: 'state', params: { known: 'verifying' } };
  }

  /**
   * Equal ones are told apart by their order, but a row that says exactly what the second one says is about that one:
   * a first one refused before would otherwise put all after it out of step.
   */
  private match(row: ProblemRow, assignedOn: string): Match {
    const equals = this.unclaimed.get(identityOf(row.name, row.text, row.lead, assignedOn)) ?? [];
    let first: Match = null;
    for (const known of equals) {
      const compared = this.compare(row, known);
      if (!compared.fault) return { known, addition: compared };
      first ??= { fault: compared.fault };
    }
    return first;
  }

  private compare(row: ProblemRow, known: KnownProblem): Comparison {
    const heading = (column: string): string => this.sheet.heading(column);
    const conflict = (column: string, value: string): Comparison => ({
      fault: { code: 'ROW_CONFLICT', column: heading(column), params: { known: value } },
    });
    if (row.category !== known.category) return conflict('category', known.category);
    if (row.cause !== null && known.cause !== null && row.cause !== known.cause)
      return conflict('cause', known.cause);
    if (!isSameSet(row.co, known.coDepartments)) return conflict('co', known.coDepartments.join('、'));
    if (known.ledgerRating !== null && newRating(row, known) !== null) {
      return conflict('rating', known.ledgerRating);
    }
    const dueOn = this.known.dueOn.bind(this.known);
    return compareAgain({ ...row, acknowledgedOn: null, heading }, known, dueOn);
  }

  private take(row: WholeProblemRow, match: Match): void {
    if (match && 'known' in match) this.takeAgain(row, match.known, match.addition);
    else this.open(row);
  }

  private takeAgain(row: WholeProblemRow, known: KnownProblem, { resolvedOn }: Addition): void {
    const equals = this.unclaimed.get(identityOf(row.name, row.text, row.lead, row.assignedOn)) ?? [];
    equals.splice(equals.indexOf(known), 1);
    const rating = newRating(row, known);
    const { problemId, assignmentId } = known;
    if ((resolvedOn === null && rating === null) || assignmentId === null) {
      this.outcome.keep(row.row, row.warnings);
      return;
    }
    this.plan.problemUpdates.push({ row: row.row, problemId, assignmentId, resolvedOn, rating });
    this.outcome.accept(row.row, row.warnings);
  }

  private open(row: WholeProblemRow): void {
    const [one] = this.cases.get(nameKey(row.name)) ?? [];
    if (!one) throw new Error(`row ${row.row} was taken without a case`);
    const { creditCode, caseId } = one;
    this.plan.problems.push({
      row: row.row,
      case: caseId === null ? { creditCode } : { caseId },
      creditCode,
      text: row.text,
      category: row.category,
      cause: row.cause,
      assignedOn: row.assignedOn,
      limit: row.limit,
      lead: leadRef(row.lead, row.official, this.registry),
      coDepartments: row.co.map((name) => this.registry.department(name)?.name ?? name),
      resolvedOn: row.resolvedOn,
      rating: row.rating,
    });
    this.outcome.accept(row.row, row.warnings);
  }
}

const identityOf = (name: string, text: string, department: string, assignedOn: string): string =>
  [nameKey(name), nameKey(text), nameKey(department), assignedOn].join('\n');

/** What the last one known says is nothing new, wherever that came from. */
const newRating = (
  { rating }: ProblemRow,
  { ledgerRating, lastRating }: KnownProblem,
): ProblemRow['rating'] => (rating === ledgerRating || rating === lastRating ? null : rating);

/** An empty cell says nothing. */
const isSameSet = (said: readonly string[], known: readonly string[]): boolean => {
  const keys = new Set(known.map(nameKey));
  return said.length === 0 || (said.length === keys.size && said.every((name) => keys.has(nameKey(name))));
};

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
