import { CaseDecision, type TakenCase } from './decide-cases.js';
import { decideDirectory } from './decide-directory.js';
import { ProblemDecision } from './decide-problems.js';
import { decideProduction } from './decide-production.js';
import type { Locale } from './finding-text.js';
import type { LedgerKnown } from './ledger-known.js';
import type { LedgerPlan } from './ledger-plan.js';
import { Registry } from './registry.js';
import type { Ledger, LedgerSheet } from './rows.js';
import { SheetOutcome } from './sheet-outcome.js';

/**
 * Decides every row of a ledger against what is known: what would be written, and what is said of each row. The
 * sheets are decided in the order in which they rest on each other, wherever they stand in the workbook.
 */
export async function decideLedger(
  ledger: Ledger,
  known: LedgerKnown,
  locale: Locale = 'zh-CN',
): Promise<LedgerPlan> {
  const plan: LedgerPlan = {
    departments: [],
    officials: [],
    officialUpdates: [],
    enterprises: [],
    cases: [],
    caseUpdates: [],
    problems: [],
    problemUpdates: [],
    figures: [],
    sheets: [],
  };
  const registry = new Registry(known.reportingUnits, known.departments, known.officials);
  const outcomes = new Map<string, SheetOutcome>();
  const outcomeOf = (sheet: LedgerSheet<{ row: number }>): SheetOutcome => {
    const outcome = new SheetOutcome(sheet, locale);
    outcomes.set(sheet.name, outcome);
    return outcome;
  };
  const { directory, cases, problems, production } = ledger;
  if (directory) decideDirectory(directory, registry, plan, outcomeOf(directory));
  let taken: Iterable<TakenCase> = [];
  if (cases) taken = await new CaseDecision(cases, known, registry, plan, outcomeOf(cases)).decide();
  if (problems)
    await new ProblemDecision(problems, known, registry, plan, outcomeOf(problems), taken).decide();
  if (production) {
    const codes = new Set([...known.enterprises, ...plan.enterprises].map(({ creditCode }) => creditCode));
    await decideProduction(production, known, (code) => codes.has(code), plan, outcomeOf(production));
  }
  for (const kind of ledger.order) {
    const outcome = outcomes.get(ledger[kind]?.name ?? '');
    if (outcome) plan.sheets.push(outcome.report());
  }
  return plan;
}
